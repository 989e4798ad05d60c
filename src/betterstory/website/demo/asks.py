"""Seven asks with all four answers among them, and five promises: two kept, one not, one late, one to come."""

from datetime import timedelta

from betterstory.conversations.models import Gathering, Insight
from betterstory.people.models import Circle
from betterstory.promises import verbs
from betterstory.promises.models import Ask, Promise, Size, Verdict
from betterstory.website.demo.town import Town


def ask_and_promise(town: Town, *, room: Circle, planning: Gathering, cards: dict[str, Insight]) -> None:
    """What the room asked at the last gathering, and what came of it since."""
    organiser, asked_on = town.person["organiser"], planning.at.date()

    def ask(words: str, of: str, card: str | None = None, size: str = "") -> Ask:
        return verbs.ask(
            round=town.round,
            words=words,
            of=town.body[of],
            by=organiser,
            on=asked_on,
            asked_by=room,
            asked_by_words="the room at St Brannoc’s hall",
            insight=cards[card] if card else None,
            gathering=planning,
            size=size,
        )

    place = ask("Keep our place in the queue when we have a bad day.", "talking", "rule", Size.STRUCTURE)
    ring = ask("Ring within a week of a night in hospital.", "hospital", "between", Size.STRUCTURE)
    letters = ask("Put a name and a number on every letter, so we know who to ring.", "surgery", "trend")
    ramp = ask("Mend the ramp at St Brannoc’s, so that everybody can come.", "council")
    bus = ask("Run one bus after six o’clock.", "buses")
    tea = ask("Pay for tea as you pay for visits.", "council", "tea", Size.STRUCTURE)
    verbs.answer_later(
        tea, by=organiser, on=asked_on, due_on=town.at.date() + timedelta(days=12)
    )  # said in the room: the budget is read in a fortnight
    ask(
        "When somebody misses a visit, ring and ask what they need, before you write.",
        "talking",
        "want",
        Size.BASE,
    )

    verbs.answer_yes(
        place,
        by=town.person["service"],
        on=town.ago(20).date(),
        post=town.post["talking"],
        words="You keep your place. One missed visit will not start the wait again.",
        due_on=town.at.date() + timedelta(days=24),
        witness="the room",
    )
    rung = verbs.answer_yes(
        ring,
        by=organiser,
        on=asked_on,
        post=town.post["hospital"],
        words="Somebody from the crisis team will ring within seven days of a night here.",
        due_on=town.ago(10).date(),
    )
    verbs.answer_not_ours(
        letters,
        by=organiser,
        on=town.ago(24).date(),
        whose=town.body["talking"],
        note="The letters about visits are sent by the Talking Service.",
    )
    verbs.answer_yes(
        letters,
        by=town.person["service"],
        on=town.ago(21).date(),
        post=town.post["talking"],
        words="Every letter will say who to ring, with a name.",
        due_on=town.ago(16).date(),
    )
    mended = verbs.answer_yes(
        ramp,
        by=town.person["council"],
        on=asked_on,
        post=town.post["council"],
        words="We will mend the ramp before the next gathering.",
        due_on=town.ago(8).date(),
    )
    verbs.answer_no(
        bus,
        by=organiser,
        on=town.ago(18).date(),
        reason="There is no driver for it this year, and nobody pays for one.",
    )
    judge_some(town, mended=mended, rung=rung)
    keep_a_chair(town)


def judge_some(town: Town, *, mended: Promise, rung: Promise) -> None:
    """What those it was promised to said."""
    verbs.judge(
        mended,
        by=town.person["neighbour"],
        on=town.ago(9).date(),
        verdict=Verdict.KEPT,
        note="Went up it twice to be sure.",
    )
    verbs.judge(
        rung,
        by=town.person["teller"],
        on=town.ago(7).date(),
        verdict=Verdict.NOT_KEPT,
        note="Three of us waited a fortnight. Nobody rang.",
    )


def keep_a_chair(town: Town) -> None:
    """A promise from one person to another."""
    chair = verbs.make(
        round=town.round,
        words="I will save the chair by the radiator at ten.",
        by=town.person["kettle"],
        on=town.ago(30).date(),
        due_on=town.ago(16).date(),
        to=town.person["teller"],
        by_words="Joyce at the Open Kettle",
        own_yes=True,
        size=Size.SMALL_ACT,
    )
    verbs.be_named(chair, by=town.person["teller"], words="Robin")
    verbs.judge(
        chair, by=town.person["teller"], on=town.ago(12).date(), verdict=Verdict.KEPT, note="Every day."
    )
