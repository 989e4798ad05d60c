"""Pages before a story leaves the house: who is in it, then every line read by a person."""

from uuid import UUID

from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.views.decorators.http import require_POST

from betterstory.people.visit import Visit, once, signed_in
from betterstory.stories.acting import may_decide
from betterstory.stories.models import Named, Story, Version
from betterstory.stories.redacting import rules, verbs
from betterstory.stories.redacting.forms import NameForm
from betterstory.stories.redacting.reviewing import PER_PAGE, lines_to_read, page_of, posted_lines
from betterstory.stories.redacting.showing import Opened, names_of, opened, read_so_far
from betterstory.ui.refusal import Refusal

MOST_CAPITALS = 40


def _open(request: Visit, key: UUID) -> tuple[Story, Opened]:
    """A story's newest version for whoever may redact it; to anybody else it is not there."""
    story = get_object_or_404(Story.objects.select_related("teller", "neighbourhood"), uuid=key)
    version: Version = story.newest()
    version.story = story
    if story.taken_back_at or story.destroyed_at:
        raise Http404
    whole = opened(version, by=request.somebody, at=request.at)
    if whole is None:
        raise Http404
    return story, whole


@signed_in
@once
def names(request: Visit, key: UUID) -> HttpResponse:
    """Who is in this, and what shall we call them?"""
    story, whole = _open(request, key)
    form = NameForm(request.POST or None, initial={"names": request.GET.get("add", "")[:80]})
    if request.method == "POST" and form.is_valid():
        told = form.cleaned_data
        try:
            verbs.name_somebody(
                story, by=request.somebody, forms=told["names"], kind=told["kind"], called=told["called"]
            )
        except Refusal as refused:
            form.add_error("called" if refused.code == "still-gives-away" else "names", refused.sentence)
        else:
            return redirect("stories:names", key=key)
    listed = names_of(story, by=request.somebody)
    seen = whole.seen([entry for _pk, entry in listed])
    context = {
        "story": story,
        "shown": whole,
        "form": form,
        "listed": listed,
        "capitals": seen.capitals[:MOST_CAPITALS],
        "more_capitals": max(0, len(seen.capitals) - MOST_CAPITALS),
        "is_dictated": seen.is_dictated,
    }
    return render(request, "stories/names.html", context, status=422 if form.is_bound else 200)


@require_POST
@signed_in
@once
def forget(request: Visit, key: UUID, named: int) -> HttpResponse:
    """Take somebody off the list."""
    story, _whole = _open(request, key)
    verbs.forget_name(get_object_or_404(Named, pk=named, story=story), by=request.somebody)
    return redirect("stories:names", key=key)


@signed_in
@once
def lines(request: Visit, key: UUID) -> HttpResponse:
    """Some lines at a time: as each was, as it will read, and a tick that it was read."""
    story, whole = _open(request, key)
    seen = whole.seen([entry for _pk, entry in names_of(story, by=request.somebody)])
    read = read_so_far(whole.version, mark=whole.mark, by=request.somebody)
    page = page_of(request.GET.get("page", ""), whole, read)
    shown = lines_to_read(whole, seen, read, page)
    if request.method == "POST":
        ticked, forgotten = posted_lines(request.POST, shown.lines)
        if not forgotten:
            mark = request.POST.get("mark", "")
            verbs.read_lines(whole.version, by=request.somebody, at=request.at, mark=mark, lines=ticked)
            return redirect(_next(story, whole, {**read, **ticked}, page))
    context = {
        "story": story,
        "shown": shown,
        "mark": whole.mark,
        "is_read": rules.was_read(whole.version, mark=whole.mark),
    }
    return render(request, "stories/lines.html", context, status=422 if request.method == "POST" else 200)


def _next(story: Story, whole: Opened, read: dict[int, str], page: int) -> str:
    """The next page with a line nobody read; after the last one, what it comes to."""
    left = [number for number in range(len(whole.lines)) if number not in read]
    later = [number for number in left if number >= page * PER_PAGE]
    if not later:
        return reverse("stories:all_read", kwargs={"key": story.uuid})
    return f"{reverse('stories:lines', kwargs={'key': story.uuid})}?page={later[0] // PER_PAGE + 1}"


@signed_in
@once
def all_read(request: Visit, key: UUID) -> HttpResponse:
    """What the reading comes to; pressed, a new version is made where a line was changed."""
    story, whole = _open(request, key)
    if request.method == "POST":
        mark = request.POST.get("mark", "")
        made = verbs.finish(whole.version, by=request.somebody, at=request.at, mark=mark)
        return redirect("stories:all_read" if made.agreed_at else "stories:read_back", key=key)
    read = read_so_far(whole.version, mark=whole.mark, by=request.somebody)
    entries = [entry for _pk, entry in names_of(story, by=request.somebody)]
    left = [number for number in range(len(whole.lines)) if number not in read]
    changed = [number for number, words in sorted(read.items()) if words != whole.was(number).strip()]
    context = {
        "story": story,
        "version": whole.version,
        "mark": whole.mark,
        "total": len(whole.lines),
        "left": len(left),
        "left_page": left[0] // PER_PAGE + 1 if left else 1,
        "changed": [(whole.was(number).strip(), read[number]) for number in changed[:30]],
        "many_changed": len(changed),
        "still": [(n + 1, n // PER_PAGE + 1) for n in verbs.names_still_there(read, entries)[:20]],
        "is_read": rules.was_read(whole.version, mark=whole.mark),
        "is_teller": may_decide(request.somebody, story),
    }
    return render(request, "stories/all_read.html", context)
