"""What left the building is known: each print, file and letter has a number, and can be asked back."""

import logging
from collections.abc import Iterable
from datetime import datetime

from django.db import transaction
from django.db.models import F, FilteredRelation, Q, QuerySet
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from betterstory.people.models import Person
from betterstory.stories import rules
from betterstory.stories.models import Leaving, Piece, Recall, Story, Use, Version
from betterstory.stories.rules import ANYONE, Viewer
from betterstory.ui.refusal import Refusal

log = logging.getLogger(__name__)
type Taken = Version | Piece | Iterable[Version | Piece]


class NotOpenToYou(Refusal):
    """A print, file or letter of what its teller has not opened for it."""

    code, status = "not-open-to-you", 403
    words = _("Its teller has not said yes to this. Ask them first.")


class NotYoursToAnswer(Refusal):
    """Somebody else took it."""

    code, status = "not-yours-to-answer", 403
    words = _("Somebody else took this out. Only they can say what became of it.")


@transaction.atomic
def take_out(
    what: Taken,
    *,
    by: Person | None,
    use: Use,
    how: Leaving.How,
    at: datetime,
    viewer: Viewer | None = None,
) -> Leaving:
    """Take pieces or whole versions out on paper, in a file or by e-mail: allowed, numbered, and known.

    It is asked as `viewer`, or as whoever takes it. Raises NotOpenToYou, and then nothing leaves.
    """
    asks = viewer if viewer is not None else (by if by is not None else ANYONE)
    versions, pieces = _sorted(what)
    whole = rules.may_whole_each(asks, use, versions, at)
    if {version.pk for version in versions} - whole or not rules.may_all(asks, use, pieces, at):
        raise NotOpenToYou
    return note([*versions, *pieces], by=by, use=use, how=how, at=at)


def note(what: Taken, *, by: Person | None, use: Use, how: Leaving.How, at: datetime) -> Leaving:
    """Write down what left. Whoever shows it has asked already; `take_out` asks too.

    No transaction of its own: a page that is only looked at asks the database little. The number comes first,
    so that a power cut leaves a number with nothing in it, and never a print without a number.
    """
    versions, pieces = _sorted(what)
    leaving = Leaving.objects.create(how=how, use=use, taken_by=by, at=at)
    for_versions, for_pieces = Leaving.versions.through, Leaving.pieces.through
    for_versions.objects.bulk_create(for_versions(leaving=leaving, version=each) for each in versions)
    for_pieces.objects.bulk_create(for_pieces(leaving=leaving, piece=each) for each in pieces)
    log.info("left the building leaving=%s how=%s", leaving.pk, how)
    return leaving


def note_copy(what: Taken, *, by: Person | None, use: Use, at: datetime) -> Leaving:
    """A printed copy with a number of its own: each is one, however many there are that day."""
    return note(what, by=by, use=use, how=Leaving.How.PRINT, at=at)


def note_file(what: Taken, *, by: Person | None, use: Use, at: datetime) -> Leaving:
    """A table or a file that goes out."""
    return note(what, by=by, use=use, how=Leaving.How.EXPORT, at=at)


def note_print(what: Taken, *, by: Person | None, use: Use, at: datetime) -> Leaving:
    """A page for paper was opened: one number a day for the same person and the same pages."""
    versions, pieces = _sorted(what)
    since = timezone.localtime(at).replace(hour=0, minute=0, second=0, microsecond=0)
    today = Leaving.objects.filter(how=Leaving.How.PRINT, use=use, taken_by=by, at__gte=since, at__lte=at)
    if versions:
        today = today.filter(versions=versions[0])
    elif pieces:
        today = today.filter(pieces=pieces[0])
    wanted = {version.pk for version in versions}, {piece.pk for piece in pieces}
    for leaving in today.prefetch_related("versions", "pieces"):
        if wanted == ({v.pk for v in leaving.versions.all()}, {p.pk for p in leaving.pieces.all()}):
            return leaving
    return note([*versions, *pieces], by=by, use=use, how=Leaving.How.PRINT, at=at)


def ask_back(story: Story, *, at: datetime) -> int:
    """Ask for what left and may not be out any more; says for how many. A pause asks for nothing back."""
    story = Story.objects.get(pk=story.pk)
    if story.paused_at and not story.taken_back_at:
        return 0
    out = leavings_of(story).exclude(recalls__story=story).exclude(taken_by__in=story.teller_ids)
    asked = [Recall(leaving=each, story=story, asked_at=at) for each in out if not _may_stay(each, story, at)]
    Recall.objects.bulk_create(asked)
    if asked:
        log.info("asked back story=%s count=%s", story.pk, len(asked))
    return len(asked)


def ask_back_what_ran_out(*, at: datetime) -> int:
    """For the daily round: what left under a yes that has run out is asked back too."""
    out = Leaving.objects.filter(recalls=None)
    told = Q(versions__leavings__in=out) | Q(versions__pieces__leavings__in=out)
    return sum(ask_back(story, at=at) for story in Story.objects.filter(told).distinct())


@transaction.atomic
def answer(recall: Recall, *, by: Person, answer: Recall.Answer, at: datetime) -> None:
    """Whoever took it says what became of it; they may say more later. Raises NotYoursToAnswer."""
    if recall.leaving.taken_by_id != by.pk:
        raise NotYoursToAnswer
    recall.answer, recall.answered_at = answer, at
    recall.save(update_fields=["answer", "answered_at"])
    log.info("asked back and answered recall=%s", recall.pk)


def leavings_of(story: Story) -> QuerySet[Leaving]:
    """All that left of one story, newest first. Where it was asked back for this story, `asked_back_id`
    says so, and `asked_back` holds that. One query."""
    of_it = Q(versions__story=story) | Q(pieces__version__story=story)
    asked = FilteredRelation("recalls", condition=Q(recalls__story=story))  # once at most
    found = Leaving.objects.filter(of_it).annotate(asked_back=asked, asked_back_id=F("asked_back__pk"))
    return (
        found.distinct()
        .order_by("-at", "-pk")
        .select_related(
            "taken_by",
            "asked_back",  # type: ignore[misc]  # the plugin of mypy knows no filtered relation
        )
    )


def asked_of(person: Person) -> QuerySet[Recall]:
    """What this person is asked to bring back or destroy, what is unanswered first."""
    return Recall.objects.filter(leaving__taken_by=person).select_related("leaving").order_by("answer", "-pk")


def _may_stay(leaving: Leaving, story: Story, at: datetime) -> bool:
    """Whether all of this story that left could still be taken out by the same person."""
    viewer: Viewer = leaving.taken_by or ANYONE
    versions = list(leaving.versions.filter(story=story).select_related("story"))
    pieces = leaving.pieces.filter(version__story=story).select_related("version__story")
    whole = rules.may_whole_each(viewer, Use(leaving.use), versions, at)
    return len(whole) == len(versions) and rules.may_all(viewer, Use(leaving.use), pieces, at)


def _sorted(what: Taken) -> tuple[list[Version], list[Piece]]:
    every = [what] if isinstance(what, Version | Piece) else list(what)
    versions = [each for each in every if isinstance(each, Version)]
    return versions, [each for each in every if isinstance(each, Piece)]
