"""The journey picture holds every step and gap, in its place, whatever the words."""

import re
from dataclasses import replace
from itertools import combinations, pairwise
from typing import Any
from xml.etree import ElementTree

import pytest
from django.template.loader import render_to_string
from django.utils import translation
from hypothesis import given, settings
from hypothesis import strategies as st

from betterstory.stories.how_long import DAYS, HowLong
from betterstory.stories.picture import Journey, Picture, PictureGap, PictureStep, lay_out, letter_of
from betterstory.stories.picture.curve import drawn, through
from betterstory.stories.picture.journey import GAP_KINDS, RINGS, SOURCES
from betterstory.stories.picture.marks import Box
from betterstory.stories.picture.whole import Band
from betterstory.ui.lettering import width
from betterstory.ui.saying import ENGLISH, in_words

FRIENDS, COMMUNITY, SERVICES, HOSPITAL = (
    "friends_and_neighbours",
    "community",
    "local_services",
    "hospital_and_crisis",
)
HOSTILE = [
    "A&E said no",
    "<script>alert(1)</script>",
    "\"quotes\" and 'quotes' ]]> <!-- --> &amp; &#0;",
    "🐕🏽 the dog 👩‍👩‍👧 and tea ☕",
    "قالوا لي أن أنتظر في البيت",
    "\u202eturned round\u202c",
    "W" * 300,
    "word " * 60,
    "line\x00feed\x0b\x1b\ud800 and\nnew lines\r\n",
    "等了十九個星期" * 20,
    "ééé́́́" * 40,
    " ",
    "",
]


def step(number: int, rings: tuple[str, ...] = ("me",), feeling: int | None = 0, **more: Any) -> PictureStep:
    return PictureStep(f"s{number}", number, f"Step {number}.", rings=rings, feeling=feeling, **more)


def robin() -> Journey:
    """Eleven steps, as a teller in the demo might tell them."""
    steps = (
        step(1, ("me",), -1),
        step(2, (FRIENDS,), 0, kindness=True),
        step(3, (SERVICES,), 0, told_again=1, source="record"),
        step(4, ("me", SERVICES), -1, told_again=1, source="record"),
        step(5, ("me",), -2, sent_back_to="a"),
        step(6, (FRIENDS,), -1, kindness=True),
        step(7, (FRIENDS, HOSPITAL), None, told_again=2, source="record"),
        step(8, (COMMUNITY,), 0, kindness=True),
        step(9, (FRIENDS,), 1, kindness=True),
        step(10, (SERVICES,), 1, told_again=1, source="guess"),
        step(11, (COMMUNITY,), 2),
    )
    gaps = (
        PictureGap("a", "A", "s3", "No one, 19 weeks"),
        PictureGap("b", "B", "s5", "Waiting again, 17 weeks"),
        PictureGap("c", "C", "s7", "A hand-over, dropped", "dropped", HOSPITAL),
    )
    return Journey(steps, gaps)


words = st.one_of(st.none(), st.sampled_from(HOSTILE), st.text(max_size=60))


lengths = st.one_of(
    st.none(), st.builds(HowLong, st.integers(0, 40) | st.integers(0, 999), st.sampled_from(sorted(DAYS)))
)
pages = st.sampled_from([792.0, 1320.0])  # a page's column, and a sheet of A3


