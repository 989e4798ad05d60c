"""Who may write, read, offer, try and bear out a lesson, as sentences."""

from django.db.models import Q
from rules import predicate

from betterstory.conversations.models import Gathering
from betterstory.learning.models import Lesson, LessonQuerySet, Outcome
from betterstory.people.models import Person
from betterstory.places.models import Round
from betterstory.places.rules import may_organise
from betterstory.poolside.models import Poolside
from betterstory.stories.rules import PARTNERSHIP


@predicate
def is_of_the_round(person: Person, round_: Round) -> bool:
    """Whoever organises, everybody of its rooms, and whoever sits at its poolside."""
    return may_organise(person) or round_.pk in rounds_of(person)


def rounds_of(person: Person) -> set[int]:
    """The rounds whose rooms or poolside this person is in. One query."""
    return set(Round.objects.filter(_around(person, "pk")).order_by().values_list("pk", flat=True))


def _around(person: Person, round_: str) -> Q:
    """A room or a poolside this person is in belongs to the round of this name."""
    rooms = Gathering.objects.filter(circle__in=person.circle_ids).order_by()
    tables = Poolside.objects.filter(circle__in=person.circle_ids, round__isnull=False).order_by()
    return Q(**{f"{round_}__in": rooms.values("round")}) | Q(**{f"{round_}__in": tables.values("round")})


@predicate
def may_read(person: Person | None, lesson: Lesson) -> bool:
    """Anyone, once it is offered or was written for anyone; before that its round and the partnership."""
    if lesson.is_for_anyone:
        return True
    if person is None:
        return False
    return person.plays(*PARTNERSHIP) or is_of_the_round(person, lesson.round)


def readable_by(person: Person | None) -> LessonQuerySet:
    """All the lessons this person may read."""
    if person is None:
        return Lesson.objects.for_anyone()
    if person.plays(*PARTNERSHIP):
        return Lesson.objects.all()
    return Lesson.objects.for_anyone() | Lesson.objects.filter(_around(person, "round"))


@predicate
def may_write(person: Person, round_: Round) -> bool:
    """The people of the round, and nobody from outside it."""
    return is_of_the_round(person, round_)


@predicate
def may_offer(person: Person, lesson: Lesson) -> bool:
    """The people of the round it was learned in."""
    return is_of_the_round(person, lesson.round)


@predicate
def may_try(person: Person, round_: Round) -> bool:
    """The people of the round that takes it up; never those who offer it, for them."""
    return is_of_the_round(person, round_)


@predicate
def may_take_out(person: Person) -> bool:
    """An organiser or a steward, where words should never have stood there."""
    return may_organise(person)


@predicate
def wrote_it(person: Person, outcome: Outcome) -> bool:
    """They wrote this card, or words of its lesson."""
    if person.pk == outcome.by_id:
        return True
    return outcome.lesson.wordings.filter(by=person).exists()


@predicate
def may_say_so(person: Person, outcome: Outcome) -> bool:
    """Somebody else who may read it: never whoever wrote the card or the lesson."""
    return may_read(person, outcome.lesson) and not wrote_it(person, outcome)
