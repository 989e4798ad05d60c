"""The head of the ledger as pages and printed sheets carry it; read only where it is shown."""

from collections.abc import Callable
from dataclasses import dataclass
from functools import cache, cached_property

from django.conf import settings
from django.urls import reverse
from django.utils.safestring import SafeString

from betterstory.people.cards import draw_qr
from betterstory.promises.models import Entry
from betterstory.promises.verify_ledger import Head


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


def reading() -> Callable[[], PrintedHead | None]:
    """What a template asks for: one query, the first time, and none where it is not shown."""

    @cache
    def read() -> PrintedHead | None:
        head = Entry.objects.head()
        return PrintedHead(head) if head else None

    return read
