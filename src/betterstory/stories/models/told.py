"""What was told in other ways than typing, by whom it was helped, and how it was read back.

A recording or a photographed page lies sealed in a file apart from the database (`sealed_files`).
"""

from __future__ import annotations

import uuid

from django.db import models
from django.utils.translation import gettext_lazy as _

from betterstory.people.models import Person
from betterstory.stories.models.story import Step, Version


class Told(models.Model):
    """A recording, or a photographed page, of one version. Its sealed file may serve a later version too."""

    class Kind(models.TextChoices):
        SOUND = "sound", _("a recording")
        PAGE = "page", _("a photographed page")

    uuid = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    version = models.ForeignKey(Version, on_delete=models.CASCADE, related_name="told")
    file = models.UUIDField(editable=False, help_text="the name of its sealed file")
    kind = models.CharField(max_length=8, choices=Kind.choices)
    media = models.CharField(max_length=40, help_text="what a browser calls its kind")
    size = models.PositiveBigIntegerField(help_text="bytes, before sealing")
    position = models.PositiveSmallIntegerField()
    told_at = models.DateTimeField()
    told_by = models.ForeignKey(Person, null=True, blank=True, on_delete=models.SET_NULL, related_name="+")

    class Meta:
        ordering = ["version", "position", "pk"]
        verbose_name_plural = "told"

    def __str__(self) -> str:
        return f"{self.kind} {self.pk}"


class ReadBack(models.Model):
    """How a version was read back to its teller before they said: so it is."""

    class How(models.TextChoices):
        MYSELF = "myself", _("I read it myself")
        ALOUD = "aloud", _("somebody read it to me")
        TELEPHONE = "telephone", _("somebody read it to me on the telephone")
        OTHER_LANGUAGE = "other_language", _("somebody read it to me in my language")

    version = models.OneToOneField(Version, on_delete=models.CASCADE, related_name="read_back")
    how = models.CharField(max_length=16, choices=How.choices, default=How.MYSELF)
    at = models.DateTimeField()

    def __str__(self) -> str:
        return f"{self.version_id} read back"


class Tongue(models.Model):
    """The language of a telling, who interpreted, and the words side by side in a second language."""

    class Role(models.TextChoices):
        NOBODY = "", _("nobody")
        INTERPRETER = "interpreter", _("an interpreter")
        FAMILY = "family", _("somebody of my family")
        FRIEND = "friend", _("a friend or neighbour")

    uuid = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    version = models.OneToOneField(Version, on_delete=models.CASCADE, related_name="tongue")
    facts_sealed = models.BinaryField(help_text="language, second language, who interpreted and as what")
    words_sealed = models.BinaryField(help_text="the words in the second language")

    def __str__(self) -> str:
        return f"tongue of version {self.version_id}"


class Reading(models.Model):
    """How a step looked from where somebody else stood. It stands beside it once the teller lets it in."""

    uuid = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    step = models.ForeignKey(Step, on_delete=models.CASCADE, related_name="readings")
    by = models.ForeignKey(Person, on_delete=models.CASCADE, related_name="+")
    words_sealed = models.BinaryField()
    written_at = models.DateTimeField()
    let_in_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        ordering = ["step", "written_at", "pk"]
        constraints = [models.UniqueConstraint(fields=["step", "by"], name="one_reading_a_person")]

    def __str__(self) -> str:
        return f"reading {self.pk}"
