"""People in a story who never agreed to be in it, and those who did."""

from __future__ import annotations

import uuid

from django.db import models

from betterstory.people.models import Person
from betterstory.stories.models.story import Story


class Other(models.Model):
    """A grown-up whose first name may stay in a story, because they said yes. The name is sealed."""

    uuid = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    story = models.ForeignKey(Story, on_delete=models.CASCADE, related_name="others")
    name_sealed = models.BinaryField()
    noted_by = models.ForeignKey(Person, null=True, on_delete=models.SET_NULL, related_name="+")
    agreed_on = models.DateField()

    def __str__(self) -> str:
        return f"somebody in story {self.story_id}"
