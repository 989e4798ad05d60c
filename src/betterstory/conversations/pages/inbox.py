"""At home: make a pack for a second laptop, look into the inbox it wrote, and take that in."""

import hashlib
import os
import re
from pathlib import Path

from django import forms
from django.conf import settings
from django.contrib import messages
from django.core.files.uploadedfile import UploadedFile
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_http_methods, require_POST

from betterstory.conversations import saying_inbox, verbs
from betterstory.conversations.inbox.reading import MOST_BYTES
from betterstory.conversations.models import Pack
from betterstory.conversations.pages.finding import find_gathering
from betterstory.people.models import Role
from betterstory.people.visit import Visit, needs_part, once
from betterstory.ui.refusal import Refusal

NAME = re.compile(r"[0-9a-f]{64}")


class InboxForm(forms.Form):
    """The file that came home."""

    file = forms.FileField(
        label=gettext_lazy("The inbox file"),
        help_text=gettext_lazy("It lies beside the pack on the second laptop, and its name ends in .inbox."),
        error_messages={
            "required": gettext_lazy("Choose the file."),
            "empty": gettext_lazy("This file is empty: nothing was said on that laptop."),
        },
    )

    def clean_file(self) -> UploadedFile:
        file: UploadedFile = self.cleaned_data["file"]
        if (file.size or 0) > MOST_BYTES:
            raise forms.ValidationError(_("This is too large to be an inbox file."))
        return file


@require_http_methods(["GET", "HEAD", "POST"])
@needs_part(Role.ORGANISER, Role.STEWARD)
def inbox(request: Visit, pk: int) -> HttpResponse:
    """What went out and what came home. A file is looked into first; nothing is taken in yet."""
    found = find_gathering(pk)
    form = InboxForm(request.POST or None, request.FILES or None)
    if form.is_valid():
        raw = form.cleaned_data["file"].read()
        try:
            verbs.look_into(raw, by=request.somebody, at=request.at)
            return redirect("conversations:look_into", pk=pk, name=_keep(raw))
        except Refusal as refusal:
            form.add_error("file", refusal.sentence)
    told = {
        "gathering": found,
        "form": form,
        "packs": found.packs.select_related("made_by"),
        "night": verbs.night_of(found),
        "is_over": request.at >= verbs.night_of(found),
    }
    return render(request, "conversations/inbox.html", told, status=422 if form.is_bound else 200)


@require_POST
@needs_part(Role.ORGANISER, Role.STEWARD)
@once
def pack(request: Visit, pk: int) -> HttpResponse:
    """The file for a second laptop, as a download. Each has a key of its own."""
    found = find_gathering(pk)
    made, file, _left = verbs.pack_for_second_laptop(found, by=request.somebody, at=request.at)
    response = HttpResponse(file, content_type="application/json")
    response["Content-Disposition"] = f'attachment; filename="gathering-{found.pk}-{made.pk}.pack"'
    response["Content-Location"] = reverse("conversations:inbox", args=[pk])
    return response


@require_POST
@needs_part(Role.ORGANISER, Role.STEWARD)
@once
def lose_pack(request: Visit, pk: int) -> HttpResponse:
    """The second laptop is gone: nothing of it is taken in any more."""
    found = get_object_or_404(Pack, pk=pk)
    verbs.lose(found, by=request.somebody, at=request.at)
    messages.success(request, _("Nothing of that laptop is taken in any more."))
    return redirect("conversations:inbox", pk=found.gathering_id)


@require_http_methods(["GET", "HEAD", "POST"])
@needs_part(Role.ORGANISER, Role.STEWARD)
@once
def look_into(request: Visit, pk: int, name: str) -> HttpResponse:
    """What taking it in would do; on POST it is done."""
    found, file = find_gathering(pk), _file(name)
    if not file.exists():
        raise Http404
    raw = file.read_bytes()
    if request.method == "POST":
        told = verbs.take_in(raw, by=request.somebody, at=request.at)
        file.unlink(missing_ok=True)
        messages.success(request, saying_inbox.taken(told))
        return redirect("conversations:inbox", pk=told.pack.gathering_id)
    looked = verbs.look_into(raw, by=request.somebody, at=request.at)
    told_page = {
        "gathering": found,
        "other": looked.pack.gathering if looked.pack.gathering_id != pk else None,
        "looked": looked,
        "would": saying_inbox.would(looked),
        "not_taken": saying_inbox.not_taken(looked),
        "not_whole": saying_inbox.not_whole(looked.contents),
    }
    return render(request, "conversations/look_into.html", told_page)


def throw_away_inboxes(*, older_than: float) -> None:
    """Files that somebody looked into and left. What is in them opens with the keys of this place alone."""
    for file in _folder().glob("*"):
        if NAME.fullmatch(file.name) and file.stat().st_mtime < older_than:
            file.unlink(missing_ok=True)


def _keep(raw: bytes) -> str:
    """Put it by until it is taken in; its name is its own, so that the same file is the same page."""
    name = hashlib.sha256(raw).hexdigest()
    folder = _folder()
    folder.mkdir(parents=True, exist_ok=True, mode=0o700)
    half = folder / f".{name}.{os.getpid()}"
    half.write_bytes(raw)
    half.replace(folder / name)
    return name


def _file(name: str) -> Path:
    if not NAME.fullmatch(name):
        raise Http404
    return _folder() / name


def _folder() -> Path:
    return Path(settings.HOME) / "inboxes"
