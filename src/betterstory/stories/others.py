"""Who else is in it: names, children, kinship with a job. Shown to the teller before anything is shared.

It asks; it never deletes. A child's name alone stops a yes, until the name is out of the words.
"""

import logging
import re
import uuid
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from betterstory.people.models import Person
from betterstory.stories import acting
from betterstory.stories.models import Other, Piece, Story, Version
from betterstory.stories.sealing import OTHER, TEXT, TITLE, WORDS, open_all, seal
from betterstory.stories.verbs import NotYourStory
from betterstory.ui.refusal import Refusal

log = logging.getLogger(__name__)
NAME = r"[A-Z][a-zà-öø-ÿ’'-]+"
CHILD = (
    r"(?:son|daughter|child|children|kid|kids|boy|girl|baby|toddler|grandson|granddaughter|niece|nephew"
    r"|little (?:one|brother|sister)|year[- ]old)"
)
A_CHILD = re.compile(
    rf"\b{CHILD}s?\b(?:,? (?:called|named|is|was)?\s?)({NAME})|({NAME}),? (?:my|our|her|his) {CHILD}\b"
)
KIN = (
    r"(?:mum|mam|mother|dad|father|sister|brother|wife|husband|partner|ex|aunt|uncle|cousin|nan|gran|grandad"
    r"|boss|neighbour|friend|landlord)"
)
JOB = (
    r"(?:nurse|doctor|teacher|driver|postman|police|officer|councillor|manager|cleaner|carer|vicar|imam|priest"
    r"|baker|butcher|solicitor|social worker|works? at|worked at|works? for|runs the)"
)
KIN_AND_JOB = re.compile(rf"\b(?:my|our|her|his) {KIN}\b[^.!?\n]{{0,40}}\b{JOB}\b", re.IGNORECASE)
STARTS = re.compile(r"(?:^|[.!?:…]\s+|[\n“\"‘(]\s*)$")
TITLED = re.compile(rf"\b(?:Mr|Mrs|Ms|Miss|Dr|Nurse|Sister|Auntie|Uncle|Father|PC) ({NAME})")
# words that begin with a capital wherever they stand
NO_NAMES = frozenset(
    re.findall(
        r"\S+",
        "I I’m I'm I’d I'd I’ve I've I’ll I'll Monday Tuesday Wednesday Thursday Friday Saturday Sunday"
        " January February March April May June July August September October November December Christmas"
        " Easter Ramadan Eid English God NHS",
    )
)


class AChildIsNamed(Refusal):
    """A child cannot say yes to being in it."""

    code, status = "a-child-is-named", 422
    words = _("A child is named in it. Change the name to “my child” or “a boy” first. Then you can say yes.")


class NotAgreed(Refusal):
    """A name stays only with a yes, from a grown-up."""

    code, status = "not-agreed", 422
    words = _("Tick that they are 18 or more, and that they said yes.")


@dataclass(frozen=True)
class Found:
    """Who else is in it, as the teller is asked about them."""

    names: tuple[str, ...] = ()
    children: tuple[str, ...] = ()
    kin_and_job: tuple[str, ...] = ()

    @property
    def anybody(self) -> bool:
        return bool(self.names or self.children or self.kin_and_job)


def look_for(words: str, *, agreed: Iterable[str] = ()) -> Found:
    """Who else these words point at. It misses things: the teller reads every line."""
    known = {name.casefold() for name in agreed} | {name.casefold() for name in NO_NAMES}
    children = [one or other for one, other in A_CHILD.findall(words)]
    names = [match.group(1) for match in TITLED.finditer(words)]
    for match in re.finditer(rf"\b{NAME}", words):
        if not STARTS.search(words[: match.start()]):
            names.append(match.group())

    def new(found: list[str]) -> tuple[str, ...]:
        return tuple(dict.fromkeys(each for each in found if each.casefold() not in known))

    kin = dict.fromkeys(" ".join(match.group().split()) for match in KIN_AND_JOB.finditer(words))
    return Found(new(names), new(children), tuple(kin))


def look_among(story: Story, words: str) -> Found:
    """The same, leaving out those who said that they may be named in this story."""
    found = look_for(words)
    if not (found.names or found.children):
        return found
    rows = Other.objects.filter(story=story)
    return look_for(words, agreed=open_all([(row.name_sealed, OTHER, row.uuid) for row in rows]))


def look_in(version: Version, piece: Piece | None = None) -> Found:
    """Who else is in a version, or in one piece of it."""
    return look_among(version.story, _words_of(version, piece))


def check_no_child_is_named(version: Version, piece: Piece | None = None) -> None:
    """Raises AChildIsNamed: a child never said yes to being in it."""
    if look_in(version, piece).children:
        raise AChildIsNamed


@transaction.atomic
def note_agreed(story: Story, *, by: Person, name: str, grown_up: bool, said_yes: bool, on: date) -> Other:
    """Somebody who is praised in it says: my first name may stay. Raises NotYourStory or NotAgreed."""
    if not acting.may_open(by, story):
        raise NotYourStory
    if not (grown_up and said_yes and name.strip()):
        raise NotAgreed
    row = uuid.uuid4()
    sealed = seal(name.strip().split()[0], key=story.key, name=OTHER, row=row)
    made = Other.objects.create(uuid=row, story=story, name_sealed=sealed, noted_by=by, agreed_on=on)
    log.info("somebody agreed to be named story=%s", story.pk)
    return made


def _words_of(version: Version, piece: Piece | None) -> str:
    pieces = [piece] if piece is not None else list(version.pieces.all())
    sealed = [(each.words_sealed, WORDS, each.uuid) for each in pieces]
    if piece is None:
        story = version.story
        sealed += [(story.title_sealed, TITLE, story.uuid), (version.text_sealed, TEXT, version.uuid)]
    return "\n".join(open_all(sealed))
