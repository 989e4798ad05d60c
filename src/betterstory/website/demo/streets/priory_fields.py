"""Priory Fields: new houses and damp ones, many small children. It made its plan twelve days ago."""

from betterstory.conversations.models import Gathering, Level
from betterstory.immersion.models import Length
from betterstory.people.models import Ring
from betterstory.places.models import Stage
from betterstory.promises.models import Size, Verdict
from betterstory.website.demo.telling import (
    Asked,
    AtPoolside,
    Beneath,
    Evening,
    Judged,
    Later,
    Neighbour,
    No,
    Promised,
    RoundTold,
    Street,
    Useful,
    Yes,
)

STREET = Street(
    name="Priory Fields",
    about="New houses on the hill, damp ones below, a green in between.",
    hall="The scout hut",
    organiser="wendy",
    people=(
        Neighbour("marta", "Marta", Ring.FAMILY),
        Neighbour("jubril", "Jubril"),
        Neighbour("hazel", "Hazel", Ring.COMMUNITY),
    ),
    partners=("gwen", "service", "nikhil"),
)
Kind = Gathering.Kind

ROUND = RoundTold(
    street=STREET,
    began=95,
    stage=Stage.PLANNING,
    room="the room at the scout hut",
    poolside=AtPoolside(
        answers=(("gwen", "At home we had damp too. I never said so at work."),),
        agreed="We bring children, and nobody minds the noise.",
    ),
    acts=(
        Useful(84, "Pushed prams up the hill", "Priory Hill", "the toddler group", Length.AN_HOUR),
        Useful(78, "Wiped a wall, and saw where the wet comes from", "Lower Priory", "", Length.AN_HOUR),
        Useful(71, "Brought four chairs that nobody wanted", "the green", "", Length.HALF_AN_HOUR),
    ),
    noticed=((73, "There is nowhere to sit between the bus and the surgery.", "Priory Hill"),),
    evenings=(
        Evening(Kind.HEARING, "Awake at four", 45, "What keeps you awake, and what sends you to sleep?"),
        Evening(Kind.MAKING_SENSE, "Everybody asked about the baby", 31, "What did nobody ask you?"),
        Evening(Kind.PLANNING, "Asking after the mother", 12, "What would you like to be asked?"),
    ),
    cards=(
        Beneath(
            "weighed",
            Level.TREND,
            "The baby is weighed each week. The mother is asked once.",
            "Two people are looked after.",
        ),
        Beneath(
            "meter",
            Level.STRUCTURE,
            "Whoever reports damp is sent a leaflet about windows.",
            "We look first, with a meter, and then we talk.",
            owner="housing",
        ),
        Beneath(
            "glow",
            Level.MENTAL_MODEL,
            "I have acted as if a new mother is a happy one.",
            "How are you, we ask, and wait.",
            held_by="two of us",
        ),
    ),
    better="Somebody is awake at four and knows of somebody else who is.\n\n"
    "At the surgery they ask how she is, and wait for the answer. The wall is dry by winter.",
    asks=(
        Asked(
            12,
            "housing",
            "Look at the damp before you ask us whether we open the windows.",
            (Yes(5, "repairs", "Within ten days of your call somebody looks at it, with a meter.", -40),),
            Size.STRUCTURE,
            "meter",
        ),
        Asked(
            12, "council", "A table and four chairs on the green, where prams can stand.", (), Size.SMALL_ACT
        ),
        Asked(
            12,
            "surgery",
            "Ask how the mother is, first.",
            (Yes(10, "surgery", "The first question is how are you. We wait for the answer.", -20),),
            Size.BASE,
            "glow",
        ),
        Asked(
            12,
            "talking",
            "Meet us at the toddler group, not behind the glass door.",
            (Yes(7, "talking", "I come on the first Monday of each month, with no papers.", -15),),
            Size.STRUCTURE,
        ),
        Asked(
            12,
            "buses",
            "Room for two prams.",
            (No(8, "The law asks us for the space as it is. A second pram has to be folded."),),
        ),
        Asked(12, "fund", "Pay for soup at the toddler group.", (Later(11, -9),), Size.STRUCTURE),
    ),
    promises=(
        Promised(
            12,
            "marta",
            "I will bring soup for the first six weeks, so that it begins.",
            -30,
            by_words="Marta",
            size=Size.SMALL_ACT,
        ),
        Promised(
            12,
            "nikhil",
            "We keep a chair and a glass of water by the door.",
            6,
            post="pharmacy",
            then=(Judged(4, Verdict.KEPT, "hazel", "It wobbles a little. We like it."),),
            size=Size.SMALL_ACT,
        ),
        Promised(
            11, "jubril", "I will mend your gate.", 2, by_words="Jubril", to="hazel", size=Size.SMALL_ACT
        ),
    ),
)
