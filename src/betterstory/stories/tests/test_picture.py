"""The picture of any journey: nothing overlaps, nothing is cut, nothing is missing."""

from dataclasses import replace
from itertools import combinations, pairwise
from xml.etree import ElementTree

import pytest
from django.utils import translation
from hypothesis import given, settings
from hypothesis import strategies as st

from betterstory.stories.picture import Journey, Picture, PictureGap, lay_out, letter_of
from betterstory.stories.picture.curve import through
from betterstory.stories.picture.marks import Box
from betterstory.stories.picture.whole import Band
from betterstory.stories.tests._pictures import HOSTILE, journeys, page, robin, step, svgs
from betterstory.ui.lettering import width
from betterstory.ui.saying import ENGLISH, in_words

pages = st.sampled_from([792.0, 1320.0])  # a page's column, and a sheet of A3


def texts(svg: ElementTree.Element) -> list[str]:
    return ["".join(each.itertext()).strip() for each in svg.iter("{http://www.w3.org/2000/svg}text")]


def marks(picture: Picture) -> list[tuple[str, Box]]:
    """Everything that takes room, lines and leaders left out."""
    return [
        *((f"step {mark.number}", mark.box) for mark in picture.steps),
        *((f"{mark.number} was there too", box) for mark in picture.steps for box in mark.also),
        *((f"gap {mark.key}", mark.box) for mark in picture.gaps),
        *((f"dropped {mark.key}", mark.box) for mark in picture.dropped),
        *((f"cross of {mark.key}", mark.cross) for mark in picture.dropped),
        *(("speech mark", mark.box) for mark in picture.bubbles),
        *(("words of a way back", mark.box) for mark in picture.loops),
        *(("how long", mark.box) for mark in (picture.ruler.lengths if picture.ruler else ())),
        *(("a feeling", mark.box) for mark in picture.points),
        *(("not said", mark.box) for mark in picture.not_said),
    ]


@given(journeys(), st.booleans(), pages)
@settings(max_examples=100, deadline=None)
def test_no_two_marks_overlap(journey: Journey, timed: bool, wide: float) -> None:
    for (one, room), (other, elsewhere) in combinations(marks(lay_out(journey, timed=timed, wide=wide)), 2):
        assert not room.overlaps(elsewhere), f"{one} lies on {other}"


@pytest.mark.parametrize("wide", [792.0, 1320.0])
def test_two_hand_overs_dropped_at_once_keep_clear_of_the_step_after(wide: float) -> None:
    steps = tuple(step(number) for number in range(1, 7))
    after = step(7, ("family",), told_again=1)  # its speech mark stands between the lanes, as the crosses do
    gaps = tuple(
        PictureGap(f"g{at}", letter_of(at), "s6", None, "dropped", ring)
        for at, ring in enumerate(("me", "family"))
    )
    drawn = marks(lay_out(Journey((*steps, after), gaps), wide=wide))
    for (one, room), (other, elsewhere) in combinations(drawn, 2):
        assert not room.overlaps(elsewhere), f"{one} lies on {other}"


@given(journeys(), st.booleans(), pages)
@settings(max_examples=60, deadline=None)
def test_no_mark_and_no_words_are_cut_where_a_band_ends(journey: Journey, timed: bool, wide: float) -> None:
    picture = lay_out(journey, timed=timed, wide=wide)
    whole = [(name, box) for name, box in marks(picture) if not name.startswith("gap ")]
    papers = [mark.paper for mark in picture.gaps]
    papers += [letter.paper for mark in picture.gaps for letter in mark.again]
    for name, box in [*whole, *(("words in a gap", paper) for paper in papers)]:
        assert sum(held(band, box) for band in picture.bands) == 1, f"{name} is cut"
    assert all(band.width <= picture.room for band in picture.bands)
    drawn_steps = [mark.key for band in picture.bands for mark in band.steps]
    assert drawn_steps == [each.key for each in journey.steps], "each step is drawn once, in order"
    assert {mark.key for band in picture.bands for mark in band.gaps} == {mark.key for mark in picture.gaps}
    for name in ("points", "bubbles", "not_said", "loops", "dropped"):
        met = {mark for band in picture.bands for mark in getattr(band, name)}
        assert met == set(getattr(picture, name))


def held(band: Band, box: Box) -> bool:
    return band.x <= box.x + 0.1 and box.right <= band.x + band.width + 0.1


