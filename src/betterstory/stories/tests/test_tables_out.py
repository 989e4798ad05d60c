"""Tables for spreadsheets: no text cell is a formula, and nothing else is touched."""

import csv
import io

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from betterstory.stories.exchange import tables

SIGNS = "=+-@＝＋－＠"
HIDDEN = " \t\r\n\u00a0\u3000\u200b\u200d\ufeff\u2060"
CELLS = st.one_of(
    st.text(max_size=20),
    st.builds("{}{}{}".format, st.text(HIDDEN, max_size=4), st.sampled_from(SIGNS), st.text(max_size=8)),
)


def read(data: bytes) -> list[list[str]]:
    return list(csv.reader(io.StringIO(data.decode("utf-8-sig"), newline="")))


@pytest.mark.parametrize(
    ("cell", "written"),
    [
        ("=1+1", "'=1+1"),
        ("＝1+1", "'＝1+1"),
        ("  @SUM(A1)", "'  @SUM(A1)"),
        ("\u200b=1", "'\u200b=1"),
        ("-2", "'-2"),
        (-2, "-2"),
        ("tea = good", "tea = good"),
        ("", ""),
        (None, ""),
    ],
)
def test_a_cell(cell: tables.Cell, written: str) -> None:
    assert read(tables.write(["words"], [[cell]]))[1:] == [[written]]


@given(st.lists(st.lists(CELLS, min_size=2, max_size=2), max_size=4))
@example([["\ufeff＠x", "\t=1"]])
def test_no_text_is_taken_for_a_formula_and_none_is_lost(rows: list[list[str]]) -> None:
    back = read(tables.write(["a", "b"], rows))[1:]
    for told, came in zip((cell for row in rows for cell in row), (c for r in back for c in r), strict=True):
        assert came.strip(HIDDEN)[:1] not in set(SIGNS)
        assert came.removeprefix("'") == tables.tidy(told).removeprefix("'")
