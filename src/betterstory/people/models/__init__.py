"""A person, their part in a place, bodies and posts, circles, and the codes by which people come in."""

from __future__ import annotations

import uuid
from datetime import datetime
from functools import cached_property

from django.contrib.auth.models import AbstractBaseUser, BaseUserManager
from django.db import connection, models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from betterstory.people.addresses import AddressField
from betterstory.people.models.holding import Holding
from betterstory.people.models.tries import Once, Tries

__all__ = [
    "STAFF_ROLES",
    "Body",
    "Circle",
    "CircleQuerySet",
    "Holding",
    "Invitation",
    "InvitationQuerySet",
    "Membership",
    "Once",
    "Part",
    "Person",
    "Post",
    "Ring",
    "Role",
    "Tries",
]


class Ring(models.TextChoices):
    """The everyday system that keeps people well, from the person outwards."""

    ME = "me", _("me")
    FAMILY = "family", _("family")
    FRIENDS_AND_NEIGHBOURS = "friends_and_neighbours", _("friends and neighbours")
    COMMUNITY = "community", _("community")
    BUSINESSES = "businesses", _("shops and work")
    LOCAL_SERVICES = "local_services", _("local services")
    HOSPITAL_AND_CRISIS = "hospital_and_crisis", _("hospital and crisis")


class Role(models.TextChoices):
    """A part somebody plays in a place. Most people play one; some play several."""

    RESIDENT = "resident", _("resident")
    ORGANISER = "organiser", _("organiser")
    PARTNER = "partner", _("partner")
    ANALYST = "analyst", _("analyst")
    STEWARD = "steward", _("steward")
    SAFETY = "safety", _("safety lead")


# Parts that open doors to other people's things: they need a second factor.
STAFF_ROLES = (Role.ORGANISER, Role.ANALYST, Role.STEWARD, Role.SAFETY)


STANDING = """
SELECT role, 0 FROM people_part WHERE person_id = %s AND left_on IS NULL
UNION ALL SELECT '', circle_id FROM people_membership WHERE person_id = %s AND left_at IS NULL
"""


class People(BaseUserManager["Person"]):
    def create_user(self, name: str, email: str = "") -> Person:
        """A person with no password: people come in by card, e-mail code or passkey.

        The address is kept in small letters, so that it is found however it is typed.
        """
        person = self.model(name=name, email=email.strip().lower())
        person.set_unusable_password()
        person.save(using=self._db)
        return person


class Person(AbstractBaseUser):
    """Somebody who takes part. The name is what they wish to be called here; an e-mail is never needed."""

    uuid = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    name = models.CharField(max_length=80)
    email = AddressField(max_length=400, blank=True, default="")
    is_active = models.BooleanField(default=True)

    USERNAME_FIELD = "uuid"
    objects = People()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["email"], condition=~Q(email=""), name="one_person_per_email")
        ]

    def __str__(self) -> str:
        return self.name

    def get_full_name(self) -> str:
        return self.name

    @property
    def roles(self) -> frozenset[str]:
        """The parts this person plays now; read once a request."""
        return self._standing[0]

    def plays(self, *roles: Role) -> bool:
        return any(role in self.roles for role in roles)

    @property
    def circle_ids(self) -> frozenset[int]:
        """The circles this person is in now; read once a request."""
        return self._standing[1]

    @cached_property
    def _standing(self) -> tuple[frozenset[str], frozenset[int]]:
        if self.pk is None:
            return frozenset(), frozenset()
        with connection.cursor() as cursor:  # every page asks it: putting it together took longer than asking
            cursor.execute(STANDING, [self.pk, self.pk])
            both = cursor.fetchall()
        return frozenset(role for role, _none in both if role), frozenset(
            circle for _none, circle in both if circle
        )

    def read_again(self) -> None:
        """Forget what was read of parts and circles: one of them has just changed."""
        self.__dict__.pop("_standing", None)


class Part(models.Model):
    """A part a person plays in this place, from one day to another."""

    person = models.ForeignKey(Person, on_delete=models.CASCADE, related_name="parts")
    role = models.CharField(max_length=20, choices=Role.choices)
    joined_on = models.DateField()
    left_on = models.DateField(null=True, blank=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["person", "role"], condition=Q(left_on=None), name="one_part_of_a_kind"
            )
        ]

    def __str__(self) -> str:
        return self.get_role_display()


class Body(models.Model):
    """An organisation. It may be followed by another, and its promises with it."""

    name = models.CharField(max_length=120, unique=True)
    ring = models.CharField(max_length=30, choices=Ring.choices, default=Ring.LOCAL_SERVICES)
    followed_by = models.ForeignKey("self", null=True, blank=True, on_delete=models.PROTECT, related_name="+")
    today = models.ForeignKey(
        "self",
        null=True,
        blank=True,
        on_delete=models.PROTECT,
        related_name="before",
        help_text="the last of those that followed it, if any",
    )

    class Meta:
        ordering = ["name"]
        verbose_name_plural = "bodies"

    def __str__(self) -> str:
        return self.name


