"""What is done to one promise, or one ask, is done to no other: each row of the others is as it was.

Three of each, of one round, one post and one room, with the same words; what others wrote hangs on them all.
The ledger grows with each deed, and what it said of the others stays.
"""

from collections.abc import Callable
from datetime import timedelta
from typing import Any

import pytest
from django.apps import apps
from django.db.models import ForeignKey, Model, OneToOneField
from django.utils import timezone

from betterstory.people.models import Body, Circle, Person, Post
from betterstory.places import verbs as places
from betterstory.places.models import Round
from betterstory.promises import verbs
from betterstory.promises.because import offered
from betterstory.promises.models import Ask, Entry, OwnView, Promise, Said, Turned, Verdict
from betterstory.promises.tests.conftest import SEPTEMBER, WORDS, days, say_yes
from betterstory.stories.models import Audience, Gap, Version
from conftest import TODAY

MONTH = timedelta(days=30)
Deed = Callable[["Pair", "Cast"], object]
ANYTHING = "Because of the buses."


class Pair:
    """An ask, and the promise that answers it."""

    def __init__(self, asked: Ask, promised: Promise) -> None:
        self.asked, self.promised = asked, promised

    def rows(self) -> dict[str, list[dict[str, Any]]]:
        """Each row of these pages that hangs on either, and what the ledger said of them."""
        found: dict[str, list[dict[str, Any]]] = {}
        for model, fields in ways_to_them().items():
            for field, target in fields:
                of = self.asked.pk if target is Ask else self.promised.pk
                rows = model._default_manager.filter(**{field: of}).order_by("pk").values()
                found[f"{model.__name__}.{field}"] = list(rows)
        said = Said.objects.filter(promise=self.promised) | Said.objects.filter(ask=self.asked)
        entries = Entry.objects.filter(said__in=said).order_by("pk").values()
        found["Entry"] = [dict(entry) for entry in entries]
        return found


def ways_to_them() -> dict[type[Model], list[tuple[str, type[Model]]]]:
    """Every table of these pages whose rows hang on an ask or a promise, and by which field."""
    ways: dict[type[Model], list[tuple[str, type[Model]]]] = {
        Ask: [("pk", Ask)],
        Promise: [("pk", Promise), ("ask", Ask)],
    }
    for model in apps.get_app_config("promises").get_models():
        for field in model._meta.get_fields():
            if not isinstance(field, ForeignKey | OneToOneField) or model in (Ask, Promise):
                continue
            if field.related_model in (Ask, Promise):
                ways.setdefault(model, []).append((field.name, field.related_model))
            elif field.related_model.__name__ == "Judging":
                ways.setdefault(model, []).append((f"{field.name}__promise", Promise))
    return ways


class Cast:
    """Who does what here."""

    def __init__(self, helen: Person, lynda: Person, organiser: Person, service: Body) -> None:
        self.helen, self.lynda, self.organiser, self.service = helen, lynda, organiser, service


@pytest.fixture
def cast(helen: Person, lynda: Person, organiser: Person, service: Body) -> Cast:
    return Cast(helen, lynda, organiser, service)


@pytest.fixture
def pair(round_: Round, room: Circle, head: Post, cast: Cast) -> Callable[[], Pair]:
    """Asked, promised, and a little of everything written beside it."""

    def make() -> Pair:
        asked = verbs.ask(
            round=round_,
            words="Let people keep their place.",
            of=cast.service,
            by=cast.organiser,
            on=TODAY,
            asked_by=room,
            asked_by_words="the people of 14 July",
        )
        promised = verbs.answer_yes(asked, by=cast.helen, on=TODAY, post=head, words=WORDS, due_on=SEPTEMBER)
        verbs.say_own_view(promised, by=cast.helen, on=TODAY, view=OwnView.View.UNDER_WAY, words="Soon.")
        verbs.reply(promised, body=cast.service, words="We are at it.", by=cast.helen, on=TODAY)
        verbs.ask_for_time(promised, by=cast.helen, on=TODAY, because=ANYTHING, due_on=SEPTEMBER + MONTH)
        verbs.point_to_witness(
            promised, who="Ivy", words="I was rung back.", their_yes=True, by=cast.helen, on=TODAY
        )
        judging = verbs.ask_residents(promised, by=cast.organiser, on=TODAY, until=days(7))
        verbs.type_door(judging, door="12", said={Turned.KEPT: 2}, by=cast.organiser, on=TODAY)
        return Pair(asked, promised)

    return make


def agree_to_the_new_day(it: Pair, cast: Cast) -> None:
    verbs.make_again(it.promised.agains.get(), by=cast.lynda, on=days(1))


