"""Is it the teller? A card can be found by somebody else; what only the teller knows cannot."""

import logging
import unicodedata
from datetime import datetime, timedelta

from django.contrib.auth.hashers import check_password, make_password
from django.db import transaction
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from betterstory.people import verbs as people
from betterstory.people.models import Invitation, Person
from betterstory.stories import acting, ended, shutting
from betterstory.stories.models import Met, SecondWord, Shut, Story
from betterstory.stories.verbs import NotYourStory
from betterstory.ui.refusal import Refusal

log = logging.getLogger(__name__)
MEETING_LASTS = timedelta(hours=24)
SHORTEST = 4
TWO = 2


class NotKnown(Refusal):
    """A card alone, after somebody of the team shut the doors."""

    code, status = "not-known", 403
    words = _("A card alone does not open this again. Say your second word, or let two of the team meet you.")


class TooShortAWord(Refusal):
    """Anybody could guess it."""

    code, status = "too-short-a-word", 422
    words = _("Choose a word of four letters or more.")


@transaction.atomic
def set_word(person: Person, *, word: str, at: datetime) -> None:
    """Keep a second word. While a story is held or paused for them by the team it stays the one it was.

    Raises TooShortAWord or NotKnown.
    """
    if len(_plain(word)) < SHORTEST:
        raise TooShortAWord
    if Shut.objects.filter(Q(paused_by_team=True) | ~Q(held_at=None), teller=person).exists():
        raise NotKnown
    SecondWord.objects.update_or_create(
        person=person, defaults={"word_hash": make_password(_plain(word)), "set_at": at}
    )
    log.info("second word set person=%s", person.pk)


@transaction.atomic
def met(teller: Person, *, by: Person, at: datetime) -> None:
    """One of the team met the teller; it counts for a day, with another's. Raises NotYourStory."""
    if not acting.is_team(by) or by.pk == teller.pk:
        raise NotYourStory
    Met.objects.create(teller=teller, by=by, at=at)
    log.info("met face to face teller=%s by=%s", teller.pk, by.pk)


def check(teller: Person, *, word: str = "", at: datetime) -> None:
    """It is the teller: by their second word, or by two of the team who met them. Raises NotKnown."""
    kept = SecondWord.objects.filter(person=teller).first()
    if word and kept is not None and check_password(_plain(word), kept.word_hash):
        return
    fresh = Met.objects.filter(teller=teller, used_at=None, at__gt=at - MEETING_LASTS, at__lte=at)
    if len(set(fresh.values_list("by", flat=True))) < TWO:
        raise NotKnown


def meetings_are_used(teller: Person, *, at: datetime) -> None:
    """What two of the team said opens once."""
    Met.objects.filter(teller=teller, used_at=None).update(used_at=at)


@transaction.atomic
def card_may_be_found(teller: Person, *, by: Person, at: datetime) -> None:
    """Somebody who must not see it may have the card: shut everything, to that card too. Raises NotYourStory.

    Every visit ends, cards that are out are no good any more, and no story opens until it is checked again.
    """
    if not acting.may_pause_for(by, teller):
        raise NotYourStory
    for story in Story.objects.told_by(teller).order_by("pk"):
        shutting.locked(story)
        theirs = shutting.row_of(story, teller)
        if theirs.held_at is None:
            theirs.held_at = at
            theirs.save(update_fields=["held_at"])
            ended.write(ended.CARD_FOUND, story.uuid, at=at, who=teller.uuid)
        shutting.reckon(story)
    Invitation.objects.usable(at).filter(person=teller).update(withdrawn_at=at)
    people.go_out_everywhere(teller)
    log.info("card may be found teller=%s by=%s", teller.pk, by.pk)


def _plain(word: str) -> str:
    """However it is typed: letters large or small, spaces around it."""
    return unicodedata.normalize("NFKC", word).strip().casefold()
