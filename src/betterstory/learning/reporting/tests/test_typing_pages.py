"""Typing on the pages: what is to be put right, what was put right, who reaches them."""

import itertools
import re
import uuid
from collections.abc import Callable
from typing import Any

import pytest
from django.test import Client

from betterstory.learning.models import OutsideEvent, Sector, Spent
from betterstory.people.models import Person
from betterstory.places.models import Round

SignIn = Callable[[Person], Client]
Spend = Callable[..., Spent]


def post(client: Client, path: str, **told: Any) -> Any:
    return client.post(path, {"once": str(uuid.uuid4()), **told})


def errors(response: Any) -> str:
    found = re.search(r'<div class="put-right".*?</div>', response.content.decode(), re.DOTALL)
    return found[0] if found else ""


# what is typed in the form: which words say what to put right; "" where it is kept
FORMS = """
    day         month    hours     pounds     | says
    2026-07-10           1,200.50             |
    2026-07-10                     £1,200.50  |
                2026-07  2                    |
                07/2026  2                    |
    2026-07-10           -3                   | below zero
    2026-07-10                     -5         | below zero
    2026-07-10           3,5                  | cannot read this amount
    2026-07-10                                | Write hours, or pounds
    2027-07-10           2                    | still to come
                2027-01  2                    | still to come
    2026-07-10  2026-07  2                    | one of the two
                         2                    | one of the two
    someday              2                    | no day we know
                2026-13  2                    | no month we know
    0206-07-10           2                    | years before the round
    2026-07-10           999999               | more than a round could spend
"""
HEAD = FORMS.splitlines()[1]
PLACES = [HEAD.index(name) for name in ("day", "month", "hours", "pounds", "|")]


@pytest.mark.parametrize("line", FORMS.rstrip().splitlines()[2:], ids=str.strip)
def test_the_form_says_what_to_put_right(
    line: str, round_: Round, organiser: Person, signed_in_client: SignIn
) -> None:
    told, _sign, says = line.partition("|")
    cells = [told[start:end].strip() for start, end in itertools.pairwise(PLACES)]
    form = dict(zip(("day", "month", "hours", "pounds"), cells, strict=True))
    answer = post(
        signed_in_client(organiser),
        f"/learning/rounds/{round_.pk}/spent/",
        sector=Sector.PUBLIC,
        what_for="Hall",
        **form,
    )
    if not says.strip():
        assert answer.status_code == 302
        assert Spent.objects.count() == 1
    else:
        assert answer.status_code == 422
        assert says.strip() in errors(answer)
        assert not Spent.objects.exists()
        assert 'value="Hall"' in answer.content.decode(), "nothing that was typed is lost"


def test_sent_twice_it_is_kept_once(round_: Round, organiser: Person, signed_in_client: SignIn) -> None:
    client, key = signed_in_client(organiser), str(uuid.uuid4())
    for _press in range(2):
        answer = client.post(
            f"/learning/rounds/{round_.pk}/spent/",
            {"once": key, "sector": "public", "day": "2026-07-10", "hours": "2", "what_for": "Hall"},
        )
        assert answer.status_code == 302
    assert Spent.objects.count() == 1


def test_the_page_shows_both_rows_and_why(
    round_: Round, organiser: Person, spend: Spend, signed_in_client: SignIn
) -> None:
    first = spend(pounds="85", what_for="Bread")
    client = signed_in_client(organiser)
    for way in ("put-right", "take-out"):
        page = client.get(f"/learning/spent/{first.pk}/{way}/").content.decode()
        assert "Bread. 1" in page, "what it was for, and its day"
    answer = post(
        client,
        f"/learning/spent/{first.pk}/put-right/",
        sector="public",
        day="2026-07-16",
        pounds="1,110.50",
        what_for="Bread and milk",
        because="One evening was left out.",
    )
    assert answer.status_code == 302
    page = client.get(f"/learning/rounds/{round_.pk}/spent/").content.decode()
    assert "£85" in page
    assert "£1,110.50" in page
    assert "One evening was left out." in page
    assert 'class="amount">1,110.50<' in page, "the sum is of what stands"
    again = client.get(f"/learning/spent/{first.pk}/put-right/")
    assert again.status_code == 409


def test_residents_do_not_reach_the_pages(
    round_: Round, resident: Person, spend: Spend, signed_in_client: SignIn
) -> None:
    row, client = spend(hours="2"), signed_in_client(resident)
    for path in (f"rounds/{round_.pk}/spent/", f"rounds/{round_.pk}/outside/", f"spent/{row.pk}/put-right/"):
        assert client.get(f"/learning/{path}").status_code == 403
        assert post(client, f"/learning/{path}", day="2026-07-10", hours="9").status_code == 403
    assert Spent.objects.count() == 1


def test_a_storys_words_are_asked_about(
    story: Any, round_: Round, organiser: Person, signed_in_client: SignIn
) -> None:
    """Five words of a story in a row: is this theirs? Nothing is written."""
    answer = post(
        signed_in_client(organiser),
        f"/learning/rounds/{round_.pk}/outside/",
        words="They took me off the list again",
        day="2026-07-10",
    )
    assert "Is this theirs?" in answer.content.decode()
    assert not OutsideEvent.objects.exists()
