"""Lock Side: tall houses by the water. Its first round began with a lift that stood still; its second is young."""

from betterstory.conversations.models import Gathering, Level
from betterstory.immersion.models import Length
from betterstory.people.models import Ring
from betterstory.places.models import Stage
from betterstory.promises.models import Size, Verdict
from betterstory.website.demo.telling import (
    Again,
    Asked,
    AtPoolside,
    Beneath,
    Evening,
    Judged,
    Neighbour,
    No,
    NotOurs,
    Promised,
    RoundTold,
    Street,
    Useful,
    Yes,
)

STREET = Street(
    name="Lock Side",
    about="Tall houses by the water, two shops, a boathouse.",
    hall="The boathouse",
    organiser="wendy",
    people=(
        Neighbour("winnie", "Winnie"),
        Neighbour("karim", "Karim", Ring.FAMILY),
        Neighbour("doreen", "Doreen"),
        Neighbour("lech", "Lech", Ring.COMMUNITY),
    ),
    partners=("gwen", "duncan", "philippa", "nikhil"),
)
Kind = Gathering.Kind

POOLSIDE = AtPoolside(
    answers=(
        ("gwen", "Four hundred repairs a month, and two lifts older than I am."),
        ("nikhil", "I am behind the counter twelve hours. I would like to see a kitchen or two of theirs."),
    ),
    agreed="We say a day, or we say that we do not know the day.\n"
    "If one of us is shouted at here, the others do not look at their phones.",
    held="Everybody said a day or said they did not know it.",
    not_held="We did look at our phones.",
    changes="The phones lie in the bread basket.",
)
ACTS = (
    Useful(545, "Carried shopping up eight floors, and back down for the milk", "Lock Court"),
    Useful(541, "Walked two dogs and a ferret", "the towpath", "the dog owners", Length.AN_HOUR),
    Useful(533, "Held the ladder while the boathouse was painted", "the boathouse", "the rowers"),
    Useful(520, "Made a list of who lives alone, with their say, and left it with them", "Lock Court"),
)
EVENINGS = (
    Evening(Kind.HEARING, "Eight floors up", 490, "Who opened a door for you this week?"),
    Evening(Kind.MAKING_SENSE, "Why the lift is not the trouble", 480, "What stayed with you?"),
    Evening(Kind.PLANNING, "What we ask, and of whom", 470, "What would you mend first?"),
)
CARDS = (
    Beneath("wait", Level.TREND, "When the lift stops, the visits stop.", "When the lift stops, we go up."),
    Beneath(
        "stairs",
        Level.STRUCTURE,
        "A visit that needs stairs is written down as a visit refused.",
        "Stairs are ours to climb.",
        owner="surgery",
    ),
    Beneath(
        "known",
        Level.STRUCTURE,
        "Whoever mends the lift knows the day. Nobody has to say it.",
        "Whoever knows the day says the day.",
        owner="housing",
    ),
    Beneath(
        "strong",
        Level.MENTAL_MODEL,
        "I have acted as if people who do not come down do not want company.",
        "A door that stays shut is a question.",
        held_by="three of us",
    ),
)
BETTER = """The lift stops, and a note says until when. Somebody climbs the stairs with the tablets.

A nurse comes up. On Sunday there is a knock, and it is only to say good morning.

Nobody in Lock Court is further away than eight floors."""

