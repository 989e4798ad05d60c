"""What can be done about the place. Every change to it, a neighbourhood or a round is one of these verbs."""

import logging
from datetime import date

from django.db import transaction
from django.utils.text import slugify
from django.utils.translation import gettext_lazy as _

from betterstory.people.models import Person
from betterstory.people.verbs import NotYours
from betterstory.places import rules
from betterstory.places.models import Neighbourhood, Place, Round, Stage
from betterstory.ui.refusal import Refusal

log = logging.getLogger(__name__)


class NoController(Refusal):
    """A log of contacts with nobody answerable for it."""

    code, status = "no-controller", 422
    words = _("Say first which body is answerable for the log. The law calls it the controller.")


class NameTaken(Refusal):
    """Two neighbourhoods by one name."""

    code, status = "name-taken", 422
    words = _("There is a neighbourhood by this name already.")


@transaction.atomic
def found(*, name: str, by: Person | None = None, **details: object) -> Place:
    """Set the place up, once: the first thing that happens in an installation. Raises NotYours, NoController.

    `by` is nobody only where a place is made without a page.
    """
    if by is not None and not rules.may_set_up(by):
        raise NotYours
    place = Place.objects.first() or Place()
    _write(place, {"name": name, **details})
    log.info("place founded place=%s", place.pk)
    return place


@transaction.atomic
def change_place(place: Place, *, by: Person, **details: object) -> Place:
    """Change what this place says about itself. Raises NotYours or NoController."""
    if not rules.may_set_up(by):
        raise NotYours
    _write(place, details)
    log.info("place changed by=%s", by.pk)
    return place


@transaction.atomic
def say_where_help_is(place: Place, *, by: Person, help_now: str, organiser_phone: str) -> Place:
    """Write down the numbers that stand on every page of telling. Raises NotYours."""
    if not rules.may_say_where_help_is(by):
        raise NotYours
    _write(place, {"help_now": help_now, "organiser_phone": organiser_phone})
    log.info("help written down by=%s", by.pk)
    return place


@transaction.atomic
def name_neighbourhood(*, name: str, by: Person, about: str = "") -> Neighbourhood:
    """Add a neighbourhood by the name people use. Raises NotYours."""
    if not rules.may_organise(by):
        raise NotYours
    made = Neighbourhood.objects.filter(name=name).first()
    if made is None:
        made = Neighbourhood.objects.create(name=name, slug=_free_slug(name), about=about)
    log.info("neighbourhood named neighbourhood=%s", made.pk)
    return made


@transaction.atomic
def rename_neighbourhood(neighbourhood: Neighbourhood, *, name: str, about: str, by: Person) -> None:
    """Say better what it is called and about; its address stays. Raises NotYours or NameTaken."""
    if not rules.may_organise(by):
        raise NotYours
    if Neighbourhood.objects.filter(name__iexact=name).exclude(pk=neighbourhood.pk).exists():
        raise NameTaken
    neighbourhood.name, neighbourhood.about = name, about
    neighbourhood.save(update_fields=["name", "about"])
    log.info("neighbourhood renamed neighbourhood=%s by=%s", neighbourhood.pk, by.pk)


@transaction.atomic
def begin_round(*, neighbourhood: Neighbourhood, by: Person, on: date) -> Round:
    """Start the next round in a neighbourhood, at the poolside. Raises NotYours.

    The one before may still be keeping its word: rounds overlap.
    """
    if not rules.may_organise(by):
        raise NotYours
    last = neighbourhood.rounds.order_by("-number").first()
    begun = Round.objects.create(
        neighbourhood=neighbourhood, number=(last.number if last else 0) + 1, began_on=on
    )
    log.info("round begun round=%s", begun.pk)
    return begun


@transaction.atomic
def move_on(current: Round, *, to: Stage, by: Person) -> None:
    """Say where a round is now. Any stage may follow any other. Raises NotYours."""
    if not rules.may_organise(by):
        raise NotYours
    current.stage = to
    current.save(update_fields=["stage"])
    log.info("round moved round=%s stage=%s", current.pk, to)


@transaction.atomic
def end_round(current: Round, *, by: Person, on: date) -> None:
    """A round is over. What was promised in it stays. Raises NotYours."""
    if not rules.may_organise(by):
        raise NotYours
    current.ended_on = on
    current.save(update_fields=["ended_on"])
    log.info("round ended round=%s", current.pk)


def _write(place: Place, details: dict[str, object]) -> None:
    for field, value in details.items():
        setattr(place, field, value)
    if place.keeps_a_log and not place.log_controller.strip():
        raise NoController
    place.save()


def _free_slug(name: str) -> str:
    base = slugify(name) or "neighbourhood"
    taken = set(Neighbourhood.objects.filter(slug__startswith=base).values_list("slug", flat=True))
    return next(
        slug for n in range(len(taken) + 1) if (slug := base if n == 0 else f"{base}-{n + 1}") not in taken
    )
