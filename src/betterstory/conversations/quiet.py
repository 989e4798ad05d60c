"""Sentences taken from a story: which have their words now. Their teller is asked each time.

One that is quiet keeps its answers; one whose teller lets not even a mark stay is left out altogether.
"""

from collections.abc import Iterable
from datetime import datetime

from django.db.models import QuerySet

from betterstory.conversations.models import Gathering, RunSheet, Statement, StatementQuerySet
from betterstory.people.models import Person
from betterstory.stories import rules
from betterstory.stories.asked_again import AskedAgain
from betterstory.stories.models import Piece, Use
from betterstory.stories.rules import Viewer, may_each


def as_seen(statements: Iterable[Statement], *, viewer: Viewer, at: datetime) -> list[Statement]:
    """These as whoever looks may see them. Fetch them with `from_pieces()`."""
    statements = list(statements)
    pieces = _pieces(statements)
    return _let_say(statements, may_each(viewer, Use.QUOTE, pieces, at) if pieces else set())


def as_the_room(
    statements: Iterable[Statement], *, gathering: Gathering, sheet: RunSheet | None, at: datetime
) -> list[Statement]:
    """The same for what is printed, typed in or shown in a hall: its circle looks, whoever opened it."""
    statements = list(statements)
    stopped = sheet.story_id if sheet is not None and sheet.stopped_at else None
    pieces = [piece for piece in _pieces(statements) if piece.version.story_id != stopped]
    return _let_say(statements, may_each(gathering.circle, Use.QUOTE, pieces, at) if pieces else set())


def who_looks(reader: Person, gathering: Gathering) -> Viewer:
    """What is laid out for a room is asked as its circle by somebody of the room, else as whoever looks."""
    return gathering.circle if gathering.circle_id in reader.circle_ids else reader


def at_the_desk(
    statements: StatementQuerySet, *, gathering: Gathering, reader: Person, at: datetime
) -> list[Statement]:
    """These, for whoever writes down for a room what it is asked, or prints it."""
    every = list(statements.from_pieces())
    if who_looks(reader, gathering) == reader:
        return as_seen(every, viewer=reader, at=at)
    sheet = RunSheet.objects.filter(gathering=gathering).first()
    return as_the_room(every, gathering=gathering, sheet=sheet, at=at)


def as_read_on_paper(
    statements: StatementQuerySet, *, gathering: Gathering, reader: Person, at: datetime
) -> list[Statement]:
    """The same, and all of them: paper printed before holds each line, with words or without them now."""
    every = list(statements)
    seen = {each.pk: each for each in at_the_desk(statements, gathering=gathering, reader=reader, at=at)}
    return [seen.get(each.pk, each) for each in every]


def statements_for(gathering: Gathering, sheet: RunSheet | None, *, at: datetime) -> list[Statement]:
    """The sentences the room may see: none that rests on a piece its teller took back, or stopped here."""
    asked = gathering.statements.asked().from_pieces()
    seen = as_the_room(asked, gathering=gathering, sheet=sheet, at=at)
    return [each for each in seen if each.said is not None]


def open_to_the_room(gathering: Gathering, pieces: Iterable[int]) -> AskedAgain:
    """Of these pieces, by id, those that `as_the_room` tells the room of: for every answer of every phone."""
    stopped = RunSheet.objects.filter(gathering=gathering, stopped_at__isnull=False, story__isnull=False)
    pieces = list(pieces)

    def ask(at: datetime) -> QuerySet[Piece, int]:
        found = rules.open_pieces(gathering.circle, Use.QUOTE, pieces, at)
        return found.exclude(version__story__in=stopped.values("story")).values_list("pk", flat=True)

    return AskedAgain(ask)


def _pieces(statements: Iterable[Statement]) -> list[Piece]:
    return [each.from_piece for each in statements if each.from_piece is not None]


def _let_say(statements: Iterable[Statement], allowed: set[int]) -> list[Statement]:
    """These, each with its words or without; those of which nothing is said are left out."""
    seen = []
    for each in statements:
        each.may_be_said = each.from_piece_id in allowed
        if each.said is not None or each.leaves_a_mark:
            seen.append(each)
    return seen
