"""What gives somebody away by its shape, as things are written in the United Kingdom.

Every pattern is bounded: a long text of anything takes no longer than a long text of words.
"""

import re
from collections.abc import Callable, Iterator

from betterstory.stories.redacting.dates import find_dates
from betterstory.stories.redacting.listed import Found
from betterstory.stories.redacting.words import COMMON, DAYS, MONTHS, word_list

AREAS = word_list("postcode-areas")
STREETS = sorted(word_list("streets"))
JOBS_BEFORE = "dr doctor mr mrs ms miss mx prof professor rev reverend sir dame councillor cllr pc"
NO_NAME = COMMON | DAYS | frozenset(MONTHS) | {"church", "hall", "school", "police", "hospital", "surgery"}
OURS = word_list("streets") | word_list("kin") | word_list("jobs") | word_list("ours")
SAID = "zero|oh|nought|one|two|three|four|five|six|seven|eight|nine|double|treble|triple"

# “CV 1 2AB”, “CV1-2AB”; with a space after the area only in capitals: “so 1 2nd” is none
POSTCODE = re.compile(
    r"\b(?:([A-Z]{1,2})|((?-i:[A-Z]{1,2}))\s)(\d[A-Z\d]?)[\s-]{0,3}(\d[ABD-HJLNP-UW-Z]{2})\b", re.I
)
EMAIL = re.compile(r"[\w.+-]{1,64}@[\w-]{1,63}(?:\.[\w-]{1,63}){1,4}")
SPOKEN_EMAIL = re.compile(r"\b[\w.+-]{1,64}\s+at\s+[\w-]{1,63}(?:\s+dot\s+(?:[a-z]{2,12}))+\b", re.I)
WEB = re.compile(r"\b(?:https?://|www\.)[^\s<>\"]{1,200}", re.I)
HANDLE = re.compile(r"(?<![\w@.])@\w{2,30}\b")
# any space but a line's end, and any dash: what was copied from elsewhere has others than a keyboard has
NUMBER = re.compile(r"(?<![\w.,£€$])\+?\(?\d(?:(?:[^\S\r\n]|[-‐-―./()]){0,2}\d){5,15}(?![\d])")
LETTERED = re.compile(r"\b[A-Z]{1,4}-?\d{6,12}[A-Z]?\b", re.I)  # what a hospital or an office calls somebody
SPOKEN_NUMBER = re.compile(rf"\b(?:(?:{SAID})[\s,-]{{1,3}}){{5,20}}(?:{SAID})\b", re.I)
INSURANCE = re.compile(
    r"\b([A-CEGHJ-PR-TW-Z][A-CEGHJ-NPR-TW-Z])[ -]?(\d{2}[ -]?\d{2}[ -]?\d{2})[ -]?[A-D]\b", re.I
)
PLATE = re.compile(r"\b([A-HJ-PR-Y]{2})\d{2}\s?([A-HJ-PR-Z]{3})\b", re.I)
OLD_PLATE = re.compile(r"\b[A-HJ-NPR-TV-Y]\d{2,3}\s?([A-HJ-PR-Y]{3})\b")
FLAT = re.compile(
    r"\b(?:flat|apartment|apt|unit|plot)\.?\s{1,2}(?:no\.?\s|number\s)?\d{1,4}[a-z]?\b(?!\s*(?:%|per))", re.I
)
TENS = "twenty|thirty|forty|fifty|sixty|seventy|eighty|ninety"
TEENS = "ten|eleven|twelve|thirteen|fourteen|fifteen|sixteen|seventeen|eighteen|nineteen"
ONES = "one|two|three|four|five|six|seven|eight|nine"
HOUSE = rf"(?:\d{{1,4}}[a-z]?|(?<=\s)(?:(?:{TENS})(?:[ -](?:{ONES}))?|{TEENS}|{ONES}))"
DOOR = re.compile(
    rf"\b(?:(?:at|from|to|house|door)\s+(?:number|no\.?)\s{{0,2}}{HOUSE}|at\s+house\s\d{{1,4}}[a-z]?)\b"
    r"(?!\s+(?:in|on)\s+the)",
    re.I,
)
WORD = r"[^\W\d_][\w’'-]{0,30}"
STREET = re.compile(
    rf"\b\d{{1,4}}[a-z]?,?\s{{1,2}}((?:{WORD}\s{{1,2}}){{1,3}}?)({'|'.join(STREETS)})\b\.?", re.I
)
BARE_STREET = re.compile(
    rf"\b((?:[A-ZÀ-Þ][\w’'-]{{0,30}}\s){{1,3}})({'|'.join(word.title() for word in STREETS)})\b"
)
TITLED = re.compile(
    rf"\b({JOBS_BEFORE.replace(' ', '|')})\.?\s{{1,2}}({WORD})(?:[ -]((?-i:[A-ZÀ-Þ])[\w’'-]{{1,30}}))?", re.I
)
OUR = re.compile(
    rf"\b(our|uncle|auntie|aunty|aunt|nan|nanna|gran|grandad|cousin|nurse|sister)\s({WORD})", re.I
)
CALLED = re.compile(
    rf"\b(?:called|named|name is|name was|name[’']s|known as|nicknamed)\s({WORD})"
    r"(?:\s((?-i:[A-ZÀ-Þ])\w{1,30}))?",
    re.I,
)
NOT_INSURANCE = ("BG", "GB", "NK", "KN", "TN", "NT", "ZZ")

