"""Fresh for everybody: nothing is sent while nothing changed, and everything that changes is sent."""

from collections.abc import Callable
from itertools import pairwise
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse

from betterstory.behind.models import Release
from betterstory.conversations import verbs
from betterstory.conversations.models import Gathering, Insight, Level, Link, TellersWord
from betterstory.people.models import Person
from betterstory.places.models import Round
from betterstory.stories import consenting
from betterstory.stories.models import Consent, Piece
from conftest import AT

AddCard = Callable[..., Insight]
SPOKEN = "They took me off the list"


@pytest.fixture
def ask(round_: Round, organiser: Person, signed_in_client: Callable[[Person], Client]) -> Callable[..., Any]:
    """Ask what is new, as an open page does: ask() gives what is sent, or None where nothing is."""
    browser = signed_in_client(organiser)
    last = [""]

    def since() -> str | None:
        answer = browser.get(reverse("conversations:since", args=[round_.pk]), {"stamp": last[0]})
        if answer.status_code == 204:
            return None
        last[0] = answer.context["stamp"]
        return str(answer.content.decode())

    return since


def test_every_change_is_sent_once(
    ask: Callable[..., Any],
    add_card: AddCard,
    piece: Piece,
    gathering: Gathering,
    organiser: Person,
    teller: Person,
    round_: Round,
    voice: Callable[..., Any],
) -> None:
    assert ask() is not None
    assert ask() is None
    rule, other = add_card("structure", "The list opens once."), add_card("event", pieces=[piece])
    speaker, _code = voice()
    changes: list[Callable[[], object]] = [
        lambda: add_card("event", "Nobody rang."),
        lambda: verbs.reword_card(rule, words="It opens in May.", by=organiser, at=AT, seen=1),
        lambda: verbs.turn_over(rule, words="It is open.", by=organiser, at=AT),
        lambda: verbs.link(rule, other, kind=Link.Kind.CAUSES, by=organiser, at=AT),
        lambda: verbs.unlink(Link.objects.get(), by=organiser, at=AT),
        lambda: verbs.suggest_card(gathering, level=Level.EVENT, words="A bus.", voice=speaker, at=AT),
        lambda: verbs.keep_card(Insight.objects.get(words="A bus."), by=organiser, at=AT),
        lambda: verbs.do_not_keep(Insight.objects.get(words="A bus."), because="No", by=organiser, at=AT),
        lambda: verbs.give_word(
            round_,
            level=Level.EVENT,
            place=TellersWord.Place.FIRST,
            how=TellersWord.How.PASSED,
            piece=piece,
            by=teller,
            at=AT,
        ),
        lambda: verbs.take_word_back(TellersWord.objects.get(), by=teller, at=AT),
        lambda: verbs.remove_card(rule, by=organiser, at=AT),
    ]
    ask()
    for change in changes:
        change()
        assert ask() is not None
        assert ask() is None


def test_what_a_teller_takes_back_leaves_every_open_page(
    ask: Callable[..., Any], add_card: AddCard, piece: Piece, teller: Person
) -> None:
    add_card("event", pieces=[piece])
    assert SPOKEN in ask()
    assert ask() is None
    consenting.take_back(piece.version.story, by=teller, at=AT)
    page = ask()
    assert page is not None
    assert SPOKEN not in page
    consenting.undo_take_back(piece.version.story, by=teller, at=AT)
    consenting.stop(Consent.objects.filter(use="quote").latest("pk"), by=teller, at=AT)
    assert SPOKEN not in (ask() or "")


def test_a_count_that_must_go_leaves_every_open_page(
    ask: Callable[..., Any], add_card: AddCard, piece: Piece, release: Release, teller: Person
) -> None:
    add_card("trend", "Many start again.", pieces=[piece], release=release)
    assert "release 3" in ask()
    assert ask() is None
    consenting.stop(Consent.objects.get(use="count"), by=teller, at=AT)
    page = ask()
    assert page is not None
    assert "release 3" not in page


def test_asking_costs_little(
    round_: Round,
    organiser: Person,
    add_card: AddCard,
    piece: Piece,
    signed_in_client: Callable[[Person], Client],
    django_assert_max_num_queries: Any,
) -> None:
    """Three to know who asks, one for the last change; three more only where cards rest on stories."""
    add_card("event", "Nobody rang.")
    browser = signed_in_client(organiser)
    page = reverse("conversations:since", args=[round_.pk])
    stamp = browser.get(page).context["stamp"]
    with django_assert_max_num_queries(5):
        assert browser.get(page, {"stamp": stamp}).status_code == 204
    add_card("event", pieces=[piece])
    stamp = browser.get(page).context["stamp"]
    with django_assert_max_num_queries(7):
        assert browser.get(page, {"stamp": stamp}).status_code == 204


def test_the_page_asks_by_itself_and_has_a_way_without(
    round_: Round, organiser: Person, add_card: AddCard, signed_in_client: Callable[[Person], Client]
) -> None:
    add_card("event", "Nobody rang.")
    page = signed_in_client(organiser).get(reverse("conversations:iceberg", args=[round_.pk]))
    said = page.content.decode()
    assert 'hx-trigger="every 4s"' in said
    assert "Show what is new" in said
    assert f'value="{page.context["stamp"]}"' in said


def test_forty_long_cards_stay_one_light_page(
    round_: Round, organiser: Person, add_card: AddCard, signed_in_client: Callable[[Person], Client]
) -> None:
    words = "I have acted as if people who miss a visit do not want one, and so I never asked them why."
    levels = list(Level)
    cards = [add_card(levels[n % 4], words, held_by="one of us" if n % 4 == 3 else "") for n in range(40)]
    for start, end in pairwise(cards):
        verbs.link(start, end, kind=Link.Kind.CAUSES, by=organiser, at=AT)
    page = signed_in_client(organiser).get(reverse("conversations:iceberg", args=[round_.pk]))
    assert page.content.decode().count("I have acted") >= 80, "in the drawing and in the list"
    assert len(page.content) < 60_000
