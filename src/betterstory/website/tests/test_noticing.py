"""What was noticed becomes a sentence for a gathering, or an ask; and says so from then on."""

import uuid
from collections.abc import Callable
from datetime import timedelta
from typing import Any

import pytest
from django.test import Client

from betterstory.conversations import verbs as conversations
from betterstory.conversations.models import Gathering, Statement
from betterstory.immersion import verbs
from betterstory.immersion.models import Became, Notice
from betterstory.people import verbs as people
from betterstory.people.models import Person, Ring
from betterstory.places import verbs as places
from betterstory.places.models import Neighbourhood, Round
from betterstory.poolside import repairing
from betterstory.poolside import verbs as poolside
from betterstory.promises.models import Ask
from betterstory.stories.models import Story
from conftest import AT, TODAY

SignIn = Callable[[Person], Client]
WORDS = "The lamp on the bridge is out."


@pytest.fixture(autouse=True)
def _clock(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("django.utils.timezone.now", lambda: AT)


@pytest.fixture
def noticed(neighbourhood: Neighbourhood, partner: Person) -> Notice:
    return verbs.notice(
        neighbourhood=neighbourhood, words=WORDS, where="the lock", on=TODAY, by=partner, today=TODAY
    )


@pytest.fixture
def gathering(round_: Round, organiser: Person) -> Gathering:
    return conversations.call_gathering(
        round=round_,
        kind=Gathering.Kind.HEARING,
        title="The first evening",
        when=AT + timedelta(days=8),
        where="the hall",
        by=organiser,
        at=AT,
    )


def post(client: Client, url: str, **data: Any) -> Any:
    return client.post(url, {"once": str(uuid.uuid4()), **data})


def text(response: Any) -> str:
    return str(response.content.decode())


def test_it_becomes_a_sentence(
    noticed: Notice, gathering: Gathering, organiser: Person, signed_in_client: SignIn
) -> None:
    nasreen, url = signed_in_client(organiser), f"/immersion/notices/{noticed.pk}/"
    assert url in text(nasreen.get("/immersion/tanners-row/noticed/"))
    assert WORDS in text(nasreen.get(url))
    assert not Statement.objects.exists()
    post(nasreen, url, gathering=gathering.pk, words="The bridge needs a lamp.")
    assert [each.words for each in Statement.objects.all()] == ["The bridge needs a lamp."]
    noticed.refresh_from_db()
    assert (noticed.became, noticed.became_on) == ("statement", TODAY)
    assert "became a sentence for a gathering" in text(nasreen.get("/immersion/tanners-row/noticed/"))


def test_only_gatherings_one_may_write_for_and_of_this_round(
    noticed: Notice, gathering: Gathering, partner: Person, resident: Person, signed_in_client: SignIn
) -> None:
    helen, url = signed_in_client(partner), f"/immersion/notices/{noticed.pk}/"
    assert "no gathering of this round" in text(helen.get(url))
    assert post(helen, url, gathering=gathering.pk, words=WORDS).status_code == 422
    people.join(circle=gathering.circle, person=resident, at=AT)
    assert "The first evening" in text(signed_in_client(resident).get(url))
    assert not Statement.objects.exists()


def test_words_of_a_story_are_asked_about_first(
    noticed: Notice, story: Story, gathering: Gathering, organiser: Person, signed_in_client: SignIn
) -> None:
    answer = post(
        signed_in_client(organiser),
        f"/immersion/notices/{noticed.pk}/",
        gathering=gathering.pk,
        words="I rang to change the time. They took me off the list.",
    )
    assert answer.status_code == 422
    assert not Statement.objects.exists()


def test_an_ask_begins_with_what_was_noticed_and_its_words_are_in_no_address(
    noticed: Notice, round_: Round, resident: Person, organiser: Person, signed_in_client: SignIn
) -> None:
    body = people.name_body(name="The council", ring=Ring.LOCAL_SERVICES, by=organiser)
    lynda, url = signed_in_client(resident), f"/promises/ask/{round_.pk}/?notice={noticed.pk}"
    assert url in text(lynda.get(f"/immersion/notices/{noticed.pk}/"))
    assert WORDS in text(lynda.get(url))
    noticed.refresh_from_db()
    assert noticed.became == "", "looking makes nothing"
    wrong = post(lynda, url, words="", of=body.pk)
    assert wrong.status_code == 422
    noticed.refresh_from_db()
    assert noticed.became == ""
    done = post(
        lynda, url, words="Mend the lamp.", of=body.pk, asked_by_words="Lynda", own_yes="on", size="small_act"
    )
    assert done.status_code == 302, text(done)
    assert Ask.objects.get().words == "Mend the lamp."
    noticed.refresh_from_db()
    assert noticed.became == "ask"


def test_a_notice_of_elsewhere_or_none_begins_no_ask(
    noticed: Notice, round_: Round, organiser: Person, signed_in_client: SignIn, client: Client
) -> None:
    other = places.name_neighbourhood(name="Lock Side", by=organiser)
    far = places.begin_round(neighbourhood=other, by=organiser, on=TODAY)
    nasreen = signed_in_client(organiser)
    assert nasreen.get(f"/promises/ask/{far.pk}/?notice={noticed.pk}").status_code == 404
    assert nasreen.get(f"/promises/ask/{round_.pk}/?notice=999").status_code == 404
    for number in ("", "x", "²"):
        assert nasreen.get(f"/promises/ask/{round_.pk}/", {"notice": number}).status_code == 200
    stranger = client.get(f"/promises/ask/{round_.pk}/?notice={noticed.pk}")
    assert stranger.status_code == 302
    assert client.get(f"/immersion/notices/{noticed.pk}/").status_code == 302


def test_home_says_that_somebody_asks_to_talk_to_them_alone(
    organiser: Person, partner: Person, resident: Person, signed_in_client: SignIn, client: Client
) -> None:
    table = poolside.open_poolside(name="the partners", by=organiser, at=AT, on=TODAY)
    people.join(circle=table.circle, person=partner, at=AT)
    repairing.ask(table, whom=partner, words="", by=organiser, on=TODAY)
    asks = "Somebody asks to talk with you"
    assert asks in text(signed_in_client(partner).get("/"))
    for other in (signed_in_client(organiser), signed_in_client(resident), client):
        assert asks not in text(other.get("/"))


def test_nothing_is_called_a_campaign_that_is_only_a_label() -> None:
    assert {each.value for each in Became} == {"statement", "ask"}
