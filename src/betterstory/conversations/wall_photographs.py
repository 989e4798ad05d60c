"""The photograph of the wall, in a sealed file apart from the database, under a key of its own.

It is made again dot by dot before it is sealed: of the file that came, only what is seen is kept.
"""

from pathlib import Path
from uuid import UUID

from django.conf import settings

from betterstory.conversations.models import WallPhotograph
from betterstory.people.keys import keyring

NAME = "conversations.wall"


def folder() -> Path:
    return Path(settings.HOME) / "walls"


def place_of(row: UUID) -> Path:
    return folder() / f"{row}.sealed"


def seal(picture: bytes, *, row: UUID, key: UUID) -> None:
    """Write it down sealed."""
    folder().mkdir(parents=True, exist_ok=True, mode=0o700)
    path = place_of(row)
    with path.open("xb") as out:
        path.chmod(0o600)
        out.write(keyring().seal_bytes(picture, key=key, name=NAME, row=row))


def opened(photograph: WallPhotograph) -> bytes:
    """The picture. Raises KeyGone, Locked or Spoilt."""
    sealed = place_of(photograph.uuid).read_bytes()
    return keyring().open_bytes([(sealed, NAME, photograph.uuid)])[0]


def destroy(row: UUID, key: UUID) -> None:
    """Its key first, which reaches old copies; then the file."""
    keyring().destroy(key)
    place_of(row).unlink(missing_ok=True)


def sweep(*, older_than: float) -> int:
    """Take away files of no photograph: what a crash left. Says how many."""
    known = {f"{row}.sealed" for row in WallPhotograph.objects.values_list("uuid", flat=True)}
    strays = [path for path in folder().glob("*.sealed") if path.name not in known]
    strays = [path for path in strays if path.stat().st_mtime < older_than]
    for path in strays:
        path.unlink(missing_ok=True)
    return len(strays)
