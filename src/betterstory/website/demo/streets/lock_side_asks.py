"""Lock Side: what was asked there, and what was promised."""

from betterstory.promises.models import Size, Verdict
from betterstory.website.demo.telling import (
    Again,
    Asked,
    Judged,
    No,
    NotOurs,
    Promised,
    Yes,
)

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
