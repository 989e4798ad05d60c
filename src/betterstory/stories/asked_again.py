"""A question that a whole room asks a hundred times a second: put into SQL once, its answer never kept."""

from collections.abc import Callable
from datetime import UTC, datetime
from typing import Any

from django.db import connection
from django.db.models import QuerySet
from django.utils.timezone import localtime

# two moments that no question holds by itself, and on different days
ONE, OTHER = (datetime(year, 1, 1, 12, 34, 56, 789, tzinfo=UTC) for year in (1901, 1902))


class AskedAgain:
    """Asked of the rows each time, at another moment each time.

    Putting such a question together takes the ORM many times as long as asking it takes the database.

    ask: makes the question for a moment; it selects ids. Raises ValueError where it says the moment in a form
    that could not be put in anew.
    """

    def __init__(self, ask: Callable[[datetime], QuerySet[Any, Any]]) -> None:
        self._sql, self._values = _in_sql(ask(ONE))
        if _in_sql(ask(OTHER)) != (self._sql, self._at(OTHER)):
            raise ValueError("This question holds its moment in a form that is not known here.")

    def __call__(self, at: datetime) -> set[int]:
        """The ids there are at this moment. One query."""
        with connection.cursor() as cursor:
            cursor.execute(self._sql, self._at(at))
            return {pk for (pk,) in cursor.fetchall()}

    def _at(self, at: datetime) -> tuple[Any, ...]:
        instead = dict(zip(_forms_of(ONE), _forms_of(at), strict=True))
        return tuple(instead.get(value, value) for value in self._values)


def _in_sql(question: QuerySet[Any, Any]) -> tuple[str, tuple[Any, ...]]:
    sql, values = question.query.get_compiler(connection=connection).as_sql()
    return sql, tuple(values)


def _forms_of(at: datetime) -> tuple[Any, Any]:
    """The moment, and the day it is here, as this database is given them."""
    adapt = connection.ops
    return adapt.adapt_datetimefield_value(at), adapt.adapt_datefield_value(localtime(at).date())
