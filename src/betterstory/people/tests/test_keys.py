"""Words sealed at rest, and keys that can be destroyed."""

import inspect
import sqlite3
from uuid import UUID, uuid4

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from betterstory.people.keys import HEAD, KeyGone, Keyring, Spoilt
from betterstory.people.keys import ring as ring_module
from betterstory.people.tests._ring import NAME, ring

__all__ = ["ring"]  # fixtures that tests ask for by name


@pytest.fixture(scope="module")
def lasting(tmp_path_factory: pytest.TempPathFactory) -> Keyring:
    return Keyring(tmp_path_factory.mktemp("ring") / "keys")


# every character there is, the halves that stand for none included
ANY_WORDS = st.text(st.characters(exclude_categories=()), max_size=200)


@settings(max_examples=60, deadline=None)
@given(words=ANY_WORDS)
def test_whatever_was_said_comes_back_as_it_was(lasting: Keyring, words: str) -> None:
    key, row = lasting.make(), uuid4()
    assert lasting.open(lasting.seal(words, key=key, name=NAME, row=row), name=NAME, row=row) == words


@pytest.mark.parametrize("words", ["\ud800", "a\udfffb", "", "\x00", "שלום 👩‍👩‍👧 <b>&", "x" * 200_000])
def test_odd_words_come_back_too(ring: Keyring, words: str) -> None:
    key, row = ring.make(), uuid4()
    assert ring.open(ring.seal(words, key=key, name=NAME, row=row), name=NAME, row=row) == words


def test_one_changed_byte_anywhere_and_nothing_opens(ring: Keyring) -> None:
    key, row = ring.make(), uuid4()
    sealed = ring.seal("The dog kept me going.", key=key, name=NAME, row=row)
    for place in range(len(sealed)):
        changed = bytearray(sealed)
        changed[place] ^= 1
        with pytest.raises((Spoilt, KeyGone)):
            ring.open(bytes(changed), name=NAME, row=row)


def test_words_moved_to_another_row_or_field_do_not_open(ring: Keyring) -> None:
    key, row = ring.make(), uuid4()
    sealed = ring.seal("The dog kept me going.", key=key, name=NAME, row=row)
    with pytest.raises(Spoilt):
        ring.open(sealed, name=NAME, row=uuid4())
    with pytest.raises(Spoilt):
        ring.open(sealed, name="stories.version.text", row=row)


def test_words_passed_off_as_sealed_under_another_key_do_not_open(ring: Keyring) -> None:
    mine, theirs, row = ring.make(), ring.make(), uuid4()
    sealed = ring.seal("The dog kept me going.", key=mine, name=NAME, row=row)
    with pytest.raises(Spoilt):
        ring.open(sealed[:1] + theirs.bytes + sealed[17:], name=NAME, row=row)


@settings(max_examples=300, deadline=None)
@given(words=ANY_WORDS, where=st.integers(0, 10_000), bit=st.integers(0, 7))
def test_any_one_bit_changed_and_nothing_opens(lasting: Keyring, words: str, where: int, bit: int) -> None:
    row = uuid4()
    sealed = lasting.seal(words, key=lasting.make(), name=NAME, row=row)
    changed = bytearray(sealed)
    changed[where % len(sealed)] ^= 1 << bit
    with pytest.raises((Spoilt, KeyGone)):
        lasting.open(bytes(changed), name=NAME, row=row)
    assert lasting.open(sealed, name=NAME, row=row) == words


@settings(max_examples=100, deadline=None)
@given(
    words=ANY_WORDS, row=st.uuids(), other=st.uuids(), name=st.text(st.characters(codec="utf-8"), max_size=9)
)
def test_in_another_row_or_field_nothing_opens(
    lasting: Keyring, words: str, row: UUID, other: UUID, name: str
) -> None:
    sealed = lasting.seal(words, key=lasting.make(), name=NAME, row=row)
    for where in ({"name": NAME, "row": other}, {"name": name, "row": row}):
        if where != {"name": NAME, "row": row}:
            with pytest.raises(Spoilt):
                lasting.open(sealed, **where)  # type: ignore[arg-type]


def test_no_two_of_a_hundred_thousand_begin_alike(ring: Keyring, monkeypatch: pytest.MonkeyPatch) -> None:
    key, row = ring.make(), uuid4()
    data_key = ring._data_keys({key.bytes})
    monkeypatch.setattr(ring, "_data_keys", lambda keys: data_key)  # else the file is opened each time
    begun = {ring.seal("", key=key, name=NAME, row=row)[17:HEAD] for _n in range(100_000)}
    assert len(begun) == 100_000
    assert all(len(nonce) == 12 for nonce in begun)


def test_nonces_of_sealed_words_are_made_in_one_place() -> None:
    source = inspect.getsource(ring_module)
    assert source.count(".encrypt(") == 1
    assert source.count("os.urandom(NONCE)") == 1


@pytest.mark.parametrize("length", [0, 1, HEAD - 1])
def test_what_is_too_short_to_be_sealed_is_spoilt(ring: Keyring, length: int) -> None:
    with pytest.raises(Spoilt):
        ring.open(b"\x01" * length, name=NAME, row=uuid4())


