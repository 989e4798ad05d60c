"""The wall draws released figures and nothing else: no hidden figure, and no person by themselves."""

import re
from collections import Counter
from itertools import pairwise
from typing import Any
from xml.etree import ElementTree

import pytest
from django.template.loader import render_to_string
from django.utils import translation
from hypothesis import given, settings
from hypothesis import strategies as st

from betterstory.behind.wall import Away, Figures, Wall, lay_out
from betterstory.behind.wall.rings import HEART, MOST, Rings, arrange, dots, outline

ROBIN = Figures(
    120,
    (
        Away(1, on_the_way=340, way_closed=95, cannot_tell=60),
        Away(2, on_the_way=880, way_closed=410, cannot_tell=90),
    ),
    10_000,
)
rounded = st.one_of(  # hidden, usual, or the people of a country
    st.none(), st.integers(2, 400).map(lambda n: n * 5), st.integers(2, 9).map(lambda n: 10**n)
)


@st.composite
def released(draw: st.DrawFn) -> Figures:
    """Any release: levels split, undivided or hidden, some of them put together."""
    away, level = [], draw(st.integers(0, 1))
    behind = draw(rounded) if level else None
    for _ in range(draw(st.integers(0, 5))):
        farther = level + draw(st.integers(0, 2))
        open_, closed, unsure = draw(st.tuples(*[rounded if draw(st.booleans()) else st.none()] * 3))
        away.append(Away(level, draw(rounded), open_, closed, unsure, farther))
        level = farther + 1
    return Figures(behind, tuple(away), draw(rounded))


def page(wall: Wall) -> tuple[str, str]:
    return (
        render_to_string("behind/_wall.html", {"wall": wall}),
        render_to_string("behind/_wall_list.html", {"wall": wall}),
    )


def cells_of(path: str) -> Counter[tuple[int, int]]:
    """The cells that path data covers, counted."""
    cells: Counter[tuple[int, int]] = Counter()
    for start, bottom, wide, high in re.findall(r"M(-?\d+)-(\d+)h(\d+)v(\d+)h-\d+z", path):
        cells.update(
            (column, row)
            for column in range(int(start), int(start) + int(wide))
            for row in range(int(bottom) - int(high), int(bottom))
        )
    return cells


def everything(rings: Rings) -> list[tuple[int, int]]:
    return [*rings.others, *(cell for part in rings.parts for cell in part.cells)]


@given(released())
@settings(max_examples=150, deadline=None)
def test_each_figure_gets_its_dots_and_no_dot_is_used_twice(figures: Figures) -> None:
    rings = arrange(figures)
    for part in rings.parts:
        assert len(part.cells) == dots(part.figure, rings.scale)
    cells = everything(rings)
    assert len(cells) == len(set(cells))
    half = rings.columns // 2
    assert all(-half <= column < half and row >= 0 for column, row in cells)
    assert rings.columns <= MOST


@given(released())
@settings(max_examples=100, deadline=None)
def test_the_nearer_ring_shares_more_steps(figures: Figures) -> None:
    rings = arrange(figures)
    reach: dict[int, list[float]] = {}
    for part in rings.parts:
        reach.setdefault(part.level, []).extend(((c + 0.5) ** 2 + r**2) ** 0.5 for c, r in part.cells)
    levels = [reach[level] for level in sorted(reach)]
    assert all(max(inner) + 1 < min(outer) for inner, outer in pairwise(levels))
    assert all(min(level) >= HEART for level in levels)


@given(released())
@settings(max_examples=60, deadline=None)
def test_the_paths_cover_the_dots_exactly(figures: Figures) -> None:
    rings = arrange(figures)
    for cells in (rings.others, *(part.cells for part in rings.parts)):
        assert cells_of(outline(cells)) == Counter(cells)


@given(released())
@settings(max_examples=60, deadline=None)
def test_every_shown_figure_is_in_the_list_in_words(figures: Figures) -> None:
    wall = lay_out(figures, say=translation)
    drawing, listed = page(wall)
    said = re.sub(r"<[^>]+>", "", listed)
    shown = [figures.behind, figures.people, *(figure for away in figures.away for _, figure in away.shown())]
    for figure in filter(None, shown):
        assert f"bout {figure:,} people" in said
    svg = re.findall(r"<svg\b.*?</svg>", drawing, re.DOTALL)
    assert ElementTree.fromstring(svg[0]) is not None  # noqa: S314 - drawn by our own template
    assert len(svg[0]) < 30_000
    digits = {figure.replace(",", "") for figure in re.findall(r"\d[\d,]*\d people|\d people", said)}
    allowed = {f"{figure} people" for figure in filter(None, [*shown, figures.hidden_below])}
    assert digits <= allowed, "no sum and no share that the release does not hold"


def test_labels_stay_inside_and_apart() -> None:
    for figures in (ROBIN, Figures(10), Figures(4000, (Away(1, people=2000), Away(2, on_the_way=500)), None)):
        wall = lay_out(figures)
        papers = [label.paper for label in wall.labels]
        assert all(x >= -wall.width / 2 and x + wide <= wall.width / 2 for x, _, wide, _ in papers)
        assert all(y >= wall.top for _, y, _, _ in papers)
        assert all(left[0] + left[2] <= right[0] for left, right in pairwise(papers))


