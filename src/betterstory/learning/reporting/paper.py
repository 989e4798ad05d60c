"""A report as it is read: its parts in order, each with own words, figures and lists; then the notes."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from datetime import datetime
from uuid import UUID

from django.conf import settings
from django.urls import reverse

from betterstory.learning.models import ALWAYS, Part, Report, ReportPart, Sector
from betterstory.learning.reporting import rules
from betterstory.learning.reporting.figures import NOT_DONE, Counted, Figure, Row, count
from betterstory.learning.reporting.happenings import Reading
from betterstory.learning.reporting.quotes import Quotes, quotes_of

MOST_ROWS = 60  # of one list in the report itself; its figure leads to all of them

FIGURES: dict[Part, tuple[str, ...]] = {
    Part.DATES: ("met",),
    Part.ASKED: ("asked", "yes", "refused", "passed-on", "no-answer"),
    Part.PROMISED: (
        "promised",
        "kept",
        "partly",
        "not-kept",
        "late",
        "let-go",
        "taken-back",
        "made-again",
        "to-come",
    ),
    Part.NOT_DONE: NOT_DONE,
    Part.LEFT_OUT: ("worse",),
    Part.BEHIND: ("releases",),
    Part.IN_WORDS: (),
    Part.SPENT: tuple(f"{what}-{whose}" for whose in (*Sector.values, "all") for what in ("hours", "pounds")),
    Part.OUTSIDE: ("outside",),
}
LISTS: dict[Part, tuple[str, ...]] = {
    Part.DATES: ("met",),
    Part.ASKED: ("asked",),
    Part.PROMISED: ("promised",),
    Part.LEFT_OUT: ("worse",),
    Part.BEHIND: ("releases",),
    Part.OUTSIDE: ("outside",),
}


@dataclass(frozen=True)
class Noted:
    """A figure with the number of its note, and the address of the list that it counts."""

    figure: Figure
    note: int
    link: str
    address: str


@dataclass(frozen=True)
class Section:
    """One part, ready to be drawn. `more` says how many rows stand in the list alone."""

    part: Part
    own_words: str
    figures: tuple[Noted, ...]
    rows: tuple[Row, ...] = ()
    more: int = 0

    @property
    def heading(self) -> str:
        return str(self.part.label)


@dataclass(frozen=True)
class Paper:
    """The whole report."""

    report: Report
    sections: tuple[Section, ...]
    not_done: tuple[tuple[Noted, tuple[Row, ...]], ...]
    quotes: Quotes

    @property
    def notes(self) -> list[Noted]:
        """Each once, in the order of their numbers."""
        every = [noted for section in self.sections for noted in section.figures]
        return sorted({noted.note: noted for noted in every}.values(), key=lambda noted: noted.note)

    @property
    def counted_at(self) -> str:
        """What the address of every list begins with."""
        return f"{settings.URL}{self.report.get_absolute_url()}counts/"


def found(key: UUID) -> tuple[Report, list[ReportPart]] | None:
    """A report with its parts. One query where it has any; it always has."""
    parts = list(
        ReportPart.objects.filter(report__key=key).select_related("report__round__neighbourhood", "report")
    )
    if parts:
        return parts[0].report, parts
    report = Report.objects.select_related("round__neighbourhood").filter(key=key).first()
    return (report, []) if report else None


def reading_of(report: Report) -> Reading:
    return Reading(report.round, report.as_of, for_anyone=report.is_open)


def compose(report: Report, parts: Iterable[ReportPart], *, at: datetime) -> Paper:
    """Count everything anew, as of the report's day, and lay it out.

    As many queries however much the round holds.

    What was not done stands in it whatever the rows of its parts say.
    """
    words = {Part(each.part): each.words for each in parts}
    wanted = [part for part in Part if part in words or part in ALWAYS]
    counted = count(reading_of(report), at=at)
    quotes = Quotes({})
    if Part.IN_WORDS in words:
        quotes = quotes_of(counted.asks, viewer=rules.asked_as(report), at=at)
    sections = _numbered(report, [_section(part, words, counted) for part in wanted])
    undone = next(each for each in sections if each.part == Part.NOT_DONE)
    return Paper(
        report=report,
        sections=tuple(sections),
        not_done=tuple((noted, noted.figure.rows) for noted in undone.figures),
        quotes=quotes,
    )


def _section(part: Part, words: Mapping[Part, str], counted: Counted) -> Section:
    figures = counted.some(*FIGURES[part])
    rows = counted.rows(*LISTS.get(part, ()))
    if part == Part.SPENT:
        rows = _spent_once(counted)
    return Section(
        part=part,
        own_words=words.get(part, ""),
        figures=tuple(Noted(figure, 0, "", "") for figure in figures),
        rows=tuple(rows[:MOST_ROWS]),
        more=max(0, len(rows) - MOST_ROWS),
    )


def _spent_once(counted: Counted) -> list[Row]:
    """Each typed row once, though it may hold hours and pounds both."""
    return list(dict.fromkeys(replace(row, amount="") for row in counted.rows("hours-all", "pounds-all")))


def _numbered(report: Report, sections: list[Section]) -> list[Section]:
    """Every figure gets the number of its note, in the order it is read; the same figure the same note."""
    notes: dict[str, Noted] = {}
    return [
        replace(section, figures=tuple(_noted(report, each.figure, notes) for each in section.figures))
        for section in sections
    ]


def _noted(report: Report, figure: Figure, notes: dict[str, Noted]) -> Noted:
    if figure.slug not in notes:
        link = reverse("learning:counted", args=[report.key, figure.slug])
        notes[figure.slug] = Noted(figure, len(notes) + 1, link, f"{settings.URL}{link}")
    return notes[figure.slug]
