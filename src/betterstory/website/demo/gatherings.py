"""One finished round of gatherings: hearing, making sense, planning; forty voices; the iceberg; the better story."""

from datetime import datetime, timedelta

from betterstory.behind.models import Release
from betterstory.conversations import verbs
from betterstory.conversations.models import (
    Gathering,
    Guest,
    Insight,
    Level,
    Link,
    Side,
    Statement,
    TellersWord,
)
from betterstory.people.models import Ring
from betterstory.places import verbs as places
from betterstory.places.models import Stage
from betterstory.website.demo.town import Town

HALL = "St Brannoc’s hall"
SERVICE_RINGS = (Ring.LOCAL_SERVICES, Ring.HOSPITAL_AND_CRISIS)
RESIDENTS = (
    ("Lynda", Ring.FRIENDS_AND_NEIGHBOURS, "neighbour"),
    ("Robin", Ring.ME, "teller"),
    ("Joyce", Ring.COMMUNITY, "kettle"),
    ("Tomasz", Ring.COMMUNITY, "shed"),
    ("Maureen", Ring.FAMILY, None),
    ("Dev", Ring.BUSINESSES, None),
    ("Aisha", Ring.FRIENDS_AND_NEIGHBOURS, None),
    ("Colin", Ring.COMMUNITY, None),
)
SERVICES = (
    ("Helen", Ring.LOCAL_SERVICES, "service"),
    ("Femi", Ring.LOCAL_SERVICES, "council"),
    ("Ade", Ring.LOCAL_SERVICES, "analyst"),
    ("Tom", Ring.HOSPITAL_AND_CRISIS, None),
    ("Priya", Ring.LOCAL_SERVICES, None),
    ("Sian", Ring.HOSPITAL_AND_CRISIS, None),
    ("Jo", Ring.LOCAL_SERVICES, None),
    ("Mark", Ring.LOCAL_SERVICES, None),
)
FIRST_TOLD = """Somebody rings to say they cannot come today. We hear that they need more, not less.

They keep their place. Somebody rings within the week."""
BETTER = """Somebody rings to say they cannot come today. We hear that they need more, not less.

They keep their place. One person knows their name, in the hospital and at home, and rings within the week.

Tea at ten is part of how we keep each other well, and it is paid for as a visit is.

We will know it by this: somebody will say, I had a bad day, and they still knew who I was."""


def call(town: Town, kind: Gathering.Kind, title: str, *, days: int, check_in: str) -> Gathering:
    """Call one gathering, and ask people in balance."""
    organiser, called = town.person["organiser"], town.ago(days + 12)
    gathering = verbs.call_gathering(
        round=town.round,
        kind=kind,
        title=title,
        when=town.ago(days, hour=18),
        where=HALL,
        by=organiser,
        at=called,
        check_in=check_in,
    )
    for side, names in ((Side.RESIDENT, RESIDENTS), (Side.SERVICE, SERVICES)):
        for first_name, ring, key in names:
            person = town.person[key] if key else None
            guest = verbs.ask_guest(
                gathering, first_name=first_name, side=side, ring=ring, by=organiser, person=person
            )
            verbs.reply(guest, reply=Guest.Reply.COMING, by=organiser, at=called)
    return gathering


def call_all(town: Town) -> dict[str, Gathering]:
    """The three of the first round."""
    kinds = Gathering.Kind
    return {
        "hearing": call(
            town, kinds.HEARING, "Hearing Robin’s story", days=40, check_in="What kept you going this week?"
        ),
        "sense": call(
            town,
            kinds.MAKING_SENSE,
            "Making sense of it",
            days=33,
            check_in="What did you think of on the way home?",
        ),
        "planning": call(
            town, kinds.PLANNING, "Making the plan", days=26, check_in="What would you change first?"
        ),
    }


