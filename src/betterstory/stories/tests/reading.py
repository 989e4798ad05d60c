"""How easily a sentence reads: its length, its Flesch-Kincaid grade, and words nobody says at home."""

import re
from functools import cache

import pyphen

LONGEST_SENTENCE = 15
HIGHEST_GRADE = 6.0
JARGON = re.compile(
    r"\b(?:consent\w*|withdraw\w*|pursuant|data|gdpr|purpose|process(?:ed|ing)|third part\w+|disclos\w+"
    r"|revok\w+|authoris\w+|hereby|terms|stakeholders?|service users?|utilis\w+"
    r"|facilitat\w+|anonymis\w+|redact\w+)\b",
    re.IGNORECASE,
)


@cache
def _hyphens() -> pyphen.Pyphen:
    return pyphen.Pyphen(lang="en_GB")


def sentences(text: str) -> list[str]:
    """One idea each: cut at a full stop, a question mark, a colon; filled-in parts count as one word."""
    plain = re.sub(r"%\(\w+\)s|\{\{?[^}]*\}?\}", "Sam", " ".join(text.split()))
    return [part.strip() for part in re.split(r"(?<=[.!?:])\s+", plain) if re.search(r"\w", part)]


def words(sentence: str) -> list[str]:
    return re.findall(r"[^\W_]+(?:[’'-][^\W_]+)*", sentence)


def syllables(word: str) -> int:
    return _hyphens().inserted(word.lower()).count("-") + 1


def grade(text: str) -> float:
    """Flesch-Kincaid: about how many years of school it takes."""
    parts = sentences(text)
    every = [word for part in parts for word in words(part)]
    if not every:
        return 0.0
    per_word = sum(syllables(word) for word in every) / len(every)
    return 0.39 * len(every) / len(parts) + 11.8 * per_word - 15.59
