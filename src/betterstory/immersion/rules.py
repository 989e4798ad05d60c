"""Who may write down what was done, and whose name may stand there."""

from datetime import date, timedelta

from django.db.models import QuerySet
from rules import predicate

from betterstory.immersion.models import Act, Notice
from betterstory.people.models import Part, Person, Role

US = (Role.ORGANISER, Role.PARTNER, Role.ANALYST, Role.STEWARD)
LONGEST_AGO = timedelta(days=731)


def people_of_ours() -> QuerySet[Person]:
    """Those whose name may stand beside an act. Nobody is here for living in the neighbourhood."""
    parts = Part.objects.filter(role__in=US, left_on=None)
    return Person.objects.filter(is_active=True, pk__in=parts.values("person_id")).order_by("name", "pk")


@predicate
def may_note(person: Person) -> bool:
    """Anybody who takes part here, a resident as well."""
    return bool(person.roles)


@predicate
def may_type_for_others(person: Person) -> bool:
    """An organiser or a steward, from the paper sheet."""
    return person.plays(Role.ORGANISER, Role.STEWARD)


@predicate
def may_name(person: Person, who: Person) -> bool:
    """Oneself; or, from the paper sheet, another of us. Never somebody who is here as a resident alone."""
    is_one_of_us = who.is_active and who.plays(*US)
    return is_one_of_us and (who.pk == person.pk or may_type_for_others(person))


@predicate
def may_keep_lists(person: Person) -> bool:
    """Whoever organises: the streets and groups that we look out for."""
    return person.plays(Role.ORGANISER, Role.STEWARD)


@predicate
def may_do_again(person: Person, act: Act) -> bool:
    """Whoever wrote it down."""
    return person.pk == act.noted_by_id


@predicate
def may_take_out(person: Person, thing: Act | Notice) -> bool:
    """Whoever wrote it down, or an organiser or a steward."""
    return person.pk == thing.noted_by_id or may_type_for_others(person)


def is_a_day_for_acts(day: date, today: date) -> bool:
    """Not to come, and not longer ago than anybody remembers."""
    return today - LONGEST_AGO <= day <= today
