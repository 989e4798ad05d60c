"""Three whose round is young: The Limes has heard a story, Cold Hatch dives in, Hollow Brook is at the poolside."""

from betterstory.conversations.models import Gathering
from betterstory.immersion.models import Length
from betterstory.people.models import Ring
from betterstory.places.models import Stage
from betterstory.promises.models import Size, Verdict
from betterstory.website.demo.telling import (
    Asked,
    AtPoolside,
    Evening,
    Judged,
    Neighbour,
    Promised,
    RoundTold,
    Street,
    Useful,
    Yes,
)

Kind = Gathering.Kind

THE_LIMES = RoundTold(
    street=Street(
        name="The Limes",
        about="A long street of small shops, and the laundrette where the news is.",
        hall="The laundrette, after hours",
        organiser="organiser",
        people=(
            Neighbour("ines", "Ines", Ring.BUSINESSES),
            Neighbour("kofi", "Kofi"),
            Neighbour("beryl", "Beryl", Ring.COMMUNITY),
        ),
        partners=("carys", "duncan", "philippa"),
    ),
    began=80,
    stage=Stage.MAKING_SENSE,
    room="the room at the laundrette",
    acts=(
        Useful(66, "Folded sheets", "the laundrette", "the Monday folders", Length.AN_HOUR),
        Useful(61, "Read out three letters, and explained one", "the laundrette", "", Length.HALF_AN_HOUR),
        Useful(52, "Swept up after the market", "The Limes", "the stallholders", Length.TWO_HOURS),
    ),
    noticed=((58, "The lamp by the hedge is lit, and nobody can see it.", "the end of The Limes"),),
    evenings=(
        Evening(Kind.HEARING, "The walk home", 24, "Which part of the way do you like best?"),
        Evening(Kind.MAKING_SENSE, "What we mean by safe", -5, "Whom did you greet today?"),
    ),
    asks=(
        Asked(
            24,
            "police",
            "Walk here. Do not only drive by.",
            (Yes(20, "police", "On foot, twice a week, and not always at the same hour.", -10),),
            Size.STRUCTURE,
        ),
        Asked(
            24,
            "council",
            "Cut the hedge so that the lamp can be seen.",
            (Yes(23, "streets", "The hedge is cut by the end of next week.", 15),),
            Size.SMALL_ACT,
        ),
        Asked(
            23, "school", "Let us use the yard on Sundays.", by="kofi", by_words="Kofi, for the chess players"
        ),
        Asked(
            24,
            "hospital",
            "Say our names as we say them.",
            (Yes(18, "ward", "We ask, write it down as it sounds, and say it so.", -25),),
            Size.BASE,
        ),
    ),
    promises=(
        Promised(
            26,
            "kofi",
            "I will drive two people to the gathering and home again.",
            24,
            by_words="Kofi",
            then=(Judged(22, Verdict.KEPT, "beryl", "It was three of us, in the end, and a cake."),),
            size=Size.SMALL_ACT,
        ),
        Promised(
            20,
            "ines",
            "On Mondays I read letters out for whoever asks, between two washes.",
            -60,
            by_words="Ines at the laundrette",
            size=Size.SMALL_ACT,
        ),
    ),
)
COLD_HATCH = RoundTold(
    street=Street(
        name="Cold Hatch",
        about="The last stop. Two rows of houses and a shelter.",
        hall="The shelter, or the Hatch Arms when it rains",
        organiser="organiser",
        people=(Neighbour("pauline", "Pauline"), Neighbour("sunil", "Sunil", Ring.BUSINESSES)),
        partners=("duncan", "council"),
    ),
    began=40,
    stage=Stage.DIVING_IN,
    room="everybody at Cold Hatch",
    acts=(
        Useful(33, "Dug over a bed of leeks", "the allotments", "the plot holders", Length.HALF_A_DAY),
        Useful(30, "Held the raffle drum", "the Hatch Arms", "the darts team", Length.AN_HOUR),
        Useful(25, "Took a boiler apart, and put it together again", "Hatch Row", "", Length.TWO_HOURS),
        Useful(18, "Waited for the bus with whoever waited", "the shelter", "", Length.AN_HOUR),
        Useful(
            9,
            "Sat with the darts team and learnt the sums",
            "the Hatch Arms",
            "the darts team",
            Length.AN_HOUR,
        ),
    ),
    noticed=((18, "The bus turns round before the last stop when it is late.", "the shelter"),),
    asks=(
        Asked(
            22,
            "council",
            "Empty the bin by the shelter. It is our only front room.",
            (
                Yes(
                    19,
                    "streets",
                    "It is emptied twice a week from now on.",
                    8,
                    (Judged(6, Verdict.KEPT, "pauline", "Twice a week, and they wave."),),
                ),
            ),
            Size.SMALL_ACT,
        ),
        Asked(
            15,
            "shed",
            "Let two of our apprentices spend a day with you.",
            (Yes(12, "shed", "Any Thursday. Bring old trousers.", -14),),
            by="duncan",
            by_words="Streets and parks, Aldermouth Council",
        ),
    ),
    promises=(
        Promised(
            36,
            "council",
            "For ten weeks I do one useful thing here a week, and it stands in the log.",
            -34,
            by_words="Femi",
            size=Size.SMALL_ACT,
        ),
    ),
)
HOLLOW_BROOK = RoundTold(
    street=Street(
        name="Hollow Brook",
        about="Six farms, a chapel, and a ford that is sometimes a river.",
        hall="The chapel",
        organiser="organiser",
        people=(Neighbour("nerys", "Nerys", Ring.COMMUNITY), Neighbour("clive", "Clive")),
        partners=("service", "rosalind"),
    ),
    began=12,
    stage=Stage.POOLSIDE,
    room="everybody at Hollow Brook",
    poolside=AtPoolside(
        answers=(
            ("service", "Out here I have never been on a day that was not a bad one for somebody."),
            ("rosalind", "I give the money and never hear the end. I would like to hear one end."),
        ),
    ),
    asks=(
        Asked(
            9,
            "fund",
            "Come to the table too, and answer the same questions as we do.",
            by="nerys",
            by_words="Nerys at the chapel",
        ),
    ),
    promises=(
        Promised(10, "service", "I will ring before I cancel.", -50, post="talking", size=Size.SMALL_ACT),
    ),
)
