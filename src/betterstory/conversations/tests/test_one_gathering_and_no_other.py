"""What is done at one gathering is done at no other: each row of the others is as it was.

All are of one round, with the same sentences on their walls and the same cards in the same hands.
"""

from collections.abc import Callable
from datetime import timedelta
from random import Random
from typing import Any

import pytest
from django.apps import apps
from django.db.models import ForeignKey, Model, OneToOneField

from betterstory.conversations import verbs
from betterstory.conversations.iceberg import look_around
from betterstory.conversations.models import (
    Gathering,
    Guest,
    Insight,
    Level,
    Opposites,
    Pile,
    RunSheet,
    Side,
    Statement,
    Typed,
    Voice,
    Vote,
)
from betterstory.conversations.verbs import TypedCard
from betterstory.conversations.verbs.finding import answers_of
from betterstory.people.models import Membership, Person, Ring
from betterstory.places import verbs as places
from betterstory.places.models import Round
from betterstory.stories.models import Story
from conftest import AT, TODAY

Cards = list[tuple[Voice, str]]
Deed = Callable[[Gathering, Cards, Person], object]
AGREE, NO = Vote.Choice.AGREE, Vote.Choice.DISAGREE


def ways_to_gathering() -> dict[type[Model], str]:
    """Every table of these pages whose rows say of which gathering they are, and how they say it."""
    ways: dict[type[Model], str] = {Gathering: "pk"}
    models = list(apps.get_app_config("conversations").get_models())
    for _step in models:
        for model in models:
            for field in model._meta.get_fields():
                if (
                    isinstance(field, ForeignKey | OneToOneField)
                    and field.related_model in ways
                    and model not in ways
                ):
                    way = ways[field.related_model]
                    ways[model] = field.name if way == "pk" else f"{field.name}__{way}"
    return ways


def rows_of(gathering: Gathering) -> dict[str, list[dict[str, Any]]]:
    found: dict[str, list[dict[str, Any]]] = {
        model.__name__: list(model._default_manager.filter(**{way: gathering.pk}).order_by("pk").values())
        for model, way in ways_to_gathering().items()
    }
    lines = Statement.sheets.through.objects.filter(sheet__gathering=gathering)
    seats = Membership.objects.filter(circle=gathering.circle)
    found["what stands on sheets"] = [dict(row) for row in lines.order_by("pk").values()]
    found["seats"] = [dict(row) for row in seats.order_by("pk").values()]
    return found


@pytest.fixture
def cards(round_: Round, organiser: Person) -> Cards:
    """Seven cards that were carried to each of these evenings."""
    return verbs.make_voices(round_, residents=5, services=2, by=organiser, at=AT)


@pytest.fixture
def evening(round_: Round, organiser: Person, resident: Person, cards: Cards) -> Callable[[str], Gathering]:
    """An evening on which something of everything was done."""

    def make(title: str) -> Gathering:
        held = verbs.call_gathering(
            round=round_,
            kind=Gathering.Kind.MAKING_SENSE,
            title=title,
            when=AT + timedelta(days=8),
            where="The hall",
            by=organiser,
            at=AT,
        )
        said = [
            verbs.add_statement(held, words=f"Sentence {n} of {title}.", by=organiser, at=AT)
            for n in range(1, 18)
        ]
        verbs.mark_opposites(said[0], said[1], by=organiser)
        verbs.draw_sheets(held, many=3, by=organiser, at=AT, chance=Random(1))
        for voice, _code in cards[:2]:
            verbs.vote(said[0], voice=voice, choice=AGREE, at=AT)
        typed = [TypedCard(code, {said[2].pk: AGREE, said[3].pk: NO}) for _voice, code in cards[2:]]
        verbs.type_in(held, cards=typed, by=organiser, at=AT)
        for name in ("Ivy", "Helen"):
            verbs.ask_guest(held, first_name=name, side=Side.RESIDENT, ring=Ring.ME, by=organiser)
        guest = verbs.ask_guest(
            held, first_name="Ola", side=Side.RESIDENT, ring=Ring.ME, by=organiser, person=resident
        )
        verbs.reply(guest, reply=Guest.Reply.COMING, by=resident, at=AT)
        verbs.lay_out(held, by=organiser, at=AT)
        return held

    return make


