"""The rest of the town: six neighbourhoods, each at its own stage, two of them with a round behind them."""

from dataclasses import dataclass, field
from datetime import date, timedelta

from django.utils.timezone import localtime

from betterstory.conversations import verbs as conversations
from betterstory.conversations.models import Gathering, Guest, Insight, Side
from betterstory.immersion import verbs as immersion
from betterstory.people import verbs as people
from betterstory.people.models import Circle, Person, Ring, Role
from betterstory.places import verbs as places
from betterstory.places.models import Neighbourhood, Round
from betterstory.poolside import verbs as poolside
from betterstory.poolside.models import Question, Sharing
from betterstory.website.demo.telling import AtPoolside, Evening, RoundTold
from betterstory.website.demo.town import Town

PARTNERS = (
    ("gwen", "Gwen", Ring.LOCAL_SERVICES),
    ("duncan", "Duncan", Ring.LOCAL_SERVICES),
    ("philippa", "Philippa", Ring.HOSPITAL_AND_CRISIS),
    ("tunde", "Tunde", Ring.LOCAL_SERVICES),
    ("carys", "Carys", Ring.LOCAL_SERVICES),
    ("nikhil", "Nikhil", Ring.BUSINESSES),
    ("owen", "Owen", Ring.LOCAL_SERVICES),
    ("rosalind", "Rosalind", Ring.LOCAL_SERVICES),
    ("farida", "Farida", Ring.LOCAL_SERVICES),
    ("ivor", "Ivor", Ring.BUSINESSES),
)
# of the cast, who comes from a service
CAST = {"service": ("Helen", Ring.LOCAL_SERVICES), "council": ("Femi", Ring.LOCAL_SERVICES)}
# key of the post, key of its body, what the body is called, its ring, the post, who holds it
POSTS = (
    ("repairs", "housing", "Aldermouth Housing", Ring.LOCAL_SERVICES, "Head of repairs", "gwen"),
    ("streets", "council", "Aldermouth Council", Ring.LOCAL_SERVICES, "Streets and parks", "duncan"),
    ("ward", "hospital", "Aldermouth Hospital", Ring.HOSPITAL_AND_CRISIS, "Sister of the ward", "philippa"),
    ("school", "school", "Wharf School", Ring.LOCAL_SERVICES, "Head teacher", "tunde"),
    ("police", "police", "Aldermouth Police", Ring.LOCAL_SERVICES, "Neighbourhood sergeant", "carys"),
    ("pharmacy", "pharmacy", "Weir Road Pharmacy", Ring.BUSINESSES, "Whoever is at the counter", "nikhil"),
    ("library", "library", "Weir Road Library", Ring.LOCAL_SERVICES, "Librarian", "owen"),
    ("fund", "fund", "The Weir Fund", Ring.COMMUNITY, "Whoever reads the letters", "rosalind"),
    ("nurse", "surgery", "Weir Road Surgery", Ring.LOCAL_SERVICES, "Nurse in charge", "farida"),
    ("depot", "buses", "Aldermouth Buses", Ring.BUSINESSES, "Whoever runs the depot", "ivor"),
    ("shed", "shed", "The Repair Shed", Ring.COMMUNITY, "Whoever opens up", "shed"),
    ("carers", "carers", "The Carers’ Table", Ring.COMMUNITY, "Whoever has the key", "bridget"),
)


@dataclass
class Lived:
    """A round as it was made: what asks and promises stand on."""

    told: RoundTold
    round: Round
    everybody: Circle
    organiser: Person
    planning: Gathering | None = None
    gatherings: list[Gathering] = field(default_factory=list)
    cards: dict[str, Insight] = field(default_factory=dict)


def live_through(town: Town, rounds: tuple[RoundTold, ...]) -> list[Lived]:
    """Each round with its people, poolside, useful acts and gatherings; nothing is asked or promised yet."""
    welcome(town, rounds)
    lived = [begin(town, told) for told in rounds]
    for each in lived:
        sit_at_the_poolside(town, each)
        be_useful(town, each)
        meet(town, each)
        look_beneath(town, each)
    return lived


def welcome(town: Town, rounds: tuple[RoundTold, ...]) -> None:
    """People, bodies and posts that the first neighbourhood did not know yet."""
    on = town.ago(max(told.began for told in rounds)).date()

    def come(key: str, name: str, role: Role) -> None:
        if key not in town.person:
            town.person[key] = people.welcome(name=name, role=role, on=on, email=f"{key}@demo.invalid")

    come("wendy", "Wendy", Role.ORGANISER)
    for key, name, _ring in PARTNERS:
        come(key, name, Role.PARTNER)
    for told in rounds:
        for each in told.street.people:
            come(each.key, each.name, Role.RESIDENT)
    wendy = town.person["wendy"]
    for key, body, called, ring, title, holder in POSTS:
        if body not in town.body:
            town.body[body] = people.name_body(name=called, ring=ring, by=wendy)
        town.post[key] = people.name_post(
            body=town.body[body], title=title, by=wendy, holder=town.person[holder]
        )


def begin(town: Town, told: RoundTold) -> Lived:
    """The round, and everybody of it in one circle: promises are made to it, and it judges them."""
    organiser = town.person[told.street.organiser]
    where = Neighbourhood.objects.get(name=told.street.name)
    places.rename_neighbourhood(where, name=where.name, about=told.street.about, by=organiser)
    round_ = places.begin_round(neighbourhood=where, by=organiser, on=town.ago(told.began).date())
    circle = people.open_circle(name=f"everybody of {round_}", kind=Circle.Kind.NAMED)
    for who in (organiser, *everybody(town, told)):
        people.join(circle=circle, person=who, at=town.ago(told.began - 1))
    return Lived(told, round_, circle, organiser)


