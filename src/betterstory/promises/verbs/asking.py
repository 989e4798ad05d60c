"""Asking something of a body, or of residents."""

import logging
from datetime import date

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from betterstory.behind.models import Release
from betterstory.conversations.models import Gathering, Insight
from betterstory.people.models import Body, Circle, Person
from betterstory.places.models import Round
from betterstory.promises import rules
from betterstory.promises.models import Ask, Kind, Size
from betterstory.promises.verbs import clock
from betterstory.promises.verbs.ledger import asker, enter
from betterstory.promises.verbs.wording import (
    LONGEST,
    LONGEST_NAME,
    NeedsYourYes,
    said,
)
from betterstory.stories.models import Piece
from betterstory.ui.refusal import Refusal

log = logging.getLogger(__name__)


class NotYoursToAsk(Refusal):
    """Only an organiser asks for a circle."""

    code, status = "not-yours-to-ask", 403
    words = _("Only an organiser can ask for a whole circle. You can ask for yourself.")


class NotYoursToAskFor(Refusal):
    """Somebody asks in the name of a body they do not stand for."""

    code, status = "not-yours-to-ask-for", 403
    words = _("Only somebody who holds a post at %(body)s can ask for it, or an organiser for the room.")


class AskedOfOneself(Refusal):
    """Who asks and who is asked are the same."""

    code, status = "asked-of-oneself", 422
    words = _("This asks the same side that would answer. Choose somebody else.")


@transaction.atomic
def ask(
    *,
    round: Round,  # noqa: A002 - our word for one pass of the thread
    words: str,
    of: Body | Circle,
    by: Person,
    on: date,
    asked_by_words: str,
    asked_by: Circle | Body | None = None,
    own_yes: bool = False,
    insight: Insight | None = None,
    release: Release | None = None,
    piece: Piece | None = None,
    gathering: Gathering | None = None,
    size: Size | str = "",
) -> Ask:
    """Ask something of a body or of residents: for a circle, for a body, or for oneself under words of
    one's own.

    `size` says which part of a plan it is, if any.
    Raises NotYoursToAsk, NeedsYourYes, AskedOfOneself, NothingSaid or TooLong.
    """
    if isinstance(asked_by, Circle) and not rules.may_ask_for(by, asked_by):
        raise NotYoursToAsk
    if isinstance(asked_by, Body) and not rules.may_speak_for(by, asked_by):
        raise NotYoursToAskFor(body=asked_by.name)
    if isinstance(of, Circle) and of.kind == Circle.Kind.HELPERS:
        raise NotYoursToAsk
    if asked_by is None and not own_yes:
        raise NeedsYourYes
    if asked_by == of:
        raise AskedOfOneself
    made = Ask(
        round=round,
        words=said(words, most=LONGEST),
        asked_by_words=said(asked_by_words, most=LONGEST_NAME),
        asked_by=asked_by if isinstance(asked_by, Circle) else None,
        asking_body=asked_by if isinstance(asked_by, Body) else None,
        asker=None if asked_by else by,
        of=of if isinstance(of, Body) else None,
        of_circle=of if isinstance(of, Circle) else None,
        asked_on=on,
        insight=insight,
        release=release,
        piece=piece,
        gathering=gathering,
        written_by=by,
        size=size,
    )
    clock.set_answer(made)
    made.save()
    enter(kind=Kind.ASKED, about=made, who=asker(made), words=made.words, on=on, more={"asked_of": made.whom})
    log.info("asked ask=%s body=%s circle=%s", made.pk, made.of_id, made.of_circle_id)
    return made
