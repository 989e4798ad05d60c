"""Each use owes its teller a word: what came of it."""

import logging
import uuid
from datetime import datetime

from django.db import transaction
from django.db.models import Exists, OuterRef, Q, QuerySet
from django.db.models.functions import TruncDate
from django.utils.translation import gettext_lazy as _

from betterstory.people.models import Membership, Person
from betterstory.stories import acting
from betterstory.stories.models import Audience, CameOf, Consent, Leaving, Seen, Story
from betterstory.stories.sealing import CAME_OF, open_all, seal
from betterstory.stories.verbs import NotYourStory
from betterstory.ui.refusal import Refusal

log = logging.getLogger(__name__)


class SayWhat(Refusal):
    """Nothing was written."""

    code, status = "say-what", 422
    words = _("Write what came of it, in a sentence or two.")


def used() -> QuerySet[Consent]:
    """Yeses that were made use of: since they began somebody they were for saw it, or it left for that."""
    seen = Seen.objects.filter(version=OuterRef("version"), use=OuterRef("use"), on__gte=OuterRef("began"))
    there = Membership.objects.filter(circle=OuterRef(OuterRef("circle")), person=OuterRef("person"))
    by_the_circle = seen.filter(Q(circle=OuterRef("circle")) | Exists(there))
    by_partners = seen.exclude(person=None, circle=None)
    of_it = Q(versions=OuterRef("version")) | Q(pieces__version=OuterRef("version"))
    left = Leaving.objects.filter(of_it, use=OuterRef("use"), at__gte=OuterRef("begins_at"))
    return Consent.objects.alias(began=TruncDate("begins_at")).filter(
        Q(Exists(by_the_circle), audience=Audience.CIRCLE)
        | Q(Exists(by_partners), audience=Audience.PARTNERSHIP)
        | Q(Exists(seen), audience=Audience.PUBLIC)
        | Exists(left)
    )


def owed(*, at: datetime) -> QuerySet[Consent]:
    """Uses whose teller was told nothing yet, of stories that are still there."""
    open_still = used().filter(told=None, begins_at__lte=at, version__story__destroyed_at=None)
    return open_still.select_related("version__story__teller", "circle", "asked_by").order_by("given_at")


@transaction.atomic
def tell(yes: Consent, *, by: Person, words: str, at: datetime) -> CameOf:
    """Tell the teller what came of one use. Raises NotYourStory or SayWhat."""
    if not acting.is_team(by) and by.pk != yes.asked_by_id:
        raise NotYourStory
    if not words.strip():
        raise SayWhat
    row, story = uuid.uuid4(), yes.version.story
    sealed = seal(words.strip(), key=story.key, name=CAME_OF, row=row)
    made = CameOf.objects.create(uuid=row, yes=yes, by=by, words_sealed=sealed, at=at)
    log.info("told what came of it consent=%s by=%s", yes.pk, by.pk)
    return made


def told_to(story: Story, *, viewer: Person) -> dict[int, list[tuple[CameOf, str]]]:
    """By yes, what its teller was told. For the teller alone."""
    if not acting.may_open(viewer, story):
        return {}
    rows = list(CameOf.objects.filter(yes__version__story=story).select_related("by"))
    words = open_all([(row.words_sealed, CAME_OF, row.uuid) for row in rows])
    found: dict[int, list[tuple[CameOf, str]]] = {}
    for row, line in zip(rows, words, strict=True):
        found.setdefault(row.yes_id, []).append((row, line))
    return found
