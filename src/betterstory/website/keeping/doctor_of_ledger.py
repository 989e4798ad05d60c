"""What the doctor says of the ledger of promises: its guard, its chain, the wall, who holds a head."""

from collections.abc import Iterator
from datetime import datetime

from django.db import connection
from django.utils import timezone

from betterstory.promises import guard, written
from betterstory.promises.models import ENOUGH, Entry, HeadLetter, Keeper
from betterstory.promises.verify_ledger import Wrong
from betterstory.website.keeping.finding import Finding, fault, fine, note

LEDGER = "ledger"
SHOWN = 10  # promises named in one sentence


def look(at: datetime) -> Iterator[Finding]:
    """Nothing before the first start: the tables are another finding."""
    if guard.TABLE not in connection.introspection.table_names():
        return
    if guard.missing():
        yield fault(
            LEDGER,
            "The database does not guard the ledger of promises: somebody took the guard away. Stop Better"
            " Story and start it again, which puts it up; then check the ledger against a printed head.",
        )
    yield from look_at_chain()
    yield from look_at_wall()
    yield from look_at_day(at)
    yield from look_at_keepers()


def look_at_chain() -> Iterator[Finding]:
    """With every head that was sent: whoever changed the list may have left those as they were."""
    heads = {letter.head for letter in HeadLetter.objects.filter(sent_at__isnull=False)}
    try:
        checked = written.verify(heads)
    except Wrong as wrong:
        yield fault(
            LEDGER,
            f"The ledger of promises was changed. {wrong} Keep this database as it is, take the last copy"
            " from before, and tell those who hold a head.",
        )
        return
    yield fine(LEDGER, f"The ledger of promises is whole: {checked.newest}.")


def look_at_wall() -> Iterator[Finding]:
    changed = written.not_as_written()
    if changed:
        some = ", ".join(str(pk) for pk in changed[:SHOWN]) + (" and more" if len(changed) > SHOWN else "")
        yield fault(
            LEDGER,
            f"Of the promises on the wall {len(changed)} are not as the ledger says they were made: {some}."
            " Somebody changed them in the database. The ledger has the words and the day promised.",
        )


def look_at_day(at: datetime) -> Iterator[Finding]:
    newest = Entry.objects.order_by("-seq").first()
    today = timezone.localtime(at).date()
    if newest and newest.day > today:
        yield note(
            LEDGER,
            f"The newest entry of the ledger is of {newest.day:%d %B %Y}, which is to come. Is this machine's"
            " clock right? Until then every entry gets that day.",
        )


def look_at_keepers() -> Iterator[Finding]:
    many = Keeper.objects.now().count()
    if many < ENOUGH:
        yield note(
            LEDGER,
            f"The head of the ledger is sent to {many} bodies each month; it should be {ENOUGH} or more. A"
            " steward names them on the page “How to check this list”.",
        )
