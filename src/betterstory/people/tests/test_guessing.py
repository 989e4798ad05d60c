"""Nobody learns anything by guessing, and a hall full of people can all come in."""

from datetime import timedelta

import pytest
from django.test import Client

from betterstory.people.codes import LETTERS
from betterstory.people.models import Tries
from betterstory.people.tests._come_in import _now, press, who_is_in
from betterstory.people.tests.conftest import MakeCard
from conftest import AT

__all__ = ["_now"]  # fixtures that tests ask for by name

pytestmark = pytest.mark.django_db


def test_guessing_one_card_stops_after_five(client: Client, card: MakeCard) -> None:
    _row, code = card()
    guesses = [press(client, code[:3] + "2" * 9 + letter).status_code for letter in "23456789"]
    assert guesses == [422] * 5 + [429] * 3
    assert press(client, code).status_code == 429  # the right code too, from here, for now
    assert who_is_in(client) is None


def test_wrong_guesses_stay_counted_though_the_page_refused_them(client: Client, card: MakeCard) -> None:
    _row, code = card()
    press(client, code[:3] + "2" * 10)
    assert [tries.count for tries in Tries.objects.all()] == [1, 1]


def test_ten_minutes_later_you_may_try_again(
    client: Client, card: MakeCard, monkeypatch: pytest.MonkeyPatch
) -> None:
    _row, code = card()
    for _n in range(6):
        press(client, code[:3] + "2" * 10)
    monkeypatch.setattr("django.utils.timezone.now", lambda: AT + timedelta(minutes=10))
    assert press(client, code).status_code == 302


def test_guessing_everywhere_stops_after_a_hundred_in_an_hour(client: Client, card: MakeCard) -> None:
    _row, code = card()
    answers = [
        press(
            Client(REMOTE_ADDR=f"192.0.2.{n}"), LETTERS[n // 30] + LETTERS[n % 30] + "22222222222"
        ).status_code
        for n in range(110)
    ]
    assert answers == [422] * 100 + [429] * 10
    assert press(client, code).status_code == 429


def test_a_hall_full_of_people_can_all_come_in(card: MakeCard) -> None:
    """Good codes are not counted: 120 people behind one address, within the hour."""
    for n in range(120):
        _row, code = card(f"guest {n}")
        assert press(Client(), code).status_code == 302


def test_an_address_cannot_be_made_up_in_a_header(card: MakeCard) -> None:
    _row, code = card()
    wrong = code[:3] + "2" * 10
    answers = [
        press(Client(headers={"X-Forwarded-For": f"192.0.2.{n}"}), wrong).status_code for n in range(7)
    ]
    assert answers == [422] * 5 + [429] * 2


def test_counts_keep_neither_address_nor_selector(client: Client, card: MakeCard) -> None:
    _row, code = card()
    press(client, code[:3] + "2" * 10)
    kept = " ".join(Tries.objects.values_list("key", flat=True))
    assert "127.0.0.1" not in kept
    assert code[:3] not in kept
