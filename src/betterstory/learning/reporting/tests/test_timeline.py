"""The timeline: what happened, who was absent as posts alone, and a table that runs nothing."""

import csv
import io
import re
import uuid
from collections.abc import Callable
from datetime import date, timedelta
from typing import Any

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from betterstory.conversations.models import Gathering, Guest, Side
from betterstory.learning.models import Spent
from betterstory.learning.reporting import river
from betterstory.learning.reporting.tests.conftest import LATER, LINE, stop
from betterstory.learning.reporting.timeline import MET, Moment, Timeline, timeline_of
from betterstory.learning.verbs import typing_in
from betterstory.people import verbs as people
from betterstory.people.models import Circle, Part, Person, Post, Ring, Role
from betterstory.places.models import Round
from betterstory.poolside.models import Poolside
from betterstory.promises.models import Ask
from betterstory.promises.tests.conftest import days
from betterstory.stories.models import Consent, Leaving, Seen, Use
from betterstory.stories.rules import PARTNERS
from conftest import AT

SignIn = Callable[[Person], Client]


@pytest.fixture
def client(partner: Person, signed_in_client: SignIn) -> Client:
    return signed_in_client(partner)


def read(client: Client, round_: Round, more: str = "") -> str:
    answer = client.get(f"/learning/rounds/{round_.pk}/timeline/{more}")
    assert answer.status_code == 200
    return str(answer.content.decode())


def table(client: Client, round_: Round) -> str:
    answer = client.post(f"/learning/rounds/{round_.pk}/timeline/table/", {"once": str(uuid.uuid4())})
    assert answer.status_code == 200
    assert answer.content.startswith(b"\xef\xbb\xbf"), "the mark that tells a spreadsheet it is UTF-8"
    return str(answer.content.decode("utf-8-sig"))


def moments(round_: Round, looks: Person, on: date = LATER) -> Timeline:
    return timeline_of(
        round_, viewer=PARTNERS, looks=looks, on=on, at=AT + timedelta(days=100), is_partner=True
    )


@pytest.fixture
def met(round_: Round, room: Circle, organiser: Person) -> Gathering:
    return Gathering.objects.create(
        round=round_,
        title="Making the plan",
        at=AT + timedelta(days=14),
        where="The hall",
        circle=room,
        called_by=organiser,
    )


def ask_to(
    met: Gathering, name: str, side: Side, *, comes: bool = False, person: Person | None = None
) -> Guest:
    reply = Guest.Reply.COMING if comes else Guest.Reply.NOT_COMING
    return Guest.objects.create(
        gathering=met, first_name=name, side=side, ring=Ring.COMMUNITY, person=person, reply=reply
    )


def test_everything_is_there_in_order(full: Any, met: Gathering, round_: Round, organiser: Person) -> None:
    told = moments(round_, organiser)
    said = [f"{each.what} {each.said} {each.note}" for each in told.moments]
    for words in (
        "asked: Ask yes.",
        "The Talking Service said yes.",
        "said no, because: No driver for it.",
        "passed it on to Aldermouth Council",
        "No answer yet, 100 days on.",
        "promised the people of 14 July: Word kept.",
        "made again, by 22 January 2027: The boiler.",
        "kept. Seen kept.",
        "nobody has said how it turned out: Word late.",
        "We met: Making the plan",
        "£1,200.50, voluntary groups",
    ):
        assert any(words in each for each in said), words
    assert [each.on for each in told.moments] == sorted(each.on for each in told.moments)


def test_who_was_absent_is_a_post_or_a_partner(
    met: Gathering, round_: Round, helen: Person, head: Post, organiser: Person
) -> None:
    ask_to(met, "Helen", Side.SERVICE, person=helen)
    ask_to(met, "Gareth", Side.SERVICE)
    ask_to(met, "Maureen", Side.RESIDENT)
    ask_to(met, "Femi", Side.SERVICE, comes=True)
    went = [each.what for each in moments(round_, organiser).moments if each.lane == "went"]
    assert sorted(went) == [
        "A partner did not come to “Making the plan”.",
        "Head of the service, The Talking Service did not come to “Making the plan”.",
    ]


