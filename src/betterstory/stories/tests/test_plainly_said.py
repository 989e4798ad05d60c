"""Pages of telling are for a tired person: short sentences, and words a child of nine reads."""

import re
from pathlib import Path

import pyphen
import pytest

from betterstory.stories import care, questions, telling, telling_forms
from betterstory.stories import models as facts

HERE = Path(telling.__file__).parent
PAGES = [
    "ready",
    "not_today",
    "begin",
    "thanks",
    "way",
    "question",
    "about",
    "gap",
    "moments",
    "wishes",
    "aloud",
    "on_pages",
    "read_back",
    "rest",
    "rest_card",
    "rested",
    "look",
    "looks",
    "telling_frame",
    "_telling_notes",
    "_help_now",
    "_only_you",
    "_keep",
    "_rest_link",
    "_recordings",
    "_steps_so_far",
]
MODULES = (telling, telling_forms, questions, care)
LONGEST = 15
SYLLABLES = pyphen.Pyphen(lang="en_GB")


def said_on(page: str) -> list[str]:
    """Everything a template sends through gettext, with one word for each part that is filled in."""
    text = (HERE / "templates" / "stories" / f"{page}.html").read_text(encoding="utf-8")
    said = re.findall(r'{% translate "([^"]*)" %}', text)
    said += re.findall(r"{% blocktranslate[^%]*%}(.*?){% (?:plural|endblocktranslate) %}", text, re.DOTALL)
    return [re.sub(r"{{ *(\w+) *}}", "Nasreen", each) for each in said]


def said_in_code() -> list[str]:
    files = [Path(str(module.__file__)) for module in MODULES]
    files += sorted((Path(facts.__file__).parent).glob("*.py"))
    files += [
        HERE / name for name in ("arriving.py", "photographs.py", "recordings.py", "asking.py", "resting.py")
    ]
    said = []
    for file in files:
        for found in re.findall(r'_\(\s*((?:"[^"]*"\s*)+)\)', file.read_text(encoding="utf-8")):
            said.append("".join(re.findall(r'"([^"]*)"', found)).replace("%(limit)s", "40"))
    return said


def sentences(said: str) -> list[list[str]]:
    return [words for part in re.split(r"[.?:]\s*", said) if (words := re.findall(r"[\w’'-]+", part))]


def grade(said: list[list[str]]) -> float:
    """The school year of Flesch and Kincaid; a child of nine is in about the fourth."""
    words = [word for sentence in said for word in sentence]
    syllables = sum(len(SYLLABLES.positions(word.lower())) + 1 for word in words)
    return 0.39 * len(words) / len(said) + 11.8 * syllables / len(words) - 15.59


@pytest.mark.parametrize("page", PAGES)
def test_no_sentence_is_longer_than_fifteen_words(page: str) -> None:
    long = [" ".join(words) for said in said_on(page) for words in sentences(said) if len(words) > LONGEST]
    assert long == []


def test_nor_in_questions_hints_and_refusals() -> None:
    said = said_in_code()
    assert len(said) > 80, "they were found"
    assert [" ".join(words) for each in said for words in sentences(each) if len(words) > LONGEST] == []


def test_a_child_of_nine_can_read_it() -> None:
    everything = [words for page in PAGES for said in said_on(page) for words in sentences(said)]
    assert len(everything) > 80
    assert grade(everything) < 4
    assert grade([words for said in said_in_code() for words in sentences(said)]) < 4


def test_the_measure_knows_a_hard_sentence() -> None:
    hard = "Participants' authorisation regarding dissemination remains revocable irrespectively"
    assert grade(sentences(hard)) > 12
