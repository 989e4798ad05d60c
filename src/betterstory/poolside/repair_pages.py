"""Pages of a repair talk. They are one's own: nothing of it stands on a page that others look at."""

from datetime import timedelta
from uuid import UUID

from django import forms
from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from betterstory.people import limits
from betterstory.people.models import Person
from betterstory.people.visit import Visit, once, signed_in
from betterstory.poolside import repairing, showing
from betterstory.poolside.models import Poolside
from betterstory.poolside.pages import find, form_page
from betterstory.poolside.quiet_forms import AskTalkForm, ReplyForm, WishForm
from betterstory.ui.refusal import Refusal

MOST_ASKED = 6  # by one person in a day: nobody is pressed
either = require_http_methods(["GET", "HEAD", "POST"])


@require_safe
@signed_in
def which(request: Visit) -> HttpResponse:
    """From a promise, or from nowhere: in which circle? Straight on where there is one."""
    tables = list(
        Poolside.objects.around(request.somebody, on=request.on).select_related("circle").order_by("pk")
    )
    promise = _number(request.GET.get("promise", ""))
    if len(tables) == 1:
        there = redirect("poolside:ask_repair", pk=tables[0].pk)
        there["Location"] += f"?promise={promise}" if promise else ""
        return there
    return render(request, "poolside/which_table.html", {"poolsides": tables, "promise": promise})


def _number(words: str) -> int | None:
    return int(words) if words.isascii() and words.isdigit() and 0 < len(words) < 10 else None


@either
@signed_in
@once
def ask(request: Visit, pk: int) -> HttpResponse:
    """Ask somebody round the table for a talk."""
    poolside = find(request, pk)
    others = [each.pk for each in showing.members_of(poolside) if each.pk != request.somebody.pk]
    form = AskTalkForm(request.POST or None, initial={"promise": _number(request.GET.get("promise", ""))})
    form.offer(Person.objects.filter(pk__in=others).order_by("name", "pk"))
    try:
        if form.is_valid():
            _count(request)
            repairing.ask(poolside, by=request.somebody, on=request.on, **form.cleaned_data)
            messages.success(request, _("Asked. Only the two of you know."))
            return redirect("poolside:repairs")
    except Refusal as refusal:
        form.add_error("whom", refusal.sentence)
    return form_page(request, "ask_repair", poolside, form, about=form["promise"].value())


def _count(request: Visit) -> None:
    who = str(request.somebody.pk)
    limits.count_try(what="repair", who=who, most=MOST_ASKED, within=timedelta(days=1), at=request.at)


@require_safe
@signed_in
def repairs(request: Visit) -> HttpResponse:
    """My repair talks: those I asked for, and those I am asked for."""
    return _page(request)


@require_POST
@signed_in
@once
def reply(request: Visit, key: UUID) -> HttpResponse:
    """Yes, later or no."""
    form = ReplyForm(request.POST)
    if not form.is_valid():
        return _page(request, key, "reply", form)
    repairing.reply(key, by=request.somebody, on=request.on, **form.cleaned_data)
    return redirect("poolside:repairs")


@require_POST
@signed_in
@once
def wish(request: Visit, key: UUID) -> HttpResponse:
    """Let the circle know that it took place; or not any more."""
    if "not" in request.POST:
        repairing.wish_unknown(key, by=request.somebody, on=request.on)
        return redirect("poolside:repairs")
    form = WishForm(request.POST)
    try:
        if form.is_valid():
            repairing.wish_known(key, by=request.somebody, on=request.on, **form.cleaned_data)
            return redirect("poolside:repairs")
    except repairing.NotADayWeTalked as refusal:
        form.add_error("talked_on", refusal.sentence)
    return _page(request, key, "wish", form)


@either
@signed_in
@once
def wipe(request: Visit, key: UUID) -> HttpResponse:
    """Ask once, then wipe it."""
    found = next(
        (each for each in repairing.mine(request.somebody, on=request.on) if each.row.uuid == key), None
    )
    if found is None:
        raise repairing.NotYourTalk
    if request.method == "POST":
        repairing.wipe(key, by=request.somebody, on=request.on)
        messages.success(request, _("It is wiped."))
        return redirect("poolside:repairs")
    return render(request, "poolside/wipe_repair.html", {"mine": found})


def _page(
    request: Visit, key: UUID | None = None, what: str = "", bound: forms.Form | None = None
) -> HttpResponse:
    """Every talk of mine with what I can do now; a form with something to put right in its own place."""
    rows = []
    for each in repairing.mine(request.somebody, on=request.on):
        row: dict[str, object] = {"mine": each, "prefix": each.row.uuid.hex}
        wrong = bound if each.row.uuid == key else None
        if not each.i_asked and each.talk.reply != repairing.Reply.YES:
            row["reply"] = wrong if what == "reply" and wrong else ReplyForm(auto_id=f"{row['prefix']}_%s")
        if each.talk.reply == repairing.Reply.YES and not each.i_wish:
            day = each.talk.day
            row["wish"] = (
                wrong if what == "wish" and wrong else WishForm(day=day, auto_id=f"{row['prefix']}_%s")
            )
        rows.append(row)
    return render(request, "poolside/repairs.html", {"rows": rows}, status=422 if bound else 200)