def test_of_a_gathering_to_come_nobody_is_absent_yet(
    met: Gathering, round_: Round, helen: Person, head: Post, organiser: Person
) -> None:
    ask_to(met, "Helen", Side.SERVICE, person=helen)
    assert not [each for each in moments(round_, organiser, on=days(13)).moments if each.lane == "went"]


def test_who_left_a_poolside_circle_is_told_round_it_alone(
    round_: Round, helen: Person, head: Post, lynda: Person, organiser: Person, steward: Person
) -> None:
    circle = people.open_circle(name="round the table", kind=Circle.Kind.POOLSIDE)
    for person in (helen, lynda, organiser):
        people.join(circle=circle, person=person, at=AT)
    Poolside.objects.create(circle=circle, round=round_, key=uuid.uuid4(), begun_on=days(0))
    circle.memberships.exclude(person=organiser).update(left_at=AT + timedelta(days=9))
    organiser.read_again()
    told = [each.what for each in moments(round_, organiser).moments]
    assert told == ["Head of the service, The Talking Service left the poolside circle."]
    assert moments(round_, steward).moments == [], "who does not sit round it reads nothing of it"


def test_a_partner_who_left_the_partnership(round_: Round, helen: Person, organiser: Person) -> None:
    Part.objects.filter(person=helen, role=Role.PARTNER).update(left_on=days(40))
    Part.objects.create(person=organiser, role=Role.RESIDENT, joined_on=days(0), left_on=days(41))
    assert [each.what for each in moments(round_, organiser).moments] == ["A partner left the partnership."]


def test_residents_read_the_timeline_without_who_was_absent(
    met: Gathering, full: Any, round_: Round, helen: Person, lynda: Person, signed_in_client: SignIn
) -> None:
    ask_to(met, "Helen", Side.SERVICE, person=helen)
    page = read(signed_in_client(lynda), round_)
    assert "Word kept." in page
    assert "did not come" not in page
    assert "did not come" in read(signed_in_client(helen), round_)
    answer = signed_in_client(lynda).post(
        f"/learning/rounds/{round_.pk}/timeline/table/", {"once": str(uuid.uuid4())}
    )
    assert answer.status_code == 403
    assert Client().get(f"/learning/rounds/{round_.pk}/timeline/").status_code == 302


def test_nobody_is_named(met: Gathering, full: Any, round_: Round, helen: Person, client: Client) -> None:
    ask_to(met, "Maureen", Side.RESIDENT)
    ask_to(met, "Helen", Side.SERVICE, person=helen)
    main = read(client, round_).split("<main")[1]
    for name in ("Helen", "Maureen", "Lynda", "Nasreen"):
        assert name not in main
        assert name not in table(client, round_)


def test_a_line_goes_from_timeline_and_table_the_moment_its_teller_stops_it(
    cleared: Callable[..., Consent], round_: Round, client: Client, teller: Person, partner: Person
) -> None:
    assert LINE not in read(client, round_)
    assert LINE not in table(client, round_)
    yes = cleared()
    assert LINE in read(client, round_)
    assert LINE in table(client, round_)
    left = Leaving.objects.get()
    assert (left.how, left.use) == (Leaving.How.EXPORT, Use.REPORT)
    assert Seen.objects.filter(person=partner, use=Use.REPORT).exists()
    stop(yes, teller)
    assert LINE not in read(client, round_)
    assert LINE not in table(client, round_)
    assert "Let people keep their place." in read(client, round_), "what was asked stands"
    assert left.recalls.count() == 1, "the file that left is asked back"


def test_a_resident_reads_no_line_that_is_for_the_partnership(
    cleared: Callable[..., Consent], round_: Round, lynda: Person, teller: Person, signed_in_client: SignIn
) -> None:
    cleared()
    assert LINE not in read(signed_in_client(lynda), round_)
    assert LINE in read(signed_in_client(teller), round_), "their own"


