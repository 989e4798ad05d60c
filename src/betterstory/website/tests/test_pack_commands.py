"""The commands for questions that travel: a folder goes out, a file comes back."""

from datetime import datetime, timedelta
from pathlib import Path

import pytest

from betterstory.website.command import main

PATTERN = """
format = 1
name = "Waited"
[[step]]
name = "Asked"
activity = ["referral"]
[[step]]
name = "Was seen"
activity = ["contact_att5"]
within = "18 weeks"
"""


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """103 people who asked, 41 of whom were seen; the other half of those asked can still be."""
    (tmp_path / "waited.toml").write_text(PATTERN)
    day = datetime(2024, 1, 1)
    rows = [f"p{n},referral,{day - timedelta(days=300 if n % 2 else 0)}" for n in range(103)]
    rows += [f"p{n},contact_att5,{day + timedelta(days=10 - (300 if n % 2 else 0))}" for n in range(41)]
    (tmp_path / "log.csv").write_text("\n".join(["person,activity,time", *rows]))
    return tmp_path


def run(folder: Path, *words: str) -> int:
    return main([str(folder / word) if word.startswith("./") else word for word in words])


def written(folder: Path) -> Path:
    """An answer file with its head filled in, as an analyst would."""
    until = ("--until", "2024-02-01")
    assert run(folder, "behind", "./waited.toml", "./log.csv", *until, "--answer", "./answer.toml") == 0
    file = folder / "answer.toml"
    text = file.read_text()
    for name, value in {"body": "Leaf Trust", "source": "Our log", "checked_by": "R. Okafor"}.items():
        text = text.replace(f'{name} = ""', f'{name} = "{value}"')
    for name, value in {"period_from": "2023-01-01", "period_to": "2024-02-01"}.items():
        text = text.replace(f'{name} = ""', f"{name} = {value}")
    file.write_text(text.replace('checked_on = ""', "checked_on = 2024-03-01"))
    return file


def test_a_pack_is_made_and_says_where_to_start(folder: Path, capsys: pytest.CaptureFixture[str]) -> None:
    options = ("--environment", "sde,udal", "--rule", "nhs-england-sde", "--why", "One of us waited")
    assert run(folder, "pack", "./waited.toml", "-o", "./out", *options, "--until", "2024-09-30") == 0
    said = capsys.readouterr().out
    assert "Then, at most 18 weeks later: contact_att5 (Was seen)." in said
    assert "Start with README.md." in said
    assert sorted(one.name for one in (folder / "out").iterdir()) == [
        "README.md",
        "answer.toml",
        "for-the-output-checker.md",
        "pack.toml",
        "pattern.toml",
        "sde",
        "udal",
    ]
    assert "DATE '2024-09-30'" in (folder / "out" / "sde" / "question.sql").read_text()


@pytest.mark.parametrize(
    ("options", "said"),
    [
        (["--environment", "sdee"], 'Did you mean "sde"?'),
        (["--rule", "loose"], "There is no rule called"),
        (["--until", "soon"], "is not a day"),
        (["--data-set", "iapt", "--environment", "sde"], "There is no recipe for"),
    ],
)
def test_what_cannot_be_asked_is_one_sentence_and_nothing_is_written(
    folder: Path, capsys: pytest.CaptureFixture[str], options: list[str], said: str
) -> None:
    assert run(folder, "pack", "./waited.toml", "-o", "./out", *options) == 1
    error = capsys.readouterr().err
    assert said in error
    assert "Traceback" not in error
    assert not (folder / "out").exists()


def test_a_standing_counted_here_is_written_as_an_answer_and_checked(
    folder: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    file = written(folder)
    assert run(folder, "answer", "check", "./answer.toml", "--pattern", "./waited.toml") == 0
    said = capsys.readouterr().out
    assert "Waited, asked of Leaf Trust." in said
    assert "About 100 people in the records." in said
    assert "41" not in file.read_text().partition("rows")[2]


def test_an_answer_with_something_wrong_is_said_and_fails(
    folder: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    file = written(folder)
    file.write_text(file.read_text().replace('checked_by = "R. Okafor"', 'checked_by = ""'))
    assert run(folder, "answer", "check", "./answer.toml", "--pattern", "./waited.toml") == 1
    assert "checked_by: name who checked that the figures may leave." in capsys.readouterr().err


def test_an_answer_without_its_pattern_says_what_was_not_checked(
    folder: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    written(folder)
    assert run(folder, "answer", "check", "./answer.toml") == 0
    assert "It was not held against its pattern: add --pattern." in capsys.readouterr().out


def test_answers_stand_side_by_side(folder: Path, capsys: pytest.CaptureFixture[str]) -> None:
    file = written(folder)
    (folder / "other.toml").write_text(file.read_text().replace("Leaf Trust", "River Trust"))
    capsys.readouterr()
    assert run(folder, "answer", "beside", "./answer.toml", "./other.toml") == 0
    said = capsys.readouterr().out
    assert "Leaf Trust" in said
    assert "River Trust" in said
    assert "These are not added up" in said


def test_an_answer_file_never_holds_true_counts_and_never_writes_over_another(
    folder: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    exact = ("--exact", "--because", "audit", "--answer", "./answer.toml")
    assert run(folder, "behind", "./waited.toml", "./log.csv", *exact) == 1
    assert not (folder / "answer.toml").exists()
    (folder / "answer.toml").write_text("mine")
    assert run(folder, "behind", "./waited.toml", "./log.csv", "--answer", "./answer.toml") == 1
    assert "No new file can be written" in capsys.readouterr().err
    assert (folder / "answer.toml").read_text() == "mine"
