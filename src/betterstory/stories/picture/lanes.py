"""Where the lanes are from top to bottom, and the tracks beneath them on which ways back run."""

from __future__ import annotations

from dataclasses import dataclass

from betterstory.stories.picture.columns import SIZE, Columns, half_of
from betterstory.stories.picture.journey import RINGS, Journey, PictureGap, PictureStep
from betterstory.stories.picture.marks import Line
from betterstory.ui.lettering import balance, width
from betterstory.ui.saying import Say

HIGH, PITCH, TRACK = 46.0, 64.0, 24.0
FIRST = 252.0  # the top of the first lane, under the feelings
NAME_ROOM = 104.0
NAME_LINE = 18.0
NEAR = 120.0  # the words of a long way back stand near its end


@dataclass(frozen=True)
class Way:
    """A way back: from a step's column to the start of a gap, on a track beneath the gap's lane."""

    step: PictureStep
    gap: PictureGap
    start: float
    end: float
    words_at: float
    track: int


def used(journey: Journey) -> list[str]:
    """The rings that have a mark, from the person outwards."""
    rings = {ring for step in journey.steps for ring in (step.ring, *step.also)}
    rings |= {gap.ring for gap in journey.gaps if gap.kind != "dropped"}
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


def ways_back(journey: Journey, columns: Columns, words: str) -> list[Way]:
    """Every way back with a track of its own where two would meet."""
    ways: list[Way] = []
    wide = width(words, size=SIZE, bold=True)
    for step, gap in journey.going_back():
        start = columns.middles[journey.steps.index(step)]
        end = columns.spans[gap.key].start + 12
        low, high = sorted((start, end))
        between = high - low >= wide + 44
        aside = min((high - low) / 2, NEAR) * (1 if start > end else -1)
        words_at = end + aside if between else high + 10 + wide / 2
        reach = (low - 10, max(high + 10, words_at + wide / 2 + 4))
        ways.append(Way(step, gap, start, end, words_at, _free_track(ways, gap.ring, reach, wide)))
    return ways


def _free_track(ways: list[Way], ring: str, reach: tuple[float, float], wide: float) -> int:
    taken = {
        way.track
        for way in ways
        if way.gap.ring == ring and reach[0] < max(way.start, way.end, way.words_at + wide / 2) + 14
        and reach[1] > min(way.start, way.end) - 10
    }  # fmt: skip
    return next(track for track in range(len(ways) + 1) if track not in taken)


def tops(rings: list[str], ways: list[Way]) -> dict[str, float]:
    """The top of each lane. A lane that somebody is sent back to has room beneath it."""
    y, found = FIRST, {}
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
