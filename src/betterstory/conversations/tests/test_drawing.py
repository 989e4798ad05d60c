"""What the drawing of an iceberg says, and the list beside it; taken back, hostile or empty."""

import re
from dataclasses import replace
from xml.etree import ElementTree

import pytest
from django.utils import translation

from betterstory.conversations.drawing import Note, NoteLink, TurnedNote, draw_better_story, draw_iceberg
from betterstory.conversations.drawing.notes import LEVELS
from betterstory.conversations.tests._icebergs import HOSTILE, both, links_of, notes_of, page, texts


def test_lines_say_what_they_are() -> None:
    drawing = draw_iceberg(notes_of(), links_of())
    assert [link.label.words for link in drawing.links if link.label].count("keeps in place") == 3


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
