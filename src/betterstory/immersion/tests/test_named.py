"""What is typed into the log is asked about where it looks like a person's name."""

import uuid
from collections.abc import Callable
from datetime import timedelta
from typing import Any

import pytest
from django.test import Client

from betterstory.immersion import named, unmet
from betterstory.immersion.models import Act, Notice
from betterstory.people.models import Person, Ring
from betterstory.places.models import Neighbourhood
from conftest import AT, TODAY

SignIn = Callable[[Person], Client]
HERE = "/immersion/tanners-row/"
KNOWN = named.Known(frozenset({"Sam", "Helen"}), frozenset({"tanners row", "the bowls club", "hope cove"}))


@pytest.fixture(autouse=True)
def _clock(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("django.utils.timezone.now", lambda: AT)


def post(client: Client, url: str, **data: Any) -> Any:
    return client.post(url, {"once": str(uuid.uuid4()), **data})


def text(response: Any) -> str:
    return str(response.content.decode())


@pytest.mark.parametrize(
    ("words", "names"),
    [
        ("The shop on Lime Walk is shut.", []),
        ("A dangerous bridge by Lock Court", []),
        ("Tea with Sam", ["Sam"]),
        ("tea with the same people", []),
        ("Mary Sutton fell on the steps", ["Mary Sutton"]),
        ("Mr Patel’s shop is shut", ["Mr Patel’s"]),
        ("Dr. Hughes never answers", ["Dr. Hughes"]),
        ("The Talking Service rang", []),
        ("We met in Hope Cove", []),
        ("It was dark. Nobody came.", []),
        ("Jean-Luc O’Neill mended it", ["Jean-Luc O’Neill"]),
        ("Ólafur Þórsson was cold", ["Ólafur Þórsson"]),
        ("Sam and Mary Sutton, Sam", ["Sam", "Mary Sutton"]),
        ("NHS Trust", []),
        ("", []),
        ("🙂", []),
    ],
)
def test_what_looks_like_a_name(words: str, names: list[str]) -> None:
    assert named.names_in(words, KNOWN) == names


def test_people_here_streets_and_groups_are_known(
    neighbourhood: Neighbourhood, organiser: Person, teller: Person
) -> None:
    unmet.look_out_for(
        neighbourhood, streets=["Mary Sutton Way"], groups=[("Ann Friends", Ring.COMMUNITY)], by=organiser
    )
    known = named.known_in(neighbourhood)
    assert named.names_in("Nasreen and Sam by Mary Sutton Way with Ann Friends", known) == ["Nasreen", "Sam"]


@pytest.mark.parametrize("words", ["Mary Sutton fell on the steps.", "Sam cannot get out."])
def test_a_notice_about_a_person_is_asked_about_and_not_kept(
    neighbourhood: Neighbourhood, partner: Person, teller: Person, signed_in_client: SignIn, words: str
) -> None:
    helen = signed_in_client(partner)
    sent = {"words": words, "where": "the lock", "on": TODAY}
    answer = post(helen, f"{HERE}noticed/", **sent)
    assert answer.status_code == 422
    assert "Is this about a person?" in text(answer)
    assert words in text(answer)
    assert not Notice.objects.exists()
    assert 'type="checkbox" name="nobody_named"' in text(answer)
    post(helen, f"{HERE}noticed/", **sent, nobody_named="on")
    assert Notice.objects.get().words == words, "whoever types it knows better"


def test_the_question_is_not_shown_before_it_is_asked(
    neighbourhood: Neighbourhood, partner: Person, signed_in_client: SignIn
) -> None:
    page = text(signed_in_client(partner).get(f"{HERE}noticed/"))
    assert 'type="checkbox" name="nobody_named"' not in page


@pytest.mark.parametrize("field", ["what", "where", "groups"])
def test_an_act_that_names_somebody_is_asked_about(
    neighbourhood: Neighbourhood, partner: Person, signed_in_client: SignIn, field: str
) -> None:
    told = {"what": "Tea", "where": "the hall", "groups": "", "on": TODAY, field: "Mary Sutton’s bench"}
    answer = post(signed_in_client(partner), f"{HERE}note/", **told)
    assert answer.status_code == 422
    assert "Is this about a person?" in text(answer)
    assert not Act.objects.exists()


def test_a_sheet_that_names_somebody_is_asked_about_once(
    neighbourhood: Neighbourhood, organiser: Person, signed_in_client: SignIn
) -> None:
    nasreen = signed_in_client(organiser)
    sheet = {"row-TOTAL_FORMS": 8, "row-INITIAL_FORMS": 0, "row-0-what": "Tea with Mary Sutton"}
    sheet |= {"row-0-where": "the hall", "row-0-on": TODAY - timedelta(days=1), "row-0-hours": "evening"}
    answer = post(nasreen, f"{HERE}sheet/", **sheet)
    assert answer.status_code == 422
    assert "“Mary Sutton” looks like a name" in text(answer)
    assert 'value="Tea with Mary Sutton"' in text(answer)
    assert not Act.objects.exists()
    post(nasreen, f"{HERE}sheet/", **sheet, nobody_named="1")
    assert Act.objects.get().hours == "evening"
