"""A teller's own copy: all they told and said yes to on one plain page, with their recordings and pages.

It is packed part by part as it goes out: nothing of it lies on the disk in the clear, nor whole in memory.
"""

import io
import zipfile
from collections.abc import Iterator
from datetime import datetime
from typing import Any

from django.template.loader import render_to_string

from betterstory.people.keys import Sealed
from betterstory.people.models import Person
from betterstory.stories import acting, beside, care, owing, photographs, sealed_files, showing, tongues
from betterstory.stories.models import Consent, Seen, Story, Told, Use, Version
from betterstory.stories.picturing import picture_of

FORMAT = 1
ENDINGS = {
    "audio/3gpp": "3gp",
    "audio/mp4": "m4a",
    "audio/wav": "wav",
    "audio/ogg": "ogg",
    "audio/webm": "webm",
    "audio/amr": "amr",
    "audio/mpeg": "mp3",
    "audio/aac": "aac",
    photographs.MEDIA: "jpg",
}


def copy_of(story: Story, *, viewer: Person, at: datetime) -> Iterator[bytes] | None:
    """A ZIP, part by part; None for all but its tellers, or where it is gone."""
    if not acting.may_open(viewer, story):
        return None
    versions = []
    for version in story.versions.order_by("-number"):
        version.story = story
        told = _told_in(version, viewer=viewer, at=at)
        if told is not None:
            versions.append(told)
    if not versions:
        return None
    files = _files(story)
    yeses = Consent.objects.filter(version__story=story).select_related("circle", "version")
    page = render_to_string(
        "stories/own_copy.html",
        {
            "story": story,
            "versions": versions,
            "files": list(files.items()),
            "yeses": yeses.prefetch_related("bodies").order_by("given_at"),
            "came_of": [said for of_one in owing.told_to(story, viewer=viewer).values() for said in of_one],
            "seen": Seen.objects.filter(story=story).select_related("person", "circle").order_by("on"),
            "thanks": care.thanks_words(story, viewer=viewer),
            "at": at,
            "format": FORMAT,
        },
    )
    return _packed(page, files)


def _told_in(version: Version, *, viewer: Person, at: datetime) -> dict[str, Any] | None:
    """One version, with all that was said of each step."""
    shown = showing.show_whole(version, viewer=viewer, use=Use.READ, at=at)
    if shown is None:
        return None
    return {
        "shown": shown,
        "picture": picture_of(shown),
        "tongue": tongues.said_beside(shown),
        "readings": beside.readings_beside(shown),
    }


def _files(story: Story) -> dict[str, Told]:
    """By its name in the copy, each recording and page once, though several versions may hold it."""
    each: dict[object, Told] = {}
    for told in Told.objects.filter(version__story=story).select_related("version").order_by("told_at", "pk"):
        told.version.story = story
        each.setdefault(told.file, told)
    return {
        f"{told.kind}-{number}.{ENDINGS.get(told.media, 'bin')}": told
        for number, told in enumerate(each.values(), start=1)
    }


class _Parcel(io.RawIOBase):
    """What a ZIP is written into, and taken out of again as it grows."""

    def __init__(self) -> None:
        self._parts: list[bytes] = []

    def write(self, part: Any) -> int:
        self._parts.append(bytes(part))
        return len(part)

    def taken(self) -> bytes:
        parts, self._parts = self._parts, []
        return b"".join(parts)


def _packed(page: str, files: dict[str, Told]) -> Iterator[bytes]:
    parcel = _Parcel()
    with zipfile.ZipFile(parcel, "w") as book:
        book.writestr("my-story.html", page, zipfile.ZIP_DEFLATED)
        yield parcel.taken()
        for name, told in files.items():
            try:
                with book.open(name, "w") as entry:
                    for part in sealed_files.read(told, 0, told.size):
                        entry.write(part)
                        yield parcel.taken()
            except (Sealed, FileNotFoundError):
                continue  # one that does not open does not keep the rest from its teller
    yield parcel.taken()