def one_sentence(held: Gathering, number: int = 1) -> Statement:
    return held.statements.get(number=number)


def vote_otherwise(held: Gathering, cards: Cards, by: Person) -> None:
    verbs.vote(one_sentence(held), voice=cards[0][0], choice=NO, at=AT)


def put_a_sentence_aside(held: Gathering, cards: Cards, by: Person) -> None:
    verbs.put_aside(one_sentence(held, 5), because="Somebody is named in it.", by=by)


def reword_a_sentence(held: Gathering, cards: Cards, by: Person) -> None:
    verbs.reword(one_sentence(held, 6), words="Nobody rang me back.", by=by)


def unmark_the_opposites(held: Gathering, cards: Cards, by: Person) -> None:
    verbs.unmark_opposites(Opposites.objects.get(one__gathering=held), by=by)


def draw_another_sheet(held: Gathering, cards: Cards, by: Person) -> None:
    verbs.draw_sheets(held, many=1, by=by, at=AT, chance=Random(2))


def undo_the_pile(held: Gathering, cards: Cards, by: Person) -> None:
    verbs.undo(Pile.objects.get(gathering=held), by=by, at=AT)


def read_a_card_again_and_settle_it(held: Gathering, cards: Cards, by: Person) -> None:
    typed = Typed.objects.filter(pile__gathering=held, is_picked=True)[0]
    code = next(code for voice, code in cards if voice.pk == typed.voice_id)
    third = one_sentence(held, 3).pk
    assert not verbs.type_again(typed, code=code, answers={third: NO}, by=by, at=AT)
    verbs.settle(typed, stands={third: NO, one_sentence(held, 4).pk: None}, by=by, at=AT)


def close_it(held: Gathering, cards: Cards, by: Person) -> None:
    verbs.close_voting(held, by=by, at=AT)


def make_cards_for_guests(held: Gathering, cards: Cards, by: Person) -> None:
    made = verbs.invite_guests(held, by=by, at=AT)
    assert sorted(card.greeting for card, _code in made) == ["Helen", "Ivy"]


def say_no_after_all(held: Gathering, cards: Cards, by: Person) -> None:
    verbs.reply(held.guests.get(first_name="Ola"), reply=Guest.Reply.NOT_COMING, by=by, at=AT)


def take_a_turn_off(held: Gathering, cards: Cards, by: Person) -> None:
    verbs.remove_turn(held.turns.all()[0], by=by, at=AT, edition=held.run_sheet.edition)


DEEDS: list[Deed] = [
    vote_otherwise,
    put_a_sentence_aside,
    reword_a_sentence,
    unmark_the_opposites,
    draw_another_sheet,
    undo_the_pile,
    read_a_card_again_and_settle_it,
    close_it,
    make_cards_for_guests,
    say_no_after_all,
    take_a_turn_off,
]


@pytest.mark.parametrize("deed", DEEDS, ids=lambda deed: deed.__name__)
def test_the_other_evenings_are_as_they_were(
    deed: Deed, evening: Callable[[str], Gathering], cards: Cards, organiser: Person
) -> None:
    before_it, one, after_it = evening("The first"), evening("The second"), evening("The third")
    here, there = rows_of(one), [rows_of(other) for other in (before_it, after_it)]
    held = Gathering.objects.get(pk=one.pk)
    deed(held, cards, organiser)
    assert rows_of(one) != here, "something was done"
    assert [rows_of(other) for other in (before_it, after_it)] == there


