"""What a teller says yes to, stops, pauses and takes back. Every change to a yes is one of these verbs."""

import logging
from collections.abc import Iterable
from datetime import date, datetime, time, timedelta

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from betterstory.people import keys
from betterstory.people.models import Body, Circle, Person
from betterstory.stories import carrying, ended, leaving, others, rules, sealed_files
from betterstory.stories.models import (
    Audience,
    CameOf,
    Coding,
    Consent,
    Form,
    Gap,
    Named,
    Other,
    Piece,
    ReadThrough,
    Step,
    Story,
    Use,
    Version,
)
from betterstory.stories.pausing import (
    ShutForNow,
    TheOtherPaused,
    known_again,
    let_helpers_go,
    let_helpers_go_for,
    open_again,
    pause,
    pause_all,
    pause_for,
    tell_together,
    unpause,
)
from betterstory.stories.redacting.rules import needs_reading
from betterstory.stories.safeguarding import held
from betterstory.stories.seeing import note_seen, note_seen_each
from betterstory.stories.stopping import stop_for_circle
from betterstory.stories.verbs import NotYourStory, TakenBack
from betterstory.ui.refusal import Refusal

__all__ = [
    "destroy",
    "destroy_those_due",
    "known_again",
    "let_helpers_go",
    "let_helpers_go_for",
    "note_seen",
    "note_seen_each",
    "open_again",
    "pause",
    "pause_all",
    "pause_for",
    "say_yes",
    "say_yes_too",
    "stop",
    "stop_everything",
    "stop_for_circle",
    "take_back",
    "tell_together",
    "undo_take_back",
    "unpause",
]

log = logging.getLogger(__name__)
LONGEST_YES = timedelta(days=366)  # a year of days, to the last one's midnight, clocks going back included
COOLING_OFF = timedelta(hours=48)
UNDO_DAYS = 7
AFTER_A_GATHERING = timedelta(days=30)
AT_THE_GATHERING = (Use.READ_ALOUD, Use.IN_ROOM)  # they end with it, thirty days on


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
    bodies: Iterable[Body] | None = None,
    piece: Piece | None = None,
    form: Form = Form.CHOSEN_NAME,
    asked_by: Person | None = None,
    others_looked_at: bool = False,
    waits_for: Person | None = None,
) -> Consent:
    """One yes: one use, one audience, one form, one version, until a date. Public ones begin after 48 hours.

    A yes for the partnership names its bodies: these, or all there are now; a body that joins later is not
    covered. Of a story told by two it waits for the other. Raises NotYourStory, ShutForNow, TakenBack,
    ReadBackFirst, TooLongAYes, ForWhom, ReadEveryLine or AChildIsNamed.
    """
    story = Story.objects.select_for_update().get(pk=version.story_id)
    if not rules.may_decide(by, story):
        raise NotYourStory
    if story.held_at:
        raise ShutForNow
    if story.taken_back_at:
        raise TakenBack
    if version.agreed_at is None or (piece is not None and piece.version_id != version.pk):
        raise ReadBackFirst
    audience = audience if circle is None else Audience.CIRCLE
    if (audience == Audience.CIRCLE) != (circle is not None) or (use == Use.WEB) > (
        audience == Audience.PUBLIC
    ):
        raise ForWhom
    begins = at + COOLING_OFF if audience == Audience.PUBLIC else at
    until = _with_the_gathering(until, use, circle)
    if not begins < until <= at + LONGEST_YES:
        raise TooLongAYes
    if circle is None and needs_reading(version, audience):
        raise ReadEveryLine
    if use != Use.COUNT:
        others.check_no_child_is_named(version, piece)
    yes = Consent.objects.create(
        version=version,
        piece=piece,
        use=use,
        audience=audience,
        circle=circle,
        waits_for=waits_for or story.other_teller(by),
        others_looked_at=others_looked_at,
        form=form,
        asked_by=asked_by,
        given_at=at,
        begins_at=begins,
        until=until,
    )
    if audience == Audience.PARTNERSHIP:
        yes.bodies.set(Body.objects.filter(followed_by=None) if bodies is None else bodies)
    log.info("yes said story=%s consent=%s use=%s", story.pk, yes.pk, use)
    return yes


def _with_the_gathering(until: datetime, use: Use, circle: Circle | None) -> datetime:
    """What is read out or put up at a gathering ends thirty days after it, at midnight here."""
    if use not in AT_THE_GATHERING or circle is None or circle.meets_on is None:
        return until
    return min(until, midnight_after(circle.meets_on + AFTER_A_GATHERING))


def midnight_after(day: date) -> datetime:
    """The end of a day, here: an hour more or less where the clocks change."""
    return timezone.make_aware(datetime.combine(day + timedelta(days=1), time.min))


@transaction.atomic
def say_yes_too(yes: Consent, *, by: Person, at: datetime) -> None:
    """The one a yes waits for says it too; one for anyone begins two days from now. Raises as `say_yes`."""
    yes = Consent.objects.select_for_update().select_related("version__story").get(pk=yes.pk)
    if yes.waits_for_id != by.pk or not rules.may_decide(by, yes.version.story):
        raise NotYourStory
    if yes.version.story.held_at:
        raise ShutForNow
    if yes.audience == Audience.PUBLIC:
        yes.begins_at = max(yes.begins_at, at + COOLING_OFF)
    yes.waits_for = None
    yes.save(update_fields=["waits_for", "begins_at"])
    log.info("yes said by both consent=%s", yes.pk)


@transaction.atomic
def stop(yes: Consent, *, by: Person, at: datetime) -> None:
    """End one yes. It holds at the next request. Raises NotYourStory."""
    if not rules.may_decide(by, yes.version.story):
        raise NotYourStory
    Consent.objects.filter(pk=yes.pk, ended_at=None).update(ended_at=at)
    ended.write(ended.YES, yes.uuid, at=at)
    leaving.ask_back(yes.version.story, at=at)
    log.info("yes stopped consent=%s", yes.pk)


@transaction.atomic
def stop_everything(story: Story, *, by: Person, at: datetime) -> None:
    """End every yes; the story stays, for its teller alone. Raises NotYourStory."""
    if not rules.may_decide(by, story):
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
    if not rules.may_decide(by, story):
        raise NotYourStory
    if for_good_now and story.held_at:
        raise ShutForNow
    _end_all(story, at=at)
    ended.write(ended.TAKEN_BACK, story.uuid, at=at)
    story.taken_back_at = story.taken_back_at or at
    story.taken_back_by = story.taken_back_by or by
    story.save(update_fields=["taken_back_at", "taken_back_by"])
    leaving.ask_back(story, at=at)
    log.info("story taken back story=%s", story.pk)
    if for_good_now and not story.second_teller_id:
        destroy(story, at=at)


@transaction.atomic
def undo_take_back(story: Story, *, by: Person, at: datetime) -> None:
    """Have the words back, with every door shut. Raises NotYourStory, or TakenBack once they are gone."""
    if not rules.may_decide(by, story):
        raise NotYourStory
    if story.held_at:
        raise ShutForNow
    if story.destroyed_at:
        raise TakenBack
    if story.second_teller_id and story.taken_back_by_id not in (None, by.pk):
        raise TheOtherPaused
    story.taken_back_at = story.taken_back_by = None
    story.save(update_fields=["taken_back_at", "taken_back_by"])
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
