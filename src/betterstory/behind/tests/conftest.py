"""A small invented log, a pattern of three steps, and a story whose teller says yes to counting."""

import csv
import json
from collections.abc import Callable, Mapping, Sequence
from datetime import date, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest
from django.utils import timezone

from betterstory.behind import counting, verbs
from betterstory.behind.counting import Columns, apart, child
from betterstory.behind.models import ContactLog, Pattern, Release
from betterstory.people import verbs as people
from betterstory.people.models import Circle, Person, Ring
from betterstory.places.models import Place
from betterstory.stories import consenting
from betterstory.stories.models import Audience, Consent, Piece, Use, Version
from conftest import AT

NOW = timezone.now() - timedelta(hours=1)  # pages read the clock, so a yes has to hold today
LATER = NOW + timedelta(days=300)
FIRST_DAY = date(2026, 1, 1)
LAST_DAY = 100

TOML = """\
format = 1
name = "Asked, seen, seen again"

[[step]]
name = "Asked for help"
activity = ["Referral"]

[[step]]
name = "Seen"
activity = ["First visit"]
within = "10 days"

[[step]]
name = "Seen again"
activity = ["Second visit"]
within = "10 days"
"""
TWIN = TOML.replace(
    'activity = ["Second visit"]\nwithin = "10 days"', 'activity = ["Second visit"]\nwithin = "9 days"'
)

KEYS = counting.Keys(b"p" * 32, b"s" * 32)

type Walk = Sequence[tuple[int, str]]

WHOLE: Walk = [(1, "Referral"), (5, "First visit"), (9, "Second visit")]
ON_THE_LAST_DAY: Walk = [(1, "Referral"), (5, "First visit"), (15, "Second visit")]
ON_THE_WAY: Walk = [(85, "Referral"), (92, "First visit"), (LAST_DAY, "Letter")]
STOPPED: Walk = [(1, "Referral"), (5, "First visit"), (50, "Letter")]
ASKED: Walk = [(1, "Referral"), (40, "Letter")]
ELSEWHERE: Walk = [(3, "Letter")]

type Plan = Sequence[tuple[int, Walk]]
TOWN: Plan = ((40, WHOLE), (33, ON_THE_WAY), (22, STOPPED), (61, ASKED), (444, ELSEWHERE))


def write_log(folder: Path, plan: Plan = TOWN, *, prefix: str = "P") -> tuple[Path, Path]:
    """A log and a list of everybody in it."""
    folder.mkdir(parents=True, exist_ok=True)
    log, everybody = folder / "contacts.csv", folder / "people.csv"
    number = 0
    with log.open("w", newline="") as one, everybody.open("w", newline="") as two:
        contacts, people = csv.writer(one), csv.writer(two)
        contacts.writerow(["person", "activity", "time"])
        people.writerow(["person"])
        for many, path in plan:
            for _one in range(many):
                number += 1
                people.writerow([f"{prefix}{number}"])
                for day, activity in path:
                    contacts.writerow([f"{prefix}{number}", activity, FIRST_DAY + timedelta(days=day)])
    return log, everybody


@pytest.fixture(autouse=True)
def _asked_in_this_process(request: pytest.FixtureRequest, monkeypatch: pytest.MonkeyPatch) -> None:
    """Starting a process for each question would be slow; `test_apart` and `test_warm` do."""
    if "test_apart" in request.node.nodeid or "test_warm" in request.node.nodeid:
        return

    def answer(question: Mapping[str, Any]) -> Any:
        opened = child.Opened()
        said = json.loads(json.dumps(child.answer(json.loads(json.dumps(question)), opened)))
        opened.close()
        if "refused" in said:
            raise counting.CannotAnswer(said["refused"])
        return said["answer"]

    monkeypatch.setattr(apart, "answer", answer)


@pytest.fixture
def own_log(place: Place, steward: Person) -> Place:
    """The place, with a log of its own switched on."""
    verbs.switch_on(place, by=steward, controller="Aldermouth Council")
    return place


@pytest.fixture
def bring(own_log: Place, analyst: Person, tmp_path: Path) -> Callable[..., ContactLog]:
    """Bring a log of a plan: bring(TOWN)."""

    def make(
        plan: Plan = TOWN,
        *,
        everybody: bool = True,
        prefix: str = "P",
        name: str = "visits",
        in_place_of: ContactLog | None = None,
    ) -> ContactLog:
        log, people = write_log(tmp_path / f"{name}-{len(list(tmp_path.iterdir()))}", plan, prefix=prefix)
        arrival = verbs.receive(log=log, people=people if everybody else None, by=analyst, at=AT)
        return verbs.bring_log(
            arrival,
            columns=Columns(),
            name=name,
            source="visits kept by the Talking Service",
            cannot_see="people who never asked",
            by=analyst,
            at=AT,
            in_place_of=in_place_of,
        )

    return make


@pytest.fixture
def log(bring: Callable[..., ContactLog]) -> ContactLog:
    return bring()


@pytest.fixture
def plain_pattern(analyst: Person) -> Pattern:
    """A pattern of no story."""
    return verbs.make_pattern(toml=TOML, by=analyst, at=AT)


@pytest.fixture
def other_body(analyst: Person, partner: Person, steward: Person) -> Person:
    """The analyst is of the hospital; Helen, of another body, may look at what was counted."""
    for name, title, holder in (("Hospital", "Analyst", analyst), ("Talking Service", "Head", partner)):
        body = people.name_body(name=name, ring=Ring.LOCAL_SERVICES, by=steward)
        people.name_post(body=body, title=title, by=steward, holder=holder)
    return partner


type LetOut = Callable[..., Release]


@pytest.fixture
def let_out(analyst: Person, other_body: Person) -> LetOut:
    """Count and release: let_out(pattern, log=log)."""

    def make(pattern: Pattern, *, log: ContactLog, at: datetime = NOW, **more: Any) -> Release:
        counted = verbs.count(pattern, log=log, by=analyst, at=at, **more)
        if isinstance(counted, Release):
            return counted
        return verbs.approve(counted, by=other_body, at=at, looked_at=list(verbs.CHECKS))

    return make


@pytest.fixture
def pieces(version: Version) -> list[Piece]:
    """Two steps and the gap of the story."""
    found = Piece.objects.filter(version=version).exclude(kind=Piece.Kind.WISH)
    return list(found.select_related("version__story__teller").order_by("position", "pk"))[:3]


type SayYes = Callable[..., Consent]


@pytest.fixture
def say_yes(version: Version, teller: Person) -> SayYes:
    """say_yes(Use.COUNT), or say_yes(Use.READ, circle=circle)."""

    def say(use: Use, circle: Circle | None = None, at: datetime = NOW, **more: Any) -> Consent:
        return consenting.say_yes(
            version,
            by=teller,
            use=use,
            circle=circle,
            audience=Audience.PARTNERSHIP,
            at=at,
            until=LATER,
            **more,
        )

    return say


@pytest.fixture
def counted(say_yes: SayYes) -> Consent:
    """The yes to counting."""
    return say_yes(Use.COUNT)


@pytest.fixture
def story_pattern(pieces: list[Piece], counted: Consent, analyst: Person) -> Pattern:
    """A pattern of the story."""
    return verbs.make_pattern(toml=TOML, by=analyst, at=NOW, pieces=pieces)
