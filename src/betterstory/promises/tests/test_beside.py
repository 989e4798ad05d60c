"""What stands beside an entry: the promiser's own view, a body's reply, its page, and names left out."""

import html
import re
import uuid
from collections.abc import Callable
from datetime import timedelta
from typing import Any

import pytest
from django.test import Client

from betterstory.people import verbs as people
from betterstory.people.models import Body, Circle, Person, Post
from betterstory.places.models import Round
from betterstory.promises import verbs
from betterstory.promises.models import Ask, OwnView, Promise, Reply, State, Verdict
from betterstory.promises.tests.conftest import NOW
from conftest import TODAY

SignIn = Callable[[Person], Client]


def text(response: Any) -> str:
    return html.unescape(response.content.decode())


def post(client: Client, url: str, **data: Any) -> Any:
    return client.post(url, {"once": str(uuid.uuid4()), **data})


def test_their_own_view_stands_apart_and_never_moves_the_promise(
    tied: Promise, helen: Person, lynda: Person, signed_in_client: SignIn
) -> None:
    verbs.judge(tied, by=lynda, on=NOW, verdict=Verdict.NOT_KEPT)
    her = signed_in_client(helen)
    for view, words in (("under_way", "We began on Monday."), ("kept", "It is done.")):
        assert post(her, f"/promises/{tied.pk}/own-view/", view=view, words=words).status_code == 302
    tied.refresh_from_db()
    assert tied.state == State.NOT_KEPT
    assert [each.number for each in tied.own_views.all()] == [1, 2]
    page = text(Client().get(f"/promises/{tied.pk}/"))
    assert page.index("It is done.") < page.index("We began on Monday."), "the newest stands, the older below"
    assert "It changes nothing." in page
    assert "It is done." not in text(Client().get("/promises/")), "the wall has the word of the other side"


@pytest.mark.parametrize("who", ["lynda", "organiser", "femi"])
def test_nobody_says_it_for_them(
    who: str, request: pytest.FixtureRequest, tied: Promise, signed_in_client: SignIn
) -> None:
    client = signed_in_client(request.getfixturevalue(who))
    assert post(client, f"/promises/{tied.pk}/own-view/", view="kept").status_code == 403
    assert not OwnView.objects.exists()


@pytest.fixture
def left(service: Body, head: Post, organiser: Person, welcome: Callable[..., Person]) -> Person:
    """Somebody who held a post there before, and left."""
    before = welcome("Quentin Marsh", "partner")
    old = people.name_post(body=service, title="Deputy", by=organiser, holder=before)
    people.hand_over(old, to=None, by=organiser)
    return before


@pytest.mark.parametrize("note", ["Ask Helen.", "Quentin forgot.", "It was Mr Marsh.", "QUENTIN"])
def test_no_worker_past_or_present_is_named_beside_it(
    note: str, tied: Promise, service: Body, left: Person, lynda: Person, helen: Person
) -> None:
    with pytest.raises(verbs.LeaveNamesOut):
        verbs.judge(tied, by=lynda, on=NOW, verdict=Verdict.NOT_KEPT, note=note)
    with pytest.raises(verbs.LeaveNamesOut):
        verbs.say_own_view(tied, by=helen, on=NOW, view=OwnView.View.NOT_KEPT, words=note)
    with pytest.raises(verbs.LeaveNamesOut):
        verbs.reply(tied, body=service, words=note, by=helen, on=NOW)
    assert not tied.judgements.exists()


def test_a_word_is_no_name(tied: Promise, left: Person, lynda: Person) -> None:
    verbs.judge(tied, by=lynda, on=NOW, verdict=Verdict.PARTLY, note="It rained on the marsh in St Helens.")
    assert tied.judgements.count() == 1


def test_a_body_replies_beside_the_entry_on_the_wall_and_on_its_page(
    tied: Promise, service: Body, helen: Person, signed_in_client: SignIn
) -> None:
    her = signed_in_client(helen)
    assert f"/promises/{tied.pk}/reply/?body={service.pk}" in text(her.get(f"/promises/{tied.pk}/"))
    for words in ("We lost two of us in May.", "All of us are back since June."):
        answer = post(her, f"/promises/{tied.pk}/reply/", body=service.pk, words=words)
        assert answer.status_code == 302
    for url in ("/promises/", f"/promises/bodies/{service.pk}/"):
        page = text(Client().get(url))
        assert "The Talking Service replies: “All of us are back since June.”" in page
        assert "We lost two" not in page
    page = text(Client().get(f"/promises/{tied.pk}/"))
    assert page.index("All of us are back") < page.index("We lost two of us in May.")
    assert "Helen" not in page.split("<main")[1]


def test_a_no_can_be_replied_to_as_well(ask: Ask, service: Body, helen: Person, lynda: Person) -> None:
    verbs.answer_no(ask, by=helen, on=NOW, reason="No money.")
    verbs.reply(ask, body=service, words="We ask again next year.", by=helen, on=NOW)
    assert "The Talking Service replies: “We ask again next year.”" in text(Client().get("/promises/"))


