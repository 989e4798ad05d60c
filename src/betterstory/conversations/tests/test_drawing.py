"""The iceberg and the better story hold every note, whatever its words, and no line runs under one."""

import re
from dataclasses import replace
from itertools import combinations
from xml.etree import ElementTree

import pytest
from django.template.loader import render_to_string
from django.utils import translation
from hypothesis import given, settings
from hypothesis import strategies as st

from betterstory.conversations.drawing import (
    Drawing,
    Note,
    NoteLink,
    TurnedNote,
    draw_better_story,
    draw_iceberg,
)
from betterstory.conversations.drawing.berg import half_at
from betterstory.conversations.drawing.marks import Box
from betterstory.conversations.drawing.notes import KINDS, LEVELS, letter
from betterstory.conversations.drawing.routes import crosses
from betterstory.ui.lettering import width

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
    """Up to 40 notes with any words on any levels, some taken back, and links between any of them."""
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
    pairs = draw(st.lists(st.tuples(ends, st.sampled_from(KINDS)), max_size=15))
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


def rooms(drawing: Drawing) -> list[Box]:
    """Each note with the number that stands out at its corner."""
    return [
        Box(note.box.x - 12, note.box.y - 12, note.box.width + 12, note.box.height + 12)
        for note in drawing.notes
    ]


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


@given(icebergs())
@settings(max_examples=60, deadline=None)
def test_no_two_notes_overlap_and_all_are_inside(iceberg: tuple[list[Note], list[NoteLink]]) -> None:
    for drawing in both(*iceberg):
        sheet = Box(0, 0, drawing.width, drawing.height)
        assert all(sheet.holds(room) for room in rooms(drawing))
        for one, other in combinations(rooms(drawing), 2):
            assert not one.overlaps(other, 10)
        for heading in drawing.headings:
            assert sheet.holds(heading.box)
            assert not any(heading.box.overlaps(room) for room in rooms(drawing))


@given(icebergs())
@settings(max_examples=40, deadline=None)
def test_words_stay_on_their_note(iceberg: tuple[list[Note], list[NoteLink]]) -> None:
    for drawing in both(*iceberg):
        for note in drawing.notes:
            assert all(line.x + width(line.words, size=15) <= note.box.width - 10 for line in note.lines)
            last = note.source or note.lines[-1]
            assert last.y <= note.box.height - 5
            assert note.lines[0].y - 12 >= 0
            assert note.lines == tuple(sorted(note.lines, key=lambda line: line.y))


@given(icebergs())
@settings(max_examples=40, deadline=None)
def test_the_ice_holds_the_notes_of_every_level_inside(iceberg: tuple[list[Note], list[NoteLink]]) -> None:
    notes, links = iceberg
    at_the_tip = {note.key for note in notes if note.level == "event"}
    for drawing in both(notes, links):
        for note in drawing.notes:
            if note.key not in at_the_tip:
                for y in (note.box.y - 12, note.box.centre, note.box.bottom):
                    left, right = half_at(drawing.corners, y)
                    assert left < note.box.x - 12
                    assert note.box.right < right


@given(icebergs())
@settings(max_examples=40, deadline=None)
def test_no_line_runs_under_a_note(iceberg: tuple[list[Note], list[NoteLink]]) -> None:
    for drawing in both(*iceberg):
        boxes = {note.key: note.box for note in drawing.notes}
        for link in drawing.links:
            others = (box for key, box in boxes.items() if key not in (link.start, link.end))
            assert not any(crosses(link.points, box) for box in others)
            assert all(0 <= x <= drawing.width and 0 <= y <= drawing.height for x, y in link.points)


@given(icebergs())
@settings(max_examples=40, deadline=None)
def test_every_note_is_in_the_drawing_and_in_the_list(iceberg: tuple[list[Note], list[NoteLink]]) -> None:
    notes, links = iceberg
    for drawing in both(notes, links):
        html, listed = page(drawing)
        shown = texts(html)
        numbers = [note.number for note in notes] if not drawing.is_turned else map(letter, range(len(notes)))
        assert all(number in shown for number in numbers)
        assert all(f'id="{drawing.name}-{note.key}"' in listed for note in notes)
        assert listed.count("<li") == len(notes)
        ElementTree.fromstring(f"<div>{listed}</div>")  # noqa: S314 - our own template


