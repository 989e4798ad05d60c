"""What the picture says: its sentence, its list and its legend say what the marks say."""

import re
from dataclasses import replace
from itertools import pairwise

import pytest
from django.utils import translation

from betterstory.stories.picture import Journey, PictureGap, PictureStep, lay_out, letter_of
from betterstory.stories.picture.curve import drawn, through
from betterstory.stories.tests._pictures import COMMUNITY, FRIENDS, HOSPITAL, SERVICES, page, robin, step
from betterstory.ui.saying import ENGLISH


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
        assert {round(b.x - a.x) for a, b in pairwise(band.steps)} == {46}, "as far as there is room for"
    few = [mark.x for mark in lay_out(Journey((step(1), step(2), step(3)))).steps]
    assert {round(b - a) for a, b in pairwise(few)} == {72}


def test_eleven_steps_with_waits_in_words_stand_in_one_band() -> None:
    """As the look draws them: the picture of a story is one picture, wherever it can be."""
    picture = lay_out(robin())
    assert len(picture.bands) == 1
    assert all(b.x - a.x >= 48 for a, b in pairwise(picture.steps))
    longer = replace(robin().gaps[2], words="They said somebody would ring. Nobody rang.")
    assert len(lay_out(Journey(robin().steps, (*robin().gaps[:2], longer))).bands) == 1


@pytest.mark.parametrize(
    ("many", "shared"), [(18, [18]), (19, [10, 9]), (37, [13, 12, 12]), (57, [15, 14, 14, 14])]
)
def test_bands_share_the_steps_and_leave_no_rump(many: int, shared: list[int]) -> None:
    picture = lay_out(Journey(tuple(step(number) for number in range(1, many + 1))))
    assert [len(band.steps) for band in picture.bands] == shared
    assert {band.width for band in picture.bands} == {picture.room}, (
        "the lanes of each end where the others do"
    )


def test_where_words_do_not_let_bands_share_they_are_as_few_all_the_same() -> None:
    steps = tuple(step(number, (SERVICES,)) for number in range(1, 21))
    long = PictureGap("b", "B", "s9", "They said that somebody would ring us in the week after that one")
    gaps = tuple(replace(long, key=f"g{at}", letter=letter_of(at), after_step=f"s{at}") for at in (1, 2, 3))
    picture = lay_out(Journey(steps, gaps))
    assert [len(band.steps) for band in picture.bands] == [2, 8, 10]


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
