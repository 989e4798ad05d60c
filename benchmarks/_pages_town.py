"""A hundred neighbourhoods' worth: the demo's rounds copied again and again, straight into the tables.

What is copied keeps its words and days. The ledger goes on from its last entry, chained as the verbs
chain it.
"""

import uuid
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from typing import Any

from django.db import models, transaction

from betterstory.conversations.models import Insight
from betterstory.immersion.models import Act
from betterstory.learning.models import Lesson, Trial
from betterstory.places.models import Neighbourhood, Round
from betterstory.promises.models import Ask, Entry, Promise
from betterstory.promises.verify_ledger import BEGINNING, commit, hash_of

AT_ONCE = 2_000
KINDS = ("made", "time_asked", "made_again", "kept", "partly", "not_kept", "replied", "released")


@dataclass(frozen=True)
class Size:
    """How large a place is."""

    neighbourhoods: int = 100
    promises: int = 10_000
    entries: int = 100_000


@transaction.atomic
def grow(size: Size) -> None:
    """Make the demo as large as this, in place."""
    rounds, mine = list(Round.objects.all()), Promise.objects.count()
    there = Neighbourhood.objects.count()
    places = Neighbourhood.objects.bulk_create(
        Neighbourhood(name=f"Street {number}", slug=f"street-{number}")
        for number in range(there + 1, size.neighbourhoods + 1)
    )
    times = max(0, -(-(size.promises - mine) // mine)) if places else 0

    def begin(time: int, row: Round) -> dict[str, Any]:
        place = time * len(rounds) + rounds.index(row)
        return {"neighbourhood": places[place % len(places)], "number": place // len(places) + 1}

    if times:
        fill(times, again(times, rounds, begin), {each.pk: each for each in rounds})
    lengthen_ledger(size.entries)


type Became = dict[tuple[int, Any], Any]


def again[M: models.Model](
    times: int, rows: Iterable[M], changed: Callable[[int, M], dict[str, Any]]
) -> Became:
    """Each of these so many times more; which became which."""
    old = list(rows)
    if not old:
        return {}
    keys = [(time, row) for time in range(times) for row in old]
    made = [copied(row, **changed(time, row)) for time, row in keys]
    new = type(old[0])._base_manager.bulk_create(made, batch_size=AT_ONCE)
    return {(time, row.pk): each for (time, row), each in zip(keys, new, strict=True)}


def copied[M: models.Model](row: M, **changed: Any) -> M:
    """A row like this one, not saved yet."""
    fields = [each.attname for each in row._meta.concrete_fields if not each.primary_key]
    made = type(row)(**{name: getattr(row, name) for name in fields})
    for name, value in changed.items():
        setattr(made, name, value)
    return made


def fill(times: int, begun: Became, rounds: dict[int, Round]) -> None:
    """So many more towns' asks, answers, promises, judgements, acts and lessons, in these rounds."""
    here = {"round_id__in": rounds}
    cards = again(
        times, Insight.objects.filter(**here), lambda time, row: {"round": begun[time, row.round_id]}
    )
    asks = again(
        times,
        Ask.objects.filter(**here),
        lambda time, row: {
            "round": begun[time, row.round_id],
            "insight": cards.get((time, row.insight_id)),
        },
    )
    below(times, Ask, "answers", "ask", asks)
    promises = again(
        times,
        Promise.objects.filter(**here),
        lambda time, row: {
            "round": begun[time, row.round_id],
            "ask": asks.get((time, row.ask_id)),
            "insight": cards.get((time, row.insight_id)),
            "uuid": uuid.uuid4(),
        },
    )
    below(times, Promise, "judgements", "promise", promises)
    below(times, Promise, "agains", "promise", promises)
    newest = {each.neighbourhood_id: pk for pk, each in rounds.items()}
    again(
        times,
        Act.objects.filter(neighbourhood__in=newest),
        lambda time, row: {"neighbourhood": begun[time, newest[row.neighbourhood_id]].neighbourhood},
    )
    learn(times, begun, here)


def learn(times: int, begun: Became, here: dict[str, Any]) -> None:
    lessons = again(
        times,
        Lesson.objects.filter(**here),
        lambda time, row: {"round": begun[time, row.round_id], "came_from": None},
    )
    below(times, Lesson, "wordings", "lesson", lessons)
    trials = again(
        times,
        Trial.objects.filter(**here),
        lambda time, row: {
            "round": begun[time, row.round_id],
            "lesson": lessons[time, row.lesson_id],
        },
    )
    below(times, Trial, "sayings", "trial", trials)


def below(times: int, model: type[models.Model], name: str, field: str, became: Became) -> None:
    """What hangs below each of these hangs below its copy too."""
    related: Any = model._meta.get_field(name).related_model
    first = {pk for _time, pk in became}
    rows: Sequence[models.Model] = related._base_manager.filter(**{f"{field}__in": first})
    again(times, rows, lambda time, row: {field: became[time, getattr(row, f"{field}_id")]})


def lengthen_ledger(many: int) -> None:
    """Entries about promises in turn, each chained to the one before it. Their words are taken out."""
    newest = Entry.objects.order_by("-seq").values_list("seq", "hash", "day").first()
    if newest is None:
        raise SystemExit("The demo wrote no ledger.")
    seq, prev, day = newest
    about = list(Promise.objects.order_by("pk").values_list("pk", flat=True))
    salt = bytes(16)
    entries = []
    for number in range(seq + 1, many + 1):
        entry = Entry(
            seq=number,
            kind=KINDS[number % len(KINDS)],
            about=f"promise {about[number % len(about)]}",
            who="resident",
            day=day,
            commitment=commit("", salt),
            prev=prev or BEGINNING,
        )
        prev = entry.hash = hash_of(entry.fields)
        entries.append(entry)
    Entry.objects.bulk_create(entries, batch_size=AT_ONCE)
