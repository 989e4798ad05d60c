"""Shutting every door for a while, opening them again, and who stands at the door with the teller."""

import logging
from datetime import date, datetime

from django.db import transaction
from django.db.models import F, Q, Value
from django.db.models.functions import Coalesce
from django.utils.translation import gettext_lazy as _

from betterstory.people.models import Membership, Person
from betterstory.stories import checking, ended, rules
from betterstory.stories.models import Consent, Speaker, Story
from betterstory.stories.safeguarding import held
from betterstory.stories.verbs import NotYourStory
from betterstory.ui.refusal import Refusal

log = logging.getLogger(__name__)


class ShutForNow(Refusal):
    """The teller's card may be in other hands: nothing opens until it is known who asks."""

    code, status = "shut-for-now", 403
    words = _("This story is shut until we know that it is you. Ring us, or say your second word.")


class TheOtherPaused(Refusal):
    """What one of two tellers shut, the other does not open."""

    code, status = "the-other-paused", 403
    words = _("The other one of you shut it. Only they can open it again.")


@transaction.atomic
def pause(story: Story, *, by: Person, at: datetime, opens_on: date | None = None) -> None:
    """Shut every door at once and throw nothing away: until the teller opens it, or the day they set.

    Raises NotYourStory. What the team paused stays the team's pause.
    """
    if not rules.may_decide(by, story):
        raise NotYourStory
    mine = Story.objects.filter(pk=story.pk, paused_by_team=False)
    if story.second_teller_id:
        mine = mine.filter(
            Q(paused_at=None) | Q(paused_by=by)
        )  # what the other one shut stays theirs to open
    mine.update(paused_at=Coalesce("paused_at", Value(at)), paused_by=by, opens_on=opens_on)
    ended.write(ended.PAUSED, story.uuid, at=at)
    story.refresh_from_db(fields=["paused_at", "paused_by", "opens_on"])
    log.info("story paused story=%s", story.pk)


@transaction.atomic
def pause_all(*, by: Person, at: datetime, opens_on: date | None = None) -> None:
    """Pause everything I told."""
    for story in Story.objects.told_by(by):
        pause(story, by=by, at=at, opens_on=opens_on)


@transaction.atomic
def pause_for(teller: Person, *, by: Person, at: datetime) -> int:
    """Shut every door of everything somebody told: after a call on a bad day. Says how many stories that is.

    Raises NotYourStory.
    """
    if not rules.may_pause_for(by, teller):
        raise NotYourStory
    told = Story.objects.told_by(teller)
    by_team = by.pk != teller.pk
    open_still = told.filter(paused_by_team=False) if by_team else told.filter(paused_at=None)
    for row in open_still.values_list("uuid", flat=True):
        ended.write(ended.PAUSED_BY_TEAM if by_team else ended.PAUSED, row, at=at)
    # a day the teller had set opens nothing any more: something happened since
    when = Coalesce("paused_at", Value(at))
    whom = Coalesce("shut_for", Value(teller.pk)) if by_team else F("shut_for")
    open_still.update(paused_at=when, paused_by=by, paused_by_team=by_team, opens_on=None, shut_for=whom)
    log.info("everything paused teller=%s by=%s", teller.pk, by.pk)
    return told.count()


@transaction.atomic
def unpause(story: Story, *, by: Person, at: datetime, word: str = "") -> None:
    """Open the doors again that were open before. Only the teller can.

    After a pause by the team a card alone is not enough: their second word, or two of the team who met them.
    Raises NotYourStory, TheOtherPaused, NotKnown or ShutForNow.
    """
    if not rules.may_decide(by, story):
        raise NotYourStory
    story = Story.objects.select_for_update().get(pk=story.pk)
    if story.held_at:
        raise ShutForNow
    if story.paused_by_team:
        _check_for(story, by, word=word, at=at)
    elif story.second_teller_id and story.paused_by_id not in (None, by.pk):
        raise TheOtherPaused
    open_again(story, at=at)


