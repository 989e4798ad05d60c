"""Leafing through many stories: only what may be read is opened, and a story without its key is left out.

What is looked through lies beside each agreed version, sealed as one. It says what the version says now, and
goes with it.
"""

from datetime import timedelta
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from betterstory.people.keys import keyring
from betterstory.people.models import Circle, Person
from betterstory.places.models import Neighbourhood
from betterstory.stories import consenting, leafing, leaves, rules, verbs
from betterstory.stories.finding import find
from betterstory.stories.models import Leaf, Use, Version, Wish
from betterstory.stories.plain_letters import plain_letters
from betterstory.stories.sealing import LEAF
from conftest import AT

MONTH = AT + timedelta(days=30)


def opened(viewer: Person) -> list[str]:
    allowed, _is_all = leafing.readable(viewer, AT)
    return [leaf.words.decode() for leaf in leafing.leaf_through(allowed)]


def found(words: str, viewer: Person) -> list[str]:
    looked = find(words, viewer=viewer, at=AT)
    return [line.found for each in looked.found for line in each.lines]


def put_the_title_right(version: Version, teller: Person, title: str) -> Version:
    """A new version is open; its story is called otherwise from now on, the agreed version too."""
    new = verbs.begin_version(version.story, by=teller, at=AT)
    verbs.call_it(version.story, by=teller, title=title)
    return new


def test_only_what_may_be_read_is_opened(
    version: Version, teller: Person, circle: Circle, organiser: Person
) -> None:
    assert opened(organiser) == []
    yes = consenting.say_yes(version, by=teller, use=Use.READ, circle=circle, at=AT, until=MONTH)
    [words] = opened(organiser)
    assert "snow" in words
    consenting.stop(yes, by=teller, at=AT)
    assert opened(organiser) == []


@pytest.mark.parametrize("is_laid", [True, False])
def test_a_story_whose_key_is_gone_is_left_out_and_the_others_are_found(
    is_laid: bool, version: Version, teller: Person
) -> None:
    if not is_laid:
        leaves.throw_away(version.story)
    assert found("snow", teller)
    keyring().destroy(version.story.key)
    assert found("snow", teller) == []
    assert leaves.lay_missing() == 0, "nobody can read it, nobody can lay it"


