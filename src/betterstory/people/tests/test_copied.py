"""When copies of the keys were made: a teller is told the day from which nobody can read their words."""

from datetime import timedelta

import pytest

from betterstory.people.keys import copied
from betterstory.people.keys.copied import KeyCopy
from conftest import AT

DAY = timedelta(days=1)


def test_before_the_first_copy_nothing_opens_a_destroyed_key() -> None:
    assert copied.read() == []
    assert copied.last_that_opens(AT) is None


@pytest.mark.parametrize(
    ("made", "thrown_away", "opens"),
    [
        (-3 * DAY, 27 * DAY, True),  # made before the key was destroyed, and kept still
        (-31 * DAY, -DAY, False),  # thrown away before
        (-30 * DAY, timedelta(0), False),  # thrown away in that moment
        (timedelta(seconds=60), 30 * DAY, True),  # begun in the same minute: it may have seen the key
        (timedelta(seconds=61), 30 * DAY, False),  # begun after
    ],
)
def test_which_copies_still_open_it(made: timedelta, thrown_away: timedelta, opens: bool) -> None:
    copied.note(KeyCopy(AT + made, AT + thrown_away))
    assert copied.last_that_opens(AT) == (AT + thrown_away if opens else None)


def test_the_last_of_several_is_what_counts() -> None:
    for days in (2, 9, 5):
        copied.note(KeyCopy(AT - DAY, AT + days * DAY))
    assert copied.last_that_opens(AT) == AT + 9 * DAY


@pytest.mark.parametrize("spoilt", ['{"format": 1, "at": "2026-0', '{"format": 1}', '{"at": 7, "until": 8}'])
def test_a_line_cut_short_spoils_no_other(spoilt: str) -> None:
    with copied.file().open("w") as out:
        out.write(spoilt)  # a power cut: no end of line
    copy = KeyCopy(AT - DAY, AT + DAY)
    copied.note(copy)
    assert copied.read() == [copy]


def test_only_the_place_itself_reads_it() -> None:
    copied.note(KeyCopy(AT, AT + DAY))
    assert copied.file().stat().st_mode & 0o777 == 0o600
