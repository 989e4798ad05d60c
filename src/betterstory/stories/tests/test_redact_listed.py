"""The teller's own list, in whatever way its names are written."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from betterstory.stories.redacting.lines import cut, put_in
from betterstory.stories.redacting.listed import Entry, find, gives_away, names_left, suggest

LIST = [
    Entry(("Tone", "Antonio Karlsson"), "a friend", "friend"),
    Entry(("the Gulson",), "a hospital", "service"),
    Entry(("Zoé",), "a nurse", "worker"),
    Entry(("Will",), "my brother", "family"),
    Entry(("Anne-Marie",), "a neighbour", "neighbour"),
    Entry(("Anne",), "my aunt", "family"),
    Entry(("Lark Hill",), "a place near here", "place"),
    Entry(("Perry",), "somebody", "other"),
]
FORMS = r"""
I met Tone there.               | I met a friend there.
tone said so                    | a friend said so
TONE SAID SO                    | A friend SAID SO
Tone's van, Tone’s dog          | A friend's van, a friend’s dog
the Tones came                  | a friend came
antonio karlsson rang           | a friend rang
Karlsson rang. So did antonio.  | A friend rang. So did a friend.
Antonio\nKarlsson rang          | A friend rang
our Tone came                   | a friend came
Mr Karlsson came                | A friend came
at the Gulson                   | at a hospital
at Gulson. The Gulson said      | at a hospital. A hospital said
zoe and ZOÉ and Zoe\u0301       | a nurse and a nurse and a nurse
To\u200bne, \u202eTone\u202c    | A friend, a friend
Anne-Marie, anne marie, Anne    | A neighbour, a neighbour, my aunt
up Lark  Hill today             | up a place near here today
the Perrys, the perries         | somebody, somebody
a stone, atone, toned           | a stone, atone, toned
a lark on a hill                | a lark on a hill
hill lark                       | hill lark
Anne. Marie came                | My aunt. A neighbour came
tone-deaf                       | a friend-deaf
i will ask                      | i will ask
Will came, and will stay        | My brother came, and will stay
"""


ESCAPES = {"\\n": "\n", "\\u0301": "\u0301", "\\u200b": "\u200b", "\\u202e": "\u202e", "\\u202c": "\u202c"}


def rows(table: str) -> list[tuple[str, str]]:
    cells = [line.partition("|") for line in table.strip().splitlines()]
    return [(written(words), written(wanted)) for words, _bar, wanted in cells]


def written(cell: str) -> str:
    cell = cell.strip(" ")
    for escape, char in ESCAPES.items():
        cell = cell.replace(escape, char)
    return cell


def redacted(text: str, entries: list[Entry] = LIST) -> str:
    return "".join(put_in(text, cut(text), find(text, entries)))


@pytest.mark.parametrize(("words", "wanted"), rows(FORMS))
def test_every_way_a_name_is_written(words: str, wanted: str) -> None:
    assert redacted(words) == wanted


def test_a_name_that_is_a_word_as_well_is_asked_about_in_small_letters() -> None:
    [found] = find("then will came round", LIST)
    assert (found.kind, found.asks) == ("listed-maybe", True)
    assert names_left("then will came round", LIST) == []
    assert names_left("then Will came, with tone", LIST) == ["Will", "tone"]


def test_the_longest_name_goes_first_whatever_the_order_of_the_list() -> None:
    assert redacted("Anne-Marie", LIST[::-1]) == "A neighbour"


def test_a_whole_name_goes_before_part_of_another() -> None:
    two = [Entry(("Ada Perry",), "a friend", "friend"), Entry(("Perry",), "a neighbour", "neighbour")]
    assert redacted("Perry and Ada Perry and Ada", two) == "A neighbour and a friend and a friend"


def test_one_person_keeps_one_name_and_two_never_share() -> None:
    taken: list[str] = []
    for _person in range(7):
        taken.append(suggest("friend", taken))
    assert len(set(taken)) == 7
    assert taken[:3] == ["a friend", "another friend", "a third friend"]
    assert suggest("no such kind", []) == "somebody"


@pytest.mark.parametrize(
    ("called", "gives"),
    [
        ("a nurse", False),
        ("Tone's mate", True),
        ("KARLSSON", True),
        ("a Gulson nurse", True),
        ("a stone", False),
    ],
)
def test_what_they_are_called_must_not_name_them(called: str, gives: bool) -> None:
    assert gives_away(called, LIST) is gives


NAMES = st.text(st.characters(codec="utf-8", categories=["Ll", "Lu"]), min_size=4, max_size=12)


@given(name=NAMES, before=st.text(max_size=40), after=st.text(max_size=40), as_upper=st.booleans())
def test_a_listed_name_between_spaces_is_never_left(
    name: str, before: str, after: str, as_upper: bool
) -> None:
    entry = [Entry((name,), "9", "place")]
    written = name.upper() if as_upper else name
    text = f"{before} {written} {after}"
    if find(written, entry):  # letters without a small form of their own may fold to nothing
        read = "".join(put_in(text, cut(text), find(text, entry)))
        assert names_left(read, entry) == [] or any(each.asks for each in find(text, entry))
