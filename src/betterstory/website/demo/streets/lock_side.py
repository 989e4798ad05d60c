"""Lock Side: tall houses by the water. Its first round began with a lift that stood still; its second is young."""

from betterstory.conversations.models import Gathering, Level
from betterstory.immersion.models import Length
from betterstory.people.models import Ring
from betterstory.places.models import Stage
from betterstory.promises.models import Size
from betterstory.website.demo.streets.lock_side_asks import ASKS, PROMISES
from betterstory.website.demo.telling import (
    Asked,
    AtPoolside,
    Beneath,
    Evening,
    Neighbour,
    No,
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
