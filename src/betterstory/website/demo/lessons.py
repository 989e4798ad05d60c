"""What the invented neighbourhoods learned, and what they carried on to one another."""

from collections.abc import Sequence
from datetime import date, timedelta

from betterstory.conversations import verbs as conversations
from betterstory.conversations.models import Level
from betterstory.learning import verbs
from betterstory.learning.models import Lesson, Reach, Standing
from betterstory.learning.verbs import Choice, Words
from betterstory.people.models import Person
from betterstory.places.models import Neighbourhood, Round
from betterstory.promises.models import Promise
from betterstory.website.demo.lesson_words import LESSONS, Told
from betterstory.website.demo.town import Town

WENT = (
    (Standing.ADAPTED, "It fits, but not as it is.", "We asked the church, which has a bell.", "More came."),
    (Standing.NOT_FOR_HERE, "There is no hall here that we could open.", "", ""),
    (Standing.TRIED, "We have the same trouble, at the same door.", "", "Three people came who never had."),
    (Standing.TRYING, "It is small enough to begin with.", "", ""),
)


def learn(town: Town) -> None:
    """The Row writes three lessons; Lock Side begins from one, with a change; Upper Wharf says: not for here."""
    organiser, on = town.person["organiser"], town.ago(5).date()
    promise = Promise.objects.filter(round=town.round).order_by("pk").first()
    kept, evening, _jobs = make_lessons([town.round], many=3, by=organiser, on=on)
    if promise is not None:
        verbs.write_again(
            kept,
            _words(LESSONS[0]),
            after=1,
            because="We had not said what it points to.",
            by=organiser,
            on=on,
            points=[promise, town.step[4]],
        )
    outcome = verbs.tell_outcome(
        kept,
        who="The Talking Service",
        what="Whoever books the visits rings first, and writes afterwards.",
        matters="A letter is too late for a bad morning; a call is not.",
        our_part="We asked, and two of us sat with them for a day. They found the way themselves.",
        by=organiser,
        on=on,
    )
    verbs.say_so(
        outcome,
        by=town.person["neighbour"],
        on=town.ago(4).date(),
        called="Lynda",
        words="They rang my aunt.",
    )
    side = round_in("Lock Side", chosen=kept, by=organiser, on=town.ago(4).date())
    standing, reason, changed, came_of = WENT[0]
    said = side_trial(kept, side)
    verbs.say_how(
        kept,
        round=side,
        standing=standing,
        reason=reason,
        changed=changed,
        came_of=came_of,
        after=said,
        by=organiser,
        on=town.ago(2).date(),
    )
    conversations.add_card(
        side,
        level=Level.STRUCTURE,
        words="The letter goes out a week after the visit is booked.",
        owner=town.body["talking"],
        by=organiser,
        at=town.ago(2),
    )
    wharf = round_in("Upper Wharf", by=organiser, on=town.ago(3).date())
    verbs.say_how(
        evening,
        round=wharf,
        standing=Standing.NOT_FOR_HERE,
        reason=WENT[1][1],
        by=organiser,
        on=town.ago(2).date(),
    )


def make_lessons(
    rounds: Sequence[Round],
    *,
    many: int,
    by: Person,
    on: date,
    elsewhere: Sequence[Round] = (),
) -> list[Lesson]:
    """So many lessons, in turn from these rounds, all offered but each fifth; tried in turn `elsewhere`.

    More than there are words for begin again from the first.
    """
    made = []
    for place in range(many):
        told, learned_in = LESSONS[place % len(LESSONS)], rounds[place % len(rounds)]
        keeps = place % 5 == 4
        lesson = verbs.write(
            _words(told),
            round=learned_in,
            by=by,
            on=on - timedelta(days=many - place),
            about=told[0],
            reach=Reach.PARTNERSHIP if keeps else Reach.ANYONE,
        )
        if not keeps:
            lesson = verbs.offer(lesson, by=by, on=on - timedelta(days=many - place))
            _carry(lesson, place, elsewhere, by=by, on=on)
        made.append(lesson)
    return made


def _carry(lesson: Lesson, place: int, elsewhere: Sequence[Round], *, by: Person, on: date) -> None:
    """Two other neighbourhoods take it up, where there are so many."""
    others = [each for each in elsewhere if each.neighbourhood_id != lesson.round.neighbourhood_id]
    for turn, other in enumerate([others[(place + far) % len(others)] for far in range(min(2, len(others)))]):
        standing, reason, changed, came_of = WENT[(place + turn) % len(WENT)]
        verbs.say_how(
            lesson,
            round=other,
            standing=standing,
            reason=reason,
            changed=changed,
            came_of=came_of,
            by=by,
            on=on,
        )


def round_in(name: str, *, by: Person, on: date, chosen: Lesson | None = None) -> Round:
    """The newest round of a neighbourhood; where none has begun, it begins, from this lesson if any."""
    place = Neighbourhood.objects.prefetch_related("rounds").get(name=name)
    if place.current_round is not None:
        return place.current_round
    why = "The same happened to three people here, and the bus is worse."
    return verbs.begin(
        neighbourhood=place,
        chosen=[Choice(chosen, why)] if chosen else [],
        differently="We ask the people on the boats first, before we ask the services." if chosen else "",
        after=0,
        by=by,
        on=on,
    )


def side_trial(lesson: Lesson, round_: Round) -> int:
    """The number of what that round said of it last; 0 where it said nothing."""
    trial = lesson.trials.filter(round=round_).first()
    return trial.version if trial else 0


def _words(told: Told) -> Words:
    _about, tried, saw, surprised, worse, now = told
    return Words(tried=tried, saw=saw, surprised=surprised, worse=worse, now=now)
