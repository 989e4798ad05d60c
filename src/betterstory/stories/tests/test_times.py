"""True lengths of time: as long as it was told, in order, and never made up."""

from itertools import pairwise

import pytest
from django.template.loader import render_to_string
from hypothesis import given, settings

from betterstory.stories.how_long import HowLong, read
from betterstory.stories.picture import Journey, PictureGap, PictureStep, has_times, lay_out
from betterstory.stories.tests._pictures import SERVICES, journeys, robin, step
from betterstory.ui.saying import ENGLISH


def weeks(*many: int | None) -> Journey:
    """Steps so many weeks after one another; None where it was not said."""
    after = [None if each is None else HowLong(each, "weeks") for each in (None, *many)]
    return Journey(tuple(step(at + 1, after=each) for at, each in enumerate(after)))


def test_a_length_twice_as_long_is_drawn_twice_as_long() -> None:
    picture = lay_out(weeks(10, 20, 10, 40), timed=True)
    first, second, third, last = (b.x - a.x for a, b in pairwise(picture.steps))
    assert second == pytest.approx(2 * first, abs=0.5)
    assert third == pytest.approx(first, abs=0.5)
    assert last == pytest.approx(4 * first, abs=0.5)
    assert picture.ruler is not None
    assert [length.line.words for length in picture.ruler.lengths] == [
        "10 weeks",
        "20 weeks",
        "10 weeks",
        "40 weeks",
    ]


def test_in_order_is_the_way_it_is_drawn_unless_asked() -> None:
    picture = lay_out(weeks(10, 20))
    assert picture.ruler is None
    assert picture.steps[1].x - picture.steps[0].x == picture.steps[2].x - picture.steps[1].x
    assert "weeks" not in render_to_string("stories/_picture.html", {"picture": picture})


def test_where_nothing_was_said_there_is_nothing_to_draw_truly() -> None:
    assert not has_times(robin())
    assert lay_out(robin(), timed=True) == lay_out(robin())
    assert has_times(weeks(None, 3))


def test_marks_pushed_apart_keep_a_line_to_their_true_time() -> None:
    picture = lay_out(weeks(50, 0, 0, 50), timed=True)
    assert all(b.x - a.x >= 33.9 for a, b in pairwise(picture.steps))
    third = picture.leaders[2]
    assert third.true == pytest.approx(picture.steps[1].x, abs=0.1), "the same day"
    assert third.x >= third.true + 34
    assert f"L{third.true:.1f} 252" in picture.bands[0].leaders
    assert picture.steps[4].x == pytest.approx(picture.leaders[4].true, abs=0.1), (
        "and then it is itself again"
    )


def test_a_stretch_far_longer_than_the_others_breaks_the_scale_and_says_how_long_it_was() -> None:
    journey = Journey(
        (
            step(1),
            step(2, after=HowLong(2, "weeks")),
            step(3, after=HowLong(3, "weeks")),
            step(4, after=HowLong(9, "years")),
        )
    )
    ruler = lay_out(journey, timed=True).ruler
    assert ruler is not None
    assert [stage.broken for stage in ruler.stages] == [False, False, True]
    assert "9 years" in [length.line.words for length in ruler.lengths]


def test_what_was_not_said_is_dotted_and_takes_no_length() -> None:
    picture = lay_out(weeks(10, None, 10), timed=True)
    assert picture.ruler is not None
    assert [stage.told for stage in picture.ruler.stages] == [True, False, True]
    assert picture.bands[0].ruler is not None
    assert picture.bands[0].ruler.untold.count("M") == 1
    assert dict(picture.legend)["no-length"] == "how long, not said"


def test_a_wait_says_how_long_it_was_to_the_step_that_ended_it() -> None:
    gap = PictureGap("a", "A", "s1", "No one", lasted=HowLong(19, "weeks"))
    ended = Journey((step(1, (SERVICES,)), step(2, (SERVICES,))), (gap,))
    assert has_times(ended)
    elsewhere = Journey((step(1, (SERVICES,)), step(2, ("me",))), (gap,))
    assert not has_times(elsewhere), "somebody else was there meanwhile: it says nothing of when"
    assert "It lasted 19 weeks." in next(row.about for row in lay_out(elsewhere).rows if row.key == "a")


def test_a_short_gap_carries_its_letter_alone_and_the_list_its_words() -> None:
    gap = PictureGap("a", "A", "s1", "No one rang me for two whole days", lasted=HowLong(2, "days"))
    steps = (
        step(1, (SERVICES,)),
        step(2, (SERVICES,), after=HowLong(2, "days")),
        step(3, after=HowLong(30, "days")),
    )
    timed = lay_out(Journey(steps, (gap,)), timed=True)
    assert [line.words for line in timed.gaps[0].lines] == ["A"]
    assert [row.words for row in timed.rows if row.key == "a"] == ["A. No one rang me for two whole days"]


@given(journeys())
@settings(max_examples=50, deadline=None)
def test_time_never_runs_backwards(journey: Journey) -> None:
    picture = lay_out(journey, timed=True)
    assert all(a.true <= b.true for a, b in pairwise(picture.leaders))
    assert all(leader.true <= leader.x + 0.05 for leader in picture.leaders), "marks are only pushed later"
    assert all(b.x - a.x >= 33.9 for a, b in pairwise(picture.steps))


@pytest.mark.parametrize(
    ("written", "length", "said"),
    [
        ("19 weeks", HowLong(19, "weeks"), "19 weeks"),
        ("1 months", HowLong(1, "months"), "1 month"),
        ("0 days", HowLong(0, "days"), "0 days"),
        ("", None, ""),
        ("12 May 2024", None, ""),
    ],
)
def test_a_length_is_read_as_it_was_written(written: str, length: HowLong | None, said: str) -> None:
    assert read(written) == length
    if length is not None:
        assert str(length) == written
        assert length.said(ENGLISH) == said


@pytest.mark.parametrize(("many", "unit"), [(-1, "days"), (1000, "days"), (3, "moons")])
def test_what_is_no_length_is_refused(many: int, unit: str) -> None:
    with pytest.raises(ValueError, match="not a length"):
        HowLong(many, unit)


def test_pictures_of_one_step_have_no_time() -> None:
    assert not has_times(Journey((PictureStep("a", 1, None, after=HowLong(3, "weeks")),)))
