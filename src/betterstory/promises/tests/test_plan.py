"""The plan: from each opposite to what is asked for it, what is missing, answered on the spot or later."""

from collections.abc import Callable
from datetime import timedelta
from typing import Any
from uuid import uuid4

import pytest
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from betterstory.conversations import verbs as conversations
from betterstory.conversations.models import Gathering, Insight, Level
from betterstory.people import verbs as people
from betterstory.people.models import Body, Circle, Person, Post
from betterstory.places.models import Round
from betterstory.promises import verbs
from betterstory.promises.models import Ask, Promise, Size
from betterstory.promises.plan import Plan, plan_of
from betterstory.promises.verbs import AlreadyAnswered, DayIsPast, NotYoursToAnswer
from betterstory.stories import consenting
from betterstory.stories.models import Version
from conftest import AT, TODAY

Browser = Callable[[Person], Client]
ASKED = "Ring before you write."


@pytest.fixture
def base(round_: Round, organiser: Person) -> Insight:
    """A card at the base, turned over."""
    card = conversations.add_card(
        round_,
        level=Level.MENTAL_MODEL,
        words="I have acted as if a missed visit was a no.",
        held_by="two of us",
        by=organiser,
        at=AT,
    )
    return conversations.turn_over(card, words="A missed visit is a sign.", by=organiser, at=AT)


@pytest.fixture
def rule(card: Insight, organiser: Person) -> Insight:
    """The rule, which stands on a step of the story, turned over."""
    return conversations.turn_over(card, words="You keep your place.", by=organiser, at=AT)


@pytest.fixture
def put(round_: Round, room: Circle, service: Body, head: Post, organiser: Person) -> Callable[..., Ask]:
    def make(words: str, **more: Any) -> Ask:
        told = {"by": organiser, "on": TODAY, "asked_by": room, "asked_by_words": "the room", **more}
        return verbs.ask(round=round_, words=words, of=service, **told)

    return make


@pytest.fixture
def gathering(round_: Round, room: Circle, organiser: Person) -> Gathering:
    """The room, as a gathering of the round."""
    return Gathering.objects.create(
        round=round_, title="Planning", at=AT, where="The hall", circle=room, called_by=organiser
    )


def plan(round_: Round, viewer: Person) -> Plan:
    return plan_of(round_, viewer=viewer, at=timezone.now(), on=TODAY)


def test_it_is_whole_with_one_of_each(
    round_: Round, base: Insight, rule: Insight, put: Callable[..., Ask], organiser: Person, teller: Person
) -> None:
    missing = [plan(round_, teller).missing]
    for told in (
        {"words": ASKED, "insight": base},
        {"words": "Keep our place.", "insight": rule, "size": Size.STRUCTURE},
        {"words": "Bring a cake on Friday.", "size": Size.SMALL_ACT},
    ):
        put(told.pop("words"), **told)
        missing.append(plan(round_, teller).missing)
    assert missing == [
        ["a change at the base", "a change of a rule", "a small act this week"],
        ["a change of a rule", "a small act this week"],
        ["a small act this week"],
        [],
    ]
    asked = [row.ask.words for row in plan(round_, teller).asks]
    assert asked == [ASKED, "Keep our place.", "Bring a cake on Friday."]


def test_a_small_act_that_somebody_promises_counts(
    round_: Round, room: Circle, lynda: Person, organiser: Person, put: Callable[..., Ask]
) -> None:
    small: dict[str, Any] = {"round": round_, "by": lynda, "on": TODAY, "due_on": TODAY, "to": room}
    small["to_words"] = "all"
    verbs.make(words="I bring a cake.", by_words="Lyn", own_yes=True, **small)
    assert "a small act this week" in plan(round_, organiser).missing
    verbs.make(words="I bring tea.", by_words="Lyn", own_yes=True, size=Size.SMALL_ACT, **small)
    found = plan(round_, organiser)
    assert [row.promise.words for row in found.small_promised] == ["I bring tea."]
    assert "a small act this week" not in found.missing


def test_a_small_act_is_no_change_of_the_rule_it_rests_on(
    round_: Round, rule: Insight, put: Callable[..., Ask], teller: Person
) -> None:
    put("Read the letter to Robin.", insight=rule, size=Size.SMALL_ACT)
    assert plan(round_, teller).missing == ["a change at the base", "a change of a rule"]


def test_a_card_that_went_quiet_says_nothing_and_its_ask_stays(
    round_: Round,
    rule: Insight,
    version: Version,
    put: Callable[..., Ask],
    teller: Person,
    organiser: Person,
    signed_in_client: Browser,
) -> None:
    put("Keep our place.", insight=rule, size=Size.STRUCTURE)
    page = reverse("promises:plan", args=[round_.pk])
    mine = signed_in_client(teller).get(page).content.decode()
    theirs = signed_in_client(organiser).get(page).content.decode()
    words = ("You keep your place.", "Miss one visit, begin again.")
    assert [each in mine for each in words] == [True, True]
    assert [each in theirs for each in words] == [False, False], "no yes was given to the organiser"
    assert "Keep our place." in theirs
    assert "a change of a rule" not in plan(round_, organiser).missing
    consenting.take_back(version.story, by=teller, at=timezone.now(), for_good_now=True)
    assert [each in signed_in_client(teller).get(page).content.decode() for each in words] == [False, False]


