"""Patterns: made from a story with its teller's yes, and never in the teller's words."""

import logging
from collections.abc import Iterable
from datetime import datetime

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from betterstory.behind import counting, rules
from betterstory.behind.counting import Shape
from betterstory.behind.models import Pattern
from betterstory.behind.verbs.logs import told_as
from betterstory.people.models import Person
from betterstory.people.verbs import NotYours
from betterstory.stories import echoes
from betterstory.stories.models import Piece, Use
from betterstory.stories.rules import PARTNERS, may_all
from betterstory.ui.refusal import Refusal

logger = logging.getLogger(__name__)
LONGEST_NAME = 120


class NotAPattern(Refusal):
    """The pattern says something that cannot be. `sentence` is the engine's."""

    code, status = "not-a-pattern", 422
    words = _("%(sentence)s")


class TooLongAName(Refusal):
    """The name is a name, not the story."""

    code, status = "too-long-a-name", 422
    words = _("Give the pattern a shorter name: 120 letters at most.")


class InTheTellersWords(Refusal):
    """A pattern travels to where records are; a teller's words do not."""

    code, status = "in-the-tellers-words", 422
    words = _("“%(name)s” is in the teller’s own words. Say it in yours: a pattern never carries theirs.")


class NotToBeCounted(Refusal):
    """The teller has not said yes to counting, or has ended it."""

    code, status = "not-to-be-counted", 403
    words = _(
        "Whoever told this story has not said yes to counting, or has ended it. "
        "Numbers that are out stay; no new ones come."
    )


@transaction.atomic
def make_pattern(*, toml: str, by: Person, at: datetime, pieces: Iterable[Piece] = ()) -> Pattern:
    """Keep a pattern, tied to the steps and gaps of a story that it is about, if it is about any.

    Raises NotYours, NotToBeCounted, NotAPattern, TooLongAName or InTheTellersWords.
    Fetch pieces with `select_related("version__story__teller")`.
    """
    pieces = list(pieces)
    if not rules.may_make(by):
        raise NotYours
    if any(piece.kind == Piece.Kind.WISH for piece in pieces) or not may_all(PARTNERS, Use.COUNT, pieces, at):
        raise NotToBeCounted
    with told_as(NotAPattern):
        shape = counting.read(toml)
    if len(shape.name) > LONGEST_NAME:
        raise TooLongAName
    _not_in_the_tellers_words(shape, pieces)
    versions = {piece.version_id for piece in pieces}
    made = Pattern.objects.create(
        name=shape.name,
        toml=shape.toml,
        from_a_story=bool(pieces),
        made_from_id=versions.pop() if len(versions) == 1 else None,
        made_by=by,
        made_at=at,
    )
    made.pieces.set(pieces)
    logger.info("pattern made pattern=%s by=%s", made.pk, by.pk)
    return made


def _not_in_the_tellers_words(shape: Shape, pieces: Iterable[Piece]) -> None:
    """Five words in a row that stand in the story too are the teller's. Compared there, shown nowhere."""
    versions = list({piece.version_id: piece.version for piece in pieces}.values())
    for name in (shape.name, *(step.name for step in shape.steps)):
        if echoes.is_in(name, versions):
            raise InTheTellersWords(name=name)
