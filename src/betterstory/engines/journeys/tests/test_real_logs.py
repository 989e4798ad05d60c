"""The three public logs, where they stand: what the program must find in real records."""

import os
from pathlib import Path
from typing import Literal

import pytest

from betterstory.engines.journeys import count, read_log, read_pattern
from betterstory.engines.journeys.tests.portable import find_portably, give
from betterstory.engines.journeys.tests.tables import find, pattern_of, said

HERE = Path(__file__).resolve()
DATA = Path(os.environ.get("BETTER_STORY_DATA") or HERE.parents[6] / "shared" / "data") / "eventlogs"
SEPSIS, BILLING, PERMIT = (
    DATA / f"{name}.parquet" for name in ("sepsis_cases", "hospital_billing_sample", "permit_receipt")
)
pytestmark = [
    pytest.mark.real_data,
    pytest.mark.skipif(
        not SEPSIS.exists(), reason=f"no public logs at {DATA}: real records were not checked"
    ),
]

BACK_WITHIN_A_MONTH = """
format = 1
name = "Back within a month"
[[step]]
name = "Came to A&E"
activity = ["ER Sepsis Triage"]
[[step]]
name = "Antibiotics within the hour"
activity = ["IV Antibiotics"]
within = "1 hour"
[[step]]
name = "Went home"
activity = ["Release A", "Release B", "Release C", "Release D", "Release E"]
[[step]]
name = "Back again"
activity = ["Return ER"]
within = "28 days"
"""


@pytest.mark.parametrize("backend", ["python", "duckdb"])
def test_sepsis_in_trusted_order(backend: Literal["python", "duckdb"]) -> None:
    with read_log(SEPSIS) as log:
        standing = count(read_pattern(BACK_WITHIN_A_MONTH), log, backend=backend)
    exact = standing.exact(because="a test on public data")
    assert exact.people == 1050
    assert exact.exactly == (1, 707, 58, 250, 34)
    assert exact.on_the_way == (0, 0, 58, 0, 0)
    assert "Went home" in exact.warnings[0]


def test_sepsis_with_equal_times_simultaneous() -> None:
    with read_log(SEPSIS, seq=False) as log:
        exact = count(read_pattern(BACK_WITHIN_A_MONTH), log).exact(because="a test on public data")
    assert exact.exactly == (1, 708, 58, 250, 33)


def test_what_is_shown_of_sepsis() -> None:
    """One person is at level 0: they are counted together with those at level 1."""
    with read_log(SEPSIS) as log:
        shown = count(read_pattern(BACK_WITHIN_A_MONTH), log).as_json()
    assert shown["exactly"] == [None, None, 60, 250, 35]
    assert shown["together"] == [{"levels": [0, 1], "people": 710}]
    assert shown["people"] == 1055


@pytest.mark.parametrize(("path", "people"), [(SEPSIS, 1050), (BILLING, 10_000), (PERMIT, 1434)])
def test_the_case_called_na_is_a_person(path: Path, people: int) -> None:
    with read_log(path) as log:
        ids = log.ids()
        assert len(ids) == people
        assert ("NA" in ids) == (path != PERMIT)
        assert log.aside == ()


PATTERNS = {
    SEPSIS: [
        "ER Registration; ER Sepsis Triage; IV Liquid within 1 hour without IV Antibiotics",
        "2 times CRP in 3 days; no Leucocytes for 2 days; Release A or Release B within 2 weeks",
        "Admission NC; Return ER after 1 week within 60 days",
    ],
    BILLING: [
        "NEW; CHANGE DIAGN; FIN within 90 days; BILLED after 1 day within 1 year without REOPEN",
        "FIN; no BILLED for 30 days; REOPEN",
        "2 times CODE NOK in 1 year; BILLED",
    ],
    PERMIT: [
        "Confirmation of receipt; T02 Check confirmation of receipt within 1 day; "
        "T05 Print and send confirmation of receipt within 1 week",
        "Confirmation of receipt; no T06 Determine necessity of stop advice for 2 days; "
        "T10 Determine necessity to stop indication",
    ],
}
CASES = [(path, steps) for path, listed in PATTERNS.items() for steps in listed]


@pytest.mark.parametrize(("path", "steps"), CASES)
@pytest.mark.parametrize("spells", [None, "1 day"])
@pytest.mark.parametrize("trusted", [True, False])
def test_every_way_of_counting_agrees_on_real_records(
    path: Path, steps: str, spells: str | None, *, trusted: bool
) -> None:
    whole = "2 years" if spells else None
    with read_log(path, seq=None if trusted else False) as log:
        pattern = pattern_of(steps, whole=whole, spells=spells)
        assert set(pattern.activities) <= set(log.activities)
        found = find(pattern, log)
        give(log)
        portably = find_portably(pattern, log)
    assert said(portably) == said(found)
    assert max(found.levels) >= (1 if spells else 2)


@pytest.mark.parametrize(
    ("trusted", "expected"), [(True, (1, 707, 58, 250, 34)), (False, (1, 708, 58, 250, 33))]
)
def test_sepsis_in_portable_sql(expected: tuple[int, ...], *, trusted: bool) -> None:
    with read_log(SEPSIS, seq=None if trusted else False) as log:
        give(log)
        found = find_portably(read_pattern(BACK_WITHIN_A_MONTH), log)
    assert tuple(found.levels.tolist().count(level) for level in range(5)) == expected
