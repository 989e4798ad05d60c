"""An answer file comes back: what is right is read, what is wrong is said in a sentence."""

import json
import random
import re
from contextlib import suppress
from datetime import date
from pathlib import Path

import pytest

from betterstory.engines import journeys
from betterstory.engines.journeys.pack import (
    AnswerRefused,
    Header,
    as_file,
    check_answer,
    from_json,
    read_answer,
)
from betterstory.engines.journeys.pack.tests.written import (
    HEADER,
    PATTERN,
    by_hand,
    pattern_but,
    standing,
    written,
)

PEOPLE = {"none": 60, "asked": 41, "missed": 52, "sent": 33}


def spoiled(old: str, new: str, text: str | None = None) -> list[str]:
    """What is said of a good answer, filled in by hand, in which one thing is changed."""
    text = by_hand(written()) if text is None else text
    assert old in text
    return check_answer(text.replace(old, new, 1), PATTERN)


@pytest.mark.parametrize(
    "people",
    [
        PEOPLE,
        {"none": 3, "asked": 9, "missed": 1, "sent": 9},  # levels put together
        {"none": 1, "asked": 1, "missed": 1, "sent": 1},  # all of it hidden
        {"none": 0, "asked": 200, "missed": 3, "sent": 0},
    ],
)
@pytest.mark.parametrize("rule", ["default", "nhs-england-sde"])
def test_a_standing_written_as_an_answer_comes_back_the_same(people: dict[str, int], rule: str) -> None:
    text = written(rule, HEADER, **people)
    answer = read_answer(text, PATTERN)
    shown = standing(rule, **people)
    back = answer.protected()
    assert (back.groups, back.people, back.exactly) == (shown.groups, shown.people, shown.exactly)
    assert back.at_least == shown.at_least
    alone = [group.first for group in shown.groups if group.first == group.last]
    for name in ("on_the_way", "way_closed", "too_early", "again"):
        assert [getattr(back, name)[level] for level in alone] == [
            getattr(shown, name)[level] for level in alone
        ]
    assert not answer.by_hand
    assert check_answer(by_hand(text), PATTERN) == []
    assert as_file(answer) == text


def test_an_answer_can_be_stored_and_comes_back_the_same() -> None:
    answer = read_answer(by_hand(written()))
    stored = json.dumps(answer.as_json())
    assert from_json(json.loads(stored), PATTERN) == answer


def test_a_stored_answer_that_was_changed_is_refused() -> None:
    stored = read_answer(written()).as_json()
    stored["rows"][1]["on_the_way"] = 3
    with pytest.raises(AnswerRefused) as refused:
        from_json(stored)
    assert any("fewer than the rule" in sentence for sentence in refused.value.sentences)


def test_an_answer_is_read_aloud_with_where_it_comes_from() -> None:
    said = str(read_answer(written()))
    assert "Sent away, asked of Leaf Trust." in said
    assert "Checked by R. Okafor on 2024-05-02." in said
    assert "There was no list of people: only those with a contact were counted." in said


def test_a_result_copied_from_a_grid_with_tabs_and_null_is_read() -> None:
    head, rows, end = by_hand(written()).partition("rule,level_from")[0], "", ""
    _, _, rows = by_hand(written()).partition(head)
    lines = [re.sub(r"\t(?=\t)", "\tNULL", line.replace(",", "\t")) for line in rows.splitlines()]
    assert check_answer(head + "\n".join(lines) + end, PATTERN) == []


def test_a_tool_that_writes_whole_numbers_with_a_point_is_understood() -> None:
    assert spoiled("shown,20,20,0,none", "shown,20.0,20.0,0.0,none") == []


def test_a_file_saved_by_a_windows_program_is_read() -> None:
    text = by_hand(written()).replace("\n", "\r\n")
    assert check_answer(b"\xef\xbb\xbf" + text.encode(), PATTERN) == []


