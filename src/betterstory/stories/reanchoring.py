"""Carrying what people read in a version over to the next one, by the words it was read in.

It stays with the old version too: nothing is lost, and what finds no place in the new one is said.
"""

import logging
from bisect import bisect_right
from collections import Counter
from collections.abc import Sequence
from difflib import SequenceMatcher
from itertools import accumulate

from betterstory.people.models import Person
from betterstory.stories.models import Coding, Piece, Version
from betterstory.stories.redacting.anchoring import find_quote_again
from betterstory.stories.sealing import WORDS, open_all

log = logging.getLogger(__name__)
STANDS = 0.5  # of its letters, those that must be left for a changed line to be the same line still


def carry_codes(old: Version, new: Version) -> int:
    """Each code of the old version stands on the piece of the new one that says the same; says how many do
    not."""
    codings = list(Coding.objects.filter(piece__version=old))
    if not codings:
        return 0
    places = _places(old, new)
    placed = [each for each in codings if each.piece_id in places]
    Coding.objects.bulk_create(
        (
            Coding(piece_id=places[each.piece_id], code_id=each.code_id, by_id=each.by_id, at=each.at)
            for each in placed
        ),
        ignore_conflicts=True,
    )
    lost = len(codings) - len(placed)
    log.info("codes carried over version=%s placed=%s not_placed=%s", new.pk, len(placed), lost)
    return lost


def _places(old: Version, new: Version) -> dict[int, int]:
    """By piece of the old version, the piece of the new one that says the same, kind by kind."""
    places: dict[int, int] = {}
    for kind in Piece.Kind.values:
        was, now = _told(old, kind), _told(new, kind)
        found = match([words for _pk, words in was], [words for _pk, words in now])
        places |= {was[one][0]: now[other][0] for one, other in found.items()}
    return places


def _told(version: Version, kind: str) -> list[tuple[int, str]]:
    pieces = list(Piece.objects.filter(version=version, kind=kind).order_by("position", "pk"))
    words = open_all([(piece.words_sealed, WORDS, piece.uuid) for piece in pieces])
    return [(piece.pk, said) for piece, said in zip(pieces, words, strict=True)]


def match(was: Sequence[str], now: Sequence[str]) -> dict[int, int]:
    """By number of an old line, that of the new line where it still stands; what is not left is left out.

    Lines that were moved are found by their words, where these stand once before and after.
    """
    places: dict[int, int] = {}
    matcher = SequenceMatcher(None, was, now, autojunk=False)
    for kind, one, other, first, last in matcher.get_opcodes():
        if kind == "equal":
            places |= zip(range(one, other), range(first, last), strict=True)
        elif kind == "replace" and other - one == last - first:
            for number in range(one, other):
                place = _in_place(number - one, was[one:other], now[first:last])
                if place is not None:
                    places[number] = first + place
    taken = set(places.values())
    for number, words in enumerate(was):
        if number not in places and was.count(words) == 1 and now.count(words) == 1:
            place = now.index(words)
            if place not in taken:
                places[number] = place
    return places


def _in_place(number: int, was: Sequence[str], now: Sequence[str]) -> int | None:
    """Where a line stands among as many changed ones: on the line its quote leads to, if enough is left."""
    span = find_quote_again(was[number], was, now)
    if span is None:
        return None
    place = bisect_right(list(accumulate(map(len, now))), span[0])
    left = SequenceMatcher(None, was[number], now[place], autojunk=False).ratio()
    return place if left >= STANDS else None


def not_placed(version: Version, person: Person) -> Counter[str]:
    """What this person read in the version before, and not in this: names of codes, how often."""
    mine = Coding.objects.filter(by=person, piece__version__story=version.story_id)
    earlier = version.story.versions.exclude(agreed_at=None).filter(number__lt=version.number).last()
    if earlier is None:
        return Counter()
    then, now = Counter[str](), Counter[str]()
    of_either = mine.filter(piece__version__in=[earlier, version])
    for name, which in of_either.values_list("code__name", "piece__version"):
        (now if which == version.pk else then)[name] += 1
    return then - now
