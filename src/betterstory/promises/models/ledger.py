"""The ledger: what was done with asks and promises, each entry chained to the one before it.

`Entry` is only ever added to, and holds no words: a commitment to them. `Said` holds the words with their
salt, apart, so that they can be taken out while the chain still holds. `verify_ledger` checks it.
"""

from __future__ import annotations

import json
from datetime import date
from enum import StrEnum

from django.db import models

from betterstory.promises.models.ask import Ask
from betterstory.promises.models.promise import Promise
from betterstory.promises.verify_ledger import BEGINNING, Head, head_of


class Kind(StrEnum):
    """What an entry says was done. Plain text in the table: a new kind is one line here."""

    ASKED = "asked"
    ANSWERED_YES = "answered_yes"
    ANSWERED_NO = "answered_no"
    ANSWERED_NOT_OURS = "answered_not_ours"
    ANSWERED_LATER = "answered_later"
    MADE = "made"
    CONFIRMED = "confirmed"
    TAKEN_BACK = "taken_back"  # in the days to confirm
    HELD = "held"  # before an election
    WORDS_ASKED = "words_asked"  # other words, the same day
    HANDED_ON = "handed_on"  # to the post that follows
    CHANGED = "changed"  # by agreement of both
    TIME_ASKED = "time_asked"
    MADE_AGAIN = "made_again"
    KEPT = "kept"
    PARTLY = "partly"
    NOT_KEPT = "not_kept"
    RELEASED = "released"
    REPLIED = "replied"
    ASKED_ALL = "asked_all"  # residents are asked how it turned out
    COUNTED = "counted"  # what they said
    OWN_VIEW = "own_view"  # how the promiser sees it
    POINTED = "pointed"  # to something by which it can be seen
    STOOD = "stood"  # when the ledger began: it is older than its first entry
    ERASED = "erased"  # the words were taken out


class EntryQuerySet(models.QuerySet["Entry"]):
    def about(self, what: Ask | Promise) -> EntryQuerySet:
        return self.filter(about=str(what))

    def head(self) -> Head | None:
        """The newest entry as it is printed; None where nothing was written yet."""
        newest = self.order_by("-seq").values_list("seq", "hash").first()
        return head_of(*newest) if newest else None


class Entry(models.Model):
    """One thing that was done. Neither changed nor deleted: the database refuses it too (`guard`)."""

    seq = models.PositiveBigIntegerField(primary_key=True)
    kind = models.CharField(max_length=24)
    about = models.CharField(max_length=40, db_index=True, help_text="an ask or a promise: “promise 12”")
    who = models.CharField(
        max_length=60, help_text="a post, a body, a circle or a kind of person; never a name"
    )
    day = models.DateField()
    commitment = models.CharField(max_length=64)
    prev = models.CharField(max_length=64, default=BEGINNING)
    hash = models.CharField(max_length=64, unique=True)

    objects = EntryQuerySet.as_manager()

    class Meta:
        ordering = ["seq"]
        verbose_name_plural = "entries"

    def __str__(self) -> str:
        return f"entry {self.seq}"

    @property
    def fields(self) -> dict[str, object]:
        """As they are hashed and exported."""
        day = self.day.isoformat() if isinstance(self.day, date) else self.day
        return {
            "seq": self.seq,
            "kind": self.kind,
            "about": self.about,
            "who": self.who,
            "day": day,
            "commitment": self.commitment,
            "prev": self.prev,
            "hash": self.hash,
        }


class Said(models.Model):
    """The words of an entry and the salt of its commitment. Taking them out is deleting this row.

    It goes with its ask or promise: what the wall no longer shows is not exported either.
    """

    entry = models.OneToOneField(Entry, primary_key=True, on_delete=models.PROTECT, related_name="said")
    ask = models.ForeignKey(Ask, null=True, on_delete=models.CASCADE, related_name="+")
    promise = models.ForeignKey(Promise, null=True, on_delete=models.CASCADE, related_name="+")
    salt = models.BinaryField(max_length=16)
    text = models.TextField(help_text="in its canonical form")

    class Meta:
        verbose_name_plural = "said"

    def __str__(self) -> str:
        return f"what was said in entry {self.entry_id}"

    @property
    def words(self) -> dict[str, str]:
        told: dict[str, str] = json.loads(self.text)
        return told
