"""The place's own contact logs, and files on their way to become one."""

from __future__ import annotations

import uuid
from pathlib import Path

from django.conf import settings
from django.db import models

from betterstory.people.models import Person


class Files(models.Model):
    """A log and, where there is one, a list of everybody, in a folder of their own that no page serves."""

    uuid = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    has_people = models.BooleanField(default=False, help_text="a list of everybody came with it")

    class Meta:
        abstract = True

    @property
    def folder(self) -> Path:
        return Path(settings.HOME) / "logs" / str(self.uuid)

    @property
    def log_path(self) -> Path:
        return self.folder / "the log"

    @property
    def kept_folder(self) -> Path:
        """Sealed files of who is in which figure, for later counts to be held against."""
        return self.folder / "who was counted"

    @property
    def people_path(self) -> Path | None:
        return self.folder / "the list of everybody" if self.has_people else None


class Arrival(Files):
    """Files that came in and can be read, waiting for somebody to say which column is which."""

    columns = models.JSONField(default=list)
    people_columns = models.JSONField(default=list)
    brought_by = models.ForeignKey(Person, null=True, on_delete=models.SET_NULL, related_name="+")
    came_at = models.DateTimeField()

    class Meta:
        ordering = ["-came_at"]

    def __str__(self) -> str:
        return f"arrival {self.pk}"


class ContactLog(Files):
    """Service contacts of many people that this place keeps itself, under a named controller."""

    name = models.CharField(max_length=120)
    columns = models.JSONField(default=dict, help_text="which column is the person, activity, time, order")
    source = models.CharField(max_length=300, help_text="where it comes from, in words")
    cannot_see = models.CharField(max_length=300, help_text="whom these records cannot see")
    controller = models.CharField(max_length=120, help_text="who answered for it when it came")
    period = models.CharField(max_length=120, blank=True)
    people_count = models.PositiveIntegerField(null=True, help_text="as released: rounded, never exact")
    activities = models.JSONField(default=list)
    log_columns = models.JSONField(default=list, help_text="the columns of the log itself")
    people_columns = models.JSONField(default=list, help_text="the columns of the list of everybody")
    set_aside = models.JSONField(default=list, help_text="what could not be used, in protected sentences")
    data_mark = models.CharField(max_length=64, help_text="the same for the same data, read the same way")
    is_invented = models.BooleanField(default=False)
    line = models.UUIDField(default=uuid.uuid4, help_text="the same for a log and those brought in its place")
    in_place_of = models.ForeignKey(
        "self", null=True, blank=True, on_delete=models.SET_NULL, related_name="newer"
    )
    brought_by = models.ForeignKey(Person, null=True, on_delete=models.SET_NULL, related_name="+")
    brought_at = models.DateTimeField()

    class Meta:
        ordering = ["-brought_at"]

    def __str__(self) -> str:
        return self.name

    @property
    def other_columns(self) -> list[str]:
        """What the log says of a contact besides who, what and when."""
        known = {self.columns.get(name) for name in ("person", "activity", "time", "seq")}
        return [column for column in self.log_columns if column and column not in known]

    @property
    def columns_of_lives(self) -> list[str]:
        """What the list of everybody says of a person besides their code and their record."""
        known = {self.columns.get(name) for name in ("person", "starts", "ends")}
        return [column for column in self.people_columns if column and column not in known]
