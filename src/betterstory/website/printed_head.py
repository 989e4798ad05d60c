"""The head of the ledger as pages and printed sheets carry it."""

from collections.abc import Callable
from dataclasses import dataclass
from functools import cache, cached_property

from django.conf import settings
from django.http import HttpRequest
from django.urls import reverse
from django.utils.safestring import SafeString

from betterstory.people.cards import draw_qr
from betterstory.places.models import Place
from betterstory.promises.models import Entry
from betterstory.promises.verify_ledger import Head, head_of

PLACE_WITH_HEAD = f"""
SELECT p.*, e.seq AS head_seq, e.hash AS head_hash FROM {Place._meta.db_table} p
LEFT JOIN {Entry._meta.db_table} e ON e.seq = (SELECT MAX(seq) FROM {Entry._meta.db_table})
ORDER BY p.id LIMIT 1
"""  # noqa: S608 - the names are our own tables'


@dataclass(frozen=True)
class PrintedHead:
    """The head in words, where it is checked, and both as a code to scan."""

    head: Head

    @property
    def words(self) -> str:
        return str(self.head)

    @property
    def address(self) -> str:
        return settings.URL + reverse("promises:ledger")

    @cached_property
    def qr(self) -> SafeString:
        return draw_qr(f"{self.address}?head={self.head.seq}-{self.head.letters}")


def reading(request: HttpRequest) -> Callable[[], PrintedHead | None]:
    """What a template asks for. The head comes with the place, which every page reads anyway."""
    if not hasattr(request, "_place"):
        found = next(iter(Place.objects.raw(PLACE_WITH_HEAD)), None)
        request._place = found  # type: ignore[attr-defined]  # as `places.context` keeps it

    @cache
    def read() -> PrintedHead | None:
        told = vars(getattr(request, "_place", None) or request)
        if "head_seq" not in told:
            head = Entry.objects.head()
        else:
            head = head_of(told["head_seq"], told["head_hash"]) if told["head_seq"] else None
        return PrintedHead(head) if head else None

    return read
