"""Finding lessons, beginning a round from some, and pages that stay light and shut."""

import re
import uuid
from collections.abc import Callable
from typing import Any

import pytest
from django.test import Client
from pytest_django import DjangoAssertNumQueries

from betterstory.conversations.models import Gathering, Insight
from betterstory.learning import verbs
from betterstory.learning.models import Lesson
from betterstory.learning.tests.conftest import OTHER_WORDS, WORDS
from betterstory.people.models import Person
from betterstory.places.models import Neighbourhood, Round
from betterstory.promises.models import Ask, Promise
from betterstory.promises.tests.conftest import say_yes
from betterstory.stories.models import Audience, Gap, Version
from conftest import AT, TODAY

SignIn = Callable[[Person], Client]
TYPED = {
    "tried": WORDS.tried,
    "saw": WORDS.saw,
    "surprised": WORDS.surprised,
    "worse": WORDS.worse,
    "now": WORDS.now,
    "about": "hearing",
    "reach": "partnership",
}
THEIRS = "I rang to change the time. They took me off the list."


@pytest.fixture(autouse=True)
def _at(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("django.utils.timezone.now", lambda: AT)


def text(answer: Any) -> str:
    return str(answer.content.decode())


def post(client: Client, url: str, **typed: Any) -> Any:
    return client.post(url, {"once": str(uuid.uuid4()), **typed})


# in the address             which are found
LOOKS = """
                             offered kept
?about=hearing               offered
?about=learning              kept
?about=swimming              offered kept
?where=tanners-row           offered kept
?where=nowhere               -
?travel=offered              offered
?travel=trying               offered
?travel=tried                -
?words=PHONE                 offered
?words=phone+rang            offered
?words=phone+boats           -
?words=twice                 kept
?page=2                      -
?page=x                      offered kept
"""


@pytest.mark.parametrize("row", [line for line in LOOKS.splitlines() if line.strip()])
def test_a_part_of_them_is_found(
    row: str,
    round_: Round,
    organiser: Person,
    side: Round,
    signed_in_client: SignIn,
) -> None:
    address, found = row[:29].strip(), row[29:].split()
    first = verbs.write(WORDS, round=round_, by=organiser, on=TODAY, about="hearing")
    verbs.offer(first, by=organiser, on=TODAY)
    verbs.write(OTHER_WORDS, round=round_, by=organiser, on=TODAY)
    verbs.say_how(first, round=side, standing="trying", reason="a", by=organiser, on=TODAY)
    page = text(signed_in_client(organiser).get(f"/learning/{address}"))
    assert [name for name, words in (("offered", WORDS.now), ("kept", OTHER_WORDS.now)) if words in page] == (
        [] if found == ["-"] else found
    )


def test_old_words_are_not_found(lesson: Lesson, tomasz: Person, signed_in_client: SignIn) -> None:
    verbs.write_again(lesson, OTHER_WORDS, after=1, because="a", by=tomasz, on=TODAY)
    assert "No lesson is like that." in text(signed_in_client(tomasz).get("/learning/?words=phone"))


def test_with_nothing_there_pages_help(
    client: Client, place: object, resident: Person, signed_in_client: SignIn
) -> None:
    assert "What got worse, or who was left out?" in text(client.get("/learning/"))
    assert "No neighbourhood yet." in text(client.get("/learning/neighbourhoods/"))
    assert "An organiser can bring you in" in text(signed_in_client(resident).get("/learning/write/"))


def test_the_next_round_begins_from_chosen_lessons(
    offered: Lesson, lock_side: Neighbourhood, organiser: Person, signed_in_client: SignIn, client: Client
) -> None:
    page, url = signed_in_client(organiser), "/learning/begin/lock-side/"
    assert f'name="lesson" value="{offered.pk}"' in text(page.get(url))
    assert WORDS.now in text(page.get(f"{url}?chosen=1&lesson={offered.pk}&lesson=x&lesson=999"))
    typed = {
        "lesson": [str(offered.pk)],
        "why": ["The same here."],
        "differently": "Boats first.",
        "after": "0",
    }
    for gone in ("why", "differently"):
        wrong = post(page, url, **{**typed, gone: ""})
        assert wrong.status_code == 422
        assert ("Boats first." if gone == "why" else "The same here.") in text(wrong)
    assert not Round.objects.filter(neighbourhood=lock_side).exists()
    begun = post(page, url, **typed)
    made = Round.objects.get(neighbourhood=lock_side)
    assert begun["Location"] == f"/learning/rounds/{made.pk}/beginning/"
    shown = text(client.get(begun["Location"]))
    for words in ("Boats first.", "The same here.", WORDS.now):
        assert words in shown
    assert "The round began from it." in text(client.get(f"/learning/lessons/{offered.pk}/"))


def test_a_kept_lesson_is_not_shown_by_the_round_that_began_from_it(
    lesson: Lesson, organiser: Person, client: Client, partner: Person, signed_in_client: SignIn
) -> None:
    begun = verbs.begin(
        neighbourhood=lesson.round.neighbourhood,
        chosen=[verbs.Choice(lesson, "It held.")],
        differently="Boats first.",
        after=1,
        by=organiser,
        on=TODAY,
    )
    url = f"/learning/rounds/{begun.pk}/beginning/"
    assert WORDS.now not in text(client.get(url))
    assert "keep to themselves" in text(client.get(url))
    assert WORDS.now in text(signed_in_client(partner).get(url))


def test_others_do_not_reach_the_forms(
    offered: Lesson, round_: Round, side: Round, partner: Person, signed_in_client: SignIn, client: Client
) -> None:
    helen = signed_in_client(partner)
    for url in (
        f"write/{round_.pk}/",
        f"lessons/{offered.pk}/again/",
        f"lessons/{offered.pk}/outcome/",
        f"lessons/{offered.pk}/try/{side.pk}/",
        f"words/{offered.wordings.get().pk}/take-out/",
        "begin/lock-side/",
        f"rounds/{side.pk}/beginning/write/",
    ):
        assert helen.get(f"/learning/{url}").status_code == 403, url
        assert post(helen, f"/learning/{url}").status_code == 403, url
        assert client.get(f"/learning/{url}")["Location"].startswith("/people/come-in/"), url


def test_the_fullest_lesson_asks_a_dozen_questions_at_most(
    round_: Round,
    swimmer: Person,
    tomasz: Person,
    organiser: Person,
    resident: Person,
    side: Round,
    promise: Promise,
    ask: Ask,
    release: Any,
    gap: Gap,
    card: Insight,
    version: Version,
    signed_in_client: SignIn,
    django_assert_max_num_queries: DjangoAssertNumQueries,
) -> None:
    say_yes(version, gap, gap.after, audience=Audience.PUBLIC)
    gathering = Gathering.objects.filter(round=round_).first()
    release.pattern.pieces.add(gap)
    type(release.pattern).objects.update(from_a_story=True)
    lesson = verbs.write(
        WORDS,
        round=round_,
        by=tomasz,
        on=TODAY,
        reach="anyone",
        points=[promise, ask, release, gap, card, *filter(None, [gathering])],
    )
    lesson = verbs.offer(lesson, by=tomasz, on=TODAY)
    trial = verbs.say_how(lesson, round=side, standing="tried", reason="a", by=organiser, on=TODAY)
    verbs.write(OTHER_WORDS, round=side, by=organiser, on=TODAY, came_from=trial, reach="anyone")
    outcome = verbs.tell_outcome(lesson, who="a", what="b", matters="c", our_part="d", by=organiser, on=TODAY)
    verbs.say_so(outcome, by=resident, on=TODAY)
    client = signed_in_client(resident)
    with django_assert_max_num_queries(12):
        page = client.get(f"/learning/lessons/{lesson.pk}/")
    assert card.words in text(page)
    client = signed_in_client(tomasz)
    with django_assert_max_num_queries(12):
        client.get(f"/learning/write/{round_.pk}/")
    with django_assert_max_num_queries(12):
        client.get("/learning/")
    assert re.search("Lock Side: we tried it as it is", text(client.get("/learning/")))
