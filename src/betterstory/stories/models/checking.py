"""How we know that it is the teller: a word only they know, or two of the team who met them."""

from __future__ import annotations

from django.db import models

from betterstory.people.models import Person


class SecondWord(models.Model):
    """A word only the teller knows, kept as a hash. A found card opens nothing without it."""

    person = models.OneToOneField(Person, on_delete=models.CASCADE, related_name="+")
    word_hash = models.CharField(max_length=200)
    set_at = models.DateTimeField()

    def __str__(self) -> str:
        return f"second word of {self.person_id}"


class Met(models.Model):
    """One of the team says: I met this person face to face, and they want their stories open again."""

    teller = models.ForeignKey(Person, on_delete=models.CASCADE, related_name="+")
    by = models.ForeignKey(Person, on_delete=models.CASCADE, related_name="+")
    at = models.DateTimeField()
    used_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        verbose_name_plural = "met"

    def __str__(self) -> str:
        return f"{self.by_id} met {self.teller_id}"