ASKS = (
    Asked(
        470,
        "housing",
        "Tell us the day the lift will run again, and tell us if the day moves.",
        (
            Yes(
                462,
                "repairs",
                "A note goes up the same day it stops, with the day it will run again.",
                420,
                (Judged(415, Verdict.KEPT, "winnie", "There was a note each of the three times."),),
            ),
        ),
        Size.STRUCTURE,
        "known",
    ),
    Asked(
        470,
        "housing",
        "Put a bench at the top of Lock Court, so that we can sit half way.",
        (
            NotOurs(465, "council", "The land at the top is the council’s."),
            Yes(
                450,
                "streets",
                "One bench, with arms, before the clocks change.",
                400,
                (
                    Again(398, 370, "The bench came without its bolts.", 396, "karim"),
                    Judged(369, Verdict.KEPT, "karim", "I sat there with a man I did not know. Now I do."),
                ),
            ),
        ),
    ),
    Asked(
        470,
        "surgery",
        "When one of us cannot come down, come up.",
        (
            Yes(
                455,
                "nurse",
                "A nurse comes up to anyone in Lock Court who cannot come down, within two days.",
                410,
                (Judged(405, Verdict.PARTLY, "doreen", "Two days for me. Six for the family below."),),
                witness="Winnie",
            ),
        ),
        Size.STRUCTURE,
        "stairs",
    ),
    Asked(
        470,
        "buses",
        "Wait until people sit before the bus moves.",
        (
            No(458, "If each driver waits at each stop, the last bus is twenty minutes late."),
            Yes(
                381,
                "depot",
                "At the four stops by the lock, drivers wait until everybody sits.",
                350,
                (Judged(345, Verdict.KEPT, "winnie", "He waited, and he said good morning."),),
            ),
        ),
    ),
    Asked(
        470,
        "hospital",
        "Ask who is at home before you send somebody home at night.",
        (
            Yes(
                452,
                "ward",
                "Nobody goes home after ten at night before we have rung somebody who will be there.",
                400,
                (
                    Judged(
                        392,
                        Verdict.NOT_KEPT,
                        "doreen",
                        "My neighbour came home at one in the morning, in a taxi, to a cold flat.",
                    ),
                ),
            ),
        ),
        Size.BASE,
        "strong",
    ),
    Asked(
        470,
        "council",
        "Light the steps down to the water.",
        (
            Yes(
                448,
                "streets",
                "Two new lamps on the steps before the dark months.",
                395,
                (
                    Judged(
                        388,
                        Verdict.RELEASED,
                        "karim",
                        "The rowers put up lamps first. Spend it on the bench.",
                    ),
                ),
            ),
        ),
    ),
    Asked(
        470,
        "fund",
        "Pay for a year of the Thursday table, not for a quarter at a time.",
        (
            No(
                445,
                "Our rules give a quarter at a time. We asked our board, and they will not change it yet.",
            ),
        ),
        Size.STRUCTURE,
    ),
    Asked(
        470,
        "shed",
        "Show three of us how to change a fuse and bleed a radiator.",
        (
            Yes(
                466,
                "shed",
                "Two evenings at the shed, with tea, for whoever comes.",
                450,
                (Judged(449, Verdict.KEPT, "winnie", "Nine came. I did my sister’s radiator the next day."),),
            ),
        ),
        Size.SMALL_ACT,
    ),
    Asked(
        470,
        "pharmacy",
        "Bring tablets up when the lift is out.",
        (
            Yes(
                463,
                "pharmacy",
                "When the lift is out we bring them up the same evening. It costs nothing.",
                430,
                (Judged(428, Verdict.KEPT, "doreen", "Three times now, and once with a birthday card."),),
            ),
        ),
        Size.SMALL_ACT,
    ),
)
PROMISES = (
    Promised(
        469,
        "winnie",
        "I will knock at the four doors on my landing each Sunday.",
        440,
        by_words="Winnie, eighth floor",
        then=(Judged(438, Verdict.KEPT, "karim", "She did. We call it the register."),),
        size=Size.SMALL_ACT,
    ),
    Promised(
        468,
        "karim",
        "I will take your bins down on Thursdays.",
        430,
        by_words="Karim from the sixth",
        to="doreen",
        then=(Judged(429, Verdict.KEPT, "doreen", "And brings them back up."),),
        size=Size.SMALL_ACT,
    ),
    Promised(
        467,
        "duncan",
        "We come back to this room in four months and say what we did.",
        345,
        post="streets",
        then=(Judged(343, Verdict.PARTLY, "winnie", "Somebody came. It was not whoever had said it."),),
    ),
)
FIRST = RoundTold(
    street=STREET,
    began=560,
    stage=Stage.LEARNING,
    ended=330,
    room="the room at the boathouse",
    poolside=POOLSIDE,
    acts=ACTS,
    noticed=((538, "The bell on the eighth floor rings in no flat.", "Lock Court"),),
    evenings=EVENINGS,
    cards=CARDS,
    better=BETTER,
    asks=ASKS,
    promises=PROMISES,
)
SECOND = RoundTold(
    street=STREET,
    began=60,
    stage=Stage.HEARING,
    room="everybody at Lock Side",
    acts=(
        Useful(41, "Put new batteries into every bell on the landing", "Lock Court", "", Length.TWO_HOURS),
        Useful(27, "Played dominoes, and lost", "the boathouse", "the Tuesday table", Length.TWO_HOURS),
    ),
    evenings=(Evening(Kind.HEARING, "Coming home at night", -6, "What is the first thing you do at home?"),),
    asks=(
        Asked(
            50,
            "hospital",
            "Last time you said that nobody would come home to a cold flat. What will you do now?",
            (
                Yes(
                    40,
                    "ward",
                    "One nurse each night has the ringing home as her own task. We tell you here how it goes.",
                    -21,
                ),
            ),
            Size.STRUCTURE,
        ),
        Asked(50, "surgery", "Two days for everybody, not for some of us.", (), Size.STRUCTURE),
        Asked(
            49,
            "buses",
            "Tell us at the stop when a bus is not coming.",
            (No(44, "The sign shows only what the timetable says. We have no money for another this year."),),
        ),
    ),
    promises=(
        Promised(
            48,
            "winnie",
            "I will teach somebody younger to do the Sunday knocking.",
            -12,
            by_words="Winnie, eighth floor",
            size=Size.SMALL_ACT,
        ),
    ),
)
