#!/usr/bin/env python3
"""Check a list of promises against a head that was printed or sent earlier. Python alone, nothing to install.

    python3 verify_ledger.py ledger.jsonl --head "#412 · K7TP 4M2X W9QD HNRC"

The file has one line that says what it is, then a line for each entry. Each entry holds a hash of itself
and of the entry before it, so that nothing can be changed without changing every hash after it. The head is
the number of an entry and sixteen letters made from its hash: on paper, nobody can change it any more.

What was said is not in the chain, only a commitment to it: HMAC-SHA256 under a random salt of 16 bytes. Where
words were taken out, salt and words are gone, the entry stays, and the chain still holds.

Ends with 0 where all is well, 1 where something is wrong, 2 where it could not be checked.
"""

from __future__ import annotations

import argparse
import hashlib
import hmac
import json
import re
import sys
import unicodedata
from collections.abc import Iterable, Iterator, Mapping
from typing import NamedTuple

FORMAT = 1
DOMAIN = "bs-ledger-v1"
BEGINNING = "0" * 64  # what the first entry names as the one before it
LETTERS = "23456789ABCDEFGHJKMNPQRSTVWXYZ"  # as on every printed card: none that look alike
HEAD_LETTERS = 16  # 78 bits
FIELDS = frozenset({"about", "commitment", "day", "hash", "kind", "prev", "seq", "who"})
IN_WORDS = FIELDS | {"said", "salt"}
_in_order = json.JSONEncoder(ensure_ascii=False, sort_keys=True, separators=(",", ":")).encode


class Wrong(Exception):
    """What is wrong, and at which line of the file; 0 is the file as a whole."""

    def __init__(self, line: int, words: str) -> None:
        super().__init__(words)
        self.line = line
        self.words = words

    def __str__(self) -> str:
        return f"Line {self.line}: {self.words}" if self.line else self.words


class CannotCheck(Exception):
    """The file is not there, or the head cannot be read."""


class Head(NamedTuple):
    """The newest entry of a list at some moment: its number, and letters made from its hash."""

    seq: int
    letters: str

    def __str__(self) -> str:
        spaced = " ".join(self.letters[at : at + 4] for at in range(0, HEAD_LETTERS, 4))
        return f"#{self.seq} · {spaced}"


class Checked(NamedTuple):
    """What was found: how many entries, how many without their words, how far heads reach, the newest."""

    entries: int
    without_words: int
    held: int
    newest: Head


def canonical(said: Mapping[str, object]) -> str:
    """The one way to write it: keys in order, no spaces, every letter in Unicode's composed form (NFC)."""
    text = _in_order(said)
    return text if text.isascii() else unicodedata.normalize("NFC", text)


def commit(said: str, salt: bytes) -> str:
    """A commitment to words in their canonical form; nobody can guess them from it without the salt."""
    return hmac.digest(salt, f"{DOMAIN} said\n{said}".encode(), "sha256").hex()


def hash_of(entry: Mapping[str, object]) -> str:
    """The hash of an entry's fields, apart from the hash itself. `prev` ties it to the one before."""
    fields = {name: entry[name] for name in FIELDS if name != "hash"}
    return hashlib.sha256(f"{DOMAIN} entry\n{canonical(fields)}".encode()).hexdigest()


def head_of(seq: int, hash_: str) -> Head:
    """The head as it is printed, of an entry and its hash."""
    number = int(hash_, 16)
    letters = []
    for _n in range(HEAD_LETTERS):
        number, letter = divmod(number, len(LETTERS))
        letters.append(LETTERS[letter])
    return Head(seq, "".join(letters))


def read_head(typed: str) -> Head:
    """A head as somebody typed it. Raises CannotCheck."""
    found = re.fullmatch(r"\s*#?\s*(\d{1,12})\b\s*[^\w\s]*\s*([\w\s.\-]+)", typed)
    letters = re.sub(r"[\s.\-]", "", found.group(2)).upper() if found else ""
    strangers = sorted({letter for letter in letters if letter not in LETTERS})
    if strangers:
        raise CannotCheck(f"A head has no “{strangers[0]}” in it. Look at the paper again: “{typed}”.")
    if found is None or len(letters) != HEAD_LETTERS:
        raise CannotCheck(
            f"“{typed}” is no head. It is a number and sixteen letters, such as #412 K7TP 4M2X W9QD HNRC."
        )
    return Head(int(found.group(1)), letters)


def check(lines: Iterable[str], heads: Iterable[Head] = ()) -> Checked:
    """Read the whole list. Raises Wrong at the first thing that is not as it should be."""
    lines = iter(lines)
    _check_first(next(lines, ""))
    wanted: dict[int, Head] = {}
    for head in heads:
        if wanted.setdefault(head.seq, head) != head:
            raise Wrong(0, f"Two heads say different things of entry {head.seq}. Check one at a time.")
    seq, without_words, day, prev = 0, 0, "", BEGINNING
    for seq, entry in _entries(lines):
        line = seq + 1
        _check_entry(entry, line, seq, day, prev)
        without_words += not _has_words(entry, line)
        day, prev = str(entry["day"]), str(entry["hash"])
        if seq in wanted and head_of(seq, prev) != wanted[seq]:
            raise Wrong(line, _not_as_printed(wanted[seq], head_of(seq, prev)))
    furthest = max(wanted, default=0)
    if furthest > seq:
        raise Wrong(0, f"The list ends at entry {seq}, but there were {furthest} when that head was printed.")
    if wanted.get(0, head_of(0, BEGINNING)) != head_of(0, BEGINNING):
        raise Wrong(0, f"No list begins like this: {wanted[0]}.")
    return Checked(seq, without_words, furthest, head_of(seq, prev))