def test_the_table_runs_nothing_and_says_its_format(
    round_: Round, say: Callable[..., Ask], spend: Callable[..., Spent], client: Client
) -> None:
    for words in ("=1+1", "+44", "-2", "@x", "\uff1dA1", "=HYPERLINK(1)"):
        say(words)
        spend(hours="1", what_for=words)
    rows = list(csv.reader(io.StringIO(table(client, round_))))
    assert rows[0][0] == "format"
    assert {row[0] for row in rows[1:]} == {"1"}
    assert len(rows) == 13
    for cell in (cell for row in rows for cell in row):
        assert not re.match(r"\s*[=+\-@\uff1d]", cell), cell


def test_the_table_holds_what_the_page_holds(full: Any, round_: Round, client: Client) -> None:
    page, rows = read(client, round_), list(csv.reader(io.StringIO(table(client, round_))))[1:]
    assert page.count("<dd>") == len(rows)
    assert sum(float(row[10] or 0) for row in rows) == 1220.5


def test_a_long_round_goes_over_pages(
    round_: Round, say: Callable[..., Ask], client: Client, partner: Person
) -> None:
    for day in range(100):
        say(f"Ask number {day}.", on=days(day))
    first, second = read(client, round_), read(client, round_, "?page=2")
    assert first.count("<dd>") + second.count("<dd>") == 100
    assert "?page=2" in first
    for odd in ("?page=99", "?page=0", "?page=x", "?page=²"):
        assert "<dd>" in read(client, round_, odd)
    assert len(first.encode()) < 60_000


def test_a_timeline_asks_the_database_little(
    full: Any, met: Gathering, cleared: Callable[..., Consent], round_: Round, client: Client
) -> None:
    cleared()
    read(client, round_)
    with CaptureQueriesContext(connection) as queries:
        read(client, round_)
    assert len(queries) <= 12


def test_a_round_with_nothing_in_it(round_: Round, client: Client) -> None:
    assert "Nothing has happened in this round yet" in read(client, round_)
    assert len(table(client, round_).splitlines()) == 1
    assert client.get("/learning/rounds/999/timeline/").status_code == 404


# the days of what happened, the day it is today: how many marks, how many months
RIVERS = """
    2026-07-06                        2026-07-06  1  3
    2026-07-06 2026-07-10             2026-10-01  1  4
    2026-07-06 2026-07-20             2026-10-01  2  4
    2026-07-06 2026-08-06 2026-12-31  2026-12-31  3  6
    2025-01-01 2026-12-31             2026-12-31  2  24
"""


@pytest.mark.parametrize("line", RIVERS.strip().splitlines(), ids=str.strip)
def test_the_river_has_a_mark_for_each_half_month(line: str) -> None:
    *dates, on, marks, months = line.split()
    happened = [Moment(date.fromisoformat(each), MET, "We met:") for each in dates]
    drawn = river.lay_out(happened, began_on=date.fromisoformat(dates[0]), on=date.fromisoformat(on))
    lane = next(each for each in drawn.lanes if each.name == MET)
    assert len(lane.marks) == int(marks)
    assert sum(mark.many for mark in lane.marks) == len(dates)
    assert all(drawn.left < mark.x < drawn.right for mark in lane.marks)
    assert len(drawn.months) <= int(months)
    gaps = [later.x - month.x for month, later in zip(drawn.months, drawn.months[1:], strict=False)]
    assert min(gaps, default=99) >= 33, "names of months do not touch"


def test_what_is_announced_stands_in_the_list_and_not_in_the_picture(
    round_: Round, organiser: Person, client: Client
) -> None:
    when = LATER + timedelta(days=40)
    typing_in.write_outside(round=round_, by=organiser, on=LATER, when=when, words="The library closes.")
    page = read(client, round_)
    assert "Announced: The library closes." in page
    assert f'id="m-{when:%Y-%m}"' in page
    drawn = river.lay_out(moments(round_, organiser).moments, began_on=round_.began_on, on=LATER)
    assert [lane.name for lane in drawn.lanes if lane.marks] == []
