"""Votes on the command line: what is printed, in both ways, and that bad input brings one sentence."""

import json
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest

from betterstory.website import groups_commands
from betterstory.website.command import main
from betterstory.website.groups_words import in_words

KEYS = {"voices", "statements", "groups", "verdict", "agreement", "consensus", "group_informed_consensus"}


def camps(first: int, second: int, late: int = 3) -> str:
    """Two camps that answer everything but the last two statements in opposite ways."""
    rows = []
    for voice in range(first + second):
        way = 1 if voice < first else -1
        answers = [way if (voice + at) % 9 else -way for at in range(20)]
        rows.append(f"v{voice},{','.join(map(str, answers))},1,{1 if voice < late else ''}")
    return "\n".join(["voice," + ",".join(f"s{at}" for at in range(20)) + ",bus,bench", *rows]) + "\n"


@pytest.fixture
def votes(tmp_path: Path) -> Path:
    path = tmp_path / "votes.csv"
    path.write_text(camps(22, 18))
    (tmp_path / "statements.csv").write_text(
        "statement,moderated_out,is_meta,words\nbus,0,0,The bus should come on Sundays.\n"
        "s0,1,0,Something unkind\ns1,0,1,About ourselves\n"
    )
    return path


def printed(capsys: pytest.CaptureFixture[str], *arguments: object) -> Any:
    assert main(["groups", *map(str, arguments), "--json"]) == 0
    return json.loads(capsys.readouterr().out)


def test_a_room_is_the_default_and_says_what_both_ends_agree_on(
    votes: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert main(["groups", str(votes)]) == 0
    said = capsys.readouterr().out
    assert main(["groups", str(votes), "--room"]) == 0
    assert capsys.readouterr().out == said
    assert "40 people, 21 statements" in said
    assert "“The bus should come on Sundays.”: 40 of 40 agree" in said
    assert "Something unkind" not in said
    assert "1 statement was heard by less than half of the room" in said
    assert "v0" not in said


def test_json_has_one_object_with_all_that_was_asked_for(
    votes: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    for way in ([], ["--polis"]):
        told = printed(capsys, votes, *way)
        assert told.keys() >= KEYS
        assert (told["voices"], told["statements"]) == (40, 21)
        assert told["groups"].keys() == {f"v{at}" for at in range(40)}
        assert "analysts" in told["warning"]
        best = told["agreement"][0]
        assert (best["statement"], best["share"], best["agree"], best["heard"]) == ("bus", 1.0, 40, 40)
        low, high = best["range"]
        assert 0.9 < low <= high <= 1
        assert told["consensus"]["agree"][0]["statement"] == "bus"
        assert "s0" not in [each["statement"] for each in told["agreement"]]


def test_two_camps_that_hold_are_numbered_and_have_a_consensus_across_them(
    votes: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    told = printed(capsys, votes)
    assert told["verdict"] == "two groups"
    assert {told["groups"][f"v{at}"] for at in range(22)} != {told["groups"]["v39"]}
    shared = told["group_informed_consensus"]
    assert shared["bus"] == pytest.approx(23 / 24 * 19 / 20)
    assert max(shared, key=lambda name: shared[name]) == "bus"


def test_a_group_under_five_is_never_shown_in_a_room(
    votes: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    """Even where the engine should have given one."""
    found = groups_commands.consensus.room
    small = (1,) * 36 + (2,) * 4

    def with_a_small_group(*given: Any, **how: Any) -> Any:
        answer = found(*given, **how)
        object.__setattr__(answer, "groups", small)
        return answer

    monkeypatch.setattr(groups_commands.consensus, "room", with_a_small_group)
    told = printed(capsys, votes)
    assert sorted({str(group) for group in told["groups"].values()}) == ["1", "None"]
    assert list(told["groups"].values()).count(None) == 4


def test_polis_has_its_figures_and_says_that_it_always_finds_groups(
    votes: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    told = printed(capsys, votes, "--polis", "--k", 3)
    assert told["verdict"] is None
    assert len(told["sizes"]) == 3
    assert sum(told["sizes"].values()) == 40
    assert set(told["silhouettes"]) >= {"2", "3"}
    assert len(told["coordinates"]["v0"]) == 2
    assert told["representative"].keys() == told["sizes"].keys()
    assert told["priorities"]["s1"] == 49
    assert told["moderated_out"] == ["s0"]
    assert main(["groups", str(votes), "--polis"]) == 0
    said = capsys.readouterr().out
    assert "always finds at least two groups" in said
    assert "Group 1, 22 people, more than the others:" in said


def test_a_small_group_of_polis_is_counted_and_not_described(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    file = tmp_path / "votes.csv"
    file.write_text(camps(36, 4))
    assert main(["groups", str(file), "--polis"]) == 0
    said = capsys.readouterr().out
    assert "Group 2 has 4 people, too few to be shown." in said
    assert "Group 2, 4" not in said


def test_the_file_of_statements_can_be_named_or_left(
    votes: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert printed(capsys, votes, "--polis", "--no-statements")["moderated_out"] == []
    other = tmp_path / "other.csv"
    other.write_text("comment-id,moderated\ns5,-1\n")
    assert printed(capsys, votes, "--polis", "--statements", other)["moderated_out"] == ["s5"]


@pytest.mark.parametrize(
    ("arguments", "words"),
    [
        (["--k", "2"], "say --polis with --k"),
        (["--polis", "--k", "99"], "between 2 and 10"),
        (["--statements", "x.csv", "--no-statements"], "not both"),
        (["--statements", "x.csv"], 'no file "x.csv"'),
        (["--voice", "nobody"], 'no column "nobody"'),
        (["--size", "0.0000001"], "--size"),
    ],
)
def test_what_cannot_be_done_is_said_in_a_sentence(
    votes: Path, capsys: pytest.CaptureFixture[str], arguments: list[str], words: str
) -> None:
    assert main(["groups", str(votes), *arguments]) == 1
    said = capsys.readouterr()
    assert words in said.err
    assert said.err.startswith("better-story: ")
    assert said.out == ""


def test_more_than_a_room_is_sent_to_the_other_way(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    file = tmp_path / "votes.csv"
    rows = "".join(f"v{at}{',1' * 600}\n" for at in range(1000))
    file.write_text("voice," + ",".join(f"s{at}" for at in range(600)) + "\n" + rows)
    assert main(["groups", str(file)]) == 1
    assert "add --polis" in capsys.readouterr().err


def test_no_statement_that_most_agree_with() -> None:
    nothing = {
        "mode": "polis",
        "voices": 2,
        "statements": 1,
        "verdict_in_words": "",
        "agreement": [],
        "consensus": {"agree": [], "disagree": []},
        "warning": "",
        "representative": {},
        "silhouettes": {},
    }
    assert "no statement that most people agree with" in in_words(nothing)
    assert "no statement has clearly more than half" in in_words(nothing)


def test_it_starts_without_django_and_without_the_compiler(votes: Path) -> None:
    asked = (
        "import sys; from betterstory.website.command import main; "
        f"main(['groups', {str(votes)!r}, '--polis', '--json']); "
        "sys.exit(any(name in sys.modules for name in ('django', 'numba', 'scipy')))"
    )
    assert subprocess.run([sys.executable, "-c", asked], capture_output=True).returncode == 0
