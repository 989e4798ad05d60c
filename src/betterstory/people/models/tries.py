"""What was tried of late, and which forms were sent: rows, so that every process knows the same."""

from __future__ import annotations

import uuid
from datetime import datetime

from django.db import connection, models

TAKE = """
INSERT INTO people_once (key, who, path, answer, sent_at) VALUES (%s, %s, %s, %s, %s)
ON CONFLICT (key) DO NOTHING
"""


class Tries(models.Model):
    """How often something was tried of late: a row, so that every process counts the same."""

    key = models.CharField(max_length=100, unique=True)
    since = models.DateTimeField()
    count = models.PositiveIntegerField(default=0)

    class Meta:
        verbose_name_plural = "tries"

    def __str__(self) -> str:
        return f"{self.count} since {self.since:%H:%M}"


class OnceQuerySet(models.QuerySet["Once"]):
    def take(self, key: uuid.UUID, *, who: str, path: str, at: datetime) -> Once | None:
        """What was sent with this key before; None where it is new, and is written down with this.

        Of two at the same moment the database takes one, and the other waits for what became of it.
        """
        kept = key if connection.features.has_native_uuid_field else key.hex
        told = [kept, who, path, "", connection.ops.adapt_datetimefield_value(at)]
        with connection.cursor() as cursor:  # one statement, since every form that is sent asks it
            cursor.execute(TAKE, told)
            if cursor.rowcount == 1:
                return None
        return self.get(key=key)


class Once(models.Model):
    """A form that was sent, and where its answer is: a second press gets the first answer."""

    key = models.UUIDField(unique=True)
    who = models.CharField(max_length=60)
    path = models.CharField(max_length=300)
    answer = models.CharField(max_length=500, blank=True)
    sent_at = models.DateTimeField()

    objects = OnceQuerySet.as_manager()

    def __str__(self) -> str:
        return str(self.key)
