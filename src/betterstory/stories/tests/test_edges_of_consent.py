"""The rare ways through consent: refusals of no ordinary day, and what an old copy brings back."""

from collections.abc import Callable

import pytest

from betterstory.people import keys
from betterstory.people.keys.refusals import Locked
from betterstory.people.models import Circle, Part, Person
from betterstory.stories import consenting, ended, leaving, rules, showing, verbs
from betterstory.stories.models import Audience, Consent, Leaving, Piece, Story, Use, Version
from betterstory.stories.tests.conftest import MONTH, again, pieces_of
from conftest import AT, read_every_line


def shown_of(pieces: list[Piece], viewer: Circle) -> list[str | None]:
    return [each.words for each in showing.show_each(pieces, viewer=viewer, use=Use.QUOTE, at=AT).values()]


def test_nothing_is_said_yes_to_in_a_story_that_was_taken_back(
    version: Version, story: Story, teller: Person, circle: Circle
) -> None:
    consenting.take_back(story, by=teller, at=AT)
    with pytest.raises(consenting.TakenBack):
        consenting.say_yes(again(version), by=teller, use=Use.READ, circle=circle, at=AT, until=MONTH)
    assert not Consent.objects.exists()


def test_a_card_that_may_be_in_other_hands_says_no_second_yes(
    version: Version, story: Story, teller: Person, resident: Person, circle: Circle
) -> None:
    consenting.tell_together(story, by=teller, other=resident, at=AT)
    yes = consenting.say_yes(again(version), by=teller, use=Use.READ, circle=circle, at=AT, until=MONTH)
    Story.objects.filter(pk=story.pk).update(held_at=AT)
    with pytest.raises(consenting.ShutForNow):
        consenting.say_yes_too(yes, by=resident, at=AT)
    assert not rules.may(circle, Use.READ, again(version), AT)


@pytest.mark.parametrize("other", ["the teller", "a stranger's wish"])
def test_nobody_is_made_a_second_teller_by_the_wrong_hand(
    other: str, story: Story, teller: Person, resident: Person, organiser: Person
) -> None:
    by, whom = (teller, teller) if other == "the teller" else (organiser, resident)
    with pytest.raises(verbs.NotYourStory):
        consenting.tell_together(story, by=by, other=whom, at=AT)
    story.refresh_from_db()
    assert story.second_teller is None


def test_only_the_teller_sends_a_helper_away_and_only_the_team_does_it_for_them(
    story: Story, teller: Person, partner: Person
) -> None:
    with pytest.raises(verbs.NotYourStory):
        consenting.let_helpers_go(story, by=partner, at=AT)
    with pytest.raises(verbs.NotYourStory):
        consenting.let_helpers_go_for(teller, by=partner, at=AT)


def test_pausing_everything_shuts_each_story_of_one_person_and_no_other(
    version: Version, story: Story, teller: Person, resident: Person, circle: Circle
) -> None:
    consenting.say_yes(version, by=teller, use=Use.READ, circle=circle, at=AT, until=MONTH)
    consenting.pause_all(by=resident, at=AT)
    assert rules.may(circle, Use.READ, again(version), AT), "somebody else paused their own"
    consenting.pause_all(by=teller, at=AT)
    assert not rules.may(circle, Use.READ, again(version), AT)


def test_who_has_no_part_in_the_place_is_no_neighbour(
    version: Version, teller: Person, resident: Person
) -> None:
    read_every_line(version)
    consenting.say_yes(version, by=teller, use=Use.READ, audience=Audience.NEIGHBOURHOODS, at=AT, until=MONTH)
    assert rules.may(resident, Use.READ, again(version), AT)
    Part.objects.filter(person=resident).update(left_on=AT.date())
    left = Person.objects.get(pk=resident.pk)
    assert not rules.may(left, Use.READ, again(version), AT)


def test_a_print_of_other_pieces_has_a_number_of_its_own(
    version: Version, teller: Person, organiser: Person, circle: Circle
) -> None:
    consenting.say_yes(version, by=teller, use=Use.QUOTE, circle=circle, at=AT, until=MONTH)
    first, second, *_rest = pieces_of(version)
    taken: dict[str, Leaving] = {}
    for name, what in (("one", [first]), ("both", [first, second]), ("one again", [first])):
        taken[name] = leaving.note_print(what, by=organiser, use=Use.QUOTE, at=AT)
    assert taken["one"] == taken["one again"]
    assert taken["both"] != taken["one"]


def test_without_the_site_key_a_quote_says_so_and_holds_no_word(
    version: Version, teller: Person, circle: Circle, monkeypatch: pytest.MonkeyPatch
) -> None:
    consenting.say_yes(version, by=teller, use=Use.QUOTE, circle=circle, at=AT, until=MONTH)
    pieces = pieces_of(version)
    assert "The postman kept knocking." in shown_of(pieces, circle)

    def locked(_values: object) -> list[str]:
        raise Locked

    monkeypatch.setattr(showing.pieces, "open_all", locked)
    assert set(shown_of(pieces, circle)) == {str(showing.LOCKED)}


def test_a_title_is_for_whoever_may_open_the_story(version: Version, teller: Person, partner: Person) -> None:
    assert showing.title_of([version], viewer=teller, at=AT) == "The long way round"
    assert showing.title_of([version], viewer=partner, at=AT) is None


@pytest.mark.django_db(transaction=True)
def test_a_key_that_an_older_folder_brought_back_is_destroyed_again(
    story: Story, teller: Person, welcome: Callable[..., Person]
) -> None:
    ring, old = keys.keyring(), story.key
    saved = ring.file.read_bytes()
    assert showing.try_to_open(Story.objects.prefetch_related("versions")) == {"open": 1}
    consenting.take_back(story, by=teller, at=AT, for_good_now=True)
    assert not ring.holds(old)
    ring.file.write_bytes(saved)
    assert ring.holds(old), "the older folder still holds it"
    assert old in ended.destroyed_keys()
    assert ended.replay() > 0
    assert not ring.holds(old)


@pytest.mark.django_db(transaction=True)
def test_the_tick_too_destroys_a_key_that_came_back(story: Story, teller: Person) -> None:
    ring, old = keys.keyring(), story.key
    saved = ring.file.read_bytes()
    consenting.take_back(story, by=teller, at=AT, for_good_now=True)
    ring.file.write_bytes(saved)
    consenting.destroy_those_due(at=AT)
    assert not ring.holds(old)


def test_two_lists_of_what_was_ended_become_one_and_no_line_is_lost() -> None:
    here, copied = '{"id": "b"}\n{"id": "c"}\n', '{"id": "a"}\n\n{"id": "b"}\n'
    assert ended.together(here, copied) == '{"id": "a"}\n{"id": "b"}\n{"id": "c"}\n'