@st.composite
def journeys(draw: st.DrawFn) -> Journey:
    """Any journey of 1 to 60 steps, gaps after any of them, sent back to any of those."""
    many = draw(st.one_of(st.integers(1, 12), st.integers(3, 60)))
    holes = draw(st.lists(st.integers(0, many - 1), max_size=12))
    gaps = tuple(
        PictureGap(
            f"g{at}",
            letter_of(at),
            f"s{after + 1}",
            draw(words),
            draw(st.sampled_from(GAP_KINDS)),
            draw(st.sampled_from(RINGS)),
            draw(lengths),
        )
        for at, after in enumerate(holes)
    )
    steps = tuple(
        PictureStep(
            key=f"s{number}",
            number=number,
            words=draw(words),
            when=draw(st.sampled_from(["", "Month 2", "that winter."])),
            rings=tuple(draw(st.lists(st.sampled_from(RINGS), max_size=4, unique=True))),
            feeling=draw(st.sampled_from([None, -2, -1, 0, 1, 2])),
            kindness=draw(st.booleans()),
            told_again=draw(st.sampled_from([0, 0, 0, 1, 2, 15])),
            source=draw(st.sampled_from(SOURCES)),
            sent_back_to=draw(st.sampled_from([None, None, *(gap.key for gap in gaps)])),
            after=draw(lengths),
        )
        for number in range(1, many + 1)
    )
    return Journey(steps, gaps)


def svgs(html: str) -> list[ElementTree.Element]:
    found = re.findall(r"<svg\b.*?</svg>", html, re.DOTALL)
    return [ElementTree.fromstring(svg) for svg in found]  # noqa: S314 - drawn by our own template


def texts(svg: ElementTree.Element) -> list[str]:
    return ["".join(each.itertext()).strip() for each in svg.iter("{http://www.w3.org/2000/svg}text")]


def page(picture: Picture) -> tuple[str, str]:
    """The drawing, and the list beside it."""
    return (
        render_to_string("stories/_picture.html", {"picture": picture}),
        render_to_string("stories/_picture_list.html", {"picture": picture}),
    )


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
    shown = [
        "".join(each.itertext()).strip()
        for svg in svgs(drawing)
        for each in svg.iter()
        if each.tag[-4:] == "text"
    ]
    for each in journey.steps:
        assert str(each.number) in shown
        assert f'id="journey-{each.key}"' in listed
    for gap in journey.gaps:
        assert any(text.startswith(gap.letter) for text in shown)
        assert f'id="journey-{gap.key}"' in listed
    assert listed.count("<li") == len(journey.steps) + len(journey.gaps)
    numbers = [text for text in shown if text.isdecimal()]
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


def test_the_line_is_broken_where_it_was_not_said() -> None:
    picture = lay_out(robin())
    assert len(picture.curves) == 2
    assert len(picture.points) == 10
    assert [line.words for line in picture.not_said[0].lines] == ["not", "said"]
    unsaid = picture.steps[6].x
    assert all(unsaid not in (point.x for point in picture.points) for _ in picture.curves)


def test_a_single_feeling_is_a_point_and_no_line() -> None:
    picture = lay_out(Journey((step(1), step(2, feeling=None), step(3, feeling=None))))
    assert picture.curves == ()
    assert len(picture.points) == 1
    assert len(picture.not_said) == 1, "neighbours that were not said are one break"
    assert drawn(through([(0.0, 0.0)])) == ""


def test_the_sentence_says_small_numbers_as_words() -> None:
    assert lay_out(robin()).sentence == (
        "Eleven steps. Two long waits. One hand-over dropped. The story told five times. Four kindnesses."
    )
    assert lay_out(Journey((step(1),))).sentence == "One step."
    many = Journey(tuple(step(number, told_again=1, kindness=True) for number in range(1, 22)))
    assert lay_out(many).sentence == "21 steps. The story told 21 times. 21 kindnesses."


def test_the_mark_stands_in_the_outermost_ring_and_the_person_is_always_there() -> None:
    picture = lay_out(Journey((step(1, ("me", FRIENDS, SERVICES)), step(2, ()), step(3, (HOSPITAL, "me")))))
    tops = {lane.ring: lane.y for lane in picture.lanes}
    assert list(tops) == ["me", FRIENDS, SERVICES, HOSPITAL]
    first, second, third = picture.steps
    assert first.y == tops[SERVICES] + 23
    assert [box.centre for box in first.also] == [tops[FRIENDS] + 23]
    assert second.y == tops["me"] + 23
    assert third.also == ()


