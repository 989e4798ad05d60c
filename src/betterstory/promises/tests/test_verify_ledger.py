"""The script that checks the ledger: whatever somebody does to it is found, given a head from before."""

import json
import subprocess
import sys
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from betterstory.promises import verify_ledger
from betterstory.promises.tests import ledgers
from betterstory.promises.tests.ledgers import Entries
from betterstory.promises.verify_ledger import CannotCheck, Head, Wrong, check, read_head

GOLDEN = Path(__file__).with_name("golden_ledger.jsonl")
GOLDEN_HEAD = "#12 · 2AHD RDKE DVEX DBPG"
FIELDS = sorted(verify_ledger.FIELDS - {"hash", "prev", "commitment", "seq"})


@st.composite
def spoilt(draw: st.DrawFn) -> tuple[Entries, list[bytes], Head]:
    """A ledger, what somebody made of it, and a head printed at or after the place they changed."""
    size = draw(st.integers(1, 300))
    seed = draw(st.text(max_size=3))
    good = ledgers.make(size, seed=seed)
    place = draw(st.integers(0, size - 1))  # the entry that is touched, from nought
    bad = [dict(entry) for entry in good]
    match draw(
        st.sampled_from(["edit", "number", "words", "delete", "insert", "swap", "twice", "cut", "tail"])
    ):
        case "edit":
            field = draw(st.sampled_from(FIELDS))
            bad[place][field] = f"{bad[place][field]} "
        case "number":
            field = draw(st.sampled_from(["seq", "hash", "prev", "commitment"]))
            bad[place][field] = size + 7 if field == "seq" else "f" * 64
        case "words":
            bad[place]["said"] = {"words": "Something else."}
        case "delete":
            del bad[place]
        case "insert":
            bad.insert(place, ledgers.make(1, seed="another")[0])
        case "swap" if size > 1:
            other = draw(st.integers(0, size - 1).filter(lambda at: at != place))
            bad[place], bad[other] = bad[other], bad[place]
            place = min(place, other)
        case "swap" | "twice":
            bad.insert(place, dict(bad[place]))
        case "cut":
            bad = bad[:place]
        case "tail":
            bad[place]["about"] = "promise 1000"
            bad = ledgers.rehash(bad, place)
    held = draw(st.integers(place + 1, size))
    return good, ledgers.lines(bad), ledgers.head(good, held)


@settings(max_examples=150)
@given(spoilt())
def test_whatever_is_done_to_a_ledger_is_found(case: tuple[Entries, list[bytes], Head]) -> None:
    good, bad, head = case
    assert check(ledgers.lines(good), [head]).held == head.seq
    with pytest.raises(Wrong):
        check(bad, [head])


def test_without_a_head_a_tail_written_anew_is_not_found() -> None:
    """Why the head has to leave the building."""
    entries = ledgers.make(20)
    entries[9]["about"] = "promise 1000"
    forged = ledgers.lines(ledgers.rehash(entries, 9))
    assert check(forged).held == 0
    assert "could have written all of it anew" in " ".join(verify_ledger.in_words(check(forged)))


@settings(max_examples=40)
@given(st.integers(0, 60), st.integers(0, 60), st.data())
def test_writing_on_never_makes_an_earlier_head_wrong(now: int, more: int, data: st.DataObject) -> None:
    entries = ledgers.make(now, seed="a")
    head = ledgers.head(entries, data.draw(st.integers(0, now)))
    checked = check(ledgers.lines(ledgers.append(entries, more, seed="b")), [head])
    assert (checked.entries, checked.held) == (now + more, head.seq)


@settings(max_examples=40)
@given(st.integers(1, 60), st.sets(st.integers(1, 60)))
def test_without_their_words_entries_hold_as_before(size: int, gone: set[int]) -> None:
    whole, quiet = ledgers.make(size), ledgers.make(size, without_words=sorted(gone))
    checked = check(ledgers.lines(quiet), [ledgers.head(whole)])
    assert checked.newest == ledgers.head(whole)
    assert checked.without_words == len([seq for seq in gone if seq <= size])


@settings(max_examples=100)
@given(st.integers(0, 2**256 - 1), st.integers(1, 10**9))
def test_a_head_is_read_as_it_is_printed(number: int, seq: int) -> None:
    head = verify_ledger.head_of(seq, f"{number:064x}")
    assert read_head(str(head)) == head
    typed = f" {seq} {head.letters.lower()[:5]}-{head.letters[5:]} "
    assert read_head(typed) == head


