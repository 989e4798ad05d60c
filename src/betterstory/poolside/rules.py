"""Who may see and do what at the poolside."""

from datetime import date, timedelta

from betterstory.people.models import Circle, Membership, Person
from betterstory.people.rules import may_keep_circles
from betterstory.poolside.models import Answer, Poolside, Sharing

LONGEST_WAIT = timedelta(days=366)
FEWEST = 5  # as many must answer before anything is said about all


def is_round_the_table(person: Person, poolside: Poolside, on: date) -> bool:
    """Somebody who is in its circle now, while the circle lasts. Nobody else, whatever their part."""
    return is_in(person, poolside.circle, on)


def is_in(person: Person, circle: Circle, on: date) -> bool:
    """In a circle that is not over: asked of the rows, not of what the page read before."""
    over = circle.ends_on is not None and circle.ends_on < on
    return not over and Membership.objects.filter(circle=circle, person=person, left_at=None).exists()


def may_begin(person: Person, circle: Circle, on: date) -> bool:
    """An organiser or a steward, with a poolside circle they are in themselves."""
    return circle.kind == Circle.Kind.POOLSIDE and may_keep_circles(person) and is_in(person, circle, on)


def may_read(person: Person, answer: Answer, still_here: frozenset[int]) -> bool:
    """Its own author always; the circle what was shared with it, by people who are still in it.

    What is to be read out is for nobody's eyes but the reader's. Ask only for somebody round the table.
    """
    if answer.by_id == person.pk:
        return True
    return answer.sharing == Sharing.SHARED and answer.by_id in still_here


def is_a_day_to_come_back(day: date, on: date) -> bool:
    """After today, and not so far that everybody has forgotten."""
    return on < day <= on + LONGEST_WAIT
