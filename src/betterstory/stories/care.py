"""What is owed to a teller, and done: fares and thanks first, and care after the telling.

Nothing here reads what the teller says yes to, and a yes reads nothing of this.
"""

import logging
import uuid
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime, timedelta

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from betterstory.people.models import Person
from betterstory.stories import acting
from betterstory.stories.models import Care, Story, Thanks
from betterstory.stories.refusals import NotYourStory, TakenBack
from betterstory.stories.sealing import CARE, THANKS, open_all, seal
from betterstory.ui.plain import plain_words
from betterstory.ui.refusal import Refusal

log = logging.getLogger(__name__)
DUE_AFTER = {Care.Kind.PRACTICAL: timedelta(days=7), Care.Kind.WHAT_CAME: timedelta(days=60)}


class SayWhat(Refusal):
    """Care that nobody can do is no care."""

    code, status = "say-what", 422
    words = _("Say in a few words what it is.")


@dataclass(frozen=True)
class ShownCare:
    """One thing owed, with its words for whoever may see them."""

    care: Care
    words: str
    name: str
    is_late: bool


def owe_after_telling(story: Story, *, at: datetime, kinds: Iterable[Care.Kind] = tuple(Care.Kind)) -> None:
    """From a telling on, one practical thing is owed within a week, and later word of what came of it."""
    on = timezone.localtime(at).date()
    for kind in kinds:
        Care.objects.get_or_create(
            story=story, kind=kind, defaults={"owed_since": at, "due_on": on + DUE_AFTER[kind]}
        )


@transaction.atomic
def take_on(care: Care, *, by: Person, words: str, due_on: date | None = None) -> Care:
    """Somebody says: I do this, by then. Raises NotYourStory, TakenBack or SayWhat."""
    care = Care.objects.select_for_update().select_related("story").get(pk=care.pk)
    if not acting.may_care(by, care.story):
        raise NotYourStory
    if care.story.destroyed_at:
        raise TakenBack
    if not (words := plain_words(words).strip()):
        raise SayWhat
    care.words_sealed = seal(words, key=care.story.key, name=CARE, row=care.uuid)
    care.owed_by = by
    if due_on is not None:
        care.due_on, care.late_since = due_on, None
    care.save(update_fields=["words_sealed", "owed_by", "due_on", "late_since"])
    log.info("care taken on care=%s by=%s", care.pk, by.pk)
    return care


@transaction.atomic
def done(care: Care, *, by: Person, on: date) -> None:
    """It was done: the teller says so, or whoever looks after tellers here. Raises NotYourStory."""
    if not acting.may_care(by, care.story):
        raise NotYourStory
    Care.objects.filter(pk=care.pk, done_on=None).update(done_on=on)
    log.info("care done care=%s by=%s", care.pk, by.pk)


@transaction.atomic
def not_done(care: Care, *, by: Person) -> None:
    """It was not done after all: only the teller can say so against somebody. Raises NotYourStory."""
    if not acting.may_decide(by, care.story):
        raise NotYourStory
    Care.objects.filter(pk=care.pk).update(done_on=None)
    log.info("care not done care=%s", care.pk)


def mark_late(*, on: date) -> int:
    """The daily round writes down what is past its day; says how many. Safe to run again."""
    open_still = Care.objects.filter(done_on=None, late_since=None, due_on__lt=on, story__destroyed_at=None)
    late = open_still.update(late_since=on)
    log.info("care late count=%s", late)
    return late


@transaction.atomic
def agree_thanks(story: Story, *, by: Person, words: str, at: datetime) -> Thanks:
    """Write down what was agreed about fares and thanks. Raises NotYourStory, TakenBack or SayWhat."""
    if not acting.may_care(by, story):
        raise NotYourStory
    if story.destroyed_at:
        raise TakenBack
    if not (words := plain_words(words).strip()):
        raise SayWhat
    thanks = Thanks.objects.select_for_update().filter(story=story).first()
    row = thanks.uuid if thanks else uuid.uuid4()
    sealed = seal(words, key=story.key, name=THANKS, row=row)
    facts = {"words_sealed": sealed, "agreed_at": at, "agreed_by": by}
    made, _new = Thanks.objects.update_or_create(
        story=story, defaults=facts, create_defaults={"uuid": row, **facts}
    )
    log.info("thanks agreed story=%s by=%s", story.pk, by.pk)
    return made


@transaction.atomic
def give_thanks(thanks: Thanks, *, by: Person, on: date) -> None:
    """The fares and thanks were given. Raises NotYourStory."""
    if not acting.may_care(by, thanks.story):
        raise NotYourStory
    Thanks.objects.filter(pk=thanks.pk, given_on=None).update(given_on=on)
    log.info("thanks given story=%s by=%s", thanks.story_id, by.pk)


def thanks_words(story: Story, *, viewer: Person) -> str:
    """What was agreed, for whoever may see it; else nothing."""
    thanks: Thanks | None = getattr(story, "thanks", None)
    if thanks is None or not thanks.words_sealed or not acting.may_care(viewer, story):
        return ""
    return open_all([(thanks.words_sealed, THANKS, thanks.uuid)])[0]


def owed(cares: Iterable[Care], *, viewer: Person, on: date) -> list[ShownCare]:
    """Each thing owed that this person may see, opened.

    Fetch with `select_related("story__teller", "owed_by")`.
    """
    seen = [care for care in cares if acting.may_care(viewer, care.story) and not care.story.destroyed_at]
    said = [care for care in seen if care.words_sealed]
    words = open_all([(care.words_sealed, CARE, care.uuid) for care in said])
    by_id = dict(zip((care.pk for care in said), words, strict=True))
    return [
        ShownCare(
            care, by_id.get(care.pk, ""), care.story.teller.name, care.done_on is None and care.due_on < on
        )
        for care in seen
    ]
