"""Who was there: one whole, by ring only where nobody can be made out, posts that were missed, no names."""

import html
import uuid
from collections.abc import Callable
from datetime import timedelta
from typing import Any

import pytest
from django.test import Client

from betterstory.conversations.models import Gathering, Guest, Side
from betterstory.learning.models import WasThere
from betterstory.learning.reporting.timeline import timeline_of
from betterstory.learning.templatetags.learning import rings_of
from betterstory.learning.tests.conftest import gather
from betterstory.learning.verbs import attending as verbs
from betterstory.people.models import Body, Person, Post, Ring
from betterstory.places.models import Round
from betterstory.promises.tests.conftest import council, femi
from betterstory.stories.rules import PARTNERS
from conftest import AT, TODAY

__all__ = ["council", "femi"]  # fixtures asked for by name

SignIn = Callable[[Person], Client]
HALL = {"live_here": 14, "community": 9, "local_services": 8}


@pytest.fixture(autouse=True)
def _later(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("django.utils.timezone.now", lambda: AT + timedelta(hours=1))


@pytest.fixture
def evening(round_: Round, helen: Person, head: Post) -> Gathering:
    """Helen was asked and said that she comes; Sam's friend too."""
    evening = gather(round_, "an evening")
    told = {"gathering": evening, "reply": Guest.Reply.COMING}
    Guest.objects.create(
        **told, first_name="Helen", side=Side.SERVICE, ring=Ring.LOCAL_SERVICES, person=helen
    )
    Guest.objects.create(**told, first_name="Jo", side=Side.RESIDENT, ring=Ring.FAMILY)
    return evening


def say(evening: Gathering, by: Person, **more: Any) -> WasThere:
    return verbs.say_who_was_there(evening, **{"by_ring": HALL, "by": by, "on": TODAY, **more})


def absent_in(evening: Gathering, looks: Person) -> list[str]:
    told = timeline_of(evening.round, viewer=PARTNERS, looks=looks, on=TODAY, at=AT, is_partner=True)
    return [each.what for each in told.moments if "did not come" in each.what]


def test_it_is_counted_as_one_whole_and_the_newest_stands(evening: Gathering, organiser: Person) -> None:
    say(evening, organiser)
    said = say(evening, organiser, by_ring={"live_here": 12, "businesses": 0})
    assert (said.people, said.number, said.by_ring) == (12, 2, {"live_here": 12})
    assert WasThere.objects.newest_of(evening) == said
    assert WasThere.objects.get(number=1).people == 31, "the earlier one is kept"


SHOWN = [
    (HALL, "about 15 people"),
    ({"live_here": 14, "community": 7}, "They came from: people who live here, community."),
    ({"live_here": 14}, ""),
]


@pytest.mark.parametrize(("by_ring", "words"), SHOWN)
def test_a_ring_of_few_points_at_nobody(by_ring: dict[str, int], words: str) -> None:
    said = rings_of(WasThere(by_ring=by_ring))
    assert words in said
    assert bool(words) == bool(said)
    assert "14" not in said, "a part is never exact"
    assert "7" not in said


@pytest.mark.parametrize(
    ("more", "refusal"),
    [
        ({"by_ring": {}}, verbs.NobodyThere),
        ({"by_ring": {"live_here": 0}}, verbs.NobodyThere),
        ({"by_ring": {"live_here": -1, "community": 9}}, verbs.TooManyThere),
        ({"by_ring": {"live_here": 501}}, verbs.TooManyThere),
        ({"by_ring": {"me": 1}}, verbs.TooManyThere),  # the person the story is of is nobody's to count
        ({"on": TODAY - timedelta(days=1)}, verbs.NotMetYet),
    ],
)
def test_what_cannot_be_is_not_kept(
    more: dict[str, Any], refusal: type[Exception], evening: Gathering, organiser: Person
) -> None:
    with pytest.raises(refusal):
        say(evening, organiser, **more)
    assert not WasThere.objects.exists()


def test_only_a_post_that_was_asked_can_be_missed(
    evening: Gathering, organiser: Person, head: Post, council: Body, femi: Person
) -> None:
    with pytest.raises(verbs.NotAsked):
        say(evening, organiser, absent=[Post.objects.get(body=council)])
    assert not WasThere.objects.exists()
    assert list(say(evening, organiser, absent=[head]).absent.all()) == [head]


def test_neither_a_partner_nor_a_resident_says_it(
    evening: Gathering, helen: Person, lynda: Person, signed_in_client: SignIn
) -> None:
    for person in (helen, lynda):
        with pytest.raises(verbs.NotYoursToSayWho):
            say(evening, person)
        assert (
            signed_in_client(person).get(f"/learning/gatherings/{evening.pk}/who-was-there/").status_code
            == 403
        )
    assert not WasThere.objects.exists()


def test_the_timeline_tells_who_was_missed_and_not_who_had_said_no(
    evening: Gathering, organiser: Person, head: Post, helen: Person
) -> None:
    Guest.objects.filter(person=helen).update(reply=Guest.Reply.NOT_COMING)
    assert absent_in(evening, organiser) == [
        "Head of the service, The Talking Service did not come to “an evening”."
    ]
    say(evening, organiser)
    assert absent_in(evening, organiser) == [], "she said no, and came"
    Guest.objects.filter(person=helen).update(reply=Guest.Reply.COMING)
    say(evening, organiser, absent=[head])
    assert len(absent_in(evening, organiser)) == 1, "she said yes, and did not come"
    say(evening, organiser)
    assert absent_in(evening, organiser) == [], "put right"


def post(client: Client, path: str, **told: Any) -> Any:
    return client.post(path, {"once": str(uuid.uuid4()), **told})


def text(answer: Any) -> str:
    return html.unescape(answer.content.decode())


def test_an_organiser_says_it_in_a_few_taps_and_all_read_the_whole(
    evening: Gathering, organiser: Person, head: Post, helen: Person, lynda: Person, signed_in_client: SignIn
) -> None:
    client, url = signed_in_client(organiser), f"/learning/gatherings/{evening.pk}/who-was-there/"
    assert f'href="{url}"' in text(client.get(f"/conversations/{evening.pk}/"))
    page = text(client.get(url))
    assert 'name="live_here" value="1"' in page, "it begins with who said that they come"
    assert "Head of the service" in page
    assert "Helen" not in page.split("<main")[1], "a post, and no name"
    answer = post(client, url, live_here="3", local_services="1", absent=str(head.pk))
    assert answer.status_code == 302
    for person in (lynda, helen):
        page = text(signed_in_client(person).get(f"/conversations/{evening.pk}/"))
        assert "4 people were there." in page
        assert "Head of the service" not in page
        assert url not in page
    timeline = text(signed_in_client(organiser).get(f"/learning/rounds/{evening.round_id}/timeline/"))
    assert "4 people were there." in timeline
    assert "Head of the service, The Talking Service did not come" in timeline
    theirs = text(signed_in_client(lynda).get(f"/learning/rounds/{evening.round_id}/timeline/"))
    assert "did not come" not in theirs
    assert "4 people were there." in theirs


def test_a_wrong_number_says_what_to_put_right(
    evening: Gathering, organiser: Person, signed_in_client: SignIn
) -> None:
    client, url = signed_in_client(organiser), f"/learning/gatherings/{evening.pk}/who-was-there/"
    for told in ({"live_here": "many"}, {"live_here": "-2"}, {"live_here": ""}, {"absent": "99"}):
        answer = post(client, url, **told)
        assert answer.status_code == 422, told
        assert "put-right" in text(answer), told
    assert not WasThere.objects.exists()
