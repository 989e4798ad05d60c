"""Gatherings: the list, one of them, calling one, asking people, its sentences."""

from collections.abc import Callable

from django.contrib import messages
from django.db.models import Count, Q
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from betterstory.conversations import chairs, rules, verbs
from betterstory.conversations.balance import say_balance, say_rings
from betterstory.conversations.forms.gatherings import CallForm, GuestForm, ReplyForm
from betterstory.conversations.models import Gathering, Guest, RunSheet, Side
from betterstory.conversations.owed import owed_after, with_owed
from betterstory.conversations.pages.finding import find_gathering, find_round, with_origins
from betterstory.conversations.quiet import as_seen
from betterstory.people.models import Ring, Role
from betterstory.people.visit import Visit, needs_part, once, signed_in
from betterstory.stories.rules import viewer_of
from betterstory.ui.refusal import Refusal

type More = Callable[[Visit, Gathering], dict[str, object]]


@signed_in
def all_gatherings(request: Visit) -> HttpResponse:
    """Every gathering, the newest first."""
    gatherings = Gathering.objects.select_related("round__neighbourhood").order_by("-at")
    return render(request, "conversations/all.html", {"gatherings": gatherings[:100]})


@signed_in
def round_gatherings(request: Visit, pk: int) -> HttpResponse:
    """The gatherings of one round."""
    round_ = find_round(pk)
    coming = Count("guests", filter=Q(guests__reply=Guest.Reply.COMING))
    told = {
        "round": round_,
        "gatherings": Gathering.objects.filter(round=round_).annotate(coming=coming),
        "may_call": rules.may_call(request.somebody),
    }
    return render(request, "conversations/round.html", told)


@require_http_methods(["GET", "HEAD", "POST"])
@needs_part(Role.ORGANISER, Role.STEWARD)
@once
def call(request: Visit, pk: int) -> HttpResponse:
    """Call a gathering."""
    round_ = find_round(pk)
    form = CallForm(request.POST or None)
    if form.is_valid():
        told = form.cleaned_data
        try:
            made = verbs.call_gathering(
                round=round_,
                kind=Gathering.Kind(told["kind"]),
                title=told["title"],
                when=form.when,
                where=told["where"],
                check_in=told["check_in"],
                by=request.somebody,
                at=request.at,
            )
            return redirect("conversations:guests", pk=made.pk)
        except (verbs.DayIsPast, verbs.NoTitles) as refusal:
            field = "day" if isinstance(refusal, verbs.DayIsPast) else "title"
            form.add_error(field, refusal.sentence)
    told = {"round": round_, "form": form}
    return render(request, "conversations/call.html", told, status=422 if form.is_bound else 200)


def nothing_more(_request: Visit, _found: Gathering) -> dict[str, object]:
    """What else a page says of a gathering: here nothing."""
    return {}


@signed_in
def gathering(
    request: Visit, pk: int, template: str = "conversations/gathering.html", more: More = nothing_more
) -> HttpResponse:
    """When, where, who comes, what is asked, and the ways on from here.

    Whoever looks up over several folders brings a template of their own, and what else stands in it.
    """
    found = find_gathering(pk)
    statements = list(found.statements.from_pieces())
    guests = list(found.guests.select_related("invitation"))
    me, viewer = request.somebody.pk, viewer_of(request.somebody)
    sheet = RunSheet.objects.filter(gathering=found).select_related("story").first()
    may_call, is_past = rules.may_call(request.somebody), found.at < request.at
    after = with_owed(Gathering.objects.filter(pk=pk)) if may_call and is_past else []
    coming = [guest for guest in guests if guest.reply == Guest.Reply.COMING]
    waiting = sum(guest.reply == Guest.Reply.WAITING for guest in guests)
    still_out = waiting if may_call and not is_past else 0
    told = {
        "gathering": found,
        "sheet": sheet,
        "chairs": chairs.draw(len(coming), still_out),
        "chairs_say": _("A chair each. Dashed chairs have not answered yet.") if still_out else "",
        "tells_here": sheet is not None and rules.is_teller(request.somebody, sheet),
        "owed": owed_after(after, at=request.at),
        "coming": coming,
        "waiting": waiting,
        "mine": next((guest for guest in guests if guest.who_id == me), None),
        "statements": with_origins(
            [each for each in statements if each.is_asked], viewer=viewer, at=request.at
        ),
        "aside": as_seen([each for each in statements if each.put_aside], viewer=viewer, at=request.at),
        "unread": sum(not each.is_read and not each.put_aside for each in statements),
        "may_call": may_call,
        "may_write_down": rules.may_write_down(request.somebody, found),
        "may_open_screen": rules.may_open_screen(request.somebody, found),
        "is_past": is_past,
    }
    return render(request, template, told | more(request, found))


@require_http_methods(["GET", "HEAD", "POST"])
@needs_part(Role.ORGANISER, Role.STEWARD)
@once
def guests(request: Visit, pk: int) -> HttpResponse:
    """Ask people, with the balance in sight."""
    found = find_gathering(pk)
    form = GuestForm(request.POST or None)
    if form.is_valid():
        told = form.cleaned_data
        try:
            verbs.ask_guest(
                found,
                first_name=told["first_name"],
                side=Side(told["side"]),
                ring=Ring(told["ring"]),
                by=request.somebody,
            )
            return redirect("conversations:guests", pk=pk)
        except Refusal as refusal:
            form.add_error("first_name", refusal.sentence)
    asked = list(found.guests.select_related("asked_by"))
    told = {
        "gathering": found,
        "rings": say_rings(asked),
        "form": form,
        "guests": asked,
        "replies": Guest.Reply.choices,
        "balance": say_balance(asked),
    }
    return render(request, "conversations/guests.html", told, status=422 if form.is_bound else 200)


@require_POST
@signed_in
@once
def reply(request: Visit, pk: int) -> HttpResponse:
    """Somebody says whether they come; or an organiser writes it down for them."""
    guest = get_object_or_404(
        Guest.objects.select_related("gathering__circle", "person", "invitation__person"), pk=pk
    )
    form = ReplyForm(request.POST)
    if form.is_valid():
        verbs.reply(guest, reply=Guest.Reply(form.cleaned_data["reply"]), by=request.somebody, at=request.at)
        messages.success(request, _("Thank you. We wrote it down."))
    own = guest.who_id == request.somebody.pk
    return redirect("conversations:gathering" if own else "conversations:guests", pk=guest.gathering_id)


@require_POST
@needs_part(Role.ORGANISER, Role.STEWARD)
@once
def voting(request: Visit, pk: int) -> HttpResponse:
    """Close the voting, so that everybody can see what was said; or open it again."""
    found = find_gathering(pk)
    if request.POST.get("voting") == "open":
        verbs.open_voting(found, by=request.somebody)
        return redirect("conversations:gathering", pk=pk)
    verbs.close_voting(found, by=request.somebody, at=request.at)
    return redirect("conversations:results", pk=pk)
