"""The invented town: its place, neighbourhoods, people and bodies, the round, and Robin's story with its yeses."""

from dataclasses import dataclass, field
from datetime import datetime, timedelta
from typing import Any

from django.utils.timezone import localtime

from betterstory.people import verbs as people
from betterstory.people.models import Body, Circle, Person, Post, Ring
from betterstory.places import verbs as places
from betterstory.places.models import Neighbourhood, Place, Round
from betterstory.stories import beside, care, consenting
from betterstory.stories import verbs as stories
from betterstory.stories.models import Audience, Care, Gap, ReadBack, Step, Story, Use, Version, Wish
from betterstory.stories.redacting import verbs as redacting
from betterstory.stories.redacting.showing import names_of, opened
from betterstory.website.demo import cast, robin, safety

NEIGHBOURHOODS = (
    "Tanners Row",
    "Lock Side",
    "Upper Wharf",
    "Priory Fields",
    "The Limes",
    "Cold Hatch",
    "Hollow Brook",
)
BODIES = (
    ("talking", "The Talking Service", Ring.LOCAL_SERVICES, "Head of the service", "service"),
    ("hospital", "Aldermouth Hospital", Ring.HOSPITAL_AND_CRISIS, "Lead of the crisis team", None),
    ("council", "Aldermouth Council", Ring.LOCAL_SERVICES, "Councillor for the Row", "council"),
    ("kettle", "The Open Kettle", Ring.COMMUNITY, "Whoever has the kettle", "organiser"),
    ("surgery", "Weir Road Surgery", Ring.LOCAL_SERVICES, "Practice manager", None),
    ("buses", "Aldermouth Buses", Ring.BUSINESSES, "Timetables", None),
)


@dataclass
class Town:
    """What the demo has made so far, by the keys of its cast and bodies."""

    at: datetime
    person: dict[str, Person] = field(default_factory=dict)
    body: dict[str, Body] = field(default_factory=dict)
    post: dict[str, Post] = field(default_factory=dict)
    step: list[Step] = field(default_factory=list)
    gap: list[Gap] = field(default_factory=list)
    wish: list[Wish] = field(default_factory=list)
    made: dict[str, object] = field(default_factory=dict)
    row: Neighbourhood = field(init=False)
    round: Round = field(init=False)
    story: Story = field(init=False)
    version: Version = field(init=False)

    def ago(self, days: int, *, hour: int = 10) -> datetime:
        """A moment so many days back, at this hour of that day."""
        then = localtime(self.at) - timedelta(days=days)
        return then.replace(hour=hour, minute=0, second=0, microsecond=0)


def found(town: Town) -> Place:
    """The place, its neighbourhoods, its people, bodies and posts, and the round that began in spring."""
    began = town.ago(110).date()
    town.person = cast.welcome_all(on=began)
    steward, organiser = town.person["steward"], town.person["organiser"]
    place = places.found(
        name="Aldermouth",
        organiser_phone="01632 960 147",
        help_now="In danger now: ring 999.\nAt any hour, to talk: the night line, 01632 960 199 (an invented number).",
    )
    places.change_place(place, by=steward, keeps_a_log=True, log_controller="Aldermouth Hospital (invented)")
    safety.name_leads(town)
    made = [places.name_neighbourhood(name=name, by=organiser) for name in NEIGHBOURHOODS]
    town.row = made[0]
    for key, name, ring, title, holder in BODIES:
        town.body[key] = people.name_body(name=name, ring=ring, by=organiser)
        who = town.person[holder] if holder else None
        town.post[key] = people.name_post(body=town.body[key], title=title, by=organiser, holder=who)
    people.name_post(body=town.body["hospital"], title="Analyst", by=organiser, holder=town.person["analyst"])
    town.round = places.begin_round(neighbourhood=town.row, by=organiser, on=began)
    return place


