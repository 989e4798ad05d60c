"""What became of each sentence, so that whoever wrote it can see that it reached somebody."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime

from django.db.models import Count
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from betterstory.conversations.iceberg import PIECES
from betterstory.conversations.models import Gathering, Insight, Statement, Voice
from betterstory.conversations.quiet import as_seen
from betterstory.conversations.results import Found, Results, read_results
from betterstory.stories.models import Use
from betterstory.stories.rules import Viewer, may_each

LISTS = {
    Found.AGREED: gettext_lazy("Most of us see it the same way."),
    Found.DIFFERENT: gettext_lazy("We see it differently."),
    Found.UNKNOWN: gettext_lazy("We do not know yet what most of us think of it."),
    Found.ASK_AGAIN: gettext_lazy("Most agreed with it, and with its opposite. We ask again."),
}


@dataclass(frozen=True)
class Became:
    """One sentence and what became of it, in sentences. `cards` are those of the iceberg that rest on it;
    `more` is what stands further up, where somebody looked."""

    statement: Statement
    told: tuple[str, ...]
    cards: tuple[Insight, ...] = ()
    more: tuple[tuple[str, str], ...] = field(default=())  # words, and where it leads


def what_became(statements: Sequence[Statement], *, viewer: Viewer, at: datetime) -> list[Became]:
    """Each of these sentences of one gathering. Fetch them with their `gathering` and `from_pieces()`."""
    statements = as_seen(statements, viewer=viewer, at=at)
    if not statements:
        return []
    gathering = statements[0].gathering
    results = None if gathering.voting_open else read_results(gathering)
    heard = _heard(statements, gathering, results)
    cards = _cards(statements)
    seen, silent = _may_be_said(cards, viewer, at)
    return [
        Became(
            each,
            tuple(
                _tell(each, heard, results, [c for c in cards.get(each.pk, ()) if c.pk not in silent], seen)
            ),
            tuple(cards.get(each.pk, ())),
        )
        for each in statements
    ]


def written_by(voice: Voice) -> list[tuple[Gathering, list[Statement]]]:
    """What a voice wrote, by gathering, the newest first."""
    found: dict[Gathering, list[Statement]] = {}
    written = Statement.objects.filter(written_by=voice).from_pieces().select_related("gathering__circle")
    for each in written.order_by("-gathering__at", "number"):
        found.setdefault(each.gathering, []).append(each)
    return list(found.items())


type Heard = tuple[Mapping[int, int], int]


def _heard(statements: Sequence[Statement], gathering: Gathering, results: Results | None) -> Heard:
    """How many heard each, and how many people answered anything."""
    counted = Statement.objects.filter(pk__in=[each.pk for each in statements])
    many = dict(counted.annotate(many=Count("votes")).values_list("pk", "many"))
    if results is not None:
        return many, results.people
    people = gathering.statements.aggregate(many=Count("votes__voice", distinct=True))["many"]
    return many, people


def _tell(
    statement: Statement,
    heard: Heard,
    results: Results | None,
    cards: Iterable[Insight],
    seen: set[int],
) -> Iterable[str]:
    many, people = heard[0][statement.pk], heard[1]
    if statement.put_aside:
        yield _("It was put aside: %(why)s") % {"why": statement.put_aside}
    elif not statement.is_read:
        yield _("It waits to be read. Then everybody is asked.")
    else:
        yield _("Everybody is asked. Heard by %(many)s of %(people)s.") % {"many": many, "people": people}
    if results is not None:
        found = next((each.found for each in results.each if each.statement.pk == statement.pk), None)
        if found is not None:
            yield str(LISTS[found])
    for card in cards:
        words = card.words if card.pk in seen else ""
        level = card.get_level_display()
        if words:
            yield _("Card %(number)s, “%(level)s”, rests on it: %(words)s") % {
                "number": card.number,
                "level": level,
                "words": words,
            }
        else:
            yield _("Card %(number)s, “%(level)s”, rests on it.") % {"number": card.number, "level": level}


def _cards(statements: Sequence[Statement]) -> dict[int, list[Insight]]:
    resting = Insight.objects.filter(statements__in=[each.pk for each in statements])
    found: dict[int, list[Insight]] = {}
    wanted = {each.pk for each in statements}
    for card in resting.distinct().prefetch_related(PIECES, "statements"):
        for each in card.statements.all():
            if each.pk in wanted:
                found.setdefault(each.pk, []).append(card)
    return found


def _may_be_said(
    cards: Mapping[int, Iterable[Insight]], viewer: Viewer, at: datetime
) -> tuple[set[int], set[int]]:
    """Cards whose words this viewer may see: all tellers of what they stand on say yes. And those of which
    nothing is said: a teller of one lets not even a mark stay.
    """
    every = {card.pk: list(card.pieces.all()) for those in cards.values() for card in those}
    pieces = [piece for of_card in every.values() for piece in of_card]
    allowed = may_each(viewer, Use.QUOTE, pieces, at) if pieces else set()
    hidden = {pk: [piece for piece in of_card if piece.pk not in allowed] for pk, of_card in every.items()}
    silent = {
        pk for pk, those in hidden.items() if not all(each.version.story.leaves_a_mark for each in those)
    }
    return {pk for pk, those in hidden.items() if not those}, silent
