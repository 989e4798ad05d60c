"""Working out whether there are sides: later, by the worker, never while somebody waits for a page."""

import logging
from functools import partial

from django.db import transaction
from django.tasks import task
from django.utils import timezone

from betterstory.conversations import grouping
from betterstory.conversations.models import Finding, Gathering, Vote

log = logging.getLogger(__name__)


def answers_of(gathering: Gathering, asked: list[int]) -> list[grouping.Answer]:
    """Every answer to the sentences that are asked. One query."""
    votes = Vote.objects.filter(statement__in=asked)
    return [
        grouping.Answer(*row)
        for row in votes.values_list("statement_id", "voice_id", "voice__side", "choice", "in_room")
    ]


def work_out_later(gathering: Gathering) -> None:
    """Once what was just written stands."""
    transaction.on_commit(partial(work_out.enqueue, gathering.pk))


@task
def work_out(gathering: int) -> None:
    """Keep what is found, with the mark of the answers it was found in. Run again it finds the same."""
    found = Gathering.objects.filter(pk=gathering, voting_open=False).first()
    if found is None:
        return
    asked = list(found.statements.asked().values_list("pk", flat=True))
    rows = answers_of(found, asked)
    mark = grouping.mark_of(rows, asked)
    if Finding.objects.filter(gathering=found, mark=mark).exists():
        return
    sides = grouping.work_out(rows, asked, seed=found.pk)
    Finding.objects.update_or_create(
        gathering=found,
        # the moment is for whoever looks after the place; nothing rests on it
        defaults={"mark": mark, "said": sides.to_json(), "made_at": timezone.now()},
    )
    log.info("sides worked out gathering=%s verdict=%s", found.pk, sides.verdict)