def test_later_is_no_answer_yet_and_has_a_day(
    put: Callable[..., Ask], helen: Person, lynda: Person, organiser: Person, head: Post
) -> None:
    asked = put(ASKED, size=Size.BASE)
    day = TODAY + timedelta(days=14)
    with pytest.raises(NotYoursToAnswer):
        verbs.answer_later(asked, by=lynda, on=TODAY, due_on=day)
    with pytest.raises(DayIsPast):
        verbs.answer_later(asked, by=helen, on=TODAY, due_on=TODAY - timedelta(days=1))
    asked.refresh_from_db()
    assert asked.later_by is None
    verbs.answer_later(asked, by=organiser, on=TODAY, due_on=day)
    asked = Ask.objects.get(pk=asked.pk)
    assert (asked.later_by, asked.is_waiting, asked.asked_on) == (day, True, TODAY)
    made = verbs.answer_yes(asked, by=helen, on=TODAY, post=head, words="We ring.", due_on=day)
    assert made.size == Size.BASE
    with pytest.raises(AlreadyAnswered):
        verbs.answer_later(asked, by=helen, on=TODAY, due_on=day)


def test_from_the_plan_an_ask_is_made_with_its_card_and_its_size(
    round_: Round,
    base: Insight,
    room: Circle,
    service: Body,
    organiser: Person,
    signed_in_client: Browser,
) -> None:
    browser = signed_in_client(organiser)
    page = browser.get(reverse("promises:plan", args=[round_.pk])).content.decode()
    way = f"{reverse('promises:new_ask', args=[round_.pk])}?insight={base.pk}&amp;size=base"
    assert way in page
    form = browser.get(way.replace("&amp;", "&")).content.decode()
    assert f'value="{base.pk}" selected' in form
    sent = {
        "once": str(uuid4()),
        "words": ASKED,
        "of": service.pk,
        "asked_by": room.pk,
        "asked_by_words": "the room",
        "insight": base.pk,
        "size": "base",
    }
    assert browser.post(reverse("promises:new_ask", args=[round_.pk]), sent).status_code == 302
    made = Ask.objects.get()
    assert (made.insight, made.size) == (base, "base")
    later = {"once": str(uuid4()), "due_on": "2031-01-01"}
    assert browser.post(reverse("promises:later", args=[made.pk]), later).status_code == 302
    said = browser.get(reverse("promises:plan", args=[round_.pk])).content.decode()
    assert "They said: later." in said
    assert reverse("promises:yes", args=[made.pk]) in said


def test_the_big_screen_shows_one_ask_at_a_time_to_the_room(
    round_: Round,
    base: Insight,
    gathering: Gathering,
    put: Callable[..., Ask],
    organiser: Person,
    analyst: Person,
    signed_in_client: Browser,
) -> None:
    put(ASKED, insight=base)
    first = reverse("promises:plan_screen", args=[round_.pk])
    browser = signed_in_client(organiser)
    verbs.make(
        round=round_,
        words="I bring the chairs.",
        by=organiser,
        on=TODAY,
        due_on=TODAY + timedelta(days=2),
        to=gathering.circle,
        to_words="all of us",
        by_words="Dolores",
        own_yes=True,
        size=Size.SMALL_ACT,
    )
    for words in ("Still missing:", "I bring the chairs."):
        assert words in browser.get(first).content.decode()
    one = browser.get(reverse("promises:plan_screen", args=[round_.pk, 1])).content.decode()
    assert ASKED in one
    assert "A missed visit is a sign." in one
    assert browser.get(reverse("promises:plan_screen", args=[round_.pk, 2])).status_code == 404
    assert signed_in_client(analyst).get(first).status_code == 403


def test_whoever_left_the_room_is_shown_no_screen_of_it(
    round_: Round,
    base: Insight,
    gathering: Gathering,
    put: Callable[..., Ask],
    organiser: Person,
    analyst: Person,
    signed_in_client: Browser,
) -> None:
    put(ASKED, insight=base)
    screen = reverse("promises:plan_screen", args=[round_.pk])
    people.join(circle=gathering.circle, person=analyst, at=AT)
    browser = signed_in_client(organiser)
    assert browser.get(screen).status_code == 200
    people.leave(circle=gathering.circle, person=organiser, at=AT)
    assert browser.get(screen).status_code == 403, "though somebody else is in it still"
    assert signed_in_client(analyst).get(screen).status_code == 200


def test_the_plan_asks_little(
    round_: Round,
    rule: Insight,
    base: Insight,
    gathering: Gathering,
    put: Callable[..., Ask],
    head: Post,
    helen: Person,
    organiser: Person,
    signed_in_client: Browser,
    django_assert_max_num_queries: Any,
) -> None:
    due = TODAY + timedelta(days=9)
    for n in range(6):
        ask = put(f"{ASKED} {n}", insight=base)
        verbs.answer_yes(ask, by=helen, on=TODAY, post=head, words=f"We ring {n}.", due_on=due)
    browser = signed_in_client(organiser)
    for name, args, most in (("plan", (), 12), ("plan_print", (), 12), ("plan_screen", (1,), 10)):
        page = reverse(f"promises:{name}", args=[round_.pk, *args])
        browser.get(page)
        with django_assert_max_num_queries(most, info=name):
            assert browser.get(page).status_code == 200
    assert Promise.objects.count() == 6
