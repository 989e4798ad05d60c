"""The better story: the iceberg turned over, told as a text, made people's own."""

import logging
from datetime import datetime

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from betterstory.conversations import rules
from betterstory.conversations.models import Adoption, BetterStory, Insight, Level, Voice
from betterstory.conversations.verbs.voices import CardUnknown
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


class ChangedByAnother(Refusal):
    """Somebody kept a new version while this one was being written."""

    code = "changed-by-another"
    words = _(
        "Somebody kept a new version while you were writing. Read it, then keep yours after it or let it be."
    )


def is_time(round_: Round) -> bool:
    """A card that stands names a rule, and who could change it."""
    return Insight.objects.kept().filter(round=round_, level=Level.STRUCTURE, owner__isnull=False).exists()


@transaction.atomic
def write_better_story(
    round: Round,  # noqa: A002 - our word for one pass of the thread
    *,
    text: str,
    by: Person,
    at: datetime,
    seen: int | None = None,
) -> BetterStory:
    """Tell the better story: always a new version, nothing is written over.

    `seen` is the version it was written from; the same words again make no new one. Raises NotYours,
    ChangedByAnother, or BetterStoryTooEarly until a card names a rule and who could change it.
    """
    if not rules.may_look_beneath(by, round):
        raise NotYours
    if not is_time(round):
        raise BetterStoryTooEarly
    Round.objects.select_for_update().get(pk=round.pk)  # one number each, whoever is quicker
    last = BetterStory.objects.filter(round=round).order_by("-number").first()
    if last is not None and last.text == text:
        return last
    if seen is not None and seen != (last.number if last else 0):
        raise ChangedByAnother
    number = last.number + 1 if last else 1
    version = BetterStory.objects.create(round=round, number=number, text=text, written_by=by, written_at=at)
    log.info("better story written round=%s version=%s by=%s", round.pk, version.number, by.pk)
    return version


@transaction.atomic
def adopt(better_story: BetterStory, *, by: Person, at: datetime) -> Adoption:
    """Say: this is our better story. Said twice it counts once. Raises NewerVersion."""
    _check_newest(better_story)
    adoption, _new = Adoption.objects.get_or_create(better_story=better_story, person=by, defaults={"at": at})
    log.info("better story adopted version=%s by=%s", better_story.pk, by.pk)
    return adoption


@transaction.atomic
def adopt_by_voice(better_story: BetterStory, *, voice: Voice, at: datetime) -> Adoption:
    """The same, with a voice card of the round: without a name. Raises NewerVersion or CardUnknown."""
    if voice.round_id != better_story.round_id or voice.lost_at is not None:
        raise CardUnknown
    _check_newest(better_story)
    said, _new = Adoption.objects.get_or_create(better_story=better_story, voice=voice, defaults={"at": at})
    log.info("better story adopted by a voice version=%s", better_story.pk)
    return said


@transaction.atomic
def let_go(better_story: BetterStory, *, by: Person) -> None:
    """Say it no longer: one's own yes goes, nobody else's."""
    Adoption.objects.filter(better_story=better_story, person=by).delete()
    log.info("better story let go version=%s by=%s", better_story.pk, by.pk)


def _check_newest(better_story: BetterStory) -> None:
    Round.objects.select_for_update().get(pk=better_story.round_id)  # no newer one comes in between
    if BetterStory.objects.filter(round=better_story.round_id, number__gt=better_story.number).exists():
        raise NewerVersion