def test_only_lanes_that_are_used_are_drawn() -> None:
    assert [lane.ring for lane in lay_out(robin()).lanes] == ["me", FRIENDS, COMMUNITY, SERVICES, HOSPITAL]
    gap = PictureGap("a", "A", "s1", "A wait", ring="family")
    assert [lane.ring for lane in lay_out(Journey((step(1),), (gap,))).lanes] == ["me", "family"]


def test_a_wait_lasts_until_its_ring_was_there_again() -> None:
    picture = lay_out(robin())
    gap = next(gap for gap in picture.gaps if gap.key == "b")
    fifth, tenth = picture.steps[4], picture.steps[9]
    assert fifth.x < gap.box.x
    assert 0 < tenth.box.x - gap.box.right <= 11.2
    assert gap.box.x < picture.steps[7].x < gap.box.right, "other rings go on meanwhile"


def test_steps_stand_equally_far_apart_where_no_words_need_the_room() -> None:
    picture = lay_out(Journey(tuple(step(number) for number in range(1, 61))))
    for band in picture.bands:
        assert {round(b.x - a.x) for a, b in pairwise(band.steps)} == {56}, "as far as there is room for"
    few = [mark.x for mark in lay_out(Journey((step(1), step(2), step(3)))).steps]
    assert {round(b - a) for a, b in pairwise(few)} == {72}


def test_somebody_sent_back_comes_to_the_start_of_the_wait() -> None:
    picture = lay_out(robin())
    gap = next(gap for gap in picture.gaps if gap.key == "a")
    (loop,) = picture.loops
    assert loop.path.endswith(f"{gap.box.x + 12:g} {gap.box.bottom + 2:g}")
    assert "sent-back" in dict(picture.legend)
    assert "Sent back to the start of A." in next(row.about for row in picture.rows if row.key == "s5")


def test_being_sent_back_leads_to_the_wait_before_it_in_the_same_ring() -> None:
    waits = (
        PictureGap("a", "A", "s1", "A wait", "wait", SERVICES),
        PictureGap("b", "B", "s2", "Another", "wait", HOSPITAL),
        PictureGap("c", "C", "s3", "Back to the start", "sent_back", SERVICES),
    )
    steps = (step(1, (SERVICES,)), step(2, (SERVICES,)), step(3, (SERVICES,)))
    own = (*steps[:2], replace(steps[2], sent_back_to="c"))
    for journey in (Journey(steps, waits), Journey(own, waits)):
        assert [(back.key, gap.key) for back, gap in journey.going_back] == [("s3", "a")]
    alone = Journey(steps, (waits[2],))
    assert [(back.key, gap.key) for back, gap in alone.going_back] == [("s3", "c")]


def test_words_that_are_not_shown_are_nowhere() -> None:
    journey = robin()
    hidden = Journey(
        tuple(replace(each, words=None) for each in journey.steps),
        tuple(replace(gap, words=None) for gap in journey.gaps),
    )
    drawing, listed = page(lay_out(hidden))
    assert "Step 1" not in drawing + listed
    assert "19 weeks" not in drawing + listed
    assert listed.count("The words are not shown.") == 11
    assert "19 weeks" in page(lay_out(journey))[0]


def test_the_list_says_what_the_marks_say() -> None:
    about = {row.key: row.about for row in lay_out(robin()).rows}
    assert about["s1"] == "Who was there: just me. How it felt: hard."
    assert about["s7"] == (
        "Who was there: friends and neighbours, hospital and crisis. How it felt: not said. "
        "Told it again two times. It is in the record too."
    )
    assert about["s10"].endswith("Told it again. This is a guess.")
    assert about["c"] == "A hand-over dropped after step 7: hospital and crisis."
    keys = [row.key for row in lay_out(robin()).rows]
    assert keys.index("a") == keys.index("s3") + 1


