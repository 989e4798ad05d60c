"""Two taps from a phone; a resident's own name; whom we have not met; the weave between rings."""

import uuid
from collections.abc import Callable
from datetime import datetime
from typing import Any

import pytest
from django.test import Client
from pytest_django import DjangoAssertNumQueries

from betterstory.immersion import tapping, unmet, verbs, weave_picture
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


@pytest.fixture
def lists(neighbourhood: Neighbourhood, organiser: Person) -> None:
    unmet.look_out_for(
        neighbourhood,
        streets=["Lime Walk", "Lock Court"],
        groups=[("the bowls club", Ring.COMMUNITY), ("the chip shop", Ring.BUSINESSES)],
        by=organiser,
    )


@pytest.fixture
def act(neighbourhood: Neighbourhood, partner: Person) -> Act:
    return verbs.note_act(
        neighbourhood=neighbourhood,
        what="Hung two curtain rails",
        where="outside 4 lime walk",
        on=TODAY,
        who=partner,
        by=partner,
        today=TODAY,
    )


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


def test_streets_groups_and_hours_not_met_yet(
    lists: None, act: Act, neighbourhood: Neighbourhood, partner: Person
) -> None:
    verbs.note_act(
        neighbourhood=neighbourhood,
        what="Tea",
        where="",
        groups="The Bowls Club and friends",
        hours=Hours.NIGHT,
        on=TODAY,
        by=partner,
        today=TODAY,
    )
    seen = unmet.look(neighbourhood)
    assert [(each.name, each.met) for each in seen.streets] == [("Lime Walk", True), ("Lock Court", False)]
    assert [(each.name, each.met) for each in seen.groups] == [
        ("the bowls club", True),
        ("the chip shop", False),
    ]
    assert [each.met for each in seen.hours] == [False, False, False, True]


def test_only_those_of_us_see_it(
    lists: None, act: Act, partner: Person, resident: Person, client: Client, signed_in_client: SignIn
) -> None:
    page = text(signed_in_client(partner).get(f"{HERE}not-met/"))
    assert "Lock Court" in page
    assert "We have been useful in 1 of 2." in page
    assert signed_in_client(resident).get(f"{HERE}not-met/").status_code == 403
    assert client.get(f"{HERE}not-met/").status_code == 302
    assert "not-met" not in text(signed_in_client(resident).get(HERE))


def test_an_organiser_keeps_the_lists(
    lists: None, organiser: Person, partner: Person, neighbourhood: Neighbourhood, signed_in_client: SignIn
) -> None:
    nasreen, url = signed_in_client(organiser), f"{HERE}streets-and-groups/"
    assert "Lock Court" in text(nasreen.get(url))
    post(
        nasreen,
        url,
        streets="Lime Walk\r\n\r\nWeir Road\nWeir Road",
        community="the choir",
        businesses="the choir",
    )
    assert list(Street.objects.values_list("name", flat=True)) == ["Lime Walk", "Weir Road"]
    assert list(Group.objects.values_list("name", "ring")) == [("the choir", "community")]
    assert signed_in_client(partner).get(url).status_code == 403
    assert post(signed_in_client(partner), url, streets="").status_code == 403
    with pytest.raises(NotYours):
        unmet.look_out_for(neighbourhood, streets=[], groups=[], by=partner)
    assert Street.objects.count() == 2


@pytest.mark.parametrize("streets", ["x" * 81, "\n".join(f"Street {n}" for n in range(61)), "la " * 20_000])
def test_a_list_that_will_not_do_is_said_and_nothing_changes(
    lists: None, organiser: Person, signed_in_client: SignIn, streets: str
) -> None:
    answer = post(signed_in_client(organiser), f"{HERE}streets-and-groups/", streets=streets)
    assert answer.status_code == 422
    assert 'class="field wrong"' in text(answer)
    assert Street.objects.count() == 2


@pytest.mark.parametrize(
    ("acts", "woven"),
    [
        ([], []),
        ([["businesses"]], []),
        ([["businesses", "community"]], [("community", "businesses", "once")]),
        ([["community", "businesses", "community"]] * 2, [("community", "businesses", "a few times")]),
        ([["community", "businesses"]] * 6, [("community", "businesses", "often")]),
        (
            [["family", "community", "businesses"]],
            [
                ("family", "community", "once"),
                ("family", "businesses", "once"),
                ("community", "businesses", "once"),
            ],
        ),
    ],
)
def test_the_weave_counts_acts_and_says_words(
    acts: list[list[str]], woven: list[tuple[str, str, str]]
) -> None:
    ties = unmet.weave(acts)
    assert [(tie.first.value, tie.second.value, str(tie.often.label)) for tie in ties] == woven


def test_the_weave_is_drawn_and_said_in_a_table(
    lists: None, partner: Person, neighbourhood: Neighbourhood, signed_in_client: SignIn
) -> None:
    for _act in range(7):
        verbs.note_act(
            neighbourhood=neighbourhood,
            what="Tea",
            where="the hall",
            rings=[Ring.COMMUNITY, Ring.LOCAL_SERVICES],
            on=TODAY,
            by=partner,
            today=TODAY,
        )
    page = text(signed_in_client(partner).get(f"{HERE}not-met/"))
    assert page.count('<path class="often"') == 1
    assert "<td>community</td><td>local services</td><td>often</td>" in page
    assert ">7<" not in page, "no counts to compare"


def test_every_ring_of_the_weave_has_its_word_inside_the_drawing() -> None:
    drawn = weave_picture.lay_out([])
    assert len(drawn.knots) == len(Ring)
    for knot in drawn.knots:
        for words, x, y in knot.words:
            wide = 7.4 * len(words)
            left = {"middle": float(x) - wide / 2, "start": float(x), "end": float(x) - wide}[knot.anchor]
            assert left >= 0, words
            assert left + wide <= drawn.width, words
            assert 12 <= float(y) <= drawn.height, words


def test_the_new_pages_ask_the_database_little(
    lists: None,
    act: Act,
    organiser: Person,
    signed_in_client: SignIn,
    django_assert_max_num_queries: DjangoAssertNumQueries,
) -> None:
    nasreen = signed_in_client(organiser)
    ways = ["tap/", "tap/?what=c0", "not-met/", "streets-and-groups/", "tap/on-paper/"]
    for url in [f"/immersion/acts/{act.pk}/own-name/", *(f"{HERE}{way}" for way in ways)]:
        with django_assert_max_num_queries(12, info=url):
            assert nasreen.get(url).status_code == 200
