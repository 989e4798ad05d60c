"""The one door to the journeys engine.

Patterns are small and written by people of the place: they are read here. Logs come from anywhere, so each is
opened in a process of its own (`python -m betterstory.behind.counting`), which may write nothing, runs out of
time, and sends back names and protected figures alone: true counts never reach the web's memory. For that
process to start quickly, nothing here needs Django.
"""

import json
import os
import resource
import secrets
import subprocess
import sys
from collections.abc import Iterable, Mapping, Sequence
from contextlib import suppress
from dataclasses import asdict, dataclass
from datetime import date
from itertools import groupby
from pathlib import Path
from typing import Any

from betterstory.engines import disclosure, journeys
from betterstory.engines.disclosure import ProtectedCount, Withheld

MOST_SECONDS = {"columns": 20, "look over": 600, "count": 120}
LONGEST_PATTERN = 50_000
RULE = "default"
STATUSES = ("on_the_way", "way_closed", "too_early", "again")


class CannotAnswer(ValueError):
    """What the engine will not do, in a sentence for a person."""

    def __init__(self, sentence: str) -> None:
        super().__init__(sentence)
        self.sentence = sentence[:1].upper() + sentence[1:]


@dataclass(frozen=True)
class Columns:
    """Which column of a log is which; empty where there is none. `until`: the last day it is complete for."""

    person: str = "person"
    activity: str = "activity"
    time: str = "time"
    seq: str = ""
    starts: str = ""
    ends: str = ""
    time_format: str = ""
    until: str = ""

    def for_engine(self) -> dict[str, Any]:
        named = {name: value or None for name, value in asdict(self).items()}
        return named | {
            "seq": self.seq or False,
            "until": date.fromisoformat(self.until) if self.until else None,
        }


@dataclass(frozen=True)
class Records:
    """Where a log is, and how it is read."""

    log: str
    people: str | None
    columns: Columns

    def open(self) -> journeys.ContactLog:
        return journeys.read_log(self.log, people=self.people, **self.columns.for_engine())

    @classmethod
    def read(cls, saved: Mapping[str, Any]) -> "Records":
        return cls(saved["log"], saved["people"], Columns(**saved["columns"]))


@dataclass(frozen=True)
class Looked:
    """What may be said of a log. Months as "2024-07"; `people` is rounded, None where they are few."""

    activities: list[str]
    first_month: str
    last_month: str
    people: int | None
    set_aside: list[str]


@dataclass(frozen=True)
class StepWords:
    """A step as it is written in a form and shown on a page. Lengths in words: "18 weeks"."""

    name: str
    activity: tuple[str, ...]
    kind: str = "contact"  # "contact", "silence" or "repeat"
    within: str = ""
    after: str = ""
    silence: str = ""
    without: tuple[str, ...] = ()
    times: int = 1
    inside: str = ""


@dataclass(frozen=True)
class Shape:
    """A pattern as pages show it: its file, and what it says in plain words, a line a step."""

    name: str
    steps: tuple[StepWords, ...]
    toml: str
    said: tuple[str, ...]
    activities: tuple[str, ...]


def read(toml: str) -> Shape:
    """Read a pattern from the text of its file. Raises CannotAnswer with what to change."""
    if len(toml) > LONGEST_PATTERN:
        raise CannotAnswer("This is too long to be a pattern.")
    try:
        # a line break, so that one word is never taken for the name of a file
        return _shape(journeys.read_pattern(toml.replace("\r\n", "\n") + "\n"))
    except journeys.Refused as refused:
        raise CannotAnswer(refused.sentence) from None


def write(name: str, steps: Iterable[StepWords], whole_within: str = "") -> Shape:
    """A pattern from what was written in a form. Raises CannotAnswer with what to change."""
    try:
        made = journeys.Pattern(
            name, tuple(_step(step) for step in steps), _length(whole_within), spells=None
        )
        return _shape(made)
    except journeys.Refused as refused:
        raise CannotAnswer(refused.sentence) from None


def check_length(words: str) -> None:
    """Raises CannotAnswer where these words are no length of time, with the nearest that is one."""
    try:
        _length(words)
    except journeys.Refused as refused:
        raise CannotAnswer(refused.sentence) from None


def _length(words: str) -> journeys.Length | None:
    return journeys.read_length(words) if words.strip() else None


def _step(step: StepWords) -> journeys.Step:
    return journeys.Step(
        step.name,
        step.activity,
        within=_length(step.within),
        after=_length(step.after),
        without=step.without,
        times=step.times,
        inside=_length(step.inside),
        silence=_length(step.silence),
    )


def _shape(pattern: journeys.Pattern) -> Shape:
    steps = tuple(
        StepWords(
            step.name,
            step.activity,
            step.kind,
            within=str(step.within or ""),
            after=str(step.after or ""),
            silence=str(step.silence or ""),
            without=step.without,
            times=step.times,
            inside=str(step.inside or ""),
        )
        for step in pattern.steps
    )
    said = tuple(journeys.say(pattern).splitlines()[1:])
    return Shape(pattern.name, steps, journeys.write_pattern(pattern), said, pattern.activities)


