"""Files that come in while telling: sound is sealed part by part as it arrives, a picture stays in memory.

Nothing is ever written to the disk in the clear, and what is refused leaves nothing behind.
"""

from collections.abc import Iterator
from contextlib import contextmanager
from io import BytesIO
from typing import Any

from django.core.files.uploadedfile import UploadedFile
from django.core.files.uploadhandler import FileUploadHandler, SkipFile, StopUpload
from django.http import HttpRequest
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from betterstory.stories import sounds
from betterstory.stories.models import Story, Told
from betterstory.stories.sealed_files import Writing

MEGABYTE = 1_000_000
MOST_SOUND, MOST_PICTURE = 40 * MEGABYTE, 15 * MEGABYTE
ROOM_FOR_THE_FORM = 100_000
FAR_TOO_MUCH = 25  # times the limit: what is longer is cut off without an answer

NO_SOUND = _("We do not know this as sound. Nothing was kept. Record it with your phone, and send that.")
A_FILM = _("This is a film. We take in your voice alone. Nothing was kept. Record it as sound.")
TOO_LONG = _(
    "This is larger than %(limit)s megabytes, the most we take in. Nothing was kept. Send it in two parts."
)
EMPTY = _("There is nothing in this file. Record it again.")
NO_ROOM = _("There is no room left on this machine. Nothing was kept. Tell whoever looks after this place.")


class Coming(FileUploadHandler):
    """Takes in the one file of the field `file`. `refused` is the sentence to show where it was not taken."""

    most = 0

    def __init__(self, request: HttpRequest) -> None:
        super().__init__(request)
        self.came, self.is_whole, self.has_begun = 0, False, False
        self.refused: Promise | str = ""
        self._length = 0

    def handle_raw_input(self, input_data: Any, META: Any, content_length: int, *rest: Any) -> None:
        self._length = content_length

    def new_file(self, field_name: str, *args: Any, **kwargs: Any) -> None:
        super().new_file(field_name, *args, **kwargs)
        if self._length > FAR_TOO_MUCH * self.most:
            raise StopUpload(connection_reset=True)
        if field_name != "file" or self.has_begun:
            raise SkipFile
        self.has_begun = True
        if self._length > self.most + ROOM_FOR_THE_FORM:
            self.refuse(TOO_LONG)

    def receive_data_chunk(self, raw_data: bytes, start: int) -> None:
        self.came += len(raw_data)
        if self.came > self.most:
            self.refuse(TOO_LONG)
        try:
            self.take(raw_data)
        except OSError:
            self.refuse(NO_ROOM)

    def file_complete(self, file_size: int) -> UploadedFile:
        if not self.came:
            self.refused = EMPTY
        self.is_whole = not self.refused
        return UploadedFile(BytesIO(), name="file", size=file_size)

    def refuse(self, sentence: Promise | str) -> None:
        self.refused = sentence
        self.drop()
        raise SkipFile

    @property
    def sentence(self) -> str:
        return (
            str(self.refused) % {"limit": self.most // MEGABYTE}
            if "%(" in str(self.refused)
            else str(self.refused)
        )

    def take(self, part: bytes) -> None:
        raise NotImplementedError

    def drop(self) -> None:
        raise NotImplementedError


class ComingSound(Coming):
    """A recording: known by how it begins, sealed under the story's key as it arrives."""

    most = MOST_SOUND

    def __init__(self, request: HttpRequest, story: Story) -> None:
        super().__init__(request)
        self.story, self.media = story, ""
        self.writing: Writing | None = None
        self._head = self._tail = b""

    def take(self, part: bytes) -> None:
        if sounds.has_film(self._tail + part):
            self.refuse(A_FILM)
        self._tail = part[-32:]
        if self.writing is not None:
            self.writing.write(part)
            return
        self._head += part
        if len(self._head) >= sounds.HEAD:
            self._begin()

    def file_complete(self, file_size: int) -> UploadedFile:
        if self.came and self.writing is None and not self._begin_or_refuse():
            self.refused = self.refused or NO_SOUND
        if self.writing is not None:
            self.writing.close()
        return super().file_complete(file_size)

    def drop(self) -> None:
        # once the page is answered, the row says whether it stays: what was undone has none
        if self.writing is not None and not Told.objects.filter(file=self.writing.file).exists():
            self.writing.drop()
            self.writing = None

    def _begin(self) -> None:
        self.media = sounds.media_of(self._head)
        if not self.media:
            self.refuse(NO_SOUND)
        self.writing = Writing(self.story)
        self.writing.write(self._head)
        self._head = b""

    def _begin_or_refuse(self) -> bool:
        try:
            self._begin()
        except SkipFile:
            return False
        return True


class ComingPicture(Coming):
    """A photograph: held in memory until it is made again and sealed."""

    most = MOST_PICTURE

    def __init__(self, request: HttpRequest) -> None:
        super().__init__(request)
        self.held = bytearray()

    def take(self, part: bytes) -> None:
        self.held += part

    def drop(self) -> None:
        self.held.clear()


@contextmanager
def taken_in[C: Coming](request: HttpRequest, coming: C) -> Iterator[C]:
    """Take in the file of this request, before its form is first looked at. What is not kept goes."""
    request.upload_handlers = [coming]
    try:
        yield coming
    finally:
        coming.drop()
