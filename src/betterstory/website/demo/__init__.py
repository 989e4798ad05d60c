"""The invented place: made once, through the verbs, by a seeded generator; the same town each time."""

from datetime import datetime


def make(*, at: datetime) -> None:
    """Make the whole town as it stands at this moment, its past included."""
    from betterstory.website.demo import (  # noqa: PLC0415 - needs Django
        answers,
        asks,
        beginnings,
        counted,
        evenings,
        gatherings,
        ledger,
        safety,
        town,
    )

    made = town.Town(at=at)
    town.found(made)
    beginnings.begin(made)
    beginnings.dive_in(made)
    town.tell(made)
    safety.worry(made)
    called = gatherings.call_all(made)
    everybody = town.gather_everybody(made)
    town.open_doors(made, [everybody, *(each.circle for each in called.values())])
    release = counted.count(made)
    statements = answers.answer(made, called)
    evenings.look_back(made, called)
    coming = evenings.call_the_next(made)
    evenings.say_yes_and_approve(made, coming)
    cards = gatherings.look_beneath(made, called["sense"], statements, release)
    asks.ask_and_promise(made, room=everybody, planning=called["planning"], cards=cards)
    ledger.hold_heads(made)
