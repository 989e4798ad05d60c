"""The site key on paper: what was written down is read back, and every slip is found."""

import random

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from betterstory.people.codes import LETTERS
from betterstory.people.keys import paper
from betterstory.people.keys.site_key import SiteKey

KEYS = st.binary(min_size=32, max_size=32).map(SiteKey)


@settings(max_examples=200, deadline=None)
@given(key=KEYS)
def test_what_was_written_down_is_read_back(key: SiteKey) -> None:
    groups = paper.write(key)
    assert [len(group) for group in groups] == [5] * 14
    assert paper.read(" ".join(groups)) == key
    assert paper.read("-".join(groups).lower()) == key
    assert paper.read("\n".join(groups)) == key


@pytest.mark.parametrize("value", [bytes(32), b"\xff" * 32])
def test_the_smallest_and_the_largest_key(value: bytes) -> None:
    assert paper.read("".join(paper.write(SiteKey(value)))).value == value


@settings(max_examples=50, deadline=None)
@given(key=KEYS, place=st.integers(0, 69), letter=st.sampled_from(LETTERS))
def test_one_wrong_letter_is_found_where_it_is(key: SiteKey, place: int, letter: str) -> None:
    letters = list("".join(paper.write(key)))
    if letters[place] == letter:
        return
    letters[place] = letter
    with pytest.raises(paper.NotThePaper) as found:
        paper.read("".join(letters))
    assert found.value.group == place // 5 + 1


@settings(max_examples=50, deadline=None)
@given(key=KEYS, two=st.lists(st.integers(0, 13), min_size=2, max_size=2, unique=True))
def test_groups_in_another_order_are_no_key(key: SiteKey, two: list[int]) -> None:
    groups = paper.write(key)
    one, other = two
    groups[one], groups[other] = groups[other], groups[one]
    with pytest.raises(paper.NotThePaper):
        paper.read("".join(groups))


def test_groups_that_are_each_right_but_make_no_key() -> None:
    """Chance letters, each group right: what tells about the whole is wrong, or it is too large."""
    chance = random.Random(7)
    for first in ("Z", "2"):
        parts = [first + "".join(chance.choices(LETTERS, k=3)) for _n in range(14)]
        typed = "".join(part + paper._check(part, number) for number, part in enumerate(parts))
        with pytest.raises(paper.NotThePaper) as found:
            paper.read(typed)
        assert found.value.group == 0


@pytest.mark.parametrize("typed", ["", "NH7K", "A" * 69, "A" * 71])
def test_too_few_or_too_many_letters(typed: str) -> None:
    with pytest.raises(paper.NotThePaper, match="14 groups of 5"):
        paper.read(typed)


@pytest.mark.parametrize("typed", ["0ABCD", "ABC", "ABCDEF", "ÄBCDE"])
def test_letters_that_no_sheet_has(typed: str) -> None:
    with pytest.raises(paper.NotThePaper, match="Group 3"):
        paper.read_group(typed, 2)


def test_a_key_shows_its_name_and_nothing_else() -> None:
    key = SiteKey(b"secret-secret-secret-secret-1234")
    assert repr(key) == str(key) == f"{key!s}" == f"<SiteKey {key.name}>"
    assert "secret" not in repr(key)
    assert key.value.hex() not in repr(key)
    assert key.name != SiteKey(b"secret-secret-secret-secret-1235").name
    assert not any(key.name in group for group in paper.write(key))