def everybody(town: Town, told: RoundTold) -> list[Person]:
    keys = [*(each.key for each in told.street.people), *told.street.partners]
    return [town.person[key] for key in keys]


def sit_at_the_poolside(town: Town, lived: Lived) -> None:
    """What partners said, what they agreed, who signed it, and how it went when they came back to it."""
    said = lived.told.poolside
    if said is None:
        return
    began, on = town.ago(lived.told.began - 2), town.ago(lived.told.began - 2).date()
    table = poolside.open_poolside(
        name=f"the poolside circle of {lived.told.street.name}",
        by=lived.organiser,
        at=began,
        on=on,
        round_=lived.round,
    )
    first = Question.objects.filter(poolside=table).order_by("pk")[0]
    for key, words in said.answers:
        people.join(circle=table.circle, person=town.person[key], at=began)
        poolside.answer(first, words=words, sharing=Sharing.SHARED, by=town.person[key], on=on)
    if said.agreed:
        agree(lived, table, said, town, on)


def agree(lived: Lived, table: poolside.Poolside, said: AtPoolside, town: Town, on: date) -> None:
    """They come back to it after five weeks; it stands until then where they have not yet."""
    back, today = on + timedelta(days=35), town.at.date()
    agreement = poolside.agree(
        table,
        words=said.agreed,
        come_back_on=back if said.held else today + timedelta(days=20),
        by=lived.organiser,
        on=on,
    )
    for who in (lived.organiser, *(town.person[key] for key, _words in said.answers)):
        poolside.sign(agreement, by=who, on=on)
    if said.held:
        poolside.come_back(
            agreement,
            held=said.held,
            not_held=said.not_held,
            changes=said.changes,
            next_on=min(back + timedelta(days=360), today + timedelta(days=30)),
            by=lived.organiser,
            on=back,
        )


def be_useful(town: Town, lived: Lived) -> None:
    """The paper sheet, typed in by whoever organises, and what was noticed on the way."""
    rows = [
        immersion.Row(
            what=each.what,
            where=each.where,
            on=town.ago(each.ago).date(),
            groups=each.groups,
            minutes=each.minutes,
        )
        for each in lived.told.acts
    ]
    last = min((each.ago for each in lived.told.acts), default=0)
    if rows:
        immersion.note_sheet(
            neighbourhood=lived.round.neighbourhood,
            rows=rows,
            by=lived.organiser,
            today=town.ago(last).date(),
        )
    for ago, words, where in lived.told.noticed:
        on = town.ago(ago).date()
        immersion.notice(
            neighbourhood=lived.round.neighbourhood,
            words=words,
            where=where,
            on=on,
            by=lived.organiser,
            today=on,
        )


def meet(town: Town, lived: Lived) -> None:
    """Every gathering of the round: people of the street and of services, asked in balance."""
    for evening in lived.told.evenings:
        gathering = call(town, lived, evening)
        lived.gatherings.append(gathering)
        if evening.ago > 0:
            look_back(gathering, by=lived.organiser)
        if evening.kind == Gathering.Kind.PLANNING:
            lived.planning = gathering
    places.move_on(lived.round, to=lived.told.stage, by=lived.organiser)
    if lived.told.ended is not None:
        places.end_round(lived.round, by=lived.organiser, on=town.ago(lived.told.ended).date())


def call(town: Town, lived: Lived, evening: Evening) -> Gathering:
    street, called = lived.told.street, town.ago(max(evening.ago + 14, 1))
    gathering = conversations.call_gathering(
        round=lived.round,
        kind=evening.kind,
        title=evening.title,
        when=town.ago(evening.ago, hour=18),
        where=street.hall,
        by=lived.organiser,
        at=called,
        check_in=evening.check_in,
    )
    rings = CAST | {key: (name, ring) for key, name, ring in PARTNERS}
    asked = [(each.key, each.name, each.ring, Side.RESIDENT) for each in street.people]
    asked += [(key, *rings[key], Side.SERVICE) for key in street.partners]
    for key, name, ring, side in asked:
        guest = conversations.ask_guest(
            gathering, first_name=name, side=side, ring=ring, by=lived.organiser, person=town.person[key]
        )
        conversations.reply(guest, reply=Guest.Reply.COMING, by=lived.organiser, at=called)
    return gathering


def look_back(gathering: Gathering, *, by: Person) -> None:
    """The evening was typed in the next day, read back within the week, and everybody was thanked."""
    conversations.close_voting(gathering, by=by, at=gathering.at)
    conversations.say_typed(gathering, by=by, at=gathering.at + timedelta(days=1))
    back = gathering.at + timedelta(days=2)
    conversations.say_read_back(gathering, on=localtime(back).date(), by=by, at=back)
    for guest in gathering.guests.all():
        conversations.thank(guest, by=by, on=localtime(back).date())


def look_beneath(town: Town, lived: Lived) -> None:
    """The iceberg of a round, turned over and told as a better story that the room adopts."""
    told = lived.told
    if not told.cards:
        return
    then = max(each.at for each in lived.gatherings)
    for each in told.cards:
        lived.cards[each.key] = conversations.add_card(
            lived.round,
            level=each.level,
            words=each.words,
            by=lived.organiser,
            at=then,
            owner=town.body[each.owner] if each.owner else None,
            held_by=each.held_by,
            gathering=lived.gatherings[-1],
        )
        conversations.turn_over(lived.cards[each.key], words=each.turned, by=lived.organiser, at=then)
    better = conversations.write_better_story(lived.round, text=told.better, by=lived.organiser, at=then)
    for who in everybody(town, told):
        conversations.adopt(better, by=who, at=then)
