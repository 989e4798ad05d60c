"""Whom we have not met yet: streets, groups and hours; and the weave of ties between rings.

Acts are counted here, never people, and shown as words: once, a few times, often.
"""

from __future__ import annotations

import logging
from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from itertools import combinations

from django.db import models, transaction
from django.utils.translation import gettext_lazy as _

from betterstory.immersion import rules
from betterstory.immersion.models import Act, Group, Hours, Street
from betterstory.people.models import Person, Ring
from betterstory.people.verbs import NotYours
from betterstory.places.models import Neighbourhood
from betterstory.ui.refusal import Refusal

log = logging.getLogger(__name__)
MOST = 60


class TooManyNames(Refusal):
    """A list nobody can look out for."""

    code, status = "too-many-names", 422
    words = _("Keep it to %(most)s at most, each on a line of its own.")


class HowOften(models.IntegerChoices):
    """Acts, not people, and no number."""

    ONCE = 1, _("once")
    A_FEW_TIMES = 2, _("a few times")
    OFTEN = 6, _("often")

    @classmethod
    def of(cls, acts: int) -> HowOften:
        return max(each for each in cls if each <= acts)


@dataclass(frozen=True)
class Tie:
    """Two rings that met in an act of ours."""

    first: Ring
    second: Ring
    often: HowOften


@dataclass(frozen=True)
class Met:
    """One thing that we look out for: met, or not yet."""

    name: str
    met: bool


@dataclass(frozen=True)
class Seen:
    """How far we have got in a neighbourhood."""

    streets: list[Met]
    groups: list[Met]
    hours: list[Met]
    ties: list[Tie]

    @property
    def streets_met(self) -> int:
        return sum(each.met for each in self.streets)


@transaction.atomic
def look_out_for(
    neighbourhood: Neighbourhood, *, streets: Sequence[str], groups: Sequence[tuple[str, Ring]], by: Person
) -> None:
    """The streets and the groups of a neighbourhood, as typed; what is left out is looked for no more.

    Raises NotYours or TooManyNames.
    """
    if not rules.may_keep_lists(by):
        raise NotYours
    if len(streets) > MOST or len(groups) > MOST:
        raise TooManyNames(most=MOST)
    Street.objects.filter(neighbourhood=neighbourhood).exclude(name__in=streets).delete()
    Group.objects.filter(neighbourhood=neighbourhood).exclude(name__in=[name for name, _r in groups]).delete()
    for name in streets:
        Street.objects.get_or_create(neighbourhood=neighbourhood, name=name)
    for name, ring in groups:
        Group.objects.update_or_create(neighbourhood=neighbourhood, name=name, defaults={"ring": ring})
    log.info("streets and groups set neighbourhood=%s by=%s", neighbourhood.pk, by.pk)


def look(neighbourhood: Neighbourhood) -> Seen:
    """What the log says so far, found by name: “Lime Walk” is met “outside 4 lime walk” too. 3 queries."""
    rows = Act.objects.filter(neighbourhood=neighbourhood).values_list("where", "groups", "hours", "rings")
    acts = list(rows)
    where = {words.casefold() for words, _groups, _hours, _rings in acts}
    groups = {words.casefold() for _where, words, _hours, _rings in acts}
    hours = {each for _where, _groups, each, _rings in acts}
    return Seen(
        streets=_met(Street.objects.filter(neighbourhood=neighbourhood), where),
        groups=_met(Group.objects.filter(neighbourhood=neighbourhood), groups),
        hours=[Met(str(each.label), each.value in hours) for each in Hours],
        ties=weave(rings for _where, _groups, _hours, rings in acts),
    )


def _met(listed: Iterable[Street | Group], said: set[str]) -> list[Met]:
    return [Met(each.name, any(each.name.casefold() in words for words in said)) for each in listed]


def weave(acts: Iterable[Sequence[str]]) -> list[Tie]:
    """Which rings met which, how often; in the order of the rings."""
    order = list(Ring)
    counts: Counter[tuple[Ring, Ring]] = Counter()
    for rings in acts:
        met = sorted({Ring(ring) for ring in rings}, key=order.index)
        counts.update(combinations(met, 2))
    pairs = sorted(counts, key=lambda pair: (order.index(pair[0]), order.index(pair[1])))
    return [Tie(first, second, HowOften.of(counts[first, second])) for first, second in pairs]


def ring_of(person: Person | None) -> list[Ring]:
    """The ring of the body whose post this person holds, if they hold one."""
    post = person.posts.select_related("body").first() if person is not None else None
    return [Ring(post.body.ring)] if post is not None else []
