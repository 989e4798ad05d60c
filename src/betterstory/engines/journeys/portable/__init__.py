"""Portable SQL: a pattern as text that DuckDB and Apache Spark both run, and that an analyst can read.

    from betterstory.engines.journeys.portable import levels_sql, protected_sql

    print(protected_sql(pattern, contacts="log", people=None, end="TIMESTAMP '2024-03-31 23:59:59.999999'"))

`protected_sql` gives rows that may be shown, protected inside the query; `levels_sql` speaks of single
people.
"""

from betterstory.engines.journeys.portable.protecting import protected_sql
from betterstory.engines.journeys.portable.whole import levels_sql

__all__ = ["levels_sql", "protected_sql"]
