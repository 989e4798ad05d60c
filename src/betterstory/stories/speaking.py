"""A chosen helper acts for the teller, by phone or face to face; it is read back by the other channel."""

import logging
from datetime import datetime
from typing import Any

from django.db import transaction
from django.db.models import QuerySet
from django.utils.translation import gettext_lazy as _

from betterstory.people.models import Person
from betterstory.stories import acting, consenting
from betterstory.stories.models import Act, Channel, Consent, Speaker, Story, Version
from betterstory.stories.verbs import NotYourStory
from betterstory.ui.refusal import Refusal

log = logging.getLogger(__name__)


class NotTheirSpeaker(Refusal):
    """The teller did not choose this person to act for them."""

    code, status = "not-their-speaker", 403
    words = _("The teller has not chosen you to act for them. You can pause it for them.")


class TheOtherWay(Refusal):
    """Read back as it was said: nobody would notice a voice that only sounds like theirs."""

    code, status = "the-other-way", 422
    words = _("What was said by phone is read back face to face. Or the other way round, by somebody else.")


@transaction.atomic
def choose(story: Story, *, by: Person, speaker: Person, at: datetime) -> Speaker:
    """One teller chooses somebody to act for them. Raises NotYourStory."""
    if not acting.may_open(by, story) or speaker.pk in story.teller_ids:
        raise NotYourStory
    made, _new = Speaker.objects.get_or_create(
        story=story, chosen_by=by, person=speaker, ended_at=None, defaults={"chosen_at": at}
    )
    log.info("speaker chosen story=%s person=%s", story.pk, speaker.pk)
    return made


@transaction.atomic
def act_for(
    story: Story,
    *,
    by: Person,
    kind: Act.Kind,
    how: Channel,
    at: datetime,
    teller: Person | None = None,
    yes: Consent | None = None,
    version: Version | None = None,
    **said: Any,
) -> Act:
    """Do one thing a teller asked for; logged as by one person for another.

    Of two tellers `teller` says which one asked; without it, the first. What shuts a door holds at once.
    A yes said this way opens nothing until it was read back to whoever asked, and is right.
    Raises NotTheirSpeaker, and as the verb of `consenting` does.
    """
    teller = teller or story.teller
    if not acting.may_speak_for(by, story, teller):
        raise NotTheirSpeaker
    match kind:
        case Act.Kind.SAY_YES if version is not None and version.story_id == story.pk:
            yes = consenting.say_yes(version, by=teller, at=at, waits_for=teller, asked_by=by, **said)
        case Act.Kind.STOP if yes is not None and yes.version.story_id == story.pk:
            consenting.stop(yes, by=teller, at=at)
        case Act.Kind.STOP_EVERYTHING:
            consenting.stop_everything(story, by=teller, at=at)
        case Act.Kind.PAUSE:
            consenting.pause(story, by=teller, at=at)
        case Act.Kind.TAKE_BACK:
            consenting.take_back(story, by=teller, at=at)
        case _:
            raise NotTheirSpeaker
    act = Act.objects.create(story=story, kind=kind, yes=yes, by=by, teller=teller, how=how, at=at)
    log.info("done for the teller act=%s story=%s by=%s", act.pk, story.pk, by.pk)
    return act


@transaction.atomic
def read_back(act: Act, *, by: Person, how: Channel, right: bool, at: datetime) -> None:
    """Read an act back to the teller: by another person of the team, by the other channel.

    Right: a yes begins to hold, or waits for the other teller. Not right: that yes ends, and everything is
    paused. Raises NotYourStory or TheOtherWay.
    """
    if not acting.is_team(by):
        raise NotYourStory
    if how != act.other_channel or by.pk == act.by_id:
        raise TheOtherWay
    act.read_back_at, act.read_back_by, act.was_right = at, by, right
    act.save(update_fields=["read_back_at", "read_back_by", "was_right"])
    if not right:
        if act.kind == Act.Kind.SAY_YES and act.yes is not None:
            consenting.stop(act.yes, by=act.teller, at=at)
        consenting.pause(act.story, by=act.teller, at=at)
    elif act.kind == Act.Kind.SAY_YES and act.yes is not None:
        consenting.say_yes_too(act.yes, by=act.teller, at=at)
        if (other := act.story.other_teller(act.teller)) is not None:
            Consent.objects.filter(pk=act.yes.pk).update(waits_for=other)
    log.info("read back act=%s right=%s by=%s", act.pk, right, by.pk)


def to_read_back(person: Person) -> QuerySet[Act]:
    """What others did for tellers and nobody has read back yet."""
    waiting = Act.objects.filter(read_back_at=None, story__destroyed_at=None)
    return waiting.exclude(by=person).select_related("teller", "by", "yes__circle").order_by("at")
