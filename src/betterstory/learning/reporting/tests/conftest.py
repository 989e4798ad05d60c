"""A round with asks and promises in every state, hours and money, and a story behind one ask."""

import re
from collections.abc import Callable
from datetime import date, datetime, timedelta
from decimal import Decimal
from typing import Any

import pytest
from django.test import Client
from django.utils import timezone

from betterstory.learning.models import Part, Report, Sector, Spent
from betterstory.learning.reporting.figures import Counted, count
from betterstory.learning.reporting.happenings import Reading
from betterstory.learning.verbs import reporting, typing_in
from betterstory.people.models import Body, Circle, Person, Post
from betterstory.places.models import Round
from betterstory.promises import verbs as promises
from betterstory.promises.models import Ask, Promise, Verdict
from betterstory.promises.tests.conftest import (
    council,
    days,
    gap,
    head,
    helen,
    lynda,
    room,
    say_yes,
    service,
)
from betterstory.stories import consenting
from betterstory.stories.models import Audience, Consent, Gap, Use, Version
from conftest import AT, TODAY

__all__ = ["council", "gap", "head", "helen", "lynda", "room", "service"]  # fixtures asked for by name

LINE = "Back of the queue, 17 weeks"  # what the gap of Sam's story says
LATER = days(100)


@pytest.fixture(autouse=True)
def _a_clock_that_stands(monkeypatch: pytest.MonkeyPatch) -> None:
    """Pages read the clock: it is a hundred days after the round began."""
    monkeypatch.setattr(timezone, "now", lambda: AT + timedelta(days=100))


@pytest.fixture
def spend(round_: Round, organiser: Person) -> Callable[..., Spent]:
    """spend(hours="2", pounds="10"): a row of the public bodies on the tenth day."""

    def make(*, hours: str = "0", pounds: str = "0", **more: Any) -> Spent:
        told: dict[str, Any] = {
            "round": round_,
            "by": organiser,
            "on": days(10),
            "when": days(10),
            "sector": Sector.PUBLIC,
            "what_for": "Hire of the hall",
        }
        return typing_in.write_spent(**told | more, hours=Decimal(hours), pounds=Decimal(pounds))

    return make


@pytest.fixture
def say(round_: Round, room: Circle, service: Body, organiser: Person) -> Callable[..., Ask]:
    """say("Ring us."): the room asks the service on the first day."""

    def make(words: str, *, on: date = TODAY, **more: Any) -> Ask:
        return promises.ask(
            round=round_,
            words=words,
            of=more.pop("of", service),
            by=organiser,
            on=on,
            asked_by=room,
            asked_by_words="the people of 14 July",
            **more,
        )

    return make


@pytest.fixture
def give_word(round_: Round, room: Circle, head: Post, helen: Person) -> Callable[..., Promise]:
    """give_word("We will.", due=20): the head of the service promises the room."""

    def make(words: str, *, due: int = 20, on: int = 1) -> Promise:
        return promises.make(
            round=round_,
            words=words,
            by=helen,
            on=days(on),
            due_on=days(due),
            to=room,
            to_words="the people of 14 July",
            post=head,
        )

    return make


@pytest.fixture
def full(
    say: Callable[..., Ask],
    give_word: Callable[..., Promise],
    spend: Callable[..., Spent],
    helen: Person,
    lynda: Person,
    head: Post,
    council: Body,
) -> dict[str, Any]:
    """Every answer and every state once, and three rows of hours and money."""
    asks = {name: say(f"Ask {name}.") for name in ("yes", "refused", "passed-on", "no-answer")}
    promises.answer_yes(asks["yes"], by=helen, on=days(2), post=head, words="Said to come.", due_on=days(300))
    promises.answer_no(asks["refused"], by=helen, on=days(3), reason="No driver for it.")
    promises.answer_not_ours(asks["passed-on"], by=helen, on=days(4), whose=council)
    made = {verdict.value: give_word(f"Word {verdict.value}.") for verdict in Verdict}
    for verdict in Verdict:
        promises.judge(
            made[verdict.value], by=lynda, on=days(30), verdict=verdict, note=f"Seen {verdict.value}."
        )
    made["late"] = give_word("Word late.", due=50)
    made["made_again"] = give_word("Word again.", due=40)
    asked = promises.ask_for_time(
        made["made_again"], by=helen, on=days(35), due_on=days(200), because="The boiler."
    )
    promises.make_again(asked, by=lynda, on=days(36))
    spend(hours="12.5")
    spend(pounds="1200.50", sector=Sector.VOLUNTARY)
    spend(hours="3", pounds="20", what_for="Tea")
    return {"asks": asks, "promises": made}


@pytest.fixture
def counted(round_: Round) -> Callable[..., Counted]:
    """counted(on=LATER): what a report of that day counts."""

    def read(on: date = LATER) -> Counted:
        return count(Reading(round_, on), at=timezone.now())

    return read


@pytest.fixture
def make_report(round_: Round, organiser: Person) -> Callable[..., Report]:
    def make(*parts: Part, words: dict[Part, str] | None = None, as_of: date = LATER) -> Report:
        return reporting.make_report(
            round=round_,
            by=organiser,
            on=LATER,
            as_of=as_of,
            title="Our first round",
            parts={part: (words or {}).get(part, "") for part in parts},
        )

    return make


@pytest.fixture
def told(version: Version, gap: Gap, say: Callable[..., Ask]) -> Ask:
    """An ask that stands on a line of Sam's story."""
    return say("Let people keep their place.", piece=gap)


@pytest.fixture
def cleared(version: Version, gap: Gap, told: Ask) -> Callable[..., Consent]:
    """cleared(): Sam says yes to this line in a report, for the partnership or another audience."""

    def yes(audience: Audience = Audience.PARTNERSHIP, use: Use = Use.REPORT) -> Consent:
        return say_yes(version, gap, audience=audience, use=use)

    return yes


def stop(yes: Consent, teller: Person, at: datetime | None = None) -> None:
    consenting.stop(yes, by=teller, at=at or timezone.now())


def read(client: Client, report: Report) -> str:
    answer = client.get(report.get_absolute_url())
    assert answer.status_code == 200
    return str(answer.content.decode())


def part(page: str, name: Part) -> str:
    """One part of the page."""
    found = re.search(rf'<section class="report-part" id="part-{name}">.*?</section>', page, re.DOTALL)
    return found[0] if found else ""


@pytest.fixture
def partners(partner: Person, signed_in_client: Callable[[Person], Client]) -> Client:
    """A partner's browser."""
    return signed_in_client(partner)