def _check_first(line: str) -> None:
    try:
        about = json.loads(line)
    except ValueError:
        about = None
    if about != {"format": FORMAT, "ledger": DOMAIN}:
        raise Wrong(1, "This is no list of promises that this script can check.")


def _entries(lines: Iterator[str]) -> Iterator[tuple[int, dict[str, object]]]:
    """Each entry with the number it should have."""
    for seq, line in enumerate(lines, 1):
        text = line.rstrip("\r\n")
        try:
            entry = json.loads(text)
            # written in any other way, a line could say one thing to a reader and another to this script
            is_plain = canonical(entry) == text and set(entry) in (FIELDS, IN_WORDS)
        except (ValueError, TypeError, RecursionError):
            is_plain = False
        if not is_plain:
            raise Wrong(seq + 1, "This line is not as the list writes its lines. It was changed.")
        yield seq, entry


def _check_entry(entry: dict[str, object], line: int, seq: int, day: str, prev: str) -> None:
    number = entry["seq"]
    if type(number) is not int or number != seq:
        raise Wrong(line, f"Here entry {seq} should stand, and entry {number} does.")
    if any(type(entry[name]) is not str for name in FIELDS if name != "seq"):
        raise Wrong(line, f"Entry {seq} is not as the list writes its entries. It was changed.")
    if entry["prev"] != prev:
        raise Wrong(
            line, f"Entry {seq} does not follow the entry before it. Something before it was changed."
        )
    if entry["hash"] != hash_of(entry):
        raise Wrong(line, f"Entry {seq} was changed after it was written.")
    if str(entry["day"]) < day:
        raise Wrong(line, f"Entry {seq} has an earlier day than the entry before it.")


def _has_words(entry: Mapping[str, object], line: int) -> bool:
    """Where an entry comes with its words, they must be those that were committed to."""
    if "said" not in entry:
        return False
    said, salt = entry["said"], entry["salt"]
    if not isinstance(said, dict) or not isinstance(salt, str) or not re.fullmatch("[0-9a-f]{32}", salt):
        raise Wrong(line, f"The words of entry {entry['seq']} are not as the list writes them.")
    if commit(canonical(said), bytes.fromhex(salt)) != entry["commitment"]:
        raise Wrong(line, f"The words of entry {entry['seq']} are not the words that were said then.")
    return True


def _not_as_printed(printed: Head, found: Head) -> str:
    return f"The paper says {printed}, but the list says {found}. It was changed after the paper was printed."


def in_words(checked: Checked) -> list[str]:
    """What was found, for somebody who has never seen this before."""
    said = [f"The list has {checked.entries} entries, and each follows the one before it."]
    if checked.held:
        said.append(f"Up to entry {checked.held} it is as it was when the head was printed.")
    if checked.held < checked.entries:
        newer = checked.entries - checked.held
        said.append(
            f"The last {newer} are newer than the head you gave. Print or keep this one to check them later:"
            if checked.held
            else "You gave no head. Whoever holds the list could have written all of it anew. Keep this one:"
        )
        said.append(f"    {checked.newest}")
    if checked.without_words:
        said.append(
            f"{checked.without_words} come without their words, because they were taken out or are not shown."
        )
    said.append("This shows the list was not changed after it was printed.")
    said.append("It does not show that a promise was fair or true.")
    return said


def main(arguments: list[str] | None = None) -> int:
    """Check one file, and say what was found."""
    parser = argparse.ArgumentParser(description="Check a list of promises against a printed head.")
    parser.add_argument("file", help="the list as it was downloaded: ledger.jsonl")
    parser.add_argument(
        "--head",
        action="append",
        default=[],
        metavar="HEAD",
        help='what stands on paper: "#412 K7TP 4M2X W9QD HNRC"; may be given several times',
    )
    options = parser.parse_args(arguments)
    try:
        heads = [read_head(typed) for typed in options.head]
        # newline="\n": an odd letter that some call the end of a line is not one here
        with open(options.file, encoding="utf-8", newline="\n") as lines:
            checked = check(lines, heads)
    except Wrong as wrong:
        print(f"WRONG. {wrong}")
        return 1
    except UnicodeDecodeError:
        print("WRONG. The file holds letters that cannot be read. It was changed.")
        return 1
    except (CannotCheck, OSError) as why:
        print(f"This could not be checked: {why}", file=sys.stderr)
        return 2
    print("\n".join(in_words(checked)))
    return 0


if __name__ == "__main__":
    sys.exit(main())