@pytest.mark.parametrize(
    ("old", "new", "said"),
    [
        ("default,1,1,shown,40", "default,1,1,shown,45", "Level 1: the parts do not add up"),
        ("default,1,1,shown,40", "default,1,1,shown,41", "Level 1: the people are not rounded"),
        ("shown,20,20,0,none", "shown,38,2,0,none", 'Level 1: "way closed" shown are fewer than the rule'),
        ("shown,20,20,0,none", "shown,20,,0,none", "Level 1: one part is shown and another is hidden"),
        (
            "shown,20,20,0,none",
            "not shown,20,20,0,none",
            "Level 1: a part of a split is shown where the rule",
        ),
        ("shown,20,20,0,none", "shown,40,0,0,none", 'Level 1: "way closed" says no one'),
        ("default,2,2", "default,1,1", "Level 1: a level is there twice"),
        ("default,2,2", "default,2,9", "A row has a level above 3"),
        ("default,2,2", "default,2,1", "A row starts at a higher level"),
        (
            "default,0,0,shown,60,",
            "default,0,0,shown,5,",
            "Level 0: the people shown are fewer than the rule",
        ),
        ("default,0,0,shown,60,", "default,0,0,shown,,", "Level 0: hidden on its own"),
        ("default,0,0,shown,60,", "default,0,0,shown,70,", "do not add up to the denominator"),
        ("default,3,3,shown,35,none,,,,", "default,3,3,shown,35,shown,35,0,0,", "are not split"),
        (
            "shown,25,25,0,not shown,",
            "shown,25,25,0,shown,25",
            'Level 2: "on it again" is some of "way closed"',
        ),
        ("shown,25,25,0,not shown,", "shown,25,25,0,not shown,10", 'Level 2: "on it again" and its status'),
        ("default,3,3", "nhs-england-sde,3,3", "Level 3: protected by another rule"),
        ('rule = "default"', 'rule = "loose"', "There is no such rule"),
        ('checked_by = "R. Okafor"', 'checked_by = ""', "checked_by: name who checked"),
        ("checked_on = 2024-05-02", 'checked_on = ""', "checked_on: write the day"),
        ("checked_on = 2024-05-02", "checked_on = 2024-01-02", "checked before the data were complete"),
        ("period_from = 2022", "period_from = 2026", "The period ends before it starts"),
        ("data_until = 2024-03-31", "data_until = 2023-03-31", "goes on after the last day"),
        ("data_until = 2024-03-31", "data_until = 31", "data_until: write the last day"),
        ('body = "Leaf Trust"', 'body = "=HYPERLINK(1)"', "body: this starts like a formula"),
        ('body = "Leaf Trust"', 'body = "Leaf\\u202eTrust"', "body: this holds signs that nobody can see"),
        ('body = "Leaf Trust"', "body = 3", "body: write words"),
        ('notes = "', 'extra = "', "nothing like one of its lines"),
        ("format = 1", "format = 2", "says format = 1"),
        ("format = 1", "format = true", "says format = 1"),
        ('"Did not come"', '"Did come"', "the names of the pattern or its steps were changed"),
        ("default,1,1,shown,40", "default,1,1,shown,-40", "below zero"),
        ("default,1,1,shown,40", "default,1,1,shown,=40", "starts like a formula"),
        ("default,1,1,shown,40", f"default,1,1,shown,{'9' * 19}", "more people than any records"),
        ("default,1,1,shown,40", f"default,1,1,shown,{'9' * 5000}", "not a whole number"),
        ("default,1,1,shown,40", "default,1,1,shown,４０", "not a whole number"),
        ("default,1,1,shown,40", 'default,1,1,shown,"40', "no table"),
        ("default,1,1,shown,40", "default,1,1,shown,4,0", "as many cells"),
        ("level_from,level_to", "level_from,levels", "no column level_to"),
        ("people with a contact", "all", "do not agree on who was counted"),
    ],
)
def test_what_is_wrong_is_said(old: str, new: str, said: str) -> None:
    sentences = spoiled(old, new)
    assert any(said in sentence for sentence in sentences), sentences


def test_no_sentence_repeats_what_a_cell_held() -> None:
    for cell in ("37", "-37", "=37", "3737373737373737"):
        sentences = spoiled("default,1,1,shown,40", f"default,1,1,shown,{cell}")
        assert sentences
        assert not any("37" in sentence for sentence in sentences)