@pytest.mark.parametrize(
    ("typed", "words"),
    [
        ("", "is no head"),
        ("#412", "is no head"),
        ("#412 K7TP 4M2X W9QD HNR", "is no head"),
        ("#412 K7TP 4M2X W9QD HNRCC", "is no head"),
        ("K7TP 4M2X W9QD HNRC", "is no head"),
        ("#412 K0TP 4M2X W9QD HNRC", "no “0” in it"),
        ("#412 K7TP 4M2X W9QD HNRI", "no “I” in it"),
    ],
)
def test_what_is_no_head_says_why(typed: str, words: str) -> None:
    with pytest.raises(CannotCheck, match=words):
        read_head(typed)


NO_LINES = [
    '{"seq": 1}',
    "[]",
    "null",
    "nonsense",
    "",
    "[" * 100_000,
    '{"about":"a","about":"b"}',
]


@pytest.mark.parametrize("line", NO_LINES)
def test_a_line_written_in_another_way_is_found(line: str) -> None:
    first, *rest = ledgers.lines(ledgers.make(2))
    with pytest.raises(Wrong, match="Line 3: This line is not as the list writes"):
        check([first, rest[0], line.encode() + b"\n"])


def test_one_letter_twice_in_a_line_or_a_space_is_found() -> None:
    """A reader that takes the first of two fields would see another thing than the script."""
    first, encoded = ledgers.lines(ledgers.make(1))
    line = encoded.decode()
    for spoilt_line in (
        line.replace('{"about"', '{"about":"promise 1","about"'),
        line.replace(":", ": ", 1),
        line.replace("“", "\\u201c"),
        line.replace('"seq":1', '"seq":true'),
        line.replace('"seq":1', '"seq":1.0'),
        line.replace('"who"', '"whoever"'),
        line.replace('"who"', '"note":"more","who"'),
    ):
        assert spoilt_line != line
        with pytest.raises(Wrong):
            check([first, spoilt_line.encode()])


def test_words_need_their_salt_and_a_salt_its_words() -> None:
    entries = ledgers.make(1)
    for gone in ("salt", "said"):
        half = {name: value for name, value in entries[0].items() if name != gone}
        with pytest.raises(Wrong):
            check(ledgers.lines([half]))


def test_another_kind_of_file_is_no_list() -> None:
    for first in ('{"format":2,"ledger":"bs-ledger-v1"}\n', "", "hello\n", '{"format":1}\n'):
        with pytest.raises(Wrong, match="no list of promises"):
            check([first.encode()])


def test_two_heads_of_one_entry_cannot_both_be_right() -> None:
    entries = ledgers.make(3)
    other = Head(2, "2" * 16)
    with pytest.raises(Wrong, match="Two heads say different things"):
        check(ledgers.lines(entries), [ledgers.head(entries, 2), other])


def test_words_composed_in_two_ways_are_the_same_words() -> None:
    assert verify_ledger.canonical({"words": "Cafe\u0301"}) == verify_ledger.canonical({"words": "Café"})


def run(tmp_path: Path, text: str, *heads: str) -> subprocess.CompletedProcess[str]:
    file = tmp_path / "ledger.jsonl"
    file.write_bytes(text.encode())
    given_heads = [part for head in heads for part in ("--head", head)]
    command = [sys.executable, "-I", verify_ledger.__file__, str(file), *given_heads]
    return subprocess.run(command, capture_output=True, text=True, check=False)


def test_the_script_alone_says_what_is_so_and_what_is_not(tmp_path: Path) -> None:
    text = GOLDEN.read_text()
    right = run(tmp_path, text, GOLDEN_HEAD)
    assert (right.returncode, right.stderr) == (0, "")
    assert "Up to entry 12 it is as it was when the head was printed." in right.stdout
    assert "It does not show that a promise was fair or true." in right.stdout
    wrong = run(tmp_path, text.replace("We will ring back", "We may ring back"), GOLDEN_HEAD)
    assert (wrong.returncode, wrong.stdout.split(".")[0]) == (1, "WRONG")
    assert "Line 4: The words of entry 3 are not the words that were said then." in wrong.stdout
    unread = run(tmp_path, text, "#12 K7TP")
    assert (unread.returncode, unread.stdout) == (2, "")
    assert "is no head" in unread.stderr


def test_a_file_that_is_not_there_or_holds_no_letters(tmp_path: Path) -> None:
    assert verify_ledger.main([str(tmp_path / "nothing.jsonl")]) == 2
    file = tmp_path / "bytes"
    file.write_bytes(GOLDEN.read_bytes() + b"\xff\n")
    assert verify_ledger.main([str(file)]) == 1


def test_the_golden_file_stays_as_it_is() -> None:
    """Made once and never anew: what was printed long ago must be right for ever."""
    with GOLDEN.open("rb") as golden:
        checked = check(golden, [read_head(GOLDEN_HEAD)])
    assert (checked.entries, checked.without_words, str(checked.newest)) == (12, 2, GOLDEN_HEAD)
    kinds = [json.loads(line).get("kind") for line in GOLDEN.read_text().splitlines()]
    assert kinds[1:4] == ["asked", "answered_yes", "made"]
