"""Two taps from a phone; a resident's own name; whom we have not met; the weave between rings."""

import uuid
from collections.abc import Callable
from datetime import datetime
from typing import Any

import pytest
from django.test import Client

from betterstory.immersion import tapping, unmet, verbs
from betterstory.immersion.models import Act, Group, Hours, OwnName, Street
from betterstory.people import verbs as people
from betterstory.people.models import Person, Ring
from betterstory.people.verbs import NotYours
from betterstory.places import verbs as places
from betterstory.places.models import Neighbourhood
from conftest import AT, TODAY

SignIn = Callable[[Person], Client]
HERE = "/immersion/tanners-row/"


@pytest.fixture(autouse=True)
def _clock(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("django.utils.timezone.now", lambda: AT)


def post(client: Client, url: str, **data: Any) -> Any:
    return client.post(url, {"once": str(uuid.uuid4()), **data})


def text(response: Any) -> str:
    return str(response.content.decode())


def tap(client: Client, what: str, there: str = "") -> Any:
    return post(client, f"{HERE}tap/", what=what, there=there)


def test_two_taps_write_it_down_with_day_hours_and_who(
    lists: None, neighbourhood: Neighbourhood, partner: Person, signed_in_client: SignIn
) -> None:
    helen = signed_in_client(partner)
    first = text(helen.get(f"{HERE}tap/"))
    assert 'href="?what=c0"' in first
    second = text(helen.get(f"{HERE}tap/?what=c0"))
    street = Street.objects.get(name="Lime Walk")
    assert f'name="there" value="s{street.pk}"' in second
    assert not Act.objects.exists(), "looking writes nothing"
    assert tap(helen, "c0", f"s{street.pk}")["Location"] == HERE
    kept = Act.objects.get()
    assert (kept.what, kept.where, kept.on, kept.hours) == (
        "Had a cup of tea together",
        "Lime Walk",
        TODAY,
        Hours.AFTERNOON,
    )
    assert (kept.who, kept.noted_by) == (partner, partner)


def test_done_without_a_place_is_enough(lists: None, partner: Person, signed_in_client: SignIn) -> None:
    helen = signed_in_client(partner)
    tap(helen, "c1")
    assert (Act.objects.get().where, Act.objects.get().groups) == ("", "")
    assert "Carried something heavy" in text(helen.get(HERE))


def test_a_group_brings_its_ring_and_mine(
    lists: None, partner: Person, organiser: Person, signed_in_client: SignIn
) -> None:
    body = people.name_body(name="The Talking Service", ring=Ring.LOCAL_SERVICES, by=organiser)
    people.name_post(body=body, title="Head", by=organiser, holder=partner)
    tap(signed_in_client(partner), "c0", f"g{Group.objects.get(name='the chip shop').pk}")
    kept = Act.objects.get()
    assert (kept.groups, kept.rings) == ("the chip shop", ["businesses", "local_services"])


def test_what_i_did_of_late_comes_first(
    act: Act, partner: Person, resident: Person, signed_in_client: SignIn
) -> None:
    page = text(signed_in_client(partner).get(f"{HERE}tap/"))
    assert page.index("Hung two curtain rails") < page.index("Had a cup of tea")
    assert f"?what=u{act.pk}" in page
    assert "curtain" not in text(signed_in_client(resident).get(f"{HERE}tap/")), "one's own only"


def test_a_resident_taps_and_is_not_named(lists: None, resident: Person, signed_in_client: SignIn) -> None:
    tap(signed_in_client(resident), "c0")
    assert Act.objects.get().who is None


@pytest.mark.parametrize("what", ["", "c99", "x1", "u999", "c²", "u" + "9" * 30, "c-1"])
def test_a_tap_on_nothing_is_said_and_writes_nothing(
    lists: None, partner: Person, signed_in_client: SignIn, what: str
) -> None:
    answer = tap(signed_in_client(partner), what)
    assert answer.status_code == 422
    assert "not there any more" in text(answer)
    assert not Act.objects.exists()


@pytest.mark.parametrize("there", ["s999", "g", "z1", "s²"])
def test_a_place_that_is_gone_is_said_and_writes_nothing(
    lists: None, partner: Person, signed_in_client: SignIn, there: str
) -> None:
    assert tap(signed_in_client(partner), "c0", there).status_code == 422
    assert not Act.objects.exists()


def test_a_street_of_another_neighbourhood_is_not_taken(
    lists: None, partner: Person, organiser: Person, signed_in_client: SignIn, act: Act
) -> None:
    other = places.name_neighbourhood(name="Lock Side", by=organiser)
    unmet.look_out_for(other, streets=["Weir Road"], groups=[], by=organiser)
    far = Street.objects.get(name="Weir Road")
    assert tap(signed_in_client(partner), "c0", f"s{far.pk}").status_code == 422
    answer = post(signed_in_client(partner), "/immersion/lock-side/tap/", what=f"u{act.pk}")
    assert answer.status_code == 422
    assert Act.objects.count() == 1


def test_a_second_tap_on_the_same_button_is_one_act(
    lists: None, partner: Person, signed_in_client: SignIn
) -> None:
    helen, form = signed_in_client(partner), {"once": str(uuid.uuid4()), "what": "c0", "there": ""}
    for _tap in range(2):
        helen.post(f"{HERE}tap/", form)
    assert Act.objects.count() == 1


@pytest.mark.parametrize(
    ("hour", "hours"),
    [(4, "night"), (5, "morning"), (11, "morning"), (12, "afternoon"), (17, "evening"), (22, "night")],
)
def test_the_part_of_the_day_is_by_the_clock_on_the_wall(hour: int, hours: str) -> None:
    summer = datetime.fromisoformat(f"2026-07-06T{hour:02d}:30:00+01:00")
    assert tapping.hours_of(summer) == hours


def test_the_sheet_to_scan_has_the_address_or_says_why_not(
    neighbourhood: Neighbourhood, partner: Person, signed_in_client: SignIn, settings: Any
) -> None:
    helen = signed_in_client(partner)
    settings.URL = "https://story.example.org"
    sheet = text(helen.get(f"{HERE}tap/on-paper/"))
    assert "https://story.example.org/immersion/tanners-row/tap/" in sheet
    assert "<svg" in sheet
    settings.URL = "http://localhost:8000"
    sheet = text(helen.get(f"{HERE}tap/on-paper/"))
    assert "would lead nowhere" in sheet
    assert "localhost" not in sheet


def test_a_stranger_is_asked_to_come_in_and_brought_back(
    client: Client, neighbourhood: Neighbourhood
) -> None:
    assert "next=%2Fimmersion%2Ftanners-row%2Ftap%2F" in client.get(f"{HERE}tap/")["Location"]
    assert tap(client, "c0")["Location"].startswith("/people/come-in/")
    assert not Act.objects.exists()


# -- a name by its own yes


def test_a_resident_puts_their_own_name_there_and_takes_it_off(
    act: Act, resident: Person, client: Client, signed_in_client: SignIn
) -> None:
    lynda, url = signed_in_client(resident), f"/immersion/acts/{act.pk}/own-name/"
    assert "Lynda" not in text(client.get(HERE))
    assert "Anybody could read it then" in text(lynda.get(url))
    assert not OwnName.objects.exists(), "looking says no yes"
    post(lynda, url)
    post(lynda, url)
    assert OwnName.objects.count() == 1
    assert "and Lynda, by their own yes" in text(client.get(HERE)), "anybody reads it"
    assert "Take my name off" in text(lynda.get(url))
    post(lynda, url, off="1")
    assert "Lynda" not in text(client.get(HERE))


def test_nobody_puts_or_takes_anothers_name(
    act: Act, resident: Person, organiser: Person, client: Client, signed_in_client: SignIn
) -> None:
    """Whatever is sent by hand, it is the sender's own name."""
    url = f"/immersion/acts/{act.pk}/own-name/"
    post(signed_in_client(organiser), url, person=resident.pk, who=resident.pk)
    assert [name.person for name in OwnName.objects.all()] == [organiser]
    verbs.put_my_name(act, by=resident, on=TODAY)
    post(signed_in_client(organiser), url, off="1", person=resident.pk)
    assert [name.person for name in OwnName.objects.all()] == [resident]
    post(client, url)
    assert OwnName.objects.count() == 1


def test_somebody_without_a_part_here_puts_no_name(act: Act, resident: Person, steward: Person) -> None:
    people.end_part(resident.parts.get(), by=steward, on=TODAY)
    with pytest.raises(NotYours):
        verbs.put_my_name(act, by=Person.objects.get(pk=resident.pk), on=TODAY)
    assert not OwnName.objects.exists()


def test_a_name_of_somebody_who_is_gone_is_not_shown(act: Act, resident: Person, client: Client) -> None:
    verbs.put_my_name(act, by=resident, on=TODAY)
    Person.objects.filter(pk=resident.pk).update(is_active=False)
    assert "Lynda" not in text(client.get(HERE))


# -- whom we have not met
