"""The map on the command line: what it prints and writes, and that bad input brings one sentence."""

import csv
import io
import json
from pathlib import Path
from xml.etree import ElementTree

import pytest

from betterstory.website import map_commands
from betterstory.website.command import main
from betterstory.website.tests.demo_map import PICTURE, draw_demo


@pytest.fixture
def log(tmp_path: Path) -> Path:
    """103 people who asked, 41 of whom were seen, 30 of those twice; one kind is named like a formula."""
    rows = [f"p{number},=referral,2024-01-{1 + number % 9:02}" for number in range(103)]
    rows += [f"p{number},visit,2024-02-{1 + number % 9:02}" for number in range(41)]
    rows += [f"p{number},visit,2024-06-{1 + number % 9:02}" for number in range(30)]
    rows += [f"p{number},letter,2024-03-{1 + number % 9:02}" for number in range(60, 90)]
    path = tmp_path / "log.csv"
    path.write_text("\n".join(["person,activity,time", *rows]))
    return path


def test_it_prints_rounded_figures_and_writes_a_picture_and_a_table(
    log: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert main(["map", str(log), "-o", str(log.parent / "out")]) == 0
    said = capsys.readouterr().out
    assert "Where about 105 people went next." in said
    assert "103" not in said
    written = sorted(path.name for path in (log.parent / "out").iterdir())
    assert written == [map_commands.TABLE, map_commands.PICTURE]
    svg = (log.parent / "out" / map_commands.PICTURE).read_text()
    assert ElementTree.fromstring(svg.encode()).tag.endswith("svg")  # noqa: S314 - it is our own
    table = list(csv.DictReader(io.StringIO((log.parent / "out" / map_commands.TABLE).read_text())))
    ways = {(row["from"], row["to"]): row for row in table if row["what"] == "way"}
    assert ways["'=referral", "visit"]["people"] == "40"
    assert ways["'=referral", "visit"]["median"] == "4"
    assert ways["visit", "visit"]["people"] == "30"
    assert ways["visit", "visit"]["unit"] == "week"


def test_json_is_one_object_of_protected_figures(log: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["map", str(log), "--json", "--within", "3 weeks"]) == 0
    said = json.loads(capsys.readouterr().out)
    assert (said["people"], said["within"], said["protected"]) == (105, "3 weeks", True)
    assert all(way["people"] % 5 == 0 for way in said["ways"])


def test_exact_figures_need_a_reason_are_marked_and_never_written(
    log: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert main(["map", str(log), "--exact", "--because", "checking"]) == 0
    lines = capsys.readouterr().out.splitlines()
    assert lines[0].startswith("103 people have contacts.")
    assert all("not to be shared: checking" in line for line in lines)
    assert main(["map", str(log), "--exact", "--because", "checking", "--json"]) == 0
    assert json.loads(capsys.readouterr().out)["ways"][1]["people"] == 41


def test_a_stricter_rule_shows_no_more(log: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["map", str(log), "--rule", "nhs-england-sde", "--json"]) == 0
    assert json.loads(capsys.readouterr().out)["rule"] == "nhs-england-sde"


@pytest.mark.parametrize(
    ("options", "sentence"),
    [
        (["--exact"], "add --because and say why"),
        (["--because", "why not"], "say --exact with --because"),
        (["--exact", "--because", "x", "-o", "out"], "only printed"),
        (["--within", "six weaks"], 'Did you mean "6 weeks"?'),
        (["--least-share", "2"], "0.02 is 2 in every hundred"),
        (["--backend", "abacus"], 'no way of counting called "abacus"'),
        (["--rule", "none"], 'no rule called "none"'),
        (["--svg", "one", "--csv", "one"], "cannot be one file"),
        (["--svg", "{log}"], "is not written over"),
        (["--svg", "{log}/under/it.svg"], "cannot be written there"),
        (["--csv", "/"], "is a folder"),
    ],
)
def test_bad_input_brings_one_sentence(
    log: Path, capsys: pytest.CaptureFixture[str], options: list[str], sentence: str
) -> None:
    assert main(["map", str(log), *(option.replace("{log}", str(log)) for option in options)]) == 1
    said = capsys.readouterr()
    assert said.out == ""
    assert sentence in said.err
    assert said.err.count("\n") == 1


def test_stopped_halfway_nothing_is_left(
    log: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    out = log.parent / "out"
    out.mkdir()
    (out / map_commands.TABLE).write_text("as it was")
    write_aside = map_commands._write_aside

    def stop(path: Path, text: str) -> Path:
        if path.name == map_commands.TABLE:
            raise KeyboardInterrupt
        return write_aside(path, text)

    monkeypatch.setattr(map_commands, "_write_aside", stop)
    assert main(["map", str(log), "-o", str(out)]) == 130
    assert "Nothing was written" in capsys.readouterr().err
    assert [(path.name, path.read_text()) for path in out.iterdir()] == [(map_commands.TABLE, "as it was")]


def test_the_picture_in_the_manual_is_that_of_the_demos_log(tmp_path: Path) -> None:
    """Draw it anew with: python -m betterstory.website.tests.demo_map"""
    assert PICTURE.read_text() == draw_demo(tmp_path)
