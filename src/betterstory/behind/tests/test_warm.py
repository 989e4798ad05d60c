"""The child that counts stays between questions, and nothing that happens to it outlives one question."""

import os
import signal
import subprocess
import sys
import threading
import time
from collections.abc import Iterator
from pathlib import Path

import pytest

from betterstory.behind import counting
from betterstory.behind.counting import CannotAnswer, Columns, Records, apart, child
from betterstory.behind.tests.conftest import KEYS, TOML, write_log


@pytest.fixture
def records(tmp_path: Path) -> Records:
    log, people = write_log(tmp_path / "there")
    return Records(str(log), str(people), Columns())


@pytest.fixture
def warm(monkeypatch: pytest.MonkeyPatch) -> Iterator[apart.Warm]:
    """A warm child of this test's own."""
    own = apart.Warm()
    monkeypatch.setattr(apart, "warm", own)
    yield own
    own.forget()


def pid_of(warm: apart.Warm) -> int:
    assert warm._child is not None
    return warm._child.pid


def is_there(pid: int) -> bool:
    try:
        os.kill(pid, 0)
    except ProcessLookupError:
        return False
    return True


def test_one_child_answers_question_after_question(warm: apart.Warm, records: Records) -> None:
    first = counting.ask(TOML, records, keys=KEYS).figures
    born = pid_of(warm)
    assert counting.ask(TOML, records, keys=KEYS).figures == first
    assert pid_of(warm) == born


def test_files_that_have_only_just_come_are_opened_in_a_child_of_their_own(
    warm: apart.Warm, records: Records
) -> None:
    counting.columns_of(Path(records.log))
    counting.look_over(records)
    assert warm._child is None


def test_a_child_killed_between_questions_is_replaced(warm: apart.Warm, records: Records) -> None:
    first = counting.ask(TOML, records, keys=KEYS).figures
    os.kill(pid_of(warm), signal.SIGKILL)
    time.sleep(0.2)
    assert counting.ask(TOML, records, keys=KEYS).figures == first


def test_a_child_killed_in_the_middle_gives_the_sentence_and_the_next_question_works(
    warm: apart.Warm, records: Records
) -> None:
    first = counting.ask(TOML, records, keys=KEYS).figures
    os.kill(pid_of(warm), signal.SIGSTOP)  # so that the question is on its way when it dies
    told: list[str] = []

    def ask() -> None:
        try:
            counting.ask(TOML, records, keys=KEYS)
        except CannotAnswer as cannot:
            told.append(cannot.sentence)

    asking = threading.Thread(target=ask)
    asking.start()
    time.sleep(0.2)
    os.kill(pid_of(warm), signal.SIGKILL)
    asking.join(10)
    assert told == [apart.BROKE_OFF]
    assert counting.ask(TOML, records, keys=KEYS).figures == first


def test_a_child_that_hangs_is_stopped_in_time_and_replaced(
    warm: apart.Warm, records: Records, monkeypatch: pytest.MonkeyPatch
) -> None:
    first = counting.ask(TOML, records, keys=KEYS).figures
    hung = pid_of(warm)
    os.kill(hung, signal.SIGSTOP)
    monkeypatch.setitem(apart.MOST_SECONDS, "count", 0.3)
    with pytest.raises(CannotAnswer, match="took too long"):
        counting.ask(TOML, records, keys=KEYS)
    assert not is_there(hung)
    monkeypatch.setitem(apart.MOST_SECONDS, "count", 60)
    assert counting.ask(TOML, records, keys=KEYS).figures == first


def test_a_question_larger_than_a_pipe_holds_comes_through(warm: apart.Warm, records: Records) -> None:
    long = TOML + "#" * 300_000
    assert counting.ask(long, records, keys=KEYS).figures == counting.ask(TOML, records, keys=KEYS).figures


@pytest.mark.parametrize("limit", ["MOST_QUESTIONS", "LONGEST_LIFE", "LONGEST_IDLE"])
def test_it_is_renewed_after_a_while(
    warm: apart.Warm, records: Records, monkeypatch: pytest.MonkeyPatch, limit: str
) -> None:
    counting.ask(TOML, records, keys=KEYS)
    born = pid_of(warm)
    monkeypatch.setattr(apart, limit, 0)
    counting.ask(TOML, records, keys=KEYS)
    assert pid_of(warm) != born
    assert not is_there(born)


ORPHAN = """
import os, signal
from betterstory.behind.counting import apart
child = apart.Child()
print(child.pid, flush=True)
os.kill(os.getpid(), signal.SIGKILL)
"""


def test_it_goes_when_whoever_started_it_goes_however_that_ends() -> None:
    """The whole process is killed without a word; its child has nothing more to read, and leaves."""
    done = subprocess.run([sys.executable, "-c", ORPHAN], capture_output=True, text=True, check=False)
    assert done.returncode == -signal.SIGKILL
    pid, until = int(done.stdout), time.monotonic() + 10
    while is_there(pid) and time.monotonic() < until:
        time.sleep(0.05)
    assert not is_there(pid)


COPY = """
import os
from betterstory.behind.counting import apart
apart.warm._child = child = apart.Child()
copy = os.fork()
if copy == 0:
    os._exit(0 if apart.warm._child is None and apart.warm._lock.acquire(timeout=1) else 1)
print(os.waitstatus_to_exitcode(os.waitpid(copy, 0)[1]), child.is_tired)
apart.warm.forget()
"""


def test_a_copy_of_the_process_leaves_the_child_to_the_other_one() -> None:
    done = subprocess.run([sys.executable, "-c", COPY], capture_output=True, text=True, check=False)
    assert (done.stdout, done.stderr) == ("0 False\n", "")


def test_two_who_ask_at_once_are_both_answered(warm: apart.Warm, records: Records) -> None:
    answers: list[object] = []

    def ask() -> None:
        answers.append(counting.ask(TOML, records, keys=KEYS).figures)

    both = [threading.Thread(target=ask) for _ in range(3)]
    for one in both:
        one.start()
    for one in both:
        one.join(60)
    assert len(answers) == 3
    assert answers[0] == answers[1] == answers[2]


def test_a_log_is_kept_open_until_its_file_changes_and_two_are_kept_at_most(tmp_path: Path) -> None:
    opened = child.Opened()
    there = [Records(str(write_log(tmp_path / name)[0]), None, Columns()) for name in ("a", "b", "c")]
    first = opened.get(there[0])
    assert opened.get(there[0]) is first
    os.utime(there[0].log, ns=(1, 1))
    assert opened.get(there[0]) is not first
    opened.get(there[1])
    opened.get(there[2])
    assert len(opened._logs) == 2
    opened.close()
