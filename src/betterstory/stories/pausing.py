"""Shutting every door for a while, opening them again, and who stands at the door with the teller."""

import logging
from datetime import date, datetime

from django.db import transaction
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from betterstory.people.models import Membership, Person
from betterstory.stories import acting, checking, ended, shutting
from betterstory.stories.models import Consent, Shut, Speaker, Story
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
    """Shut every door at once and throw nothing away: until this teller opens it, or the day they set.

    Raises NotYourStory. What the team paused stays the team's pause.
    """
    if not acting.may_decide(by, story):
        raise NotYourStory
    shutting.locked(story)
    mine = shutting.row_of(story, by)
    if not mine.paused_by_team:
        mine.paused_at, mine.paused_by, mine.opens_on = mine.paused_at or at, by, opens_on
        mine.save(update_fields=["paused_at", "paused_by", "opens_on"])
    ended.write(ended.PAUSED, story.uuid, at=at, who=by.uuid)
    shutting.reckon(story)
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
    if not acting.may_pause_for(by, teller):
        raise NotYourStory
    told = list(Story.objects.told_by(teller).order_by("pk"))
    for story in told:
        if by.pk == teller.pk:
            pause(story, by=by, at=at)
        else:
            _pause_by_team(story, teller, by=by, at=at)
    log.info("everything paused teller=%s by=%s", teller.pk, by.pk)
    return len(told)


def _pause_by_team(story: Story, teller: Person, *, by: Person, at: datetime) -> None:
    """Whatever the teller had shut themselves, the team's pause takes its place: something happened since."""
    shutting.locked(story)
    theirs = shutting.row_of(story, teller)
    if theirs.paused_by_team:
        return
    theirs.paused_at, theirs.paused_by = theirs.paused_at or at, by
    theirs.paused_by_team, theirs.opens_on = True, None
    theirs.save(update_fields=["paused_at", "paused_by", "paused_by_team", "opens_on"])
    ended.write(ended.PAUSED_BY_TEAM, story.uuid, at=at, who=teller.uuid)
    shutting.reckon(story)


@transaction.atomic
def unpause(story: Story, *, by: Person, at: datetime, word: str = "") -> bool:
    """Open what this teller shut. Says whether it is open now: the other one may have shut it too.

    After a pause by the team a card alone is not enough: their second word, or two of the team who met them.
    Raises NotYourStory, TheOtherPaused, NotKnown or ShutForNow.
    """
    if not acting.may_decide(by, story):
        raise NotYourStory
    story = shutting.locked(story)
    if story.held_at:
        raise ShutForNow
    mine = shutting.row_of(story, by)
    if story.paused_at and not mine.paused_at:
        raise TheOtherPaused
    if mine.paused_by_team:
        checking.check(by, word=word, at=at)
        checking.meetings_are_used(by, at=at)
    open_again(story, teller=by, at=at)
    return story.paused_at is None


@transaction.atomic
def open_again(story: Story, *, teller: Person, at: datetime) -> None:
    """What this teller shut is open; nobody's leave is asked here."""
    shutting.locked(story)
    shutting.open_pause(shutting.row_of(story, teller))
    shutting.reckon(story)
    ended.write(ended.OPENED_AGAIN, story.uuid, at=at, who=teller.uuid)
    log.info("story unpaused story=%s", story.pk)


@transaction.atomic
def known_again(teller: Person, *, at: datetime, word: str = "") -> None:
    """It was checked: the teller sees their own again, and what the team paused is open. Raises NotKnown."""
    checking.check(teller, word=word, at=at)
    shut = Q(paused_by_team=True) | ~Q(held_at=None)
    for row in Shut.objects.filter(shut, teller=teller).select_related("story").order_by("story"):
        story = shutting.locked(row.story)
        if row.held_at:
            ended.write(ended.KNOWN_AGAIN, story.uuid, at=at, who=teller.uuid)
        # what a found card took back was nobody's wish yet: the seven days to think begin now
        if Story.objects.filter(held.BY_A_FOUND_CARD, pk=story.pk).update(taken_back_at=at):
            ended.write(ended.TAKEN_BACK, story.uuid, at=at)
        row.held_at = None
        row.save(update_fields=["held_at"])
        if row.paused_by_team:
            open_again(story, teller=teller, at=at)
        shutting.reckon(story)
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
    if not acting.may_decide(by, story):
        raise NotYourStory
    _let_go([story], at=at)


@transaction.atomic
def let_helpers_go_for(teller: Person, *, by: Person, at: datetime) -> None:
    """A helper is not safe: the teller or any of the team sends all of them away. Raises NotYourStory."""
    if not acting.may_pause_for(by, teller):
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
