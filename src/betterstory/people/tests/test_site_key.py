"""The site key and its files: without it everything is locked, and nothing shows it."""

import os
import pickle
import shutil
import stat
import traceback
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from uuid import uuid4

import pytest

from betterstory.people.keys import Keyring, Locked, Sealed
from betterstory.people.tests._ring import NAME, ring

__all__ = ["ring"]  # fixtures that tests ask for by name


def test_without_the_site_key_everything_is_locked_and_no_new_one_is_made(ring: Keyring) -> None:
    key, row = ring.make(), uuid4()
    sealed = ring.seal("words", key=key, name=NAME, row=row)
    aside = ring.folder / "aside"
    shutil.move(ring.site_file, aside)
    with pytest.raises(Locked):
        ring.open(sealed, name=NAME, row=row)
    with pytest.raises(Locked):
        ring.make()
    assert not ring.site_file.exists()
    shutil.move(aside, ring.site_file)
    assert ring.open(sealed, name=NAME, row=row) == "words"


def test_a_wrong_site_key_locks_everything(ring: Keyring) -> None:
    key, row = ring.make(), uuid4()
    sealed = ring.seal("words", key=key, name=NAME, row=row)
    ring.site_file.write_bytes(os.urandom(32))
    with pytest.raises(Locked):
        ring.open(sealed, name=NAME, row=row)


def test_half_a_site_key_is_as_good_as_none(ring: Keyring) -> None:
    key, row = ring.make(), uuid4()
    sealed = ring.seal("words", key=key, name=NAME, row=row)
    ring.site_file.write_bytes(ring.site_file.read_bytes()[:16])
    with pytest.raises(Locked):
        ring.open(sealed, name=NAME, row=row)


def test_only_the_place_itself_can_read_the_files(ring: Keyring) -> None:
    ring.make()
    assert stat.S_IMODE(ring.folder.stat().st_mode) == 0o700
    assert stat.S_IMODE(ring.site_file.stat().st_mode) == 0o600
    assert stat.S_IMODE(ring.file.stat().st_mode) == 0o600


def test_the_site_key_is_not_in_the_key_file(ring: Keyring) -> None:
    ring.make()
    assert ring.site_file.read_bytes() not in ring.file.read_bytes()


def test_two_who_start_at_once_agree_on_one_site_key(tmp_path: Path) -> None:
    folder = tmp_path / "keys"
    rings = [Keyring(folder) for _n in range(8)]  # eight processes, each with a lock of its own
    with ThreadPoolExecutor(8) as pool:
        keys = list(pool.map(lambda ring: ring.make(), rings))
    row = uuid4()
    for key in keys:
        sealed = rings[0].seal("words", key=key, name=NAME, row=row)
        assert Keyring(folder).open(sealed, name=NAME, row=row) == "words"
    assert sorted(file.name for file in folder.iterdir()) == ["keys.sqlite3", "site.key"]


def test_it_does_not_show_itself(ring: Keyring) -> None:
    ring.make()
    ring.derive(b"one purpose")
    assert repr(ring) == str(ring) == "<Keyring>"


def test_a_report_of_a_crash_holds_no_key(ring: Keyring) -> None:
    """What is said of a failure, its causes and every name in it: no byte of any key."""
    key, row = ring.make(), uuid4()
    sealed = ring.seal("words", key=key, name=NAME, row=row)
    site_key, data_key = ring.site_file.read_bytes(), ring._data_keys({key.bytes})[key.bytes]
    ring.site_file.write_bytes(bytes(32))
    for spoil in (lambda: ring.open(sealed, name=NAME, row=row), lambda: ring.open(b"", name=NAME, row=row)):
        with pytest.raises(Sealed) as trouble:
            spoil()
        said = "".join(traceback.format_exception(trouble.value)).encode() + pickle.dumps(trouble.value)
        for secret in (site_key, data_key):
            assert secret not in said
            assert secret.hex().encode() not in said
            assert repr(secret).encode() not in said


def test_a_book_that_another_process_began_keeps_its_root(ring: Keyring) -> None:
    before = ring.derive(b"one purpose")
    with ring.opened() as book:
        ring._begin(book, site_key_is_new=True)
    assert Keyring(ring.folder).derive(b"one purpose") == before


def test_a_site_key_that_another_process_was_first_to_make_is_theirs(
    ring: Keyring, monkeypatch: pytest.MonkeyPatch
) -> None:
    ring.folder.mkdir()
    ring.site_file.write_bytes(b"k" * 32)
    with monkeypatch.context() as late:
        late.setattr(Path, "exists", lambda _file: False)
        assert not ring.files.make()
    assert ring.site_file.read_bytes() == b"k" * 32