def open_again(story: Story, *, at: datetime) -> None:
    """The doors that were open before the pause are open; nobody's leave is asked here."""
    Story.objects.filter(pk=story.pk).update(
        paused_at=None, paused_by=None, paused_by_team=False, opens_on=None, shut_for=None
    )
    ended.write(ended.OPENED_AGAIN, story.uuid, at=at)
    log.info("story unpaused story=%s", story.pk)


def _check_for(story: Story, by: Person, *, word: str, at: datetime) -> None:
    """It is the one for whom the team shut it, and surely them. Raises TheOtherPaused or NotKnown."""
    if story.shut_for_id not in (None, by.pk):
        raise TheOtherPaused
    checking.check(by, word=word, at=at)
    checking.meetings_are_used(by, at=at)


@transaction.atomic
def known_again(teller: Person, *, at: datetime, word: str = "") -> None:
    """It was checked: the teller sees their own again, and what the team paused is open. Raises NotKnown."""
    checking.check(teller, word=word, at=at)
    theirs = Story.objects.told_by(teller).filter(Q(shut_for=None) | Q(shut_for=teller))
    for story in theirs.exclude(held_at=None):
        ended.write(ended.KNOWN_AGAIN, story.uuid, at=at)
    # what a found card took back was nobody's wish yet: the seven days to think begin now
    for story in theirs.filter(held.BY_A_FOUND_CARD):
        Story.objects.filter(pk=story.pk).update(taken_back_at=at)
        ended.write(ended.TAKEN_BACK, story.uuid, at=at)
    paused = list(theirs.filter(paused_by_team=True))
    theirs.update(held_at=None)
    for story in paused:
        open_again(story, at=at)
    theirs.update(shut_for=None)
    checking.meetings_are_used(teller, at=at)
    log.info("known again teller=%s", teller.pk)


@transaction.atomic
def tell_together(story: Story, *, by: Person, other: Person, at: datetime) -> None:
    """Two told it: from now every yes needs both, those said already too. Neither speaks for the other.

    Raises NotYourStory, ShutForNow.
    """
    if by.pk != story.teller_id or story.second_teller_id not in (None, other.pk) or other.pk == by.pk:
        raise NotYourStory
    if story.held_at:
        raise ShutForNow
    story.second_teller = other
    story.save(update_fields=["second_teller"])
    said = Consent.objects.filter(version__story=story, ended_at=None)
    said.exclude(waits_for=by).update(
        waits_for=other
    )  # what a speaker said is read back to the first teller first
    Speaker.objects.filter(story=story, person=other, ended_at=None).update(ended_at=at)
    ended.write(ended.TOGETHER, story.uuid, at=at, who=other.uuid)
    log.info("story told together story=%s other=%s", story.pk, other.pk)


@transaction.atomic
def let_helpers_go(story: Story, *, by: Person, at: datetime) -> None:
    """Whoever wrote it down with the teller writes and sees no more. Raises NotYourStory."""
    if not rules.may_decide(by, story):
        raise NotYourStory
    _let_go([story], at=at)


@transaction.atomic
def let_helpers_go_for(teller: Person, *, by: Person, at: datetime) -> None:
    """A helper is not safe: the teller or any of the team sends all of them away. Raises NotYourStory."""
    if not rules.may_pause_for(by, teller):
        raise NotYourStory
    _let_go(list(Story.objects.told_by(teller)), at=at)


def _let_go(told: list[Story], *, at: datetime) -> None:
    """Who writes and who speaks for the teller goes at once; what they see stops at their next request."""
    circles = [story.helpers_id for story in told if story.helpers_id]
    Membership.objects.filter(circle__in=circles, left_at=None).update(left_at=at)
    Speaker.objects.filter(story__in=told, ended_at=None).update(ended_at=at)
    for story in told:
        ended.write(ended.HELPERS_GONE, story.uuid, at=at)
        log.info("helpers let go story=%s", story.pk)
