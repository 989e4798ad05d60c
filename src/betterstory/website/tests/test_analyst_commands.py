"""The command line for analysts: what it prints, and that bad input brings one sentence and no traceback."""

import json
import subprocess
import sys
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
activity = ["assessment"]
within = "18 weeks"
"""


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """103 people who asked, 41 of whom were seen."""
    (tmp_path / "waited.toml").write_text(PATTERN)
    day = datetime(2024, 1, 1)
    rows = [f"p{number},referral,{day},{'North' if number % 2 else 'South'}" for number in range(103)]
    rows += [f"p{number},assessment,{day + timedelta(days=10)}," for number in range(41)]
    (tmp_path / "log.csv").write_text("\n".join(["person,activity,time,ward", *rows]))
    (tmp_path / "people.csv").write_text("\n".join(["person", *(f"p{number}" for number in range(150))]))
    return tmp_path


def behind(folder: Path, *options: str) -> int:
    return main(["behind", str(folder / "waited.toml"), str(folder / "log.csv"), *options])


def test_it_reads_the_pattern_aloud_and_shows_rounded_figures(
    folder: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert behind(folder) == 0
    said = capsys.readouterr().out
    assert "Then, at most 18 weeks later: assessment (Was seen)." in said
    assert "All 2 steps: about 40 people." in said
    assert "41" not in said


def test_json_is_one_object_of_protected_figures(folder: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert behind(folder, "--json", "--people", str(folder / "people.csv"), "--until", "2024-03-01") == 0
    said = json.loads(capsys.readouterr().out)
    assert said.pop("seconds") >= 0
    assert said == {
        "people": 145,
        "steps": ["Asked", "Was seen"],
        "exactly": [45, 60, 40],
        "at_least": [145, 100, 40],
        "on_the_way": [0, None, 0],
        "way_closed": [0, None, 0],
        "too_early": [0, 0, 0],
        "again": [0, 0, 0],
        "protected": True,
    }


def test_exact_figures_need_a_reason_and_are_marked(folder: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert behind(folder, "--exact", "--because", "checking a release") == 0
    figures = capsys.readouterr().out.split("\n\n")[1]
    assert "2 of 2 steps: 41 people" in figures
    assert all("not to be shared: checking a release" in line for line in figures.splitlines())
    assert behind(folder, "--exact", "--because", "checking", "--json") == 0
    said = json.loads(capsys.readouterr().out)
    assert (said["exactly"], said["protected"], said["not_to_be_shared"]) == ([0, 62, 41], False, "checking")


@pytest.mark.parametrize("backend", ["auto", "duckdb", "python"])
def test_every_way_of_counting_can_be_chosen(
    folder: Path, capsys: pytest.CaptureFixture[str], backend: str
) -> None:
    assert behind(folder, "--json", "--backend", backend, "--by", "ward") == 0
    said = json.loads(capsys.readouterr().out)
    assert said["exactly"] == [None, None, 40]
    assert [row["values"] for row in said["by"]["rows"]] == [["North"], ["South"]]


@pytest.mark.parametrize(
    ("options", "sentence"),
    [
        (["--exact"], "add --because and say why"),
        (["--exact", "--because", " "], "add --because and say why"),
        (["--because", "why not"], "say --exact with --because"),
        (["--until", "soon"], '"soon" is not a day. Write it like 2024-03-31.'),
        (["--by", "wart"], 'no column "wart" to look over. Did you mean "ward"?'),
        (["--backend", "abacus"], 'no way of counting called "abacus"'),
        (["--rule", "none"], 'no rule called "none"'),
        (["--time", "tme"], 'no column called "tme". Did you mean "time"?'),
        (["--seq", "n", "--no-seq"], "Say --seq or --no-seq, not both."),
        (["--people", "nobody.csv"], 'There is no file "nobody.csv"'),
        (["--size", "0.000001"], "at most 0.0 GB are read here"),
    ],
)
def test_bad_input_brings_one_sentence(
    folder: Path, capsys: pytest.CaptureFixture[str], options: list[str], sentence: str
) -> None:
    assert behind(folder, *options) == 1
    said = capsys.readouterr()
    assert said.out == ""
    assert sentence in said.err
    assert said.err.count("\n") == 1


def test_a_pattern_that_cannot_be_read_brings_one_sentence(
    folder: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    (folder / "waited.toml").write_text(PATTERN.replace("18 weeks", "six weaks"))
    assert behind(folder) == 1
    assert capsys.readouterr().err == (
        'better-story: Step 2: "six weaks" is not a length of time. Did you mean "6 weeks"?\n'
    )


def test_log_check_says_what_is_in_a_log(folder: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["log", "check", str(folder / "log.csv")]) == 0
    said = capsys.readouterr().out
    assert "about 145 contacts of about 105 people" in said
    assert "    assessment: about 40 people" in said
    assert "a day without a clock" in said


def test_a_reader_that_goes_away_and_a_machine_without_django_do_no_harm(folder: Path) -> None:
    blocked = "import sys; sys.modules['django'] = None; from betterstory.website.command import main; "
    call = f"sys.exit(main(['behind', {str(folder / 'waited.toml')!r}, {str(folder / 'log.csv')!r}]))"
    done = subprocess.run(
        [sys.executable, "-c", blocked + call], capture_output=True, text=True, check=False, timeout=60
    )
    assert (done.returncode, done.stderr) == (0, "")
    piped = f'{sys.executable} -c "{blocked}{call}" | head -c 1'
    done = subprocess.run(["bash", "-c", piped], capture_output=True, text=True, check=False, timeout=60)
    assert done.stderr == ""
