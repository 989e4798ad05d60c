"""Sheets of sentences for paper: drawn, printed, and typed in again, a pile at a time."""

from collections.abc import Collection, Sequence

from django.contrib import messages
from django.db.models import Prefetch
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_http_methods

from betterstory.conversations import rules, verbs
from betterstory.conversations.drawing_sheets import A_SHEET
from betterstory.conversations.forms.paper import ROWS, DrawForm, SheetRow, SourceForm
from betterstory.conversations.models import Gathering, Pile, Sheet, Statement
from betterstory.conversations.pages.finding import find_gathering
from betterstory.conversations.quiet import at_the_desk
from betterstory.conversations.verbs import Taken, WrongRows
from betterstory.people.models import Role
from betterstory.people.verbs import NotYours
from betterstory.people.visit import Visit, needs_part, once, signed_in
from betterstory.ui.refusal import Refusal

PRINTED = 5  # sheets on one page to print: it stays light enough for a slow line


@require_http_methods(["GET", "HEAD", "POST"])
@signed_in
@once
def sheets(request: Visit, pk: int) -> HttpResponse:
    """Draw sheets where there are more sentences than one holds; and the way to print them."""
    found = find_gathering(pk)
    if not rules.may_write_down(request.somebody, found):
        raise NotYours
    form = DrawForm(request.POST or None)
    if form.is_valid():
        try:
            verbs.draw_sheets(found, many=form.cleaned_data["many"], by=request.somebody, at=request.at)
            return redirect("conversations:sheets", pk=pk)
        except Refusal as refusal:
            form.add_error("many", refusal.sentence)
    asked, drawn = found.statements.asked().count(), found.sheets.count()
    told = {
        "gathering": found,
        "form": form,
        "may_call": rules.may_call(request.somebody),
        "asked": asked,
        "needs_drawing": asked > A_SHEET,
        "drawn": drawn,
        "prints": [(first, min(first + PRINTED - 1, drawn)) for first in range(1, drawn + 1, PRINTED)],
        "most": A_SHEET,
    }
    return render(request, "conversations/sheets.html", told, status=422 if form.is_bound else 200)


@signed_in
def sheet(request: Visit, pk: int) -> HttpResponse:
    """The sentences in large type with three faces each: the whole sheet, or some of those drawn."""
    found = find_gathering(pk)
    if not rules.may_write_down(request.somebody, found):
        raise NotYours
    first = _number(request.GET.get("from"))
    asked = list(found.statements.asked()) if first is None else []
    pages: list[tuple[int | None, list[Statement]]] = [(None, asked)] if 0 < len(asked) <= A_SHEET else []
    if not pages:
        first = first or 1
        some = _with_lines(found, list(range(first, first + PRINTED)))
        pages = [(each.number, lines) for each, lines in some]
    seen = at_the_desk(found.statements.asked(), gathering=found, reader=request.somebody, at=request.at)
    said = {each.pk: each for each in seen if each.said is not None}
    pages = [(number, [said[one.pk] for one in lines if one.pk in said]) for number, lines in pages]
    told = {"gathering": found, "sheets": pages, "needs_drawing": len(asked) > A_SHEET}
    return render(request, "conversations/sheet.html", told)


@require_http_methods(["GET", "HEAD", "POST"])
@needs_part(Role.ORGANISER, Role.STEWARD)
@once
def type_in(request: Visit, pk: int) -> HttpResponse:
    """Type in what is ticked on paper: all of these rows are kept, or none."""
    found = find_gathering(pk)
    typed = request.POST if request.method == "POST" else None
    asked_for = request.GET.get("sheets", "")
    problem, rows = "", []
    try:
        rows = _rows(request, found, asked_for)
    except Refusal as refusal:
        problem = refusal.sentence
    source = SourceForm(typed)
    if rows and typed is not None and all([source.is_valid(), *(row.is_valid() for row in rows)]):
        try:
            taken = _keep(request, found, rows, Pile.Source(source.cleaned_data["source"]))
            messages.success(request, _kept(taken))
            return redirect("conversations:piles" if taken.pile else "conversations:type_in", pk=pk)
        except Refusal as refusal:
            problem = refusal.sentence
    told = {
        "gathering": found,
        "statements": _as_they_read(request, found, {each.pk for row in rows for each in row.statements}),
        "rows": rows,
        "source": source,
        "drawn": found.sheets.count(),
        "asked_for": asked_for,
        "problem": problem or (_("Put right the rows that are marked.") if typed is not None else ""),
    }
    status = 422 if problem or typed is not None else 200
    return render(request, "conversations/type_in.html", told, status=status)


def _as_they_read(request: Visit, found: Gathering, wanted: Collection[int]) -> list[Statement]:
    """The sentences of these rows. One that is quiet keeps its column: it stands on paper printed before."""
    lines = found.statements.order_by("number")
    seen = at_the_desk(lines, gathering=found, reader=request.somebody, at=request.at)
    return [each for each in seen if each.pk in wanted]


def _rows(request: Visit, found: Gathering, asked_for: str) -> list[SheetRow]:
    """The rows of the sheets asked for; where sheets were drawn and none is named, no row yet.

    Raises NoSuchSheet.
    """
    typed = request.POST if request.method == "POST" else None
    numbers = [each for each in map(_number, asked_for.replace(",", " ").split()) if each is not None]
    if not numbers and asked_for != "whole" and found.sheets.exists():
        return []
    if not numbers:
        asked = list(found.statements.asked())
        return [SheetRow(typed, statements=asked, row=row) for row in range(ROWS)] if asked else []
    numbers = numbers[:ROWS]
    drawn = {each.number: lines for each, lines in _with_lines(found, numbers)}
    for number in numbers:
        if number not in drawn:
            raise verbs.NoSuchSheet(number=number)
    return [
        SheetRow(typed, statements=drawn[number], row=row, sheet=number) for row, number in enumerate(numbers)
    ]


def _with_lines(found: Gathering, numbers: Sequence[int]) -> list[tuple[Sheet, list[Statement]]]:
    """Sheets with the sentences on them that are still asked."""
    lines = Prefetch("statements", queryset=Statement.objects.asked().order_by("number"), to_attr="lines")
    some = found.sheets.filter(number__in=numbers).prefetch_related(lines)
    return [(each, each.lines) for each in some]


def _keep(request: Visit, found: Gathering, rows: Sequence[SheetRow], source: Pile.Source) -> Taken:
    filled = [(row, card) for row in rows if (card := row.card) is not None]
    try:
        return verbs.type_in(
            found,
            cards=[card for _row, card in filled],
            source=source,
            by=request.somebody,
            at=request.at,
        )
    except WrongRows as refusal:
        for place, sentence in refusal.rows.items():
            filled[place][0].add_error("code", sentence)
        raise


def _kept(taken: Taken) -> str:
    if taken.pile is None:
        return _("All rows were empty.")
    said = [
        ngettext("One card is in.", "%(many)s cards are in.", taken.cards) % {"many": taken.cards},
        _("They are pile %(number)s. Put them aside in this order, with the number on top.")
        % {"number": taken.pile.number},
    ]
    if taken.by_phone:
        kept = ngettext(
            "One answer was given by phone as well. It stays as it was pressed.",
            "%(many)s answers were given by phone as well. They stay as they were pressed.",
            taken.by_phone,
        )
        said.append(kept % {"many": taken.by_phone})
    return " ".join(said)


def _number(asked: str | None) -> int | None:
    return int(asked) if asked and asked.isdecimal() and asked.isascii() and len(asked) < 5 else None
