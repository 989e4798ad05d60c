"""Where power or disk fails nothing half is kept, and nobody was told that it was; and a card's code."""

import json
import os
from base64 import b64decode, b64encode
from pathlib import Path
from uuid import UUID

import pytest
from hypothesis import given
from hypothesis import strategies as st

from betterstory.conversations import voice_codes
from betterstory.conversations.inbox.evening import Evening, inbox_of
from betterstory.conversations.inbox.reading import which_pack
from betterstory.conversations.inbox.trouble import (
    NotAnInbox,
    NotKept,
)
from betterstory.conversations.inbox.writing import say_goodbye
from betterstory.conversations.tests._evening import (
    CODE,
    TWO,
    WHOLE,
    a_pack,
    again,
    answer,
    at_home,
    evening,
    file,
    said,
)
from betterstory.people.codes import LETTERS

__all__ = ["evening", "file"]  # fixtures that tests ask for by name


def test_a_line_the_power_cut_short_is_no_trouble_and_nobody_was_told_we_have_it(
    file: Path, evening: Evening
) -> None:
    answer(evening)
    whole = inbox_of(file).read_bytes()
    inbox_of(file).write_bytes(whole + whole[:70])
    assert at_home(whole + whole[:70]).is_torn
    answer(again(file), TWO)
    found = at_home(inbox_of(file).read_bytes())
    assert found.is_whole
    assert not found.is_torn
    assert said(found) == [(CODE, 11, 1, ""), (CODE, 12, 1, "")]


def test_where_the_disk_is_full_nothing_half_is_left(
    file: Path, evening: Evening, monkeypatch: pytest.MonkeyPatch
) -> None:
    answer(evening)
    before = inbox_of(file).read_bytes()
    real = os.write

    def half(handle: int, line: bytes) -> int:
        return real(handle, line[:50])

    monkeypatch.setattr("os.write", half)
    with pytest.raises(NotKept):
        answer(evening, TWO)
    monkeypatch.undo()
    assert inbox_of(file).read_bytes() == before
    assert evening.card(CODE).answers == {11: 1}, "nobody is told that it was kept"
    answer(evening, TWO)
    assert at_home(inbox_of(file).read_bytes()).is_whole


def test_each_line_is_on_the_disk_before_anybody_is_told(
    file: Path, evening: Evening, monkeypatch: pytest.MonkeyPatch
) -> None:
    synced: list[int] = []
    real = os.fsync

    def sync(handle: int) -> None:
        synced.append(os.fstat(handle).st_size)
        real(handle)

    monkeypatch.setattr("os.fsync", sync)
    answer(evening)
    assert synced[-1] == inbox_of(file).stat().st_size > 0


def test_started_again_the_lines_before_stay_and_the_goodbye_counts_them(
    file: Path, evening: Evening
) -> None:
    answer(evening)
    answer(again(file), TWO)
    say_goodbye(inbox_of(file), a_pack())
    raw = inbox_of(file).read_bytes()
    assert at_home(raw).is_whole
    assert at_home(raw).said_goodbye
    lines = raw.splitlines(keepends=True)
    assert at_home(lines[0] + lines[2]).missing == 1, "a run that is gone as a whole is missed too"


def test_answers_at_once_all_stand(file: Path, evening: Evening) -> None:
    from concurrent.futures import ThreadPoolExecutor  # noqa: PLC0415 - this test alone

    with ThreadPoolExecutor(8) as pool:
        list(pool.map(lambda n: answer(evening, code=f"CODE{n:04}"), range(40)))
    found = at_home(inbox_of(file).read_bytes())
    assert found.is_whole
    assert len({each.code for each in found.said}) == 40


@pytest.mark.parametrize("raw", [b"", b"\n\n", b"hello", b"{}", b"\xff\xfe\x00", b"[" * 100_000])
def test_anything_else_is_no_inbox(raw: bytes) -> None:
    with pytest.raises(NotAnInbox):
        which_pack(raw)
    assert at_home(raw).said == []


def test_a_seal_moved_to_another_line_does_not_open() -> None:
    first, second, *_rest = [json.loads(line) for line in WHOLE.splitlines()]
    moved = json.dumps({**first, "sealed": second["sealed"]}, separators=(",", ":")) + "\n"
    assert at_home(moved.encode()).changed == [1]
    spoilt = b64encode(b64decode(first["sealed"])[:-1] + b"\0").decode()
    assert (
        at_home((json.dumps({**first, "sealed": spoilt}, separators=(",", ":")) + "\n").encode()).said == []
    )


@pytest.mark.parametrize(
    ("name", "other"), [("id", UUID(int=9).hex), ("n", 9), ("run", "5e20"), ("pack", str(UUID(int=8)))]
)
def test_a_line_under_another_id_number_or_run_does_not_open(name: str, other: object) -> None:
    """With another id it would count a second time."""
    first = json.loads(WHOLE.splitlines()[0]) | {name: other}
    found = at_home((json.dumps(first, separators=(",", ":")) + "\n").encode())
    assert (found.said, found.changed) == ([], [1])


# the code on a card


@given(st.text(LETTERS, min_size=7, max_size=7), st.integers(0, 7), st.sampled_from(LETTERS))
def test_one_wrong_letter_is_always_seen(part: str, place: int, letter: str) -> None:
    code = part + voice_codes._last(part)
    assert voice_codes.looks_right(code)
    spoilt = code[:place] + letter + code[place + 1 :]
    assert voice_codes.looks_right(spoilt) == (spoilt == code)


def test_new_codes_look_right_and_differ() -> None:
    codes = {voice_codes.make_code() for _n in range(200)}
    assert len(codes) == 200
    assert all(voice_codes.looks_right(code) and len(code) == 8 for code in codes)