Rule = Callable[[str], Iterator[Found]]


def find(text: str) -> list[Found]:
    """Everything these rules know, in order; where two overlap, the one that starts first and is longer."""
    every = [found for rule in RULES for found in rule(text)]
    return apart(every)


def apart(every: list[Found]) -> list[Found]:
    """Those that do not overlap: what is put in its place goes before what asks, then first, then longest."""
    kept: list[Found] = []
    taken: set[int] = set()
    for one in sorted(every, key=lambda each: (each.asks, each.start, -each.end)):
        if taken.isdisjoint(range(one.start, one.end)):
            kept.append(one)
            taken.update(range(one.start, one.end))
    return sorted(kept)


def postcodes(text: str) -> Iterator[Found]:
    for seen in POSTCODE.finditer(text):
        if (seen[1] or seen[2]).upper() in AREAS:
            yield Found(*seen.span(), "postcode", "a postcode")


def addresses_on_the_net(text: str) -> Iterator[Found]:
    for pattern, kind, instead in (
        (EMAIL, "e-mail", "an e-mail address"),
        (SPOKEN_EMAIL, "e-mail", "an e-mail address"),
        (WEB, "web", "a web address"),
        (HANDLE, "web", "a name on the web"),
    ):
        for seen in pattern.finditer(text):
            yield Found(*seen.span(), kind, instead)


def numbers(text: str) -> Iterator[Found]:
    """Phone and NHS numbers; any other long number is one too, whatever it was."""
    for seen in NUMBER.finditer(text):
        digits = re.sub(r"\D", "", seen[0])
        start = seen.start() + (seen[0].startswith("(") and ")" not in seen[0])
        if _is_phone(seen[0], digits):
            yield Found(start, seen.end(), "phone", "a phone number")
        elif is_nhs_number(digits):
            yield Found(start, seen.end(), "nhs-number", "an NHS number")
        elif not _is_date_or_years(seen[0]):
            yield Found(start, seen.end(), "long-number", "a long number")
    for pattern in (SPOKEN_NUMBER, LETTERED):
        for seen in pattern.finditer(text):
            yield Found(*seen.span(), "long-number", "a long number")


def is_nhs_number(digits: str) -> bool:
    """Ten digits of which the last checks the others, modulo 11."""
    if len(digits) != 10 or not digits.isascii() or not digits.isdigit() or len(set(digits)) == 1:
        return False
    total = sum(int(digit) * weight for digit, weight in zip(digits, range(10, 1, -1), strict=False))
    check = 11 - total % 11
    return check != 10 and check % 11 == int(digits[9])


