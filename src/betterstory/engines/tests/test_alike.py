"""Two sets of records whose shown figures are the same are the same to the last letter, wherever anything is
shown: in words, for programs, as a page, as a picture, in a file, in what is said when something is refused.

A true figure that got into any of these by any way, as a number, a coordinate, an order or a length, would
make them differ. The two sets differ at every level, and in those who are too few to show.
"""

from datetime import datetime, timedelta
from html.parser import HTMLParser
from typing import Any

import pytest

from betterstory.engines import journeys
from betterstory.engines.disclosure import Withheld
from betterstory.engines.journeys.pack import write_answer

START = datetime(2024, 1, 1)
PATTERN = journeys.read_pattern(
    """
format = 1
name = "Asked, seen, seen again"
[[step]]
name = "Asked"
activity = ["referral"]
[[step]]
name = "Seen"
activity = ["visit"]
within = "8 weeks"
[[step]]
name = "Seen again"
activity = ["review"]
within = "8 weeks"
"""
)

ONE = {"none": 101, "asked": 301, "seen": 213, "again": 3}
OTHER = {"none": 102, "asked": 299, "seen": 212, "again": 5}
"""Both are shown as about 100, about 300, and about 215 with the few of the whole path among them."""


def rows(people: dict[str, int]) -> list[dict[str, Any]]:
    made = []
    number = 0
    for level, many in people.items():
        days = {"call": 0} | ({"referral": 1} if level != "none" else {})
        days |= {"visit": 20} if level in ("seen", "again") else {}
        days |= {"review": 40} if level == "again" else {}
        for _ in range(many):
            ward = "North" if number % 2 else "South"
            made += [
                {"person": f"p{number}", "activity": kind, "time": START + timedelta(days=day), "ward": ward}
                for kind, day in days.items()
            ]
            number += 1
    made.append({"person": "p0", "activity": "call", "time": START + timedelta(days=400), "ward": "South"})
    return made


def everything_shown(people: dict[str, int]) -> dict[str, Any]:
    with journeys.read_log(rows(people)) as log:
        standing = journeys.count(PATTERN, log)
        drawn = journeys.draw_map(log, within="8 weeks", least_share=0)
        said: dict[str, Any] = {
            "log": repr(log),
            "check": journeys.check(log),
            "by ward": str(journeys.count(PATTERN, log, by="ward")),
        }
    shown = standing.protect()
    said |= {
        "words": str(standing),
        "page": standing._repr_html_(),
        "for programs": standing.as_json(),
        "answer": write_answer(shown, PATTERN, None, with_a_list=False),
        "stricter": str(standing.protect("nhs-england-sde")),
        "names of figures": sorted(standing.fingerprints(key=b"k")),
        "map in words": repr(drawn),
        "map as a page": drawn._repr_html_(),
        "map as a picture": drawn.svg(),
        "map as a table": drawn.csv(),
        "map for programs": drawn.as_json(),
        "refused": [_refusal(standing), _refusal(drawn)],
    }
    return said


def _refusal(thing: Any) -> str:
    with pytest.raises(Withheld) as withheld:
        thing.exact(because=" ")
    return str(withheld.value)


def test_what_reads_alike_is_alike_to_the_last_letter() -> None:
    one, other = everything_shown(ONE), everything_shown(OTHER)
    assert [name for name in one if one[name] != other[name]] == []


def test_the_two_are_not_alike_in_truth() -> None:
    """Otherwise the test above could not fail."""
    exact = []
    for people in (ONE, OTHER):
        with journeys.read_log(rows(people)) as log:
            exact.append(journeys.count(PATTERN, log).exact(because="a test").exactly)
    assert exact == [tuple(ONE.values()), tuple(OTHER.values())]
    assert all(one != other for one, other in zip(*exact, strict=True))


def test_another_figure_shown_would_be_seen() -> None:
    """Three people more of those who were seen read about 220: then words, pages and files do differ."""
    one, other = everything_shown(ONE), everything_shown(ONE | {"seen": 218})
    differ = {name for name in one if one[name] != other[name]}
    assert {"words", "page", "for programs", "answer"} <= differ


class _Words(HTMLParser):
    """The words of a page, without its marks."""

    def __init__(self) -> None:
        super().__init__()
        self.said: list[str] = []

    def handle_data(self, data: str) -> None:
        self.said.append(data)


def test_no_true_figure_stands_on_the_page() -> None:
    page = _Words()
    page.feed(everything_shown(ONE)["page"])
    words = " ".join(page.said).replace(",", "")
    assert "about 300" in words
    assert not {"101", "301", "213", "216", "618"} & set(words.split())
