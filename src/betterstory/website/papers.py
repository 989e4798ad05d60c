"""Papers a place prints: outlines, filled from what the place says of itself, what is missing marked."""

import re
from dataclasses import dataclass, field
from pathlib import Path

from django.http import Http404, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from betterstory.people.models import Role
from betterstory.people.visit import Visit, needs_part
from betterstory.places.models import Place
from betterstory.website import retention

FOLDER = Path(__file__).parent / "papers"
NAMES = ("dpia", "privacy-notice", "retention", "safeguarding-card", "access-reply")
BLANK = re.compile(r"\[\[([^\[\]]+)\]\]")
TABLE = "{table}"
# what the place says of itself: the field, and how a blank for it is read
FIELDS = {
    "name": "the name of this place",
    "telling_controller": "who answers for stories",
    "counting_controller": "who answers for counting",
    "safeguarding_controller": "who answers for what is written down about safety",
    "log_controller": "who answers for the contact log, or none is kept",
    "privacy_contact": "how to reach them",
    "safeguarding_lead": "the safety lead",
    "safeguarding_phone": "their number",
    "safeguarding_deputy": "the deputy",
    "children_phone": "children’s services",
    "adults_phone": "adult social care",
    "night_phone": "whom to ring at night",
    "outside_contact": "somebody who is not one of us",
    "outside_phone": "their number",
}


@dataclass(frozen=True)
class Part:
    """Some words, or a blank to fill in by hand."""

    words: str
    blank: bool = False


@dataclass
class Block:
    """A heading, a paragraph, a list or a table; its lines, each of them parts."""

    kind: str
    lines: list[list[Part]] = field(default_factory=list)
    rows: list[list[list[Part]]] = field(default_factory=list)


def fill(line: str, place: Place | None) -> list[Part]:
    """A line with its blanks filled where the place says so, and marked where it does not."""
    parts = []
    for number, words in enumerate(BLANK.split(line)):
        if number % 2 == 0:
            parts.append(Part(words))
        else:
            said = str(getattr(place, words, "")) if words in FIELDS and place is not None else ""
            parts.append(Part(said) if said else Part(FIELDS.get(words, words), blank=True))
    return [part for part in parts if part.words]


def read(name: str, place: Place | None) -> list[Block]:
    """A paper, block by block."""
    blocks: list[Block] = []
    for line in (FOLDER / f"{name}.md").read_text(encoding="utf-8").splitlines():
        if line == TABLE:
            rows = [[[Part(row.what)], [Part(row.how_long)], [Part(row.why)]] for row in retention.table()]
            blocks.append(Block("table", rows=[[[Part("what")], [Part("how long")], [Part("why")]], *rows]))
        elif line.startswith("| "):
            cells = [fill(cell.strip(), place) for cell in line.strip("|").split(" | ")]
            _last(blocks, "table").rows.append(cells)
        elif line.startswith("- "):
            _last(blocks, "list").lines.append(fill(line[2:], place))
        elif line.startswith("#"):
            marks, _space, words = line.partition(" ")
            blocks.append(Block(f"h{len(marks)}", [fill(words, place)]))
        elif line and not line.startswith("|--"):
            blocks.append(Block("p", [fill(line, place)]))
    return blocks


def _last(blocks: list[Block], kind: str) -> Block:
    """The list or table that is being read, or a new one."""
    if not blocks or blocks[-1].kind != kind:
        blocks.append(Block(kind))
    return blocks[-1]


@require_safe
@needs_part(Role.STEWARD, Role.SAFETY, Role.ORGANISER)
def papers(request: Visit) -> HttpResponse:
    """Every paper, to open and print."""
    place = Place.objects.first()
    titles = [{"name": name, "title": read(name, place)[0].lines[0]} for name in NAMES]
    return render(request, "website/papers.html", {"papers": titles})


@require_safe
@needs_part(Role.STEWARD, Role.SAFETY, Role.ORGANISER)
def paper(request: Visit, name: str) -> HttpResponse:
    """One paper on A4, filled; what is missing is marked, to be written in by hand."""
    if name not in NAMES:
        raise Http404
    blocks = read(name, Place.objects.first())
    missing = sum(part.blank for block in blocks for line in block.lines for part in line)
    return render(request, "website/paper.html", {"blocks": blocks, "missing": missing})
