"""Who may read a report, and which lines of a story are in it: those that are cleared for it, today."""

import uuid
from collections.abc import Callable
from typing import Any

import pytest
from django.test import Client
from django.utils import timezone

from betterstory.behind.models import Pattern, Release
from betterstory.conversations.models import Insight
from betterstory.learning.models import Lesson, Part, Reach, Report, Wording
from betterstory.learning.reporting.tests.conftest import LATER, LINE, part, read, stop
from betterstory.learning.verbs import reporting as verbs
from betterstory.people.models import Person
from betterstory.places.models import Round
from betterstory.promises.models import Ask
from betterstory.promises.tests.conftest import days, say_yes
from betterstory.stories import consenting
from betterstory.stories.models import Audience, Consent, Gap, Leaving, Seen, Use, Version
from conftest import AT

Make = Callable[..., Report]


@pytest.fixture
def client(partners: Client) -> Client:
    return partners


WHO = """
    who        theirs  open  may_make
    nobody     403     200   no
    resident   403     200   no
    partner    200     200   no
    analyst    200     200   no
    organiser  200     200   yes
    steward    200     200   yes
"""


@pytest.mark.parametrize("line", WHO.strip().splitlines()[1:], ids=lambda line: line.split()[0])
def test_who_may_read_and_make(
    line: str, full: Any, make_report: Make, organiser: Person, round_: Round, request: pytest.FixtureRequest
) -> None:
    who, theirs, opened, may_make = line.split()
    report = make_report(*Part)
    person = None if who == "nobody" else request.getfixturevalue(who)
    client = request.getfixturevalue("signed_in_client")(person) if person else Client()
    pages = [report.get_absolute_url(), f"{report.get_absolute_url()}counts/kept/"]
    assert [client.get(page).status_code for page in pages] == [int(theirs)] * 2
    if theirs != "200":
        assert "Word kept." not in client.get(pages[0]).content.decode()
    verbs.open_to_anyone(report, by=organiser, on=LATER)
    assert [client.get(page).status_code for page in pages] == [int(opened)] * 2
    verbs.close(report, by=organiser)
    assert client.get(pages[0]).status_code == int(theirs)
    if person:
        new = client.get(f"/learning/rounds/{round_.pk}/reports/new/").status_code
        assert new == (200 if may_make == "yes" else 403)


def test_others_do_not_open_or_close_it(
    make_report: Make, client: Client, partner: Person, organiser: Person
) -> None:
    report = make_report()
    for verb in ("open", "close"):
        answer = client.post(f"{report.get_absolute_url()}{verb}/", {"once": str(uuid.uuid4())})
        assert answer.status_code == 403
    with pytest.raises(verbs.NotYoursToReport):
        verbs.open_to_anyone(report, by=partner, on=LATER)
    report.refresh_from_db()
    assert not report.is_open
    assert client.get(f"{report.get_absolute_url()}open/").status_code == 405


def test_a_line_is_quoted_while_its_teller_says_yes_to_a_report(
    cleared: Callable[..., Consent], make_report: Make, client: Client, teller: Person, version: Version
) -> None:
    report = make_report(Part.IN_WORDS)
    assert LINE not in read(client, report), "no yes yet"
    yes = cleared()
    assert LINE in part(read(client, report), Part.IN_WORDS)
    assert Seen.objects.filter(version=version, use=Use.REPORT).count() == 1, "its teller reads who saw it"
    stop(yes, teller)
    page = read(client, report)
    assert LINE not in page
    assert "Let people keep their place." in read(client, make_report(Part.ASKED)), "what was asked stands"


@pytest.mark.parametrize("use", [Use.QUOTE, Use.READ, Use.ELSEWHERE])
def test_another_yes_is_no_yes_to_a_report(
    use: Use, cleared: Callable[..., Consent], make_report: Make, client: Client
) -> None:
    cleared(use=use)
    assert LINE not in read(client, make_report(Part.IN_WORDS))


def test_opened_to_anyone_it_quotes_only_what_anyone_may_read(
    cleared: Callable[..., Consent], make_report: Make, organiser: Person, client: Client
) -> None:
    report = make_report(Part.IN_WORDS)
    cleared()
    verbs.open_to_anyone(report, by=organiser, on=LATER)
    assert LINE not in read(Client(), report)
    assert LINE not in read(client, report), "nor for a partner: the page is the same for all"
    cleared(audience=Audience.PUBLIC)
    assert LINE in read(Client(), report)


