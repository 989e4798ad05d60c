"""What a teller says yes to, stops, pauses and takes back. Every change to a yes is one of these verbs."""

import logging
from collections.abc import Iterable
from datetime import date, datetime, time, timedelta

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from betterstory.people.models import Body, Circle, Person
from betterstory.stories import acting, others
from betterstory.stories.models import Audience, Consent, Form, Piece, Story, Use, Version
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
from betterstory.stories.refusals import NotYourStory, TakenBack
from betterstory.stories.seeing import note_seen, note_seen_each
from betterstory.stories.stopping import stop_for_circle
from betterstory.stories.taking_back import (
    UNDO_DAYS,
    destroy,
    destroy_if_due,
    destroy_those_due,
    stop,
    stop_everything,
    take_back,
    undo_take_back,
    wipe_again,
)
from betterstory.ui.refusal import Refusal

__all__ = [
    "UNDO_DAYS",
    "NotYourStory",
    "ShutForNow",
    "TakenBack",
    "TheOtherPaused",
    "destroy",
    "destroy_if_due",
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
    "wipe_again",
]

log = logging.getLogger(__name__)
LONGEST_YES = timedelta(days=366)  # a year of days, to the last one's midnight, clocks going back included
COOLING_OFF = timedelta(hours=48)
AFTER_A_GATHERING = timedelta(days=30)
AT_THE_GATHERING = (Use.READ_ALOUD, Use.IN_ROOM, Use.HEAR)  # they end with it, thirty days on


class ReadBackFirst(Refusal):
    """A yes is for words that were read back and agreed."""

    code, status = "read-back-first", 422
    words = _("Read it back first, and say that it is right. Then you can choose who may see it.")


class TooLongAYes(Refusal):
    """A yes ends within a year, and after it began."""

    code, status = "too-long-a-yes", 422
    words = _("A yes lasts a year at most, and one for anyone begins after two days. Choose another day.")


class ReadEveryLine(Refusal):
    """What goes out to anyone, or in a report, was read by a person, line by line, as it stands now."""

    code, status = "read-every-line", 422
    words = _("Read every line first, and take out what gives people away. Then you can say yes to this.")


class AVoiceForACircle(Refusal):
    """A recording is heard whole, and by people of one circle."""

    code, status = "a-voice-for-a-circle", 422
    words = _("A voice is known at once. Choose all of it, and one circle that may hear it.")


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
    ReadBackFirst, TooLongAYes, ForWhom, AVoiceForACircle, ReadEveryLine or AChildIsNamed.
    """
    story = Story.objects.select_for_update().get(pk=version.story_id)
    if not acting.may_decide(by, story):
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
    if use == Use.HEAR and (circle is None or piece is not None):
        raise AVoiceForACircle
    begins = at + COOLING_OFF if audience == Audience.PUBLIC else at
    until = _with_the_gathering(until, use, circle)
    if not begins < until <= at + LONGEST_YES:
        raise TooLongAYes
    if needs_reading(version, audience, use):
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
    """What is read out, played or put up at a gathering ends thirty days after it, at midnight here."""
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
    if yes.waits_for_id != by.pk or not acting.may_decide(by, yes.version.story):
        raise NotYourStory
    if yes.version.story.held_at:
        raise ShutForNow
    if yes.audience == Audience.PUBLIC:
        yes.begins_at = max(yes.begins_at, at + COOLING_OFF)
    yes.waits_for = None
    yes.save(update_fields=["waits_for", "begins_at"])
    log.info("yes said by both consent=%s", yes.pk)
