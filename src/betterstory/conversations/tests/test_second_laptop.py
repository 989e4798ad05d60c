"""A second laptop: what is in a pack and for how long, what is in an inbox; neither gives anything away."""

import json
import os
from base64 import b64decode, b64encode
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any
from uuid import UUID

import pytest
from cryptography.hazmat.primitives.asymmetric.x25519 import X25519PrivateKey
from hypothesis import given
from hypothesis import strategies as st

from betterstory.conversations import voice_codes
from betterstory.conversations.inbox.evening import Evening, inbox_of, open_pack
from betterstory.conversations.inbox.pack import Pack, Sentence, read_pack, write_pack
from betterstory.conversations.inbox.reading import Contents, read_inbox, which_pack
from betterstory.conversations.inbox.sealing import open_line, seal_line
from betterstory.conversations.inbox.trouble import (
    ClockIsBehind,
    EveningIsOver,
    NotAnInbox,
    NotAPack,
    NotKept,
)
from betterstory.conversations.inbox.writing import Inbox, say_goodbye
from betterstory.people.codes import LETTERS

NOW = datetime(2026, 7, 14, 18, 0, tzinfo=UTC)
NIGHT = datetime(2026, 7, 15, 2, 0, tzinfo=UTC)
PRIVATE, KEY = X25519PrivateKey.from_private_bytes(b"h" * 32), b"e" * 32
ONE, TWO = Sentence(11, 1, "We should meet on a Thursday."), Sentence(12, 2, "Tea should be paid for.")
CODE = "K7TP4M2X"


def a_pack(**more: Any) -> Pack:
    told: dict[str, Any] = {
        "uuid": UUID(int=7),
        "made_at": NOW - timedelta(hours=3),
        "ends_at": NIGHT,
        "home": PRIVATE.public_key().public_bytes_raw(),
        "key": KEY,
        "place": "Aldermouth",
        "gathering": 3,
        "title": "Making the plan",
        "at": NOW,
        "sentences": (ONE, TWO),
    }
    return Pack(**{**told, **more})


@pytest.fixture
def file(tmp_path: Path) -> Path:
    written = tmp_path / "evening.pack"
    written.write_text(write_pack(a_pack()))
    return written


@pytest.fixture
def evening(file: Path) -> Evening:
    return Evening(file, at=NOW)


def at_home(raw: bytes) -> Contents:
    return read_inbox(
        raw,
        pack=UUID(int=7),
        open_line=lambda frame, sealed: open_line(frame, sealed, private=PRIVATE, evening=KEY),
    )


def said(contents: Contents) -> list[tuple[str, int | None, int, str]]:
    return [(each.code, each.statement, each.choice, each.words) for each in contents.said]


def answer(
    evening: Evening, sentence: Sentence = ONE, choice: int = 1, code: str = CODE, **more: Any
) -> None:
    evening.answer(code, sentence, choice, **{"at": NOW, "channel": "phone", **more})


def again(file: Path) -> Evening:
    """The program started anew on the same evening: the tests' clock stands still, the disk's does not."""
    os.utime(inbox_of(file), (NOW.timestamp(), NOW.timestamp()))
    return Evening(file, at=NOW)


# the pack


def test_a_pack_opens_as_it_was_written_and_shows_no_word_without_its_key(file: Path) -> None:
    assert read_pack(file.read_text()) == a_pack()
    assert "Thursday" not in file.read_text()
    told = json.loads(file.read_text()) | {"key": b64encode(b"x" * 32).decode()}
    with pytest.raises(NotAPack):
        read_pack(json.dumps(told))


@pytest.mark.parametrize("name", ["format", "what", "pack", "made_at", "ends_at", "home", "key", "sealed"])
def test_a_pack_that_was_changed_does_not_open(name: str, file: Path) -> None:
    """Also not one whose evening was made longer, or whose home is another."""
    told = json.loads(file.read_text())
    other = {
        "format": 2,
        "pack": str(UUID(int=8)),
        "made_at": "2026-07-13T15:00:00+00:00",
        "ends_at": "2027-07-15T02:00:00+00:00",
        "home": b64encode(b"z" * 32).decode(),
    }
    told[name] = other[name] if name in other else told[name][:-4] + "AAAA"
    with pytest.raises(NotAPack):
        read_pack(json.dumps(told))


