"""What can be done about who takes part: people, parts, bodies, circles and codes."""

import logging
from collections.abc import Sequence
from datetime import date, datetime, timedelta
from uuid import UUID

from allauth.mfa.models import Authenticator
from django.contrib.auth.hashers import check_password, make_password
from django.db import transaction
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from betterstory.people import codes, rules
from betterstory.people.keeping_posts import Circular as Circular
from betterstory.people.keeping_posts import DayOutOfOrder as DayOutOfOrder
from betterstory.people.keeping_posts import follow as follow
from betterstory.people.keeping_posts import hand_over as hand_over
from betterstory.people.keeping_posts import name_body as name_body
from betterstory.people.keeping_posts import name_post as name_post
from betterstory.people.models import Circle, Invitation, Membership, Part, Person, Role
from betterstory.people.refusals import NotYours as NotYours
from betterstory.ui.refusal import Refusal

log = logging.getLogger(__name__)
CARD_LIFE = timedelta(days=30)
RETURN_CARD_LIFE = timedelta(days=365)  # kept in a drawer, for the day a phone is lost
SECOND_PRESS = timedelta(minutes=2)


class CodeUnknown(Refusal):
    """No usable card has this code: never made, mistyped, used before, withdrawn, or past its day."""

    code, status = "code-unknown", 422
    words = _(
        "We do not know this code. It may be mistyped, used before, or past its day. Ask for a new card."
    )


class AddressTaken(Refusal):
    """An e-mail address lets one person in."""

    code, status = "address-taken", 422
    words = _("Somebody else here comes in with this address. Use another one.")


class LastSteward(Refusal):
    """A place without a steward can never have one again."""

    code, status = "last-steward", 409
    words = _("A place needs a steward. Give somebody else that part first.")


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
def end_part(part: Part, *, by: Person, on: date) -> None:
    """Somebody no longer plays a part here. Raises NotYours, or LastSteward."""
    if not rules.may_give_parts(by):
        raise NotYours
    others = Part.objects.filter(role=Role.STEWARD, left_on=None, person__is_active=True).exclude(pk=part.pk)
    if part.role == Role.STEWARD and not others.exists():
        raise LastSteward
    Part.objects.filter(pk=part.pk, left_on=None).update(left_on=on)
    log.info("part ended person=%s role=%s by=%s", part.person_id, part.role, by.pk)


@transaction.atomic
def keep_address(person: Person, *, email: str) -> None:
    """Keep an address its owner has proved to be theirs; "" forgets it. Raises AddressTaken."""
    email = email.strip().lower()
    if email and Person.objects.filter(email=email).exclude(pk=person.pk).exists():
        raise AddressTaken
    person.email = email
    person.save(update_fields=["email"])
    log.info("address %s person=%s", "kept" if email else "forgotten", person.pk)


@transaction.atomic
def go_out_everywhere(person: Person) -> None:
    """End every visit of this person, on every phone and computer, at its next request.

    Sessions hold a hash of the password field. Nobody has a password: a new random mark takes its place.
    """
    person.set_unusable_password()
    person.save(update_fields=["password"])
    log.info("went out everywhere person=%s", person.pk)


@transaction.atomic
def forget_factors(person: Person, *, by: Person) -> None:
    """A phone is lost: what is open on it ends, its passkeys and codes open nothing. Raises NotYours."""
    if by.pk == person.pk or not rules.may_help_back_in(by, person):
        raise NotYours
    go_out_everywhere(person)
    gone, _kinds = Authenticator.objects.filter(user=person).delete()
    log.info("factors forgotten person=%s by=%s count=%s", person.pk, by.pk, gone)


@transaction.atomic
def invite(
    *, greeting: str, role: Role, by: Person | None, at: datetime, circle: Circle | None = None
) -> tuple[Invitation, str]:
    """Make a printed code; returns the row and the code, which is never seen again. Raises NotYours.

    `by` is nobody only when a place is set up.
    """
    if by is not None and not rules.may_invite(by, role):
        raise NotYours
    if by is not None and circle is not None and not rules.may_bring_into(by, circle):
        raise NotYours
    return _make_card(greeting=greeting, role=role, by=by, at=at, circle=circle, life=CARD_LIFE)


@transaction.atomic
def invite_several(
    *, greetings: Sequence[str], role: Role, by: Person, at: datetime, circle: Circle | None = None
) -> list[tuple[Invitation, str]]:
    """A card for each of these people, all or none. Raises NotYours."""
    return [invite(greeting=name, role=role, by=by, at=at, circle=circle) for name in greetings]


@transaction.atomic
def make_return_card(person: Person, *, by: Person, at: datetime) -> tuple[Invitation, str]:
    """A card that brings a person back, made by themselves or by staff. Raises NotYours.

    An earlier one that was never used is no good any more.
    """
    if by.pk != person.pk and not rules.may_help_back_in(by, person):
        raise NotYours
    Invitation.objects.usable(at).filter(person=person).update(withdrawn_at=at)
    part = person.parts.filter(left_on=None).first()
    role = Role(part.role) if part else Role.RESIDENT
    life = RETURN_CARD_LIFE if by.pk == person.pk else CARD_LIFE
    return _make_card(greeting=person.name, role=role, by=by, at=at, person=person, life=life)


