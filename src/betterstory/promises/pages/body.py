"""A body's page: its record, what it asks of others, and its right of reply. Bodies stand by name, never by
how they did, and no two of them side by side.
"""

from typing import Any

from django.db.models import Q
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.http import urlencode

from betterstory.people.models import Body
from betterstory.people.visit import Visit, once, signed_in
from betterstory.promises import rules, standing, verbs
from betterstory.promises.forms import ReplyForm
from betterstory.promises.models import Ask, Promise
from betterstory.promises.pages.asking import takes_a_form
from betterstory.promises.pages.clock_words import held
from betterstory.promises.pages.forms_answered import carried_out, form_page
from betterstory.promises.pages.narrowing import bodies_on_the_wall, number_in, page_in
from betterstory.promises.pages.typing import under_a_promise, under_an_ask
from betterstory.promises.pages.wall import ask_rows, promise_rows
from betterstory.stories.whose import asks_whose

A_PAGE = 10  # of each of the three
NAMES = 100


def bodies(request: Visit) -> HttpResponse:
    """Everybody that stands on the wall, by name."""
    page = page_in(request)
    found = list(bodies_on_the_wall()[(page - 1) * NAMES : page * NAMES + 1])
    told = {"bodies": found[:NAMES], **_turning(page, more=len(found) > NAMES)}
    return render(request, "promises/bodies.html", told)


def body(request: Visit, pk: int) -> HttpResponse:
    """What it promised, what it was asked, and what it asks; the newest of each first page."""
    found = get_object_or_404(Body.objects.select_related("today"), pk=pk)
    page = page_in(request)
    start, end = (page - 1) * A_PAGE, page * A_PAGE + 1
    of_it, its = (
        Q(pk__in=some.order_by("-asked_on", "-pk").values("pk")[start:end])
        for some in (Ask.objects.about(found), Ask.objects.asked_by_body(found))
    )
    asks = list(
        Ask.objects.on_the_wall()
        .annotate(of_it=of_it, its=its)
        .filter(of_it | its)
        .order_by("-asked_on", "-pk")
    )
    parts: list[list[Any]] = [
        list(Promise.objects.on_the_wall().about(found).order_by("-due_on", "-pk")[start:end]),
        [ask for ask in asks if getattr(ask, "of_it", False)],
        [ask for ask in asks if getattr(ask, "its", False)],
    ]
    promises, asked, asking = (part[:A_PAGE] for part in parts)
    there = standing.on_the_wall(promises, [*asked, *asking], on=request.on)
    told = {
        "body": found,
        "promises": promise_rows(promises, request.on, held(request.on), there),
        "asks": ask_rows(asked, request.on, there),
        "its_asks": ask_rows(asking, request.on, there),
        "stands_for": request.person is not None and rules.may_reply(request.person, found),
        **_turning(page, more=any(len(part) > A_PAGE for part in parts)),
    }
    return render(request, "promises/body.html", told)


@takes_a_form
@signed_in
@asks_whose(under_a_promise, fields=["words"])
@once
def reply_to_promise(request: Visit, pk: int) -> HttpResponse:
    """A body's words beside a promise of its own."""
    found = get_object_or_404(Promise.objects.select_related("post__body__today", "post__today__body"), pk=pk)
    return _reply(request, found, reverse("promises:promise", args=[pk]))


@takes_a_form
@signed_in
@asks_whose(under_an_ask, fields=["words"])
@once
def reply_to_ask(request: Visit, pk: int) -> HttpResponse:
    """A body's words beside what it was asked."""
    found = get_object_or_404(Ask.objects.on_the_wall(), pk=pk)
    return _reply(request, found, reverse("promises:ask", args=[pk]))


def _reply(request: Visit, entry: Ask | Promise, back: str) -> HttpResponse:
    named = request.POST.get("body") or request.GET.get("body", "")
    if not named:
        raise Http404
    its = get_object_or_404(Body, pk=number_in(named))
    if not rules.may_reply(request.somebody, its):
        raise verbs.NotYourReply(body=its.name)
    form = ReplyForm(request.POST or None)
    if carried_out(
        form,
        lambda: verbs.reply(entry, body=its, by=request.somebody, on=request.on, **form.cleaned_data),
    ):
        return redirect(f"{back}#replies")
    return form_page(request, "promises/reply.html", form, body=its, entry=entry, back=back)


def _turning(page: int, *, more: bool) -> dict[str, str]:
    return {
        "earlier": f"?{urlencode({'page': page + 1})}" if more else "",
        "later": f"?{urlencode({'page': page - 1})}" if page > 1 else "",
    }
