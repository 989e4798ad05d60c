"""Pages of the lead and the deputy: what was raised, one at a time. To anybody else they are not there."""

from collections.abc import Callable
from functools import wraps
from typing import cast
from uuid import UUID

from django.http import Http404, HttpResponse, HttpResponseBase
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext, gettext_noop
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from betterstory.people.models import Role
from betterstory.people.visit import Visit, needs_part, once
from betterstory.stories.models import Concern, Entry, Hold
from betterstory.stories.safeguarding import concerns, door, holds, keeping, rules
from betterstory.stories.safeguarding.forms import EntryForm, HoldForm, OpenForm
from betterstory.stories.safeguarding.states import State

either = require_http_methods(["GET", "HEAD", "POST"])
Page = Callable[..., HttpResponseBase]
PIECES = {
    "step": gettext_noop("What happened, number %(number)s"),
    "gap": gettext_noop("The gap after number %(number)s"),
    "wish": gettext_noop("A wish, number %(number)s"),
    "paragraph": gettext_noop("Their own words, paragraph %(number)s"),
    "named": gettext_noop("The piece that was pointed at"),
}


def at_the_post(page: Page) -> Page:
    """Only the lead and the deputy, with a second factor; others find nothing here."""

    @wraps(page)
    def guarded(request: Visit, *args: object, **kwargs: object) -> HttpResponseBase:
        if not rules.holds_post(request.somebody):
            raise Http404
        return page(request, *args, **kwargs)

    return cast(Page, needs_part(Role.SAFETY)(guarded))


def their_concern(request: Visit, key: UUID) -> Concern:
    """A concern this person may know of; what is about them is not there."""
    found = Concern.objects.select_related("story", "about", "raised_by").prefetch_related("entries__by")
    concern = get_object_or_404(found, uuid=key)
    if not rules.may_see(request.somebody, concern):
        raise Http404
    return concern


@require_safe
@at_the_post
def every(request: Visit) -> HttpResponse:
    """What was raised: its kind, its day and where it stands. No words, and nothing of oneself."""
    found = Concern.objects.filter(forgotten_at=None).prefetch_related("entries")
    rows = [
        {"concern": concern, "now": concerns.standing_of(concern)}
        for concern in rules.visible(request.somebody, found)
    ]
    for row in rows:
        day = cast("concerns.Standing", row["now"]).review_on
        row["ask_again"] = day is not None and day <= request.on
    open_, closed = _parted(rows)
    return render(request, "stories/safety/concerns.html", {"open": open_, "closed": closed})


def _parted(rows: list[dict[str, object]]) -> tuple[list[dict[str, object]], list[dict[str, object]]]:
    shut = [row for row in rows if cast("concerns.Standing", row["now"]).state == State.CLOSED]
    return [row for row in rows if row not in shut], shut


@require_safe
@at_the_post
def concern(request: Visit, key: UUID) -> HttpResponse:
    """One concern. Its words come once it is written down that somebody reads them."""
    return _one(request, their_concern(request, key))


def _one(request: Visit, found: Concern, form: EntryForm | None = None, status: int = 200) -> HttpResponse:
    now = concerns.standing_of(found)
    context = {
        "concern": found,
        "now": now,
        "read": door.read(found, by=request.somebody),
        "form": form or EntryForm(now=now),
        "holds": [
            {"hold": each, "reason": door.read_hold(each)}
            for each in Hold.objects.filter(concern=found, ended_at=None, until__gt=request.at)
        ],
        "may_open": found.story is not None
        and found.story.destroyed_at is None
        and now.state != State.CLOSED,
        "forget_on": keeping.forget_on(found),
    }
    return render(request, "stories/safety/concern.html", context, status=status)


@require_POST
@at_the_post
@once
def seen(request: Visit, key: UUID) -> HttpResponse:
    """I read it: written down before the words are shown."""
    found = their_concern(request, key)
    if request.somebody.pk not in concerns.standing_of(found).readers:
        concerns.write(found, kind=Entry.Kind.SEEN, by=request.somebody, at=request.at)
    return redirect("stories:safety:concern", key=key)


@require_POST
@at_the_post
@once
def write(request: Visit, key: UUID) -> HttpResponse:
    """Add one line under a concern."""
    found = their_concern(request, key)
    form = EntryForm(request.POST, now=concerns.standing_of(found))
    if form.is_valid():
        told = form.cleaned_data
        kind = Entry.Kind(told["kind"])
        try:
            concerns.write(
                found,
                kind=kind,
                by=request.somebody,
                at=request.at,
                words=told["words"],
                review_on=told["review_on"],
            )
        except (concerns.SayWhat, concerns.ReviewDay, concerns.TellFirst) as refused:
            field = {"review-day": "review_on", "say-what": "words"}.get(refused.code, "kind")
            form.add_error(field, refused.sentence)
        else:
            return redirect("stories:safety:concern", key=key)
    return _one(request, found, form, status=422)


@either
@at_the_post
@once
def open_one(request: Visit, key: UUID) -> HttpResponse:
    """Choose one piece, say why, and read it this once."""
    found = their_concern(request, key)
    pieces = [
        (each.value, label_of(each.kind, each.number)) for each in door.choices(found, by=request.somebody)
    ]
    if not pieces:
        raise Http404
    chosen = {"which": f"piece:{found.piece_id}"} if found.piece_id else {}
    form = OpenForm(
        request.POST or None, choices=pieces, on=request.on, initial={"safe_to_tell": "yes"} | chosen
    )
    if request.method == "POST" and form.is_valid():
        opened = door.open_one(found, by=request.somebody, at=request.at, **form.cleaned_data)
        what = dict(pieces)[form.cleaned_data["which"]]
        context = {
            "concern": found,
            "opened": opened,
            "what": what,
            "told": form.cleaned_data["safe_to_tell"],
        }
        answer = render(request, "stories/safety/opened.html", context)
        answer["Content-Location"] = request.path.removesuffix("open/")
        return answer
    context = {"concern": found, "form": form}
    return render(request, "stories/safety/open.html", context, status=422 if form.is_bound else 200)


def label_of(kind: str, number: int) -> str:
    """A piece by its number, without a word of it."""
    return gettext(PIECES[kind]) % {"number": number}


@either
@at_the_post
@once
def hold(request: Visit, key: UUID) -> HttpResponse:
    """Keep the words of this story until a day. Showing is not touched by it."""
    found = their_concern(request, key)
    form = HoldForm(request.POST or None, on=request.on)
    if request.method == "POST" and form.is_valid():
        try:
            holds.hold(found, by=request.somebody, at=request.at, **form.cleaned_data)
        except door.NotOpenToYou as refused:
            raise Http404 from refused
        return redirect("stories:safety:concern", key=key)
    context = {"concern": found, "form": form}
    return render(request, "stories/safety/hold.html", context, status=422 if form.is_bound else 200)


@require_POST
@at_the_post
@once
def end_hold(request: Visit, key: UUID, hold_key: UUID) -> HttpResponse:
    """The reason is gone, and so is the hold."""
    found = their_concern(request, key)
    named = get_object_or_404(Hold.objects.select_related("concern"), uuid=hold_key, concern=found)
    holds.end(named, by=request.somebody, at=request.at)
    return redirect("stories:safety:concern", key=key)
