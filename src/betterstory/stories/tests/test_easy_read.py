"""What a teller reads before a yes is easy to read: short sentences, low grade, no jargon."""

import re
from pathlib import Path

import pytest

from betterstory.stories import checking, consenting, door_forms, forms, leaving, others, pausing, speaking
from betterstory.stories.tests.reading import (
    HIGHEST_GRADE,
    JARGON,
    LONGEST_SENTENCE,
    grade,
    sentences,
    words,
)
from betterstory.ui.refusal import Refusal

TEMPLATES = Path(forms.__file__).parent / "templates" / "stories"
# pages on which a yes is said, stopped, paused or looked at
PAGES = (
    *("mine", "say_yes", "stop", "pause", "stop_everything", "take_back", "held", "settled", "gone"),
    *("read_back", "bad_day", "standing_by", "own_copy", "_seen", "_door", "_doors", "_yes_fields"),
)
SAID = re.compile(
    r"{% translate \"([^\"]+)\"|{% blocktranslate[^%]*%}(.*?)(?:{% plural %}(.*?))?{% endblocktranslate %}",
    re.S,
)
IN_PYTHON = re.compile(r"_\(\s*((?:\"(?:[^\"\\]|\\.)*\"\s*)+)\)")
GRADED_FROM = 5  # a label of a word or two has no grade


def consent_texts() -> list[tuple[str, str]]:
    """Every sentence-bearing text of these pages and forms, with where it stands."""
    found = []
    for name in PAGES:
        for match in SAID.findall((TEMPLATES / f"{name}.html").read_text()):
            found += [(name, text) for text in match if text]
    for module in (forms, door_forms):
        source = Path(str(module.__file__)).read_text()
        if module is forms:
            source = source[source.index("USE_WORDS") :]
        for match in IN_PYTHON.findall(source):
            found.append((module.__name__, "".join(re.findall(r"\"((?:[^\"\\]|\\.)*)\"", match))))
    for module in (checking, consenting, leaving, others, pausing, speaking):
        for each in vars(module).values():
            if isinstance(each, type) and issubclass(each, Refusal) and each is not Refusal:
                found.append((each.__name__, str(each.words)))
    return sorted(set(found))


def test_there_are_texts_to_look_at() -> None:
    assert len(consent_texts()) > 150
    assert any(place == "say_yes" for place, _text in consent_texts())


def faults(text: str) -> list[str]:
    """What makes a text hard to read."""
    found = [
        f"{len(words(each))} words: {each}" for each in sentences(text) if len(words(each)) > LONGEST_SENTENCE
    ]
    if len(words(text)) >= GRADED_FROM and grade(text) > HIGHEST_GRADE:
        found.append(f"grade {grade(text):.1f}: {text}")
    return found + [f"jargon: {word}: {text}" for word in JARGON.findall(text)]


def test_every_consent_text_reads_easily() -> None:
    assert [f"{place}: {fault}" for place, text in consent_texts() for fault in faults(text)] == []


def test_a_sentence_too_long_too_hard_or_of_an_office_is_found() -> None:
    assert len(faults("We go " + "on and " * 8 + "on.")) == 1
    assert len(faults("Institutional accountability necessitates considerable deliberation.")) == 1
    assert faults("You can withdraw your consent.")


@pytest.mark.parametrize(
    ("text", "low", "high"),
    [
        ("You choose. You can stop.", -5, 2),
        ("Your story is yours. You say who may see it.", -5, 4),
        (
            "Pursuant to the applicable legislation, processing of personal information necessitates explicit"
            " authorisation by the individual concerned.",
            14,
            40,
        ),
    ],
)
def test_the_measure_tells_plain_words_from_a_lawyers(text: str, low: float, high: float) -> None:
    assert low <= grade(text) <= high
