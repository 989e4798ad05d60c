"""What is owed to the people of a gathering after it, until it is done."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime

from django.db.models import Count, Q, QuerySet
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from betterstory.conversations.models import Gathering, Guest
from betterstory.conversations.models.afterwards import READ_BACK_WITHIN, TYPED_WITHIN


@dataclass(frozen=True)
class Owed:
    """One thing to do, by when."""

    gathering: Gathering
    words: str
    due: datetime
    is_late: bool


def with_owed(gatherings: QuerySet[Gathering]) -> QuerySet[Gathering]:
    """The same, with what is asked of each; of one without a run sheet nothing is owed."""
    came = Q(guests__reply=Guest.Reply.COMING)
    unthanked = Count("guests", filter=came & Q(guests__care__thanked_on=None), distinct=True)
    walls = Count("photographs", distinct=True)
    run_sheets = Count("run_sheet", distinct=True)
    asked = gatherings.select_related("writing_up")
    return asked.annotate(unthanked=unthanked, walls=walls, run_sheets=run_sheets)


def owed_after(gatherings: Iterable[Gathering], *, at: datetime) -> list[Owed]:
    """For gatherings that came by `with_owed`, the longest due first."""
    past = [each for each in gatherings if each.at < at and each.run_sheets]  # type: ignore[attr-defined]  # likewise
    found = [each for gathering in past for each in _owed(gathering, at)]
    return sorted(found, key=lambda each: each.due)


def _owed(gathering: Gathering, at: datetime) -> list[Owed]:
    writing_up = getattr(gathering, "writing_up", None)
    typed_by, read_by = gathering.at + TYPED_WITHIN, gathering.at + READ_BACK_WITHIN
    todo: list[tuple[str, datetime]] = []
    if writing_up is None:
        todo.append((_("Type in the cards of that night."), typed_by))
    if writing_up is None or writing_up.read_back_on is None:
        words = _("Read the cards back to the room.")
        if gathering.walls:  # type: ignore[attr-defined]  # counted by with_owed
            words = _("Read the cards back to the room. Then the photographs of the wall go.")
        todo.append((words, read_by))
    unthanked = gathering.unthanked  # type: ignore[attr-defined]  # likewise
    if unthanked:
        words = ngettext("Thank one more who came.", "Thank %(many)s more who came.", unthanked)
        todo.append((words % {"many": unthanked}, read_by))
    return [Owed(gathering, words, due, due < at) for words, due in todo]
