"""The better story: the iceberg turned over, told as a text, made people's own."""

import logging
from datetime import datetime

from django.db import transaction
from django.db.models import Max
from django.utils.translation import gettext_lazy as _

from betterstory.conversations import rules
from betterstory.conversations.models import Adoption, BetterStory, Insight, Level
from betterstory.people.models import Person
from betterstory.people.verbs import NotYours
from betterstory.places.models import Round
from betterstory.ui.refusal import Refusal

log = logging.getLogger(__name__)


class BetterStoryTooEarly(Refusal):
    """No rule has been found that somebody could change."""

    code = "better-story-too-early"
    words = _(
        "It is too early for the better story. First find one rule or habit beneath,"
        " and say who could change it."
    )


class NewerVersion(Refusal):
    """The text was changed since."""

    code = "newer-version"
    words = _("The text was changed since. Read the new one before you say that it is yours.")


def is_time(round_: Round) -> bool:
    """A card names a rule, and who could change it."""
    return Insight.objects.filter(round=round_, level=Level.STRUCTURE, owner__isnull=False).exists()


@transaction.atomic
def write_better_story(
    round: Round,  # noqa: A002 - our word for one pass of the thread
    *,
    text: str,
    by: Person,
    at: datetime,
) -> BetterStory:
    """Tell the better story: always a new version, nothing is written over.

    Raises NotYours, or BetterStoryTooEarly until a card names a rule and who could change it.
    """
    if not rules.may_look_beneath(by, round):
        raise NotYours
    if not is_time(round):
        raise BetterStoryTooEarly
    Round.objects.select_for_update().get(pk=round.pk)  # one number each, whoever is quicker
    last = BetterStory.objects.filter(round=round).aggregate(last=Max("number"))["last"] or 0
    version = BetterStory.objects.create(
        round=round, number=last + 1, text=text, written_by=by, written_at=at
    )
    log.info("better story written round=%s version=%s by=%s", round.pk, version.number, by.pk)
    return version


@transaction.atomic
def adopt(better_story: BetterStory, *, by: Person, at: datetime) -> Adoption:
    """Say: this is our better story. Said twice it counts once. Raises NewerVersion."""
    if BetterStory.objects.filter(round=better_story.round_id, number__gt=better_story.number).exists():
        raise NewerVersion
    adoption, _new = Adoption.objects.get_or_create(better_story=better_story, person=by, defaults={"at": at})
    log.info("better story adopted version=%s by=%s", better_story.pk, by.pk)
    return adoption
