"""Pages of telling aloud and on paper: a recording or a photograph comes in, and is heard or seen again."""

from collections.abc import Iterator
from uuid import UUID

from django.http import Http404, HttpResponse, HttpResponseBase, StreamingHttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.utils.translation import gettext_lazy as _
from django.views.decorators.csrf import csrf_exempt, csrf_protect
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from betterstory.people.visit import Visit, once, signed_in
from betterstory.stories import recordings, rules, sealed_files
from betterstory.stories.arriving import (
    MEGABYTE,
    MOST_PICTURE,
    MOST_SOUND,
    Coming,
    ComingPicture,
    ComingSound,
    taken_in,
)
from betterstory.stories.hearing import while_allowed
from betterstory.stories.models import Story, Told, Use
from betterstory.stories.seeing import note_seen
from betterstory.stories.table import ask, opened, their_story
from betterstory.ui.refusal import Refusal

CHOOSE = _("Choose a file first, or record one.")


@csrf_exempt  # only until the file's own handler is in place: _aloud asks for the token
@require_http_methods(["GET", "HEAD", "POST"])
@signed_in
def aloud(request: Visit, key: UUID) -> HttpResponseBase:
    """Say it out loud: a recording is sealed as it arrives."""
    story = their_story(request, key)
    with taken_in(request, ComingSound(request, story)) as coming:
        return _aloud(request, story, coming)


@csrf_protect
@once
def _aloud(request: Visit, story: Story, coming: ComingSound) -> HttpResponse:
    wrong = _refused(request, coming)
    if request.method == "POST" and not wrong:
        recordings.keep_sound(story, by=request.somebody, coming=coming, at=request.at)
        return redirect("stories:aloud", key=story.uuid)
    shown = opened(request, story)
    return ask(
        request,
        shown,
        None,
        title=_("Say it out loud"),
        template="stories/aloud.html",
        told=shown.version.told.filter(kind=Told.Kind.SOUND),
        limit=MOST_SOUND // MEGABYTE,
        wrong=wrong,
    )


@csrf_exempt  # only until the file's own handler is in place: _on_pages asks for the token
@require_http_methods(["GET", "HEAD", "POST"])
@signed_in
def on_pages(request: Visit, key: UUID) -> HttpResponseBase:
    """Photograph a page that was written by hand: it is made again, and sealed."""
    story = their_story(request, key)
    with taken_in(request, ComingPicture(request)) as coming:
        return _on_pages(request, story, coming)


@csrf_protect
@once
def _on_pages(request: Visit, story: Story, coming: ComingPicture) -> HttpResponse:
    wrong = _refused(request, coming)
    if request.method == "POST" and not wrong:
        try:
            recordings.keep_page(story, by=request.somebody, came=bytes(coming.held), at=request.at)
        except Refusal as refused:
            wrong = refused.sentence
        else:
            return redirect("stories:on_pages", key=story.uuid)
    shown = opened(request, story)
    return ask(
        request,
        shown,
        None,
        title=_("Photograph a page"),
        template="stories/on_pages.html",
        told=shown.version.told.filter(kind=Told.Kind.PAGE),
        limit=MOST_PICTURE // MEGABYTE,
        wrong=wrong,
    )


def _refused(request: Visit, coming: Coming) -> str:
    """The sentence to show where nothing was taken in; looking at the form takes the file in."""
    if request.method != "POST":
        return ""
    _fields, _files = request.POST, request.FILES
    if coming.refused or coming.is_whole:
        return coming.sentence
    return str(CHOOSE)


@require_POST
@signed_in
@once
def take_out(request: Visit, key: UUID, told: int) -> HttpResponse:
    """Take a recording or page out of the open version."""
    story = their_story(request, key)
    found = get_object_or_404(Told.objects.select_related("version__story"), pk=told, version__story=story)
    recordings.take_out(found, by=request.somebody)
    page = "stories:aloud" if found.kind == Told.Kind.SOUND else "stories:on_pages"
    return redirect(page, key=key)


@require_safe
@signed_in
def bring_back(request: Visit, key: UUID, told: int) -> HttpResponseBase:
    """Hear or see it again: all of it, or the part a player asks for."""
    found = get_object_or_404(
        Told.objects.select_related("version__story"), pk=told, version__story__uuid=key
    )
    if not rules.may_hear(request.somebody, found, request.at):
        raise Http404
    if found.kind == Told.Kind.SOUND and found.version.agreed_at:
        note_seen(found.version, use=Use.HEAR, on=request.on, person=request.somebody)
    part = _part(request.headers.get("Range", ""), found.size)
    if part is None:
        return HttpResponse(status=416, headers={"Content-Range": f"bytes */{found.size}"})
    start, end = part
    answer = StreamingHttpResponse(
        while_allowed(
            _opening(sealed_files.read(found, start, end)),
            told=found,
            person=request.somebody,
            at=request.at,
        ),
        content_type=found.media,
        status=206 if request.headers.get("Range") else 200,
    )
    answer["Accept-Ranges"] = "bytes"
    answer["Content-Length"] = str(end - start)
    answer["Content-Disposition"] = "inline"
    if answer.status_code == 206:
        answer["Content-Range"] = f"bytes {start}-{end - 1}/{found.size}"
    return answer


def _opening(parts: Iterator[bytes]) -> Iterator[bytes]:
    """The first part is opened before the answer begins, so that what cannot be opened is said so."""
    first = next(parts)

    def all_parts() -> Iterator[bytes]:
        yield first
        yield from parts

    return all_parts()


def _part(asked: str, size: int) -> tuple[int, int] | None:
    """Where the asked part begins and ends; None where there is no such part. Several parts: all of it."""
    if not asked.startswith("bytes=") or "," in asked:
        return 0, size
    first, dash, last = asked.removeprefix("bytes=").strip().partition("-")
    if not dash or not (first + last).isdecimal():
        return 0, size
    if not first:  # the last so many bytes
        start, end = max(size - int(last), 0), size
    else:
        start, end = int(first), min(int(last) + 1, size) if last else size
    return (start, end) if start < end else None
