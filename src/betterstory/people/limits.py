"""How often something may be tried: rows in the database, so that every process counts the same."""

from datetime import datetime, timedelta
from hashlib import sha256

from django.conf import settings
from django.db import connection
from django.db.models import F
from django.utils.translation import gettext_lazy as _

from betterstory.people.models import Tries
from betterstory.people.turns import one_writer
from betterstory.ui.refusal import Refusal

FIND = f"SELECT 1 FROM {Tries._meta.db_table} WHERE key = %s"  # noqa: S608 - the name is our own table's


class TooManyTries(Refusal):
    """A limit was reached."""

    code, status = "too-many-tries", 429
    words = _("That was tried too often. Wait %(minutes)s minutes, or ask a person to let you in.")


@one_writer()
def count_try(*, what: str, who: str, most: int, within: timedelta, at: datetime) -> None:
    """Count one try. Raises TooManyTries past `most` within the time.

    `who` (an address, a card's first letters) is kept only as a keyed hash. Call it outside any transaction
    that may be undone, or the count is undone too.
    """
    tries, _made = Tries.objects.select_for_update().get_or_create(
        key=_key(what, who), defaults={"since": at}
    )
    if _is_over(tries, within, at):
        tries.since, tries.count = at, 0
    _refuse_past(most, tries, within, at)
    tries.count += 1
    tries.save(update_fields=["since", "count"])


def check_tries(*, what: str, who: str, most: int, within: timedelta, at: datetime) -> None:
    """Whether one more may be tried, without counting it. Raises TooManyTries.

    For what writes only where it fails: of several at the same moment, each that fails is still counted.
    """
    key = _key(what, who)
    with connection.cursor() as cursor:  # most often there is none, and a whole room asks at once
        cursor.execute(FIND, [key])
        if cursor.fetchone() is None:
            return
    tries = Tries.objects.filter(key=key).first()
    if tries is not None and not _is_over(tries, within, at):
        _refuse_past(most, tries, within, at)


def _is_over(tries: Tries, within: timedelta, at: datetime) -> bool:
    return at - tries.since >= within or tries.since > at


def _refuse_past(most: int, tries: Tries, within: timedelta, at: datetime) -> None:
    if tries.count >= most:
        left = within - (at - tries.since)
        raise TooManyTries(minutes=max(2, round(left.total_seconds() / 60)))


def take_back_try(*, what: str, who: str) -> None:
    """The try was good, so it does not count: a hall full of people can come in within the hour."""
    Tries.objects.filter(key=_key(what, who), count__gt=0).update(count=F("count") - 1)


def _key(what: str, who: str) -> str:
    return f"{what}:{sha256(f'{settings.SECRET_KEY}:{who}'.encode()).hexdigest()[:40]}"
