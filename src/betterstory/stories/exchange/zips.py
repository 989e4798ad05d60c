"""Opening a ZIP somebody sent: counted while it is read, since what it says of its own size may be a lie."""

import io
import struct
import zipfile
import zlib
from pathlib import PurePosixPath

MOST_FILES, MOST_BYTES, PART = 200, 50_000_000, 65_536
DAMAGED = (
    zipfile.BadZipFile,
    zlib.error,
    struct.error,
    EOFError,
    NotImplementedError,
    OSError,
    RuntimeError,
    ValueError,
)
ARCHIVES = (b"PK\x03\x04", b"PK\x05\x06", b"\x1f\x8b", b"BZh", b"\xfd7zXZ", b"7z\xbc\xaf", b"Rar!")


class NotSafe(ValueError):
    """The ZIP is no ZIP, too large, or holds what it should not. The code says which."""

    def __init__(self, code: str) -> None:
        super().__init__(code)
        self.code = code


def read_one(data: bytes, name: str) -> bytes:
    """One file of a ZIP, by its name in any letters, after all of it was looked at. Raises NotSafe."""
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as file:
            entries = file.infolist()
            _look_at(entries)
            found = next((each for each in entries if each.filename.casefold() == name.casefold()), None)
            if found is None:
                raise NotSafe("no-such-file")
            return _read(file, found)
    except NotSafe:
        raise
    except DAMAGED as error:
        raise NotSafe("no-zip") from error


def _look_at(entries: list[zipfile.ZipInfo]) -> None:
    """Names, numbers and declared sizes, before a byte is unpacked."""
    if len(entries) > MOST_FILES:
        raise NotSafe("too-many-files")
    if sum(each.file_size for each in entries) > MOST_BYTES:
        raise NotSafe("too-large")
    for each in entries:
        path = PurePosixPath(each.filename.replace("\\", "/"))
        if path.is_absolute() or ".." in path.parts or ":" in each.filename or "\0" in each.filename:
            raise NotSafe("a-way-out")
        if path.suffix.lower() in (".zip", ".qdpx", ".gz", ".bz2", ".xz", ".7z", ".rar"):
            raise NotSafe("a-zip-in-it")


def _read(file: zipfile.ZipFile, entry: zipfile.ZipInfo) -> bytes:
    """Its bytes, counted as they come out."""
    held, size = io.BytesIO(), 0
    with file.open(entry) as out:
        while part := out.read(PART):
            size += len(part)
            if size > MOST_BYTES:
                raise NotSafe("too-large")
            held.write(part)
    data = held.getvalue()
    if data.startswith(ARCHIVES):
        raise NotSafe("a-zip-in-it")
    return data