@pytest.mark.parametrize("many", [1, rules.MANY])
def test_it_is_as_many_questions_for_many_as_for_one(
    many: int,
    version: Version,
    teller: Person,
    django_assert_num_queries: Any,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(rules, "MANY", many)
    with django_assert_num_queries(2):  # how stories stand; their leaves: a teller's own needs no yes
        [laid] = opened(teller)
    leaves.throw_away(version.story)
    with django_assert_num_queries(3):  # and what has no leaf
        [not_laid] = opened(teller)
    assert sorted(laid.split("\0")) == sorted(not_laid.split("\0")), "the same is looked through both ways"


def test_a_leaf_is_laid_when_the_teller_says_so_it_is(version: Version, teller: Person) -> None:
    before = Leaf.objects.get(version=version)
    verbs.begin_version(version.story, by=teller, at=AT)
    told = verbs.write(version.story, by=teller, text="The zebrafinch sang.", at=AT)
    assert [leaf.version for leaf in Leaf.objects.all()] == [version], "what is being told has none yet"
    assert found("zebrafinch", teller), "its teller finds it all the same"
    verbs.agree(version.story, by=teller, at=AT)
    assert {leaf.version_id for leaf in Leaf.objects.all()} == {version.pk, told.pk}
    assert Leaf.objects.get(version=version) == before
    assert found("zebrafinch", teller)


def test_it_lies_sealed_under_the_storys_own_key(version: Version) -> None:
    leaf = Leaf.objects.get(version=version)
    assert b"snow" not in bytes(leaf.words_sealed)
    assert bytes(leaf.words_sealed)[1:17] == version.story.key.bytes
    assert "snow" in keyring().open(leaf.words_sealed, name=LEAF, row=leaf.uuid)


def test_a_title_that_was_put_right_is_found_and_the_old_one_no_more(
    version: Version, teller: Person, circle: Circle, organiser: Person
) -> None:
    consenting.say_yes(version, by=teller, use=Use.READ, circle=circle, at=AT, until=MONTH)
    assert found("long way", organiser) == ["long way"]
    put_the_title_right(version, teller, "The zebrafinch")
    for laid in (0, 1):
        assert (found("zebrafinch", organiser), found("long way", organiser)) == (["zebrafinch"], [])
        assert leaves.lay_missing() == 1 - laid


def test_a_name_that_was_put_right_keeps_the_leaf(version: Version, teller: Person) -> None:
    verbs.begin_version(version.story, by=teller, at=AT)
    verbs.call_it(version.story, by=teller, chosen_name="Alex")
    assert Leaf.objects.filter(version=version).exists()


def test_what_has_no_leaf_is_found_all_the_same_and_gets_one(version: Version, teller: Person) -> None:
    leaves.throw_away(version.story)
    assert found("snow", teller) == ["snow"]
    assert leaves.lay_missing() == 1
    assert leaves.lay_missing() == 0
    assert found("snow", teller) == ["snow"]


def test_a_leaf_of_other_letters_is_not_looked_through_and_is_laid_again(
    version: Version, teller: Person, monkeypatch: pytest.MonkeyPatch
) -> None:
    [was] = Leaf.objects.all()
    monkeypatch.setattr(leaves, "LETTERS", leaves.LETTERS + 1)
    assert [*leaves.laid([version.pk])] == []
    assert found("snow", teller) == ["snow"]
    assert leaves.lay_missing() == 1
    [now] = Leaf.objects.all()
    assert (now.version_id, now.letters) == (was.version_id, was.letters + 1)
    assert now.uuid != was.uuid


@pytest.mark.parametrize("spoilt", ["changed", "cut", "empty", "another's"])
def test_a_leaf_that_does_not_open_hides_nothing(spoilt: str, version: Version, teller: Person) -> None:
    """Its parts are looked through, and so are all other stories."""
    leaf = Leaf.objects.get()
    sealed = bytes(leaf.words_sealed)
    moved = keyring().seal("the zebrafinch", key=version.story.key, name=LEAF, row=version.uuid)
    told = {"changed": sealed[:-1] + bytes([sealed[-1] ^ 1]), "cut": sealed[:20], "empty": b""}
    Leaf.objects.update(words_sealed=told.get(spoilt, moved))
    assert found("snow", teller) == ["snow"]
    assert found("zebrafinch", teller) == []


@pytest.mark.parametrize("is_laid", [True, False])
def test_a_story_destroyed_in_that_very_moment_is_left_out(
    is_laid: bool, version: Version, teller: Person, monkeypatch: pytest.MonkeyPatch
) -> None:
    if not is_laid:
        leaves.throw_away(version.story)
    readable, _is_all = leafing.readable(teller, AT)
    held = keyring().opener({each.story.key for each in readable})
    assert version.story.key.bytes in held
    consenting.destroy(version.story, at=AT)  # between one question and the next
    monkeypatch.setattr(type(keyring()), "opener", lambda _ring, _keys: held)
    assert list(leafing.leaf_through(readable)) == []


def test_what_is_not_agreed_or_is_gone_gets_no_leaf(version: Version, teller: Person) -> None:
    new = verbs.begin_version(version.story, by=teller, at=AT)
    consenting.take_back(version.story, by=teller, at=AT)
    assert Leaf.objects.filter(version=version).exists(), "she may have it back for a week"
    consenting.destroy(version.story, at=AT)
    assert not Leaf.objects.exists()
    assert leaves.lay_missing() == 0
    assert not Leaf.objects.filter(version=new).exists()


def test_a_story_that_does_not_open_keeps_no_other_from_its_leaf(
    version: Version, teller: Person, neighbourhood: Neighbourhood
) -> None:
    spoilt = version.story
    other = verbs.begin(by=teller, teller=teller, neighbourhood=neighbourhood, limits_heard=True, at=AT)
    verbs.write(other, by=teller, text="The zebrafinch sang.", at=AT)
    told = verbs.agree(other, by=teller, at=AT)
    for story in (spoilt, other):
        leaves.throw_away(story)
    Version.objects.filter(pk=version.pk).update(text_sealed=bytes(told.text_sealed))  # moved to another row
    assert leaves.lay_missing() == 1
    assert [leaf.version_id for leaf in Leaf.objects.all()] == [told.pk]


def test_a_story_destroyed_meanwhile_gets_no_leaf(version: Version) -> None:
    leaves.throw_away(version.story)
    consenting.destroy(version.story, at=AT)
    assert leaves._lay_missing_of(version.story.pk) == 0


def test_the_leaf_of_one_version_is_not_taken_for_another(version: Version, teller: Person) -> None:
    """Only what was asked for is opened, however many leaves there are."""
    verbs.begin_version(version.story, by=teller, at=AT)
    verbs.write(version.story, by=teller, text="The zebrafinch sang.", at=AT)
    new = verbs.agree(version.story, by=teller, at=AT)
    assert [leaf[0] for leaf in leaves.laid({new.pk})] == [new.pk]
    [words] = opened(teller)
    assert "zebrafinch" in words, "of a story the newest"
    assert found("like snow", teller) == [], "what the version before said is not looked through"


@given(st.lists(st.text(max_size=30), max_size=4), st.text(alphabet="abeks", min_size=1, max_size=4))
def test_what_stands_in_a_part_stands_in_the_leaf(said: list[str], words: str) -> None:
    parts = [*said, f"é{words.upper()}é"]
    leaf = leaves.together(parts)
    for part in parts:
        assert plain_letters(part) in leaf
    assert words in leaf


@given(st.lists(st.text(alphabet="ab é", max_size=4), min_size=2, max_size=4))
def test_nothing_is_found_across_two_parts(said: list[str]) -> None:
    leaf = leaves.together(said)
    assert leaf.split("\0") == [plain_letters(part) for part in said]


def test_wishes_are_in_it(version: Version) -> None:
    assert Wish.objects.filter(version=version).exists()
    leaf = Leaf.objects.get(version=version)
    assert "dog" in keyring().open(leaf.words_sealed, name=LEAF, row=leaf.uuid)
