"""Answers to write and spoil: a pattern of three steps, and standings counted from small logs."""

from datetime import date, datetime, timedelta
from typing import Any

from betterstory.engines import journeys
from betterstory.engines.journeys.contact_log import ContactLog
from betterstory.engines.journeys.pack import Header, write_answer
from betterstory.engines.journeys.pattern import Pattern
from betterstory.engines.journeys.protected import Protected

DAY = datetime(2024, 1, 1)
PATTERN = journeys.read_pattern("""
format = 1
name = "Sent away"
[[step]]
name = "Asked for help"
activity = ["referral"]
[[step]]
name = "Did not come"
activity = ["missed"]
within = "18 weeks"
[[step]]
name = "Was sent away"
activity = ["discharge"]
within = "26 weeks"
""")
HEADER = Header(
    body="Leaf Trust",
    source="MHSDS in the SDE",
    period_from=date(2022, 4, 1),
    period_to=date(2024, 3, 31),
    data_until=date(2024, 3, 31),
    checked_by="R. Okafor",
    checked_on=date(2024, 5, 2),
    notes="Only people of the city.",
)


def log(*, none: int, asked: int, missed: int, sent: int) -> ContactLog:
    """So many people whose level is 0, 1, 2 and 3. Half of those at 1 and 2 asked long ago."""
    rows: list[dict[str, Any]] = []
    for level, many in enumerate((none, asked, missed, sent)):
        for number in range(many):
            person = f"{level}-{number}"
            start = DAY - timedelta(days=400) if number % 2 and level < 3 else DAY
            kinds = ["referral", "missed", "discharge"][:level] or ["other"]
            rows += [
                {"person": person, "activity": kind, "time": start + timedelta(days=30 * at)}
                for at, kind in enumerate(kinds)
            ]
    for kind in ("referral", "missed", "discharge"):  # named somewhere, long before and by nobody new
        rows.append({"person": "3-0", "activity": kind, "time": DAY - timedelta(days=3000)})
    return journeys.read_log(rows, until=date(2024, 3, 31))


def standing(rule: str = "default", **people: int) -> Protected:
    with log(**people) as opened:
        return journeys.count(PATTERN, opened, backend="python").protect(rule)


def written(rule: str = "default", header: Header = HEADER, **people: int) -> str:
    """The text of an answer file."""
    shown = standing(rule, **(people or {"none": 60, "asked": 41, "missed": 52, "sent": 33}))
    return write_answer(shown, PATTERN, header, with_a_list=False)


def by_hand(text: str) -> str:
    """The same without the print that only Better Story writes."""
    return "\n".join(line for line in text.splitlines() if not line.startswith("seal")) + "\n"


def pattern_but(name: str) -> Pattern:
    return journeys.read_pattern(journeys.write_pattern(PATTERN).replace("Sent away", name))
