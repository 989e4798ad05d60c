"""Hours and money, and what changed around us: typing a row in, putting it right, taking it out."""

from collections.abc import Callable
from decimal import Decimal
from typing import Any

from django.db.models import QuerySet
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.http import require_http_methods

from betterstory.learning.forms.typed import OutForm, OutsideForm, SpentForm, TypedForm
from betterstory.learning.models import OutsideEvent, Sector, Spent, Typed
from betterstory.learning.pages.timeline import found_round
from betterstory.learning.reporting import rules
from betterstory.learning.reporting.amounts import said_amount, said_hours
from betterstory.learning.verbs import typing_in as verbs
from betterstory.people.visit import Visit, once, signed_in
from betterstory.places.models import Round
from betterstory.stories.whose import Typing, asks_whose
from betterstory.ui.refusal import Refusal

takes_a_form = require_http_methods(["GET", "HEAD", "POST"])
NEWEST = 150


def in_a_round(_request: Visit, round_pk: int) -> Typing:
    """Typed into a round: held against the stories of its neighbourhood."""
    return Typing(found_round(round_pk).neighbourhood_id, may_tie=False)


def over_spent(_request: Visit, pk: int) -> Typing:
    """Put right: what stood there before is not asked about again."""
    row = _row(Spent.objects.all(), pk)
    return Typing(row.round.neighbourhood_id, standing=[row.what_for], may_tie=False)


def over_outside(_request: Visit, pk: int) -> Typing:
    row = _row(OutsideEvent.objects.all(), pk)
    return Typing(row.round.neighbourhood_id, standing=[row.words], may_tie=False)


@takes_a_form
@signed_in
@asks_whose(in_a_round, fields=["what_for"])
@once
def spent(request: Visit, round_pk: int) -> HttpResponse:
    """Every row, the sums of each sector, and a form for the next."""
    round_ = _round_to_type_in(request, round_pk)
    form = SpentForm(request.POST or None)
    if _done(form, lambda: verbs.write_spent(round=round_, **_by(request, form))):
        return redirect("learning:spent", round_pk=round_pk)
    rows = list(_with_history(Spent.objects.filter(round=round_)))
    context = {"round": round_, "form": form, "sums": _sums(rows), "rows": rows[:NEWEST]}
    return render(request, "learning/spent.html", context, status=_status(form))


@takes_a_form
@signed_in
@asks_whose(in_a_round, fields=["words"])
@once
def outside(request: Visit, round_pk: int) -> HttpResponse:
    """Everything that changed around us, and a form for the next."""
    round_ = _round_to_type_in(request, round_pk)
    form = OutsideForm(request.POST or None)
    if _done(form, lambda: verbs.write_outside(round=round_, **_by(request, form))):
        return redirect("learning:outside", round_pk=round_pk)
    events = OutsideEvent.objects.filter(round=round_).prefetch_related("bodies")
    rows = list(_with_history(events)[:NEWEST])
    context = {"round": round_, "form": form, "rows": rows}
    return render(request, "learning/outside.html", context, status=_status(form))


@takes_a_form
@signed_in
@asks_whose(over_spent, fields=["what_for", "because"])
@once
def put_right_spent(request: Visit, pk: int) -> HttpResponse:
    """A new row in place of this one, which stays."""
    row = _to_put_right(request, Spent.objects.all(), pk)
    form = SpentForm(request.POST or None, puts_right=True, initial=row.as_typed())
    if _done(form, lambda: verbs.write_spent(round=row.round, puts_right=row, **_by(request, form))):
        return redirect("learning:spent", round_pk=row.round_id)
    return _putting_right(request, form, row, "learning:spent")


