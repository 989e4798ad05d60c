"""The page of an ask or a promise: what became of it, who does what next, and what came of a story."""

from datetime import timedelta
from typing import Any

import pytest
from django.test import Client
from django.utils import timezone

from betterstory.conversations.models import Gathering, Insight, Statement
from betterstory.people.models import Body, Circle, Person, Post
from betterstory.places.models import Round
from betterstory.promises import verbs
from betterstory.promises.models import Ask, Promise, Verdict, what_came_of
from betterstory.promises.tests._entry import SignIn, spoken
from betterstory.promises.tests.conftest import NOW, say_yes
from betterstory.stories import verbs as stories
from betterstory.stories.models import Audience, Gap, Step, Version


def test_what_became_of_it_stands_from_the_first_day_on(tied: Promise, helen: Person, lynda: Person) -> None:
    later = NOW + timedelta(days=9)
    asked = verbs.ask_for_time(
        tied, by=helen, on=later, due_on=later, because="The rule is not written.", words="You keep it."
    )
    verbs.make_again(asked, by=lynda, on=later)
    verbs.judge(tied, by=lynda, on=later, verdict=Verdict.PARTLY, note="For some of us.")
    verbs.judge(tied, by=lynda, on=later + timedelta(days=2), verdict=Verdict.KEPT)
    page = spoken(Client().get(f"/promises/{tied.pk}/"))
    parts = (
        "“You keep your place.”",
        "“The rule is not written.”",
        "Made again",
        "“You keep it.”",
        "Said for the people of 14 July: partly. “For some of us.”",
        "Said for the people of 14 July: kept.",
    )
    became = page.split("What became of it")[1]
    places = [became.index(part) for part in parts]
    assert places == sorted(places)
    assert "Helen" not in page
    assert "Lynda" not in page


def test_every_answer_stands_on_the_page_of_the_ask(
    tied: Promise, round_: Round, room: Circle, service: Body, council: Body, organiser: Person, head: Post
) -> None:
    ask = verbs.ask(
        round=round_,
        words="A later bus.",
        of=service,
        by=organiser,
        on=NOW,
        asked_by=room,
        asked_by_words="us",
    )
    verbs.answer_not_ours(ask, by=organiser, on=NOW, whose=council, note="We have no buses.")
    verbs.answer_no(Ask.objects.get(pk=ask.pk), by=organiser, on=NOW, reason="No driver.")
    page = spoken(Client().get(f"/promises/asks/{ask.pk}/"))
    became = page.split("What became of it")[1]
    assert "Asked of The Talking Service." in became
    assert (
        "said it is not theirs, and passed it on to Aldermouth Council. Said in the room, and written down."
        in became
    )
    assert "“We have no buses.”" in became
    assert "Aldermouth Council said no, because:" in became
    assert "“No driver.”" in became


def test_each_is_offered_what_is_theirs_to_do(
    tied: Promise, signed_in_client: SignIn, helen: Person, lynda: Person, femi: Person
) -> None:
    url = f"/promises/{tied.pk}/"
    judge, more = f'href="{url}judge/"', f'href="{url}more-time/"'
    offered = {
        who: (judge in page, more in page)
        for who, page in {
            "anyone": Client().get(url).content.decode(),
            "lynda": signed_in_client(lynda).get(url).content.decode(),
            "helen": signed_in_client(helen).get(url).content.decode(),
            "femi": signed_in_client(femi).get(url).content.decode(),
        }.items()
    }
    assert offered == {
        "anyone": (False, False),
        "lynda": (True, False),
        "helen": (False, True),
        "femi": (False, False),
    }


def test_a_promise_walks_down_the_thread(tied: Promise) -> None:
    assert f'href="/thread/promise/{tied.pk}/"' in Client().get(f"/promises/{tied.pk}/").content.decode()


@pytest.mark.parametrize("which", ["promise", "ask"])
def test_its_page_asks_the_database_little(
    which: str,
    tied: Promise,
    version: Version,
    gap: Gap,
    lynda: Person,
    helen: Person,
    signed_in_client: SignIn,
    django_assert_max_num_queries: Any,
) -> None:
    say_yes(version, gap, gap.after, audience=Audience.PUBLIC)
    verbs.ask_for_time(tied, by=helen, on=NOW, due_on=NOW + timedelta(days=90), because="Later.")
    url = f"/promises/{tied.pk}/" if which == "promise" else f"/promises/asks/{tied.ask_id}/"
    for person in (lynda, helen):
        client = signed_in_client(person)
        client.get(url)  # the first look of a day is written down for the teller
        with django_assert_max_num_queries(12):
            assert client.get(url).status_code == 200


def test_what_came_of_a_story_is_every_ask_and_promise_that_rests_on_it(
    tied: Promise,
    version: Version,
    card: Insight,
    round_: Round,
    room: Circle,
    head: Post,
    helen: Person,
    teller: Person,
    promise: Promise,
    django_assert_num_queries: Any,
) -> None:
    """`promise` rests on nothing, and must not come along."""
    because_of_the_card = verbs.make(
        round=round_,
        words="We will write the rule anew.",
        by=helen,
        on=NOW,
        due_on=NOW + timedelta(days=9),
        to=room,
        to_words="all",
        post=head,
        insight=card,
    )
    with django_assert_num_queries(2):
        came = what_came_of(version)
    assert came.asks == [tied.ask]
    assert set(came.promises) == {tied, because_of_the_card}
    newer = stories.begin_version(version.story, by=teller, at=timezone.now())
    assert what_came_of(newer).asks == [tied.ask], "a new version is still the same story"
    assert Step.objects.filter(version=newer).exists()


def test_a_card_made_from_what_was_said_in_the_room_leads_back_to_the_story_too(
    tied: Promise, version: Version, card: Insight, gap: Gap, gathering: Gathering
) -> None:
    Ask.objects.update(piece=None)
    card.pieces.clear()
    assert what_came_of(version).asks == []
    statement = Statement.objects.create(
        gathering=gathering, number=1, words="One bad day.", from_piece=gap, added_at=timezone.now()
    )
    card.statements.add(statement)
    came = what_came_of(version)
    assert (came.asks, came.promises) == ([tied.ask], [tied])


@pytest.fixture
def gathering(round_: Round, room: Circle) -> Gathering:
    return Gathering.objects.create(
        round=round_, title="The first evening", at=timezone.now(), where="the hall", circle=room
    )
