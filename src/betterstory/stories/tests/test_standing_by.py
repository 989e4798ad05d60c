"""What is owed to tellers, on one page: who does it, and who finds nothing there."""

from collections.abc import Callable
from datetime import timedelta

import pytest
from django.test import Client
from django.utils import timezone

from betterstory.people.models import Circle, Person
from betterstory.stories import checking, consenting, leaving, reminding, rules, speaking
from betterstory.stories.models import (
    Act,
    CameOf,
    Channel,
    Consent,
    IfLost,
    Leaving,
    Met,
    Recall,
    Story,
    Use,
    Version,
)
from betterstory.stories.tests.conftest import again
from betterstory.stories.tests.test_pages import open_for, post, text

SignIn = Callable[[Person], Client]
PAGE = "/stories/standing-by/"


@pytest.fixture
def team(organiser: Person, signed_in_client: SignIn) -> Client:
    return signed_in_client(organiser)


@pytest.fixture
def opened(version: Version, circle: Circle) -> Version:
    open_for(version, circle, Use.READ)
    return again(version)


def test_whoever_took_it_says_what_became_of_it_and_nobody_else_does(
    opened: Version,
    teller: Person,
    resident: Person,
    organiser: Person,
    team: Client,
    signed_in_client: SignIn,
) -> None:
    leaving.note_file(opened, by=organiser, use=Use.READ, at=timezone.now())
    consenting.stop_everything(opened.story, by=teller, at=timezone.now())
    recall = Recall.objects.get()
    assert f"Number {recall.leaving.number}: a file" in text(team.get(PAGE))
    other, url = signed_in_client(resident), f"{PAGE}asked-back/{recall.pk}/"
    assert f"Number {recall.leaving.number}" not in text(other.get(PAGE))
    assert post(other, url, answer="destroyed").status_code == 403
    post(team, url, answer="eaten by the dog")
    recall.refresh_from_db()
    assert recall.answer == ""
    post(team, url, answer="destroyed")
    recall.refresh_from_db()
    assert recall.answer == Recall.Answer.DESTROYED
    assert Leaving.objects.count() == 1


def test_somebody_the_teller_chose_shuts_it_for_them_on_the_page(
    opened: Version, circle: Circle, teller: Person, resident: Person, signed_in_client: SignIn, team: Client
) -> None:
    speaker = speaking.choose(opened.story, by=teller, speaker=resident, at=timezone.now())
    helper, url = signed_in_client(resident), f"{PAGE}act/{speaker.pk}/"
    assert post(team, url, kind="pause", how="phone").status_code == 404, "not chosen"
    for wrong in ({"kind": "sell", "how": "phone"}, {"kind": "pause", "how": "smoke"}):
        assert post(helper, url, **wrong).status_code == 404
    assert rules.may(circle, Use.READ, again(opened), timezone.now())
    post(helper, url, kind="pause", how="phone")
    assert not rules.may(circle, Use.READ, again(opened), timezone.now())
    act = Act.objects.get()
    assert (act.by, act.teller, act.how) == (resident, teller, Channel.PHONE)
    assert "Read it back face to face" in text(team.get(PAGE))
    post(team, f"{PAGE}read-back/{act.pk}/", right="no")
    act.refresh_from_db()
    assert (act.was_right, act.read_back_at is not None) == (False, True)


def test_a_speaker_finds_nothing_of_the_teams(
    opened: Version, teller: Person, resident: Person, signed_in_client: SignIn
) -> None:
    speaking.choose(opened.story, by=teller, speaker=resident, at=timezone.now())
    helper = signed_in_client(resident)
    page = text(helper.get(PAGE))
    assert "You speak for" in page
    assert "To read back" not in page
    yes = Consent.objects.get()
    for url in (f"tell/{yes.pk}/", f"met/{teller.pk}/", f"as-wished/{teller.pk}/"):
        assert post(helper, PAGE + url, words="x").status_code in (302, 403, 404)
    assert not Met.objects.exists()
    assert not CameOf.objects.exists()


def test_the_team_tells_what_came_of_it(
    opened: Version, teller: Person, team: Client, signed_in_client: SignIn
) -> None:
    yes, mine = Consent.objects.get(), f"/stories/{opened.story.uuid}/mine/"
    team.get(f"/stories/{opened.story.uuid}/")  # read once, so that it is owed
    assert f"{PAGE}tell/{yes.pk}/" in text(team.get(PAGE))
    answer = post(team, f"{PAGE}tell/{yes.pk}/", words="  ")
    assert "in a sentence or two" in text(team.get(answer.url))
    assert not CameOf.objects.exists()
    post(team, f"{PAGE}tell/{yes.pk}/", words="The list keeps your place now.")
    assert f"{PAGE}tell/{yes.pk}/" not in text(team.get(PAGE))
    assert "The list keeps your place now." in text(signed_in_client(teller).get(mine))


def test_two_of_the_team_who_met_them_let_a_teller_open_it(
    opened: Version,
    circle: Circle,
    teller: Person,
    organiser: Person,
    steward: Person,
    team: Client,
    signed_in_client: SignIn,
) -> None:
    consenting.pause_for(teller, by=organiser, at=timezone.now())
    assert f"{PAGE}met/{teller.pk}/" in text(team.get(PAGE))
    open_again = f"/stories/{opened.story.uuid}/open-again/"
    sam = signed_in_client(teller)
    for client, opens in ((team, False), (team, False), (signed_in_client(steward), True)):
        post(client, f"{PAGE}met/{teller.pk}/")
        assert (post(sam, open_again).status_code == 302) is opens
        assert rules.may(circle, Use.READ, again(opened), timezone.now()) is opens
    with pytest.raises(checking.NotKnown):
        checking.check(teller, at=timezone.now())  # it opens once


def test_what_a_teller_wished_is_done_after_weeks_of_silence_by_another(
    opened: Version,
    teller: Person,
    organiser: Person,
    steward: Person,
    team: Client,
    signed_in_client: SignIn,
) -> None:
    reminding.wish_beforehand(opened.story, by=teller, wish=IfLost.TAKE_BACK)
    consenting.pause_for(teller, by=organiser, at=timezone.now())
    url, bea = f"{PAGE}as-wished/{teller.pk}/", signed_in_client(steward)
    answer = post(bea, url)
    assert "Not yet. It takes four weeks" in text(bea.get(answer.url))
    Story.objects.update(paused_at=timezone.now() - timedelta(days=28))
    post(team, url)
    assert not again(opened).story.taken_back_at, "not by whoever paused it"
    answer = post(bea, url)
    assert "It is done as they wished" in text(bea.get(answer.url))
    assert again(opened).story.taken_back_at
