"""Making a pattern on the page: from steps one may read, read out before it is kept."""

import pytest
from django.test import Client
from django.urls import reverse

from betterstory.behind.models import ContactLog, Pattern
from betterstory.behind.tests._making import filled, heard, nasreen, plain, readable, steps_of
from betterstory.behind.tests.conftest import SayYes
from betterstory.people.models import Circle
from betterstory.stories.models import Consent, Piece, Use, Version

__all__ = ["nasreen", "readable"]  # fixtures that tests ask for by name


def test_stories_to_choose_from_are_those_one_may_read_and_that_may_be_counted(
    version: Version, say_yes: SayYes, circle: Circle, nasreen: Client
) -> None:
    there = reverse("behind:choose_story")
    say_yes(Use.READ, circle=circle)
    assert "The long way round" not in nasreen.get(there).content.decode()
    say_yes(Use.COUNT)
    assert "The long way round" in nasreen.get(there).content.decode()


def test_a_story_one_may_count_and_not_read_shows_none_of_its_words(
    version: Version, counted: Consent, nasreen: Client, pieces: list[Piece]
) -> None:
    assert "long way" not in nasreen.get(reverse("behind:choose_story")).content.decode()
    page = nasreen.get(reverse("behind:choose_steps", args=[version.pk])).content.decode()
    assert "off the list" not in page
    assert "nothing here that you may read" in page
    answer = nasreen.get(steps_of(version, pieces))
    assert "off the list" not in answer.content.decode()


def test_steps_and_gaps_are_offered_and_wishes_are_not(
    readable: None, version: Version, nasreen: Client
) -> None:
    page = nasreen.get(reverse("behind:choose_steps", args=[version.pk])).content.decode()
    assert "They took me off the list" in page
    assert "Back of the queue, 17 weeks" in page
    assert "walk the dog" not in page


def test_choosing_nothing_is_answered_beside_the_field(
    readable: None, version: Version, nasreen: Client
) -> None:
    answer = nasreen.get(reverse("behind:write_steps", args=[version.pk]))
    assert answer.status_code == 422
    assert "Choose at least one" in answer.content.decode()


def test_a_pattern_is_read_out_and_then_kept(
    readable: None, version: Version, pieces: list[Piece], nasreen: Client, log: ContactLog
) -> None:
    there = steps_of(version, pieces)
    answer = nasreen.post(there, filled(pieces))
    page = answer.content.decode()
    assert answer.status_code == 200
    for line in (
        "First: Referral (Asked for help).",
        "Then no First visit or Second visit for 2 weeks (No visit).",
        "Then, at least 1 day and at most 20 weeks later: First visit (Seen).",
        "the whole path takes 1 year at most",
    ):
        assert line in page
    assert not Pattern.objects.exists(), "hearing keeps nothing"
    kept = nasreen.post(there, filled(pieces, heard=heard(page), keep="1"))
    pattern = Pattern.objects.get()
    assert kept.headers["Location"] == reverse("behind:pattern", args=[pattern.pk])
    assert set(pattern.pieces.all()) == set(pieces)
    assert 'silence = "2 weeks"' in pattern.toml


def test_what_was_changed_after_it_was_read_out_is_read_out_again(
    readable: None, version: Version, pieces: list[Piece], nasreen: Client
) -> None:
    there = steps_of(version, pieces)
    before = heard(nasreen.post(there, filled(pieces)).content.decode())
    changed = filled(pieces, heard=before, keep="1", whole_within="2 years")
    page = nasreen.post(there, changed).content.decode()
    assert not Pattern.objects.exists()
    assert "takes 2 years at most" in page
    assert heard(page) != before


def test_a_second_press_keeps_one_pattern(
    readable: None, version: Version, pieces: list[Piece], nasreen: Client
) -> None:
    there = steps_of(version, pieces)
    mark = heard(nasreen.post(there, filled(pieces)).content.decode())
    sent = filled(pieces, heard=mark, keep="1")
    first, second = nasreen.post(there, sent), nasreen.post(there, sent)
    assert first.headers["Location"] == second.headers["Location"]
    assert Pattern.objects.count() == 1


@pytest.mark.parametrize(
    ("field", "typed", "sentence"),
    [
        ("name", "", "Please fill this in"),
        ("whole_within", "six weaks", "Did you mean"),
        ("third-within", "soon", "is not a length of time"),
        ("third-within", "1 hour", "nothing can do both"),
        ("third-others", " \n ", "Say what it is called in the records"),
        ("second-silence", "", "Say for how long"),
        ("second-within", "2 weeks", "Leave this empty where something did not happen"),
        ("third-name", "They took me off the list", "teller’s own words"),
        ("third-times", "3", "Leave this empty, or say above that it happened in this way"),
        ("third-kind", "repeat", "Say how many times, from 2 to 1000"),
        ("third-kind", "repeat", "Say within how long, like 1 year"),
        ("first-times", "many", "Write a whole number, like 3"),
        ("second-without", "Letter", "Leave this empty where something did not happen"),
        ("third-where", "the night team", "Write “the night team” like this"),
        ("gap", "two weaks", "Did you mean"),
        ("spells", "Letter", "Say how close together"),
    ],
)
def test_what_cannot_be_is_said_beside_the_field_and_what_was_typed_is_kept(
    readable: None,
    version: Version,
    pieces: list[Piece],
    nasreen: Client,
    field: str,
    typed: str,
    sentence: str,
) -> None:
    names = dict(zip(("first", "second", "third"), (f"step{piece.pk}" for piece in pieces), strict=True))
    step, _, rest = field.partition("-")
    wrong = {f"{names[step]}-{rest}" if rest else field: typed}
    there = steps_of(version, pieces)
    answer = nasreen.post(there, filled(pieces, **wrong))
    if answer.status_code == 200:
        answer = nasreen.post(there, filled(pieces, **wrong, heard=heard(answer.content.decode()), keep="1"))
    page = answer.content.decode()
    assert answer.status_code == 422
    assert sentence in page.replace("&#x27;", "’")
    assert "Second visit" in page, "what was typed is still there"
    assert not Pattern.objects.exists()


def test_the_records_own_names_are_offered_to_tick_where_a_log_is_here(
    readable: None, version: Version, pieces: list[Piece], nasreen: Client, log: ContactLog
) -> None:
    there = steps_of(version, pieces)
    page = nasreen.get(there).content.decode()
    assert f'type="checkbox" name="step{pieces[0].pk}-activity" value="Referral"' in page
    ticked = {f"step{pieces[0].pk}-activity": "Referral", f"step{pieces[0].pk}-others": "First vissit"}
    answer = nasreen.post(there, filled(pieces, **ticked))
    assert answer.status_code == 422
    page = plain(answer)
    assert "No contact here is called “First vissit”. Did you mean" in page
    assert "First visit" in page
    page = plain(nasreen.post(there, filled(pieces, **ticked, elsewhere="on")))
    assert "First: First vissit" in page
    assert "no contact by these names: First vissit." in page
