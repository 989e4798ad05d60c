"""The timeline as a table for a spreadsheet. Nothing in it can run, and no resident is named."""

from collections.abc import Iterable

from betterstory.learning.reporting.timeline import Moment, Timeline
from betterstory.stories.exchange import tables

FORMAT = 1
HEAD = ("format", "day", "whole month", "kind", "what", "words", "who", "note", "quotes", "hours", "pounds")


def as_csv(timeline: Timeline) -> bytes:
    """A row for each moment, UTF-8 with the mark that tells a spreadsheet so."""
    return tables.write(HEAD, _rows(timeline.moments))


def _rows(moments: Iterable[Moment]) -> Iterable[tuple[str | int | None, ...]]:
    for each in moments:
        yield (
            FORMAT,
            each.on.isoformat(),
            "yes" if each.is_month else "",
            each.lane,
            each.what,
            each.said,
            each.who,
            each.note,
            " / ".join(f"{words} ({name})" if name else words for words, name in each.quotes),
            str(each.hours) if each.hours else "",
            str(each.pounds) if each.pounds else "",
        )
