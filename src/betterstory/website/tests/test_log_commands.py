"""Logs put by, several patterns at once, and releases kept in a register, from the command line."""

import json
from pathlib import Path

import pytest

from betterstory.website.command import main
from betterstory.website.tests.test_analyst_commands import PATTERN, behind, folder

__all__ = ["folder"]  # a fixture is used by its name

REGISTERED = ("--asked-by", "Ade, Public Health", "--approved-by", "Grace, the trustees")


@pytest.fixture
def stored(folder: Path) -> Path:
    assert main(["log", "store", str(folder / "log.csv"), "-o", str(folder / "stored")]) == 0
    return folder / "stored"


def test_a_log_that_was_put_by_gives_the_same_answer(
    folder: Path, stored: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    capsys.readouterr()
    said = []
    for log in (folder / "log.csv", stored):
        assert main(["behind", str(folder / "waited.toml"), str(log), "--by", "ward", "--json"]) == 0
        said.append(json.loads(capsys.readouterr().out) | {"seconds": 0})
    assert said[0] == said[1]
    assert said[0]["exactly"] == [None, None, 40]
    assert [row["values"] for row in said[0]["by"]["rows"]] == [["North"], ["South"]]


def test_it_is_put_by_whole_or_not_at_all(
    folder: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    def stopped(*_args: object) -> str:
        raise KeyboardInterrupt

    monkeypatch.setattr("betterstory.engines.journeys.storing._write", stopped)
    assert main(["log", "store", str(folder / "log.csv"), "-o", str(folder / "stored")]) == 130
    assert "stopped. Nothing was written" in capsys.readouterr().err
    assert sorted(path.name for path in folder.iterdir()) == ["log.csv", "people.csv", "waited.toml"]


def test_what_is_there_already_is_left_alone(folder: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["log", "store", str(folder / "log.csv"), "-o", str(folder / "people.csv")]) == 1
    assert "already" in capsys.readouterr().err
    assert (folder / "people.csv").read_text().startswith("person")


def test_a_log_that_was_put_by_is_checked_against_its_sums(
    stored: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert main(["log", "check", str(stored)]) == 0
    assert "Every file is as it was put by." in capsys.readouterr().out
    at = bytearray((stored / "at.npy").read_bytes())
    at[-1] ^= 1
    (stored / "at.npy").write_bytes(at)
    assert main(["log", "check", str(stored)]) == 1
    assert "was changed" in capsys.readouterr().err


def test_how_a_stored_log_is_read_was_settled_before(
    folder: Path, stored: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert main(["behind", str(folder / "waited.toml"), str(stored), "--until", "2024-03-01"]) == 1
    assert "put it by again" in capsys.readouterr().err


def test_several_patterns_are_answered_a_line_each(folder: Path, capsys: pytest.CaptureFixture[str]) -> None:
    (folder / "asked.toml").write_text(PATTERN.partition('[[step]]\nname = "Was seen"')[0])
    options = ["--and", str(folder / "asked.toml"), "--json"]
    assert main(["behind", str(folder / "waited.toml"), str(folder / "log.csv"), *options]) == 0
    lines = [json.loads(line) for line in capsys.readouterr().out.splitlines()]
    assert [line["at_least"][0] for line in lines] == [100, 105]
    assert [line["steps"] for line in lines] == [["Asked", "Was seen"], ["Asked"]]


def test_figures_are_released_only_when_somebody_else_looked(
    folder: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    register = ["--register", str(folder / "releases.json")]
    assert behind(folder, *register) == 0
    assert "Not released" in capsys.readouterr().out
    assert behind(folder, *register, "--asked-by", "Ade, NHS", "--approved-by", "Bo, NHS") == 1
    assert "cannot approve" in capsys.readouterr().err
    assert behind(folder, *register, *REGISTERED) == 0
    assert "This is release 1." in capsys.readouterr().out
    assert behind(folder, *register, *REGISTERED) == 0
    assert "This is release 1." in capsys.readouterr().out


def test_a_near_twin_of_what_is_out_is_not_shown(folder: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """Ten days or nine: 41 people were seen on day 10, but one more pattern leaves out only three of them."""
    register = ["--register", str(folder / "releases.json")]
    log = (folder / "log.csv").read_text()
    (folder / "log.csv").write_text(
        log + "\n" + "\n".join(f"p{n},assessment,2024-05-05," for n in (50, 51, 52))
    )
    assert behind(folder, *register, *REGISTERED) == 0
    (folder / "waited.toml").write_text(PATTERN.replace("18 weeks", "17 weeks"))
    capsys.readouterr()
    assert behind(folder, *register) == 1
    said = capsys.readouterr()
    assert "only a few people" in said.err
    assert "about" not in said.out


def test_newer_records_that_hardly_changed_say_so(folder: Path, capsys: pytest.CaptureFixture[str]) -> None:
    register = ["--register", str(folder / "releases.json")]
    assert behind(folder, *register, *REGISTERED) == 0
    log = (folder / "log.csv").read_text()
    (folder / "log.csv").write_text(log + "\n" + "\n".join(f"p{n},assessment,2024-01-12," for n in (50, 51)))
    capsys.readouterr()
    assert behind(folder, *register) == 0
    said = capsys.readouterr().out
    assert "No clear change since release 1" in said
    assert "All 2 steps: about 40 people." in said  # 43 people alone would read about 45


def test_a_forgotten_log_is_shown_no_more(folder: Path, capsys: pytest.CaptureFixture[str]) -> None:
    register = ["--register", str(folder / "releases.json")]
    assert behind(folder, *register, *REGISTERED) == 0
    assert main(["log", "forget", str(folder / "log.csv"), *register]) == 0
    assert "1 release is forgotten" in capsys.readouterr().out
    assert behind(folder, *register) == 1
    assert "forgotten" in capsys.readouterr().err


@pytest.mark.parametrize(
    ("options", "said"),
    [
        (["--asked-by", "Ade, NHS"], "--register, --asked-by and --approved-by together"),
        (["--register", "r.json", "--approved-by", "Grace, NHS"], "together"),
        (["--register", "r.json", "--exact", "--because", "x"], "may be shown"),
        (["--register", "nowhere/at/all/r.json"], "nothing may be written beside it"),
    ],
)
def test_options_that_do_not_go_together_are_said(
    folder: Path, options: list[str], said: str, capsys: pytest.CaptureFixture[str]
) -> None:
    assert behind(folder, *options) == 1
    assert said in capsys.readouterr().err
