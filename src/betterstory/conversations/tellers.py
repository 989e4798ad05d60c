"""Who had the first and the last word on each level, as one viewer may see it now."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from django.utils.translation import gettext as _

from betterstory.conversations.models import Level, TellersWord
from betterstory.stories.models import Version
from betterstory.stories.said_in_rooms import open_said
from betterstory.stories.showing import Shown

How, Place = TellersWord.How, TellersWord.Place


@dataclass(frozen=True)
class Heard:
    """One word of a teller on a level, with what was said where it was said."""

    word: TellersWord
    shown: Shown

    @property
    def name(self) -> str:
        return self.shown.name or _("The teller")

    @property
    def words(self) -> str:
        """What was said; nothing where the word was handed over or passed."""
        return self.shown.words or "" if self.word.how in (How.SAID, How.READ) else ""

    @property
    def is_line(self) -> bool:
        """A line of the story itself."""
        return not self.word.words_sealed

    @property
    def sentence(self) -> str:
        first = self.word.place == Place.FIRST
        told = {"name": self.name, "reader": self.word.reader}
        match self.word.how:
            case How.SAID if first:
                said = _("%(name)s had the first word here.")
            case How.SAID:
                said = _("%(name)s had the last word here.")
            case How.READ if first:
                said = _("%(reader)s read the first word here for %(name)s.")
            case How.READ:
                said = _("%(reader)s read the last word here for %(name)s.")
            case How.HANDED_OVER if first:
                said = _("%(name)s handed the first word here to %(reader)s.")
            case How.HANDED_OVER:
                said = _("%(name)s handed the last word here to %(reader)s.")
            case _pass if first:
                said = _("%(name)s passed on the first word here.")
            case _pass:
                said = _("%(name)s passed on the last word here.")
        return said % told


@dataclass(frozen=True)
class HeardOn:
    """All that was heard of tellers on one level."""

    level: Level
    first: tuple[Heard, ...] = ()
    last: tuple[Heard, ...] = ()

    @property
    def short(self) -> str:
        """One line for the drawing; "" where nobody spoke yet."""
        spoke = {
            place: heard[0]
            for place, heard in (("first", self.first), ("last", self.last))
            if heard and heard[0].word.how in (How.SAID, How.READ)
        }
        if len(spoke) == 2:
            return _("%(name)s had the first word here, and the last") % {"name": spoke["first"].name}
        heard = next(iter((*self.first, *self.last)), None)
        return heard.sentence.removesuffix(".") if heard else ""


def hear(words: Iterable[TellersWord], *, shown: Mapping[int, Shown]) -> Mapping[Level, HeardOn]:
    """Level by level, what may be seen: `shown` says which pieces are. Of what was taken back, nothing."""
    words = list(words)
    opened = open_said([(each.pk, each.piece, each.words_sealed, each.uuid) for each in words], shown=shown)
    heard = [Heard(each, opened[each.pk]) for each in words if each.pk in opened]
    return {
        level: HeardOn(
            level,
            first=tuple(h for h in heard if (h.word.level, h.word.place) == (level, Place.FIRST)),
            last=tuple(h for h in heard if (h.word.level, h.word.place) == (level, Place.LAST)),
        )
        for level in Level
    }


def versions_of(heard: Mapping[Level, HeardOn]) -> list[Version]:
    """The story versions that a teller's words are shown of."""
    return [each.word.piece.version for on in heard.values() for each in (*on.first, *on.last)]
