"""Where the lanes are from top to bottom, and the tracks beneath them on which ways back run."""

from __future__ import annotations

from dataclasses import dataclass, replace

from betterstory.stories.picture.columns import SIZE, Columns, half_of
from betterstory.stories.picture.journey import RINGS, Journey, PictureGap, PictureStep
from betterstory.stories.picture.marks import Line
from betterstory.ui.lettering import balance, width
from betterstory.ui.saying import Say

HIGH, PITCH, TRACK = 46.0, 64.0, 24.0
FIRST = 252.0  # the top of the first lane, under the feelings
RULER, LEADER_BEND = 252.0, 20.0  # the height of the ruler, and from where a leader leans to it
FIRST_UNDER_RULER = 306.0
NAME_ROOM = 104.0
NAME_LINE = 18.0
ARROW = 26.0  # how far the arrow of a way to another band goes
NEAR = 120.0  # the words of a long way back stand near its end


@dataclass(frozen=True)
class Way:
    """A way back: from a step's column to the start of a gap, on a track beneath the gap's lane.

    To a gap of another band it is `far`: an arrow, and words that name the gap.
    """

    step: PictureStep
    gap: PictureGap
    start: float
    end: float
    words: str
    words_at: float
    track: int
    far: bool = False

    @property
    def half(self) -> float:
        """Half of the room its words take."""
        return width(self.words, size=SIZE, bold=True) / 2 + 5


def used(journey: Journey) -> list[str]:
    """The rings that have a mark or should have been there, from the person outwards."""
    rings = {ring for step in journey.steps for ring in (step.ring, *step.also)}
    rings |= {gap.ring for gap in journey.gaps}
    return [ring for ring in RINGS if ring in rings]


def names(say: Say) -> dict[str, str]:
    return {
        "me": say.gettext("me"),
        "family": say.gettext("family"),
        "friends_and_neighbours": say.gettext("friends and neighbours"),
        "community": say.gettext("community"),
        "businesses": say.gettext("shops and work"),
        "local_services": say.gettext("local services"),
        "hospital_and_crisis": say.gettext("hospital and crisis"),
    }


def ways_back(journey: Journey, columns: Columns, say: Say) -> list[Way]:
    """Every way back with a track of its own where two would meet."""
    ways: list[Way] = []
    for step, gap in journey.going_back:
        start = columns.middles[journey.place_of(step.key)]
        way = _way(step, gap, start, columns, say)
        ways.append(replace(way, track=_free_track(ways, way)))
    return ways


def _way(step: PictureStep, gap: PictureGap, start: float, columns: Columns, say: Say) -> Way:
    end = columns.spans[gap.key].start + 12
    if columns.band_of(start) != columns.band_of(end):
        words = say.gettext("sent back to %(letter)s") % {"letter": gap.letter}
        far = Way(step, gap, start, start - ARROW, words, 0, 0, far=True)
        before = start - ARROW - 8 - far.half
        fits = before == columns.fitted(before, far.half, far.half) and before > far.half
        fits = fits and columns.band_of(before) == columns.band_of(start)
        after = columns.fitted(start + 8 + far.half, far.half, far.half)
        return replace(far, words_at=before if fits else after)
    words = say.gettext("sent back")
    near = Way(step, gap, start, end, words, 0, 0)
    low, high = sorted((start, end))
    aside = min((high - low) / 2, NEAR) * (1 if start > end else -1)
    words_at = end + aside if high - low >= 2 * near.half + 34 else high + 5 + near.half
    return replace(near, words_at=columns.fitted(words_at, near.half, near.half))


def _free_track(ways: list[Way], way: Way) -> int:
    left, right = _reach(way)
    of_the_lane = [(other.track, *_reach(other)) for other in ways if other.gap.ring == way.gap.ring]
    taken = {track for track, start, end in of_the_lane if left < end + 10 and start - 10 < right}
    return next(track for track in range(len(ways) + 1) if track not in taken)


def _reach(way: Way) -> tuple[float, float]:
    ends = (way.start, way.end, way.words_at - way.half, way.words_at + way.half)
    return min(ends), max(ends)


def tops(rings: list[str], ways: list[Way], first: float = FIRST) -> dict[str, float]:
    """The top of each lane. A lane that somebody is sent back to has room beneath it."""
    y, found = first, {}
    for ring in rings:
        found[ring] = y
        tracks = [way.track + 1 for way in ways if way.gap.ring == ring]
        y += PITCH + TRACK * max(tracks, default=0)
    found[""] = y - PITCH + HIGH  # where the last one ends
    return found


def name_lines(words: str, middle: float, right: float) -> tuple[Line, ...]:
    """A name in lines around a height, to end at `right`."""
    lines = balance(words, room=NAME_ROOM, size=SIZE, lines=2)
    first = middle + 5 - NAME_LINE * (len(lines) - 1) / 2
    return tuple(Line(right, first + NAME_LINE * at, line) for at, line in enumerate(lines))


def top_of_mark(step: PictureStep, tops: dict[str, float]) -> float:
    return tops[step.ring] + HIGH / 2 - half_of(step)