def test_the_legend_names_the_marks_that_are_used_and_no_others() -> None:
    assert [mark for mark, _ in lay_out(Journey((step(1),))).legend] == ["step"]
    used = [mark for mark, _ in lay_out(robin()).legend]
    assert used == ["step", "record", "guess", "kindness", "also", "gap", "told", "sent-back", "dropped"]


@pytest.mark.parametrize(
    ("steps", "gaps", "why"),
    [
        ((), (), "at least one step"),
        ((step(1), step(1)), (), "used twice"),
        ((step(1, ("the moon",)),), (), "not a ring"),
        ((step(1, source="rumour"),), (), "not a source"),
        ((step(1, feeling=3),), (), "not a feeling"),
        ((step(1, sent_back_to="z"),), (), "not a gap"),
        ((step(1),), (PictureGap("a", "A", "s9", "A wait"),), "not a step"),
        ((step(1),), (PictureGap("a", "A", "s1", "A wait", "hole"),), "not a kind of gap"),
    ],
)
def test_a_journey_that_cannot_be_drawn_is_refused(
    steps: tuple[PictureStep, ...], gaps: tuple[PictureGap, ...], why: str
) -> None:
    with pytest.raises(ValueError, match=why):
        Journey(steps, gaps)


def test_a_long_journey_goes_on_in_bands_and_no_mark_is_cut() -> None:
    picture = lay_out(Journey(tuple(step(number, told_again=number % 3) for number in range(1, 61))))
    assert picture.is_wide
    assert sum(band.width for band in picture.bands) == pytest.approx(picture.width, abs=0.5)
    assert all(band.width + picture.names_width <= 792.2 for band in picture.bands)
    for mark in picture.steps:
        assert any(band.x <= mark.box.x and mark.box.right <= band.x + band.width for band in picture.bands)
    assert not lay_out(robin()).is_wide


def test_sixty_steps_stay_light() -> None:
    gaps = tuple(PictureGap(f"g{n}", letter_of(n), f"s{n * 5 + 1}", "No one, 19 weeks") for n in range(10))
    steps = tuple(step(number, (SERVICES, FRIENDS), told_again=1) for number in range(1, 61))
    drawing, listed = page(lay_out(Journey(steps, gaps)))
    assert len(drawing) < 35_000
    assert len(listed) < 25_000


def test_numbers_are_written_the_same_in_every_language() -> None:
    """A decimal comma inside an SVG would move every mark."""
    with translation.override("de"):
        drawing, _ = page(lay_out(robin()))
    english, _ = page(lay_out(robin()))
    assert re.findall(r"viewBox=\"[^\"]*\"", drawing) == re.findall(r"viewBox=\"[^\"]*\"", english)
    assert "," not in "".join(re.findall(r" [xy]=\"([^\"]*)\"", drawing))


def test_two_pictures_on_a_page_do_not_share_ids() -> None:
    drawings = [page(lay_out(robin(), name=name))[0] for name in ("one", "two")]
    ids = [set(re.findall(r'\bid="([^"]+)"', drawing)) for drawing in drawings]
    assert ids[0]
    assert ids[0].isdisjoint(ids[1])


def test_the_picture_has_a_name_a_description_and_a_way_to_its_list() -> None:
    drawing, _ = page(lay_out(robin(), say=ENGLISH))
    assert 'role="img"' in drawing
    assert 'aria-labelledby="journey-title"' in drawing
    assert 'aria-describedby="journey-sentence"' in drawing
    assert '<title id="journey-title">' in drawing
    assert drawing.index('href="#journey-as-a-list"') < drawing.index("<svg")
    assert 'tabindex="0" role="region"' in drawing


def test_gaps_have_letters_even_when_there_are_many() -> None:
    assert [letter_of(place) for place in (0, 25, 26, 27, 52)] == ["A", "Z", "AA", "AB", "BA"]
