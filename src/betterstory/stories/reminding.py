"""What happens by itself: asking before a yes ends, a day the teller set, and what they wished beforehand."""

import logging
from collections.abc import Iterable
from datetime import datetime, timedelta

from django.conf import settings
from django.core.mail import send_mail
from django.db import transaction
from django.db.models import Q, QuerySet
from django.template.loader import render_to_string
from django.utils import timezone
from django.utils.translation import gettext as _

from betterstory.people.models import Person
from betterstory.stories import acting, consenting
from betterstory.stories.models import Consent, IfLost, Shut, Story
from betterstory.stories.verbs import NotYourStory

log = logging.getLogger(__name__)
ASKED_BEFORE = timedelta(days=14)
SILENCE = timedelta(days=28)  # between the team's pause and what the teller wished beforehand


def ends_soon(*, at: datetime) -> QuerySet[Consent]:
    """Yeses that end within two weeks, of stories that are not shut. Silence means that they end.

    One that waits for the other teller opens nothing yet, and one whose circle is over opens nothing more.
    """
    soon = {"until__gt": at, "until__lte": at + ASKED_BEFORE}
    open_still = Consent.objects.filter(ended_at=None, waits_for=None, **soon)
    shut = Q(version__story__taken_back_at=None, version__story__destroyed_at=None)
    over = {"circle__ends_on__lt": timezone.localtime(at).date()}
    return (
        open_still.filter(shut)
        .exclude(**over)
        .select_related("version__story__teller", "version__story__second_teller", "circle")
    )


def tellers_to_ask(*, at: datetime) -> dict[Person, datetime]:
    """Who is to be asked whether something of theirs may go on, and when the first of it ends."""
    first: dict[Person, datetime] = {}
    for yes in ends_soon(at=at).order_by("until"):
        for teller in (yes.version.story.teller, yes.version.story.second_teller):
            if teller is not None:
                first.setdefault(teller, yes.until)
    return first


def ask_before_they_end(*, at: datetime) -> int:
    """Write to tellers with an address, once for each yes; the letter holds no word of a story."""
    due = list(ends_soon(at=at).filter(reminded_at=None))
    tellers = {yes.version.story.teller for yes in due} | {yes.version.story.second_teller for yes in due}
    sent = sum(_write_to(person) for person in _with_address(tellers))
    Consent.objects.filter(pk__in=[yes.pk for yes in due]).update(reminded_at=at)
    log.info("tellers asked before a yes ends letters=%s yeses=%s", sent, len(due))
    return sent


def _with_address(tellers: Iterable[Person | None]) -> list[Person]:
    return [person for person in tellers if person is not None and person.email and person.is_active]


def _write_to(person: Person) -> int:
    words = render_to_string("stories/ends_soon_letter.txt", {"name": person.name, "url": settings.URL})
    return send_mail(_("A question for you"), words, None, [person.email], fail_silently=True)


@transaction.atomic
def open_those_due(*, at: datetime) -> int:
    """Open what its teller paused until a day, once that day has come here. A team's pause never opens."""
    today = timezone.localtime(at).date()
    quiet = {"story__held_at": None, "story__taken_back_at": None, "story__destroyed_at": None}
    due = Shut.objects.filter(paused_by_team=False, opens_on__lte=today, **quiet).exclude(paused_at=None)
    found = list(due.select_related("story", "teller").order_by("story", "pk"))
    for row in found:
        consenting.open_again(row.story, teller=row.teller, at=at)
    return len(found)


@transaction.atomic
def wish_beforehand(story: Story, *, by: Person, wish: IfLost, leaves_a_mark: bool = True) -> None:
    """What is to become of it when I cannot say so any more, and what stays where a piece was.

    Raises NotYourStory.
    """
    if not acting.may_open(by, story):
        raise NotYourStory
    story.if_lost, story.leaves_a_mark = wish, leaves_a_mark
    story.save(update_fields=["if_lost", "leaves_a_mark"])
    log.info("wished beforehand story=%s", story.pk)


@transaction.atomic
def do_as_wished(teller: Person, *, by: Person, at: datetime) -> int:
    """Weeks after the team's pause, when the teller died or cannot be reached: what they wished.

    Somebody else of the team than who paused it. Of two tellers the other one decides. Says for how many
    stories; raises NotYourStory.
    """
    if not acting.is_team(by) or by.pk == teller.pk:
        raise NotYourStory
    long_shut = Story.objects.told_by(teller).filter(
        paused_by_team=True, paused_at__lte=at - SILENCE, second_teller=None, taken_back_at=None
    )
    found = list(long_shut.exclude(paused_by=by).exclude(paused_by=None))
    for story in found:
        match story.if_lost:
            case IfLost.TAKE_BACK:
                consenting.take_back(story, by=teller, at=at)
                # the team did it: no found card, so it goes in seven days whether the story is held or not
                Story.objects.filter(pk=story.pk).update(taken_back_by=by)
            case IfLost.RUN if not story.held_at:
                consenting.open_again(story, teller=teller, at=at)
            case _:
                consenting.stop_everything(story, by=teller, at=at)
        log.info("done as wished story=%s by=%s", story.pk, by.pk)
    return len(found)
