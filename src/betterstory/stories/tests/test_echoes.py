"""Is this theirs? What is compared, and how little is said."""

from datetime import timedelta
from pathlib import Path

import pytest

from betterstory.people import keys
from betterstory.people.models import Circle, Person
from betterstory.places import verbs as places
from betterstory.places.models import Neighbourhood
from betterstory.stories import consenting, echoes, verbs
from betterstory.stories.models import Piece, Use, Version
from betterstory.stories.rules import ANYONE, Viewer
from conftest import AT

MONTH = AT + timedelta(days=30)
THEIRS = "Then they took me off the list again"


def heard(typed: str, viewer: Viewer, neighbourhood: Neighbourhood) -> echoes.Echo | None:
    return echoes.heard([typed], neighbourhood=neighbourhood.pk, viewer=viewer, at=AT)


@pytest.mark.parametrize(
    "typed",
    [
        THEIRS,
        "it sat on the mat like snow",  # the text
        "Back of the queue, 17 weeks",  # a gap
        "walk the dog on a bad day",  # a wish
    ],
)
def test_any_part_of_a_story_echoes(
    typed: str, version: Version, organiser: Person, neighbourhood: Neighbourhood
) -> None:
    assert heard(typed, organiser, neighbourhood)


def test_words_of_ones_own_do_not(version: Version, organiser: Person, neighbourhood: Neighbourhood) -> None:
    assert heard("One missed visit, and people lose their place", organiser, neighbourhood) is None


def test_a_draft_is_as_much_theirs(version: Version, teller: Person, organiser: Person) -> None:
    verbs.begin_version(version.story, by=teller, at=AT)
    verbs.write(version.story, by=teller, text="The blue kettle on the sill sang.", at=AT)
    assert heard("blue kettle on the sill", organiser, version.story.neighbourhood)


def test_stories_of_another_neighbourhood_are_not_opened(version: Version, organiser: Person) -> None:
    other = places.name_neighbourhood(name="Lock Side", by=organiser)
    assert heard(THEIRS, organiser, other) is None


def test_a_line_is_named_only_to_somebody_who_may_see_it(
    version: Version, teller: Person, circle: Circle, organiser: Person, partner: Person
) -> None:
    line = Piece.objects.get(version=version, kind=Piece.Kind.STEP, position=2)
    consenting.say_yes(version, by=teller, use=Use.QUOTE, circle=circle, piece=line, at=AT, until=MONTH)
    here = version.story.neighbourhood
    assert heard(THEIRS, organiser, here) == echoes.Echo(version.story_id, line), "she is in the circle"
    assert heard(THEIRS, circle, here) == echoes.Echo(version.story_id, line)
    for other in (partner, ANYONE):
        assert heard(THEIRS, other, here) == echoes.Echo(version.story_id, None)


@pytest.mark.parametrize("how", ["never opened", "stop", "pause", "take back"])
def test_a_story_that_went_quiet_answers_as_one_that_never_was_open(
    how: str, version: Version, teller: Person, circle: Circle, organiser: Person
) -> None:
    if how != "never opened":
        yes = consenting.say_yes(version, by=teller, use=Use.QUOTE, circle=circle, at=AT, until=MONTH)
        assert heard(THEIRS, organiser, version.story.neighbourhood).piece  # type: ignore[union-attr]  # it is
    match how:
        case "stop":
            consenting.stop(yes, by=teller, at=AT)
        case "pause":
            consenting.pause(version.story, by=teller, at=AT)
        case "take back":
            consenting.take_back(version.story, by=teller, at=AT)
    assert heard(THEIRS, organiser, version.story.neighbourhood) == echoes.Echo(version.story_id, None)


@pytest.mark.django_db(transaction=True)
def test_a_destroyed_story_is_not_compared(version: Version, teller: Person, organiser: Person) -> None:
    consenting.take_back(version.story, by=teller, at=AT, for_good_now=True)
    assert heard(THEIRS, organiser, version.story.neighbourhood) is None


def test_a_key_that_is_gone_does_not_stop_everybody_from_typing(
    version: Version, organiser: Person, resident: Person
) -> None:
    told = verbs.begin(
        by=resident,
        teller=resident,
        neighbourhood=version.story.neighbourhood,
        title="Two",
        chosen_name="Lark",
        limits_heard=True,
        at=AT,
    )
    verbs.write(told, by=resident, text="The blue kettle on the sill sang.", at=AT)
    keys.keyring().destroy(version.story.key)
    assert heard(THEIRS, organiser, told.neighbourhood) is None
    assert heard("blue kettle on the sill", organiser, told.neighbourhood)


def test_an_answer_holds_no_words(version: Version, organiser: Person, neighbourhood: Neighbourhood) -> None:
    said = repr(heard(THEIRS, organiser, neighbourhood))
    assert not any(words in said for words in ("list", "took", "Robin", "long way"))


def test_what_stood_there_before_is_not_asked_about_again(
    version: Version, organiser: Person, neighbourhood: Neighbourhood
) -> None:
    again = [THEIRS, f"{THEIRS} and more"]
    at = {"neighbourhood": neighbourhood.pk, "viewer": organiser, "at": AT}
    assert echoes.heard(again, standing=[THEIRS], **at) is None  # type: ignore[arg-type]  # told above
    new = [f"{THEIRS}. It sat on the mat like snow"]
    assert echoes.heard(new, standing=[THEIRS], **at)  # type: ignore[arg-type]  # told above


def test_stories_are_opened_to_compare_in_one_place_alone() -> None:
    """Only `_told` unseals here, and only `_echoing` calls it."""
    source = Path(echoes.__file__).read_text()
    assert source.count("open_what_opens(") == 1
    assert source.count("_told(") == 2
