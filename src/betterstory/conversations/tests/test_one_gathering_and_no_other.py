"""What is done at one gathering is done at no other: each row of the others is as it was.

All are of one round, with the same sentences on their walls and the same cards in the same hands.
"""

from collections.abc import Callable
from random import Random
from typing import Any

import pytest
from django.apps import apps
from django.db.models import ForeignKey, Model, OneToOneField

from betterstory.conversations import verbs
from betterstory.conversations.models import (
    Gathering,
    Guest,
    Opposites,
    Pile,
    Statement,
    Turn,
    Typed,
)
from betterstory.conversations.tests._evenings import NO, Cards, cards, evening
from betterstory.people.models import Membership, Person
from conftest import AT

__all__ = ["cards", "evening"]  # fixtures that tests ask for by name

Deed = Callable[[Gathering, Cards, Person], object]


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


def change_a_turn(held: Gathering, cards: Cards, by: Person) -> None:
    told = verbs.TurnAs(kind=Turn.Kind.CHECK_IN, words="Tea first", minutes=3)
    verbs.change_turn(held.turns.all()[0], told, by=by, at=AT, edition=held.run_sheet.edition)
    assert held.turns.filter(words="Tea first").count() == 1


def keep_a_text_message(held: Gathering, cards: Cards, by: Person) -> None:
    verbs.keep_text_message(held, words="Come at six.", by=by)


def move_the_screen(held: Gathering, cards: Cards, by: Person) -> None:
    turn = held.turns.all()[1]
    assert verbs.show(held.run_sheet, turn=turn, step=0, seen=held.run_sheet.moves, by=by, at=AT)


def begin_the_clock(held: Gathering, cards: Cards, by: Person) -> None:
    verbs.begin_clock(held.run_sheet, by=by, at=AT)


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
    change_a_turn,
    keep_a_text_message,
    move_the_screen,
    begin_the_clock,
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
