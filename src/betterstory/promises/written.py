"""The ledger as it leaves: line by line, and whether it still says what the wall says."""

import json
from collections.abc import Iterable, Iterator
from datetime import date

from django.db.models import CharField
from django.db.models.functions import Cast

from betterstory.promises.models import Entry, Kind, Said
from betterstory.promises.verify_ledger import FIRST_LINE, Checked, Head, canonical, check

AT_A_TIME = 2000
GAVE_WORD = (Kind.STOOD, Kind.MADE, Kind.MADE_AGAIN, Kind.CHANGED)


def lines() -> Iterator[bytes]:
    """JSON lines: what it is, then each entry; with its words and salt where they still are."""
    yield FIRST_LINE + b"\n"
    # a day is a text here, as SQLite keeps it: it needs no reading and writing anew
    entries = Entry.objects.order_by("seq").annotate(its_day=Cast("day", CharField()))
    rows = entries.values_list(
        *["about", "commitment", "its_day", "hash", "kind", "prev", "said__text", "said__salt", "seq", "who"]
    )
    for about, commitment, day, hash_, kind, prev, text, salt, seq, who in rows.iterator(AT_A_TIME):
        # put together by hand, since a place may have a hundred thousand; what is said is canonical already
        said = "" if text is None else f'"said":{text},"salt":"{bytes(salt).hex()}",'
        line = (
            f'{{"about":"{about}","commitment":"{commitment}","day":"{day}","hash":"{hash_}",'
            f'"kind":"{kind}","prev":"{prev}",{said}"seq":{seq},"who":"{who}"}}\n'
        )
        yield line.encode()


def verify(heads: Iterable[Head] = ()) -> Checked:
    """The whole ledger, as it stands in the database, read by the very script that anybody can download.

    Raises `verify_ledger.Wrong`.
    """
    return check(lines(), heads)


def not_as_written() -> list[int]:
    """Promises whose words or day are not those of their newest entry that holds them."""
    told = Said.objects.filter(promise__isnull=False, entry__kind__in=GAVE_WORD).order_by("entry")
    rows = told.values_list("promise", "text", "promise__words", "promise__due_on")
    newest: dict[int, tuple[str, str, date]] = {row[0]: row[1:] for row in rows}
    return sorted(pk for pk, (text, words, due) in newest.items() if not _agree(text, words, due))


def _agree(text: str, words: str, due: date) -> bool:
    said = json.loads(text)
    stands = canonical({"words": words, "due": due.isoformat()})
    return stands == canonical({name: said.get(name) for name in ("words", "due")})
