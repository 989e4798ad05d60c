"""The inbox of a second laptop: read at home alone, and no change unseen."""

from pathlib import Path
from typing import Any
from uuid import UUID

import pytest
from cryptography.hazmat.primitives.asymmetric.x25519 import X25519PrivateKey
from hypothesis import given
from hypothesis import strategies as st

from betterstory.conversations.inbox.evening import Evening, inbox_of
from betterstory.conversations.inbox.reading import read_inbox
from betterstory.conversations.inbox.sealing import open_line
from betterstory.conversations.inbox.writing import Inbox
from betterstory.conversations.tests._evening import (
    CODE,
    KEY,
    NOW,
    ONE,
    TWO,
    WHOLE,
    a_pack,
    answer,
    at_home,
    evening,
    file,
    said,
)

__all__ = ["evening", "file"]  # fixtures that tests ask for by name


def test_what_was_said_is_read_at_home_alone(file: Path, evening: Evening) -> None:
    answer(evening)
    answer(evening, TWO, -1, channel="paper")
    evening.write(CODE, "Ask about the bus.", at=NOW)
    raw = inbox_of(file).read_bytes()
    assert said(at_home(raw)) == [
        (CODE, 11, 1, ""),
        (CODE, 12, -1, ""),
        (CODE, None, 0, "Ask about the bus."),
    ]
    assert at_home(raw).is_whole
    for secret in (CODE, "agree", "bus", "Thursday", "answer"):
        assert secret.encode() not in raw
    stolen = (
        read_inbox(  # whoever has the laptop has the pack and the key of the evening, and still reads nothing
            raw,
            pack=UUID(int=7),
            open_line=lambda frame, sealed: open_line(
                frame, sealed, private=X25519PrivateKey.generate(), evening=KEY
            ),
        )
    )
    assert stolen.said == []
    assert stolen.changed == [1, 2, 3]


def test_the_length_of_a_line_does_not_tell_what_was_answered(file: Path, evening: Evening) -> None:
    for choice in (1, 0, -1):
        answer(evening, choice=choice)
    assert len({len(line) for line in inbox_of(file).read_bytes().splitlines()}) == 1


def test_nothing_of_a_card_is_in_a_pack_or_left_beside_it(file: Path, evening: Evening) -> None:
    slip = evening.slip(CODE)
    answer(evening)
    assert CODE not in slip
    assert evening.read_slip(slip) == CODE
    for there in file.parent.iterdir():
        assert CODE.encode() not in there.read_bytes()


@pytest.mark.parametrize("slip", ["", "x", "AAAA", "é", "A" * 4000])
def test_a_slip_that_is_none_stands_for_nobody(slip: str, evening: Evening) -> None:
    assert evening.read_slip(slip) is None
    assert evening.read_slip(evening.slip(CODE)[:-4] + "AAAA") is None


@given(st.data())
def test_a_byte_changed_anywhere_is_found_and_nothing_of_its_line_is_taken(data: st.DataObject) -> None:
    place = data.draw(st.integers(0, len(WHOLE) - 1))
    byte = data.draw(st.integers(0, 255).filter(lambda new: new != WHOLE[place]))
    raw = WHOLE[:place] + bytes([byte]) + WHOLE[place + 1 :]
    found, whole = at_home(raw), at_home(WHOLE)
    line = WHOLE[:place].count(b"\n")
    assert not found.is_whole or found.is_torn
    kept = [each for each in whole.said if each.frame.n != line + 1]
    if byte == ord("\n") or WHOLE[place] == ord("\n"):
        assert {each.frame.uuid for each in found.said} <= {each.frame.uuid for each in whole.said}
        assert [each for each in found.said if each not in whole.said] == []
    else:
        assert found.said == kept
        assert found.changed == [line + 1]


@given(st.sets(st.integers(0, 3), min_size=1, max_size=4))
def test_lines_cut_out_are_missed(cut: set[int]) -> None:
    lines = WHOLE.splitlines(keepends=True)
    raw = b"".join(line for number, line in enumerate(lines) if number not in cut)
    found = at_home(raw)
    assert found.missing == len(cut)
    assert len(found.said) == 4 - len(cut)


@given(st.permutations(range(5)))
def test_lines_in_another_order_are_the_same(order: list[int]) -> None:
    lines = WHOLE.splitlines(keepends=True)
    found = at_home(b"".join(lines[place] for place in order))
    assert found.is_whole
    assert {each.frame.uuid for each in found.said} == {each.frame.uuid for each in at_home(WHOLE).said}


def test_an_end_that_was_cut_off_with_its_goodbye_is_said(file: Path) -> None:
    assert at_home(WHOLE).said_goodbye
    assert not at_home(b"".join(WHOLE.splitlines(keepends=True)[:3])).said_goodbye


def test_the_same_file_twice_behind_itself_is_once() -> None:
    assert at_home(WHOLE + WHOLE).said == at_home(WHOLE).said


def test_a_line_of_another_evening_is_not_taken(file: Path) -> None:
    other = a_pack(uuid=UUID(int=8), key=b"o" * 32)
    inbox = Inbox(file.with_name("other.inbox"), other)
    inbox.append({"kind": "answer", "code": CODE, "statement": 11, "mark": ONE.mark, "said": 1})
    inbox.close()
    found = at_home(WHOLE + inbox.file.read_bytes())
    assert found.changed == [6]
    assert found.said == at_home(WHOLE).said


@pytest.mark.parametrize(
    "told",
    [
        {"kind": "consent", "use": "quote", "version": 1},
        {"kind": "promise", "words": "We will."},
        {"kind": "ledger"},
        {"kind": "answer"},
        {"kind": "answer", "statement": 11, "mark": "x", "said": 2, "channel": "phone"},
        {"kind": "answer", "statement": 11, "mark": "x", "said": True, "channel": "phone"},
        {"kind": "answer", "statement": 11, "mark": "x", "said": 1.0, "channel": "phone"},
        {"kind": "answer", "statement": "11", "mark": "x", "said": 1, "channel": "phone"},
        {"kind": "answer", "statement": 11, "mark": "x", "said": 1, "channel": "email"},
        {"kind": "answer", "statement": 11, "mark": "x", "said": [], "channel": {}},
        {"kind": "sentence", "words": ""},
        {"kind": "sentence", "words": "x" * 201},
        {"kind": ["sentence"], "words": "x"},
        {"kind": "sentence", "words": "When?", "at": "2026-07-14T18:00:00"},
        {"kind": "sentence", "words": "When?", "at": "yesterday"},
        {"kind": "sentence", "words": "Who?", "code": 7},
    ],
)
def test_nothing_but_answers_and_sentences_can_come_in(told: dict[str, Any], file: Path) -> None:
    """Whoever holds the laptop can write any line; home still takes only what a card may say."""
    inbox = Inbox(inbox_of(file), a_pack())
    inbox.append({"code": CODE, "at": NOW.isoformat(), **told})
    inbox.append({"code": CODE, "at": NOW.isoformat(), "kind": "sentence", "words": "Ask about the bus."})
    found = at_home(inbox.file.read_bytes())
    assert found.strange == [1]
    assert said(found) == [(CODE, None, 0, "Ask about the bus.")]
