"""The picture of all neighbourhoods: nothing meets, every word is inside, every line has its two ends."""

import re
from itertools import combinations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from betterstory.learning.neighbours.layout import BADGE, FIRST, HEADS, STAGES, Picture, Place, Way, draw
from betterstory.ui.lettering import width

STAGE_WORDS = ["poolside", "diving in", "hearing", "making sense", "planning", "keeping our word", "learning"]
names = st.text(st.characters(blacklist_categories=["Cs"]), min_size=1, max_size=80)


@st.composite
def towns(draw_: st.DrawFn) -> tuple[list[Place], list[Way]]:
    """Some neighbourhoods with any names at any stage, and any ways between them."""
    stages = draw_(st.lists(st.none() | st.integers(0, STAGES - 1), min_size=1, max_size=12))
    places = [Place(f"p{at}", draw_(names), stage, draw_(names)) for at, stage in enumerate(stages)]
    keys = st.sampled_from([place.key for place in places])
    pairs = draw_(st.lists(st.tuples(keys, keys), max_size=24, unique=True))
    ways = [Way(at + 1, start, end, draw_(st.booleans())) for at, (start, end) in enumerate(pairs)]
    return places, ways


Box = tuple[float, float, float, float]


def boxes(picture: Picture) -> list[tuple[str, Box]]:
    """Every mark with the room it takes: left, top, right, bottom."""
    found: list[tuple[str, Box]] = []
    for row in picture.rows:
        for size, bold, lines in ((16.0, True, row.name), (13.5, False, row.words)):
            for line in lines:
                wide = width(line.words, size=size, bold=bold)
                found.append(("words", (line.x, line.y - size * 0.8, line.x + wide, line.y + size * 0.25)))
        for stop in row.stops:
            r = stop.radius
            found.append(("stop", (stop.x - r, stop.y - r, stop.x + r, stop.y + r)))
    for way in picture.ways:
        for badge in (way.start, way.end):
            found.append(("badge", (badge.x - BADGE, badge.y - BADGE, badge.x + BADGE, badge.y + BADGE)))
    for head in picture.heads:
        for line in head.lines:
            half = width(line.words, size=13.5) / 2
            found.append(("head", (line.x - half, line.y - 10, line.x + half, line.y + 3)))
    return found


def meet(one: Box, other: Box) -> bool:
    return one[0] < other[2] and other[0] < one[2] and one[1] < other[3] and other[1] < one[3]


@given(towns())
def test_no_two_marks_meet_and_all_are_inside(town: tuple[list[Place], list[Way]]) -> None:
    picture = draw(*town, STAGE_WORDS)
    marks = boxes(picture)
    for (kind, one), (other_kind, other) in combinations(marks, 2):
        assert not meet(one, other), (kind, one, other_kind, other)
    for kind, (left, top, right, bottom) in marks:
        assert min(left, top) >= 0, kind
        assert (right <= picture.width, bottom <= picture.height) == (True, True), kind


@given(towns())
def test_every_place_and_every_way_is_drawn_where_it_belongs(town: tuple[list[Place], list[Way]]) -> None:
    places, ways = town
    picture = draw(places, ways, STAGE_WORDS)
    assert [row.key for row in picture.rows] == [place.key for place in places], "in the order given"
    rows = {row.key: row for row in picture.rows}
    for place in places:
        here = [stop.number for stop in rows[place.key].stops if stop.state == "here"]
        assert here == ([] if place.stage is None else [place.stage])
        assert len(rows[place.key].stops) == STAGES
    drawn = {mark.number: mark for mark in picture.ways}
    assert set(drawn) == {way.number for way in ways if way.start != way.end}
    for way in ways:
        if way.start != way.end:
            for end, key in ((drawn[way.number].start, way.start), (drawn[way.number].end, way.end)):
                assert rows[key].top < end.y < rows[key].bottom


@given(towns())
def test_two_lines_in_one_lane_do_not_pass_each_other(town: tuple[list[Place], list[Way]]) -> None:
    picture = draw(*town, STAGE_WORDS)
    for one, other in combinations(picture.ways, 2):
        if one.lane == other.lane:
            low, high = sorted((one.start.y, one.end.y))
            other_low, other_high = sorted((other.start.y, other.end.y))
            assert high < other_low or other_high < low
    assert all(way.lane < picture.width for way in picture.ways)


@given(towns())
def test_lines_hold_numbers_alone(town: tuple[list[Place], list[Way]]) -> None:
    picture = draw(*town, STAGE_WORDS)
    paths = [path for row in picture.rows for path in (row.walked, row.ahead, row.water) if path]
    paths += [path for way in picture.ways for path in (way.line, way.arrow)]
    assert all(re.fullmatch(r"[MLHVQqltZ0-9 .\-]+", path) for path in paths)


def test_rows_come_one_below_the_other_and_grow_with_their_lines() -> None:
    places = [Place("a", "A", 1, "x"), Place("b", "B", None, "y"), Place("c", "C", 6, "z")]
    ways = [Way(at, "a", "b" if at % 2 else "c") for at in range(1, 7)]
    picture = draw(places, ways, STAGE_WORDS)
    assert picture.rows[0].top == HEADS
    assert all(one.bottom == other.top for one, other in zip(picture.rows, picture.rows[1:], strict=False))
    heights = [row.bottom - row.top for row in picture.rows]
    assert heights[0] > heights[1]
    assert picture.rows[0].name[0].x < FIRST


def test_a_way_to_a_place_that_is_not_there_is_refused() -> None:
    with pytest.raises(ValueError, match="not in the picture"):
        draw([Place("a", "A", 1, "x")], [Way(1, "a", "b")], STAGE_WORDS)
