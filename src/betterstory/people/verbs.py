"""What can be done about who takes part: people, parts, bodies, circles and codes."""

import logging
from datetime import date, datetime, timedelta

from django.contrib.auth.hashers import check_password, make_password
from django.db import transaction
from django.utils.translation import gettext_lazy as _

from betterstory.people import codes, rules
from betterstory.people.models import Body, Circle, Invitation, Membership, Part, Person, Post, Ring, Role
from betterstory.ui.refusal import Refusal

log = logging.getLogger(__name__)
CARD_LIFE = timedelta(days=30)


class NotYours(Refusal):
    """Somebody asked for what is another person's to do."""

    code, status = "not-yours", 403
    words = _("This is not yours to do. Ask whoever looks after this place.")


class CodeUnknown(Refusal):
    """No usable card has this code: never made, mistyped, used before, withdrawn, or past its day."""

    code, status = "code-unknown", 422
    words = _(
        "We do not know this code. It may be mistyped, used before, or past its day. Ask for a new card."
    )


@transaction.atomic
def welcome(*, name: str, role: Role, on: date, email: str = "") -> Person:
    """Make a person with one part. Used when a card is first used, and to set a place up."""
    person = Person.objects.create_user(name=name, email=email)
    Part.objects.create(person=person, role=role, joined_on=on)
    log.info("person welcomed person=%s role=%s", person.pk, role)
    return person


@transaction.atomic
def give_part(*, person: Person, role: Role, by: Person, on: date) -> Part:
    """Give somebody a part in this place. Raises NotYours."""
    if not rules.may_give_parts(by):
        raise NotYours
    part, _made = Part.objects.get_or_create(
        person=person, role=role, left_on=None, defaults={"joined_on": on}
    )
    log.info("part given person=%s role=%s by=%s", person.pk, role, by.pk)
    return part


@transaction.atomic
def invite(
    *,
    greeting: str,
    role: Role,
    by: Person | None,
    at: datetime,
    person: Person | None = None,
    circle: Circle | None = None,
) -> tuple[Invitation, str]:
    """Make a printed code; returns the row and the code, which is never seen again. Raises NotYours.

    `by` is nobody only when a place is set up. With `person` the card brings that person back.
    """
    if by is not None and not rules.may_invite(by, role):
        raise NotYours
    code = codes.make_code()
    selector, verifier = codes.read_code(code)
    invitation = Invitation.objects.create(
        selector=selector,
        verifier_hash=make_password(verifier),
        greeting=greeting,
        role=role,
        person=person,
        circle=circle,
        invited_by=by,
        made_at=at,
        expires_at=at + CARD_LIFE,
    )
    log.info("invitation made invitation=%s role=%s", invitation.pk, role)
    return invitation, code


@transaction.atomic
def come_in(*, selector: str, verifier: str, at: datetime, on: date) -> Person:
    """Use a printed code, once. Raises CodeUnknown; says no more, so that nobody can fish for codes."""
    cards = list(Invitation.objects.select_for_update().usable(at).filter(selector=selector))
    card = next((card for card in cards if check_password(verifier, card.verifier_hash)), None)
    if card is None:
        if not cards:
            make_password(verifier)  # as slow as a wrong guess
        raise CodeUnknown
    if not Invitation.objects.filter(pk=card.pk, used_at=None).update(used_at=at):
        raise CodeUnknown
    person = card.person or welcome(name=card.greeting, role=Role(card.role), on=on)
    if card.circle is not None:
        join(circle=card.circle, person=person, at=at)
    log.info("invitation used invitation=%s person=%s", card.pk, person.pk)
    return person


@transaction.atomic
def withdraw_card(invitation: Invitation, *, by: Person, at: datetime) -> None:
    """A card was lost, or is not wanted any more. Raises NotYours."""
    if not rules.may_invite(by, Role(invitation.role)):
        raise NotYours
    Invitation.objects.filter(pk=invitation.pk, used_at=None).update(withdrawn_at=at)
    log.info("invitation withdrawn invitation=%s", invitation.pk)


@transaction.atomic
def open_circle(*, name: str, kind: Circle.Kind, ends_on: date | None = None) -> Circle:
    """Begin a circle: a named audience with an end."""
    circle = Circle.objects.create(name=name, kind=kind, ends_on=ends_on)
    log.info("circle opened circle=%s kind=%s", circle.pk, kind)
    return circle


@transaction.atomic
def join(*, circle: Circle, person: Person, at: datetime) -> Membership:
    """Bring somebody into a circle; being in it already is no error."""
    membership, _made = Membership.objects.get_or_create(
        circle=circle, person=person, left_at=None, defaults={"joined_at": at}
    )
    log.info("circle joined circle=%s person=%s", circle.pk, person.pk)
    return membership


@transaction.atomic
def leave(*, circle: Circle, person: Person, at: datetime) -> None:
    """Somebody leaves a circle. What they could see through it they see no more."""
    Membership.objects.filter(circle=circle, person=person, left_at=None).update(left_at=at)
    log.info("circle left circle=%s person=%s", circle.pk, person.pk)


@transaction.atomic
def name_body(*, name: str, ring: Ring, by: Person) -> Body:
    """Write down an organisation. Raises NotYours."""
    if not rules.may_name_bodies(by):
        raise NotYours
    body, _made = Body.objects.get_or_create(name=name, defaults={"ring": ring})
    log.info("body named body=%s", body.pk)
    return body


@transaction.atomic
def name_post(*, body: Body, title: str, by: Person, holder: Person | None = None) -> Post:
    """Write down a post in a body, and who holds it. Raises NotYours."""
    if not rules.may_name_bodies(by):
        raise NotYours
    post, _made = Post.objects.get_or_create(body=body, title=title, defaults={"holder": holder})
    log.info("post named post=%s", post.pk)
    return post


@transaction.atomic
def hand_over(post: Post, *, to: Person | None, by: Person) -> None:
    """Somebody else holds the post now; its promises stay with the post. Raises NotYours."""
    if not rules.may_name_bodies(by):
        raise NotYours
    post.holder = to
    post.save(update_fields=["holder"])
    log.info("post handed over post=%s", post.pk)
