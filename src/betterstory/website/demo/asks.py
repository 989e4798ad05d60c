"""What Tanners Row asked: seven asks with all four answers among them, and five promises of every mark."""

from betterstory.places.models import Stage
from betterstory.promises.models import Size, Verdict
from betterstory.website.demo.telling import (
    Asked,
    Judged,
    Later,
    No,
    NotOurs,
    Promised,
    RoundTold,
    Street,
    Yes,
)

ASKS = (
    Asked(
        26,
        "talking",
        "Keep our place in the queue when we have a bad day.",
        (
            Yes(
                20,
                "talking",
                "You keep your place. One missed visit will not start the wait again.",
                -24,
                witness="the room",
            ),
        ),
        Size.STRUCTURE,
        "rule",
    ),
    Asked(
        26,
        "hospital",
        "Ring within a week of a night in hospital.",
        (
            Yes(
                26,
                "hospital",
                "Somebody from the crisis team will ring within seven days of a night here.",
                10,
                (Judged(7, Verdict.NOT_KEPT, "teller", "Three of us waited a fortnight. Nobody rang."),),
            ),
        ),
        Size.STRUCTURE,
        "between",
    ),
    Asked(
        26,
        "surgery",
        "Put a name and a number on every letter, so we know who to ring.",
        (
            NotOurs(24, "talking", "The letters about visits are sent by the Talking Service."),
            Yes(21, "talking", "Every letter will say who to ring, with a name.", 14),
        ),
        card="trend",
    ),
    Asked(
        26,
        "council",
        "Mend the ramp at St Brannoc’s, so that everybody can come.",
        (
            Yes(
                26,
                "council",
                "We will mend the ramp before the next gathering.",
                8,
                (Judged(9, Verdict.KEPT, "neighbour", "Went up it twice to be sure."),),
            ),
        ),
    ),
    Asked(
        26,
        "buses",
        "Run one bus after six o’clock.",
        (No(18, "There is no driver for it this year, and nobody pays for one."),),
    ),
    Asked(
        26,
        "council",
        "Pay for tea as you pay for visits.",
        (Later(26, -12),),  # said in the room: the budget is read in a fortnight
        Size.STRUCTURE,
        "tea",
    ),
    Asked(
        26,
        "talking",
        "When somebody misses a visit, ring and ask what they need, before you write.",
        (),
        Size.BASE,
        "want",
    ),
)
PROMISES = (
    Promised(
        30,
        "kettle",
        "I will save the chair by the radiator at ten.",
        16,
        by_words="Joyce at the Open Kettle",
        to="teller",
        to_called="Robin",
        then=(Judged(12, Verdict.KEPT, "teller", "Every day."),),
        size=Size.SMALL_ACT,
    ),
)
ROUND = RoundTold(
    street=Street("Tanners Row", "St Brannoc’s hall", "organiser", (), ()),
    began=110,
    stage=Stage.KEEPING_OUR_WORD,
    room="the room at St Brannoc’s hall",
    asks=ASKS,
    promises=PROMISES,
)
