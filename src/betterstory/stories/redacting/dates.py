"""Dates that give somebody away: a day, a birthday, an age to the year. A season stands in their place."""

import re

from betterstory.stories.redacting.listed import Found
from betterstory.stories.redacting.words import MONTHS

SEASONS = (
    "winter",
    "winter",
    "spring",
    "spring",
    "spring",
    "summer",
    "summer",
    "summer",
    "autumn",
    "autumn",
    "autumn",
    "winter",
)
SHORT = {month[:3]: number for number, month in enumerate(MONTHS)} | {"sept": 8}
NAMED = "|".join([*MONTHS, *(f"{short}\\.?" for short in SHORT if short != "may")])
YEAR = r"(?:,?\s{1,2}(?:of\s)?(?:19|20)\d\d|\s’\d\d|\s'\d\d)?"
DAY = r"(?:0?[1-9]|[12]\d|3[01])"
ORDINAL = rf"{DAY}(?:st|nd|rd|th)"
DAY_MONTH = re.compile(rf"\b(?:{ORDINAL}(?:\s(?:of\s)?)|{DAY}\s)({NAMED})\b{YEAR}", re.I)
MONTH_DAY = re.compile(
    rf"\b({NAMED})\s(?:the\s)?(?:{ORDINAL}|{DAY}(?!\d))\b(?!\s(?:days|weeks|months|years|people|hours|times)){YEAR}",
    re.I,
)
MONTH_YEAR = re.compile(rf"\b({NAMED})\s(?:of\s)?(?:19|20)\d\d\b", re.I)
FIGURES = re.compile(rf"(?<![\d/.-]){DAY}([/.-])(0?[1-9]|1[0-2])\1(?:19|20)?\d\d(?![\d/-])")
ISO = re.compile(rf"(?<![\d-])(?:19|20)\d\d-(0[1-9]|1[0-2])-{DAY}(?![\d-])")
BORN = re.compile(
    r"\b(?:born|birthday|dob|d\.o\.b\.?|date of birth)\b(?:\s(?:in|on|is|was|the)|:){0,2}\s(?:19|20)\d\d\b",
    re.I,
)
AGED = re.compile(
    r"\b(?:aged|age of|turned|i am|i[’']m|he is|she is)\s(?:1[0-9]|[2-9]\d)\b"
    r"(?!\s?(?:%|per|weeks|days|hours|minutes|months|miles|st\b|th\b|nd\b|rd\b))",
    re.I,
)


def find_dates(text: str) -> list[Found]:
    """Days, months with their year, years of birth, and ages."""
    found: list[Found] = []
    for pattern in (DAY_MONTH, MONTH_DAY):
        for seen in pattern.finditer(text):
            if _is_month(seen[1], seen[0]):
                found.append(Found(*seen.span(), "date", f"a {_season(seen[1])} day"))
    days = bytearray(len(text))
    for each in found:
        days[each.start : each.end] = b"\x01" * (each.end - each.start)
    for seen in MONTH_YEAR.finditer(text):
        if not days[seen.start()]:
            found.append(Found(*seen.span(), "date", f"one {_season(seen[1])}"))
    for seen in FIGURES.finditer(text):
        found.append(Found(*seen.span(), "date", f"a {SEASONS[int(seen[2]) - 1]} day"))
    for seen in ISO.finditer(text):
        found.append(Found(*seen.span(), "date", f"a {SEASONS[int(seen[1]) - 1]} day"))
    for pattern in (BORN, AGED):
        for seen in pattern.finditer(text):
            found.append(Found(*seen.span(), "birth", "", asks=True))
    return found


def _is_month(month: str, whole: str) -> bool:
    """“may 4” in small letters is more often “may”: it wants an ordinal or a capital."""
    if month != "may" and month != "march":
        return True
    return bool(re.search(r"\d(?:st|nd|rd|th)", whole)) or whole[0].isdigit()


def _season(month: str) -> str:
    return SEASONS[SHORT[month.lower().strip(".")[:3]]]