@pytest.mark.parametrize(
    "text",
    ["", "{}", "[]", "null", "7", "not json", '{"format": 1}', "[" * 100_000, '{"format":1,"what":[]}'],
)
def test_anything_else_is_no_pack(text: str) -> None:
    with pytest.raises(NotAPack):
        read_pack(text)


def test_when_the_night_comes_the_key_is_destroyed_and_no_clock_brings_it_back(
    file: Path, evening: Evening
) -> None:
    answer(evening)
    evening.look(NIGHT - timedelta(seconds=1))
    with pytest.raises(EveningIsOver):
        evening.look(NIGHT)
    assert "key" not in json.loads(file.read_text())
    assert "sealed" not in json.loads(file.read_text())
    for at in (NOW, NIGHT):
        with pytest.raises(EveningIsOver):
            evening.look(at)
        with pytest.raises(EveningIsOver):
            Evening(file, at=at)
    with pytest.raises(EveningIsOver):
        evening.slip(CODE)


def test_a_clock_set_back_during_the_evening_does_not_make_it_longer(file: Path, evening: Evening) -> None:
    evening.look(NIGHT - timedelta(minutes=1))
    evening.look(NOW - timedelta(hours=2))
    answer(evening, at=NOW - timedelta(hours=2))
    answer(evening, choice=-1, at=NOW - timedelta(hours=5))
    times = [each.at for each in at_home(inbox_of(file).read_bytes()).said]
    assert times == sorted(times)
    assert times[0] >= NIGHT - timedelta(minutes=1)


def test_a_program_started_after_the_night_destroys_the_key_first(file: Path) -> None:
    with pytest.raises(EveningIsOver):
        open_pack(file, at=NIGHT)
    with pytest.raises(EveningIsOver):
        open_pack(file, at=NOW)


def test_an_inbox_written_later_than_the_clock_says_tells_the_time(file: Path) -> None:
    inbox_of(file).write_text("")
    os.utime(inbox_of(file), (NIGHT.timestamp(), NIGHT.timestamp()))
    with pytest.raises(EveningIsOver):
        open_pack(file, at=NOW)


def test_a_clock_that_is_behind_is_said_and_nothing_is_destroyed(file: Path) -> None:
    with pytest.raises(ClockIsBehind):
        open_pack(file, at=NOW - timedelta(hours=5))
    assert open_pack(file, at=NOW) == a_pack()


def test_a_sentence_that_is_asked_no_more_leaves_memory_and_disk(file: Path, evening: Evening) -> None:
    evening.stop_asking(1, at=NOW)
    assert evening.look(NOW).sentences == (TWO,)
    assert Evening(file, at=NOW).look(NOW).sentences == (TWO,)
    assert read_pack(file.read_text()) == a_pack(sentences=(TWO,))


# the inbox


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


def _whole() -> bytes:
    from uuid import uuid4  # noqa: PLC0415 - only to make the file that many tests read

    from betterstory.conversations.inbox.sealing import Frame  # noqa: PLC0415 - likewise

    pack, run = a_pack(), "5e1f"
    lines = [
        {"kind": "answer", "code": CODE, "statement": 11, "mark": ONE.mark, "said": n - 1, "channel": "phone"}
        | {"at": (NOW + timedelta(minutes=n)).isoformat()}
        for n in range(3)
    ]
    lines.append({"kind": "sentence", "code": CODE, "words": "Bus?", "at": NOW.isoformat()})
    made: list[dict[str, Any]] = [*lines, {"kind": "stop", "runs": {run: 4}}]
    frames = [Frame(pack.uuid, run, n, uuid4()) for n in range(1, 6)]
    return b"".join(
        seal_line(frame, told, pack=pack).encode() + b"\n" for frame, told in zip(frames, made, strict=True)
    )


WHOLE = _whole()