@given(journeys(), st.booleans(), pages)
@settings(max_examples=60, deadline=None)
def test_everything_is_inside_the_picture(journey: Journey, timed: bool, wide: float) -> None:
    picture = lay_out(journey, timed=timed, wide=wide)
    whole = Box(0, 0, picture.width, picture.height)
    assert all(whole.holds(box) for _, box in marks(picture))
    for gap in picture.gaps:
        wide = max(width(line.words, size=15, bold=True) for line in gap.lines)
        assert wide <= gap.paper.width
        assert gap.box.holds(gap.paper)
        assert gap.paper.x - gap.box.x >= 11.8  # its edge is rounded to a tenth
        assert gap.box.right - gap.paper.right >= 11.8  # its edge is rounded to a tenth
        assert all(gap.box.holds(letter.paper) for letter in gap.again)
    for end in picture.dropped:
        assert max(width(line.words, size=15, bold=True) for line in end.lines) <= end.box.width + 0.1
    for line in (*picture.scale, *(line for lane in picture.lanes for line in lane.name)):
        assert width(line.words, size=15) <= line.x <= picture.names_width
        assert 0 < line.y < picture.height


@given(journeys(), st.booleans())
@settings(max_examples=40, deadline=None)
def test_every_step_and_gap_is_in_the_picture_and_in_the_list(journey: Journey, timed: bool) -> None:
    picture = lay_out(journey, say=translation, timed=timed)
    drawing, listed = page(picture)
    texts = [each for svg in svgs(drawing) for each in svg.iter() if each.tag[-4:] == "text"]
    shown = ["".join(each.itertext()).strip() for each in texts]
    for each in journey.steps:
        assert str(each.number) in shown
        assert f'id="journey-{each.key}"' in listed
    for gap in journey.gaps:
        assert any(text.startswith(gap.letter) for text in shown)
        assert f'id="journey-{gap.key}"' in listed
    assert listed.count("<li") == len(journey.steps) + len(journey.gaps)
    # a teller's word may be a number too, and is none of these
    numbers = [each.text or "" for each in texts if each.get("class", "").startswith("j-number")]
    assert sorted(map(int, numbers)) == [each.number for each in journey.steps]


@given(journeys())
@settings(max_examples=60, deadline=None)
def test_the_sentence_counts_what_is_drawn(journey: Journey) -> None:
    picture = lay_out(journey)
    told = sum(int(bubble.count.removeprefix("×") or 1) for bubble in picture.bubbles)
    counts = {
        "step": len(picture.steps),
        "long wait": len(picture.gaps),
        "hand-over": len(picture.dropped),
        "kindness": sum(mark.kindness for mark in picture.steps),
        "story told": told,
    }
    said = {sentence.strip() for sentence in picture.sentence.split(".") if sentence.strip()}
    assert len(said) == sum(many > 0 for many in counts.values())
    for name, many in counts.items():
        about = [sentence for sentence in said if name in sentence.lower()]
        assert bool(about) is (many > 0)
        if many > 1:
            assert in_words(many, ENGLISH) in about[0].lower().split()


@pytest.mark.parametrize("said", HOSTILE, ids=range(len(HOSTILE)))
def test_hostile_words_neither_break_the_picture_nor_the_list(said: str) -> None:
    journey = robin()
    steps = tuple(replace(each, words=said, when=said) for each in journey.steps)
    gaps = tuple(replace(gap, words=said) for gap in journey.gaps)
    drawing, listed = page(lay_out(Journey(steps, gaps)))
    assert svgs(drawing)
    ElementTree.fromstring(f"<div>{listed}</div>".replace("&#x27;", "'"))  # noqa: S314 - our own template
    assert "<script" not in drawing + listed


@given(st.lists(st.tuples(st.integers(34, 400), st.integers(-2, 2)), min_size=1, max_size=60))
@settings(max_examples=200, deadline=None)
def test_the_line_never_goes_beyond_the_feelings_that_were_said(places: list[tuple[int, int]]) -> None:
    points, x = [], 0.0
    for wide, feeling in places:
        x += wide
        points.append((x, feeling * 36.0))
    curves = through(points)
    assert [curve[0] for curve in curves] == points[:-1]
    assert [curve[3] for curve in curves] == points[1:]
    for (start, bend, other, end), part in ((curve, part / 20) for curve in curves for part in range(21)):
        low, high = sorted((start[1], end[1]))
        y = sum(
            weight * point[1]
            for weight, point in zip(bernstein(part), (start, bend, other, end), strict=True)
        )
        assert low - 1e-6 <= y <= high + 1e-6
    assert all(falls_or_rises_only(curve) for curve in curves)


def bernstein(t: float) -> tuple[float, float, float, float]:
    return (1 - t) ** 3, 3 * t * (1 - t) ** 2, 3 * t**2 * (1 - t), t**3


def falls_or_rises_only(curve: tuple[tuple[float, float], ...]) -> bool:
    heights = [
        sum(weight * point[1] for weight, point in zip(bernstein(part / 50), curve, strict=True))
        for part in range(51)
    ]
    steps = [b - a for a, b in pairwise(heights)]
    return all(step >= -1e-6 for step in steps) or all(step <= 1e-6 for step in steps)
