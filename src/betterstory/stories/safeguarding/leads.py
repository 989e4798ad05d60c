"""Naming the lead and the deputy, and letting them go. No post stands empty while somebody waits."""

import logging
from datetime import datetime

from django.db import transaction
from django.utils.timezone import localtime
from django.utils.translation import gettext_lazy as _

from betterstory.people.models import Part, Person, Role
from betterstory.people.verbs import NotYours
from betterstory.places.models import Place
from betterstory.stories.models import Lead
from betterstory.stories.safeguarding import rules
from betterstory.ui.refusal import Refusal

log = logging.getLogger(__name__)


class NotYourself(Refusal):
    """Whoever opens this door was chosen by somebody else."""

    code, status = "not-yourself", 422
    words = _("Nobody names themselves. Ask another steward to name you.")


class NumberNeeded(Refusal):
    """A lead nobody can ring is no lead."""

    code, status = "number-needed", 422
    words = _("Write the number they are reached on. Tellers and volunteers read it.")


class LastOne(Refusal):
    """Somebody would be left waiting with nobody to read it."""

    code = "last-one"
    words = _("Nobody else holds a post. Name the next one first, and then let this one go.")


@transaction.atomic
def name(
    person: Person, *, post: Lead.Post, phone: str, by: Person | None, at: datetime, said_as: str = ""
) -> Lead:
    """Name the lead or the deputy. Whoever held the post hands over in the same moment.

    Everything raised so far goes with the post, not with the person. `by` is nobody only where a place is
    made without a page. Raises NotYours, NotYourself or NumberNeeded.
    """
    if by is not None and not by.plays(Role.STEWARD):
        raise NotYours
    if by is not None and not rules.may_name(by, person):
        raise NotYourself
    if not phone.strip():
        raise NumberNeeded
    for old in Lead.objects.filter(until_at=None, person=person):
        _end(old, at=at)  # a deputy who becomes the lead leaves the deputy's post
    for old in Lead.objects.filter(until_at=None, post=post).select_related("person"):
        _end(old, at=at)
        _take_part(old.person, at=at)
    Part.objects.get_or_create(
        person=person, role=Role.SAFETY, left_on=None, defaults={"joined_on": localtime(at).date()}
    )
    person.read_again()
    lead = Lead.objects.create(
        person=person,
        post=post,
        said_as=said_as or person.name,
        phone=phone.strip(),
        named_by=by,
        since_at=at,
    )
    _say_on_pages()
    log.info("post named post=%s lead=%s by=%s", post, lead.pk, by and by.pk)
    return lead


@transaction.atomic
def let_go(lead: Lead, *, by: Person, at: datetime) -> None:
    """They leave the post. A steward does it, or they themselves. Raises NotYours or LastOne."""
    if not by.plays(Role.STEWARD) and by.pk != lead.person_id:
        raise NotYours
    if [post.pk for post in rules.posts()] == [lead.pk]:
        raise LastOne
    _end(lead, at=at)
    _take_part(lead.person, at=at)
    _say_on_pages()
    log.info("post left lead=%s by=%s", lead.pk, by.pk)


def _end(lead: Lead, *, at: datetime) -> None:
    Lead.objects.filter(pk=lead.pk, until_at=None).update(until_at=at)


def _take_part(person: Person, *, at: datetime) -> None:
    """The part goes with the post."""
    parts = Part.objects.filter(person=person, role=Role.SAFETY, left_on=None)
    parts.update(left_on=localtime(at).date())
    person.read_again()


def _say_on_pages() -> None:
    """What every page reads of the place says who it is now."""
    now = {post.post: post for post in rules.posts()}
    first, deputy = rules.first(), now.get(Lead.Post.DEPUTY)
    Place.objects.update(
        safeguarding_lead=first.said_as if first else "",
        safeguarding_phone=first.phone if first else "",
        safeguarding_deputy=deputy.said_as if deputy else "",
    )
