"""Words that go into SQL: texts, names and remarks, each written so that it can end nothing but itself.

DuckDB and Spark agree on neither the quotation mark inside a text nor the backslash, so both are spelt by
number; and a remark of Spark goes on after a backslash at its end, so a remark holds none.
"""

import re
import unicodedata
from collections.abc import Sequence
from typing import Literal

from betterstory.engines.journeys.lengths import DAY
from betterstory.engines.journeys.refused import PatternRefused

type Dialect = Literal["duckdb", "spark"]

LONGEST_REMARK = 300
PLAIN = re.compile(r"[A-Za-z_][A-Za-z0-9_]*", re.ASCII)
TABLE = re.compile(r"""(?:\w+|"[^"]+"|`[^`]+`)(?:\.(?:\w+|"[^"]+"|`[^`]+`))*""", re.ASCII)
SPELT = re.compile(r"""['"`\\$;*{}\x00-\x1f\x7f]|(?<=-)-""")
IN_REMARKS = str.maketrans({"'": "’", "`": "’", '"': "”", "\\": "/", ";": ",", "$": "S", "*": "×"})


def text(value: str) -> str:
    """A text, with every sign that some reader of SQL takes for something else spelt by its number."""
    pieces: list[str] = []
    place = 0
    for sign in SPELT.finditer(value):
        if sign.start() > place:
            pieces.append(f"'{value[place : sign.start()]}'")
        pieces.append(f"chr({ord(sign[0])})")
        place = sign.end()
    if place < len(value) or not pieces:
        pieces.append(f"'{value[place:]}'")
    return pieces[0] if len(pieces) == 1 else f"concat({', '.join(pieces)})"


def texts(values: Sequence[str]) -> str:
    return f"({', '.join(map(text, values))})"


def remark(words: str) -> str:
    """A line of remark. Whatever a name holds, it stays on this line and is only read."""
    shown = "".join(" " if unicodedata.category(sign)[0] in "CZ" else sign for sign in words)
    shown = " ".join(shown.translate(IN_REMARKS).split())
    return "-- " + (shown if len(shown) <= LONGEST_REMARK else shown[: LONGEST_REMARK - 1] + "…")


def column(name: str, dialect: Dialect) -> str:
    """The name of somebody's column."""
    if dialect == "spark":
        return "`" + name.replace("`", "``") + "`"
    return '"' + name.replace('"', '""') + '"'


def table(name: str) -> str:
    """The name of somebody's table, as they wrote it. Raises PatternRefused for anything that is more."""
    if not TABLE.fullmatch(name):
        raise PatternRefused(f'"{name}" is not the name of a table in SQL.')
    return name


def microseconds(moment: str, dialect: Dialect) -> str:
    """Whole microseconds of a moment: the one expression that DuckDB and Spark do not share."""
    return f"unix_micros(CAST({moment} AS TIMESTAMP))" if dialect == "spark" else f"epoch_us({moment})"


def end_of_day(moment: str, dialect: Dialect) -> str:
    """The same, where a day without a clock means the end of that day."""
    day = f"CASE WHEN lower(typeof({moment})) = 'date' THEN {DAY - 1} ELSE 0 END"
    return f"{microseconds(moment, dialect)} + {day}"