class Post(models.Model):
    """A role in a body that outlives whoever holds it."""

    body = models.ForeignKey(Body, on_delete=models.PROTECT, related_name="posts")
    title = models.CharField(max_length=120)
    holder = models.ForeignKey(Person, null=True, blank=True, on_delete=models.SET_NULL, related_name="posts")
    followed_by = models.ForeignKey("self", null=True, blank=True, on_delete=models.PROTECT, related_name="+")
    today = models.ForeignKey(
        "self",
        null=True,
        blank=True,
        on_delete=models.PROTECT,
        related_name="before",
        help_text="the last of those that followed it, if any",
    )

    class Meta:
        ordering = ["body__name", "title"]
        constraints = [models.UniqueConstraint(fields=["body", "title"], name="one_post_of_a_title")]

    def __str__(self) -> str:
        return f"{self.title}, {self.body.name}"


class CircleQuerySet(models.QuerySet["Circle"]):
    def with_size(self) -> CircleQuerySet:
        """Each with `size`, how many are in it now."""
        return self.annotate(size=models.Count("memberships", filter=Q(memberships__left_at=None)))


class Circle(models.Model):
    """A named audience with members and an end."""

    class Kind(models.TextChoices):
        POOLSIDE = "poolside", _("poolside circle")
        GATHERING = "gathering", _("people of a gathering")
        HELPERS = "helpers", _("a teller's helpers")
        NAMED = "named", _("named people")

    name = models.CharField(max_length=120)
    kind = models.CharField(max_length=20, choices=Kind.choices, default=Kind.NAMED)
    ends_on = models.DateField(null=True, blank=True)
    meets_on = models.DateField(null=True, blank=True, help_text="of a gathering: the day it meets")

    objects = CircleQuerySet.as_manager()

    class Meta:
        ordering = ["name"]

    def __str__(self) -> str:
        return self.name

    def includes(self, person: Person) -> bool:
        return self.memberships.filter(person=person, left_at=None).exists()


class Membership(models.Model):
    """Somebody in a circle, from one moment to another."""

    circle = models.ForeignKey(Circle, on_delete=models.CASCADE, related_name="memberships")
    person = models.ForeignKey(Person, on_delete=models.CASCADE, related_name="memberships")
    joined_at = models.DateTimeField()
    left_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["circle", "person"], condition=Q(left_at=None), name="once_in_a_circle"
            )
        ]

    def __str__(self) -> str:
        return f"{self.person_id} in {self.circle_id}"


class InvitationQuerySet(models.QuerySet["Invitation"]):
    def usable(self, at: datetime) -> InvitationQuerySet:
        return self.filter(used_at=None, withdrawn_at=None, expires_at__gt=at)

    def open_to(self, person: Person) -> InvitationQuerySet:
        """The cards this person may see in the list of cards out: a steward all, others their own making."""
        return self if person.plays(Role.STEWARD) else self.filter(invited_by=person)


class Invitation(models.Model):
    """A printed code. The first three letters find the row; the other ten are kept only as a hash."""

    selector = models.CharField(max_length=3)
    verifier_hash = models.CharField(max_length=200)
    greeting = models.CharField(max_length=80, help_text="what we call them on the card")
    role = models.CharField(max_length=20, choices=Role.choices, default=Role.RESIDENT)
    person = models.ForeignKey(Person, null=True, blank=True, on_delete=models.CASCADE, related_name="+")
    circle = models.ForeignKey(Circle, null=True, blank=True, on_delete=models.SET_NULL, related_name="+")
    invited_by = models.ForeignKey(Person, null=True, blank=True, on_delete=models.SET_NULL, related_name="+")
    made_at = models.DateTimeField()
    expires_at = models.DateTimeField()
    used_at = models.DateTimeField(null=True, blank=True)
    used_form = models.UUIDField(
        null=True, blank=True, help_text="the form it was used with, for a second press"
    )
    withdrawn_at = models.DateTimeField(null=True, blank=True)

    objects = InvitationQuerySet.as_manager()

    class Meta:
        indexes = [models.Index(fields=["selector"])]

    def __str__(self) -> str:
        return f"invitation {self.pk}"

    def state(self, at: datetime) -> str:
        """One word: used, withdrawn, past or out."""
        if self.used_at:
            return "used"
        if self.withdrawn_at:
            return "withdrawn"
        return "out" if self.expires_at > at else "past"
