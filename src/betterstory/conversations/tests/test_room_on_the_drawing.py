"""The iceberg and the better story hold every note, whatever its words, and no line runs under one."""

from itertools import combinations
from xml.etree import ElementTree

from hypothesis import given, settings

from betterstory.conversations.drawing import Drawing, Note, NoteLink, draw_iceberg
from betterstory.conversations.drawing.berg import half_at
from betterstory.conversations.drawing.marks import Box
from betterstory.conversations.drawing.notes import LEVELS, letter
from betterstory.conversations.drawing.routes import crosses
from betterstory.conversations.tests._icebergs import both, icebergs, page, texts
from betterstory.ui.lettering import width


def rooms(drawing: Drawing) -> list[Box]:
    """Each note with the number that stands out at its corner."""
    return [
        Box(note.box.x - 12, note.box.y - 12, note.box.width + 12, note.box.height + 12)
        for note in drawing.notes
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


def test_forty_cards_on_one_large_sheet_can_be_read() -> None:
    """On A3 (273 x 362 mm inside its margins) the letters of forty long cards are 8 points high or more."""
    words = "I have acted as if people who miss a visit do not want one, and so I never asked them why."
    notes = [Note(f"n{at}", str(at + 1), LEVELS[at % 4], words, "in the record") for at in range(40)]
    drawing = draw_iceberg(notes, wide=True)
    scale = min(273 / drawing.width, 362 / drawing.height)  # mm a px
    assert 15 * scale / 0.3528 >= 8
