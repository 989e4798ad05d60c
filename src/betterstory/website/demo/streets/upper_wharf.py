"""Upper Wharf: old warehouses made into flats. Its round was about those who look after somebody at home."""

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
    name="Upper Wharf",
    about="Old warehouses, a school, the library with the long stairs.",
    hall="The library, upstairs",
    organiser="wendy",
    people=(
        Neighbour("stan", "Stan", Ring.FAMILY),
        Neighbour("folake", "Folake", Ring.FAMILY),
        Neighbour("eileen", "Eileen"),
        Neighbour("bridget", "Bridget", Ring.COMMUNITY),
    ),
    partners=("tunde", "philippa", "owen", "rosalind"),
)
Kind = Gathering.Kind

POOLSIDE = AtPoolside(
    answers=(
        ("tunde", "I know every late mark by heart, and hardly one of the reasons."),
        ("rosalind", "I read forty reports a month. I could not tell you one thing that got better."),
    ),
    agreed="We ask before we advise.\nWe end at seven, because somebody is waiting at home.",
    held="We ended at seven, every time.",
    not_held="We advised.",
    changes="Whoever advises makes the tea.",
)
ACTS = (
    Useful(388, "Read to the little ones while their mothers sat down", "the library", "", Length.AN_HOUR),
    Useful(381, "Pushed a wheelchair to the water and back", "the wharf", "", Length.AN_HOUR),
    Useful(377, "Peeled forty potatoes", "the Carers’ Table", "the Wednesday cooks", Length.TWO_HOURS),
    Useful(
        362, "Stood at the crossing at half past three", "the Wharf gate", "the school", Length.HALF_AN_HOUR
    ),
)
EVENINGS = (
    Evening(Kind.HEARING, "Seven forms for one father", 330, "Who looks after you?"),
    Evening(Kind.MAKING_SENSE, "Who looks after whoever looks after", 318, "What did you tell at home?"),
    Evening(Kind.PLANNING, "Two hours a week", 305, "What would you do with two hours?"),
)
CARDS = (
    Beneath(
        "again",
        Level.TREND,
        "Whoever looks after somebody tells it all again at each door.",
        "It is told once, and we carry it.",
    ),
    Beneath(
        "forms",
        Level.STRUCTURE,
        "Four forms ask for the same name in four ways.",
        "Somebody sits beside you while you write.",
        owner="council",
    ),
    Beneath(
        "late",
        Level.STRUCTURE,
        "Three late marks, and a letter goes home.",
        "Somebody asks first.",
        owner="school",
    ),
    Beneath(
        "cope",
        Level.MENTAL_MODEL,
        "I have acted as if a family that asks for nothing needs nothing.",
        "Whoever never asks is asked first.",
        held_by="somebody who leads a school",
    ),
)
BETTER = """A boy comes late, and somebody asks him what his morning was like.

His grandfather is told how to lift before there is anything to lift. The four forms are filled in with company.

On Wednesdays the library is open till seven, and for two hours nobody is looking after anybody."""

ASKS = (
    Asked(
        305,
        "school",
        "When a child is late again, ask what the morning was like.",
        (
            Yes(
                298,
                "school",
                "Nobody is told off for being late here before somebody has asked them why.",
                270,
                (Judged(262, Verdict.KEPT, "folake", "My boy was asked. He cried, and then he said it."),),
            ),
        ),
        Size.BASE,
        "late",
    ),
    Asked(
        305,
        "council",
        "One form for everything that somebody who cares has to ask for.",
        (No(290, "Four laws ask four different things. We may not make them one."),),
        Size.STRUCTURE,
        "forms",
    ),
    Asked(
        282,
        "council",
        "Then sit beside us while we fill in the four.",
        (
            Yes(
                275,
                "streets",
                "Each Tuesday morning somebody sits in the library and fills them in with you.",
                245,
                (
                    Again(243, 215, "The person we found went back to her old work.", 240, "stan"),
                    Judged(210, Verdict.KEPT, "stan", "Forty minutes, four forms, two biscuits."),
                ),
            ),
        ),
        by="stan",
        by_words="Stan from the Wharf",
    ),
    Asked(
        305,
        "surgery",
        "Write in our notes that we look after somebody, if we want it there.",
        (
            Yes(
                300,
                "nurse",
                "It stands on the first line of the notes of anyone who tells us.",
                280,
                (Judged(276, Verdict.KEPT, "eileen", "The new doctor knew before I sat down."),),
            ),
        ),
        Size.STRUCTURE,
        "again",
    ),
    Asked(
        305,
        "hospital",
        "Show us how to lift before you send anybody home.",
        (
            Yes(
                292,
                "ward",
                "The day before, we show the person at home how to lift.",
                250,
                (Judged(248, Verdict.NOT_KEPT, "stan", "I was given a leaflet. My back is still bad."),),
            ),
        ),
    ),
    Asked(
        305,
        "buses",
        "Let the pass work before half past nine. Visits begin at nine.",
        (NotOurs(288, "council", "The council pays for the pass, from half past nine."),),
    ),
    Asked(
        305,
        "fund",
        "Ask us what helped before you ask how many came.",
        (
            Yes(
                296,
                "fund",
                "From the next round of grants the first question is: what helped?",
                200,
                (Judged(195, Verdict.KEPT, "folake", "It took me an evening to answer. I was glad to."),),
            ),
        ),
        Size.BASE,
        "cope",
    ),
    Asked(
        305,
        "library",
        "Keep the room upstairs open till seven on a Wednesday.",
        (
            Yes(
                303,
                "library",
                "Till seven, from next week, with the kettle.",
                290,
                (Judged(289, Verdict.KEPT, "eileen"),),
            ),
        ),
        Size.SMALL_ACT,
    ),
    Asked(
        304,
        "carers",
        "Tell us which two hours help most. We can stay open for two, not for ten.",
        (
            Yes(
                301,
                "carers",
                "We ask round the table and tell you by Friday.",
                296,
                (Judged(295, Verdict.KEPT, "owen", "Wednesday, five to seven. Now we know."),),
            ),
        ),
        by="owen",
        by_words="Weir Road Library",
    ),
)
PROMISES = (
    Promised(
        304,
        "folake",
        "I will sit with somebody’s father for two hours each Saturday, so that the son can go out.",
        270,
        by_words="Folake",
        then=(Judged(268, Verdict.KEPT, "stan", "I went fishing, caught nothing, and came home singing."),),
        size=Size.SMALL_ACT,
    ),
    Promised(
        301,
        "duncan",
        "I will find out by the end of the month who decides about the pass, and say so here.",
        280,
        post="streets",
        then=(Judged(277, Verdict.PARTLY, "eileen", "We know who. We do not know why."),),
    ),
    Promised(
        299,
        "carys",
        "I will stand at the Wharf gate at half past three until the crossing is painted.",
        230,
        post="police",
        then=(Judged(228, Verdict.RELEASED, "folake", "It is painted. Thank you, and go home."),),
    ),
)
ROUND = RoundTold(
    street=STREET,
    began=400,
    stage=Stage.LEARNING,
    ended=120,
    room="the room at the library",
    poolside=POOLSIDE,
    acts=ACTS,
    noticed=((379, "The library lift needs a key, and the key is upstairs.", "the library"),),
    evenings=EVENINGS,
    cards=CARDS,
    better=BETTER,
    asks=ASKS,
    promises=PROMISES,
)
