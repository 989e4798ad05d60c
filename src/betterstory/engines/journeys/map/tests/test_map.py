"""A map as an analyst holds it: in a notebook, protected; exactly, with a reason."""

import pickle

import pytest

from betterstory.engines import journeys
from betterstory.engines.disclosure import Withheld
from betterstory.engines.journeys.map.tests.test_map_attack import log_of


def drawn(**how: float) -> journeys.JourneyMap:
    with journeys.read_log(log_of(103, 41, 12)) as log:
        return journeys.draw_map(log, **how)  # type: ignore[arg-type]  # passed on as it came


def test_a_notebook_shows_the_picture_and_the_table() -> None:
    page = drawn()._repr_html_()
    assert page.startswith("<svg")
    assert "<table>" in page
    assert "style=" not in page
    assert "103" not in repr(drawn())


def test_rare_kinds_are_put_together_and_named_only_where_many_had_them() -> None:
    shown = drawn(least_share=0.2).protect()
    assert [kind.name for kind in shown.kinds] == ["referral", "visit", "other contacts"]
    assert shown.together == ("ward",)
    assert "Put together as other contacts: ward." in str(shown)
    assert {kind.name for kind in drawn().protect().kinds} == {"referral", "visit", "ward"}


def test_exact_figures_need_a_reason_and_say_so_on_every_line() -> None:
    with pytest.raises(Withheld):
        drawn().exact(because=" ")
    exact = drawn().exact(because="a test")
    assert all("[exact, not to be shared: a test]" in line for line in str(exact).splitlines())
    assert exact.as_json()["ways"][0] | {"wait": []} == {
        "from": "referral",
        "to": "visit",
        "moves": 103,
        "people": 103,
        "wait": [],
    }


def test_a_map_is_not_written_down() -> None:
    with pytest.raises(TypeError, match="true counts"):
        pickle.dumps(drawn())


def test_every_way_of_counting_draws_the_same() -> None:
    with journeys.read_log(log_of(103, 41, 12)) as log:
        said = {str(journeys.draw_map(log, backend=way)) for way in ("auto", "numpy", "python")}
    assert len(said) == 1


def test_a_least_share_that_is_no_part_is_refused() -> None:
    with pytest.raises(journeys.PatternRefused, match="2 in every hundred"):
        drawn(least_share=2)
