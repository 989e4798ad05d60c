"""What a form can point a lesson at: the things of its round, as whoever writes may see them."""

from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from django.db.models import CharField, DateField, F, QuerySet, Value
from django.db.models.fields.json import KT
from django.db.models.functions import Cast, TruncDate
from django.utils.translation import gettext_lazy as _

from betterstory.behind.models import Release
from betterstory.conversations.models import Gathering, Insight
from betterstory.immersion.models import Act
from betterstory.learning.models import Wording
from betterstory.people.models import Person
from betterstory.places.models import Round
from betterstory.promises import because
from betterstory.promises.models import Ask, Promise
from betterstory.stories.models import Piece

MOST = 60  # of all kinds together, the newest first
MODELS: dict[str, type] = {
    "promise": Promise,
    "ask": Ask,
    "release": Release,
    "gathering": Gathering,
    "act": Act,
    "card": Insight,
    "piece": Piece,
}
CALLED = {
    "promise": _("Promise: %(words)s"),
    "ask": _("Ask: %(words)s"),
    "release": _("How many: %(words)s"),
    "gathering": _("Gathering: %(words)s"),
    "act": _("Useful act: %(words)s"),
    "card": _("Card %(words)s"),
}


@dataclass(frozen=True)
class OnOffer:
    """(key, words) of all a lesson can point to; a key is a kind and an id: "promise-3"."""

    things: list[tuple[str, str]]
    moments: list[tuple[str, str]] = field(default_factory=list)


def on_offer(round_: Round, *, viewer: Person, at: datetime) -> OnOffer:
    """Everything of this round, and moments of its stories that this person may see. Four queries."""
    seen = because.offered(round_, viewer=viewer, at=at)
    things = [(f"{kind}-{pk}", CALLED[kind] % {"words": words}) for kind, pk, words in _things(round_)]
    cards = [(f"card-{pk}", CALLED["card"] % {"words": words}) for pk, words in seen.cards]
    return OnOffer(things + cards, seen.moments)


def _things(round_: Round) -> list[tuple[str, int, str]]:
    """Promises, asks, gatherings, acts, and figures that cards or asks of this round rest on. One query."""
    cards = Insight.objects.kept().filter(round=round_, release__isnull=False).values("release")
    asks = Ask.objects.filter(round=round_, release__isnull=False).values("release")
    figures = Release.objects.filter(pk__in=cards) | Release.objects.filter(pk__in=asks)
    parts = (
        _part("promise", Promise.objects.filter(round=round_), "words", F("made_on")),
        _part("ask", Ask.objects.filter(round=round_), "words", F("asked_on")),
        _part("gathering", Gathering.objects.filter(round=round_), "title", TruncDate("at")),
        _part("act", Act.objects.of_round(round_), "what", F("on")),
        _part("release", figures, KT("figures__headline"), TruncDate("released_at")),
    )
    first, *rest = parts
    rows = first.union(*rest, all=True).order_by("-its_day", "its_kind", "its_key")[:MOST]
    order = list(MODELS)
    return sorted(
        ((kind, pk, words or "") for kind, pk, words, _on in rows), key=lambda row: order.index(row[0])
    )


def _part(kind: str, found: QuerySet[Any], words: Any, when: Any) -> QuerySet[Any]:
    plain = found.order_by().annotate(
        its_kind=Value(kind, output_field=CharField()),
        its_key=F("pk"),
        its_words=Cast(words, CharField()),
        its_day=Cast(when, DateField()),
    )
    return plain.values_list("its_kind", "its_key", "its_words", "its_day")


def keys_of(wording: Wording) -> list[str]:
    """The keys of what these words point to already."""
    return [
        f"{kind}-{getattr(point, f'{kind}_id')}"
        for point in wording.points.all()
        for kind in MODELS
        if getattr(point, f"{kind}_id")
    ]


def things_of(keys: list[str]) -> list[Any]:
    """The things these keys stand for, in their order. A query for each kind among them."""
    wanted: dict[str, list[int]] = {}
    for key in keys:
        kind, pk = key.split("-")
        wanted.setdefault(kind, []).append(int(pk))
    found = {kind: MODELS[kind]._default_manager.in_bulk(pks) for kind, pks in wanted.items()}  # type: ignore[attr-defined]
    return [found[kind][int(pk)] for key in keys for kind, pk in [key.split("-")] if int(pk) in found[kind]]
