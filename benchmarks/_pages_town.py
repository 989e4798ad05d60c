"""A hundred neighbourhoods' worth: the demo's rounds copied again and again, straight into the tables.

What is copied keeps its words and days. The ledger goes on from its last entry, chained as the verbs
chain it, and each new entry comes with its words.
"""

import json
import uuid
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from hashlib import sha256
from typing import Any

from django.db import connection, models, transaction

from betterstory.conversations.models import Insight
from betterstory.immersion.models import Act
from betterstory.learning.models import Lesson, Trial
from betterstory.places.models import Neighbourhood, Round
from betterstory.promises.models import Ask, Entry, Promise, Said
from betterstory.promises.verify_ledger import DOMAIN, canonical, commit

KINDS = ("made", "time_asked", "made_again", "kept", "partly", "not_kept", "replied", "released")
UNIQUE = "uuid"

type Row = dict[str, Any]
type Became = Mapping[tuple[int, int], int]
"""Which row a row became, the how-manieth time: (time, its number) and the number of its copy."""


@dataclass(frozen=True)
class Size:
    """How large a place is."""

    neighbourhoods: int = 100
    promises: int = 10_000
    entries: int = 100_000


@transaction.atomic
def grow(size: Size) -> None:
    """Make the demo as large as this, in place."""
    there, mine = Neighbourhood.objects.count(), Promise.objects.count()
    places = Neighbourhood.objects.bulk_create(
        Neighbourhood(name=f"Street {number}", slug=f"street-{number}")
        for number in range(there + 1, size.neighbourhoods + 1)
    )
    times = max(0, -(-(size.promises - mine) // mine)) if places else 0
    if times:
        fill(times, [each.pk for each in places])
    lengthen_ledger(size.entries)


def fill(times: int, places: list[int]) -> None:
    """So many more towns' rounds, asks, answers, promises, judgements, acts and lessons, in these places."""
    rounds = rows_of(Round.objects.all())
    where = {
        (time, row["id"]): time * len(rounds) + at for time in range(times) for at, row in enumerate(rounds)
    }
    here = {"round__in": [row["id"] for row in rounds]}
    begun = again(
        times,
        Round.objects.all(),
        changed=lambda time, row: {
            "neighbourhood_id": places[where[time, row["id"]] % len(places)],
            "number": where[time, row["id"]] // len(places) + 1,
            "ended_on": row["ended_on"]  # only the newest of a neighbourhood runs
            if where[time, row["id"]] + len(places) >= len(where)
            else row["ended_on"] or row["began_on"],
        },
    )
    cards = again(times, Insight.objects.filter(**here), round_id=begun)
    asks = again(times, Ask.objects.filter(**here), round_id=begun, insight_id=cards)
    below(times, Ask, ("answers", "replies"), "ask", asks)
    promises = again(times, Promise.objects.filter(**here), round_id=begun, ask_id=asks, insight_id=cards)
    beside = ("judgements", "agains", "confirmation", "own_views", "replies")
    below(times, Promise, beside, "promise", promises)
    newest = {row["neighbourhood_id"]: row["id"] for row in rounds}
    moved = {
        (time, old): places[where[time, newest[old]] % len(places)] for time in range(times) for old in newest
    }
    again(times, Act.objects.filter(neighbourhood__in=newest), neighbourhood_id=moved)
    lessons = again(times, Lesson.objects.filter(**here), round_id=begun, came_from_id={})
    below(times, Lesson, ("wordings",), "lesson", lessons)
    trials = again(times, Trial.objects.filter(**here), round_id=begun, lesson_id=lessons)
    below(times, Trial, ("sayings",), "trial", trials)


def rows_of(found: models.QuerySet[Any]) -> list[Row]:
    """As the table holds them, by the names of its columns."""
    fields = found.model._meta.concrete_fields
    query = found.order_by("pk").values(*(each.attname for each in fields)).query
    with connection.cursor() as cursor:
        cursor.execute(*query.sql_with_params())
        return [dict(zip((each.column for each in fields), row, strict=True)) for row in cursor]


def again(
    times: int,
    found: models.QuerySet[Any],
    *,
    changed: Callable[[int, Row], Row] = lambda _time, _row: {},
    **follow: Became,
) -> Became:
    """Each of these so many times more. `follow`: columns that point at the copy of what they pointed at."""
    rows = rows_of(found)
    key = found.model._meta.pk.column
    first = (found.model._base_manager.aggregate(last=models.Max("pk"))["last"] or 0) + 1
    became = {
        (time, row[key]): first + time * len(rows) + at
        for time in range(times)
        for at, row in enumerate(rows)
    }

    def copies() -> Iterator[Row]:
        for time in range(times):
            for row in rows:
                new: Row = {column: which.get((time, row[column])) for column, which in follow.items()}
                if key not in follow:
                    new[key] = became[time, row[key]]
                if UNIQUE in row:
                    new[UNIQUE] = uuid.uuid4().hex
                yield row | new | changed(time, row)

    if rows:
        put(found.model, copies())
    return became


def below(times: int, model: type[models.Model], names: Iterable[str], field: str, became: Became) -> None:
    """What hangs below each of these hangs below its copy too."""
    first = {pk for _time, pk in became}
    for name in names:
        related: Any = model._meta.get_field(name).related_model
        found = related._base_manager.filter(**{f"{field}__in": first})
        again(times, found, changed=lambda _time, _row: {}, **{f"{field}_id": became})


def put(model: type[models.Model], rows: Iterable[Row]) -> None:
    """Into its table, as they are."""
    columns = [str(each.column) for each in model._meta.concrete_fields]
    named, marks = ", ".join(f'"{each}"' for each in columns), ", ".join(["%s"] * len(columns))
    with connection.cursor() as cursor:
        cursor.executemany(
            f'insert into "{model._meta.db_table}" ({named}) values ({marks})',  # noqa: S608 - our own names
            [[row[column] for column in columns] for row in rows],
        )


def lengthen_ledger(many: int) -> None:
    """Entries about promises in turn, each chained to the one before it, with words and salt."""
    newest = Entry.objects.order_by("-seq").values_list("seq", "hash", "day").first()
    if newest is None:
        raise SystemExit("The demo wrote no ledger.")
    told = Promise.objects.order_by("pk").values_list("pk", "words", "due_on")
    texts = [(pk, canonical({"words": words, "due": due.isoformat()})) for pk, words, due in told]
    entries = list(chained(texts, *newest, many))
    put(Entry, entries)
    put(Said, entries)


def chained(texts: list[tuple[int, str]], last: int, prev: str, day: date, many: int) -> Iterator[Row]:
    """Columns of an entry and of what was said, together."""
    for seq in range(last + 1, many + 1):
        about, text = texts[seq % len(texts)]
        salt = seq.to_bytes(16)
        row = {
            "about": f"promise {about}",
            "commitment": commit(text, salt),
            "day": day.isoformat(),
            "kind": KINDS[seq // len(texts) % len(KINDS)],
            "prev": prev,
            "seq": seq,
            "who": "resident",
        }
        written_as = json.dumps(row, separators=(",", ":"))  # in the order of their names, all of it ASCII
        prev = sha256(f"{DOMAIN} entry\n{written_as}".encode()).hexdigest()
        yield row | {
            "hash": prev,
            "entry_id": seq,
            "ask_id": None,
            "promise_id": about,
            "salt": salt,
            "text": text,
        }