def test_a_row_that_was_lost_is_missed() -> None:
    rows = [line for line in by_hand(written()).splitlines() if not line.startswith("default,2,2")]
    sentences = check_answer("\n".join(rows), PATTERN)
    assert "The rows leave out level 2." in sentences
    assert any("do not add up to the denominator" in sentence for sentence in sentences)


def test_the_answer_to_another_pattern_is_known_by_its_print() -> None:
    assert any("another pattern" in said for said in check_answer(written(), pattern_but("Sent home")))


def test_a_figure_changed_by_hand_is_seen_where_better_story_wrote_the_file() -> None:
    changed = written().replace("default,0,0,shown,60,", "default,0,0,shown,65,").replace(",185,", ",190,")
    assert check_answer(by_hand(changed), PATTERN) == []
    assert check_answer(changed, PATTERN) == [
        "A figure or a name was changed after this file was written. Ask for it anew."
    ]


def test_an_empty_file_from_a_pack_says_all_that_is_missing() -> None:
    files = journeys.pack.make_pack(PATTERN, environments=["own-log"])
    said = check_answer(files["answer.toml"], PATTERN)
    assert "There are no rows. Paste the whole result of the question, with its head." in said
    assert any("period_from" in sentence for sentence in said)


@pytest.mark.parametrize(
    "source",
    [
        b"",
        b"\xff\xfef\x00o\x00",
        b"caf\xe9 = 1\n",
        b"\x00" * 50,
        b"a = " + b"[" * 20_000,
        b"a = 1\n" * 20_000,
        b"format = 1\nrows = 3\n",
        b"format = 1\nrows = '''\n" + b"x\n" * 500 + b"'''\n",
        b"= 9",
        b"a = " + b"9" * 6000 + b"\n",
        b"\xed\xa0\x80\n",
    ],
)
def test_whatever_comes_in_brings_sentences_and_no_traceback(source: bytes) -> None:
    said = check_answer(source)
    assert said
    assert all(sentence.endswith((".", "?")) for sentence in said)


def test_a_file_that_is_not_there_is_one_sentence(tmp_path: Path) -> None:
    assert check_answer(tmp_path / "gone.toml") == ["There is no answer file that can be read there."]
    assert check_answer(tmp_path) == ["There is no answer file that can be read there."]


def test_a_head_that_is_not_filled_in_yet_is_written_all_the_same() -> None:
    text = written(header=Header(data_until=date(2024, 3, 31)))
    assert any("body: say whose records" in sentence for sentence in check_answer(text, PATTERN))


def test_no_slip_of_the_hand_brings_a_traceback_or_another_figure() -> None:
    """A thousand answers, each with a few bytes lost, doubled or swapped: read as they were, or refused."""
    good = by_hand(written()).encode()
    rows, chance = read_answer(good).rows, random.Random(11)
    signs = [
        b'"',
        b"\n",
        b",",
        b"=",
        b"-",
        b"[",
        b"\x00",
        b"\xff",
        b"9" * 30,
        b"NaN",
        b"shown",
        b"2024-02-31",
    ]
    for _ in range(1000):
        text = bytearray(good)
        for _ in range(chance.randint(1, 3)):
            at, other = chance.randrange(len(text)), chance.randrange(len(text))
            slips = [b"", chance.choice(signs), bytes(text[other : other + chance.randint(1, 40)])]
            text[at : at + chance.randint(0, 3)] = chance.choice(slips)
        with suppress(AnswerRefused):
            assert read_answer(bytes(text)).rows == rows


def test_true_counts_of_every_size_are_written_without_a_false_alarm() -> None:
    chance = random.Random(3)
    for _ in range(25):
        people = {name: chance.choice([0, 1, 7, 8, 9, 12, 15, 16, 17, 23, 60]) for name in PEOPLE}
        people["sent"] = people["sent"] or 1
        for rule in ("default", "nhs-england-sde"):
            assert check_answer(written(rule, HEADER, **people), PATTERN) == [], people
