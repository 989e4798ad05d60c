"""What a teller says yes to, stops, pauses and takes back. Every change to a yes is one of these verbs."""

import logging
from collections.abc import Iterable
from datetime import date, datetime, timedelta

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from betterstory.people import keys
from betterstory.people.models import Circle, Membership, Person
from betterstory.stories import carrying, ended, rules, sealed_files
from betterstory.stories.models import (
    Audience,
    Coding,
    Consent,
    Form,
    Gap,
    Named,
    Piece,
    ReadThrough,
    Seen,
    Step,
    Story,
    Use,
    Version,
)
from betterstory.stories.redacting.rules import needs_reading
from betterstory.stories.safeguarding import held
from betterstory.stories.verbs import NotYourStory, TakenBack
from betterstory.ui.refusal import Refusal

log = logging.getLogger(__name__)
LONGEST_YES = timedelta(days=366)  # a year of days, to the last one's midnight, clocks going back included
COOLING_OFF = timedelta(hours=48)
UNDO_DAYS = 7


class ReadBackFirst(Refusal):
    """A yes is for words that were read back and agreed."""

    code, status = "read-back-first", 422
    words = _("Read it back first, and say that it is right. Then you can choose who may see it.")


class TooLongAYes(Refusal):
    """A yes ends within a year, and after it began."""

    code, status = "too-long-a-yes", 422
    words = _("A yes lasts a year at most, and one for anyone begins after two days. Choose another day.")


class ReadEveryLine(Refusal):
    """What goes out to anyone was read by a person, line by line, since its last word was changed."""

    code, status = "read-every-line", 422
    words = _("Read every line first, and take out what gives people away. Then you can say yes to this.")


class ForWhom(Refusal):
    """A yes needs somebody it is for."""

    code, status = "for-whom", 422
    words = _("Choose who it is for.")


@transaction.atomic
def say_yes(
    version: Version,
    *,
    by: Person,
    use: Use,
    at: datetime,
    until: datetime,
    circle: Circle | None = None,
    audience: Audience = Audience.CIRCLE,
    piece: Piece | None = None,
    form: Form = Form.CHOSEN_NAME,
    asked_by: Person | None = None,
) -> Consent:
    """One yes: one use, one audience, one form, one version, until a date. Public ones begin after 48 hours.

    Raises NotYourStory, TakenBack, ReadBackFirst, TooLongAYes, ForWhom or ReadEveryLine.
    """
    story = Story.objects.select_for_update().get(pk=version.story_id)
    if not rules.may_decide(by, story):
        raise NotYourStory
    if story.taken_back_at:
        raise TakenBack
    if version.agreed_at is None or (piece is not None and piece.version_id != version.pk):
        raise ReadBackFirst
    begins = at + COOLING_OFF if audience == Audience.PUBLIC and circle is None else at
    if not begins < until <= at + LONGEST_YES:
        raise TooLongAYes
    if circle is None and audience == Audience.CIRCLE:
        raise ForWhom
    if circle is None and needs_reading(version, audience):
        raise ReadEveryLine
    yes = Consent.objects.create(
        version=version,
        piece=piece,
        use=use,
        audience=audience if circle is None else Audience.CIRCLE,
        circle=circle,
        form=form,
        asked_by=asked_by,
        given_at=at,
        begins_at=begins,
        until=until,
    )
    log.info("yes said story=%s consent=%s use=%s", story.pk, yes.pk, use)
    return yes


@transaction.atomic
def stop(yes: Consent, *, by: Person, at: datetime) -> None:
    """End one yes. It holds at the next request. Raises NotYourStory."""
    if not rules.may_decide(by, yes.version.story):
        raise NotYourStory
    Consent.objects.filter(pk=yes.pk, ended_at=None).update(ended_at=at)
    ended.write(ended.YES, yes.uuid, at=at)
    log.info("yes stopped consent=%s", yes.pk)


@transaction.atomic
def stop_everything(story: Story, *, by: Person, at: datetime) -> None:
    """End every yes; the story stays, for its teller alone. Raises NotYourStory."""
    if not rules.may_decide(by, story):
        raise NotYourStory
    _end_all(story, at=at)
    log.info("every yes stopped story=%s", story.pk)


