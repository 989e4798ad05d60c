"""A pattern is made with the teller's yes to counting, in nobody's words but its maker's."""

from collections.abc import Callable
from contextlib import AbstractContextManager

import pytest

from betterstory.behind import rules, verbs
from betterstory.behind.models import Pattern
from betterstory.behind.tests.conftest import LATER, NOW, TOML, SayYes
from betterstory.behind.verbs.patterns import TooLongAName
from betterstory.people.models import Circle, Person
from betterstory.people.verbs import NotYours
from betterstory.stories import consenting
from betterstory.stories.models import Consent, Piece, Use, Version
from conftest import read_every_line


def again(pattern: Pattern) -> Pattern:
    return Pattern.objects.with_pieces().get(pk=pattern.pk)


def test_a_pattern_remembers_the_steps_it_is_about(
    story_pattern: Pattern, pieces: list[Piece], version: Version, analyst: Person
) -> None:
    assert story_pattern.name == "Asked, seen, seen again"
    assert story_pattern.made_from == version
    assert set(story_pattern.pieces.all()) == set(pieces)
    assert story_pattern.from_a_story
    assert story_pattern.made_by == analyst


@pytest.mark.parametrize("use", [use for use in Use if use not in (Use.COUNT, Use.WEB, Use.HEAR)])
def test_no_other_yes_is_a_yes_to_counting(
    pieces: list[Piece], analyst: Person, say_yes: SayYes, use: Use
) -> None:
    read_every_line(pieces[0].version)  # as what goes into a report must be
    say_yes(use)
    with pytest.raises(verbs.NotToBeCounted):
        verbs.make_pattern(toml=TOML, by=analyst, at=NOW, pieces=pieces)
    assert not Pattern.objects.exists()


def test_a_yes_for_one_room_is_not_a_yes_to_counting(
    pieces: list[Piece], organiser: Person, say_yes: SayYes, circle: Circle
) -> None:
    say_yes(Use.COUNT, circle=circle)
    with pytest.raises(verbs.NotToBeCounted):
        verbs.make_pattern(toml=TOML, by=organiser, at=NOW, pieces=pieces)


def test_a_yes_to_one_step_is_a_yes_to_that_step_alone(
    pieces: list[Piece], analyst: Person, say_yes: SayYes
) -> None:
    say_yes(Use.COUNT, piece=pieces[0])
    with pytest.raises(verbs.NotToBeCounted):
        verbs.make_pattern(toml=TOML, by=analyst, at=NOW, pieces=pieces[:2])
    assert verbs.make_pattern(toml=TOML, by=analyst, at=NOW, pieces=pieces[:1]).from_a_story


def test_a_wish_is_not_counted(version: Version, counted: Consent, analyst: Person) -> None:
    wishes = Piece.objects.filter(version=version, kind=Piece.Kind.WISH).select_related(
        "version__story__teller"
    )
    with pytest.raises(verbs.NotToBeCounted):
        verbs.make_pattern(toml=TOML, by=analyst, at=NOW, pieces=wishes)


@pytest.mark.parametrize(
    ("role", "may"),
    [("organiser", True), ("analyst", True), ("steward", True), ("partner", False), ("resident", False)],
)
def test_who_may_make_a_pattern(welcome: Callable[..., Person], role: str, may: bool) -> None:
    somebody = welcome("Kit", role)
    if may:
        assert verbs.make_pattern(toml=TOML, by=somebody, at=NOW).made_by == somebody
        return
    with pytest.raises(NotYours):
        verbs.make_pattern(toml=TOML, by=somebody, at=NOW)
    assert not Pattern.objects.exists()


@pytest.mark.parametrize(
    "words",
    [
        "They took me off the list",
        "they took me OFF the list again",
        "I stopped opening the post",
        "Back of the queue, 17 weeks",
    ],
)
@pytest.mark.parametrize("where", ['name = "Seen"', 'name = "Asked, seen, seen again"'])
def test_the_tellers_words_do_not_travel(
    pieces: list[Piece], counted: Consent, analyst: Person, words: str, where: str
) -> None:
    with pytest.raises(verbs.InTheTellersWords):
        verbs.make_pattern(toml=TOML.replace(where, f'name = "{words}"'), by=analyst, at=NOW, pieces=pieces)
    assert not Pattern.objects.exists()


