"""The bench of pages: a ledger that is chained as the verbs chain it, and a page of its own figures."""

from datetime import date
from typing import Any

from benchmarks import pages
from benchmarks._pages_page import page_of
from benchmarks._pages_town import chained
from betterstory.promises.verify_ledger import BEGINNING, FIELDS, canonical, commit, hash_of

TEXT = canonical({"words": "We mend the lamp, “soon”.", "due": "2026-09-01"})
SIDE = {"seconds": 0.01, "clock": 0.02, "queries": 5, "bytes": 9_000}


def said(**more: Any) -> dict[str, Any]:
    made = pages.compare({"the wall": SIDE}, {"the wall": {**SIDE, **more}})
    return {
        "neighbourhoods": 100,
        "promises": 10_000,
        "entries": 100_000,
        "demo_seconds": {"processor": 14.5},
        "ledger_seconds": 1.25,
        "heaviest": ["the wall"],
        "pages": made,
        "failing": {name: each["fails"] for name, each in made.items() if each["fails"]},
        "writers": {"absent": "nobody was asked to write"},
        "goal": {"ledger_seconds": 2.0},
        "busy": [0.4],
        "machine": {"cores": 2, "cpu": "a machine"},
    }


def test_each_entry_follows_the_one_before_it_and_holds_its_words() -> None:
    rows = list(chained([(7, TEXT), (8, TEXT)], 3, BEGINNING, date(2026, 7, 6), 9))
    assert [row["seq"] for row in rows] == [4, 5, 6, 7, 8, 9]
    prev = BEGINNING
    for row in rows:
        fields = {name: row[name] for name in FIELDS}
        assert (row["prev"], row["hash"]) == (prev, hash_of(fields))
        assert row["commitment"] == commit(row["text"], row["salt"])
        assert row["about"] == f"promise {row['promise_id']}"
        prev = row["hash"]


def test_a_page_that_is_slow_heavy_or_asks_much_fails_and_says_why() -> None:
    assert said()["failing"] == {}
    failing = said(seconds=0.04, queries=13, bytes=60_001)["failing"]
    assert failing == {"the wall": ["13 queries", "4.0 times the demo", "60001 bytes"]}


def test_the_page_says_its_own_figures() -> None:
    page = page_of(said(seconds=0.02))
    assert "| the wall | 20 | 20 | 2.0 | 5 | 9 |" in page
    assert "Of 1 pages none failed." in page
    assert "Of 1 pages 1 failed: the wall (13 queries)." in page_of(said(queries=13))
    assert "ledger 1.25 s." in page
    assert "2.5 s, over its goal of 2 s." in page_of(said() | {"ledger_seconds": 2.5})
    assert "Nobody wrote: nobody was asked to write." in page
