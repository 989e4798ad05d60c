"""What is tender in a story. These lists ask whether it is all right; they never take a word out."""

import re
from collections.abc import Mapping

from betterstory.stories.redacting.listed import Found
from betterstory.stories.redacting.words import list_text, word_list

TOPICS: Mapping[str, str] = dict(line.split(": ", 1) for line in list_text("topics").splitlines())
_PATTERNS = {
    topic: re.compile(rf"\b(?:{'|'.join(words.replace('-', '[ -]').split())})\b", re.I)
    for topic, words in TOPICS.items()
}
KIN = "|".join(sorted(word_list("kin")))
JOBS = "|".join(sorted(word_list("jobs")))
WORKS = r"works?|worked|working|runs|ran|teaches|taught|drives|drove|manages|managed"
PAIR = re.compile(
    rf"\b(?:{KIN})\b(?:[’']s)?(?:[\s,]{{1,3}}[\w’'-]{{1,20}}){{0,6}}?[\s,]{{1,3}}(?:{JOBS}|{WORKS})\b", re.I
)
JOB_PLACE = re.compile(
    rf"\b(?:{JOBS})\b(?:[\s,]{{1,3}}[\w’'-]{{1,20}}){{0,4}}?\s(?:at|from|on|in)\s(?:the\s)?[\w’'-]{{2,30}}",
    re.I,
)
CHILD = re.compile(
    r"\bmy\s(?:little\s|youngest\s|eldest\s|oldest\s)?(?:son|daughter|lad|lass|kid|kids|boy|girl|baby|children|"
    r"grandson|granddaughter|nephew|niece)\b",
    re.I,
)


def topics_in(words: str) -> list[str]:
    """What these words touch on, of the list."""
    return [topic for topic, pattern in _PATTERNS.items() if pattern.search(words)]


def second_people(text: str) -> list[Found]:
    """People who never agreed: who they are to the teller together with what they do, and every child."""
    found: list[Found] = []
    for pattern, kind in ((CHILD, "child"), (PAIR, "kin-and-job"), (JOB_PLACE, "job-and-place")):
        found += [Found(*seen.span(), kind, "", asks=True) for seen in pattern.finditer(text)]
    return found
