"""REFI-QDA, read kindly: the codebook of a .qdc, or of a .qdpx project, from any program and version.

Read by the plain names of its parts, whatever their namespace. A description may be a part or an attribute;
lists may be empty. What we have no place for is counted, so that whoever brings it can be told.
"""

from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from uuid import UUID
from xml.etree.ElementTree import Element, ParseError

from defusedxml import DefusedXmlException
from defusedxml.ElementTree import fromstring

from betterstory.stories.exchange.placing import one_line, tidy
from betterstory.stories.exchange.project import Code, lasting_id
from betterstory.stories.exchange.zips import read_one

MOST_CODES, MOST_LEVELS, MOST_XML = 2000, 20, 10_000_000
LONGEST_NAME, LONGEST_DESCRIPTION = 120, 2000
KNOWN = {"guid", "name", "isCodable", "color", "description"}


class NotACodebook(ValueError):
    """What was sent is no codebook that can be read. The code says why."""

    def __init__(self, code: str) -> None:
        super().__init__(code)
        self.code = code


@dataclass(frozen=True)
class Read:
    """A codebook, and what of it was left out: how many of each kind."""

    codes: tuple[Code, ...]
    dropped: dict[str, int]


def read(data: bytes) -> Read:
    """The codebook in these bytes. Raises NotACodebook, or NotSafe where a ZIP is not to be opened."""
    if data.startswith(b"PK"):
        data = read_one(data, "project.qde")
    if len(data) > MOST_XML:
        raise NotACodebook("too-large")
    try:
        root = fromstring(data, forbid_dtd=True)
    except DefusedXmlException as error:
        raise NotACodebook("entities") from error
    except (ParseError, ValueError, LookupError) as error:
        raise NotACodebook("no-xml") from error
    book = root if _name(root) == "CodeBook" else next(_parts(root, "CodeBook"), None)
    if book is None:
        raise NotACodebook("no-codebook")
    dropped: Counter[str] = Counter()
    _count_beside(root, book, dropped)
    seen: set[UUID] = set()
    codes = tuple(code for held in _parts(book, "Codes") for code in _codes(held, dropped, seen, level=1))
    if not codes:
        raise NotACodebook("no-codes")
    return Read(codes, {kind: many for kind, many in dropped.items() if many})


def _count_beside(root: Element, book: Element, dropped: Counter[str]) -> None:
    """Sets, and all of a project that is not its codebook."""
    for sets in _parts(book, "Sets"):
        dropped["sets"] += len(sets)
    if root is not book:
        for part in root:
            if part is not book and _name(part) != "Users":
                dropped[_name(part).lower()] += len(part)


def _codes(above: Element, dropped: Counter[str], seen: set[UUID], *, level: int) -> Iterator[Code]:
    """The codes right beneath a part; one of a name under each other, as ours are."""
    names: set[str] = set()
    for each in _parts(above, "Code"):
        if level > MOST_LEVELS or len(seen) >= MOST_CODES:
            raise NotACodebook("too-many-codes")
        name = one_line(each.get("name", ""))
        if not name:
            dropped["codes without a name"] += 1
            continue
        if len(name) > LONGEST_NAME:
            name, dropped["long names, shortened"] = (
                name[:LONGEST_NAME].rstrip(),
                dropped["long names, shortened"] + 1,
            )
        if name.casefold() in names:
            dropped["codes of the same name"] += 1
            continue
        names.add(name.casefold())
        yield _code(each, name, dropped, seen, level=level)


def _code(each: Element, name: str, dropped: Counter[str], seen: set[UUID], *, level: int) -> Code:
    guid = _guid(each.get("guid", ""), name, seen)
    seen.add(guid)
    description = tidy(_description(each)).strip()
    if len(description) > LONGEST_DESCRIPTION:
        description = description[:LONGEST_DESCRIPTION]
        dropped["long descriptions, shortened"] += 1
    dropped["notes"] += sum(1 for _each in _parts(each, "NoteRef"))
    dropped["other facts of codes"] += len(set(each.keys()) - KNOWN)
    return Code(
        guid,
        name,
        description,
        _colour(each.get("color", "")),
        each.get("isCodable", "true").strip().lower() not in ("false", "0"),
        tuple(_codes(each, dropped, seen, level=level + 1)),
    )


def _description(code: Element) -> str:
    part = next(_parts(code, "Description"), None)
    return (part.text or "") if part is not None else code.get("description", "")


def _guid(told: str, name: str, seen: set[UUID]) -> UUID:
    """Its own id, with or without braces; one made of its name where it has none, or a used one."""
    try:
        guid = UUID(told.strip())
    except ValueError:
        guid = lasting_id("read", name, len(seen))
    return guid if guid not in seen else lasting_id("read", name, len(seen))


def _colour(told: str) -> str:
    digits = told.strip().removeprefix("#")
    if len(digits) == 3:
        digits = "".join(digit * 2 for digit in digits)
    good = len(digits) == 6 and all(digit in "0123456789abcdefABCDEF" for digit in digits)
    return f"#{digits.upper()}" if good else ""


def _name(part: Element) -> str:
    return part.tag.rpartition("}")[2] if isinstance(part.tag, str) else ""


def _parts(above: Element, name: str) -> Iterator[Element]:
    return (part for part in above if _name(part) == name)
