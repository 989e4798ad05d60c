"""Around the gatherings: one to come, prepared and approved; and the evenings that were, typed and read back."""

from datetime import timedelta
from decimal import Decimal

from django.utils.timezone import localtime

from betterstory.conversations import verbs
from betterstory.conversations.models import Duty, Gathering, Guest, RunSheet, Side
from betterstory.poolside.models import Poolside
from betterstory.stories import consenting
from betterstory.stories.models import Use
from betterstory.website.demo.gatherings import HALL, RESIDENTS, SERVICES
from betterstory.website.demo.town import Town

DUTIES = (
    ("Joyce", Duty.HOST),
    ("Lynda", Duty.FACILITATOR),
    ("Priya", Duty.NOTE_TAKER),
    ("Tomasz", Duty.TABLE_HOST),
    ("Helen", Duty.TABLE_HOST),
    ("Aisha", Duty.COMPANION),
)
COMING = {"Lynda", "Robin", "Joyce", "Tomasz", "Aisha", "Helen", "Femi", "Priya"}
NEEDS = {"Maureen": "A lift there and back, and a chair with arms.", "Dev": "I can stay until eight."}
ACCESS = "No steps. A hearing loop. A quiet room beside the stage. Soup, some of it without meat."
SENTENCES = (
    "One person should ring, and always the same one.",
    "A letter nobody opens is no help.",
    "I want to know who decides about the bus.",
)


def edition(gathering: Gathering) -> int:
    return RunSheet.objects.get(gathering=gathering).edition


def call_the_next(town: Town) -> Gathering:
    """Nine days from now: asked in balance, who does what, Robin’s word on the sheet."""
    organiser, when = town.person["organiser"], town.ago(-9, hour=18)
    gathering = verbs.call_gathering(
        round=town.round,
        kind=Gathering.Kind.HEARING,
        title="Hearing it with new neighbours",
        when=when,
        where=HALL,
        by=organiser,
        at=town.ago(5),
        check_in="What small thing kept you going this week?",
    )
    for side, names in ((Side.RESIDENT, RESIDENTS), (Side.SERVICE, SERVICES)):
        for name, ring, key in names:
            who = town.person[key] if key else None
            guest = verbs.ask_guest(
                gathering, first_name=name, side=side, ring=ring, by=organiser, person=who
            )
            if name in COMING:
                verbs.reply(guest, reply=Guest.Reply.COMING, by=organiser, at=town.ago(4))
            if name in NEEDS:
                verbs.say_needs(guest, words=NEEDS[name], by=organiser, at=town.ago(4))
    _prepare(town, gathering)
    for words in SENTENCES:
        verbs.add_statement(gathering, words=words, by=organiser, at=town.ago(3))
    return gathering


def _prepare(town: Town, gathering: Gathering) -> None:
    organiser, at = town.person["organiser"], town.ago(3)
    prepared = verbs.Prepared(
        when=gathering.at,
        where=gathering.where,
        check_in=gathering.check_in,
        access=ACCESS,
        interpreters="Polish; British Sign Language if you tell us by Friday.",
        fares="We pay your bus or taxi at the door, in cash.",
        story=town.story,
        poolside=Poolside.objects.get(),
    )
    verbs.prepare(gathering, prepared, by=organiser, at=at, edition=edition(gathering))
    for name, duty in DUTIES:
        guest = gathering.guests.get(first_name=name)
        verbs.give(gathering, duty=duty, guest=guest, by=organiser, at=at, edition=edition(gathering))


def say_yes_and_approve(town: Town, gathering: Gathering) -> None:
    """Robin says yes to three pieces on the screen and to reading it aloud, and that the sheet is right."""
    teller, at = town.person["teller"], town.ago(2)
    room, until = gathering.circle, gathering.at + timedelta(days=20)
    version = town.version
    for use in (Use.READ, Use.READ_ALOUD):
        consenting.say_yes(
            version,
            by=teller,
            use=use,
            circle=room,
            at=at,
            until=until,
            asked_by=town.person["organiser"],
        )
    for piece in (town.step[2], town.gap[0], town.step[4], town.step[7]):
        consenting.say_yes(version, by=teller, use=Use.IN_ROOM, circle=room, piece=piece, at=at, until=until)
    sheet = RunSheet.objects.get(gathering=gathering)
    verbs.approve(sheet, by=teller, at=at, edition=sheet.edition)


def look_back(town: Town, called: dict[str, Gathering]) -> None:
    """Each evening was typed in, read back and thanked for; of the last one two people wait for their thanks."""
    organiser = town.person["organiser"]
    for key, gathering in called.items():
        typed = gathering.at + timedelta(days=1, hours=1)
        verbs.say_typed(gathering, by=organiser, at=typed)
        back = gathering.at + timedelta(days=6)
        verbs.say_read_back(gathering, on=localtime(back).date(), by=organiser, at=back)
        came = list(gathering.guests.filter(reply=Guest.Reply.COMING))
        for guest in came[: -2 if key == "planning" else None]:
            verbs.thank(guest, by=organiser, on=localtime(back).date())
        paid = Decimal("4.60")
        verbs.pay_fare(came[0], pounds=paid, by=organiser, on=localtime(gathering.at).date(), at=typed)