def _make_card(
    *,
    greeting: str,
    role: Role,
    by: Person | None,
    at: datetime,
    life: timedelta,
    person: Person | None = None,
    circle: Circle | None = None,
) -> tuple[Invitation, str]:
    code = codes.make_code()
    selector, verifier = codes.read_code(code)
    card = Invitation.objects.create(
        selector=selector,
        verifier_hash=make_password(verifier),
        greeting=greeting,
        role=role,
        person=person,
        circle=circle,
        invited_by=by,
        made_at=at,
        expires_at=at + life,
    )
    log.info("invitation made invitation=%s role=%s by=%s", card.pk, role, by.pk if by else None)
    return card, code


def come_in(*, selector: str, verifier: str, at: datetime, on: date, form: UUID | None = None) -> Person:
    """Use a printed code, once. Raises CodeUnknown; says no more, so that nobody can fish for codes.

    A second press of the same `form` within two minutes lets the same person in again: the browser may have
    dropped the first answer, and the card is spent. Guesses are weighed outside any transaction, so that
    nobody waits for them.
    """
    usable = Q(used_at=None, withdrawn_at=None, expires_at__gt=at)
    pressed_again = Q(used_form=form, used_at__gt=at - SECOND_PRESS) if form else Q(pk=None)
    cards = list(Invitation.objects.filter(usable | pressed_again, selector=selector))
    card = next((card for card in cards if check_password(verifier, card.verifier_hash)), None)
    if card is None:
        if not cards:
            make_password(verifier)  # as slow as a wrong guess
        raise CodeUnknown
    return _use(card, at=at, on=on, form=form)


@transaction.atomic
def _use(card: Invitation, *, at: datetime, on: date, form: UUID | None) -> Person:
    fresh = Invitation.objects.filter(pk=card.pk, used_at=None, withdrawn_at=None)
    if not fresh.update(used_at=at, used_form=form):
        card.refresh_from_db()
        if form is None or card.used_form != form or card.person is None:
            raise CodeUnknown
        return card.person
    person = card.person or welcome(name=card.greeting, role=Role(card.role), on=on)
    Invitation.objects.filter(pk=card.pk).update(person=person)
    if card.circle is not None:
        join(circle=card.circle, person=person, at=at)
    log.info("invitation used invitation=%s person=%s", card.pk, person.pk)
    return person


@transaction.atomic
def withdraw_card(invitation: Invitation, *, by: Person, at: datetime) -> None:
    """A card was lost, or is not wanted any more. Raises NotYours."""
    own = by.pk in (invitation.person_id, invitation.invited_by_id)
    if not own and not rules.may_invite(by, Role(invitation.role)):
        raise NotYours
    Invitation.objects.filter(pk=invitation.pk, used_at=None).update(withdrawn_at=at)
    log.info("invitation withdrawn invitation=%s by=%s", invitation.pk, by.pk)


@transaction.atomic
def open_circle(
    *,
    name: str,
    kind: Circle.Kind,
    ends_on: date | None = None,
    meets_on: date | None = None,
    by: Person | None = None,
) -> Circle:
    """Begin a circle: a named audience with an end. Raises NotYours.

    `by` is nobody where another verb opens it, as a gathering does.
    """
    if by is not None and not rules.may_keep_circles(by):
        raise NotYours
    circle = Circle.objects.create(name=name, kind=kind, ends_on=ends_on, meets_on=meets_on)
    log.info("circle opened circle=%s kind=%s", circle.pk, kind)
    return circle


@transaction.atomic
def join(*, circle: Circle, person: Person, at: datetime, by: Person | None = None) -> Membership:
    """Bring somebody into a circle; being in it already is no error. Raises NotYours.

    `by` is nobody where another verb does it, as a card does that names a circle.
    """
    if by is not None and not rules.may_bring_into(by, circle):
        raise NotYours
    membership, _made = Membership.objects.get_or_create(
        circle=circle, person=person, left_at=None, defaults={"joined_at": at}
    )
    person.read_again()
    log.info("circle joined circle=%s person=%s", circle.pk, person.pk)
    return membership


@transaction.atomic
def leave(*, circle: Circle, person: Person, at: datetime, by: Person | None = None) -> None:
    """Somebody leaves a circle, or is taken out. What they could see through it they see no more.

    Raises NotYours. Anybody may go themselves.
    """
    if by is not None and by.pk != person.pk and not rules.may_bring_into(by, circle):
        raise NotYours
    Membership.objects.filter(circle=circle, person=person, left_at=None).update(left_at=at)
    person.read_again()
    log.info("circle left circle=%s person=%s", circle.pk, person.pk)
