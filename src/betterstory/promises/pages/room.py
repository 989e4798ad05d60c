"""A promise made in the room, in one short form; and the days before an election."""

from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.formats import date_format
from django.utils.timezone import localtime
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from betterstory.conversations.models import Gathering
from betterstory.people.models import Body, Post, Role
from betterstory.people.visit import Visit, needs_part, once, signed_in
from betterstory.places.models import Round
from betterstory.promises import verbs
from betterstory.promises.forms.reminding import HoldForm, RoomForm
from betterstory.promises.models import Hold, Promise
from betterstory.promises.pages.asking import takes_a_form
from betterstory.promises.pages.forms_answered import carried_out, form_page
from betterstory.promises.pages.promising import posts_to_speak_for
from betterstory.promises.pages.typing import in_a_round
from betterstory.stories.whose import asks_whose

organiser = needs_part(Role.ORGANISER, Role.STEWARD)


@takes_a_form
@signed_in
@asks_whose(in_a_round, fields=["words"])
@once
def in_the_room(request: Visit, round_pk: int) -> HttpResponse:
    """Who, the words, by when. It is made to the room that meets, and the room is its witness."""
    current = get_object_or_404(Round.objects.select_related("neighbourhood"), pk=round_pk)
    room, posts = room_of(current, request), posts_to_speak_for(request)
    if room is None or not posts:
        return redirect("promises:new_promise", round_pk=round_pk)
    form = RoomForm(request.POST or None, on=request.on, posts=posts)
    to_words = _("the room of %(day)s") % {"day": date_format(localtime(room.at).date(), "j F")}

    def verb() -> Promise:
        return verbs.make(
            round=current,
            by=request.somebody,
            on=request.on,
            to=room.circle,
            to_words=to_words,
            witness=_("the room"),
            **form.cleaned_data,
        )

    made = carried_out(form, verb)
    if made:
        return redirect("promises:promise", pk=made.pk)
    return form_page(request, "promises/in_the_room.html", form, round=current, to_words=to_words)


def room_of(current: Round, request: Visit) -> Gathering | None:
    """The gathering of today, or else the last one there was."""
    before = Gathering.objects.filter(round=current, at__date__lte=request.on).select_related("circle")
    return before.order_by("-at").first()


@require_safe
@organiser
def elections(request: Visit) -> HttpResponse:
    """The bodies, and the days that are written down for them."""
    holds = Hold.objects.filter(until_on__gte=request.on).select_related("body").prefetch_related("posts")
    bodies = Body.objects.filter(posts__isnull=False).distinct()
    return render(request, "promises/elections.html", {"holds": holds, "bodies": bodies})


@takes_a_form
@organiser
@once
def election(request: Visit, pk: int) -> HttpResponse:
    """Write down the days before an election of this body."""
    body = get_object_or_404(Body, pk=pk)
    form = HoldForm(request.POST or None, posts=Post.objects.filter(body=body).select_related("body"))
    if carried_out(form, lambda: verbs.hold(body, by=request.somebody, on=request.on, **form.cleaned_data)):
        return redirect("promises:elections")
    return form_page(request, "promises/election.html", form, body=body)


@require_POST
@organiser
@once
def end_hold(request: Visit, pk: int) -> HttpResponse:
    """It ends now: what waited comes in."""
    verbs.end_hold(get_object_or_404(Hold, pk=pk), by=request.somebody, on=request.on)
    return redirect("promises:elections")
