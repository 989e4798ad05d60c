"""Stopping one yes or all of them, taking a story back, and destroying it. `consenting` names these too."""

import logging
from datetime import datetime, timedelta

from django.db import transaction

from betterstory.people import keys
from betterstory.people.models import Person
from betterstory.stories import acting, carrying, ended, leaves, leaving, sealed_files, shutting
from betterstory.stories.models import (
    CameOf,
    Coding,
    Consent,
    Gap,
    Named,
    Other,
    Piece,
    ReadThrough,
    Shut,
    Step,
    Story,
)
from betterstory.stories.pausing import ShutForNow, TheOtherPaused
from betterstory.stories.refusals import NotYourStory, TakenBack
from betterstory.stories.safeguarding import held

log = logging.getLogger(__name__)
UNDO_DAYS = 7


@transaction.atomic
def stop(yes: Consent, *, by: Person, at: datetime) -> None:
    """End one yes. It holds at the next request. Raises NotYourStory."""
    if not acting.may_decide(by, yes.version.story):
        raise NotYourStory
    Consent.objects.filter(pk=yes.pk, ended_at=None).update(ended_at=at)
    ended.write(ended.YES, yes.uuid, at=at)
    leaving.ask_back(yes.version.story, at=at)
    log.info("yes stopped consent=%s", yes.pk)


@transaction.atomic
def stop_everything(story: Story, *, by: Person, at: datetime) -> None:
    """End every yes; the story stays, for its teller alone. Raises NotYourStory."""
    if not acting.may_decide(by, story):
        raise NotYourStory
    _end_all(story, at=at)
    leaving.ask_back(story, at=at)
    log.info("every yes stopped story=%s", story.pk)


@transaction.atomic
def take_back(story: Story, *, by: Person, at: datetime, for_good_now: bool = False) -> None:
    """Take the whole story back: quiet at once, undone within 7 days if the teller wishes, then gone.

    With `for_good_now` its key is destroyed on commit, and nobody can read it any more, in old copies either;
    under a legal hold it is quiet just the same, and goes the day the hold is over. Of a story told by two
    the seven days stay, so that the other can keep a copy. Raises NotYourStory, and ShutForNow where a card
    that may be found asks to destroy it at once.
    """
    if not acting.may_decide(by, story):
        raise NotYourStory
    if for_good_now and story.held_at:
        raise ShutForNow
    _end_all(story, at=at)
    ended.write(ended.TAKEN_BACK, story.uuid, at=at, who=by.uuid)
    story.taken_back_at = story.taken_back_at or at
    story.taken_back_by = story.taken_back_by or by
    story.save(update_fields=["taken_back_at", "taken_back_by"])
    mine = Shut.objects.filter(pk=shutting.row_of(story, by).pk, taken_back_at=None)
    mine.update(taken_back_at=at)
    leaving.ask_back(story, at=at)
    log.info("story taken back story=%s", story.pk)
    if for_good_now and not story.second_teller_id:
        destroy(story, at=at)


@transaction.atomic
def undo_take_back(story: Story, *, by: Person, at: datetime) -> bool:
    """Have the words back, with every door shut. Says whether: the other one may have taken them back too.

    Raises NotYourStory, or TakenBack once they are gone.
    """
    if not acting.may_decide(by, story):
        raise NotYourStory
    if story.held_at:
        raise ShutForNow
    if story.destroyed_at:
        raise TakenBack
    took = Shut.objects.exclude(taken_back_at=None).filter(story=shutting.locked(story))
    if not took.filter(teller=by).update(taken_back_at=None) and story.taken_back_by_id not in (None, by.pk):
        raise TheOtherPaused
    if (other := took.select_related("teller").first()) is not None:
        # the week goes on from the day it was first taken back
        Story.objects.filter(pk=story.pk).update(taken_back_by=other.teller)
        return False
    story.taken_back_at = story.taken_back_by = None
    story.save(update_fields=["taken_back_at", "taken_back_by"])
    held.want_back(story)
    ended.write(ended.HAD_BACK, story.uuid, at=at)
    log.info("taking back undone story=%s", story.pk)
    return True


@transaction.atomic
def destroy(story: Story, *, at: datetime) -> bool:
    """Wipe the sealed words and destroy their key. The daily round calls this 7 days after taking back.

    Under a legal hold nothing is destroyed yet, and the answer is no: it goes the day the hold is over.
    """
    if held.is_held(story, at):
        held.want_gone(story, at)
        ended.write(ended.WANTED_GONE, story.uuid, at=at)
        log.info("destroying waits for a hold story=%s", story.pk)
        return False
    story.destroyed_at = story.destroyed_at or at
    story.title_sealed = story.name_sealed = b""
    story.save(update_fields=["destroyed_at", "title_sealed", "name_sealed"])
    story.versions.update(text_sealed=b"")
    Piece.objects.filter(version__story=story).update(words_sealed=b"")
    Step.objects.filter(version__story=story).update(when_sealed=b"", shape_sealed=b"")
    Gap.objects.filter(version__story=story).update(shape_sealed=b"")
    carrying.wipe_beside(story)
    leaves.throw_away(story)
    Named.objects.filter(story=story).delete()
    ReadThrough.objects.filter(version__story=story).delete()
    Coding.objects.filter(piece__version__story=story).delete()  # what others read in it says much of it
    CameOf.objects.filter(yes__version__story=story).update(words_sealed=b"")
    Other.objects.filter(story=story).update(name_sealed=b"")
    ended.write(ended.DESTROYED, story.uuid, at=at, key=story.key)
    key = story.key
    # robust: a key that stays by mischance is looked for again by the daily round
    transaction.on_commit(lambda: keys.keyring().destroy(key), robust=True)
    transaction.on_commit(lambda: sealed_files.remove_all(story), robust=True)
    log.info("story destroyed story=%s", story.pk)
    return True


def destroy_those_due(*, at: datetime) -> int:
    """Destroy every story taken back more than 7 days ago and not held; says how many. Safe to run again."""
    due = held.due(at, taken_back_before=at - timedelta(days=UNDO_DAYS))
    gone = sum(destroy_if_due(pk, at=at) for pk in list(due.values_list("pk", flat=True)))
    wipe_again(at=at)
    for key in Story.objects.exclude(destroyed_at=None).values_list("key", flat=True):
        if keys.keyring().holds(key):
            keys.keyring().destroy(key)
    return gone


def wipe_again(*, at: datetime) -> int:
    """Wipe what an older copy of the database brought back of stories destroyed since; says how many."""
    back = Story.objects.exclude(destroyed_at=None).exclude(title_sealed=b"")
    for story in back:
        destroy(story, at=at)
    return len(back)


@transaction.atomic
def destroy_if_due(pk: int, *, at: datetime) -> bool:
    """Asked again under a lock: its teller may have had it back a moment ago."""
    due = held.due(at, taken_back_before=at - timedelta(days=UNDO_DAYS)).select_for_update()
    story = due.filter(pk=pk).first()
    return story is not None and destroy(story, at=at)


def _end_all(story: Story, *, at: datetime) -> None:
    """End every yes of a story, each written down outside the database too."""
    open_still = Consent.objects.filter(version__story=story, ended_at=None)
    for row in open_still.values_list("uuid", flat=True):
        ended.write(ended.YES, row, at=at)
    open_still.update(ended_at=at)
