"""Makes docs/reference/map.md from the worked tables of these tests: what is tested is what is explained.

python -m betterstory.engines.journeys.map.tests.manual      writes it
"""

import ast
from pathlib import Path

from betterstory.engines.journeys.map import reference, rule
from betterstory.engines.journeys.tests.manual import explain

HERE = Path(__file__).parent
MANUAL = HERE.parents[5] / "docs" / "reference" / "map.md"
OPENING = """# What a map counts

This page is made from the code and its tests. Each table is a small log of contacts; below it stands what is
asked, and what is found. You can check each one by hand. Day 0 is any day.
"""


def write_manual() -> str:
    """The whole page."""
    parts = [OPENING, "## In words\n", _words(reference.__doc__)]
    for name in ("next", "stopped"):
        tree = ast.parse((HERE / f"test_{name}.py").read_text())
        tests = [node for node in tree.body if isinstance(node, ast.FunctionDef)]
        parts += [f"## {ast.get_docstring(tree)}\n", *(explain(test) for test in tests)]
    return "\n".join([*parts, "## What is shown\n", _words(rule.__doc__)])


def _words(docstring: str | None) -> str:
    """A module's own words, without its first line, as they stand."""
    lines = (docstring or "").strip().splitlines()[1:]
    return "\n".join(["```text", *"\n".join(lines).strip().splitlines(), "```", ""])


if __name__ == "__main__":
    MANUAL.write_text(write_manual())
