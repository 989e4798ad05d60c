"""Counts how many names, places and identifiers are found on pages held apart.

    ./bench redaction [--write]

Reads the held pages of the tests, and an article by somebody else where it stands beside the repository.
Every mention is looked for as written, in small letters and in capitals; with and without the teller's list
and a second pair of eyes. `--write` makes docs/reference/redaction.md. The last line is JSON.
"""

import argparse
import json
from pathlib import Path

from benchmarks._redaction_page import page_of
from benchmarks._redaction_pages import ARTICLE, CASES, HELD, Page, held_pages, the_article
from betterstory.stories.redacting import looking
from betterstory.stories.redacting.lines import cut
from betterstory.stories.redacting.listed import Found
from betterstory.stories.redacting.second_eyes import SecondEyes, State

DOCS = Path(__file__).parent.parent / "docs" / "reference" / "redaction.md"
WAYS = ("list", "rules", "list and rules", "capitals", "eyes", "everything but the list", "everything")


def main(arguments: list[str]) -> int:
    parser = argparse.ArgumentParser(prog="./bench redaction")
    parser.add_argument("--write", action="store_true", help="write docs/reference/redaction.md")
    options = parser.parse_args(arguments)
    eyes = SecondEyes()
    try:
        figures = {"held": measured(held_pages(), eyes)}
        if ARTICLE.exists():
            figures["article"] = measured([the_article()], eyes)
    finally:
        eyes.close()
    page = page_of(figures, WAYS)
    print(page)
    if options.write:
        DOCS.write_text(page, encoding="utf-8")
    print(json.dumps({"bench": "redaction", "pages": len(list(HELD.glob("*.txt"))), "found": figures}))
    return 0


def measured(pages: list[Page], eyes: SecondEyes) -> dict[str, dict[str, dict[str, list[int | None]]]]:
    """By case, by way, by kind of mark: how many were found of how many; None where it is not there."""
    figures: dict[str, dict[str, dict[str, list[int | None]]]] = {}
    for case, change in CASES.items():
        tally: dict[str, dict[str, list[int | None]]] = {way: {} for way in WAYS}
        for page in pages:
            text = change(page.text)
            spans = page.marks_in(text, change)
            for way, found in ways(text, page, eyes).items():
                for kind, start, end in spans:
                    held = tally[way].setdefault(kind, [0, 0])
                    held[1] = (held[1] or 0) + 1
                    if found is None or held[0] is None:
                        held[0] = None
                    else:
                        held[0] += is_found(found, start, end, text)
        figures[case] = tally
    return figures


def ways(text: str, page: Page, eyes: SecondEyes) -> dict[str, list[Found] | None]:
    """What each way puts something in place of, or asks about."""
    lines = cut(text)
    alone = looking.look_through(text, lines, [])
    listed = looking.look_through(text, lines, page.entries)
    on_list = [each for each in listed.found if each.kind.startswith("listed")]
    rules, with_list = list(alone.found), list(listed.found)
    capitals = [Found(start, end, "capital", asks=True) for each in alone.capitals for start, end in each.at]
    sight = eyes.look([text[line.start : line.end] for line in lines], wait=180.0)
    seen: list[Found] | None = None
    if sight.state is State.SEEN:
        seen = [
            Found(line.start + each.start, line.start + each.end, each.kind, asks=True)
            for line, several in zip(lines, sight.found, strict=True)
            for each in several
        ]
    return {
        "list": on_list,
        "rules": rules,
        "list and rules": with_list,
        "capitals": capitals,
        "eyes": seen,
        "everything but the list": [*rules, *capitals, *(seen or [])],
        "everything": [*with_list, *capitals, *(seen or [])],
    }


def is_found(found: list[Found], start: int, end: int, text: str) -> bool:
    """Whether every letter and digit of a mention is covered: part of a name is still a name."""
    covered = [False] * (end - start)
    for each in found:
        for at in range(max(start, each.start), min(end, each.end)):
            covered[at - start] = True
    small = {"the", "at", "of", "two"}
    words = text[start:end]
    at = 0
    for word in words.split(" "):
        here = range(at, at + len(word))
        if word.lower() not in small and not all(
            covered[i] for i in here if words[i].isalnum() and not _is_s(words, i)
        ):
            return False
        at += len(word) + 1
    return True


def _is_s(words: str, at: int) -> bool:
    """The s of “Brannigan’s” gives nobody away."""
    return words[at].lower() == "s" and at > 0 and words[at - 1] in "'’"