def _is_phone(raw: str, digits: str) -> bool:
    if raw.lstrip("(").startswith("+") or digits.startswith("0044"):
        return 10 <= len(digits) <= 15
    return digits.startswith("0") and len(digits) == 11


def _is_date_or_years(raw: str) -> bool:
    """Dates have a rule of their own; “2018-2020” and “2018 2019” are years."""
    if re.fullmatch(r"(?:19|20)\d\d[ \-–/.]{1,2}(?:19|20)\d\d", raw):
        return True
    return bool(find_dates(raw))


def insurance_numbers(text: str) -> Iterator[Found]:
    for seen in INSURANCE.finditer(text):
        wrong = seen[1].upper() in NOT_INSURANCE
        kind, instead = (
            ("long-number", "a long number") if wrong else ("insurance", "a National Insurance number")
        )
        yield Found(*seen.span(), kind, instead)


def plates(text: str) -> Iterator[Found]:
    for pattern, letters in ((PLATE, 2), (OLD_PLATE, 1)):
        for seen in pattern.finditer(text):
            if seen[letters].lower() not in COMMON:
                yield Found(*seen.span(), "plate", "a number plate")


def doors(text: str) -> Iterator[Found]:
    for pattern, instead in ((FLAT, "a flat"), (DOOR, "at a house")):
        for seen in pattern.finditer(text):
            yield Found(*seen.span(), "door", instead)
    for seen in STREET.finditer(text):
        between = seen[1].lower().split()
        named = all(word[0].isupper() for word in (*seen[1].split(), seen[2]))  # “24 Back Lane”, “2 The Row”
        if (named or not NO_NAME.intersection(between)) and seen[2].lower() != between[-1]:
            yield Found(*seen.span(), "door", "a house on a street")
    for seen in BARE_STREET.finditer(text):
        name = seen[1].lower().split()
        if name[-1] not in NO_NAME:
            start = seen.start() + (len(name[0]) + 1 if name[0] in NO_NAME else 0)
            yield Found(start, seen.end(), "street", "a street")


def titled(text: str) -> Iterator[Found]:
    """“Dr Patel”, “mrs jones”. A title alone, or before a common word, is nobody."""
    for seen in TITLED.finditer(text):
        if seen[2].lower() in NO_NAME or (seen[1].lower() == "doctor" and not seen[2][0].isupper()):
            continue
        end = seen.end(3) if seen[3] else seen.end(2)
        instead = {"dr": "a doctor", "doctor": "a doctor", "pc": "a police officer"}.get(
            seen[1].lower(), "somebody"
        )
        yield Found(seen.start(), _without_s(text, end), "titled", instead)


def ours_and_called(text: str) -> Iterator[Found]:
    """“our Maz”, “a nurse called Jo”. These ask: it may be “our street”, or a band."""
    dictated = not any(char.isupper() for char in text)
    unclear = ("sister", "nurse", "nan", "gran")  # “nurse said”: without capitals that is no name
    for seen in OUR.finditer(text):
        named = seen[2][0].isupper() or (dictated and seen[1].lower() not in unclear)
        if named and seen[2].lower() not in NO_NAME | OURS:
            yield Found(seen.start(), _without_s(text, seen.end(2)), "our", "", asks=True)
    for seen in CALLED.finditer(text):
        if seen[1].lower() not in NO_NAME:
            end = seen.end(2) if seen[2] else seen.end(1)
            yield Found(seen.start(1), _without_s(text, end), "called", "", asks=True)


def _without_s(text: str, end: int) -> int:
    return end - 2 if text[end - 2 : end].lower() in ("'s", "’s") else end


def dates(text: str) -> Iterator[Found]:
    yield from find_dates(text)


RULES: tuple[Rule, ...] = (
    postcodes,
    addresses_on_the_net,
    insurance_numbers,
    plates,
    numbers,
    doors,
    dates,
    titled,
    ours_and_called,
)
