"""The circle of the Row comes back to what it agreed, three times more; one leaves, two come."""

from datetime import timedelta

from betterstory.people import verbs as people
from betterstory.poolside import goodwill, repairing
from betterstory.poolside import verbs as poolside
from betterstory.poolside.goodwill import Word
from betterstory.poolside.models import Poolside
from betterstory.website.demo.town import Town

CHECK_INS = (  # days ago, what held, what did not, and a word to each quiet question
    (
        58,
        "We rang, and did not write.",
        "The meeting ran over again.",
        ("2 2 3", "2 3 3", "3 2 4", "2 2 3", "3 3 4", "1 2 3"),
    ),
    (
        44,
        "We said what we cannot do.",
        "Two of us heard it second hand.",
        ("3 2 3", "2 2 4", "3 3 4", "3 2 3", "3 3 4", "2 2 4"),
    ),
    (
        30,
        "We told each other the same day.",
        "Minutes came late.",
        ("3 3 4", "3 2 4", "4 3 4", "3 3 3", "3 3 4", "2 3 4"),
    ),
)
COMING = ("neighbour", "shed")


def come_back_each_month(town: Town) -> None:
    """Their check-ins with the quiet questions, a repair talk that two wished known, one still asked."""
    table = Poolside.objects.get(round=town.round)
    person = town.person
    for key in COMING:
        people.join(circle=table.circle, person=person[key], at=town.ago(66))
    people.join(circle=table.circle, person=person["analyst"], at=town.ago(66))
    agreement = table.newest_agreement()
    if agreement is None:
        return
    present = ("organiser", "service", "council", "kettle", *COMING)
    for days, held, not_held, said in CHECK_INS:
        on = town.ago(days).date()
        back = poolside.come_back(
            agreement,
            held=held,
            not_held=not_held,
            changes="",
            next_on=on + timedelta(days=14) if days > 30 else town.at.date() + timedelta(days=9),
            by=person["organiser"],
            on=on,
        )
        for key, words in zip(present, said, strict=True):
            spoken = [Word(int(each)) for each in words.split()]
            goodwill.say(back.goodwill, words=spoken, by=person[key], on=on)
        goodwill.settle_those_due(on=on + goodwill.OPEN_FOR + timedelta(days=1))
    people.leave(circle=table.circle, person=person["analyst"], at=town.ago(20))
    talk(town, table)
    for each in (*present, "analyst"):
        person[each].read_again()


def talk(town: Town, table: Poolside) -> None:
    """One that took place; and one that waits for an answer, of which only the two know."""
    council, kettle, asked = town.person["council"], town.person["kettle"], town.ago(40).date()
    row = repairing.ask(table, whom=council, words="About the ramp.", by=kettle, on=asked)
    repairing.reply(row.uuid, says=repairing.Reply.YES, by=council, on=asked)
    for person in (kettle, council):
        repairing.wish_known(row.uuid, talked_on=asked, by=person, on=asked)
    repairing.wipe(row.uuid, by=kettle, on=asked)
    words = "The letter that went out without a name under it."
    repairing.ask(
        table, whom=town.person["service"], words=words, by=town.person["neighbour"], on=town.ago(2).date()
    )
