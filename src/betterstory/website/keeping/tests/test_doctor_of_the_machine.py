"""What the doctor says of the machine: its disks, its database, its address."""

from pathlib import Path
from types import SimpleNamespace
from typing import Any

import pytest

from betterstory.website.keeping import doctor, doctor_of_machine
from betterstory.website.keeping.finding import Level
from betterstory.website.keeping.tests._findings import faults, notes

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.mark.parametrize(
    ("free", "level"), [(100, Level.FAULT), (300_000_000, Level.NOTE), (10**10, Level.FINE)]
)
def test_room_on_the_disk(free: int, level: Level, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("shutil.disk_usage", lambda _folder: SimpleNamespace(free=free))
    [found] = doctor_of_machine.look_at_room()
    assert found.level == level


@pytest.mark.parametrize(
    ("url", "level"),
    [("http://localhost:8000", Level.NOTE), ("https://story.example.org", Level.FINE)],
)
def test_the_address_on_cards(url: str, level: Level, settings: Any) -> None:
    settings.URL = url
    [found] = doctor_of_machine.look_at_address()
    assert found.level == level


MOUNTS = """
    /dev/sda1 / ext4 rw 0 0
    server:/srv /srv nfs4 rw 0 0
    /dev/sdb1 /srv/here ext4 rw 0 0
    //server/share /mnt/the\\040share cifs rw 0 0
"""


@pytest.mark.parametrize(
    ("folder", "kind"),
    [
        ("/home/story", "ext4"),
        ("/srv/story", "nfs4"),
        ("/srv/here/story", "ext4"),
        ("/mnt/the share/x", "cifs"),
    ],
)
def test_what_kind_of_disk_a_folder_lies_on(folder: str, kind: str, tmp_path: Path) -> None:
    mounts = tmp_path / "mounts"
    mounts.write_text("\n".join(line.strip() for line in MOUNTS.strip().splitlines()))
    assert doctor.kind_of_disk(Path(folder), mounts) == kind
    assert doctor.kind_of_disk(Path(folder), tmp_path / "nowhere") == ""


def test_a_disk_on_another_machine_is_a_fault(monkeypatch: pytest.MonkeyPatch) -> None:
    assert "on another machine" not in faults(doctor.look_at_sqlite())
    monkeypatch.setattr(doctor, "kind_of_disk", lambda _folder: "nfs4")
    assert "on another machine (nfs4)" in faults(doctor.look_at_sqlite())


@pytest.mark.parametrize(("version", "noted"), [((3, 40, 1), True), ((3, 51, 2), True), ((3, 51, 3), False)])
def test_an_older_sqlite_is_a_note(
    version: tuple[int, ...], noted: bool, monkeypatch: pytest.MonkeyPatch
) -> None:
    import sqlite3  # noqa: PLC0415 - stood in for

    monkeypatch.setattr(sqlite3, "sqlite_version_info", version)
    assert ("rare fault" in notes(doctor.look_at_sqlite())) is noted


def test_tables_that_are_behind_are_a_fault(monkeypatch: pytest.MonkeyPatch) -> None:
    from django.db.migrations.executor import MigrationExecutor  # noqa: PLC0415 - stood in for

    assert faults(doctor.look_at_tables()) == ""
    monkeypatch.setattr(MigrationExecutor, "migration_plan", lambda _self, _to: [("stories", "0002")])
    assert "1 steps behind" in faults(doctor.look_at_tables())