def test_words_that_anybody_would_use_may_stay(
    pieces: list[Piece], counted: Consent, analyst: Person
) -> None:
    toml = TOML.replace('name = "Seen"', 'name = "Off the list after one missed visit"')
    assert verbs.make_pattern(toml=toml, by=analyst, at=NOW, pieces=pieces)


def test_a_pattern_that_makes_no_sense_is_refused_in_a_sentence(analyst: Person) -> None:
    with pytest.raises(verbs.NotAPattern) as told:
        verbs.make_pattern(toml=TOML.replace("10 days", "ten dais"), by=analyst, at=NOW)
    assert "10 days" in told.value.sentence
    with pytest.raises(TooLongAName):
        verbs.make_pattern(toml=TOML.replace("Asked, seen, seen again", "a" * 121), by=analyst, at=NOW)
    assert not Pattern.objects.exists()


def test_a_pattern_is_kept_as_it_will_travel(analyst: Person) -> None:
    kept = verbs.make_pattern(toml=f"# for Ann\n{TOML}", by=analyst, at=NOW)
    assert kept.toml == TOML
    assert "Ann" not in kept.toml


def test_a_pattern_is_tied_to_its_story_while_its_teller_says_so(
    story_pattern: Pattern, counted: Consent, teller: Person, version: Version
) -> None:
    assert rules.is_tied(again(story_pattern), at=NOW)
    assert not rules.is_tied(again(story_pattern), at=LATER), "a yes ends by itself"
    consenting.pause(version.story, by=teller, at=NOW)
    assert not rules.is_tied(again(story_pattern), at=NOW)
    consenting.unpause(version.story, by=teller, at=NOW)
    assert rules.is_tied(again(story_pattern), at=NOW)
    consenting.stop(counted, by=teller, at=NOW)
    assert not rules.is_tied(again(story_pattern), at=NOW)
    assert not rules.is_free(again(story_pattern), at=NOW)


def test_one_step_taken_back_unties_the_whole_pattern(
    pieces: list[Piece], analyst: Person, teller: Person, say_yes: SayYes
) -> None:
    first, second = (say_yes(Use.COUNT, piece=piece) for piece in pieces[:2])
    pattern = verbs.make_pattern(toml=TOML, by=analyst, at=NOW, pieces=pieces[:2])
    assert rules.is_tied(again(pattern), at=NOW)
    consenting.stop(second, by=teller, at=NOW)
    assert not rules.is_tied(again(pattern), at=NOW)
    assert first.ended_at is None


def test_a_pattern_whose_steps_are_gone_is_tied_to_nothing(story_pattern: Pattern) -> None:
    story_pattern.pieces.clear()
    assert not rules.is_tied(again(story_pattern), at=NOW)
    assert not rules.is_free(again(story_pattern), at=NOW)


def test_a_pattern_of_no_story_is_tied_to_none_and_free(plain_pattern: Pattern) -> None:
    assert not rules.is_tied(again(plain_pattern), at=NOW)
    assert rules.is_free(again(plain_pattern), at=NOW)


def test_a_pattern_whose_story_is_gone_altogether_is_not_set_free(
    story_pattern: Pattern, version: Version
) -> None:
    version.story.delete()
    left = again(story_pattern)
    assert left.made_from is None
    assert not left.pieces.all()
    assert not rules.is_free(left, at=NOW)


def test_many_patterns_are_asked_about_in_few_queries(
    story_pattern: Pattern,
    pieces: list[Piece],
    analyst: Person,
    django_assert_max_num_queries: Callable[..., AbstractContextManager[object]],
) -> None:
    more = [verbs.make_pattern(toml=TOML, by=analyst, at=NOW, pieces=pieces) for _number in range(4)]
    patterns = list(Pattern.objects.with_pieces())
    with django_assert_max_num_queries(1):
        assert rules.tied(patterns, at=NOW) == {story_pattern.pk, *(one.pk for one in more)}


def test_what_was_made_from_a_story_is_found_from_it(
    story_pattern: Pattern, plain_pattern: Pattern, version: Version
) -> None:
    assert list(Pattern.objects.about(version)) == [story_pattern]
