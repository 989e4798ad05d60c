"""Which steps of a story stand in the margin beside which of its paragraphs.

A step and a paragraph are tied by their words alone: a whole sentence of the step, five words or more, stands
in that paragraph and in no other, and is said by no other step. What is not tied so has no note.
"""

import re
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from itertools import groupby

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from betterstory.stories.models import Moment
from betterstory.stories.same_words import IN_A_ROW, plainly
from betterstory.stories.showing import ShownStep, ShownStory

ENDS = re.compile(r"[.!?…;:\n]+")


@dataclass(frozen=True)
class Mark:
    """A step, by the number it has in the picture and in the list."""

    number: int
    told: ShownStep

    @property
    def is_kind(self) -> bool:
        return self.told.step.moment == Moment.KINDNESS


@dataclass(frozen=True)
class Note:
    """Steps beside a paragraph, with one word for what they were; none for what simply happened."""

    marks: Sequence[Mark]
    words: str


@dataclass(frozen=True)
class Part:
    """A paragraph of what was told, and what stands beside it."""

    words: str
    notes: Sequence[Note] = ()


def parts_of(shown: ShownStory) -> list[Part]:
    """Each paragraph, as it may be shown, with its notes."""
    paragraphs = shown.paragraphs
    tied = tie(paragraphs, [told.words for told in shown.steps])
    return [
        Part(words, notes_on([Mark(at + 1, shown.steps[at]) for at in places]))
        for words, places in zip(paragraphs, tied, strict=True)
    ]


def tie(paragraphs: Sequence[str], steps: Sequence[str]) -> list[list[int]]:
    """For each paragraph, the places of the steps whose words stand in it, in the order of the steps."""
    tied: list[list[int]] = [[] for _paragraph in paragraphs]
    if not paragraphs:
        return tied
    within = [f" {plainly(paragraph)} " for paragraph in paragraphs]
    sentences = [sentences_of(words) for words in steps]
    said_by = Counter(sentence for each in sentences for sentence in each)
    for at, each in enumerate(sentences):
        for sentence in each:
            places = [place for place, words in enumerate(within) if f" {sentence} " in words]
            if len(places) == 1 and said_by[sentence] == 1:
                tied[places[0]].append(at)
                break
    return tied


def sentences_of(words: str) -> list[str]:
    """Its sentences of five words or more, made plain, each once."""
    plain = (plainly(sentence) for sentence in ENDS.split(words))
    return list(dict.fromkeys(each for each in plain if each.count(" ") >= IN_A_ROW - 1))


def notes_on(marks: Sequence[Mark]) -> list[Note]:
    """Neighbours of one kind share a word."""
    by_kind = ((kind, list(group)) for kind, group in groupby(marks, key=_kind))
    return [Note(group, _in_a_word(kind, len(group))) for kind, group in by_kind]


def _kind(mark: Mark) -> str:
    step = mark.told.step
    return Moment.TOLD_AGAIN.value if step.told_again and step.moment == Moment.HAPPENED else step.moment


def _in_a_word(kind: str, many: int) -> str:
    match kind:
        case Moment.KINDNESS:
            return ngettext("a kindness", "kindnesses", many)
        case Moment.WAITING:
            return _("left waiting")
        case Moment.TOLD_AGAIN:
            return _("told again")
        case Moment.SENT_BACK:
            return _("sent back")
        case Moment.DROPPED:
            return _("passed on, and dropped")
    return ""
