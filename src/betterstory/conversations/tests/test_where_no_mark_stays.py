"""A teller may wish that nothing says their words were here: no card, no number in a history, no sentence."""

from collections.abc import Callable
from datetime import timedelta
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse

from betterstory.conversations import verbs
from betterstory.conversations.became import what_became
from betterstory.conversations.models import Gathering, Insight, Link, TellersWord
from betterstory.conversations.verbs import add_statement
from betterstory.people.models import Person
from betterstory.places.models import Round
from betterstory.stories import consenting
from betterstory.stories.models import Consent, Form, Piece, Story, Use
from betterstory.stories.rules import ANYONE
from conftest import AT

AddCard = Callable[..., Insight]


@pytest.fixture
def of_theirs(add_card: AddCard, piece: Piece) -> Insight:
    """Card 1, in the teller's own words."""
    return add_card("event", pieces=[piece])


@pytest.fixture
def of_ours(add_card: AddCard) -> Insight:
    return add_card("event", "Nobody rang.")


def take_back(piece: Piece, *, mark: bool) -> None:
    consenting.stop_everything(piece.version.story, by=piece.version.story.teller, at=AT)
    Story.objects.update(leaves_a_mark=mark)


@pytest.mark.parametrize("mark", [True, False])
def test_no_history_names_the_card(
    mark: bool,
    of_theirs: Insight,
    of_ours: Insight,
    piece: Piece,
    round_: Round,
    organiser: Person,
    signed_in_client: Callable[[Person], Client],
) -> None:
    verbs.link(of_theirs, of_ours, kind=Link.Kind.CAUSES, by=organiser, at=AT)
    take_back(piece, mark=mark)
    browser = signed_in_client(organiser)
    card = browser.get(reverse("conversations:card", args=[of_ours.pk])).content.decode()
    every = browser.get(reverse("conversations:changes", args=[round_.pk])).content.decode()
    assert ("card 1" in card) == mark
    assert ('<span class="row-mark">1</span>' in every) == mark
    assert '<span class="row-mark">2</span>' in every
    assert "Nobody rang." in card


@pytest.mark.parametrize("mark", [True, False])
def test_no_history_says_that_the_teller_spoke(
    mark: bool,
    let_pass: Callable[..., TellersWord],
    of_ours: Insight,
    piece: Piece,
    round_: Round,
    organiser: Person,
    signed_in_client: Callable[[Person], Client],
) -> None:
    verbs.take_word_back(let_pass("trend"), by=piece.version.story.teller, at=AT)
    browser = signed_in_client(organiser)

    def spoke() -> int:
        every = browser.get(reverse("conversations:changes", args=[round_.pk])).content.decode()
        assert "Nobody rang." in every
        return every.count("The teller spoke")

    assert spoke() == 2
    take_back(piece, mark=mark)
    assert spoke() == (2 if mark else 0)


@pytest.mark.parametrize("mark", [True, False])
def test_the_last_change_does_not_name_it(
    mark: bool,
    of_ours: Insight,
    add_card: AddCard,
    piece: Piece,
    round_: Round,
    organiser: Person,
    signed_in_client: Callable[[Person], Client],
) -> None:
    add_card("event", pieces=[piece])
    take_back(piece, mark=mark)
    page = signed_in_client(organiser).get(reverse("conversations:iceberg", args=[round_.pk]))
    news = page.content.decode().split('id="beneath-news">')[1].split("</p>")[0]
    assert ("Card 2" in news) == mark


@pytest.mark.parametrize("mark", [True, False])
def test_no_sentence_says_that_the_card_rests_on_it(
    mark: bool, gathering: Gathering, add_card: AddCard, piece: Piece, organiser: Person
) -> None:
    said = add_statement(gathering, words="They gave my place away.", by=organiser, at=AT)
    add_card("event", "We lose our place.", pieces=[piece], statements=[said])
    take_back(piece, mark=mark)
    [became] = what_became([said], viewer=ANYONE, at=AT)
    told = " ".join(became.told)
    assert "We lose our place." not in told
    assert ("rests on it" in told) == mark


def test_an_open_page_learns_of_a_mark_and_of_a_name(
    of_theirs: Insight,
    piece: Piece,
    round_: Round,
    organiser: Person,
    teller: Person,
    gathering: Gathering,
    signed_in_client: Callable[[Person], Client],
) -> None:
    """As little as that changes the page that somebody has open: it is sent anew."""
    browser, last = signed_in_client(organiser), [""]

    def is_new() -> bool:
        answer: Any = browser.get(reverse("conversations:since", args=[round_.pk]), {"stamp": last[0]})
        if answer.status_code == 200:
            last[0] = answer.context["stamp"]
        return bool(answer.status_code == 200)

    assert [is_new(), is_new()] == [True, False]
    until = AT + timedelta(days=30)
    consenting.say_yes(
        piece.version,
        by=teller,
        use=Use.QUOTE,
        circle=gathering.circle,
        form=Form.NO_NAME,
        at=AT,
        until=until,
    )
    assert [is_new(), is_new()] == [True, False], "the name goes"
    Consent.objects.update(ended_at=AT)
    assert [is_new(), is_new()] == [True, False], "the words go"
    Story.objects.update(leaves_a_mark=False)
    assert [is_new(), is_new()] == [True, False], "the mark goes"
