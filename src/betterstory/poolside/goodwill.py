"""How the goodwill stands: three quiet questions at each check-in, and one line for the whole circle.

An answer goes into the urn of its check-in and is then nobody's: the urn holds how often each word was
said. When the check-in is over, `settle` takes the middle answer of each question and throws the urn away.
"""

import logging
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from statistics import median_low

from django.db import IntegrityError, models, transaction
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from betterstory.people.models import Membership, Person
from betterstory.poolside import rules
from betterstory.poolside.models import Goodwill, Poolside, Return, Slip
from betterstory.poolside.refusals import NotRoundThisTable
from betterstory.poolside.sealing import MIDDLE, URN, open_all, seal
from betterstory.ui.refusal import Refusal

log = logging.getLogger(__name__)
OPEN_FOR = timedelta(days=7)
DIGITS = 4  # each count in as many, so that the length of what is sealed says nothing
Stands = Goodwill.Stands


class Word(models.IntegerChoices):
    """The four answers, from the least to the most."""

    NO = 1, _("no")
    NOT_OFTEN = 2, _("not often")
    MOSTLY = 3, _("mostly")
    YES = 4, _("yes")


QUIET = (
    _("I can say what I think."),
    _("We keep our word to each other."),
    _("I am clear why I am here."),
)


class OverByNow(Refusal):
    """The check-in is closed."""

    code = "over-by-now"
    words = _("The quiet questions of that check-in are closed. They are asked again at the next.")


class AnsweredAlready(Refusal):
    """One answer a person."""

    code = "answered-already"
    words = _("You have answered already. Nobody can tell which answer is yours, so it cannot be changed.")


def ask(back: Return, *, on: date) -> Goodwill | None:
    """Ask the quiet questions at this check-in, where there are five of us or more.

    Told by the verb that wrote the check-in down. Not while those of another are open: asking again and
    again would tell what one answer changes.
    """
    poolside = back.agreement.poolside
    if Membership.objects.filter(circle=poolside.circle_id, left_at=None).count() < rules.FEWEST:
        return None
    if Goodwill.objects.filter(back__agreement__poolside=poolside, closes_on__gte=on).exists():
        return None
    settle_those_due(on=on, poolside=poolside)
    asked = Goodwill(back=back, closes_on=on + OPEN_FOR)
    _pack(asked, [[0] * len(Word) for _question in QUIET], poolside)
    asked.save()
    return asked


@transaction.atomic
def say(asked: Goodwill, *, words: Sequence[Word], by: Person, on: date) -> None:
    """Put one's three answers into the urn. They cannot be taken out again: nobody knows whose they are.

    Raises NotRoundThisTable, OverByNow or AnsweredAlready.
    """
    poolside = asked.back.agreement.poolside
    if not rules.is_round_the_table(by, poolside, on):
        raise NotRoundThisTable
    held = Goodwill.objects.select_for_update().get(pk=asked.pk)
    if not held.takes_answers(on):
        raise OverByNow
    try:
        with transaction.atomic():
            Slip.objects.create(goodwill=held, person=by)
    except IntegrityError as twice:
        raise AnsweredAlready from twice
    counts = _unpack(held)
    for question, word in zip(counts, words, strict=True):
        question[word - 1] += 1
    _pack(held, counts, poolside)
    held.save(update_fields=["urn_sealed"])
    log.info("goodwill said goodwill=%s", held.pk)  # not by whom


@transaction.atomic
def settle_those_due(*, on: date, poolside: Poolside | None = None) -> int:
    """Close those whose last day is over: keep the middle answers, or nothing; throw away urn and slips."""
    due = Goodwill.objects.select_for_update().filter(stands=Stands.OPEN, closes_on__lt=on)
    if poolside is not None:
        due = due.filter(back__agreement__poolside=poolside)
    found = list(due.order_by("closes_on", "pk"))
    for each in found:
        _settle(each)
    return len(found)


