"""The daily round: what falls due by itself, and nothing before its day."""

from datetime import timedelta

import pytest
from django.contrib.sessions.models import Session

from betterstory.people import keys
from betterstory.people.models import Once, Person, Tries
from betterstory.stories import consenting
from betterstory.stories.models import Story
from betterstory.website import daily
from conftest import AT

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
