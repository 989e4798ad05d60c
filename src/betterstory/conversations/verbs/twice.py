"""Some cards are typed twice: picked by chance, read by somebody who does not see the first, and settled."""

import logging
from collections.abc import Mapping
from datetime import datetime
from math import ceil
from random import Random, SystemRandom

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from betterstory.conversations import rules
from betterstory.conversations.models import Gathering, Line, Pile, Typed, Vote
from betterstory.conversations.verbs.paper import let_stand, lock_open
from betterstory.conversations.verbs.voices import find_voice
from betterstory.people.models import Person
from betterstory.people.verbs import NotYours
from betterstory.ui.refusal import Refusal

log = logging.getLogger(__name__)
ONE_IN = 5  # cards typed twice
AT_LEAST = 3


class NotPicked(Refusal):
    """This card is not to be typed a second time, or was already."""

    code = "not-picked"
    words = _("This card needs no second look. Somebody may have just done it.")


class AnotherCard(Refusal):
    """The code is good, and not that of the card that was picked."""

    code, status = "another-card", 422
    words = _("This is the code of another card. We ask for pile %(pile)s, number %(place)s from the top.")


class NothingToSettle(Refusal):
    """Both readings are the same, or somebody has settled it."""

    code = "nothing-to-settle"
    words = _("There is nothing to settle here. Somebody may have just done it.")


def pick(gathering: Gathering, *, whole_pile: Pile | None = None, chance: Random | None = None) -> int:
    """Pick cards, so that one in five of all those typed in, and three at least, are typed twice.

    Nobody knows which before they are typed. With a pile named, all of it. Returns how many were picked now.
    """
    paper = Typed.objects.live().on_paper().filter(pile__gathering=gathering)
    open_ones = list(paper.filter(is_picked=False).values_list("pk", "pile"))
    if whole_pile is not None:
        chosen = [pk for pk, pile in open_ones if pile == whole_pile.pk]
    else:
        every, had = paper.count(), paper.filter(is_picked=True).count()
        wanted = min(every, max(AT_LEAST, ceil(every / ONE_IN))) - had
        chosen = (chance or SystemRandom()).sample([pk for pk, _pile in open_ones], max(0, wanted))
    return Typed.objects.filter(pk__in=chosen).update(is_picked=True)


@transaction.atomic
def type_again(
    typed: Typed, *, code: str, answers: Mapping[int, Vote.Choice], by: Person, at: datetime
) -> bool:
    """Read a picked card a second time; true where both readings are the same.

    Raises NotYours, VotingIsClosed, NotPicked, NotACode, CardUnknown or AnotherCard.
    """
    typed = _held(typed, by=by)
    if not typed.is_picked or typed.again_at is not None or typed.pile.undone_at is not None:
        raise NotPicked
    if find_voice(code).pk != typed.voice_id:
        raise AnotherCard(pile=typed.pile.number, place=typed.place)
    same = _read_second(typed, answers)
    typed.again_by, typed.again_at = by, at
    if same:
        typed.settled_by, typed.settled_at = by, at
    typed.save(update_fields=["again_by", "again_at", "settled_by", "settled_at"])
    log.info("card typed again typed=%s same=%s by=%s", typed.pk, same, by.pk)
    return same


def _read_second(typed: Typed, answers: Mapping[int, Vote.Choice]) -> bool:
    """Write the second reading beside the first. A sentence put aside since is not asked for again."""
    lines = {line.statement_id: line for line in typed.lines.all()}
    asked = {each.pk: each for each in typed.pile.gathering.statements.asked()}
    for pk, line in lines.items():
        line.second = answers.get(pk) if pk in asked else line.first
        line.save(update_fields=["second"])
    for pk in answers.keys() & asked.keys() - lines.keys():
        lines[pk] = Line.objects.create(typed=typed, statement=asked[pk], second=answers[pk])
    return not any(line.differs for line in lines.values())


@transaction.atomic
def settle(typed: Typed, *, stands: Mapping[int, Vote.Choice | None], by: Person, at: datetime) -> int:
    """What the paper really says, for each line that was read in two ways; blank is nothing.

    The rest of that pile is then to be typed twice as well: where there is one slip there may be more.
    Returns how many cards that is. Raises NotYours, VotingIsClosed or NothingToSettle.
    """
    typed = _held(typed, by=by)
    if typed.again_at is None or typed.settled_at is not None or typed.pile.undone_at is not None:
        raise NothingToSettle
    for line in typed.lines.select_related("statement"):
        if line.differs:
            line.stands = stands.get(line.statement_id)
            line.save(update_fields=["stands"])
            let_stand(typed, line.statement, line.stands)
    typed.settled_by, typed.settled_at = by, at
    typed.save(update_fields=["settled_by", "settled_at"])
    more = pick(typed.pile.gathering, whole_pile=typed.pile)
    log.info("card settled typed=%s more=%s by=%s", typed.pk, more, by.pk)
    return more


def _held(typed: Typed, *, by: Person) -> Typed:
    if not rules.may_call(by):
        raise NotYours
    lock_open(typed.pile.gathering)
    return Typed.objects.select_related("pile__gathering", "sheet").get(pk=typed.pk)