def _settle(asked: Goodwill) -> None:
    poolside = asked.back.agreement.poolside
    counts = _unpack(asked)
    asked.stands = _how_it_stands(asked, poolside, answered=sum(counts[0]))
    if asked.stands == Stands.DRAWN:
        middles = ",".join(str(middle(question)) for question in counts)
        asked.middle_sealed = seal(middles, key=poolside.key, name=MIDDLE, row=asked.uuid)
    asked.urn_sealed = b""
    asked.slips.all().delete()
    asked.save()
    log.info("goodwill settled goodwill=%s", asked.pk)


def _how_it_stands(asked: Goodwill, poolside: Poolside, *, answered: int) -> Stands:
    """Nothing under five; and not right after somebody came or went, whose answer would be the difference."""
    if answered < rules.FEWEST:
        return Stands.TOO_FEW
    earlier = Goodwill.objects.filter(back__agreement__poolside=poolside, closes_on__lt=asked.closes_on)
    before = earlier.order_by("-closes_on").first()
    if before is not None and _came_or_went(poolside, after=before.closes_on, until=asked.closes_on):
        return Stands.WAITS
    return Stands.DRAWN


def _came_or_went(poolside: Poolside, *, after: date, until: date) -> bool:
    seats = Membership.objects.filter(circle=poolside.circle_id).values_list("joined_at", "left_at")
    moments = [moment for seat in seats for moment in seat if moment is not None]
    return any(after < timezone.localtime(moment).date() <= until for moment in moments)


def middle(counts: Sequence[int]) -> Word:
    """The answer in the middle: as many said this or less as said this or more.

    Never an average, which says the last answer to whoever knows the others, and everybody's where all agree.
    """
    said = [word for word, many in zip(Word, counts, strict=True) for _each in range(many)]
    return Word(median_low(said))


@dataclass(frozen=True)
class Point:
    """One check-in on the line: the middle answers, or why there is none."""

    on: date
    words: tuple[Word, ...] = ()
    why_not: str = ""


def line(poolside: Poolside) -> list[Point]:
    """Every check-in of the circle, the oldest first. Ask for somebody round the table. One query."""
    backs = Return.objects.filter(agreement__poolside=poolside).select_related("goodwill")
    found = list(backs.order_by("on", "pk"))
    drawn = [back.goodwill for back in found if _of(back, Stands.DRAWN)]
    opened = open_all([(each.middle_sealed, MIDDLE, each.uuid) for each in drawn])
    middles = {each.pk: words for each, words in zip(drawn, opened, strict=True)}
    return [point for back in found if (point := _point(back, middles)) is not None]


def _point(back: Return, middles: dict[int, str]) -> Point | None:
    if back.skipped:
        return Point(back.on, why_not=str(_("skipped")))
    asked: Goodwill | None = getattr(back, "goodwill", None)
    if asked is None:
        return None  # those of another check-in were open still
    if asked.pk in middles:
        return Point(back.on, words=tuple(Word(int(each)) for each in middles[asked.pk].split(",")))
    return Point(back.on, why_not=str(Stands(asked.stands).label))


def _of(back: Return, stands: Stands) -> bool:
    return getattr(back, "goodwill", None) is not None and back.goodwill.stands == stands


def open_for(poolside: Poolside, person: Person, *, on: date) -> Goodwill | None:
    """The quiet questions this person can still answer here."""
    asked = waiting_for(person, on=on).filter(back__agreement__poolside=poolside)
    return asked.select_related("back__agreement__poolside__circle").first()


def waiting_for(person: Person, *, on: date) -> models.QuerySet[Goodwill]:
    """Quiet questions anywhere that this person has not answered. Ask only of tables they sit round."""
    asked = Goodwill.objects.filter(stands=Stands.OPEN, closes_on__gte=on)
    return asked.exclude(slips__person=person)


def _pack(asked: Goodwill, counts: Sequence[Sequence[int]], poolside: Poolside) -> None:
    flat = "".join(f"{many:0{DIGITS}d}" for question in counts for many in question)
    asked.urn_sealed = seal(flat, key=poolside.key, name=URN, row=asked.uuid)


def _unpack(asked: Goodwill) -> list[list[int]]:
    flat = open_all([(asked.urn_sealed, URN, asked.uuid)])[0]
    numbers = [int(flat[at : at + DIGITS]) for at in range(0, len(flat), DIGITS)]
    return [numbers[at : at + len(Word)] for at in range(0, len(numbers), len(Word))]
