"""Reminders: once for each step, inside its days, to whoever keeps it now, and with no words of anybody."""

import logging
import uuid
from collections.abc import Callable
from datetime import date, datetime, timedelta

import pytest
from django.core import mail
from django.test import Client
from django.utils.timezone import make_aware

from betterstory.conversations.text_message import weigh
from betterstory.people import verbs as people
from betterstory.people.models import Person, Post
from betterstory.people.tests.conftest import AtOnce, at_once
from betterstory.people.verbs import NotYours
from betterstory.promises import verbs
from betterstory.promises.models import Channel, HowReminded, Promise, Reminder, Verdict
from betterstory.promises.pages.reminders import text_of
from betterstory.promises.tests.conftest import SEPTEMBER, WORDS
from betterstory.promises.verbs.reminding import waiting
from conftest import TODAY

__all__ = ["at_once"]  # a fixture
SignIn = Callable[[Person], Client]
DAY = timedelta(days=1)
STEPS = """
day         letters  about
2026-07-06  0        nothing: eight weeks before
2026-08-24  0        eight days before
2026-08-25  1        its day comes
2026-08-26  0        told already
2026-09-01  1        its day is here
2026-09-02  1        its day is past
2026-09-08  0        told already, on the last day of its grace
2026-09-09  0        late: nobody prompts for ever
2027-03-01  0        nor years later
"""


def at(day: date) -> datetime:
    return make_aware(datetime(day.year, day.month, day.day, 9))


@pytest.fixture
def helens_letters(helen: Person) -> Person:
    people.keep_address(helen, email="helen@service.example")
    return Person.objects.get(pk=helen.pk)


def test_each_step_is_told_once_inside_its_days(promise: Promise, helens_letters: Person) -> None:
    for line in STEPS.strip().splitlines()[1:]:
        day, letters, about = line.split(maxsplit=2)
        mail.outbox.clear()
        for _again in range(2):  # the round comes every hour
            verbs.remind(at=at(date.fromisoformat(day)))
        assert len(mail.outbox) == int(letters), f"{day} {about}"


def test_the_letter_and_the_log_hold_no_words_and_no_name(
    promise: Promise, helens_letters: Person, caplog: pytest.LogCaptureFixture
) -> None:
    caplog.set_level(logging.DEBUG)
    verbs.remind(at=at(SEPTEMBER))
    [letter] = mail.outbox
    assert letter.to == ["helen@service.example"]
    assert f"/promises/{promise.pk}/" in letter.body
    for word in (WORDS, "One missed visit", "Helen", "helen@"):
        assert word not in f"{letter.body} {letter.subject}"
        assert word not in caplog.text


def test_a_clock_set_back_sends_nothing_twice(promise: Promise, helens_letters: Person) -> None:
    for day in (SEPTEMBER, SEPTEMBER - 3 * DAY, SEPTEMBER):
        verbs.remind(at=at(day))
    assert sorted(Reminder.objects.values_list("step", flat=True)) == ["soon", "today"]
    assert len(mail.outbox) == 2


@pytest.mark.django_db(transaction=True)
def test_two_rounds_at_once_send_one(
    promise: Promise, helens_letters: Person, at_once: AtOnce, monkeypatch: pytest.MonkeyPatch
) -> None:
    sent: list[object] = []

    def send(*told: object) -> int:
        sent.append(told)
        return 1

    monkeypatch.setattr("betterstory.promises.verbs.reminding.send_mail", send)
    at_once(*[lambda: verbs.remind(at=at(SEPTEMBER))] * 6)
    assert len(sent) == 1


def test_a_letter_that_could_not_go_waits_for_the_next_round(
    promise: Promise, helens_letters: Person, monkeypatch: pytest.MonkeyPatch
) -> None:
    with monkeypatch.context() as late:

        def closed(*_told: object) -> int:
            raise ConnectionRefusedError

        late.setattr("betterstory.promises.verbs.reminding.send_mail", closed)
        assert verbs.remind(at=at(SEPTEMBER)) == 0
    assert verbs.remind(at=at(SEPTEMBER)) == 1


def test_never_to_somebody_who_left_and_to_the_new_holder_instead(
    promise: Promise,
    head: Post,
    helens_letters: Person,
    organiser: Person,
    welcome: Callable[..., Person],
) -> None:
    verbs.remind(at=at(SEPTEMBER - 2 * DAY))
    mail.outbox.clear()
    new = welcome("Ola", "partner", "ola@service.example")
    people.hand_over(head, to=new, by=organiser, on=TODAY)
    verbs.remind(at=at(SEPTEMBER))
    assert [letter.to for letter in mail.outbox] == [["ola@service.example"]]
    mail.outbox.clear()
    people.hand_over(head, to=None, by=organiser, on=TODAY)
    verbs.remind(at=at(SEPTEMBER + DAY))
    assert mail.outbox == []


def test_a_text_for_somebody_who_handed_over_is_nobodys(
    promise: Promise, head: Post, helen: Person, organiser: Person
) -> None:
    verbs.choose_reminders(helen, by=helen, channel=Channel.TEXT, number="07700 900123")
    verbs.remind(at=at(SEPTEMBER))
    assert len(waiting(SEPTEMBER)) == 1
    people.hand_over(head, to=None, by=organiser, on=TODAY)
    assert waiting(SEPTEMBER) == []


def test_who_plays_no_part_here_any_more_is_left_in_peace(
    promise: Promise, helens_letters: Person, steward: Person
) -> None:
    people.end_part(helens_letters.parts.get(), by=steward, on=TODAY)
    verbs.remind(at=at(SEPTEMBER))
    assert mail.outbox == []
    assert not Reminder.objects.exists()