def tell(town: Town) -> None:
    """Robin tells it to Nasreen, reads it back, and agrees; then takes out who never asked to be in it."""
    told, then = town.person["teller"], town.ago(80)
    writer = town.person["organiser"]
    town.story = stories.begin(
        by=writer,
        teller=told,
        neighbourhood=town.row,
        title=robin.TITLE,
        chosen_name=robin.CHOSEN_NAME,
        limits_heard=True,
        at=then,
    )
    stories.write(town.story, by=writer, text=robin.TEXT, at=then)
    for each in robin.STEPS:
        step = stories.add_step(
            town.story,
            by=writer,
            words=each.words,
            when=each.when,
            rings=each.rings,
            feeling=each.feeling,
            moment=each.moment,
            told_again=each.told_again,
            source=each.source,
            feeling_words=each.feeling_words,
            size=each.size,
            helped=each.helped,
            after=each.after,
        )
        if each.gap:
            words, kind, ring = each.gap
            stories.name_gap(
                town.story, by=writer, after=step, words=words, kind=kind, ring=ring, lasted=each.lasted
            )
    for kind_of_wish, words in robin.WISHES:
        stories.wish(town.story, by=writer, words=words, kind=kind_of_wish)
    care.agree_thanks(town.story, by=writer, words=robin.THANKS, at=then)
    stories.agree(town.story, by=told, at=town.ago(78), how=ReadBack.How.ALOUD)
    practical, _what_came = Care.objects.filter(story=town.story).select_related("story__thanks")
    care.give_thanks(practical.story.thanks, by=writer, on=town.ago(78).date())
    care.take_on(practical, by=writer, words=robin.PRACTICAL)
    care.done(practical, by=told, on=town.ago(73).date())
    _read_every_line(town)


def _read_every_line(town: Town) -> None:
    """Robin puts names on the list and reads every line; what is shared is the version without them."""
    told, then = town.person["teller"], town.ago(77)
    town.story.refresh_from_db()
    for forms, kind, called in robin.NAMES:
        redacting.name_somebody(town.story, by=told, forms=forms, kind=kind, called=called)
    first = Version.objects.select_related("story").get(story=town.story)
    whole = opened(first, by=told, at=then)
    if whole is None:
        raise LookupError("its teller may read it")
    seen = whole.seen([entry for _pk, entry in names_of(town.story, by=told)])
    lines = {number: words.strip() for number, words in enumerate(seen.reads)}
    redacting.read_lines(first, by=told, at=then, mark=whole.mark, lines=lines)
    redacting.finish(first, by=told, at=then, mark=whole.mark)
    town.version = stories.agree(town.story, by=told, at=then)
    town.step = list(Step.objects.filter(version=town.version))
    town.gap = list(Gap.objects.filter(version=town.version))
    town.wish = list(Wish.objects.filter(version=town.version))


def gather_everybody(town: Town) -> Circle:
    """Everybody of the first round, in one circle: promises are made to it, and it judges them."""
    circle = people.open_circle(name="everybody of the first round", kind=Circle.Kind.NAMED)
    for key in ("organiser", "neighbour", "service", "council", "shed", "kettle", "analyst", "teller"):
        people.join(circle=circle, person=town.person[key], at=town.ago(39))
        town.person[key].read_again()  # read again: the circle is new
    return circle


def open_doors(town: Town, rooms: list[Circle]) -> None:
    """What Robin said yes to: the rooms may read it, see the picture and quote it; the shape may be counted.

    The partnership may use it in a report. Anyone may see the lines that promises answer.
    """
    version = Version.objects.select_related("story").get(pk=town.version.pk)
    teller, asker, then = town.person["teller"], town.person["organiser"], town.ago(38)

    def yes(use: Use, circle: Circle | None = None, **more: Any) -> None:
        consenting.say_yes(
            version,
            by=teller,
            use=use,
            at=then,
            until=then + timedelta(days=364),
            circle=circle,
            asked_by=asker,
            **more,
        )

    for room in rooms:
        for use in (Use.READ, Use.PICTURE, Use.QUOTE, Use.READ_ALOUD):
            yes(use, room)
    yes(Use.COUNT, audience=Audience.PARTNERSHIP)
    yes(Use.REPORT, audience=Audience.PARTNERSHIP)
    for piece in (town.step[4], town.gap[1], town.step[7]):
        yes(Use.QUOTE, audience=Audience.PUBLIC, piece=piece)
    seen = Step.objects.select_related("version__story").get(pk=town.step[4].pk)
    reading = beside.stand_beside(seen, by=town.person["service"], words=robin.LOOK, at=town.ago(20))
    beside.let_in(reading, by=teller, at=town.ago(19))
