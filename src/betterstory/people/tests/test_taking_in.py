"""A copy of the key book that is not what it says is not begun with."""

from pathlib import Path
from uuid import uuid4

import pytest

from betterstory.people.keys import Keyring, Locked
from betterstory.people.keys import book as key_book
from betterstory.people.keys.site_key import SiteKey
from betterstory.people.keys.taking_in import take_in


@pytest.fixture
def ring(tmp_path: Path) -> Keyring:
    made = Keyring(tmp_path / "here")
    made.make()
    return made


def new_folder(ring: Keyring, to: Path) -> Keyring:
    """An empty data folder into which the paper was put back."""
    to.mkdir()
    site_key = ring.files.read()
    assert site_key is not None
    there = Keyring(to)
    there.files.write(there.site_file, site_key)
    return there


def test_a_root_wrapped_under_another_key_is_found_before_the_book_is_begun(
    ring: Keyring, tmp_path: Path
) -> None:
    """Its name fits; but what was derived from it would open nothing here any more."""
    with key_book.opened(ring.file) as book:
        key_book.say(book, key_book.ROOT, SiteKey.make().wrap(SiteKey.make().value))
    there = new_folder(ring, tmp_path / "there")
    with pytest.raises(Locked):
        take_in(there, ring.file, destroyed=[])
    assert not there.file.exists(), "nothing is half begun"


def test_a_whole_copy_is_begun_with_and_derives_the_same(ring: Keyring, tmp_path: Path) -> None:
    key, row = ring.make(), uuid4()
    sealed = ring.seal("words", key=key, name="a.b.c", row=row)
    there = new_folder(ring, tmp_path / "there")
    assert take_in(there, ring.file, destroyed=[]) == 2
    assert there.open(sealed, name="a.b.c", row=row) == "words"
    assert there.derive(b"purpose") == ring.derive(b"purpose")
