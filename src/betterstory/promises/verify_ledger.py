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
import hmac
import json
import re
import sys
import unicodedata
from binascii import unhexlify
from collections.abc import Iterable, Mapping
from hashlib import sha256
from typing import NamedTuple

FORMAT = 1
DOMAIN = "bs-ledger-v1"
BEGINNING = "0" * 64  # what the first entry names as the one before it
LETTERS = "23456789ABCDEFGHJKMNPQRSTVWXYZ"  # as on every printed card: none that look alike
HEAD_LETTERS = 16  # 78 bits
FIELDS = frozenset({"about", "commitment", "day", "hash", "kind", "prev", "seq", "who"})
FIRST_LINE = b'{"format":1,"ledger":"bs-ledger-v1"}'
# A line is read letter by letter and never as JSON: what is hashed is what stands there. Its fields are in
# the order of their names; `said` and `salt` are there or not. The hash is of the line without those three.
LINE = re.compile(
    rb'(\{"about":"[^"\\]*","commitment":"([0-9a-f]{64})","day":"(\d{4}-\d\d-\d\d)",)'
    rb'"hash":"([0-9a-f]{64})",("kind":"[^"\\]*","prev":"[^"\\]{64}",)'
    rb'(?:"said":(\{.*\}),"salt":"([0-9a-f]{32})",)?'
    rb'("seq":[1-9]\d{0,11},"who":"[^"\\]*"\})(?:\r?\n)?'
)
_BEFORE_ENTRY, _BEFORE_SAID = f"{DOMAIN} entry\n".encode(), f"{DOMAIN} said\n".encode()
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
    return _commit(said.encode(), salt).hex()


def _commit(said: bytes, salt: bytes) -> bytes:
    return hmac.digest(salt, _BEFORE_SAID + said, "sha256")


def hash_of(entry: Mapping[str, object]) -> str:
    """The hash of an entry's fields, apart from the hash itself. `prev` ties it to the one before."""
    fields = {name: entry[name] for name in FIELDS if name != "hash"}
    return sha256(_BEFORE_ENTRY + canonical(fields).encode()).hexdigest()


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


def check(lines: Iterable[bytes], heads: Iterable[Head] = ()) -> Checked:
    """Read the whole list, a line at a time. Raises Wrong at the first thing that is not as it should be."""
    lines = iter(lines)
    if next(lines, b"").rstrip(b"\r\n") != FIRST_LINE:
        raise Wrong(1, "This is no list of promises that this script can check.")
    wanted = _by_number(heads)
    seq, without_words, day, prev = 0, 0, b"", BEGINNING.encode()
    # a place may have a hundred thousand: each field is cut out once, and looked at where it stands
    for seq, line in enumerate(lines, 1):
        found = LINE.fullmatch(line)
        if found is None:
            raise Wrong(seq + 1, "This line is not as the list writes its lines. It was changed.")
        first, commitment, its_day, its_hash, middle, said, salt, last = found.groups()
        if not last.startswith(b'"seq":%d,' % seq):
            raise Wrong(seq + 1, f"Here entry {seq} should stand, and entry {_number_in(last)} does.")
        if not middle.endswith(b'"prev":"%b",' % prev):
            raise Wrong(seq + 1, _no_longer_follows(seq))
        if sha256(_BEFORE_ENTRY + first + middle + last).digest() != unhexlify(its_hash):
            raise Wrong(seq + 1, f"Entry {seq} was changed after it was written.")
        if its_day < day:
            raise Wrong(seq + 1, f"Entry {seq} has an earlier day than the entry before it.")
        if said is None:
            without_words += 1
        elif _commit(said, unhexlify(salt)) != unhexlify(commitment):
            raise Wrong(seq + 1, f"The words of entry {seq} are not the words that were said then.")
        day, prev = its_day, its_hash
        if seq in wanted and head_of(seq, prev.decode()) != wanted[seq]:
            raise Wrong(seq + 1, _not_as_printed(wanted[seq], head_of(seq, prev.decode())))
    furthest = max(wanted, default=0)
    if furthest > seq:
        raise Wrong(0, f"The list ends at entry {seq}, but there were {furthest} when that head was printed.")
    return Checked(seq, without_words, furthest, head_of(seq, prev.decode()))


def _by_number(heads: Iterable[Head]) -> dict[int, Head]:
    wanted: dict[int, Head] = {}
    for head in heads:
        if wanted.setdefault(head.seq, head) != head:
            raise Wrong(0, f"Two heads say different things of entry {head.seq}. Check one at a time.")
    nothing = head_of(0, BEGINNING)
    if wanted.get(0, nothing) != nothing:
        raise Wrong(0, f"No list begins like this: {wanted[0]}.")
    return wanted


def _number_in(last: bytes) -> int:
    return int(last[len(b'"seq":') : last.index(b",")])


def _no_longer_follows(seq: int) -> str:
    return f"Entry {seq} does not follow the entry before it. Something before it was changed."


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
        with open(options.file, "rb") as lines:
            checked = check(lines, heads)
    except Wrong as wrong:
        print(f"WRONG. {wrong}")
        return 1
    except (CannotCheck, OSError) as why:
        print(f"This could not be checked: {why}", file=sys.stderr)
        return 2
    print("\n".join(in_words(checked)))
    return 0


if __name__ == "__main__":
    sys.exit(main())
