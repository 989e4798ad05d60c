"""The invented place: made once, through the verbs, by a seeded generator; the same town each time."""

from datetime import datetime


def make(*, at: datetime) -> None:
    """Make the whole town as it stands at this moment, its past included; all of it or none."""
    from django.db import transaction  # noqa: PLC0415 - needs Django

    with transaction.atomic():  # a start that is broken off leaves no half of a town
        _make(at=at)


def _make(*, at: datetime) -> None:
    from betterstory.website.demo import (  # noqa: PLC0415 - needs Django
        answers,
        asks,
        attended,
        beginnings,
        counted,
        elsewhere,
        evenings,
        gatherings,
        judged,
        keeping_time,
        learned,
        ledger,
        lessons,
        looked,
        out_and_about,
        reported,
        returning,
        safety,
        side_by_side,
        spoken_for,
        streets,
        town,
        voice,
        wall,
    )

    made = town.Town(at=at)
    town.found(made)
    beginnings.begin(made)
    beginnings.dive_in(made)
    returning.come_back_each_month(made)
    out_and_about.look_out(made)
    town.tell(made)
    safety.worry(made)
    called = gatherings.call_all(made)
    everybody = town.gather_everybody(made)
    town.open_doors(made, [everybody, *(each.circle for each in called.values())])
    spoken_for.choose(made)
    voice.speak(made, room=everybody)
    side_by_side.tell(made, room=everybody)
    release = counted.count(made)
    statements = answers.answer(made, called)
    evenings.look_back(made, called)
    attended.say_who_came(made, called)
    looked.look(made, called)
    looked.tell(made, called)
    coming = evenings.call_the_next(made)
    evenings.say_yes_and_approve(made, coming)
    cards = gatherings.look_beneath(made, called["sense"], statements, release)
    row = elsewhere.Lived(
        asks.ROUND, made.round, everybody, made.person["organiser"], called["planning"], cards=cards
    )
    others = elsewhere.live_through(made, streets.ROUNDS)
    wall.live(made, [row, *others])
    keeping_time.keep_time(made, room=everybody, planning=called["planning"])
    judged.judge_by_cards(made, room=everybody)
    learned.learn(made, others)
    lessons.learn(made)
    reported.report(made)
    ledger.hold_heads(made)
