"""Pages of the steward: who holds the posts, whom to ring, and what somebody asked about themselves."""

from uuid import UUID

from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.http import require_http_methods, require_POST

from betterstory.people.models import Role
from betterstory.people.visit import Visit, needs_part, once
from betterstory.places import verbs as places
from betterstory.places.models import Place
from betterstory.stories.models import Asked, Lead
from betterstory.stories.safeguarding import access, door, leads, rules
from betterstory.stories.safeguarding.forms import AnswerForm, AskedForm, LeadForm, RoutesForm
from betterstory.ui.refusal import Refusal

either = require_http_methods(["GET", "HEAD", "POST"])
MANY = 40


@either
@needs_part(Role.STEWARD)
@once
def posts(request: Visit) -> HttpResponse:
    """Who is lead and who is deputy, now and before; and naming the next."""
    form = LeadForm(request.POST or None, by=request.somebody)
    if request.method == "POST" and form.is_valid():
        told = form.cleaned_data
        leads.name(
            told["person"],
            post=Lead.Post(told["post"]),
            phone=told["phone"],
            said_as=told["said_as"],
            by=request.somebody,
            at=request.at,
        )
        return redirect("stories:safety:posts")
    before = Lead.objects.exclude(until_at=None).select_related("person", "named_by")[:MANY]
    context = {"form": form, "posts": rules.posts(), "before": before}
    return render(request, "stories/safety/posts.html", context, status=422 if form.is_bound else 200)


@require_POST
@needs_part(Role.STEWARD, Role.SAFETY)
@once
def let_go(request: Visit, pk: int) -> HttpResponse:
    """Somebody leaves the post."""
    lead = get_object_or_404(Lead.objects.select_related("person"), pk=pk, until_at=None)
    leads.let_go(lead, by=request.somebody, at=request.at)
    return redirect("stories:safety:now")


@either
@needs_part(Role.STEWARD)
@once
def routes(request: Visit) -> HttpResponse:
    """Whom to ring, and who answers for what."""
    place = get_object_or_404(Place)
    form = RoutesForm.of(place, request.POST or None)
    if request.method == "POST" and form.is_valid():
        places.change_place(place, by=request.somebody, **form.cleaned_data)
        return redirect("stories:safety:who")
    return render(request, "stories/safety/routes.html", {"form": form}, status=422 if form.is_bound else 200)


@either
@needs_part(Role.STEWARD, Role.SAFETY)
@once
def requests(request: Visit) -> HttpResponse:
    """What somebody asked about themselves: by kind and day, no name; the soonest due first."""
    _check(request)
    form = AskedForm(request.POST or None, on=request.on)
    if request.method == "POST" and form.is_valid():
        asked = access.take_down(by=request.somebody, on=request.on, **form.cleaned_data)
        return redirect("stories:safety:asked", key=asked.uuid)
    waiting = Asked.objects.filter(answered_on=None).order_by("due_on", "pk")
    context = {
        "form": form,
        "waiting": [{"asked": each, "late": each.due_on < request.on} for each in waiting],
        "answered": Asked.objects.exclude(answered_on=None).order_by("-answered_on")[:MANY],
    }
    return render(request, "stories/safety/requests.html", context, status=422 if form.is_bound else 200)


@either
@needs_part(Role.STEWARD, Role.SAFETY)
@once
def asked(request: Visit, key: UUID) -> HttpResponse:
    """One request: what to check and how, and its answer."""
    _check(request)
    found = get_object_or_404(Asked.objects.select_related("taken_by", "answered_by"), uuid=key)
    form = AnswerForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        told = form.cleaned_data
        try:
            access.answer(
                found,
                how=Asked.Answer(told["how"]),
                checked=told["checked"],
                by=request.somebody,
                on=request.on,
            )
        except Refusal as refused:
            form.add_error(None, refused.sentence)
        else:
            return redirect("stories:safety:requests")
    who, checked = door.read_asked(found, by=request.somebody) or ("", "")
    context = {"asked": found, "who": who, "checked": checked, "form": form}
    return render(request, "stories/safety/asked.html", context, status=422 if form.is_bound else 200)


def _check(request: Visit) -> None:
    """Somebody with the part but without the post finds nothing here."""
    if not rules.may_take_requests(request.somebody):
        raise Http404
