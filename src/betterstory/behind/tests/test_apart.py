"""A log is opened in a process of its own, and nothing but names and protected figures comes out of it."""

import json
import os
import signal
import subprocess
import sys
import time
from pathlib import Path

import pytest

from betterstory.behind import counting
from betterstory.behind.counting import CannotAnswer, Columns, Earlier, Records, apart, asking
from betterstory.behind.tests.conftest import KEYS, TOML, TWIN, WHOLE, write_log


@pytest.fixture
def records(tmp_path: Path) -> Records:
    log, people = write_log(tmp_path / "there")
    return Records(str(log), str(people), Columns())


def test_it_says_what_a_log_holds(records: Records) -> None:
    assert counting.columns_of(Path(records.log)) == ["person", "activity", "time"]
    looked = counting.look_over(records)
    assert looked.activities == ["First visit", "Letter", "Referral", "Second visit"]
    assert (looked.first_month, looked.last_month, looked.people) == ("2026-01", "2026-04", 600)


def test_a_count_comes_back_rounded(records: Records) -> None:
    figures = counting.ask(TOML, records, keys=KEYS).figures
    assert {group["first"]: group["people"] for group in figures["groups"]} == {0: 445, 1: 60, 2: 55, 3: 40}
    assert figures["groups"][2]["on_the_way"] == 35
    assert figures["groups"][2]["way_closed"] == 20


def test_no_true_count_crosses_over(tmp_path: Path) -> None:
    """What the process writes is all that the web ever holds: 43, 33 and 557 people stay inside."""
    log, people = write_log(tmp_path / "there", ((43, WHOLE), (557, [(3, "Letter")])))
    question = {
        "what": "count",
        "pattern": TOML,
        "records": {"log": str(log), "people": str(people), "columns": {}},
        "earlier": [],
        "keys": KEYS.as_json(),
    }
    done = subprocess.run(
        [sys.executable, "-m", "betterstory.behind.counting"],
        input=json.dumps(question) + "\n",
        capture_output=True,
        text=True,
        check=True,
    )
    assert not done.stderr
    answer = json.loads(done.stdout)["answer"]
    assert set(answer) == {"figures", "kept"}
    figures = json.dumps(answer["figures"])
    assert "P1" not in figures
    for true in ("43", "557"):
        assert true not in figures
    assert "45" in figures


def test_nothing_but_answers_comes_back(tmp_path: Path) -> None:
    """Some libraries print how far they are; among the answers it would be taken for one."""
    log, people = write_log(tmp_path / "there")
    asked = {"what": "look over", "records": {"log": str(log), "people": str(people), "columns": {}}}
    loud = """if True:
        import os
        from betterstory.behind.counting import child
        quiet = child.look_over
        def look_over(records):
            os.write(1, b"\\r  0% of 600")
            print("P1 is in it")
            return quiet(records)
        child.look_over = look_over
        child.main()"""
    done = subprocess.run(
        [sys.executable, "-c", loud],
        input=json.dumps(asked) + "\n",
        capture_output=True,
        text=True,
        check=True,
    )
    assert json.loads(done.stdout)["answer"]["people"] == 600
    assert "P1" not in done.stdout


def test_what_is_no_answer_is_not_taken_for_one(monkeypatch: pytest.MonkeyPatch, records: Records) -> None:
    monkeypatch.setattr(apart, "_once", lambda _line, _seconds: b"\r  0% P1\n")
    with pytest.raises(CannotAnswer, match="broke off") as broke:
        counting.look_over(records)
    assert "P1" not in str(broke.value)


def test_the_process_may_write_no_file(tmp_path: Path) -> None:
    """A file that talks the reader into writing would get nowhere."""
    there = tmp_path / "written"
    program = (
        "from betterstory.behind.counting import child\n"
        "def answer(question, opened):\n"
        f"    open({str(there)!r}, 'w').write('x')\n"
        "child.answer = answer\n"
        "child.main()\n"
    )
    done = subprocess.run(
        [sys.executable, "-c", program], input="{}", capture_output=True, text=True, check=False
    )
    assert "File too large" in done.stderr
    assert there.read_text() == ""


def test_where_memory_runs_out_the_process_goes_before_the_web_does() -> None:
    program = (
        "from betterstory.behind.counting import child\n"
        "child.answer = lambda question, opened: open('/proc/self/oom_score_adj').read().strip()\n"
        "child.main()\n"
    )
    done = subprocess.run(
        [sys.executable, "-c", program], input="{}", capture_output=True, text=True, check=True
    )
    assert json.loads(done.stdout) == "1000"


def test_what_takes_too_long_is_stopped(records: Records, monkeypatch: pytest.MonkeyPatch) -> None:
    counting.ask(TOML, records, keys=KEYS)
    child = apart.warm._child
    assert child is not None
    os.kill(child.pid, signal.SIGSTOP)  # else a quick machine would have its answer by then
    monkeypatch.setitem(apart.MOST_SECONDS, "count", 0.05)
    began = time.monotonic()
    with pytest.raises(CannotAnswer, match="took too long"):
        counting.ask(TOML, records, keys=KEYS)
    assert time.monotonic() - began < 5


def test_a_crash_repeats_nothing_of_the_file(records: Records, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(asking, "asdict", lambda _saved: {"P1": "an unknown key"})
    with pytest.raises(CannotAnswer) as told:
        counting.ask(TOML, records, keys=KEYS)
    assert "P1" not in told.value.sentence


def test_near_twins_are_held_against_each_other(records: Records, tmp_path: Path) -> None:
    log, people = write_log(
        tmp_path / "twins",
        ((40, WHOLE), (3, [(1, "Referral"), (5, "First visit"), (15, "Second visit")]), (500, [])),
    )
    there = Records(str(log), str(people), Columns())
    released, elsewhere = (Earlier(1, TOML, records=one) for one in (there, records))
    counting.ask(TWIN, there, keys=KEYS)
    with pytest.raises(CannotAnswer, match="differs by only a few people"):
        counting.ask(TWIN, there, [released], keys=KEYS)
    alone = counting.ask(TOML, there, keys=KEYS).figures
    assert counting.ask(TOML, there, [released], keys=KEYS).figures == alone, "the same people are no secret"
    counting.ask(TWIN, there, [elsewhere], keys=KEYS)


def test_a_refusal_is_a_sentence(tmp_path: Path) -> None:
    nothing = tmp_path / "the log"
    nothing.write_bytes(b"")
    with pytest.raises(CannotAnswer) as told:
        counting.columns_of(nothing)
    assert told.value.sentence == '"the log" is empty.'


def test_a_length_is_checked_and_the_nearest_is_offered() -> None:
    counting.check_length("18 weeks")
    counting.check_length("")
    with pytest.raises(CannotAnswer, match="6 weeks"):
        counting.check_length("six weaks")


def test_a_pattern_too_long_to_be_one_is_not_read() -> None:
    with pytest.raises(CannotAnswer, match="too long"):
        counting.read(TOML + "#" * counting.LONGEST_PATTERN)


def test_a_single_word_is_a_pattern_that_makes_no_sense_and_never_a_file(tmp_path: Path) -> None:
    there = tmp_path / "there.toml"
    there.write_text(TOML)
    with pytest.raises(CannotAnswer, match="not a pattern file"):
        counting.read(str(there))