@pytest.mark.parametrize(
    "figures",
    [
        {"behind": 7},
        {"behind": 5},
        {"behind": 121},
        {"behind": 120, "people": 10_003},
        {"behind": 120, "away": (Away(1, on_the_way=3),)},
        {"behind": 120, "away": (Away(1, way_closed=58),)},
        {"behind": 120, "away": (Away(1, people=707),)},
        {"behind": 120, "away": (Away(1, cannot_tell=-5),)},
    ],
)
def test_a_figure_that_was_never_released_is_refused(figures: dict[str, Any]) -> None:
    with pytest.raises(ValueError, match="Only released figures"):
        Figures(**figures)


@pytest.mark.parametrize(
    "away", [(Away(2), Away(1)), (Away(1, up_to=3), Away(3)), (Away(0),), (Away(3, up_to=2),)]
)
def test_a_level_that_is_told_twice_is_refused(away: tuple[Away, ...]) -> None:
    with pytest.raises(ValueError, match="once each"):
        Figures(10, away)


def test_a_hidden_figure_leaves_no_trace_in_the_drawing() -> None:
    hidden = Figures(120, (Away(1), Away(2, on_the_way=880)), 10_000)
    absent = Figures(120, (Away(2, on_the_way=880),), 10_000)
    assert lay_out(hidden).fields == lay_out(absent).fields
    assert lay_out(hidden).labels == lay_out(absent).labels
    assert "Fewer than 8 people in these records are one step away." in lay_out(hidden).in_words


def test_few_in_the_records_never_reads_as_few_people() -> None:
    rows = lay_out(Figures(None, (), 1050)).rows
    assert rows[1].sentence == (
        "Fewer than 8 people in these records went the whole way. These records cannot see everybody."
    )
    assert rows[1].mark == "", "nothing of it is drawn, so no mark stands beside it"
    assert "Fewer than 10 people" in lay_out(Figures(None, hidden_below=10)).in_words


def test_nobody_is_drawn_one_by_one() -> None:
    drawing, _ = page(lay_out(ROBIN))
    assert drawing.count("<pattern") == 8
    assert drawing.count("<circle") + drawing.count("<path") < 40


def test_a_dot_stands_for_more_people_where_the_wall_is_full() -> None:
    assert lay_out(ROBIN).scale == 1
    assert lay_out(ROBIN).scale_words.startswith(
        "One dot is one person. These records hold about 10,000 people."
    )
    city = Figures(1200, (Away(1, on_the_way=3400),), 100_000)
    assert lay_out(city).scale == 10
    assert lay_out(city).scale_words.startswith("One dot is about 10 people.")
    assert lay_out(Figures(12_000, (Away(1, on_the_way=34_000),), 500_000)).scale == 50
    assert lay_out(Figures(10, (), 1_000_000)).scale == 100
    assert len(arrange(Figures(10, (), 1_000_000)).parts[0].cells) == 1, "shown people never vanish"


def test_everybody_else_stands_around_when_there_is_a_list_of_them() -> None:
    rings = arrange(ROBIN)
    assert len(everything(rings)) == 10_000
    assert arrange(Figures(120)).others == ()
    assert "There is no list of everybody" in lay_out(Figures(120)).in_words


def test_a_level_that_is_not_split_is_one_ring() -> None:
    rings = arrange(Figures(35, (Away(1, people=250), Away(2, people=500, on_the_way=300, way_closed=200))))
    assert [(part.kind, part.level) for part in rings.parts] == [
        ("behind", 0),
        ("people", 1),
        ("on_the_way", 2),
        ("way_closed", 2),
    ]


def test_levels_put_together_are_said_together() -> None:
    said = [row.sentence for row in lay_out(Figures(35, (Away(1, people=10, up_to=3),))).rows]
    assert "About 10 people are one to three steps away." in said
    said = [
        row.sentence for row in lay_out(Figures(None, (Away(0, people=10, up_to=2), Away(3, people=50)))).rows
    ]
    assert "About 10 people are all the way there, or up to two steps away." in said
    assert not any("whole way" in sentence for sentence in said)


def test_on_the_way_is_to_the_left_and_the_closed_way_to_the_right() -> None:
    parts = {(part.kind, part.level): part.cells for part in arrange(ROBIN).parts}
    middle = {place: sum(column for column, _ in cells) / len(cells) for place, cells in parts.items()}
    assert middle["on_the_way", 1] < middle["cannot_tell", 1] < middle["way_closed", 1]
    assert middle["on_the_way", 2] < middle["cannot_tell", 2] < middle["way_closed", 2]


def test_the_story_has_its_place_and_its_tellers_chosen_name() -> None:
    assert lay_out(ROBIN, teller="Robin").rows[0].sentence == "Robin. This is where the story stands."
    _, listed = page(lay_out(ROBIN, teller="<b>Robin & co</b>"))
    assert "&lt;b&gt;Robin &amp; co&lt;/b&gt;" in listed


def test_numbers_are_written_the_same_in_every_language() -> None:
    with translation.override("de"):
        german = page(lay_out(ROBIN))[0]
    assert "viewBox" in german
    assert re.findall(r"viewBox=\"[^\"]*\"|scale\([^)]*\)", german) == re.findall(
        r"viewBox=\"[^\"]*\"|scale\([^)]*\)", page(lay_out(ROBIN))[0]
    )
