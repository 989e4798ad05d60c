"""The question of a pack, run on DuckDB on somebody's own log, and its rows on their way back."""

from datetime import date
from typing import Any

import duckdb
import pytest

from betterstory.engines import journeys
from betterstory.engines.journeys.pack import make_pack
from betterstory.engines.journeys.pack.answer_rows import read_rows, rows_from
from betterstory.engines.journeys.pack.tests.written import PATTERN, log

UNTIL = date(2024, 3, 31)
NAMES = {"log": "ours", "person": "who", "activity": "what", "time": "moment"}
NAMES |= {"order": "NULL", "provider": "NULL", "referral": "NULL"}


def run(name: str, rule: str = "default", **people: int) -> list[tuple[Any, ...]]:
    """The head and the rows of one of the SQL files, its blanks filled in."""
    files = make_pack(PATTERN, environments=["duckdb"], rule=rule, until=UNTIL)
    text = files[f"duckdb/{name}.sql"]
    for slot, value in NAMES.items():
        text = text.replace(f"{{own_log_{slot}}}", value)
    with duckdb.connect() as here:
        here.execute("CREATE TABLE ours (who TEXT, what TEXT, moment TIMESTAMP)")
        with log(**people) as opened:
            rows = [(row.person, row.activity, row.at) for row in opened.rows()]
        here.executemany("INSERT INTO ours VALUES (?, ?, make_timestamp(?))", rows)
        done = here.execute(text)
        return [tuple(column[0] for column in done.description or ()), *done.fetchall()]


@pytest.mark.parametrize("rule", ["default", "nhs-england-sde"])
@pytest.mark.parametrize(
    "people",
    [
        {"none": 60, "asked": 41, "missed": 52, "sent": 33},
        {"none": 3, "asked": 9, "missed": 1, "sent": 9},
        {"none": 1, "asked": 1, "missed": 1, "sent": 1},
    ],
)
def test_the_rows_are_those_that_better_story_would_write(people: dict[str, int], rule: str) -> None:
    pasted = "\n".join(
        "\t".join("NULL" if cell is None else str(cell) for cell in row)
        for row in run("question", rule, **people)
    )
    problems: list[str] = []
    with log(**people) as opened:
        shown = journeys.count(PATTERN, opened, backend="python").protect(rule)
    assert read_rows(pasted, problems) == rows_from(shown, with_a_list=False)
    assert problems == []


def test_the_look_shows_no_kind_of_contact_that_few_had() -> None:
    _, *rows = run("look", none=4, asked=41, missed=3, sent=6)
    assert dict(rows) == {"discharge": None, "missed": 10, "other": None, "referral": 50}
