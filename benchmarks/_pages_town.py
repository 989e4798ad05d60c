"""A hundred neighbourhoods' worth: the demo's rounds copied again and again, straight into the tables.

What is copied keeps its words and days. The ledger goes on from its last entry, chained as the verbs chain it.
"""

import uuid
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from itertools import count
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
    numbers = count(Neighbourhood.objects.count() + 1)
    many = max(0, size.neighbourhoods - Neighbourhood.objects.count())
    places = Neighbourhood.objects.bulk_create(
        Neighbourhood(name=f"Street {number}", slug=f"street-{number}")
        for number, _ in zip(numbers, range(many), strict=False)
    )
    times = max(0, -(-(size.promises - mine) // mine)) if places else 0
    begun = [
        copied(round_, neighbourhood=places[place % len(places)], number=place // len(places) + 1)
        for place, round_ in enumerate(rounds * times)
    ]
    Round.objects.bulk_create(begun, batch_size=AT_ONCE)
    old = [each.pk for each in rounds]
    for time in range(times):
        fill(dict(zip(old, begun[time * len(old) : (time + 1) * len(old)], strict=True)))
    lengthen_ledger(size.entries)


def copied[M: models.Model](row: M, **changed: Any) -> M:
    """A row like this one, not saved yet."""
    given = {
        each.attname: getattr(row, each.attname) for each in row._meta.concrete_fields if not each.primary_key
    }
    made = type(row)(**given)
    for name, value in changed.items():
        setattr(made, name, value)
    return made


def fill(where: dict[int, Round]) -> None:
    """One more town's asks, answers, promises, judgements, acts and lessons, in these rounds."""
    of_rounds = {"round_id__in": where}
    cards = again(Insight.objects.filter(**of_rounds), lambda row: {"round": where[row.round_id]})
    asks = again(
        Ask.objects.filter(**of_rounds),
        lambda row: {"round": where[row.round_id], "insight": cards.get(row.insight_id)},
    )
    below(Ask, "answers", "ask", asks)
    promises = again(
        Promise.objects.filter(**of_rounds),
        lambda row: {
            "round": where[row.round_id],
            "ask": asks.get(row.ask_id),
            "insight": cards.get(row.insight_id),
            "uuid": uuid.uuid4(),
        },
    )
    below(Promise, "judgements", "promise", promises)
    below(Promise, "agains", "promise", promises)
    for_places = {each.neighbourhood_id for each in Round.objects.filter(pk__in=where)}
    first = next(iter(where.values())).neighbourhood
    again(Act.objects.filter(neighbourhood__in=for_places), lambda _row: {"neighbourhood": first})
    lessons = again(
        Lesson.objects.filter(**of_rounds), lambda row: {"round": where[row.round_id], "came_from": None}
    )
    below(Lesson, "wordings", "lesson", lessons)
    trials = again(
        Trial.objects.filter(**of_rounds, lesson__in=lessons),
        lambda row: {"round": where[row.round_id], "lesson": lessons[row.lesson_id]},
    )
    below(Trial, "sayings", "trial", trials)


def again[M: models.Model](rows: Iterable[M], changed: Callable[[M], dict[str, Any]]) -> dict[Any, M]:
    """Each of these once more; which became which."""
    old = list(rows)
    if not old:
        return {}
    new = type(old[0])._base_manager.bulk_create([copied(row, **changed(row)) for row in old])
    return dict(zip([row.pk for row in old], new, strict=True))


def below(model: type[models.Model], name: str, field: str, became: dict[Any, Any]) -> None:
    """What hangs below each of these hangs below its copy too."""
    related: Any = model._meta.get_field(name).related_model
    rows: Sequence[models.Model] = related._base_manager.filter(**{f"{field}__in": became})
    again(rows, lambda row: {field: became[getattr(row, f"{field}_id")]})


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