@transaction.atomic
def pause(story: Story, *, by: Person, at: datetime) -> None:
    """Shut every door at once and throw nothing away. Raises NotYourStory."""
    if not rules.may_decide(by, story):
        raise NotYourStory
    Story.objects.filter(pk=story.pk, paused_at=None).update(paused_at=at, paused_by=by)
    ended.write(ended.PAUSED, story.uuid, at=at)
    story.refresh_from_db(fields=["paused_at"])
    log.info("story paused story=%s", story.pk)


@transaction.atomic
def pause_for(teller: Person, *, by: Person, at: datetime) -> None:
    """Shut every door of everything somebody told: after a call on a bad day. Raises NotYourStory."""
    if not rules.may_pause_for(by, teller):
        raise NotYourStory
    open_still = Story.objects.filter(teller=teller, paused_at=None)
    for row in open_still.values_list("uuid", flat=True):
        ended.write(ended.PAUSED, row, at=at)
    open_still.update(paused_at=at, paused_by=by)
    log.info("everything paused teller=%s by=%s", teller.pk, by.pk)


@transaction.atomic
def unpause(story: Story, *, by: Person, at: datetime) -> None:
    """Open the doors again that were open before. Only the teller can. Raises NotYourStory."""
    if not rules.may_decide(by, story):
        raise NotYourStory
    story.paused_at = story.paused_by = None
    story.save(update_fields=["paused_at", "paused_by"])
    ended.write(ended.OPENED_AGAIN, story.uuid, at=at)
    log.info("story unpaused story=%s", story.pk)


@transaction.atomic
def take_back(story: Story, *, by: Person, at: datetime, for_good_now: bool = False) -> None:
    """Take the whole story back: quiet at once, undone within 7 days if the teller wishes, then gone.

    With `for_good_now` its key is destroyed on commit, and nobody can read it any more, in old copies either;
    under a legal hold it is quiet just the same, and goes the day the hold is over.
    Raises NotYourStory.
    """
    if not rules.may_decide(by, story):
        raise NotYourStory
    _end_all(story, at=at)
    ended.write(ended.TAKEN_BACK, story.uuid, at=at)
    story.taken_back_at = story.taken_back_at or at
    story.save(update_fields=["taken_back_at"])
    log.info("story taken back story=%s", story.pk)
    if for_good_now:
        destroy(story, at=at)


@transaction.atomic
def undo_take_back(story: Story, *, by: Person, at: datetime) -> None:
    """Have the words back, with every door shut. Raises NotYourStory, or TakenBack once they are gone."""
    if not rules.may_decide(by, story):
        raise NotYourStory
    if story.destroyed_at:
        raise TakenBack
    story.taken_back_at = None
    story.save(update_fields=["taken_back_at"])
    held.want_back(story)
    ended.write(ended.HAD_BACK, story.uuid, at=at)
    log.info("taking back undone story=%s", story.pk)


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
    Named.objects.filter(story=story).delete()
    ReadThrough.objects.filter(version__story=story).delete()
    Coding.objects.filter(piece__version__story=story).delete()  # what others read in it says much of it
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


@transaction.atomic
def let_helpers_go(story: Story, *, by: Person, at: datetime) -> None:
    """Whoever wrote it down with the teller writes and sees no more. Raises NotYourStory."""
    if not rules.may_decide(by, story):
        raise NotYourStory
    Membership.objects.filter(circle=story.helpers_id, left_at=None).update(left_at=at)
    log.info("helpers let go story=%s", story.pk)


def note_seen(
    version: Version, *, use: Use, on: date, person: Person | None = None, circle: Circle | None = None
) -> None:
    """Write down who saw it: once a day for each viewer. The teller's own looking is not noted."""
    note_seen_each([version], use=use, on=on, person=person, circle=circle)


def note_seen_each(
    versions: Iterable[Version],
    *,
    use: Use,
    on: date,
    person: Person | None = None,
    circle: Circle | None = None,
) -> None:
    """The same for several at once, in one query. Fetch versions with `select_related("story")`."""
    looks = [
        Seen(version=version, story=version.story, use=use, person=person, circle=circle, on=on)
        for version in versions
        if person is None or person.pk != version.story.teller_id
    ]
    if looks:
        Seen.objects.bulk_create(looks, ignore_conflicts=True)
