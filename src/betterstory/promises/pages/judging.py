"""Asking residents how a promise turned out: opening it, typing in what they said, closing it."""

from datetime import timedelta

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.debug import sensitive_post_parameters
from django.views.decorators.http import require_POST

from betterstory.conversations.verbs import WrongRows
from betterstory.people import cards
from betterstory.people.visit import Visit, once, signed_in
from betterstory.promises import rules, tally, verbs
from betterstory.promises.forms import AskResidentsForm, DoorForm, OwnViewForm, SaidForm
from betterstory.promises.models import Judging, Promise
from betterstory.promises.pages.asking import takes_a_form
from betterstory.promises.pages.forms_answered import carried_out, form_page
from betterstory.promises.pages.opinions import address_of
from betterstory.promises.pages.typing import under_a_promise
from betterstory.stories.whose import asks_whose
from betterstory.ui.refusal import Refusal

TWO_WEEKS = timedelta(days=14)


@takes_a_form
@signed_in
@once
def ask_residents(request: Visit, pk: int, four_weeks: bool = False) -> HttpResponse:
    """Ask the cards and doors of the neighbourhood, until a day."""
    promise = _promise(pk)
    if not rules.may_ask_residents(request.somebody, promise):
        raise verbs.NotYoursToOpen
    form = AskResidentsForm(request.POST or None, on=request.on, initial={"due_on": request.on + TWO_WEEKS})
    made = carried_out(
        form,
        lambda: verbs.ask_residents(
            promise,
            by=request.somebody,
            on=request.on,
            until=form.cleaned_data["due_on"],
            four_weeks=four_weeks,
        ),
    )
    if made:
        return redirect("promises:judging", pk=made.pk)
    return form_page(
        request,
        "promises/ask_residents.html",
        form,
        promise=promise,
        four_weeks=four_weeks,
        least=tally.LEAST,
    )


@signed_in
def judging(request: Visit, pk: int) -> HttpResponse:
    """How many have answered; for an organiser typing in, and closing."""
    return _shown(request, _judging(pk))


@takes_a_form
@signed_in
@sensitive_post_parameters("codes")
@once
def type_cards(request: Visit, pk: int) -> HttpResponse:
    """Cards that were handed in."""
    found = _judging(pk)
    form = SaidForm(request.POST or None, judging=found)
    if request.method == "POST" and form.is_valid():
        codes = form.cleaned_data["codes"]
        try:
            many = verbs.type_opinions(
                found,
                codes=codes,
                said=form.cleaned_data["said"],
                by=request.somebody,
                at=request.at,
                on=request.on,
            )
        except WrongRows as wrong:
            for row, sentence in wrong.rows.items():
                form.add_error("codes", f"{codes[row]}: {sentence}")
        except Refusal as refusal:
            form.put_right(refusal)
        else:
            said = ngettext("One card is in.", "%(many)s cards are in.", many) % {"many": many}
            messages.success(request, said)
            return redirect("promises:judging", pk=pk)
    return _shown(request, found, cards_form=form)


@takes_a_form
@signed_in
@sensitive_post_parameters("door")
@once
def type_door(request: Visit, pk: int) -> HttpResponse:
    """What was said at one door."""
    found = _judging(pk)
    form = DoorForm(request.POST or None, judging=found)
    if carried_out(
        form,
        lambda: verbs.type_door(
            found, door=form.cleaned_data["door"], said=form.told, by=request.somebody, on=request.on
        ),
    ):
        messages.success(request, _("This door is counted."))
        return redirect("promises:judging", pk=pk)
    return _shown(request, found, door_form=form)


@require_POST
@signed_in
@once
def close(request: Visit, pk: int) -> HttpResponse:
    """Count it, once its last day is over."""
    found = _judging(pk)
    verbs.close(found, by=request.somebody, on=request.on)
    return redirect("promises:promise", pk=found.promise_id)


@signed_in
def on_paper(request: Visit, pk: int) -> HttpResponse:
    """For the wall of the hall, and for whoever knocks: what is asked, how to answer, lines for doors."""
    found = _judging(pk)
    address, qr = "", ""
    try:
        address = cards.printable_address() + address_of(found)
        qr = cards.draw_qr(address)
    except Refusal:
        pass  # reached by nobody else: the sheet is for doors and cards alone
    told = {
        "judging": found,
        "promise": found.promise,
        "rows": tally.Tally().rows(four_weeks=found.is_four_weeks),
        "address": address.split("://", 1)[-1].rstrip("/"),
        "qr": qr,
        "lines": range(18),
    }
    return render(request, "promises/judging_print.html", told)


@takes_a_form
@signed_in
@asks_whose(under_a_promise, fields=["words"])
@once
def own_view(request: Visit, pk: int) -> HttpResponse:
    """How whoever promised sees it."""
    promise = _promise(pk)
    if not rules.is_promiser(request.somebody, promise):
        raise verbs.NotYourView
    form = OwnViewForm(request.POST or None)
    if carried_out(
        form, lambda: verbs.say_own_view(promise, by=request.somebody, on=request.on, **form.cleaned_data)
    ):
        return redirect("promises:promise", pk=pk)
    return form_page(request, "promises/own_view.html", form, promise=promise)


def _shown(
    request: Visit, found: Judging, *, cards_form: SaidForm | None = None, door_form: DoorForm | None = None
) -> HttpResponse:
    counted = tally.count(found)
    is_open = found.takes_answers(on=request.on)
    may_count = rules.may_count(request.somebody, found.promise)
    bound = any(form is not None and form.is_bound for form in (cards_form, door_form))
    told = {
        "judging": found,
        "promise": found.promise,
        "is_open": is_open,
        "answered": counted.answered,
        "told": "" if is_open else tally.in_words(counted, four_weeks=found.is_four_weeks),
        "may_type": is_open and may_count,
        "may_close": may_count and not is_open and found.closed_on is None,
        "cards_form": cards_form or SaidForm(judging=found),
        "door_form": door_form or DoorForm(judging=found),
        "least": tally.LEAST,
    }
    return render(request, "promises/judging.html", told, status=422 if bound else 200)


def _promise(pk: int) -> Promise:
    promises = Promise.objects.select_related("post__body", "to_circle", "to_body", "round__neighbourhood")
    return get_object_or_404(promises, pk=pk)


def _judging(pk: int) -> Judging:
    judgings = Judging.objects.select_related(
        "promise__post__body", "promise__to_body", "promise__to_circle", "promise__round__neighbourhood"
    )
    return get_object_or_404(judgings, pk=pk)