def test_what_is_judged_is_prompted_no_more(promise: Promise, helens_letters: Person, lynda: Person) -> None:
    verbs.judge(promise, by=lynda, on=TODAY, verdict=Verdict.KEPT)
    verbs.remind(at=at(SEPTEMBER))
    assert mail.outbox == []


def test_a_new_day_is_told_anew(promise: Promise, helens_letters: Person, lynda: Person) -> None:
    verbs.remind(at=at(SEPTEMBER))
    later = SEPTEMBER + 30 * DAY
    again = verbs.ask_for_time(promise, by=helens_letters, on=SEPTEMBER, due_on=later, because="Late.")
    verbs.make_again(again, by=lynda, on=SEPTEMBER)
    mail.outbox.clear()
    verbs.remind(at=at(later))
    assert len(mail.outbox) == 1


def test_before_an_election_nobody_is_prompted(
    promise: Promise, head: Post, helens_letters: Person, organiser: Person
) -> None:
    days = (SEPTEMBER - DAY, SEPTEMBER + 9 * DAY)
    verbs.hold(head.body, posts=[head], from_on=days[0], until_on=days[1], by=organiser, on=TODAY)
    verbs.remind(at=at(SEPTEMBER))
    assert mail.outbox == []
    verbs.remind(at=at(days[1] + DAY))
    assert len(mail.outbox) == 1, "in the grace, which went on after it"


def test_what_was_written_down_in_the_room_is_asked_about(
    ask: object, head: Post, organiser: Person, helens_letters: Person
) -> None:
    verbs.answer_yes(ask, by=organiser, on=TODAY, post=head, words=WORDS, due_on=SEPTEMBER)  # type: ignore[arg-type]  # an ask
    verbs.remind(at=at(TODAY + DAY))
    assert [each.step for each in Reminder.objects.all()] == ["confirm"]
    assert "say whether it stands" in mail.outbox[0].body


# -- by text and on paper


def test_somebody_without_an_address_is_reminded_on_paper(promise: Promise) -> None:
    verbs.remind(at=at(SEPTEMBER))
    assert Reminder.objects.get().channel == Channel.PRINT
    assert mail.outbox == []


def test_a_text_is_one_message_and_holds_no_words(promise: Promise, helen: Person, settings: object) -> None:
    settings.URL = "https://better-story.aldermouth.example"  # type: ignore[attr-defined]  # the tests' settings
    verbs.choose_reminders(helen, by=helen, channel=Channel.TEXT, number="07700 900123")
    for day in (SEPTEMBER - DAY, SEPTEMBER, SEPTEMBER + DAY):
        verbs.remind(at=at(day))
    for reminder in Reminder.objects.all():
        words = text_of(reminder)
        weighed = weigh(words)
        assert weighed.many <= weighed.most == 160, words
        assert "missed visit" not in words


@pytest.mark.parametrize("number", ["", "abc", "123", "1" * 16])
def test_a_text_needs_a_number(number: str, helen: Person) -> None:
    with pytest.raises(verbs.NumberNeeded):
        verbs.choose_reminders(helen, by=helen, channel=Channel.TEXT, number=number)
    assert not HowReminded.objects.exists()


def test_an_e_mail_needs_an_address_and_nobody_chooses_for_another(helen: Person, lynda: Person) -> None:
    with pytest.raises(verbs.AddressNeeded):
        verbs.choose_reminders(helen, by=helen, channel=Channel.EMAIL)
    with pytest.raises(NotYours):
        verbs.choose_reminders(helen, by=lynda, channel=Channel.TEXT, number="07700 900123")
    assert not HowReminded.objects.exists()


def test_the_number_lies_sealed(helen: Person) -> None:
    verbs.choose_reminders(helen, by=helen, channel=Channel.TEXT, number="07700 900123")
    [row] = HowReminded.objects.extra(select={"raw": "number"}).values_list("raw", flat=True)
    assert "900123" not in row
    assert HowReminded.objects.get().number == "07700900123"


def test_an_organiser_gives_them_by_hand_and_each_once(
    promise: Promise,
    helen: Person,
    lynda: Person,
    organiser: Person,
    signed_in_client: SignIn,
    place: object,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr("django.utils.timezone.now", lambda: at(SEPTEMBER))
    verbs.choose_reminders(helen, by=helen, channel=Channel.TEXT, number="07700 900123")
    verbs.remind(at=at(SEPTEMBER))
    assert signed_in_client(lynda).get("/promises/reminders/").status_code == 403
    browser = signed_in_client(organiser)
    page = browser.get("/promises/reminders/").text
    assert "07700900123" in page
    assert "letters: one message." in page
    browser.post(f"/promises/reminders/{Reminder.objects.get().pk}/given/", {"once": str(uuid.uuid4())})
    page = browser.get("/promises/reminders/").text
    assert "Nobody is to be reminded by hand today." in page
    assert f"by text message, by {organiser.name}, " in page, "it is kept who sent it, and when"
    assert "nothing here can send one" in page
    assert Reminder.objects.get().given_by == organiser


def test_slips_are_printed_for_those_who_like_paper(
    promise: Promise,
    organiser: Person,
    signed_in_client: SignIn,
    place: object,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr("django.utils.timezone.now", lambda: at(SEPTEMBER))
    verbs.remind(at=at(SEPTEMBER))
    page = signed_in_client(organiser).get("/promises/reminders/print/").text
    assert WORDS in page
    assert "Helen" not in page.split("<main")[1], "a post, not a person"
