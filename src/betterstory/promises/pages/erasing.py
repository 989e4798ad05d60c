"""Taking words out that name somebody: a page for whoever may, with a reason that stands on the wall."""

from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect

from betterstory.people.visit import Visit, once, signed_in
from betterstory.promises import rules, verbs
from betterstory.promises.forms.ledger import EraseForm
from betterstory.promises.models import Ask, Promise
from betterstory.promises.pages.asking import takes_a_form
from betterstory.promises.pages.forms_answered import carried_out, form_page
from betterstory.promises.pages.typing import under_a_promise, under_an_ask
from betterstory.stories.whose import asks_whose


@takes_a_form
@signed_in
@asks_whose(under_a_promise, fields=["because"])
@once
def of_promise(request: Visit, pk: int) -> HttpResponse:
    return _erase(request, get_object_or_404(Promise, pk=pk), "promises:promise")


@takes_a_form
@signed_in
@asks_whose(under_an_ask, fields=["because"])
@once
def of_ask(request: Visit, pk: int) -> HttpResponse:
    return _erase(request, get_object_or_404(Ask, pk=pk), "promises:ask")


def _erase(request: Visit, about: Ask | Promise, page: str) -> HttpResponse:
    if not rules.organises(request.somebody):
        raise verbs.NotYoursToTakeOut
    form = EraseForm(request.POST or None)
    if carried_out(
        form, lambda: verbs.erase_words(about, by=request.somebody, on=request.on, **form.cleaned_data)
    ):
        return redirect(page, pk=about.pk)
    return form_page(request, "promises/take_out.html", form, about=about, page=page)
