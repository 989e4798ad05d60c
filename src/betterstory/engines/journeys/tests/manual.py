"""Makes docs/reference/patterns.md from the worked tables of the tests: what is tested is what is explained.

python -m betterstory.engines.journeys.tests.manual      writes it
"""

import ast
import textwrap
from pathlib import Path

HERE = Path(__file__).parent
MANUAL = HERE.parents[4] / "docs" / "reference" / "patterns.md"
ORDER = (
    "window",
    "steps",
    "ties",
    "within",
    "after",
    "without",
    "silence",
    "repeat",
    "whole_path",
    "status",
    "again",
    "waits",
    "by_column",
    "spells",
)
OPENING = """# What exactly is counted

This page is made from the tests. Each table is a small log of contacts; below it stands the pattern that is
asked, and how far each person comes. You can check each one by hand.

A *level* is how many steps of the pattern a person walked, the most that any choice of their contacts allows.
Day 0 is any day. A pattern is written here in one line; in a file it is TOML, as on the front page.
"""


def write_manual() -> str:
    """The whole page."""
    parts = [OPENING]
    for name in ORDER:
        tree = ast.parse((HERE / f"test_{name}.py").read_text())
        tests = [
            node for node in tree.body if isinstance(node, ast.FunctionDef) and node.name.startswith("test_")
        ]
        worked = [text for node in tests if (text := explain(node))]
        if worked:
            heading = ast.get_docstring(tree) or name
            parts += [f"## {heading.splitlines()[0]}\n", *worked]
    return "\n".join(parts)


def explain(test: ast.FunctionDef) -> str:
    """One worked table: what it shows, the log, the pattern, the answer. Empty where a test has no table."""
    title = (
        ast.get_docstring(test) or test.name.removeprefix("test_").replace("_", " ").capitalize()
    ).splitlines()[0]
    for node in ast.walk(test):
        if not isinstance(node, ast.Assert) or not isinstance(node.test, ast.Compare):
            continue
        called, answers = node.test.left, node.test.comparators
        if not isinstance(called, ast.Call) or len(answers) != 1:
            continue
        words = [
            each.value
            for each in called.args
            if isinstance(each, ast.Constant) and isinstance(each.value, str)
        ]
        if len(words) < 2 or "person" not in words[0]:
            continue
        table = textwrap.indent(textwrap.dedent(words[0]).strip(), "    ")
        more = [f"{key.arg} = {ast.unparse(key.value)}" for key in called.keywords]
        lines = [f"**{title.rstrip('.')}.**", "", table, "", f"Asked: `{words[1]}`", ""]
        if more:
            lines += [f"With: `{', '.join(more)}`", ""]
        return "\n".join([*lines, f"Answer: `{ast.unparse(answers[0])}`", ""])
    return ""


if __name__ == "__main__":
    MANUAL.parent.mkdir(parents=True, exist_ok=True)
    MANUAL.write_text(write_manual())
