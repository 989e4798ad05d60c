"""A post says whether what was written down for it stands; and other words, that both agree to."""

from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_POST, require_safe

from betterstory.people.visit import Visit, once, signed_in
from betterstory.promises import clocks, rules, verbs
from betterstory.promises.forms import OtherWordsForm, TakeBackForm
from betterstory.promises.models import Hold, Promise
from betterstory.promises.moves import moves
from betterstory.promises.pages.asking import takes_a_form
from betterstory.promises.pages.forms_answered import carried_out, form_page
from betterstory.promises.pages.promising import promise_of
from betterstory.promises.pages.saying_moves import in_words
from betterstory.promises.pages.typing import under_a_promise
from betterstory.stories.whose import asks_whose


@require_POST
@signed_in
@once
def confirm(request: Visit, pk: int) -> HttpResponse:
    """It stands as it was written down."""
    verbs.confirm(promise_of(pk), by=request.somebody, on=request.on)
    return redirect("promises:promise", pk=pk)


@takes_a_form
@signed_in
@asks_whose(under_a_promise, fields=["because"])
@once
def take_back(request: Visit, pk: int) -> HttpResponse:
    """It cannot be promised so: within five working days, and why."""
    promise = promise_of(pk)
    if not rules.may_confirm(request.somebody, promise):
        raise verbs.NotYoursToPromise
    if request.method != "POST" and not promise.waits_to_be_confirmed:
        raise verbs.NothingToConfirm
    form = TakeBackForm(request.POST or None)
    if carried_out(
        form, lambda: verbs.take_back(promise, by=request.somebody, on=request.on, **form.cleaned_data)
    ):
        return redirect("promises:promise", pk=pk)
    return form_page(request, "promises/take_back.html", form, promise=promise, by=_last_day(promise))


@takes_a_form
@signed_in
@asks_whose(under_a_promise, fields=["words", "because"])
@once
def other_words(request: Visit, pk: int) -> HttpResponse:
    """Ask the promised side for other words; the day stays."""
    promise = promise_of(pk)
    if not rules.may_ask_for_time(request.somebody, promise):
        raise verbs.NotYoursToPromise
    if request.method != "POST" and not promise.is_open:
        raise verbs.NotOpen
    form = OtherWordsForm(request.POST or None, initial={"words": promise.words})
    if carried_out(
        form, lambda: verbs.word_otherwise(promise, by=request.somebody, on=request.on, **form.cleaned_data)
    ):
        return redirect("promises:promise", pk=pk)
    return form_page(request, "promises/other_words.html", form, promise=promise)


@require_safe
def who_may(request: Visit) -> HttpResponse:
    """The whole of who may say what of a promise, and how long each thing takes."""
    may_hold = request.person is not None and rules.organises(request.person)
    context = {"rows": in_words(moves()), "clocks": clocks, "may_hold": may_hold}
    return render(request, "promises/who_may.html", context)


def _last_day(promise: Promise) -> object:
    return clocks.confirm_by(promise.made_on, Hold.objects.spans_of(promise.post))
