"""Large files on their way in: straight to disk, weighed as they come, gone again unless they are kept."""

import shutil
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import IO, Any

from django.conf import settings
from django.core.files.uploadedfile import UploadedFile
from django.core.files.uploadhandler import FileUploadHandler, StopUpload
from django.http import HttpRequest
from django.utils.translation import gettext as _

NAMES = {"log": "the log", "people": "the list of everybody"}
ROOM_FOR_THE_FORM = 100_000


class Arrived(UploadedFile):
    """A file that came whole, and where it lies until the page is answered."""

    def __init__(self, path: Path, *, name: str, size: int) -> None:
        super().__init__(name=name, size=size)
        self.path = path


class Weighing(FileUploadHandler):
    """Writes each file to a folder of its own and stops writing at the limit.

    What comes after that is read and dropped, so that the browser hears why; past twice the limit it is cut
    off. `refused` is the sentence to show, by the name of the field.
    """

    def __init__(self, request: HttpRequest, folder: Path, most: int) -> None:
        super().__init__(request)
        self.folder, self.most = folder, most
        self.came = 0
        self.refused: dict[str, str] = {}
        self._is_too_much = False
        self._file: IO[bytes] | None = None

    def handle_raw_input(self, input_data: Any, META: Any, content_length: int, *rest: Any) -> None:
        self._is_too_much = content_length > self.most + ROOM_FOR_THE_FORM

    def new_file(self, field_name: str, file_name: str, *args: Any, **kwargs: Any) -> None:
        super().new_file(field_name, file_name, *args, **kwargs)
        if field_name in NAMES and not (self.folder / NAMES[field_name]).exists():
            self._file = (self.folder / NAMES[field_name]).open("xb")

    def receive_data_chunk(self, raw_data: bytes, start: int) -> None:
        self.came += len(raw_data)
        if self.came > 2 * self.most:
            raise StopUpload(connection_reset=True)
        if self._file is None:
            return
        if self._is_too_much or self.came > self.most:
            self._refuse(
                _("This is larger than %(limit)s, the most that is taken in here.")
                % {"limit": in_bytes(self.most)}
            )
            return
        try:
            self._file.write(raw_data)
        except OSError:
            self._refuse(_("There is no room left for it on this machine."))

    def file_complete(self, file_size: int) -> Arrived | None:
        if self._file is None:
            return None
        path = Path(self._file.name)
        self._file.close()
        self._file = None
        return Arrived(path, name=str(self.file_name), size=file_size)

    def upload_interrupted(self) -> None:
        self._close()

    def _refuse(self, sentence: str) -> None:
        self.refused[str(self.field_name)] = sentence
        self._close()

    def _close(self) -> None:
        if self._file is not None:
            self._file.close()
            Path(self._file.name).unlink(missing_ok=True)
            self._file = None


@contextmanager
def weighed(request: HttpRequest) -> Iterator[Weighing]:
    """Take in the files of this request, before its form is first looked at. Afterwards none is left."""
    waiting = Path(settings.HOME) / "arriving"
    waiting.mkdir(mode=0o700, parents=True, exist_ok=True)
    folder = Path(tempfile.mkdtemp(dir=waiting))
    coming = Weighing(request, folder, settings.LOG_UPLOAD_LIMIT)
    request.upload_handlers = [coming]
    try:
        yield coming
    finally:
        coming.upload_interrupted()
        shutil.rmtree(folder, ignore_errors=True)


def limit_in_words() -> str:
    """The most that is taken in, like "2 GB"."""
    return in_bytes(settings.LOG_UPLOAD_LIMIT)


def in_bytes(size: int) -> str:
    """ "2 GB", "500 kB" """
    for unit, many in (("GB", 10**9), ("MB", 10**6), ("kB", 1000)):
        if size >= many:
            return f"{size / many:.3g} {unit}"
    return _("%(size)s bytes") % {"size": size}