def test_a_numbered_copy_can_be_asked_back(
    cleared: Callable[..., Consent], make_report: Make, client: Client, teller: Person, version: Version
) -> None:
    yes, report = cleared(), make_report(Part.IN_WORDS)
    answer = client.post(f"{report.get_absolute_url()}copy/", {"once": str(uuid.uuid4())})
    left = Leaving.objects.get()
    assert answer["Location"] == f"{report.get_absolute_url()}?copy={left.number}"
    assert (left.use, left.how, left.pieces.count()) == (Use.REPORT, Leaving.How.PRINT, 1)
    assert f"Copy {left.number}" in client.get(answer["Location"]).content.decode()
    stop(yes, teller)
    assert left.recalls.count() == 1


NUMBERS = "About 120 people went the same way."


@pytest.fixture
def release(version: Version, gap: Gap) -> Release:
    """Figures of a pattern made from the gap of Sam's story."""
    pattern = Pattern.objects.create(
        name="Back of the queue", toml="", from_a_story=True, made_from=version, made_at=AT
    )
    pattern.pieces.set([gap])
    return Release.objects.create(
        number=3,
        pattern=pattern,
        figures={"headline": NUMBERS},
        source="An invented log.",
        cannot_see="Whoever never asked.",
        data_mark="x",
        released_at=AT,
    )


@pytest.mark.parametrize("on", ["the card", "the ask", "both", "the ask itself"])
def test_figures_stand_in_it_while_they_are_tied_to_the_moment_beside_them(
    on: str,
    release: Release,
    gap: Gap,
    version: Version,
    say: Callable[..., Ask],
    make_report: Make,
    client: Client,
    round_: Round,
    teller: Person,
) -> None:
    card = None
    if on != "the ask itself":
        counted = None if on == "the ask" else release
        card = Insight.objects.create(round=round_, level="trend", number=1, release=counted, added_at=AT)
        card.pieces.set([gap])
    say(
        "Keep our place.",
        insight=card,
        piece=None if card else gap,
        release=None if on == "the card" else release,
    )
    report = make_report(Part.BEHIND)
    pages = (report.get_absolute_url(), f"{report.get_absolute_url()}counts/releases/")
    yes = say_yes(version, gap, audience=Audience.PARTNERSHIP, use=Use.COUNT)
    for page in pages:
        assert NUMBERS in client.get(page).content.decode()
    consenting.stop(yes, by=teller, at=timezone.now())
    for page in pages:
        assert NUMBERS not in client.get(page).content.decode()
    say("Look at this.", release=release)
    for page in pages:
        assert NUMBERS in client.get(page).content.decode(), "beside no moment they point at nobody"


WORSE = "People on nights could not come."


@pytest.fixture
def lesson(round_: Round) -> Lesson:
    made = Lesson.objects.create(round=round_, written_on=days(20))
    Wording.objects.create(
        lesson=made,
        number=1,
        tried="Evenings.",
        saw="A full hall.",
        worse=WORSE,
        now="Mornings too.",
        on=days(20),
    )
    return made


def test_what_got_worse_is_in_every_report(lesson: Lesson, make_report: Make, client: Client) -> None:
    assert WORSE in part(read(client, make_report()), Part.LEFT_OUT)
    assert WORSE not in read(client, make_report(as_of=days(19))), "it was not written yet"
    assert client.get(f"{make_report().get_absolute_url()}counts/worse/").status_code == 200


def test_words_of_a_lesson_are_those_of_that_day(lesson: Lesson, make_report: Make, client: Client) -> None:
    Wording.objects.create(
        lesson=lesson, number=2, tried="x", saw="x", worse="And no bus ran.", now="x", on=days(30)
    )
    Lesson.objects.update(version=2)
    assert WORSE in read(client, make_report(as_of=days(29)))
    page = read(client, make_report())
    assert "And no bus ran." in page
    assert WORSE not in page


def test_a_lesson_for_the_partnership_is_not_in_what_anyone_may_read(
    lesson: Lesson, make_report: Make, organiser: Person
) -> None:
    report = make_report()
    verbs.open_to_anyone(report, by=organiser, on=LATER)
    assert WORSE not in read(Client(), report)
    Lesson.objects.update(reach=Reach.ANYONE)
    assert WORSE in read(Client(), report)


def test_words_that_were_taken_out_are_gone(lesson: Lesson, make_report: Make, client: Client) -> None:
    Wording.objects.update(taken_out_on=days(50))
    assert WORSE not in read(client, make_report())
