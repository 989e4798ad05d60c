"""The page of an ask or a promise: what became of it, and why. A story stays its teller's to show."""

import re
from collections.abc import Callable
from datetime import timedelta
from typing import Any

import pytest
from django.test import Client
from django.utils import timezone

from betterstory.behind.models import Pattern, Release
from betterstory.conversations.models import Gathering, Insight, Statement
from betterstory.people.models import Body, Circle, Person, Post
from betterstory.places.models import Round
from betterstory.promises import verbs
from betterstory.promises.models import Ask, Promise, Verdict, what_came_of
from betterstory.promises.tests.conftest import NOW, say_yes
from betterstory.stories import consenting
from betterstory.stories import verbs as stories
from betterstory.stories.models import Audience, Form, Gap, Seen, Step, Use, Version

SignIn = Callable[[Person], Client]
GAP = "Back of the queue, 17 weeks"
STEP = "They took me off the list."
QUIET = "A piece of a story is behind this."
QUIET_CARD = "This card stands on a piece of a story."


def spoken(response: Any) -> str:
    """The words of a page on one line, as they are read."""
    assert response.status_code == 200
    return " ".join(re.sub(r"<[^>]+>", " ", response.content.decode()).split())


def both(promise: Promise, client: Client) -> list[str]:
    return [
        spoken(client.get(f"/promises/{promise.pk}/")),
        spoken(client.get(f"/promises/asks/{promise.ask_id}/")),
    ]


def test_why_is_a_card_figures_and_moments_their_teller_shows_to_anyone(
    tied: Promise, version: Version, gap: Gap
) -> None:
    say_yes(version, gap, gap.after, audience=Audience.PUBLIC)
    for page in both(tied, Client()):
        assert "Miss one visit, begin again." in page
        assert "About 120 people went the same way." in page
        assert "It cannot see: Whoever never asked." in page
        assert f"“{GAP}”" in page
        assert STEP in page
        assert "Robin" in page
        assert QUIET not in page


def test_until_their_teller_says_yes_nobody_reads_a_word_of_it(
    tied: Promise, signed_in_client: SignIn, organiser: Person, helen: Person
) -> None:
    for client in (Client(), signed_in_client(organiser), signed_in_client(helen)):
        for page in both(tied, client):
            for words in (GAP, STEP, "Robin", "Miss one visit"):
                assert words not in page, "a card made from a moment is as quiet as the moment"
            assert QUIET in page
            assert QUIET_CARD in page
            assert "Let people keep their place." in page


def test_a_yes_for_the_room_shows_it_to_the_room_alone(
    tied: Promise,
    version: Version,
    gap: Gap,
    room: Circle,
    signed_in_client: SignIn,
    lynda: Person,
    femi: Person,
) -> None:
    say_yes(version, gap, audience=Audience.CIRCLE, circle=room)
    for page in both(tied, signed_in_client(lynda)):
        assert GAP in page
        assert "Miss one visit" not in page, "the step the card stands on is still shut"
    for client in (Client(), signed_in_client(femi)):
        for page in both(tied, client):
            assert GAP not in page


@pytest.mark.parametrize("how", ["take back", "pause", "destroy"])
def test_a_teller_takes_it_back_the_promise_stands_the_words_are_gone(
    how: str, tied: Promise, version: Version, gap: Gap, teller: Person
) -> None:
    say_yes(version, gap, gap.after, audience=Audience.PUBLIC)
    assert all(GAP in page for page in both(tied, Client()))
    story = version.story
    if how == "pause":
        consenting.pause(story, by=teller, at=timezone.now())
    else:
        consenting.take_back(story, by=teller, at=timezone.now())
    if how == "destroy":
        consenting.destroy(story, at=timezone.now())
    for page in both(tied, Client()):
        for words in (GAP, STEP, "Robin", "Miss one visit"):
            assert words not in page
        assert QUIET in page
        assert "Let people keep their place." in page
    assert "You keep your place." in spoken(Client().get("/promises/"))


def test_numbers_stand_beside_a_story_only_while_its_teller_lets_it_be_counted(
    tied: Promise, version: Version, gap: Gap, release: Release, teller: Person
) -> None:
    numbers = "About 120 people went the same way."
    release.pattern.pieces.add(gap)
    Pattern.objects.update(from_a_story=True, made_from=version)
    say_yes(version, gap, gap.after, audience=Audience.PUBLIC)
    for page in both(tied, Client()):
        assert GAP in page
        assert numbers not in page
    yes = say_yes(version, gap, audience=Audience.PARTNERSHIP, use=Use.COUNT)
    for page in both(tied, Client()):
        assert GAP in page
        assert numbers in page
    consenting.stop(yes, by=teller, at=timezone.now())
    for page in both(tied, Client()):
        assert GAP in page
        assert numbers not in page


def test_numbers_alone_stay_for_they_point_at_nobody(
    round_: Round, room: Circle, service: Body, organiser: Person, release: Release, version: Version
) -> None:
    Pattern.objects.update(from_a_story=True, made_from=version)
    ask = verbs.ask(
        round=round_,
        words="Look at this.",
        of=service,
        by=organiser,
        on=NOW,
        asked_by=room,
        asked_by_words="us",
        release=release,
    )
    page = spoken(Client().get(f"/promises/asks/{ask.pk}/"))
    assert "About 120 people went the same way." in page
    assert QUIET not in page


def test_the_teller_can_read_who_saw_a_line_of_theirs(
    tied: Promise, version: Version, gap: Gap, signed_in_client: SignIn, lynda: Person, teller: Person
) -> None:
    both(tied, Client())
    assert not Seen.objects.exists(), "nothing of it was shown"
    say_yes(version, gap, audience=Audience.PUBLIC)
    for client in (signed_in_client(lynda), signed_in_client(teller), Client()):
        both(tied, client)
    assert {(seen.use, seen.person) for seen in Seen.objects.all()} == {("quote", lynda), ("quote", None)}


def test_a_yes_without_a_name_gives_no_name(tied: Promise, version: Version, gap: Gap) -> None:
    say_yes(version, gap, audience=Audience.PUBLIC)
    version.consents.update(form=Form.NO_NAME)
    for page in both(tied, Client()):
        assert GAP in page
        assert "Robin" not in page
        assert "None" not in page


def test_the_wall_holds_no_word_of_a_story_even_when_it_is_shown(
    tied: Promise, version: Version, gap: Gap
) -> None:
    say_yes(version, gap, gap.after, audience=Audience.PUBLIC)
    for url in ("/promises/", "/promises/print/"):
        assert GAP not in spoken(Client().get(url))


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