@pytest.mark.parametrize("who", ["organiser", "lynda", "femi"])
def test_nobody_writes_a_bodys_words_for_it(
    who: str, request: pytest.FixtureRequest, tied: Promise, service: Body, signed_in_client: SignIn
) -> None:
    client = signed_in_client(request.getfixturevalue(who))
    answer = post(client, f"/promises/{tied.pk}/reply/", body=service.pk, words="Sorry.")
    assert (answer.status_code, Reply.objects.exists()) == (403, False)


def test_a_body_replies_to_what_is_about_it_alone(tied: Promise, council: Body, femi: Person) -> None:
    with pytest.raises(verbs.NotAboutThem):
        verbs.reply(tied, body=council, words="We would have.", by=femi, on=NOW)
    assert not Reply.objects.exists()


def test_bodies_stand_by_name_without_a_number(
    tied: Promise, service: Body, council: Body, femi: Person
) -> None:
    verbs.answer_not_ours(
        Ask.objects.create(
            round=tied.round,
            words="A bus.",
            asked_by_words="all",
            asked_by=tied.to_circle,
            of=service,
            asked_on=TODAY,
        ),
        by=Person.objects.get(name="Helen"),
        on=TODAY,
        whose=council,
    )
    main = text(Client().get("/promises/bodies/")).split("<main")[1].split("</main>")[0]
    assert main.index("Aldermouth Council") < main.index("The Talking Service")
    words = "".join(part.split(">")[-1] for part in main.split("<"))
    assert not any(letter.isdigit() for letter in words), "no count of any body"


def test_a_bodys_page_is_its_record_and_what_it_asks(
    tied: Promise, service: Body, room: Circle, helen: Person, round_: Round
) -> None:
    verbs.ask(
        round=round_,
        words="Tell us when you cannot come.",
        of=room,
        by=helen,
        on=NOW,
        asked_by=service,
        asked_by_words="The Talking Service",
    )
    page = text(Client().get(f"/promises/bodies/{service.pk}/"))
    promised, asked, asks = (page.index(f'id="{part}"') for part in ("promised", "asked", "asks"))
    assert promised < page.index("You keep your place.") < asked
    assert asked < page.index("Let people keep their place.") < asks < page.index("Tell us when you cannot")


@pytest.mark.parametrize("page", ["", "?page=3"])
def test_a_long_record_stays_light(
    page: str,
    round_: Round,
    room: Circle,
    head: Post,
    service: Body,
    council: Body,
    femi: Person,
    helen: Person,
    organiser: Person,
    lynda: Person,
    signed_in_client: SignIn,
    django_assert_max_num_queries: Any,
) -> None:
    for number in range(30):
        made = verbs.make(
            round=round_,
            words=f"Promise {number}.",
            by=helen,
            on=NOW,
            due_on=NOW + timedelta(days=number),
            to=room,
            to_words="all",
            post=head,
        )
        verbs.reply(made, body=service, words="We are at it.", by=helen, on=NOW)
        verbs.ask(
            round=round_,
            words=f"Ask {number}.",
            of=service,
            by=organiser,
            on=NOW,
            asked_by=room,
            asked_by_words="the room",
        )
        asking = verbs.ask(
            round=round_,
            words=f"Their ask {number}.",
            of=council,
            by=helen,
            on=NOW,
            asked_by=service,
            asked_by_words="the service",
        )
        verbs.answer_no(asking, by=femi, on=NOW, reason="No money.")
    client = signed_in_client(helen)
    with django_assert_max_num_queries(12):
        answer = client.get(f"/promises/bodies/{service.pk}/{page}")
    assert text(answer).count("No money.") == 10
    there = range(10) if page else range(20, 30)
    for words in (r"\bAsk (\d+)\.", r"Their ask (\d+)\."):
        assert {int(number) for number in re.findall(words, text(answer))} == set(there)
    assert len(answer.content) < 60_000
    assert ("Later ones" in text(answer)) == bool(page)


def test_the_promise_page_with_all_that_stands_beside_it_asks_little(
    tied: Promise,
    service: Body,
    helen: Person,
    lynda: Person,
    organiser: Person,
    signed_in_client: SignIn,
    django_assert_max_num_queries: Any,
) -> None:
    verbs.ask_residents(tied, by=organiser, on=NOW, until=NOW + timedelta(days=9))
    verbs.say_own_view(tied, by=helen, on=NOW, view=OwnView.View.UNDER_WAY)
    verbs.reply(tied, body=service, words="We are at it.", by=helen, on=NOW)
    verbs.point_to_witness(tied, who="Lyn", words="I saw it.", their_yes=True, by=lynda, on=NOW)
    for person in (lynda, helen, organiser):
        client = signed_in_client(person)
        client.get(f"/promises/{tied.pk}/")
        with django_assert_max_num_queries(12):
            assert client.get(f"/promises/{tied.pk}/").status_code == 200
