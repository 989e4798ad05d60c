"""Who speaks for a teller by phone or face to face, and what they did in the teller's name."""

from __future__ import annotations

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from betterstory.people.models import Person
from betterstory.stories.models.consent import Consent
from betterstory.stories.models.story import Story


class Channel(models.TextChoices):
    """How two people spoke."""

    PHONE = "phone", _("by phone")
    FACE_TO_FACE = "face", _("face to face")


class Speaker(models.Model):
    """Somebody a teller chose to act for them, for a time. Each of two tellers chooses alone."""

    story = models.ForeignKey(Story, on_delete=models.CASCADE, related_name="speakers")
    chosen_by = models.ForeignKey(Person, on_delete=models.CASCADE, related_name="+")
    person = models.ForeignKey(Person, on_delete=models.CASCADE, related_name="+")
    chosen_at = models.DateTimeField()
    ended_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["story", "chosen_by", "person"],
                condition=Q(ended_at=None),
                name="chosen_once_at_a_time",
            )
        ]

    def __str__(self) -> str:
        return f"{self.person_id} for story {self.story_id}"


class Act(models.Model):
    """Done by one person for the teller, and read back to the teller by the other channel."""

    class Kind(models.TextChoices):
        SAY_YES = "say_yes", _("said yes to something")
        STOP = "stop", _("stopped something")
        STOP_EVERYTHING = "stop_all", _("stopped everything")
        PAUSE = "pause", _("paused everything")
        TAKE_BACK = "take_back", _("took it back")

    story = models.ForeignKey(Story, on_delete=models.CASCADE, related_name="acts")
    kind = models.CharField(max_length=10, choices=Kind.choices)
    yes = models.ForeignKey(Consent, null=True, blank=True, on_delete=models.CASCADE, related_name="+")
    by = models.ForeignKey(Person, null=True, on_delete=models.SET_NULL, related_name="+")
    teller = models.ForeignKey(Person, on_delete=models.CASCADE, related_name="+")
    how = models.CharField(max_length=8, choices=Channel.choices)
    at = models.DateTimeField()
    read_back_at = models.DateTimeField(null=True, blank=True)
    read_back_by = models.ForeignKey(
        Person, null=True, blank=True, on_delete=models.SET_NULL, related_name="+"
    )
    was_right = models.BooleanField(null=True, blank=True)

    class Meta:
        ordering = ["-at", "-pk"]

    def __str__(self) -> str:
        return f"{self.kind} by {self.by_id} for {self.teller_id}"

    @property
    def other_channel(self) -> Channel:
        return Channel.FACE_TO_FACE if self.how == Channel.PHONE else Channel.PHONE