@takes_a_form
@signed_in
@asks_whose(over_outside, fields=["words", "because"])
@once
def put_right_outside(request: Visit, pk: int) -> HttpResponse:
    row = _to_put_right(request, OutsideEvent.objects.prefetch_related("bodies"), pk)
    form = OutsideForm(request.POST or None, puts_right=True, initial=row.as_typed())
    if _done(form, lambda: verbs.write_outside(round=row.round, puts_right=row, **_by(request, form))):
        return redirect("learning:outside", round_pk=row.round_id)
    return _putting_right(request, form, row, "learning:outside")


@takes_a_form
@signed_in
@asks_whose(over_spent, fields=["because"])
@once
def take_out_spent(request: Visit, pk: int) -> HttpResponse:
    """It should not have been written: nothing of it is counted, and it stays to be read."""
    row = _to_put_right(request, Spent.objects.all(), pk)
    return _taking_out(request, row, "learning:spent")


@takes_a_form
@signed_in
@asks_whose(over_outside, fields=["because"])
@once
def take_out_outside(request: Visit, pk: int) -> HttpResponse:
    row = _to_put_right(request, OutsideEvent.objects.all(), pk)
    return _taking_out(request, row, "learning:outside")


def _taking_out(request: Visit, row: Any, back: str) -> HttpResponse:
    form = OutForm(request.POST or None, puts_right=True)
    if _done(form, lambda: verbs.take_out(row, by=request.somebody, on=request.on, **form.cleaned_data)):
        return redirect(back, round_pk=row.round_id)
    return _putting_right(request, form, row, back, is_out=True)


def _putting_right(
    request: Visit, form: TypedForm, row: Any, back: str, *, is_out: bool = False
) -> HttpResponse:
    context = {"round": row.round, "form": form, "row": row, "back": back, "is_out": is_out}
    return render(request, "learning/put_right.html", context, status=_status(form))


def _round_to_type_in(request: Visit, pk: int) -> Round:
    if not rules.may_write(request.somebody):
        raise verbs.NotYoursToType
    return found_round(pk)


def _row[Row: Typed](rows: QuerySet[Row], pk: int) -> Row:
    return get_object_or_404(rows.select_related("round__neighbourhood", "written_by"), pk=pk)


def _to_put_right[Row: Typed](request: Visit, rows: QuerySet[Row], pk: int) -> Row:
    """The row, where this person may put it right and nobody did yet."""
    row = _row(rows, pk)
    if not rules.may_put_right(request.somebody, row):
        raise verbs.NotYoursToType
    if request.method != "POST" and (
        row.is_out or type(row)._default_manager.filter(puts_right=row).exists()
    ):
        raise verbs.PutRightAlready
    return row


def _with_history[Row: Typed](rows: QuerySet[Row]) -> QuerySet[Row]:
    """Newest first, each with what puts it right, if anything does."""
    return rows.select_related("written_by", "put_right_by", "puts_right").order_by("-on", "-pk")


def _sums(rows: list[Spent]) -> list[dict[str, Any]]:
    """By sector, of the rows that stand; added up here and never typed."""
    standing = [each for each in rows if not each.is_out and not hasattr(each, "put_right_by")]
    made = []
    for sector in Sector:
        of_it = [each for each in standing if each.sector == sector.value]
        if of_it:
            hours = sum((each.hours for each in of_it), Decimal(0))
            pounds = sum((each.pounds for each in of_it), Decimal(0))
            made.append({"sector": sector.label, "hours": said_hours(hours), "pounds": said_amount(pounds)})
    return made


def _by(request: Visit, form: TypedForm) -> dict[str, Any]:
    return {"by": request.somebody, "on": request.on, **form.cleaned_data}


def _done(form: TypedForm, verb: Callable[[], object]) -> bool:
    """Whether the verb was carried out; else the form holds what to put right."""
    if not form.is_valid():
        return False
    try:
        verb()
    except Refusal as refusal:
        if refusal.status != 422:
            raise
        form.put_right(refusal)
        return False
    return True


def _status(form: TypedForm) -> int:
    return 422 if form.is_bound else 200
