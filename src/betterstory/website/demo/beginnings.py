"""What came before any story: the poolside, and an afternoon of small useful acts."""

from datetime import timedelta

from betterstory.immersion import verbs as immersion
from betterstory.immersion.models import Length
from betterstory.immersion.verbs import Row
from betterstory.people import verbs as people
from betterstory.poolside import verbs as poolside
from betterstory.poolside.models import Question, Sharing
from betterstory.website.demo.town import Town

ANSWERS = (
    ("organiser", "Two jobs, a mother who falls, and this. I want this to be the one that is done properly."),
    ("service", "A waiting list I did not make and cannot shorten by shouting. My own son waited once."),
    (
        "council",
        "I said I would fix the ramp three years ago. I would like not to say things like that again.",
    ),
)
AGREEMENT = """We say what we can do and what we cannot, in the room, not afterwards.
If something becomes more urgent than this, we tell each other the same day.
We do not talk about each other; we talk to each other."""
ACTS = (
    (7, "Hung two curtain rails", "Lime Walk", "older people on the ground floor", Length.HALF_AN_HOUR),
    (7, "Called the raffle", "the Social Club", "the bowls club", Length.TWO_HOURS),
    (12, "Carried shopping up from the bus", "Weir Road", "", Length.A_MOMENT),
    (15, "Sorted books at the charity shop", "Tallow Street", "the Tuesday volunteers", Length.TWO_HOURS),
    (19, "Mended the aerial so that the news came back", "Lock Court", "", Length.AN_HOUR),
    (23, "Sat with the bowls club and kept the score", "the green", "the bowls club", Length.AN_HOUR),
)


def begin(town: Town) -> None:
    """The circle, what three of them said, one agreement signed and returned to once."""
    organiser, on = town.person["organiser"], town.ago(108).date()
    table = poolside.open_poolside(
        name="the poolside circle of the Row", by=organiser, at=town.ago(108), on=on, round_=town.round
    )
    for key in ("service", "council", "kettle"):
        people.join(circle=table.circle, person=town.person[key], at=town.ago(107))
        town.person[key].read_again()
    organiser.read_again()
    first = Question.objects.filter(poolside=table).order_by("pk")[0]
    for key, words in ANSWERS:
        poolside.answer(first, words=words, sharing=Sharing.SHARED, by=town.person[key], on=on)
    agreed_on, back_on = town.ago(104).date(), town.ago(70).date()
    agreement = poolside.agree(
        table, words=AGREEMENT, come_back_on=back_on, by=organiser, on=agreed_on, after=0
    )
    for key in ("organiser", "service", "council"):
        poolside.sign(agreement, by=town.person[key], on=agreed_on)
    poolside.come_back(
        agreement,
        held="We did tell each other, most of the time.",
        not_held="Twice we found out from somebody else.",
        changes="We ring, and do not write.",
        next_on=town.at.date() + timedelta(days=9),
        by=organiser,
        on=town.ago(69).date(),
    )


def dive_in(town: Town) -> None:
    """Six acts typed in from the paper sheet."""
    rows = [
        Row(what=what, where=where, on=town.ago(100 - days).date(), groups=groups, minutes=minutes)
        for days, what, where, groups, minutes in ACTS
    ]
    immersion.note_sheet(
        neighbourhood=town.row, rows=rows, by=town.person["organiser"], today=town.ago(70).date()
    )
    immersion.notice(
        neighbourhood=town.row,
        words="The last bus is at ten to six. Nobody who works late comes to anything.",
        where="the stop by the lock",
        on=town.ago(82).date(),
        by=town.person["organiser"],
        today=town.ago(70).date(),
    )
