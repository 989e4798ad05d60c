"""Capitals, tender topics, people who never agreed, and the text as lines."""

import time

import pytest
from hypothesis import given
from hypothesis import strategies as st

from betterstory.stories.redacting import looking
from betterstory.stories.redacting.anchoring import find_again, find_quote_again
from betterstory.stories.redacting.capitals import capitalised, is_dictated
from betterstory.stories.redacting.lines import LONGEST, cut, plain, put_in, put_together
from betterstory.stories.redacting.listed import Entry, Found
from betterstory.stories.redacting.topics import second_people, topics_in

CAPITALS = """
We met at the Belgrade Theatre. Theatre is good.    | Belgrade Theatre, Theatre?
Biscuit barked. I fed Biscuit at Lark's.            | Biscuit x2, Lark
Friends of Lark Hill came                           | Friends of Lark Hill
Nobody came. They said Monday, in July.             |
Soup came first. Then more soup.                    |
Grit came first.                                    | Grit?
I went. It rained. NHS staff                        |
"""
TOPICS = """
she drank every night       | drink and drugs
i am HIV positive           | health
he beat me                  | harm
the mosque on the corner    | faith
we owed rent, then eviction | money
waiting for asylum          | immigration
he was in prison            | offence
we are both gay             | sexuality
I walked the dog            |
the drill and the paint     |
"""
SECOND = """
my sister, a nurse on nights    | kin-and-job, job-and-place
mum worked at the bakery        | kin-and-job
a nurse at the Gulson           | job-and-place
my youngest son is nine         | child
my sister came                  |
the nurse was kind              |
"""


def rows(table: str) -> list[tuple[str, str]]:
    return [
        (a.strip(), b.strip()) for a, _bar, b in (line.partition("|") for line in table.strip().splitlines())
    ]


@pytest.mark.parametrize(("words", "wanted"), rows(CAPITALS))
def test_words_with_a_capital_are_gathered_and_sentence_starts_count_for_less(
    words: str, wanted: str
) -> None:
    found = [
        each.words + (f" x{each.times}" if each.times > 1 else "") + ("?" if each.only_first else "")
        for each in capitalised(words)
    ]
    assert ", ".join(found) == wanted


@pytest.mark.parametrize(
    ("text", "wanted"),
    [
        ("Robin\nIt came on slowly.", ["Robin"]),
        ("up Rose\nHill, which is no hill", ["Rose", "Hill"]),
        ("by the road.\nHill walks, then a hill", []),
        ("Belgrade Theatre", ["Belgrade Theatre"]),
    ],
)
def test_two_parts_of_a_story_are_never_one_name(text: str, wanted: list[str]) -> None:
    """Its name stands above its first words. What goes on in the next line is asked about too."""
    assert [each.words for each in capitalised(text)] == wanted


def test_what_was_found_already_is_not_asked_about_again() -> None:
    assert capitalised("I saw Maz.", without=[Found(6, 9, "listed", "a friend")]) == []


@pytest.mark.parametrize(
    ("text", "dictated"),
    [
        ("i went to see jean and then we walked up to the hall and had tea with everybody there", True),
        ("I WENT TO SEE JEAN AND THEN WE WALKED UP", True),
        ("I went to see Jean. Then we walked up to the hall, and we had tea with everybody there.", False),
    ],
)
def test_a_text_without_capitals_says_that_this_list_cannot_help(text: str, dictated: bool) -> None:
    assert is_dictated(text) is dictated


@pytest.mark.parametrize(("words", "wanted"), rows(TOPICS))
def test_tender_topics_are_asked_about(words: str, wanted: str) -> None:
    assert ", ".join(topics_in(words)) == wanted


@pytest.mark.parametrize(("words", "wanted"), rows(SECOND))
def test_people_who_never_agreed_are_pointed_out(words: str, wanted: str) -> None:
    found = second_people(words)
    assert ", ".join(dict.fromkeys(each.kind for each in found)) == wanted
    assert all(each.asks for each in found)


def test_a_topic_takes_no_word_out() -> None:
    text = "I drank, and my sister the nurse prayed at the mosque."
    seen = looking.look_through(text, cut(text), [])
    look = seen.look(0)
    assert look.reads == text
    assert {"drink and drugs", "faith"} <= set(look.topics)


@pytest.mark.parametrize(
    ("words", "wanted"),
    [
        ("at 22 Lark Hill now", "at where I lived now"),
        ("write to tone.reed@example.org", "write to an e-mail address"),
        ("up Lark Hill, flat 6", "up where I lived, a flat"),
    ],
)
def test_nothing_is_left_behind_around_a_name_of_the_list(words: str, wanted: str) -> None:
    names = [Entry(("Lark Hill",), "where I lived", "place"), Entry(("Tone",), "a friend", "friend")]
    assert "".join(looking.look_through(words, cut(words), names).reads) == wanted


