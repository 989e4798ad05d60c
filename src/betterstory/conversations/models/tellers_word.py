"""The teller's first and last word on each level of the iceberg."""

from __future__ import annotations

import uuid

from django.db import models
from django.utils.translation import gettext_lazy as _

from betterstory.conversations.models.beneath import Level
from betterstory.people.models import Person
from betterstory.places.models import Round
from betterstory.stories.models import Piece, Story


class TellersWord(models.Model):
    """What the teller said first, or last, on a level: a line of the story, or words of the evening.

    It hangs on a piece of the story and is seen only where that piece may be seen, so a story that is taken
    back takes it along. Words of the evening are sealed under the story's own key.
    """

    class Place(models.TextChoices):
        FIRST = "first", _("the first word")
        LAST = "last", _("the last word")

    class How(models.TextChoices):
        SAID = "said", _("said it")
        READ = "read", _("let somebody read it")
        HANDED_OVER = "handed_over", _("handed it over")
        PASSED = "passed", _("passed")

    uuid = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    round = models.ForeignKey(Round, on_delete=models.CASCADE, related_name="+")
    level = models.CharField(max_length=14, choices=Level.choices)
    place = models.CharField(max_length=6, choices=Place.choices)
    how = models.CharField(max_length=12, choices=How.choices)
    story = models.ForeignKey(Story, on_delete=models.CASCADE, related_name="+")
    piece = models.ForeignKey(
        Piece, on_delete=models.CASCADE, related_name="+", help_text="what it hangs on, and is shown with"
    )
    words_sealed = models.BinaryField(default=b"", help_text="empty where the piece itself is the word")
    reader = models.CharField(max_length=40, blank=True, help_text="whom the teller named: a first name")
    by_teller = models.BooleanField(help_text="done by the teller; else noted at the teller's word")
    noted_by = models.ForeignKey(Person, null=True, on_delete=models.SET_NULL, related_name="+")
    at = models.DateTimeField()

    class Meta:
        ordering = ["round", "pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["round", "level", "place", "story"], name="one_first_and_one_last_word_a_level"
            )
        ]

    def __str__(self) -> str:
        return f"teller's word {self.pk}"
