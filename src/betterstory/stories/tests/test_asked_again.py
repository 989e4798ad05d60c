"""A question put into SQL once says at each asking what the one question of consent says."""

from datetime import datetime, timedelta

import pytest

from betterstory.people.models import Circle, Person
from betterstory.stories import consenting, rules, verbs
from betterstory.stories.asked_again import AskedAgain
from betterstory.stories.models import Audience, Consent, Piece, Story, Use, Version
from betterstory.stories.tests.conftest import MONTH, again, pieces_of
from conftest import AT

NOW, LATER = AT + timedelta(days=3), MONTH + timedelta(minutes=1)
LAST_MINUTE = MONTH - timedelta(minutes=1)
YESTERDAY, TOMORROW = (NOW + timedelta(days=days) for days in (-1, 1))

# what happens after the question was made; how many of the five pieces are still open, now and at the end
CASES = {
    "nothing": (lambda yes: None, 5, 0),
    "the yes is stopped": (lambda yes: consenting.stop(yes, by=yes.version.story.teller, at=NOW), 0, 0),
    "all is paused": (lambda yes: set_story(paused_at=NOW), 0, 0),
    "a card may be in other hands": (lambda yes: set_story(held_at=NOW), 0, 0),
    "the story is taken back": (lambda yes: set_story(taken_back_at=NOW), 0, 0),
    "the story is destroyed": (lambda yes: set_story(destroyed_at=NOW), 0, 0),
    "another yes waits for the other": (lambda yes: set_yes(waits_for=yes.version.story.teller), 0, 0),
    "it is for something else": (lambda yes: set_yes(use=Use.READ), 0, 0),
    "it is for one piece": (lambda yes: set_yes(piece=pieces_of(yes.version)[1]), 1, 0),
    "it is for another version": (lambda yes: set_yes(version=newer(yes.version)), 0, 0),
    "it is for everybody": (lambda yes: set_yes(audience=Audience.PUBLIC, circle=None), 5, 0),
    "it is for neighbours": (lambda yes: set_yes(audience=Audience.NEIGHBOURHOODS, circle=None), 0, 0),
    "it is for another circle": (lambda yes: set_yes(circle=Circle.objects.create(name="others")), 0, 0),
    "it begins tomorrow": (lambda yes: set_yes(begins_at=TOMORROW), 0, 0),
    "it runs on": (lambda yes: set_yes(until=LATER + timedelta(days=1)), 5, 5),
    "the circle closed yesterday": (lambda yes: Circle.objects.update(ends_on=YESTERDAY.date()), 0, 0),
    "the circle closes today": (lambda yes: Circle.objects.update(ends_on=NOW.date()), 5, 0),
}


def set_story(**facts: datetime) -> None:
    Story.objects.update(**facts)


def newer(version: Version) -> Version:
    return verbs.begin_version(version.story, by=version.story.teller, at=NOW)


def set_yes(**facts: object) -> None:
    Consent.objects.update(**facts)


@pytest.fixture
def quote_yes(version: Version, teller: Person, circle: Circle) -> Consent:
    return consenting.say_yes(version, by=teller, use=Use.QUOTE, circle=circle, at=AT, until=MONTH)


@pytest.mark.parametrize("case", CASES)
def test_it_says_what_the_one_question_says(
    case: str, version: Version, circle: Circle, quote_yes: Consent
) -> None:
    happens, now, at_the_end = CASES[case]
    ids = [piece.pk for piece in pieces_of(version)]
    ask = AskedAgain(lambda at: rules.open_pieces(circle, Use.QUOTE, ids, at).values_list("pk"))
    assert ask(NOW) == set(ids)
    assert ask(LATER) == set(), "one question, at any moment"
    happens(quote_yes)
    found = {at: ask(at) for at in (NOW, LAST_MINUTE, MONTH, LATER)}
    assert (len(found[NOW]), len(found[LATER])) == (now, at_the_end)
    for at, open_now in found.items():
        assert open_now == rules.may_each(circle, Use.QUOTE, pieces_of(again(version)), at), at


def test_for_anybody_too(version: Version, teller: Person, quote_for_anyone: Consent) -> None:
    ids = [piece.pk for piece in pieces_of(version)]
    ask = AskedAgain(lambda at: rules.open_pieces(rules.ANYONE, Use.QUOTE, ids, at).values_list("pk"))
    two_days = AT + timedelta(hours=48)
    assert ask(two_days - timedelta(seconds=1)) == set()
    assert ask(two_days) == {quote_for_anyone.piece_id}


def test_none_but_the_pieces_asked_about(version: Version, circle: Circle, quote_yes: Consent) -> None:
    one = pieces_of(version)[2].pk
    assert AskedAgain(lambda at: rules.open_pieces(circle, Use.QUOTE, [one], at).values_list("pk"))(NOW) == {
        one
    }


def test_a_question_that_holds_its_moment_otherwise_is_refused(db: None) -> None:
    """Else it would be asked of that moment for ever."""
    hour = timedelta(hours=1)
    with pytest.raises(ValueError, match="a form that is not known"):
        AskedAgain(lambda at: Piece.objects.filter(version__agreed_at__lte=at + hour).values_list("pk"))
