"""Whatever people press, in whatever order: only the promised side makes a promise kept."""

from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import date, timedelta

import pytest
from django.db import transaction
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from betterstory.people import verbs as people
from betterstory.people.models import Body, Circle, Person, Post
from betterstory.places.models import Round
from betterstory.promises import verbs, written
from betterstory.promises.models import Again, Ask, Entry, Promise, State, Verdict
from betterstory.ui.refusal import Refusal
from conftest import AT, TODAY

WHO = ("organiser", "lynda", "helen", "colleague", "stranger")
WHAT = (
    "yes",
    "no",
    "not ours",
    "more time",
    "make again",
    *Verdict.values,
    "hand over",
    "join",
    "leave",
)


@dataclass
class World:
    """Who is where, kept by hand beside what the database says."""

    people: dict[str, Person]
    round: Round
    room: Circle
    service: Body
    council: Body
    head: Post
    holder: str = "helen"
    in_room: set[str] = field(default_factory=lambda: {"organiser", "lynda", "helen", "colleague"})
    gave_word: set[str] = field(default_factory=set)
    said: list[tuple[str, str]] = field(default_factory=list)
    agreed: int = 0

    def may_judge(self, who: str) -> bool:
        of_the_service = {self.holder, "colleague"}
        return who in self.in_room and who not in of_the_service and who not in self.gave_word


@pytest.fixture
def world(
    round_: Round,
    room: Circle,
    service: Body,
    council: Body,
    head: Post,
    organiser: Person,
    lynda: Person,
    helen: Person,
    welcome: Callable[..., Person],
) -> Callable[[], World]:
    colleague, stranger = welcome("Ola", "partner"), welcome("Pat", "resident")
    people.name_post(body=service, title="Reception", by=organiser, holder=colleague)
    people.join(circle=room, person=colleague, at=AT)
    everybody = dict(zip(WHO, (organiser, lynda, helen, colleague, stranger), strict=True))
    return lambda: World(everybody, round_, room, service, council, head)


def press(world: World, ask: Ask, who: str, what: str, on: date) -> None:
    """One thing somebody tries."""
    by = Person.objects.get(pk=world.people[who].pk)
    promise = Promise.objects.filter(ask=ask).first()
    if what == "yes":
        post = Post.objects.get(pk=world.head.pk)
        verbs.answer_yes(ask, by=by, on=on, post=post, words="We will.", due_on=on)
        world.gave_word.add(who if who in (world.holder, "colleague") else world.holder)
    elif what == "no":
        verbs.answer_no(ask, by=by, on=on, reason="We cannot.")
    elif what == "not ours":
        verbs.answer_not_ours(ask, by=by, on=on, whose=world.council)
    elif what == "hand over":
        people.hand_over(world.head, to=by, by=world.people["organiser"])
        world.holder = who
    elif what == "join":
        people.join(circle=world.room, person=by, at=AT)
        world.in_room.add(who)
    elif what == "leave":
        people.leave(circle=world.room, person=by, at=AT)
        world.in_room.discard(who)
    elif promise is not None and what == "more time":
        verbs.ask_for_time(promise, by=by, on=on, due_on=on + timedelta(days=9), because="We are late.")
    elif promise is not None and what == "make again":
        again = Again.objects.filter(promise=promise).last()
        if again:
            verbs.make_again(again, by=by, on=on)
            assert world.may_judge(who)
            world.agreed += 1
    elif promise is not None:
        verbs.judge(promise, by=by, on=on, verdict=Verdict(what))
        assert world.may_judge(who), f"{who} said {what}"
        world.said.append((who, what))


@settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(st.lists(st.tuples(st.sampled_from(WHO), st.sampled_from(WHAT)), max_size=14))
def test_no_path_reaches_kept_without_the_promised_side(
    world: Callable[[], World], presses: list[tuple[str, str]]
) -> None:
    with transaction.atomic():
        here = world()
        ask = verbs.ask(
            round=here.round,
            words="Let people keep their place.",
            of=here.service,
            by=here.people["organiser"],
            on=TODAY,
            asked_by=here.room,
            asked_by_words="the room",
        )
        for day, (who, what) in enumerate(presses):
            try:
                press(here, ask, who, what, TODAY + timedelta(days=day))
            except Refusal:
                continue
        holds_together(here, ask)
        transaction.set_rollback(True)


def holds_together(world: World, ask: Ask) -> None:
    assert written.verify().entries == Entry.objects.count()
    assert written.not_as_written() == []
    promises = list(Promise.objects.filter(ask=ask))
    assert len(promises) <= 1
    assert bool(promises) == ask.answers.filter(kind="yes").exists()
    if not promises:
        assert not world.said
        return
    promise = promises[0]
    assert promise.agains.filter(agreed_on__isnull=False).count() == world.agreed
    if world.said:
        assert promise.state == Verdict(world.said[-1][1]).state
    else:
        assert promise.state == (State.MADE_AGAIN if world.agreed else State.MADE)
