"""Coming back, one question at a time; the day in a calendar and on paper; who left, and days gone by."""

import uuid
from collections.abc import Callable
from datetime import date, datetime, timedelta
from typing import Any

import pytest
from django.test import Client

from betterstory.people import verbs as people
from betterstory.people.models import Person
from betterstory.poolside import showing, verbs
from betterstory.poolside.models import Agreement, Goodwill, Poolside, Return
from conftest import AT, TODAY

SignIn = Callable[[Person], Client]
SOON = TODAY + timedelta(days=28)
STEPS = {"held": "We rang.", "not_held": "We were late.", "changes": "", "next_on": str(SOON)}


@pytest.fixture(autouse=True)
def _clock(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("django.utils.timezone.now", lambda: AT)


@pytest.fixture
def sam(teller: Person, poolside: Poolside, signed_in_client: SignIn) -> Client:
    return signed_in_client(teller)


@pytest.fixture
def here(poolside: Poolside) -> str:
    return f"/poolside/{poolside.pk}/"


def send(client: Client, url: str, **data: Any) -> Any:
    return client.post(url, {"once": str(uuid.uuid4()), **data})


def text(response: Any) -> str:
    return str(response.content.decode())


def at(day: date) -> datetime:
    return AT + (day - TODAY)


def test_one_question_a_page_and_nothing_written_before_the_last(
    sam: Client, here: str, agreement: Agreement
) -> None:
    url = f"{here}agreement/come-back/"
    page = text(sam.get(url))
    said: dict[str, str] = {}
    for number, (name, words) in enumerate(STEPS.items(), start=1):
        assert f"Step {number} of 4." in page
        assert page.count('class="field') == 1, "one question"
        assert 'class="put-right"' not in page
        for earlier, was in said.items():
            assert f'name="{earlier}" value="{was}"' in page, "carried along"
        assert not Return.objects.exists()
        said[name] = words
        answer = send(sam, url, step=name, **said)
        page = text(answer)
    assert answer["Location"] == here
    back = showing.everything_agreed(agreement.poolside, Person.objects.get(name="Sam"), [], on=TODAY)[0].last
    assert back is not None
    assert (back.held, back.not_held, back.changes, back.record.next_on) == (
        "We rang.",
        "We were late.",
        "",
        SOON,
    )


def test_one_step_back_keeps_what_was_said(sam: Client, here: str, agreement: Agreement) -> None:
    page = text(
        send(sam, f"{here}agreement/come-back/", step="not_held", held="We rang.", not_held="Late", back="1")
    )
    assert "Step 1 of 4." in page
    assert ">\nWe rang.</textarea>" in page
    assert 'name="not_held" value="Late"' in page


@pytest.mark.parametrize(
    ("step", "sent", "says", "number"),
    [
        ("held", {}, "Please fill this in.", 1),
        ("held", {"held": "la " * 7000}, "too long", 1),
        ("not_held", {"held": "We rang."}, "Please fill this in.", 2),
        ("changes", {"held": "We rang."}, "Please fill this in.", 2),
        ("next_on", {**STEPS, "next_on": "2020-01-01"}, "after today", 4),
        ("next_on", {**STEPS, "next_on": "32 July"}, "not a date we can read", 4),
        ("next_on", {**STEPS, "held": ""}, "Please fill this in.", 1),
    ],
)
def test_a_step_that_will_not_do_is_shown_again_and_the_rest_is_kept(
    sam: Client, here: str, agreement: Agreement, step: str, sent: dict[str, str], says: str, number: int
) -> None:
    answer = send(sam, f"{here}agreement/come-back/", step=step, **sent)
    page = text(answer)
    assert answer.status_code == 422
    assert says in page
    assert f"Step {number} of 4." in page
    for name in ("held", "not_held"):
        if sent.get(name):
            assert sent[name].strip() in page
    assert not Return.objects.exists()


def test_a_step_nobody_knows_is_taken_as_the_whole(sam: Client, here: str, agreement: Agreement) -> None:
    assert send(sam, f"{here}agreement/come-back/", step="all", **STEPS)["Location"] == here
    assert Return.objects.count() == 1


def test_from_five_up_the_quiet_questions_come_next(
    sam: Client, here: str, agreement: Agreement, welcome: Callable[..., Person], poolside: Poolside
) -> None:
    for name in ("Ann", "Bob"):
        people.join(circle=poolside.circle, person=welcome(name), at=AT)
    answer = send(sam, f"{here}agreement/come-back/", step="next_on", **STEPS)
    assert answer["Location"] == f"{here}quiet/"
    page = text(sam.get(f"{here}quiet/"))
    for words in ("I can say what I think.", "We keep our word to each other.", "I am clear why I am here."):
        assert words in page
    missing = send(sam, f"{here}quiet/", quiet_0="3", quiet_1="9")
    assert missing.status_code == 422
    before = bytes(Goodwill.objects.get().urn_sealed)
    form = {"once": str(uuid.uuid4()), "quiet_0": "3", "quiet_1": "4", "quiet_2": "1"}
    first, second = (sam.post(f"{here}quiet/", form) for _press in range(2))
    assert first["Location"] == second["Location"] == here
    assert bytes(Goodwill.objects.get().urn_sealed) != before
    assert sam.get(f"{here}quiet/")["Location"] == f"{here}goodwill/", "answered"
    late = send(sam, f"{here}quiet/", quiet_0="3", quiet_1="4", quiet_2="1")
    assert late.status_code == 409
    line = text(sam.get(f"{here}goodwill/"))
    assert "still open" in line
    assert "<circle" not in line
    assert "Answer for yourself" not in text(sam.get(here))


def test_the_calendar_file_moves_the_same_event(
    sam: Client, here: str, agreement: Agreement, teller: Person, poolside: Poolside
) -> None:
    first = text(sam.get(f"{here}agreement/come-back.ics"))
    verbs.skip(agreement, why="Half are ill.", next_on=SOON + timedelta(days=7), by=teller, on=TODAY)
    moved = sam.get(f"{here}agreement/come-back.ics")
    assert moved["Content-Type"].startswith("text/calendar")
    second = text(moved)
    uid = f"UID:poolside-{poolside.uuid}@better-story\r\n"
    assert uid in first.replace("\r\n ", "")
    assert uid in second.replace("\r\n ", "")
    assert ("SEQUENCE:1\r\n" in first, "SEQUENCE:2\r\n" in second) == (True, True)
    assert "DTSTART;VALUE=DATE:20260803\r\n" in first
    assert "DTSTART;VALUE=DATE:20260810\r\n" in second
    assert "TRIGGER:-PT12H" in first
    for name in ("Tanners", "Sam", "Helen", "each other first", "ill"):
        assert name not in second, "calendars are read over shoulders"
    assert all(len(line.encode()) <= 75 for line in second.split("\r\n"))


def test_there_is_no_day_before_an_agreement(sam: Client, here: str) -> None:
    for way in ("come-back.ics", "check-in/", "come-back/"):
        assert sam.get(f"{here}agreement/{way}")["Location"] == here


def test_the_check_in_prints_with_room_to_write(sam: Client, here: str, agreement: Agreement) -> None:
    sheet = text(sam.get(f"{here}agreement/check-in/"))
    assert "We say it to each other first." in sheet
    assert "What held?" in sheet
    assert "I can say what I think." in sheet


def test_who_left_is_seen_with_the_day_on_the_table_and_under_the_agreement(
    sam: Client, here: str, agreement: Agreement, poolside: Poolside, partner: Person, organiser: Person
) -> None:
    verbs.sign(agreement, by=partner, on=TODAY)
    for person, day in ((partner, 3), (organiser, 5)):
        people.leave(circle=poolside.circle, person=person, at=AT + timedelta(days=day), by=person)
    page = text(sam.get(here))
    assert "No longer round the table" in page
    assert page.count("Left on Thursday 9 July.") == 2, "Helen: at the table, and under the words she signed"
    assert page.count("Left on Saturday 11 July.") == 1
    assert "Left on Saturday 11 July, without a name under it." in page
    earlier = text(sam.get(f"{here}agreement/earlier/"))
    assert "Helen (left on Thursday 9 July)" in earlier
    assert "Nasreen (Saturday 11 July)" in earlier


def test_who_comes_back_to_the_table_is_no_longer_gone(
    sam: Client, here: str, poolside: Poolside, partner: Person
) -> None:
    people.leave(circle=poolside.circle, person=partner, at=AT, by=partner)
    people.join(circle=poolside.circle, person=partner, at=AT)
    assert showing.round_the_table(poolside)[1] == []
    assert "No longer round the table" not in text(sam.get(here))


def test_who_left_twice_is_named_once_with_the_latest_day(poolside: Poolside, partner: Person) -> None:
    for day in (1, 4):
        people.join(circle=poolside.circle, person=partner, at=at(TODAY + timedelta(days=day - 1)))
        people.leave(circle=poolside.circle, person=partner, at=at(TODAY + timedelta(days=day)), by=partner)
    (gone,) = showing.round_the_table(poolside)[1]
    assert (gone.name, gone.on) == ("Helen", TODAY + timedelta(days=4))


def test_a_day_that_went_by_with_nothing_said_stands_as_such(
    sam: Client, here: str, agreement: Agreement, teller: Person
) -> None:
    verbs.come_back(
        agreement,
        held="All",
        not_held="None",
        changes="",
        next_on=SOON + timedelta(days=40),
        by=teller,
        on=SOON + timedelta(days=12),
    )
    for way in ("", "agreement/earlier/"):
        assert "went by with nothing said, for 12 days." in text(sam.get(f"{here}{way}"))


def test_a_day_that_went_by_before_new_words_stands_too(
    sam: Client, here: str, agreement: Agreement, teller: Person, poolside: Poolside
) -> None:
    late = SOON + timedelta(days=3)
    verbs.agree(poolside, words="Anew.", come_back_on=late + timedelta(days=28), by=teller, on=late, after=1)
    page = text(sam.get(f"{here}agreement/earlier/"))
    assert page.count("That day went by with nothing said.") == 1
    assert "come back to these words on Monday 3 August" in page


def test_new_words_in_time_leave_no_silence(
    sam: Client, here: str, agreement: Agreement, teller: Person, poolside: Poolside
) -> None:
    verbs.agree(poolside, words="Anew.", come_back_on=SOON, by=teller, on=TODAY, after=1)
    assert "went by" not in text(sam.get(f"{here}agreement/earlier/"))


def test_somebody_outside_and_a_leaver_find_none_of_it(
    here: str,
    agreement: Agreement,
    poolside: Poolside,
    partner: Person,
    steward: Person,
    signed_in_client: SignIn,
) -> None:
    people.leave(circle=poolside.circle, person=partner, at=AT, by=partner)
    for person in (partner, steward):
        client = signed_in_client(person)
        for way in ("agreement/come-back.ics", "agreement/check-in/", "quiet/", "goodwill/", "repair/"):
            assert client.get(f"{here}{way}").status_code == 404
        assert send(client, f"{here}quiet/", quiet_0=1, quiet_1=1, quiet_2=1).status_code == 404
        assert send(client, f"{here}agreement/come-back/", step="next_on", **STEPS).status_code == 404
    assert not Return.objects.exists()
