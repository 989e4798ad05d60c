"""Sealed files: recordings and photographed pages, in a folder apart from the database.

Each file is a row of parts of 256 KiB, sealed one by one under the story's key as they arrive, so that
nothing lies in the clear on the disk. A part is bound to its file, its number and whether it is the last:
parts that were moved, swapped or cut off do not open.
"""

import shutil
import uuid
from collections.abc import Iterator
from pathlib import Path

from django.conf import settings

from betterstory.people.keys import HEAD, keyring
from betterstory.stories.models import Story, Told

PART = 256 * 1024
SEALED_PART = PART + HEAD + 16  # the tag at its end


def folder() -> Path:
    """Where they lie: a folder a story."""
    return Path(settings.HOME) / "sealed"


def sealed_size(size: int) -> int:
    """How long a file of so many bytes is once it is sealed: each part has a head and a tag."""
    parts = max(size - 1, 0) // PART + 1
    return size + parts * (SEALED_PART - PART)


def place_of(story: Story, file: uuid.UUID) -> Path:
    return folder() / str(story.uuid) / f"{file}.sealed"


class Writing:
    """A sealed file that is being written. `drop` takes it away again."""

    def __init__(self, story: Story) -> None:
        self.story, self.file = story, uuid.uuid4()
        self.size = self._number = 0
        self._rest = bytearray()
        self.path = place_of(story, self.file)
        self.path.parent.mkdir(parents=True, exist_ok=True, mode=0o700)
        self._out = self.path.open("xb")
        self.path.chmod(0o600)

    def write(self, plain: bytes) -> None:
        self.size += len(plain)
        self._rest += plain
        while len(self._rest) > PART:  # the last part is sealed by `close`, which knows that it is the last
            self._seal(bytes(self._rest[:PART]), last=False)
            del self._rest[:PART]

    def close(self) -> None:
        if not self._out.closed:
            self._seal(bytes(self._rest), last=True)
            self._rest.clear()
            self._out.close()

    def drop(self) -> None:
        self._rest.clear()
        self._out.close()
        self.path.unlink(missing_ok=True)

    def _seal(self, plain: bytes, *, last: bool) -> None:
        name = _name(self._number, last)
        self._out.write(keyring().seal_bytes(plain, key=self.story.key, name=name, row=self.file))
        self._number += 1


def read(told: Told, start: int, end: int) -> Iterator[bytes]:
    """The bytes from `start` to before `end`, part by part. Raises Spoilt, KeyGone or Locked."""
    last = max(told.size - 1, 0) // PART
    with place_of(told.version.story, told.file).open("rb") as sealed:
        for number in range(start // PART, (end - 1) // PART + 1):
            sealed.seek(number * SEALED_PART)
            part = (sealed.read(SEALED_PART), _name(number, number == last), told.file)
            [plain] = keyring().open_bytes([part])
            begins = number * PART
            yield plain[max(start - begins, 0) : end - begins]


def remove(told: Told) -> None:
    """Take one file away, unless another version still holds it."""
    if not Told.objects.filter(file=told.file).exists():
        place_of(told.version.story, told.file).unlink(missing_ok=True)


def remove_all(story: Story) -> None:
    """Take away every file of a story that was destroyed."""
    shutil.rmtree(folder() / str(story.uuid), ignore_errors=True)


def sweep(*, older_than: float) -> int:
    """Take away files that no version holds: of destroyed stories, and those a crash left. Says how many."""
    known = {f"{file}.sealed" for file in Told.objects.values_list("file", flat=True)}
    strays = [path for path in folder().glob("*/*") if path.name not in known]
    strays = [path for path in strays if path.stat().st_mtime < older_than]
    for path in strays:
        path.unlink(missing_ok=True)
    return len(strays)


def _name(number: int, last: bool) -> str:
    return f"stories.told.{number}.{'last' if last else 'more'}"
