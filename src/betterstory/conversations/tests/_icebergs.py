"""Icebergs to draw, and what is read of their drawings."""

import re
from xml.etree import ElementTree

from django.template.loader import render_to_string
from hypothesis import strategies as st

from betterstory.conversations.drawing import (
    Drawing,
    Note,
    NoteLink,
    TurnedNote,
    draw_better_story,
    draw_iceberg,
)
from betterstory.conversations.drawing.notes import KINDS, LEVELS

HOSTILE = [
    "A&E said no",
    "<script>alert(1)</script>",
    "\"quotes\" and 'quotes' ]]> <!-- --> &amp; &#0;",
    "🐕🏽 the dog 👩‍👩‍👧 and tea ☕",
    "قالوا لي أن أنتظر في البيت",
    "\u202eturned round\u202c",
    "W" * 300,
    "word " * 60,
    "line\x00feed\x0b\x1b\ud800 and\nnew lines\r\n",
    "等了十九個星期" * 20,
    " ",
]
TABLE = """
    1   event         They took me off the list
    2   event         A night in hospital, then nobody rang
    3   event         A cup of tea, in the same chair, every day
    4   trend         After a night in crisis, most wait over a week
    5   trend         About 120 people went to the back of the queue
    6   trend         Those with one steady place stay well longer
    7   structure     Two teams, two lists, and no one owns the space between
    8   structure     Miss one visit and the wait starts again
    9   structure     We pay for visits and no one pays for tea
    10  mental_model  I have acted as if the letter going out was the work done
    11  mental_model  I have acted as if people who miss a visit do not want one
"""
LINKS = """
    4 causes 2          7 causes 4            10 keeps_in_place 7
    5 causes 1          8 causes 5            11 keeps_in_place 8
    6 softens 3         9 causes 6            11 keeps_in_place 9
"""


def notes_of(table: str = TABLE) -> list[Note]:
    rows = (line.split(maxsplit=2) for line in table.strip().splitlines())
    return [Note(number, number, level, words, "in the record") for number, level, words in rows]


def links_of(table: str = LINKS) -> list[NoteLink]:
    return [NoteLink(start, end, kind) for start, kind, end in re.findall(r"(\d+) (\w+) (\d+)", table)]


words = st.one_of(st.sampled_from(HOSTILE), st.text(min_size=1, max_size=240))


@st.composite
def icebergs(draw: st.DrawFn) -> tuple[list[Note], list[NoteLink]]:
    """Up to 40 notes with any words on any levels, some taken back, and links between any two of them."""
    many = draw(st.one_of(st.integers(0, 12), st.integers(0, 40)))
    notes = [
        Note(
            f"n{at}",
            str(at + 1),
            draw(st.sampled_from(LEVELS)),
            draw(st.one_of(st.none(), words)),
            draw(st.sampled_from(["", "lived", "owned by a head of service with a long title"])),
        )
        for at in range(many)
    ]
    keys = [note.key for note in notes]
    if many < 2:
        return notes, []
    ends = st.lists(st.sampled_from(keys), min_size=2, max_size=2, unique=True)
    each = st.tuples(ends, st.sampled_from(KINDS))
    pairs = draw(
        st.lists(each, max_size=15, unique_by=lambda pair: tuple(pair[0]))
    )  # one between two, each way
    return notes, [NoteLink(start, end, kind) for (start, end), kind in pairs]


def page(drawing: Drawing) -> tuple[str, str]:
    return (
        render_to_string("conversations/_iceberg.html", {"drawing": drawing}),
        render_to_string("conversations/_iceberg_list.html", {"drawing": drawing}),
    )


def texts(html: str) -> list[str]:
    (found,) = re.findall(r"<svg\b.*?</svg>", html, re.DOTALL)
    svg = ElementTree.fromstring(found)  # noqa: S314 - drawn by our own template
    return ["".join(each.itertext()) for each in svg.iter("{http://www.w3.org/2000/svg}text")]


HEARD = "A teller with a very long chosen name, Wwwwwwwwwwwwwwwwwwww, had the first word here, and the last"


def both(notes: list[Note], links: list[NoteLink]) -> list[Drawing]:
    """Both drawings; where there is an odd number of notes for a large sheet, with long words of tellers."""
    turned = [TurnedNote(note.key, note.level, note.words or "Again.", note.number) for note in notes]
    wide = len(notes) % 2 == 1
    heard = dict.fromkeys(LEVELS, HEARD) if wide else {}
    return [
        draw_iceberg(notes, links, heard=heard, wide=wide),
        draw_better_story(turned, links, wide=wide),
    ]
