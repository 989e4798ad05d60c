"""Opening a copy: decrypted into a folder aside, unpacked by name, and held against what it says it is."""

import hashlib
import json
import tarfile
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path, PurePosixPath
from typing import Any

import pyrage

from betterstory.website.keeping import copying, snapshot
from betterstory.website.keeping.trouble import CannotKeep

NAMES = {
    copying.MANIFEST,
    copying.ENDED,
    copying.KEY_BOOK,
    copying.PLACE,
    snapshot.SQLITE_FILE,
    snapshot.POSTGRES_FILE,
}


@dataclass(frozen=True)
class Opened:
    """A copy, opened in a folder."""

    folder: Path
    about: dict[str, Any]

    @property
    def at(self) -> datetime:
        return datetime.fromisoformat(self.about["at"])

    @property
    def kind(self) -> str:
        return str(self.about["kind"])

    def part(self, name: str) -> Path | None:
        file = self.folder / name
        return file if file.exists() else None

    @property
    def ended(self) -> str:
        """What was ended when it was made, line by line."""
        file = self.part(copying.ENDED)
        return file.read_text() if file else ""


def open_copy(file: Path, *, identity: Any, folder: Path, kind: str) -> Opened:
    """Decrypt and unpack a copy of one kind into an empty folder, and check it. Raises CannotKeep."""
    together = folder / "together.tar"
    decrypt(file, identity, together)
    try:
        _unpack(together, folder)
    except (tarfile.TarError, OSError):
        raise CannotKeep(f"{file} is no copy that Better Story made.") from None
    finally:
        together.unlink(missing_ok=True)
    opened = Opened(folder, _read_manifest(file, folder))
    if opened.kind != kind:
        wanted = "of the database" if kind == copying.STORY else "of the keys"
        raise CannotKeep(f"{file} is not a copy {wanted}.")
    for name, told in opened.about["sums"].items():
        part = opened.part(name)
        if part is None or _sum(part) != told:
            raise CannotKeep(f"{file} is not whole: a part of it is not as it was.")
    return opened


def decrypt(file: Path, identity: Any, to: Path) -> None:
    """Raises CannotKeep, and leaves nothing where it did not open."""
    try:
        with file.open("rb") as sealed, to.open("wb") as plain:
            pyrage.decrypt_io(sealed, plain, [identity])
    except OSError as why:
        to.unlink(missing_ok=True)
        raise CannotKeep(f"{file} cannot be read: {why.strerror or 'it is not whole'}.") from None
    except pyrage.DecryptError:
        to.unlink(missing_ok=True)
        raise CannotKeep(f"{file} does not open with this private key, or is not whole.") from None


def _unpack(together: Path, folder: Path) -> None:
    """Only parts with a name of ours, only plain files, nothing outside the folder."""
    with tarfile.open(together) as tar:
        for member in tar:
            kept = PurePosixPath(member.name).parts[:1] == (copying.KEPT,)
            if not member.isfile() or not (member.name in NAMES or kept):
                raise tarfile.TarError(member.name)
            tar.extract(member, folder, filter="data")


def _read_manifest(file: Path, folder: Path) -> dict[str, Any]:
    try:
        about: dict[str, Any] = json.loads((folder / copying.MANIFEST).read_text())
        known = about["format"] == 1
    except (OSError, ValueError, KeyError, TypeError):
        raise CannotKeep(f"{file} is no copy that Better Story made.") from None
    if not known:
        raise CannotKeep(f"{file} was made by a newer Better Story. Install that first.")
    return about


def check_database(opened: Opened) -> Path:
    """The database of a copy, whole and with as many rows as when it was made. Raises CannotKeep."""
    file = opened.part(snapshot.SQLITE_FILE) or opened.part(snapshot.POSTGRES_FILE)
    if file is None:
        raise CannotKeep("There is no database in this copy.")
    if snapshot.check(file) != opened.about["tables"]:
        raise CannotKeep("The copy is not whole: it holds other rows than when it was made.")
    return file


def _sum(file: Path) -> str:
    with file.open("rb") as opened:
        return hashlib.file_digest(opened, "sha256").hexdigest()
