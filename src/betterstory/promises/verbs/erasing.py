"""Taking words out that name somebody, openly: that they were there, and why they went, stays."""

import logging
from datetime import date

from django.db import transaction
from django.db.models import QuerySet
from django.utils.translation import gettext as _now
from django.utils.translation import gettext_lazy as _

from betterstory.people.models import Person, Role
from betterstory.promises import rules
from betterstory.promises.models import Ask, Confirmation, Entry, Kind, Promise, Said
from betterstory.promises.verbs.ledger import enter
from betterstory.promises.verbs.wording import said
from betterstory.ui.refusal import Refusal

log = logging.getLogger(__name__)
LONGEST_BECAUSE = 200
WHAT_IT_SAYS = (  # entries that hold the ask's or promise's own words
    Kind.ASKED,
    Kind.MADE,
    Kind.CHANGED,
    Kind.STOOD,
    Kind.WORDS_ASKED,
    Kind.TIME_ASKED,
    Kind.MADE_AGAIN,
)


class NotYoursToTakeOut(Refusal):
    """Whoever promised, or was promised, cannot rub words out alone."""

    code, status = "not-yours-to-take-out", 403
    words = _("Only an organiser or a steward can take words out. Ask one of them.")


class TakenOutAlready(Refusal):
    """There is nothing left to take out."""

    code = "taken-out-already"
    words = _("These words were taken out already.")


@transaction.atomic
def erase_words(
    about: Ask | Promise, *, by: Person, on: date, because: str, answers_too: bool = False
) -> str:
    """Take the words of an ask or a promise out for good; gives what stands on the wall instead.

    Every version of the words goes, with the salts of the ledger's commitments to them; `answers_too` takes
    what others wrote under it as well. How it stands, its days and its entries stay.
    Raises NotYoursToTakeOut, TakenOutAlready, NothingSaid or TooLong.
    """
    if not rules.organises(by):
        raise NotYoursToTakeOut
    because = said(because, most=LONGEST_BECAUSE)
    found = type(about)._default_manager.select_for_update().get(pk=about.pk)
    gone = _salts_of(found, answers_too=answers_too)
    if not gone.exists():
        raise TakenOutAlready
    instead = _now("The words were taken out: %(because)s") % {"because": because}
    found.words = instead
    found.save(update_fields=["words"])
    if isinstance(found, Promise):
        found.agains.update(words=instead, was_words=instead, because=instead)
        if answers_too:
            found.judgements.exclude(note="").update(note=instead)
            found.own_views.exclude(words="").update(words=instead)
            Confirmation.objects.filter(promise=found).exclude(because="").update(because=instead)
    elif answers_too:
        found.answers.exclude(words="").update(words=instead)
    if answers_too:
        found.replies.exclude(words="").update(words=instead)
    gone.delete()
    who = "a steward" if by.plays(Role.STEWARD) else "an organiser"
    enter(kind=Kind.ERASED, about=found, who=who, words=because, on=on)
    log.info("words taken out about=%s by=%s", found, by.pk)
    return instead


def _salts_of(about: Ask | Promise, *, answers_too: bool) -> QuerySet[Said]:
    of_it = Said.objects.filter(entry__in=Entry.objects.about(about)).exclude(entry__kind=Kind.ERASED)
    return of_it if answers_too else of_it.filter(entry__kind__in=WHAT_IT_SAYS)
