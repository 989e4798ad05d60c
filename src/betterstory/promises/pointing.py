"""What is pointed to beside a promise, as whoever looks may see it now."""

from dataclasses import dataclass
from datetime import datetime

from betterstory.behind import rules as counted
from betterstory.behind.models import Pattern, Release
from betterstory.promises.because import in_words
from betterstory.promises.models import Pointer, Promise
from betterstory.stories import showing
from betterstory.stories.models import Use
from betterstory.stories.rules import Viewer
from betterstory.stories.showing import Shown


@dataclass(frozen=True)
class Figures:
    """One release in a sentence."""

    release: Release
    words: str


@dataclass(frozen=True)
class PointedTo:
    """One thing to point to. `quiet`: what it rests on is its teller's, and is not shown now."""

    pointer: Pointer
    now: Figures | None = None
    earlier: Figures | None = None
    elsewhere: Figures | None = None
    moment: Shown | None = None
    quiet: bool = False


def pointed_to(promise: Promise, *, viewer: Viewer, at: datetime) -> list[PointedTo]:
    """Each of them, the oldest first. Figures of a pattern made from a story are there while its teller lets
    them be tied to it; words of a story come through its teller's yes, each time.
    """
    pointers = list(
        promise.pointers.defer("sealed").select_related(
            "release", "earlier", "elsewhere", "piece__version__story__teller"
        )
    )
    tied, silent = _tied(pointers, at)
    pieces = [each.piece for each in pointers if each.piece is not None]
    shown = showing.show_each(pieces, viewer=viewer, use=Use.QUOTE, at=at) if pieces else {}
    return [_seen(each, tied, shown) for each in pointers if not _is_silent(each, silent, shown)]


def _tied(pointers: list[Pointer], at: datetime) -> tuple[set[int], set[int]]:
    """Patterns whose tellers let them be tied; one of no story points at none. And those of which not even a
    mark stays.
    """
    patterns = {each.release.pattern_id for each in pointers if each.release is not None}
    if not patterns:
        return set(), set()
    found = Pattern.objects.filter(pk__in=patterns).with_pieces()
    tied = counted.free(found, at=at)
    untied = [pattern for pattern in found if pattern.pk not in tied]
    return tied, {
        pattern.pk
        for pattern in untied
        if not all(piece.version.story.leaves_a_mark for piece in pattern.pieces.all())
    }


def _is_silent(pointer: Pointer, silent: set[int], shown: dict[int, Shown]) -> bool:
    """Nothing is said of it, not even that it was here: its teller lets no mark stay."""
    moment = shown.get(pointer.piece_id or 0)
    if moment is not None:
        return not moment.is_shown and not moment.leaves_a_mark
    return pointer.release is not None and pointer.release.pattern_id in silent


def _seen(pointer: Pointer, tied: set[int], shown: dict[int, Shown]) -> PointedTo:
    if pointer.taken_away_on is not None:
        return PointedTo(pointer)
    if pointer.kind == Pointer.Kind.TELLER:
        moment = shown.get(pointer.piece_id or 0)
        seen = moment if moment is not None and moment.is_shown else None
        return PointedTo(pointer, moment=seen, quiet=seen is None)
    if pointer.release is None:
        return PointedTo(pointer)
    if pointer.release.pattern_id not in tied:
        return PointedTo(pointer, quiet=True)
    return PointedTo(
        pointer, _figures(pointer.release), _figures(pointer.earlier), _figures(pointer.elsewhere)
    )


def _figures(release: Release | None) -> Figures | None:
    return Figures(release, in_words(release)) if release is not None else None
