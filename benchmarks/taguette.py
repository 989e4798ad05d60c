"""Hands invented stories to the real Taguette and asks what it holds: every quote, tag and description.

    ./bench taguette

Taguette runs without a window in an environment of its own. The last line is one JSON object; it ends with 1
where anything came back differently. Words are compared with one space between them: Taguette's own export
joins paragraphs.
"""

import argparse
import io
import json
import re
import shutil
import zipfile
from datetime import UTC, datetime
from html import unescape
from typing import Any

from benchmarks._processes import CACHE, ask_peer, install
from betterstory.stories.exchange import taguette
from betterstory.stories.exchange.placing import place
from betterstory.stories.exchange.project import (
    Code,
    Coding,
    Document,
    Project,
    Reader,
    Selection,
    lasting_id,
    paths,
)
from betterstory.stories.exchange.refi_in import read

TELLER = Reader(lasting_id("reader", "teller"), "the teller")
STORIES = {
    "The long way round": (
        "Siobhán went to the café 👩‍👩‍👧.\r\n\r\n"
        "They took me off the list & nobody rang <again>.\r\n𝒳 kept ☕ warm.",
        {
            "They took me off the list & nobody rang <again>.": ["gaps.dropped", "how it felt.very hard"],
            "𝒳 kept ☕ warm": ["kindness"],
            "Siobhán went to the café": ["who was there.me"],
            "Back of the queue, 17 weeks": ["gaps.dropped"],  # stands in no text, and is written at its end
        },
    ),
    "Ærø – señor “Ñ”": (
        "Cafe\u0301 first.\nCafé then.",
        {"Café then.": ["kindness"], "Cafe\u0301 first.": ["kindness"]},
    ),
    "=1+1": ("-2 days later, at the gate.", {"-2 days later": ["gaps.dropped"]}),
}
CODES = (
    Code(
        lasting_id("gaps"),
        "gaps",
        is_codable=False,
        parts=(Code(lasting_id("gaps.dropped"), "dropped", "Passed on; “and” dropped, né & <so>"),),
    ),
    Code(lasting_id("kindness"), "kindness", "Ein Mensch, 一个人"),
    Code(
        lasting_id("how it felt"),
        "how it felt",
        is_codable=False,
        parts=(Code(lasting_id("how it felt.very hard"), "very hard"),),
    ),
    Code(
        lasting_id("who was there"),
        "who was there",
        is_codable=False,
        parts=(Code(lasting_id("who was there.me"), "me", "the teller"),),
    ),
)


def main(arguments: list[str]) -> int:
    argparse.ArgumentParser(prog="./bench taguette", description=__doc__).parse_args(arguments)
    print("Making Taguette's environment …", flush=True)
    absent = install("taguette")
    if absent:
        print(json.dumps({"bench": "taguette", "absent": absent}, ensure_ascii=False))
        return 1
    project = made_up()
    folder = CACHE / "taguette"
    shutil.rmtree(folder, ignore_errors=True)
    folder.mkdir(parents=True)
    with zipfile.ZipFile(io.BytesIO(taguette.hand_over(project))) as packed:
        for name in packed.namelist():  # our own, made a line above
            file = folder / name
            file.parent.mkdir(exist_ok=True)
            file.write_bytes(packed.read(name))
    print("Asking Taguette …", flush=True)
    came = ask_peer("taguette", folder)
    if "absent" in came:
        print(json.dumps({"bench": "taguette", "absent": came["absent"]}, ensure_ascii=False))
        return 1
    said = held_against(project, came)
    print(json.dumps(said, ensure_ascii=False))
    return 0 if said["agree"] else 1


def made_up() -> Project:
    documents = tuple(document(name, text, marked) for name, (text, marked) in STORIES.items())
    at = datetime(2026, 7, 6, 12, tzinfo=UTC)
    return Project(lasting_id("bench"), "Copy for Taguette", "Invented.", at, (TELLER,), CODES, documents)


def document(name: str, text: str, marked: dict[str, list[str]]) -> Document:
    placed = place(text, list(marked), heading="Piece by piece")
    selections = tuple(
        Selection(
            lasting_id(name, line),
            start,
            end,
            tuple(Coding(lasting_id(name, line, tag), lasting_id(tag), TELLER.guid) for tag in tags),
        )
        for (line, tags), (start, end) in zip(marked.items(), placed.places, strict=True)
    )
    return Document(lasting_id(name), name, placed.text, "Told by Robin.", selections)


def held_against(project: Project, came: dict[str, Any]) -> dict[str, Any]:
    """What we sent beside what Taguette says it holds."""
    tags = {code.guid: path for path, code in paths(project.codes)}
    ours = {
        (story.name, tags[coding.code], one_space(story.quote(each)))
        for story in project.documents
        for each in story.selections
        for coding in each.codings
    }
    theirs = {(story, tag, one_space(words)) for story, tag, words in came["project"]["highlights"]}
    described = {path: code.description for path, code in paths(project.codes) if code.is_codable}
    by_hand = {tag: words for tag, words in came["parts"]["descriptions"].items() if tag in described}
    read_back = {code.name for _path, code in paths(read(came["project"]["qdc"].encode()).codes)}
    told = {f"{row:03}": one_space(story.text) for row, story in enumerate(project.documents, start=1)}
    held = {name: one_space(words) for name, words in came["parts"]["documents"].items()}
    seen = [in_yellow(page) for page in came["project"]["shown"]]
    meant = [
        {
            (one_space(story.quote(each)), frozenset(tags[c.code] for c in each.codings))
            for each in story.selections
        }
        for story in project.documents
    ]
    checks = {
        "places": seen == meant,
        "highlights": ours == theirs,
        "descriptions in the project": described == came["project"]["descriptions"],
        "descriptions by hand": described == by_hand,
        "documents by hand": all(words in held.get(name, "") for name, words in told.items()),
        "its codebook, read by us": read_back == set(described),
    }
    return {
        "bench": "taguette",
        "taguette": came["version"],
        "documents": len(project.documents),
        "highlights": len(ours),
        "tags": len(described),
        "lost": sorted(ours - theirs),
        "new": sorted(theirs - ours),
        "checks": checks,
        "agree": all(checks.values()),
    }


def in_yellow(page: str) -> set[tuple[str, frozenset[str]]]:
    """What a document shows as highlighted, by its places in the text, with the tags that stand after it."""
    found: set[tuple[str, frozenset[str]]] = set()
    words = ""
    for kind, inside in re.findall(r'<span class="(highlight|taglist)">(.*?)</span>', page, re.DOTALL):
        if kind == "highlight":
            words += inside
        else:
            found.add((one_space(unescape(words)), frozenset(unescape(inside).strip(" []").split(", "))))
            words = ""
    return found


def one_space(words: str) -> str:
    return " ".join(words.split())
