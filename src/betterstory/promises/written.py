"""The ledger as it leaves: line by line, and whether it still says what the wall says."""

from collections.abc import Iterable, Iterator

from betterstory.promises.models import Entry, Kind, Promise, Said
from betterstory.promises.verify_ledger import FIRST_LINE, Checked, Head, canonical, check

AT_A_TIME = 2000
GAVE_WORD = (Kind.STOOD, Kind.MADE, Kind.MADE_AGAIN, Kind.CHANGED)


def lines() -> Iterator[bytes]:
    """JSON lines: what it is, then each entry; with its words and salt where they still are."""
    yield FIRST_LINE + b"\n"
    rows = Entry.objects.order_by("seq").values_list(
        *["about", "commitment", "day", "hash", "kind", "prev", "said__text", "said__salt", "seq", "who"]
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
    newest: dict[int, Said] = {}
    told = Said.objects.filter(promise__isnull=False, entry__kind__in=GAVE_WORD).select_related("promise")
    for said in told.order_by("entry"):
        newest[said.promise_id or 0] = said
    return sorted(pk for pk, said in newest.items() if said.promise and not _agree(said.promise, said))


def _agree(promise: Promise, said: Said) -> bool:
    stands = canonical({"words": promise.words, "due": promise.due_on.isoformat()})
    return stands == canonical({name: said.words.get(name) for name in ("words", "due")})
