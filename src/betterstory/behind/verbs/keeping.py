"""Sealed files of who is in which figure: in the folder of a log, and gone with the last log of its line."""

import os
import shutil
import uuid

from betterstory.behind.counting import Keys
from betterstory.behind.models import ContactLog, Draft, Release
from betterstory.people.keys import keyring

NEW = os.O_WRONLY | os.O_CREAT | os.O_EXCL


def keys_of_the_place() -> Keys:
    """Made from the key file, apart from database and logs: a person is the same hash in every log."""
    ring = keyring()
    return Keys(ring.derive(b"behind: people in figures"), ring.derive(b"behind: sealing people in figures"))


def keep(log: ContactLog, sealed: bytes) -> uuid.UUID:
    """Put it by the log; says under which name."""
    name = uuid.uuid4()
    log.kept_folder.mkdir(mode=0o700, exist_ok=True)
    with os.fdopen(os.open(log.kept_folder / str(name), NEW, 0o600), "wb") as file:
        file.write(sealed)
    return name


def hand_on(log: ContactLog) -> None:
    """Before a log goes: what is out stays held against, while newer records of the same are here."""
    heir = ContactLog.objects.filter(line=log.line).exclude(pk=log.pk).first()
    if heir is None or not log.kept_folder.exists():
        return
    shutil.copytree(log.kept_folder, heir.kept_folder, dirs_exist_ok=True)
    for counted in (Release, Draft):
        counted.objects.filter(kept_with=log).update(kept_with=heir)