@given(icebergs())
@settings(max_examples=40, deadline=None)
def test_what_a_line_says_covers_nothing_else(iceberg: tuple[list[Note], list[NoteLink]]) -> None:
    drawing = draw_iceberg(*iceberg)
    labels = [link.box for link in drawing.links if link.box]
    for one, other in combinations(labels, 2):
        assert not one.overlaps(other)
    for label in labels:
        assert not any(label.overlaps(note.box) for note in drawing.notes)
        assert not any(label.overlaps(heading.box) for heading in drawing.headings)


@given(icebergs())
@settings(max_examples=40, deadline=None)
def test_no_line_runs_under_a_heading(iceberg: tuple[list[Note], list[NoteLink]]) -> None:
    for drawing in both(*iceberg):
        for heading in drawing.headings:
            if not heading.outside:
                assert not any(crosses(link.points, heading.box) for link in drawing.links)


def test_lines_say_what_they_are() -> None:
    drawing = draw_iceberg(notes_of(), links_of())
    assert [link.label.words for link in drawing.links if link.label].count("keeps in place") == 3


def test_forty_cards_on_one_large_sheet_can_be_read() -> None:
    """On A3 (273 x 362 mm inside its margins) the letters of forty long cards are 8 points high or more."""
    words = "I have acted as if people who miss a visit do not want one, and so I never asked them why."
    notes = [Note(f"n{at}", str(at + 1), LEVELS[at % 4], words, "in the record") for at in range(40)]
    drawing = draw_iceberg(notes, wide=True)
    scale = min(273 / drawing.width, 362 / drawing.height)  # mm a px
    assert 15 * scale / 0.3528 >= 8


def test_two_that_are_seen_differently_are_dashes_without_an_arrow() -> None:
    drawing = draw_iceberg(notes_of(), [NoteLink("4", "5", "seen_differently"), NoteLink("7", "4", "causes")])
    assert [bool(link.head) for link in drawing.links] == [False, True]
    about = {n.key: n.about for level in drawing.levels for n in level.notes}
    assert about["4"] == "Seen differently from 5."
    assert about["5"] == "Seen differently from 4."
    turned = [TurnedNote(note.key, note.level, "Not so.", note.number) for note in notes_of()]
    assert draw_better_story(turned, [NoteLink("4", "5", "seen_differently")]).links == ()


def test_a_note_leads_to_its_place_in_the_list() -> None:
    drawing = draw_iceberg(notes_of(), name="one")
    html, listed = page(drawing)
    for note in notes_of():
        assert f'<a href="#one-{note.key}"' in html
        assert f'id="one-{note.key}" tabindex="-1"' in listed


def test_levels_lie_one_under_the_other_with_the_water_under_what_happened() -> None:
    drawing = draw_iceberg(notes_of(), links_of())
    level_of = {note.key: note.level for note in notes_of()}
    edges: list[float] = []
    for level in LEVELS:
        boxes = [note.box for note in drawing.notes if level_of[note.key] == level]
        edges += [min(box.y for box in boxes), max(box.bottom for box in boxes)]
    assert edges == sorted(edges)
    assert edges[1] < drawing.water < edges[2]


def test_the_better_story_is_the_iceberg_turned_over() -> None:
    turned = [TurnedNote(note.key, note.level, f"Not: {note.words}", note.number) for note in notes_of()]
    drawing = draw_better_story(turned, links_of())
    assert drawing.is_turned
    assert [level.level for level in drawing.levels] == ["mental_model", "structure", "trend", "event"]
    first, last = drawing.notes[0], drawing.notes[-1]
    assert first.box.y < drawing.water < last.box.y
    assert [note.number for note in drawing.levels[0].notes] == ["a", "b"]
    assert drawing.levels[0].notes[0].about == "Was 10. Leads to c."
    assert first.source is not None
    assert first.source.words == "was 10"