def look_beneath(
    town: Town, gathering: Gathering, statements: list[Statement], release: Release
) -> dict[str, Insight]:
    """Ten cards on four levels, tied together, turned over, and told as a better story that people adopt."""
    organiser, then = town.person["organiser"], gathering.at
    levels, basis = Level, Insight.Basis

    def card(level: Level, words: str, **more: object) -> Insight:
        return verbs.add_card(
            town.round,
            level=level,
            words=words,
            by=organiser,
            at=then,
            gathering=gathering,
            **more,  # type: ignore[arg-type]  # each is one of add_card's own
        )

    moment = card(levels.EVENT, "", basis=basis.LIVED, pieces=[town.step[4]])
    speak(town, FIRST_WORDS, then)
    cards = {
        "moment": moment,
        "night": card(levels.EVENT, "", basis=basis.LIVED, pieces=[town.gap[2]]),
        "chair": card(levels.EVENT, "", basis=basis.LIVED, pieces=[town.step[7]]),
        "trend": card(
            levels.TREND,
            "Many go to the back of the queue after one missed visit.",
            basis=basis.RECORD,
            release=release,
            statements=[statements[0]],
        ),
        "steady": card(levels.TREND, "Those with one steady place stay well longer.", basis=basis.HUNCH),
        "soon": card(levels.TREND, "Those who are seen soon stay well longer.", basis=basis.HUNCH),
        "rule": card(
            levels.STRUCTURE,
            "Miss one visit, and the wait starts again.",
            basis=basis.RECORD,
            release=release,
            pieces=[town.gap[1], town.step[4]],
            owner=town.body["talking"],
        ),
        "between": card(
            levels.STRUCTURE,
            "Two teams, two lists. Nobody owns the space between.",
            basis=basis.ROOM,
            pieces=[town.gap[2]],
            owner=town.body["hospital"],
        ),
        "tea": card(
            levels.STRUCTURE,
            "Visits are paid for. Tea is not.",
            basis=basis.LIVED,
            pieces=[town.step[7]],
            owner=town.body["council"],
        ),
        "letter": card(
            levels.MENTAL_MODEL,
            "I have acted as if the letter going out was the work done.",
            held_by="somebody who leads a service",
        ),
        "want": card(
            levels.MENTAL_MODEL,
            "I have acted as if people who miss a visit do not want one.",
            held_by="two of us",
        ),
    }
    kinds = Link.Kind
    for start, end, kind in (
        ("trend", "moment", kinds.CAUSES),
        ("rule", "trend", kinds.CAUSES),
        ("want", "rule", kinds.KEEPS_IN_PLACE),
        ("between", "night", kinds.CAUSES),
        ("letter", "between", kinds.KEEPS_IN_PLACE),
        ("chair", "steady", kinds.SOFTENS),
        ("steady", "soon", kinds.SEEN_DIFFERENTLY),
    ):
        verbs.link(cards[start], cards[end], kind=kind, by=organiser, at=then)
    for key, words in (
        ("want", "A missed visit is a sign that somebody may need more."),
        ("letter", "The space between us is ours to hold."),
        ("rule", "You keep your place. We ring you."),
        ("between", "One name, kept through the hospital and home."),
        ("tea", "Tea is paid for as a visit is."),
        ("trend", "Nobody starts the queue twice."),
        ("moment", "I had a bad day, and they still knew who I was."),
    ):
        verbs.turn_over(cards[key], words=words, by=organiser, at=then)
    speak(town, LAST_WORDS, then)
    suggest(town, then)
    verbs.write_better_story(town.round, text=FIRST_TOLD, by=town.person["organiser"], at=then)
    told = verbs.write_better_story(
        town.round, text=BETTER, by=organiser, at=then + timedelta(minutes=20), seen=1
    )
    for key in ("teller", "neighbour", "service", "council", "kettle"):
        verbs.adopt(told, by=town.person[key], at=then)
    places.move_on(town.round, to=Stage.KEEPING_OUR_WORD, by=organiser)
    return cards


How, Place = TellersWord.How, TellersWord.Place
type Word = tuple[Level, TellersWord.Place, TellersWord.How, str, str]
FIRST_WORDS: list[Word] = [
    (Level.EVENT, Place.FIRST, How.SAID, "", ""),
    (Level.TREND, Place.FIRST, How.READ, "", "Joyce"),
    (Level.STRUCTURE, Place.FIRST, How.HANDED_OVER, "", "Lynda"),
    (Level.MENTAL_MODEL, Place.FIRST, How.PASSED, "", ""),
]
LAST_WORDS: list[Word] = [
    (Level.EVENT, Place.LAST, How.SAID, "That is all it was. One bad day.", ""),
    (Level.TREND, Place.LAST, How.SAID, "I thought it was only me.", ""),
]


def speak(town: Town, words: list[Word], then: datetime) -> None:
    """Robin has the first word on each level, or passes, or lets Joyce read; and the last where all is said."""
    for level, which, did, said, reader in words:
        verbs.give_word(
            town.round,
            level=level,
            place=which,
            how=did,
            piece=town.step[4],
            by=town.person["teller"],
            at=then,
            words=said,
            reader=reader,
        )


def suggest(town: Town, then: datetime) -> None:
    """Two cards by people of the room: one waits, one was not kept."""
    waits = {
        "level": Level.STRUCTURE,
        "words": "The last bus goes at ten to six.",
        "by": town.person["neighbour"],
    }
    verbs.add_card(town.round, at=then, **waits)  # type: ignore[arg-type]  # each is one of add_card's own
    twice = verbs.add_card(
        town.round,
        level=Level.TREND,
        words="Whoever misses a visit waits again.",
        by=town.person["kettle"],
        at=then,
    )
    verbs.do_not_keep(twice, because="Card 4 says it already.", by=town.person["organiser"], at=then)