def columns_of(path: Path) -> list[str]:
    """The names of a file's columns. Raises CannotAnswer."""
    return list(_apart({"what": "columns", "path": str(path)}))


def look_over(records: Records) -> Looked:
    """Whether a log can be read this way, and what may be said of it. Raises CannotAnswer."""
    return Looked(**_apart({"what": "look over", "records": asdict(records)}))


def ask(toml: str, records: Records, earlier: Sequence[tuple[str, Records]] = ()) -> dict[str, Any]:
    """Ask a pattern of a log: protected figures, as a release keeps them.

    `earlier` are the patterns already released, each with its log: where any of the new figures is within a
    few people of one of theirs, nothing comes back. Raises CannotAnswer.
    """
    before = [{"pattern": pattern, "records": asdict(there)} for pattern, there in earlier]
    question = {"what": "count", "pattern": toml, "records": asdict(records), "earlier": before}
    return dict(_apart(question))


def _apart(question: Mapping[str, Any]) -> Any:
    """Answer in a process of its own."""
    inherited = {name: os.environ[name] for name in ("PATH", "PYTHONPATH", "LANG") if name in os.environ}
    try:
        done = subprocess.run(  # noqa: S603 - our own program, and what it reads comes on its input
            [sys.executable, "-B", "-m", __spec__.name],
            input=json.dumps(question),
            capture_output=True,
            text=True,
            timeout=MOST_SECONDS[question["what"]],
            env=inherited,
            check=False,
        )
    except subprocess.TimeoutExpired:
        raise CannotAnswer(
            "This took too long, so it was stopped. Take only the years and the columns that are asked about."
        ) from None
    if done.returncode:
        # what it wrote on its way out may repeat a row of the log: it is not kept
        raise CannotAnswer("The counting broke off. Nothing was kept.")
    said = json.loads(done.stdout)
    if "refused" in said:
        raise CannotAnswer(said["refused"])
    return said["answer"]


def answer(question: Mapping[str, Any]) -> dict[str, Any]:
    """What the process of its own does: {"answer": ...}, or {"refused": a sentence}."""
    try:
        match question["what"]:
            case "columns":
                return {"answer": journeys.columns_of(question["path"])}
            case "look over":
                return {"answer": asdict(_look_over(Records.read(question["records"])))}
        return {"answer": _count(question)}
    except (journeys.Refused, Withheld) as refused:
        return {"refused": refused.sentence}


def _look_over(records: Records) -> Looked:
    with records.open() as log:
        people = log.people.shown
        return Looked(list(log.activities), log.first_month, log.last_month, people, list(log.set_aside))


def _count(question: Mapping[str, Any]) -> dict[str, Any]:
    key = secrets.token_bytes(32)
    pattern = journeys.read_pattern(question["pattern"])
    with Records.read(question["records"]).open() as log:
        standing = journeys.count(pattern, log)
        has_people = log.has_people
    now = standing.fingerprints(key, RULE)
    earlier = sorted(question["earlier"], key=lambda one: json.dumps(one["records"]))
    for saved, released in groupby(earlier, key=lambda one: one["records"]):
        with Records.read(saved).open() as log:
            for one in released:
                before = journeys.count(journeys.read_pattern(one["pattern"]), log)
                disclosure.check_release(now, before.fingerprints(key, RULE), disclosure.find_profile(RULE))
    return _figures(standing.protect(RULE), pattern, has_people=has_people)


def _figures(protected: journeys.Protected, pattern: journeys.Pattern, *, has_people: bool) -> dict[str, Any]:
    """What a release keeps. A figure that is not shown is None; where nobody can be, 0."""
    rule = disclosure.find_profile(protected.profile)
    groups = []
    for group in protected.groups:
        said: dict[str, Any] = {"first": group.first, "last": group.last, "people": group.people.shown}
        if group.first == group.last:
            said |= {name: _shown(getattr(protected, name)[group.first]) for name in STATUSES}
        groups.append(said)
    return {
        "format": 1,
        "rule": {"name": rule.name, "hidden_below": rule.hidden_below, "nearest": rule.nearest},
        "people": protected.people.shown,
        "has_people": has_people,
        "steps": [asdict(step) for step in _shape(pattern).steps],
        "groups": groups,
        "waits": [str(wait) if wait is not None else None for wait in protected.waits],
        "set_aside": list(protected.set_aside),
        "warnings": list(protected.warnings),
    }


def _shown(count: ProtectedCount) -> int | None:
    return count.shown


def main() -> None:
    """Answer the question on the input, under limits, and write nothing anywhere else."""
    with suppress(OSError):  # where memory runs out, this process goes and the web stays
        Path("/proc/self/oom_score_adj").write_text("1000")
    for limit, most in (
        (resource.RLIMIT_CPU, 4 * max(MOST_SECONDS.values())),
        (resource.RLIMIT_FSIZE, 0),
        (resource.RLIMIT_CORE, 0),
    ):
        resource.setrlimit(limit, (most, most))
    json.dump(answer(json.load(sys.stdin)), sys.stdout)


if __name__ == "__main__":
    main()