def judge_it(it: Pair, cast: Cast) -> None:
    verbs.judge(it.promised, by=cast.lynda, on=days(1), verdict=Verdict.KEPT)


def see_it_otherwise(it: Pair, cast: Cast) -> None:
    verbs.say_own_view(it.promised, by=cast.helen, on=days(1), view=OwnView.View.KEPT, words="Done.")


def take_its_words_out(it: Pair, cast: Cast) -> None:
    verbs.erase_words(it.promised, by=cast.organiser, on=days(1), because=ANYTHING, answers_too=True)


def take_the_words_of_the_ask_out(it: Pair, cast: Cast) -> None:
    verbs.erase_words(it.asked, by=cast.organiser, on=days(1), because=ANYTHING, answers_too=True)


def take_a_pointer_away(it: Pair, cast: Cast) -> None:
    verbs.take_away(it.promised.pointers.get(), by=cast.helen, on=days(1))


def knock_at_another_door(it: Pair, cast: Cast) -> None:
    verbs.type_door(it.promised.judgings.get(), door="14", said={Turned.NO: 1}, by=cast.organiser, on=days(1))


def count_the_residents(it: Pair, cast: Cast) -> None:
    verbs.close(it.promised.judgings.get(), by=cast.organiser, on=days(8))


DEEDS: list[Deed] = [
    agree_to_the_new_day,
    judge_it,
    see_it_otherwise,
    take_its_words_out,
    take_the_words_of_the_ask_out,
    take_a_pointer_away,
    knock_at_another_door,
    count_the_residents,
]


@pytest.mark.parametrize("deed", DEEDS, ids=lambda deed: deed.__name__)
def test_the_others_are_as_they_were(deed: Deed, pair: Callable[[], Pair], cast: Cast) -> None:
    before_it, one, after_it = pair(), pair(), pair()
    here, there = one.rows(), [other.rows() for other in (before_it, after_it)]
    it = Pair(Ask.objects.get(pk=one.asked.pk), Promise.objects.get(pk=one.promised.pk))
    deed(it, cast)
    assert one.rows() != here, "something was done"
    assert [other.rows() for other in (before_it, after_it)] == there


def test_what_is_harmed_would_be_seen(pair: Callable[[], Pair]) -> None:
    full = {name.partition(".")[0] for name, rows in pair().rows().items() if rows}
    assert full >= {
        "Again",
        "Answer",
        "Ask",
        "Door",
        "Entry",
        "Judging",
        "OwnView",
        "Pointer",
        "Promise",
        "Reply",
        "Said",
    }


def test_a_name_taken_off_one_ask_stays_on_another(
    round_: Round, head: Post, helen: Person, lynda: Person, service: Body
) -> None:
    pairs = []
    for words in ("Ring me back.", "Write to me."):
        asked = verbs.ask(
            round=round_, words=words, of=service, by=lynda, on=TODAY, asked_by_words="Lyn", own_yes=True
        )
        promised = verbs.answer_yes(asked, by=helen, on=TODAY, post=head, words=WORDS, due_on=SEPTEMBER)
        pairs.append(Pair(asked, promised))
    there = pairs[1].rows()
    verbs.be_named(pairs[0].asked, by=lynda, words="")
    assert Promise.objects.get(pk=pairs[0].promised.pk).to_words == "somebody here"
    assert pairs[1].rows() == there
    assert Promise.objects.get(pk=pairs[1].promised.pk).to_words == "Lyn"


def test_residents_are_asked_again_once_they_were_counted(pair: Callable[[], Pair], cast: Cast) -> None:
    promised = pair().promised
    with pytest.raises(verbs.AskedAlready):
        verbs.ask_residents(promised, by=cast.organiser, on=days(1), until=days(8))
    verbs.close(promised.judgings.get(), by=cast.organiser, on=days(8))
    again = verbs.ask_residents(promised, by=cast.organiser, on=days(9), until=days(16))
    assert promised.judgings.count() == 2
    assert again.closed_on is None


def test_moments_are_offered_where_they_were_told_and_nowhere_else(
    round_: Round, version: Version, gap: Gap, room: Circle, organiser: Person
) -> None:
    say_yes(version, gap, audience=Audience.CIRCLE, circle=room)
    elsewhere = places.name_neighbourhood(name="Lock Side", by=organiser)
    other = places.begin_round(neighbourhood=elsewhere, by=organiser, on=TODAY)
    at = timezone.now()
    organiser.read_again()
    told = {one: offered(one, viewer=organiser, at=at).moments for one in (round_, other)}
    assert [pk for pk, _line in told[round_]] == [str(gap.pk)]
    assert told[other] == []
