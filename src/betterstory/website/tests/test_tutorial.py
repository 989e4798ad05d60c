"""The tutorial for analysts does what it says: every command in it runs, and says what it shows."""

import shlex
from pathlib import Path

import pytest

from betterstory.website.command import main

TUTORIAL = Path(__file__).resolve().parents[4] / "docs" / "tutorial" / "from-a-story-to-a-release.md"


def blocks() -> list[list[str]]:
    """The indented parts of the page, in order."""
    parts: list[list[str]] = [[]]
    for line in TUTORIAL.read_text().partition("## In a notebook")[0].splitlines():
        if line.startswith("    "):
            parts[-1].append(line.removeprefix("    "))
        elif parts[-1]:
            parts.append([])
    return [part for part in parts if part]


def test_every_command_of_the_tutorial_runs_and_says_what_it_shows(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.chdir(tmp_path)
    said, commands = "", 0
    for block in blocks():
        if block[0].startswith("better-story "):
            (line,) = block
            assert main(shlex.split(line)[1:]) == 0, line
            said = capsys.readouterr().out
            commands += 1
        else:
            assert "\n".join(block) in said
    assert commands == 10
    assert sorted(path.name for path in (tmp_path / "invented" / "map").iterdir())


def test_the_notebook_of_the_tutorial_runs(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.chdir(tmp_path)
    assert main(["log", "invent", "-o", "invented"]) == 0
    code = TUTORIAL.read_text().partition("```python\n")[2].partition("```")[0]
    seen: dict[str, object] = {}
    exec(code, seen)  # noqa: S102 - the page's own words
    log = seen["log"]
    assert "10,000 people" in repr(log)