def test_a_new_card_takes_along_what_the_old_one_said_and_nothing_of_others(
    evening: Callable[[str], Gathering], cards: Cards, organiser: Person
) -> None:
    for title in ("The first", "The second"):
        held = evening(title)
        for voice, _code in cards[:2]:
            verbs.write_statement(held, words="They called me dear.", voice=voice, at=AT)

    def said_by_others() -> list[object]:
        others = [voice for voice, _code in cards[1:]]
        votes = Vote.objects.filter(voice__in=others).order_by("pk").values_list("pk", "voice", "choice")
        typed = Typed.objects.filter(voice__in=others).order_by("pk").values_list("pk", "voice")
        wrote = Statement.objects.filter(written_by__in=others).order_by("pk").values_list("pk", "written_by")
        return [*votes, *typed, *wrote]

    before = said_by_others()
    (old, code), votes = cards[0], Vote.objects.filter(voice=cards[0][0]).count()
    new, _code = verbs.replace_voice(code, by=organiser, at=AT)
    assert said_by_others() == before
    assert (Vote.objects.filter(voice=new).count(), Vote.objects.filter(voice=old).count()) == (votes, 0)
    assert Statement.objects.filter(written_by=new).count() == 2


def test_a_teller_who_stopped_in_one_room_stays_stopped_when_another_begins(
    evening: Callable[[str], Gathering], story: Story, organiser: Person, teller: Person
) -> None:
    sheets = []
    for title in ("The first", "The second", "The third"):
        held = evening(title)
        told = verbs.Prepared(when=held.at, where=held.where, story=story)
        verbs.prepare(held, told, by=organiser, at=AT, edition=1)
        sheets.append(RunSheet.objects.get(gathering=held))
    first, second, third = sheets

    def stopped() -> list[bool]:
        return [RunSheet.objects.get(pk=sheet.pk).stopped_at is not None for sheet in sheets]

    verbs.stop_here(second, by=teller, at=AT)
    assert stopped() == [False, True, False]
    verbs.stop_here(third, by=teller, at=AT)
    verbs.approve(third, by=teller, at=AT, edition=third.edition)
    assert stopped() == [False, True, False]
    verbs.approve(first, by=teller, at=AT, edition=first.edition)
    assert stopped() == [False, True, False]


def test_beneath_one_card_lies_nothing_of_another_round(
    round_: Round, organiser: Person, add_card: Callable[..., Insight]
) -> None:
    here = add_card("trend", "The bus is early.")
    elsewhere = places.begin_round(neighbourhood=round_.neighbourhood, by=organiser, on=TODAY)
    there = verbs.add_card(elsewhere, level=Level.TREND, words="Nobody drives here.", by=organiser, at=AT)
    for card, other in ((here, there), (there, here)):
        beneath = look_around(card.pk, viewer=organiser, at=AT)
        numbers = {each.insight.pk for each in beneath.cards}
        assert card.pk in numbers
        assert other.pk not in numbers


def test_what_is_harmed_would_be_seen(evening: Callable[[str], Gathering]) -> None:
    full = {name for name, rows in rows_of(evening("The first")).items() if rows}
    assert full >= {
        "Gathering",
        "Guest",
        "Opposites",
        "Pile",
        "RunSheet",
        "Sheet",
        "Statement",
        "Turn",
        "Typed",
        "Vote",
        "seats",
        "what stands on sheets",
    }


def test_answers_of_one_evening_are_read_at_no_other(evening: Callable[[str], Gathering]) -> None:
    one, other = evening("The first"), evening("The second")
    asked = [each.pk for each in one.statements.all()]
    rows = answers_of(one, asked)
    assert len(rows) == 12
    assert {row.statement for row in rows} <= set(asked)
    assert Vote.objects.filter(statement__gathering=other).count() == 12


def test_one_in_five_is_picked_of_each_evening_by_itself(evening: Callable[[str], Gathering]) -> None:
    """Five cards a pile, three of them typed twice: those of another evening are no part of the five."""
    for held in (evening("The first"), evening("The second")):
        assert Typed.objects.filter(pile__gathering=held, is_picked=True).count() == 3
