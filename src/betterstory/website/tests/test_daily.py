"""The daily round: what falls due by itself, and nothing before its day."""

from collections.abc import Callable
from datetime import timedelta

import pytest
from django.contrib.sessions.models import Session

from betterstory.people import keys
from betterstory.people import verbs as people
from betterstory.people.models import Circle, Once, Person, Ring, Tries
from betterstory.places.models import Round
from betterstory.poolside import goodwill
from betterstory.poolside import verbs as poolside
from betterstory.poolside.models import Goodwill
from betterstory.promises import verbs as promises
from betterstory.promises.models import Ask, Reminder
from betterstory.stories import consenting, leaves
from betterstory.stories.models import Leaf, Story, Version
from betterstory.website import daily
from conftest import AT, TODAY

pytestmark = pytest.mark.django_db(transaction=True)


def test_the_daily_round_destroys_what_is_due_and_nothing_else(
    story: Story, teller: Person, monkeypatch: pytest.MonkeyPatch
) -> None:
    consenting.take_back(story, by=teller, at=AT)
    monkeypatch.setattr("django.utils.timezone.now", lambda: AT + timedelta(days=6))
    daily.make_round()
    assert keys.keyring().holds(story.key)
    monkeypatch.setattr("django.utils.timezone.now", lambda: AT + timedelta(days=8))
    daily.make_round()
    assert not keys.keyring().holds(story.key)


def test_a_leaf_that_is_missing_is_laid(version: Version, monkeypatch: pytest.MonkeyPatch) -> None:
    leaves.throw_away(version.story)
    monkeypatch.setattr("django.utils.timezone.now", lambda: AT)
    daily.make_round()
    assert Leaf.objects.get().version == version


def test_old_forms_tries_and_sessions_are_forgotten(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("django.utils.timezone.now", lambda: AT)
    for days in (1, 3):
        then = AT - timedelta(days=days)
        Once.objects.create(key=f"00000000-0000-0000-0000-00000000000{days}", who="1", path="/", sent_at=then)
        Tries.objects.create(key=f"code:{days}", since=then)
        Session.objects.create(
            session_key=f"s{days}", session_data="", expire_date=AT + timedelta(days=2 - days)
        )
    daily.make_round()
    assert [str(form.key)[-1] for form in Once.objects.all()] == ["1"]
    assert [tries.key for tries in Tries.objects.all()] == ["code:1"]
    assert [session.session_key for session in Session.objects.all()] == ["s1"]


def test_quiet_questions_are_closed_when_their_week_is_over(
    organiser: Person, welcome: Callable[..., Person], monkeypatch: pytest.MonkeyPatch
) -> None:
    table = poolside.open_poolside(name="the partners", by=organiser, at=AT, on=TODAY)
    five = [organiser, *(welcome(name) for name in ("Ann", "Bob", "Cleo", "Dee"))]
    for person in five:
        people.join(circle=table.circle, person=person, at=AT)
    later = TODAY + timedelta(days=28)
    agreement = poolside.agree(table, words="We try.", come_back_on=later, by=organiser, on=TODAY)
    poolside.come_back(
        agreement, held="Tea", not_held="Notes", changes="", next_on=later, by=organiser, on=TODAY
    )
    asked = Goodwill.objects.get()
    for person in five:
        goodwill.say(asked, words=[goodwill.Word.MOSTLY] * 3, by=person, on=TODAY)
    for days, stands in ((7, "open"), (8, "drawn")):
        moment = AT + timedelta(days=days)
        monkeypatch.setattr("django.utils.timezone.now", lambda moment=moment: moment)
        daily.make_round()
        assert Goodwill.objects.get().stands == stands


def test_the_clocks_of_promises_go_on(
    round_: Round, circle: Circle, organiser: Person, monkeypatch: pytest.MonkeyPatch
) -> None:
    """An ask from before there were clocks gets one, and whoever owes something is reminded, once."""
    monkeypatch.setattr("django.utils.timezone.now", lambda: AT)
    service = people.name_body(name="The Service", ring=Ring.LOCAL_SERVICES, by=organiser)
    post = people.name_post(body=service, title="Head", by=organiser, holder=organiser)
    told = {"of": service, "words": "Ring us.", "asked_by": circle, "asked_by_words": "the Row"}
    ask = promises.ask(round=round_, by=organiser, on=TODAY, **told)  # type: ignore[arg-type]  # a body, a circle and words
    promises.answer_yes(ask, by=organiser, on=TODAY, post=post, words="We will.", due_on=TODAY)
    Ask.objects.update(answer_by=None)
    for _again in range(2):
        daily.make_round()
    assert Ask.objects.get().answer_by is not None
    assert [each.step for each in Reminder.objects.all()] == ["today"]