def test_the_list_says_what_the_lines_say() -> None:
    about = {n.key: n.about for level in draw_iceberg(notes_of(), links_of()).levels for n in level.notes}
    assert about["4"] == "Leads to 2."
    assert about["6"] == "Softens 3."
    assert about["11"] == "Keeps 8 in place. Keeps 9 in place."
    twice = draw_iceberg(notes_of(), [*links_of(), NoteLink("4", "2", "causes")])
    assert {n.key: n.about for level in twice.levels for n in level.notes}["4"] == "Leads to 2."


def test_what_was_taken_back_is_quiet_in_the_drawing_and_in_the_list() -> None:
    notes = [replace(note, about="Robin's words, step 5") for note in notes_of()]
    quiet = replace(notes[0], words=None, said=True, source="lived, says Robin")
    html, listed = page(draw_iceberg([quiet, *notes[1:]], links_of()))
    shown = " ".join(texts(html))
    assert "took it back" in shown
    assert "off the list" not in html + listed
    assert "says Robin" not in html + listed
    assert listed.count("Robin&#x27;s words, step 5") == 10
    assert "A piece was here. Its owner took it back." in listed


@pytest.mark.parametrize("said", HOSTILE, ids=range(len(HOSTILE)))
def test_hostile_words_neither_break_the_drawing_nor_the_list(said: str) -> None:
    notes = [replace(note, words=said, source=said, about=said) for note in notes_of()]
    for drawing in both(notes, links_of()):
        html, listed = page(drawing)
        assert texts(html)
        assert "<script" not in html + listed
        ElementTree.fromstring(f"<div>{listed}</div>")  # noqa: S314 - our own template


def test_an_empty_iceberg_still_has_its_four_levels() -> None:
    drawing = draw_iceberg([])
    html, listed = page(drawing)
    assert len(drawing.headings) == 4
    assert "What we take for granted" in html
    assert listed.count("Nothing here yet.") == 4
    assert draw_better_story([]).notes == ()


@pytest.mark.parametrize(
    ("notes", "links", "why"),
    [
        ([Note("1", "1", "event", "a"), Note("1", "2", "event", "b")], [], "used twice"),
        ([Note("1", "1", "cloud", "a")], [], "not a level"),
        ([Note("1", "1", "event", "a")], [NoteLink("1", "2", "causes")], "not a note"),
        ([Note("1", "1", "event", "a")], [NoteLink("1", "1", "causes")], "linked to itself"),
        (notes_of(), [NoteLink("1", "2", "likes")], "not a kind"),
    ],
)
def test_what_cannot_be_drawn_is_refused(notes: list[Note], links: list[NoteLink], why: str) -> None:
    with pytest.raises(ValueError, match=why):
        draw_iceberg(notes, links)


def test_the_drawing_is_the_same_every_time() -> None:
    assert draw_iceberg(notes_of(), links_of()) == draw_iceberg(notes_of(), links_of())


def test_forty_notes_stay_light() -> None:
    words = "I have acted as if people who miss a visit do not want one, and so I never asked them why."
    notes = [Note(f"n{at}", str(at + 1), LEVELS[at % 4], words, "in the record") for at in range(40)]
    links = [NoteLink(f"n{at + 1}", f"n{at}", "causes") for at in range(39)]
    html, listed = page(draw_iceberg(notes, links))
    assert len(html) < 42_000
    assert len(listed) < 14_000


def test_numbers_are_written_the_same_in_every_language() -> None:
    english = page(draw_iceberg(notes_of(), links_of()))[0]
    with translation.override("de"):
        german = page(draw_iceberg(notes_of(), links_of()))[0]
    assert german == english
    assert not re.search(r"\d,\d|\d\.\d{4}", german)


def test_the_drawing_has_a_name_and_a_way_to_its_list() -> None:
    html, _ = page(draw_iceberg(notes_of(), name="one"))
    assert 'role="group" aria-labelledby="one-title"' in html
    assert html.index('href="#one-as-a-list"') < html.index("<svg")
    assert 'tabindex="0" role="region"' in html
