"""Coming in with a card: once, and every wrong code has the same answer."""

import uuid

import pytest
from django.test import Client

from betterstory.people import verbs
from betterstory.people.codes import LETTERS, spaced
from betterstory.people.models import Circle, Invitation, Person, Tries
from betterstory.people.tests._come_in import _now, press, who_is_in
from betterstory.people.tests.conftest import MakeCard
from conftest import AT, TODAY

__all__ = ["_now"]  # fixtures that tests ask for by name

pytestmark = pytest.mark.django_db
UNKNOWN = "We do not know this code."


def test_a_good_code_lets_you_in_with_the_name_on_the_card(client: Client, card: MakeCard) -> None:
    _row, code = card("Sam")
    answer = press(client, spaced(code).lower())
    assert (answer.status_code, answer["Location"]) == (302, "/")
    person = Person.objects.get()
    assert (person.name, sorted(person.roles)) == ("Sam", ["resident"])
    assert who_is_in(client) == str(person.pk)


def test_a_card_may_bring_you_into_a_circle(client: Client, card: MakeCard, circle: Circle) -> None:
    _row, code = card("Sam", circle=circle)
    press(client, code)
    assert circle.includes(Person.objects.get(name="Sam"))


def test_a_code_works_once(client: Client, card: MakeCard) -> None:
    _row, code = card()
    press(client, code)
    second = Client()
    answer = press(second, code)
    assert answer.status_code == 422
    assert UNKNOWN in answer.text
    assert who_is_in(second) is None
    assert Person.objects.count() == 1


def test_pressing_twice_lets_you_in_twice_and_makes_one_person(card: MakeCard) -> None:
    """The browser may have dropped the first answer, and with it the only card."""
    _row, code = card()
    form = str(uuid.uuid4())
    browsers = [Client(), Client()]
    assert [press(browser, code, form).status_code for browser in browsers] == [302, 302]
    assert who_is_in(browsers[0]) == who_is_in(browsers[1]) is not None
    assert Person.objects.count() == 1


def test_the_same_form_is_too_old_after_two_minutes(card: MakeCard, monkeypatch: pytest.MonkeyPatch) -> None:
    _row, code = card()
    form = str(uuid.uuid4())
    press(Client(), code, form)
    monkeypatch.setattr("django.utils.timezone.now", lambda: AT + verbs.SECOND_PRESS)
    late = Client()
    assert press(late, code, form).status_code == 422
    assert who_is_in(late) is None


@pytest.mark.parametrize("spoil", ["mistyped", "unknown", "used", "past", "withdrawn"])
def test_whatever_is_wrong_with_a_code_the_answer_is_the_same(
    client: Client, card: MakeCard, steward: Person, spoil: str
) -> None:
    row, code = card()
    if spoil == "mistyped":
        code = code[:-1] + next(letter for letter in LETTERS if letter != code[-1])
    elif spoil == "unknown":
        Invitation.objects.all().delete()
    elif spoil == "used":
        press(Client(), code)
    elif spoil == "past":
        Invitation.objects.update(expires_at=AT)
    else:
        verbs.withdraw_card(row, by=steward, at=AT)
    answer = press(client, code)
    assert answer.status_code == 422
    assert answer.context["form"].errors == {"code": [str(verbs.CodeUnknown.words)]}
    assert f'value="{code}"' in answer.text  # what was typed is kept
    assert who_is_in(client) is None


def test_every_answer_costs_one_hash_so_that_none_is_quicker(
    card: MakeCard, monkeypatch: pytest.MonkeyPatch
) -> None:
    _row, code = card()
    hashed: list[str] = []
    real = verbs.make_password, verbs.check_password

    def make(verifier: str) -> str:
        hashed.append("made")
        return real[0](verifier)

    def check(verifier: str, kept: str) -> bool:
        hashed.append("checked")
        return bool(real[1](verifier, kept))

    monkeypatch.setattr(verbs, "make_password", make)
    monkeypatch.setattr(verbs, "check_password", check)
    for selector in (code[:3], "222" if code[:3] != "222" else "333"):
        with pytest.raises(verbs.CodeUnknown):
            verbs.come_in(selector=selector, verifier="2222222222", at=AT, on=TODAY)
    assert hashed == ["checked", "made"]


def test_only_the_hash_of_a_code_is_kept(card: MakeCard) -> None:
    row, code = card()
    kept = " ".join(str(value) for value in vars(row).values())
    assert code[3:] not in kept
    assert row.selector == code[:3]


@pytest.mark.parametrize(
    ("typed", "says"),
    [("NH7 K7TP4", "You typed 8"), ("NH7 K7TP4 M2XWO", "no “O”"), ("", "Please fill this in")],
)
def test_what_cannot_be_a_code_gets_a_hint_beside_the_field(client: Client, typed: str, says: str) -> None:
    answer = press(client, typed)
    assert answer.status_code == 422
    assert says in answer.text
    assert not Tries.objects.exists()


def test_markup_typed_as_a_code_stays_words(client: Client) -> None:
    answer = press(client, "\"'><svg onload=x>")
    assert answer.status_code == 422
    assert "<svg onload" not in answer.text
