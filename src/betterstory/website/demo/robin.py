"""Robin's story: invented, told in words made for this demo, and marked step by step."""

from dataclasses import dataclass, field

from betterstory.people.models import Ring
from betterstory.stories.how_long import HowLong
from betterstory.stories.models import Gap, Moment, Size, Source, Wish

TITLE = "The long way round"
CHOSEN_NAME = "Robin"
TEXT = """\
It came on slowly, and then all at once. Nights at the bakery, then no bakery. The flat got too quiet. I stopped sleeping, and I stopped opening the post. It lay behind the door until the door would not open properly.

Marek gave me his sofa and never asked how long. I have not found the words to thank him yet.

It took me a week to get there. I told the doctor out loud. She wrote a letter that day. Then there was nothing for so long that I thought I had made it up. When a visit did come it was somebody I had never met. I began at the beginning, and I could feel myself getting smaller.

One morning I could not get down the stairs. I rang to say so. They were polite about it. They took me off the list.

What kept me here was not on anybody's form. The postman kept knocking, to talk about the dog. Tea at the hall at ten, the chair by the radiator. Next door took Biscuit round the lock for me, when I could not look at the road."""


@dataclass(frozen=True)
class Told:
    """One step as Robin told it, and the gap after it, if there was one."""

    words: str
    when: str
    rings: tuple[Ring, ...]
    feeling: int | None
    moment: Moment = Moment.HAPPENED
    told_again: int = 0
    source: Source = Source.TOLD
    gap: tuple[str, Gap.GapKind, Ring] | None = field(default=None)
    feeling_words: str = ""
    size: Size = Size.NOT_SAID
    helped: str = ""
    after: HowLong | None = None
    lasted: HowLong | None = None


SERVICES, HOSPITAL = Ring.LOCAL_SERVICES, Ring.HOSPITAL_AND_CRISIS
FRIENDS, COMMUNITY = Ring.FRIENDS_AND_NEIGHBOURS, Ring.COMMUNITY
STEPS = (
    Told("I stopped sleeping, and I stopped opening the post.", "month 1", (Ring.ME,), -1),
    Told(
        "Marek gave me his sofa and never asked how long.",
        "month 2",
        (FRIENDS,),
        0,
        Moment.KINDNESS,
        feeling_words="held up",
        size=Size.BIG,
        helped="Somebody who did not ask.",
        after=HowLong(1, "months"),
    ),
    Told(
        "I told the doctor out loud. She wrote a letter that day.",
        "month 3",
        (SERVICES,),
        0,
        source=Source.RECORD,
        gap=("No one, for 19 weeks", Gap.GapKind.WAIT, SERVICES),
        after=HowLong(5, "weeks"),
        lasted=HowLong(19, "weeks"),
    ),
    Told(
        "A first visit, with somebody new. I began at the beginning.",
        "month 7",
        (SERVICES,),
        -1,
        Moment.TOLD_AGAIN,
        1,
        Source.RECORD,
        after=HowLong(19, "weeks"),
    ),
    Told(
        "I could not get down the stairs. I rang to change the day, and they took me off the list.",
        "month 8",
        (Ring.ME, SERVICES),
        -2,
        Moment.SENT_BACK,
        feeling_words="crossed out",
        size=Size.BIG,
        gap=("Back of the queue, 17 weeks more", Gap.GapKind.SENT_BACK, SERVICES),
        after=HowLong(3, "weeks"),
        lasted=HowLong(17, "weeks"),
    ),
    Told(
        "The postman kept knocking, to talk about the dog.",
        "month 9",
        (COMMUNITY,),
        -1,
        Moment.KINDNESS,
        size=Size.SMALL,
        helped="A reason to open the door.",
        after=HowLong(2, "weeks"),
    ),
    Told(
        "A night in hospital. I told it twice before midnight.",
        "month 9",
        (HOSPITAL,),
        None,
        Moment.TOLD_AGAIN,
        2,
        Source.RECORD,
        gap=("They said somebody would ring. Nobody rang.", Gap.GapKind.DROPPED, SERVICES),
        after=HowLong(10, "days"),
    ),
    Told(
        "Tea at the hall at ten, the chair by the radiator.",
        "month 10",
        (COMMUNITY,),
        0,
        Moment.KINDNESS,
        after=HowLong(2, "weeks"),
    ),
    Told("Next door took Biscuit round the lock for me.", "month 10", (FRIENDS,), 1, Moment.KINDNESS),
    Told(
        "A place came up. The same person, every week.",
        "month 12",
        (SERVICES,),
        1,
        source=Source.RECORD,
        after=HowLong(10, "weeks"),
    ),
    Told("I mend lamps at the Shed on Thursdays. People bring me theirs.", "now", (COMMUNITY,), 2),
)
WISHES = (
    (Wish.WishKind.KEEPS_ME_WELL, "Keep my place in the queue when I have a bad day."),
    (Wish.WishKind.KEEPS_ME_WELL, "One person, so that I only have to begin once."),
    (Wish.WishKind.CAN_GIVE, "I can mend a lamp, or most things with a plug."),
    (Wish.WishKind.HOPE, "That somebody takes the dog out when I cannot."),
)
THANKS = "The bus both ways, and a 20 pound voucher on the day."
PRACTICAL = "Take the broken lamp to the Shed with Robin."
LOOK = "From my desk it was one line in a list. I never saw that somebody had rung."
# who is in it, and what they are called in the version that others see
NAMES = (
    (("Marek",), "friend", "a friend"),
    (("Biscuit",), "pet", "the dog"),
)
