"""Who shut a story, and for how long: of two tellers each opens only what is their own."""

from django.db import models
from django.db.models import Q

from betterstory.people.models import Person
from betterstory.stories.models.story import Story


class Shut(models.Model):
    """What one teller shut, or had shut for them. What the story says itself is reckoned from these rows."""

    story = models.ForeignKey(Story, on_delete=models.CASCADE, related_name="shut")
    teller = models.ForeignKey(Person, on_delete=models.CASCADE, related_name="+")
    paused_at = models.DateTimeField(null=True, blank=True)
    paused_by = models.ForeignKey(Person, null=True, blank=True, on_delete=models.SET_NULL, related_name="+")
    paused_by_team = models.BooleanField(default=False, help_text="then a card alone does not open it again")
    opens_on = models.DateField(null=True, blank=True, help_text="the day they set for it to open again")
    held_at = models.DateTimeField(
        null=True,
        blank=True,
        help_text="their card may be found: shut to both tellers, until this one was checked",
    )
    taken_back_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        verbose_name_plural = "shut"
        constraints = [
            models.UniqueConstraint(fields=["story", "teller"], name="shut_once_for_each_teller"),
            models.CheckConstraint(
                condition=Q(paused_by_team=False) | Q(paused_at__isnull=False, opens_on=None),
                name="the_teams_pause_opens_by_no_day",
            ),
        ]

    def __str__(self) -> str:
        return f"story {self.story_id} for {self.teller_id}"