@pytest.mark.parametrize("length", [17, 20, HEAD - 1, HEAD, HEAD + 15])
def test_what_was_cut_short_is_spoilt_where_many_are_opened_one_by_one_too(
    ring: Keyring, length: int
) -> None:
    key, row = ring.make(), uuid4()
    sealed = ring.seal("The dog kept me going.", key=key, name=NAME, row=row)
    with pytest.raises(Spoilt):
        ring.opener({key.bytes}).open(sealed[:length], NAME, row)


def test_the_same_words_never_look_the_same(ring: Keyring) -> None:
    key, row = ring.make(), uuid4()
    seen = {ring.seal("no", key=key, name=NAME, row=row) for _n in range(500)}
    assert len(seen) == len({sealed[17:29] for sealed in seen}) == 500
    assert not any(sealed[29:31] == b"no" for sealed in seen)


def test_a_destroyed_key_opens_nothing(ring: Keyring) -> None:
    kept, gone, row = ring.make(), ring.make(), uuid4()
    stays = ring.seal("stays", key=kept, name=NAME, row=row)
    goes = ring.seal("goes", key=gone, name=NAME, row=row)
    ring.destroy(gone)
    with pytest.raises(KeyGone):
        ring.open(goes, name=NAME, row=row)
    assert not ring.holds(gone)
    assert ring.open(stays, name=NAME, row=row) == "stays"


def test_an_old_copy_of_the_words_opens_nothing_once_the_key_is_gone(ring: Keyring) -> None:
    """What an old backup of the database holds is sealed under a key that is nowhere any more."""
    keys = [ring.make() for _n in range(50)]
    row = uuid4()
    old_backup = [ring.seal(f"story {n}", key=key, name=NAME, row=row) for n, key in enumerate(keys)]
    ring.destroy(keys[7])
    opened = []
    for sealed in old_backup:
        try:
            opened.append(ring.open(sealed, name=NAME, row=row))
        except KeyGone:
            opened.append("gone")
    assert opened == ["gone" if n == 7 else f"story {n}" for n in range(50)]


def test_a_destroyed_key_leaves_no_trace_in_its_file(ring: Keyring) -> None:
    key = ring.make()
    ring.make()
    with sqlite3.connect(ring.file) as book:
        [(wrapped,)] = book.execute("select wrapped from data_key where id = ?", (key.bytes,)).fetchall()
    book.close()
    assert wrapped in ring.file.read_bytes()
    ring.destroy(key)
    for file in ring.folder.iterdir():
        assert wrapped not in file.read_bytes()
        assert key.bytes not in file.read_bytes()


def test_many_are_opened_in_their_order(ring: Keyring) -> None:
    one, two, row = ring.make(), ring.make(), uuid4()
    sealed = [
        (ring.seal(words, key=key, name=NAME, row=row), NAME, row)
        for words, key in [("a", one), ("b", two), ("c", one)]
    ]
    assert ring.open_all(sealed) == ["a", "b", "c"]
    assert ring.open_all([(memoryview(sealed[0][0]), NAME, row)]) == ["a"]


def test_very_many_keys_are_fetched_as_a_few_are(ring: Keyring, monkeypatch: pytest.MonkeyPatch) -> None:
    """All that lie there are read, and those that nobody asked for are let go."""
    there, gone, other, row = ring.make(), ring.make(), ring.make(), uuid4()
    kept, strange = (ring.seal("like snow", key=key, name=NAME, row=row) for key in (there, other))
    ring.destroy(gone)
    monkeypatch.setattr(ring_module, "MANY", 2)
    opener = ring.opener({there.bytes, gone.bytes})
    assert [key.bytes in opener for key in (there, gone, other)] == [True, False, False]
    # as a database gives an id: with its lines, or without
    assert opener.open_each([(kept, NAME, f"{row}"), (memoryview(kept), NAME, row.hex)]) == [b"like snow"] * 2
    with pytest.raises(KeyGone):
        opener.open(strange, NAME, row)


def test_an_opener_leaves_out_a_key_that_is_gone_and_shows_none(ring: Keyring) -> None:
    there, gone, row = ring.make(), ring.make(), uuid4()
    kept, lost = (ring.seal("like snow", key=key, name=NAME, row=row) for key in (there, gone))
    ring.destroy(gone)
    opener = ring.opener({there.bytes, gone.bytes})
    assert [key.bytes in opener for key in (there, gone)] == [True, False]
    assert opener.open(kept, NAME, row) == b"like snow"
    with pytest.raises(KeyGone):
        opener.open(lost, NAME, row)
    with pytest.raises(Spoilt):
        opener.open(kept, NAME, uuid4())
    assert repr(opener) == "<Opener>"


def test_where_there_are_no_keys_there_is_nothing_to_destroy(ring: Keyring) -> None:
    ring.destroy(uuid4())
    assert not ring.holds(uuid4())
    assert not ring.folder.exists()