def test_a_second_pair_of_eyes_adds_only_what_is_not_there_yet() -> None:
    text = "We saw Maz and jean there."
    seen = looking.look_through(text, cut(text), [])
    eyes = [Found(7, 10, "eyes-person", asks=True), Found(15, 19, "eyes-person", asks=True)]
    assert seen.look(0, eyes).found == (("capital", "Maz"), ("eyes-person", "jean"))
    assert seen.look(0, eyes).reads == text


TEXTS = st.text(st.characters(codec="utf-8") | st.sampled_from(" .\n\r\u2028Ab1"), max_size=900)


@given(TEXTS)
def test_lines_put_together_are_the_text_and_none_is_long(text: str) -> None:
    lines = cut(text)
    assert "".join(text[line.start : line.end] for line in lines) == text
    assert all(line.end - line.start <= LONGEST for line in lines)
    assert put_together(text, lines, {}) == text
    assert "".join(put_in(text, lines, [])) == text


@given(TEXTS)
def test_looking_never_fails_and_the_lines_stay_the_lines(text: str) -> None:
    lines = cut(text)
    seen = looking.look_through(text, lines, [Entry(("Ab", "A b"), "a friend", "friend")])
    assert len(seen.reads) == len(lines)
    for number in range(len(lines)):
        seen.look(number)


def test_a_changed_line_keeps_its_own_end() -> None:
    text = "One.\n\nTwo here.  \nThree"
    lines = cut(text)
    assert put_together(text, lines, {0: "Uno", 2: " Due "}) == "Uno\n\nDue  \nThree"
    assert put_together(text, lines, {0: ""}) == "\n\nTwo here.  \nThree"


def test_characters_that_hide_or_turn_words_round_do_not_pass() -> None:
    assert plain("a\u202eb\u200bc\x00d\x1be\u2066f\ufeff") == "abcdef"
    assert plain("tab\tand 👩\u200d🍳 stay") == "tab\tand 👩\u200d🍳 stay"


@pytest.mark.parametrize(
    "bad",
    [
        "1 ",
        "a",
        "a.a@",
        "Ab ",
        "one ",
        "\u202e",
        "sam at ",
        "1 a a a ",
        "mum a ",
        "july 1",
        "nurse ",
        "flat 1",
        "dr ",
        "\x00",
    ],
)
def test_time_grows_with_length_and_no_faster(bad: str) -> None:
    """Four times the text, about four times the time: a pattern that blows up would take sixteen or more."""
    names = [Entry((f"Anne X{number}", f"one {number}"), "a friend", "friend") for number in range(50)]

    def seconds(length: int) -> float:
        text = (bad * length)[:length]
        lines = cut(text)
        best = 9.0
        for _again in range(2):
            began = time.process_time()
            looking.look_through(text, lines, names)
            best = min(best, time.process_time() - began)
        return best

    assert seconds(8_000) < 9 * seconds(2_000) + 0.1


def test_the_longest_story_with_the_longest_list_is_looked_through() -> None:
    text = ("Anne X499 came up Lark Hill on 3 May 2019. " * 5000)[:200_000]
    names = [Entry((f"Anne X{number}",), "a friend", "friend") for number in range(500)]
    seen = looking.look_through(text, cut(text), names)
    assert "X499" not in "".join(seen.reads)


def test_a_quoted_span_is_found_again_after_lines_changed() -> None:
    was = ["I saw Tone there.\n", "He was kind to me. ", "Tone waved."]
    now = ["I saw a friend there.\n", "He was kind to me. ", "A friend waved."]
    text = "".join(now)
    span = find_quote_again("kind to me", was, now)
    assert span is not None
    assert text[slice(*span)] == "kind to me"
    span = find_quote_again("saw Tone there", was, now)
    assert span is not None
    assert text[slice(*span)] == "saw a friend there"
    span = find_quote_again("there.\nHe was", was, now)
    assert span is not None
    assert text[slice(*span)] == "there.\nHe was"


def test_a_quote_that_is_gone_or_stands_there_twice_is_not_guessed() -> None:
    assert find_quote_again("Tone", ["Tone and Tone"], ["a and b"]) is None
    assert find_quote_again("nowhere", ["here"], ["here"]) is None
    assert find_again(0, 4, ["Tone", " came"], ["", " came"]) is None
    assert find_again(3, 2, ["abcdef"], ["abcdef"]) is None


@given(st.lists(st.text("ab \n", min_size=1, max_size=12), min_size=1, max_size=6), st.data())
def test_a_span_in_a_line_nobody_changed_says_the_same_after(lines: list[str], data: st.DataObject) -> None:
    at = data.draw(st.integers(0, len(lines) - 1))
    start = data.draw(st.integers(0, len(lines[at]) - 1))
    end = data.draw(st.integers(start + 1, len(lines[at])))
    now = [line if number == at else "changed " + line[::-1] for number, line in enumerate(lines)]
    offset = sum(map(len, lines[:at]))
    span = find_again(offset + start, offset + end, lines, now)
    assert span is not None
    assert "".join(now)[slice(*span)] == lines[at][start:end]
