"""Lessons in a browser: written, offered, tried, borne out; what may not be read is not there."""

import uuid
from collections.abc import Callable
from typing import Any

import pytest
from django.test import Client

from betterstory.conversations.models import Insight
from betterstory.learning import verbs
from betterstory.learning.models import Beginning, Lesson, Outcome, SaysSo, Trial, Wording
from betterstory.learning.tests.conftest import OTHER_WORDS, WORDS
from betterstory.people.models import Person
from betterstory.places.models import Round
from betterstory.promises.models import Promise
from betterstory.promises.tests.conftest import say_yes
from betterstory.stories.models import Audience, Consent, Gap, NotTheirs, Seen, Story, Use, Version
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


def test_it_is_written_from_a_form_and_a_second_press_writes_one(
    signed_in_client: SignIn, tomasz: Person, round_: Round, promise: Promise
) -> None:
    client, url = signed_in_client(tomasz), f"/learning/write/{round_.pk}/"
    page = text(client.get(url))
    assert f'value="promise-{promise.pk}"' in page
    form = {**TYPED, "once": str(uuid.uuid4()), "points": [f"promise-{promise.pk}"]}
    for _press in range(2):
        answer = client.post(url, form)
    made = Lesson.objects.with_words().get()
    assert answer["Location"] == f"/learning/lessons/{made.pk}/"
    assert (made.words.now, made.about, made.is_for_anyone) == (WORDS.now, "hearing", False)
    shown = text(client.get(answer["Location"]))
    assert promise.words in shown
    assert f'href="/promises/{promise.pk}/"' in shown


# what is typed wrong       what the page says
WRONG = [
    ({"worse": ""}, "Say what got worse, or who was left out"),
    ({"tried": ""}, "Write a few words"),
    ({"now": "word " * 20_000}, "Say it in 600 letters"),
    ({"about": "swimming"}, "Choose one from the list"),
    ({"points": ["promise-999"]}, "Choose from the list"),
    ({"points": ["x"]}, "Choose from the list"),
    ({"reach": ""}, "Choose one."),
]


@pytest.mark.parametrize(("typed", "said"), WRONG)
def test_what_is_wrong_is_said_and_nothing_typed_is_lost(
    typed: dict[str, Any],
    said: str,
    signed_in_client: SignIn,
    tomasz: Person,
    round_: Round,
    promise: Promise,
) -> None:
    answer = post(signed_in_client(tomasz), f"/learning/write/{round_.pk}/", **{**TYPED, **typed})
    assert answer.status_code == 422
    page = text(answer)
    assert said in page
    assert WORDS.saw in page
    assert not Lesson.objects.exists()


@pytest.mark.parametrize("part", ["tried", "saw", "surprised", "worse", "now"])
def test_words_of_a_story_are_asked_about(
    part: str, signed_in_client: SignIn, tomasz: Person, round_: Round, story: Story
) -> None:
    client, url = signed_in_client(tomasz), f"/learning/write/{round_.pk}/"
    form = {**TYPED, part: f"People said: {THEIRS}"}
    asked = post(client, url, **form)
    assert "Is this theirs?" in text(asked)
    assert not Lesson.objects.exists()
    post(client, url, **form, whose="not-theirs")
    assert Lesson.objects.count() == 1
    assert NotTheirs.objects.count() == 1


def places_typed(
    lesson: Lesson, side: Round, outcome: Outcome, wording: Wording
) -> dict[str, tuple[str, str, Any]]:
    """Every other page with words: address, the field, and what else is sent."""
    return {
        "again": (f"/learning/lessons/{lesson.pk}/again/", "because", {**TYPED, "after": "2"}),
        "try": (
            f"/learning/lessons/{lesson.pk}/try/{side.pk}/",
            "reason",
            {"standing": "trying", "after": "0"},
        ),
        "outcome": (
            f"/learning/lessons/{lesson.pk}/outcome/",
            "what",
            {"who": "a", "matters": "b", "our_part": "c"},
        ),
        "so": (f"/learning/outcomes/{outcome.pk}/so/", "words", {}),
        "out": (f"/learning/words/{wording.pk}/take-out/", "because", {}),
        "began": (f"/learning/rounds/{side.pk}/beginning/write/", "differently", {}),
        "begin": ("/learning/begin/lock-side/", "differently", {"after": "1"}),
        "why": (
            "/learning/begin/lock-side/",
            "why",
            {"differently": "a", "lesson": str(lesson.pk), "after": "1"},
        ),
    }


def counts() -> list[int]:
    return [model.objects.count() for model in (Wording, Trial, Outcome, SaysSo, Beginning, Round)]


@pytest.mark.parametrize("where", ["again", "try", "outcome", "so", "out", "began", "begin", "why"])
def test_so_they_are_on_every_other_page_with_words(
    where: str,
    signed_in_client: SignIn,
    steward: Person,
    organiser: Person,
    offered: Lesson,
    tomasz: Person,
    side: Round,
    story: Story,
) -> None:
    if where in ("try", "began", "begin", "why"):
        Story.objects.update(neighbourhood=side.neighbourhood)
    verbs.write_again(offered, OTHER_WORDS, after=1, because="a", by=tomasz, on=TODAY)
    outcome = verbs.tell_outcome(
        offered, who="a", what="b", matters="c", our_part="d", by=organiser, on=TODAY
    )
    before = counts()
    url, field, more = places_typed(offered, side, outcome, offered.wordings.get(number=1))[where]
    answer = post(signed_in_client(steward), url, **{**more, field: THEIRS})
    assert "Is this theirs?" in text(answer), text(answer)[:3000]
    assert counts() == before
    assert not Wording.objects.filter(taken_out_on__isnull=False).exists()


def test_a_moment_shows_while_its_teller_says_yes_and_then_it_is_quiet(
    round_: Round, organiser: Person, version: Version, gap: Gap, client: Client, card: Insight
) -> None:
    say_yes(version, gap, audience=Audience.PUBLIC)
    lesson = verbs.write(
        WORDS, round=round_, by=organiser, on=TODAY, reach="anyone", points=[gap, card, gap.after]
    )
    url = f"/learning/lessons/{lesson.pk}/"
    page = text(client.get(url))
    assert "Back of the queue, 17 weeks" in page
    assert card.words not in page, "the card rests on a step nobody may see"
    assert "off the list" not in page
    assert page.count("It is its teller’s to show") == 1, "however much it is"
    assert Seen.objects.filter(version=version, use=Use.QUOTE).count() == 1
    assert "Back of the queue" not in text(client.get(f"{url}print/")), "paper cannot be taken back"
    Consent.objects.filter(version=version).update(ended_at=AT)
    page = text(client.get(url))
    assert "Back of the queue" not in page
    assert WORDS.now in page
    assert page.count("It is its teller’s to show") == 1
    Story.objects.update(leaves_a_mark=False)
    page = text(client.get(url))
    assert WORDS.now in page
    assert "It is its teller’s to show" not in page, "nothing says that a moment was here"


def test_what_the_writer_may_not_see_is_not_dropped_by_them(
    round_: Round, tomasz: Person, organiser: Person, gap: Gap, promise: Promise, signed_in_client: SignIn
) -> None:
    lesson = verbs.write(WORDS, round=round_, by=organiser, on=TODAY, points=[promise, gap, gap.after])
    url = f"/learning/lessons/{lesson.pk}/again/"
    client = signed_in_client(tomasz)
    assert "Back of the queue" not in text(client.get(url))
    post(client, url, **{**TYPED, "now": "Now we ring.", "because": "plainer", "after": "1"})
    now = Lesson.objects.with_words().get().words
    assert now.now == "Now we ring."
    assert sorted(filter(None, now.points.values_list("piece", flat=True))) == sorted([gap.pk, gap.after_id])
    assert not now.points.filter(promise=promise).exists(), "what they saw they may take away"


def test_figures_stand_beside_a_moment_only_while_they_are_tied(
    round_: Round, organiser: Person, version: Version, gap: Gap, release: Any, client: Client
) -> None:
    say_yes(version, gap, audience=Audience.PUBLIC)
    lesson = verbs.write(WORDS, round=round_, by=organiser, on=TODAY, reach="anyone", points=[gap, release])
    url = f"/learning/lessons/{lesson.pk}/"
    assert "About 120 people" in text(client.get(url)), "of no story"
    type(release.pattern).objects.update(from_a_story=True)
    release.pattern.pieces.add(gap)
    assert "About 120 people" not in text(client.get(url)), "its teller never said yes to counting"
    say_yes(version, gap, audience=Audience.PARTNERSHIP, use=Use.COUNT)
    assert "About 120 people" in text(client.get(url))


def test_what_may_not_be_read_is_not_there(
    lesson: Lesson, client: Client, resident: Person, partner: Person, signed_in_client: SignIn
) -> None:
    for way in ("", "print/"):
        url = f"/learning/lessons/{lesson.pk}/{way}"
        assert client.get(url).status_code == 404
        assert signed_in_client(resident).get(url).status_code == 404
        assert WORDS.now in text(signed_in_client(partner).get(url))
    assert WORDS.now not in text(client.get("/learning/"))
    assert WORDS.now not in text(client.get("/learning/?words=knock"))
    assert signed_in_client(resident).get(f"/learning/lessons/{lesson.pk}/try/").status_code == 404


def test_offered_it_is_for_anyone_and_travels(
    lesson: Lesson, signed_in_client: SignIn, tomasz: Person, mo: Person, side: Round, client: Client
) -> None:
    url = f"/learning/lessons/{lesson.pk}/"
    assert post(signed_in_client(mo), f"{url}offer/").status_code == 403
    assert post(signed_in_client(tomasz), f"{url}offer/")["Location"] == url
    page = signed_in_client(mo)
    assert f'href="{url}try/{side.pk}/"' in text(page.get(f"{url}try/"))
    typed = {"standing": "adapted", "reason": "It fits.", "changed": "We rang a bell.", "after": "0"}
    assert post(page, f"{url}try/{side.pk}/", **{**typed, "changed": ""}).status_code == 422
    assert post(page, f"{url}try/{side.pk}/", **typed)["Location"] == url
    assert post(page, f"{url}try/{side.pk}/", **typed).status_code == 422, "newer words stand there"
    shown = text(client.get(url))
    assert "Lock Side, round 1: we tried it with a change." in shown
    assert "We rang a bell." in shown
    trial = Trial.objects.get()
    grown = post(page, f"/learning/write/{side.pk}/?from={trial.pk}", **{**TYPED, "reach": "anyone"})
    assert "It grew from a lesson of another round" in text(client.get(grown["Location"]))
    assert "What they learned from it" in text(client.get(url))


def test_nobody_is_named_but_by_their_own_yes(
    offered: Lesson, organiser: Person, resident: Person, signed_in_client: SignIn, client: Client
) -> None:
    outcome = verbs.tell_outcome(
        offered, who="a", what="b", matters="c", our_part="d", by=organiser, on=TODAY
    )
    post(signed_in_client(resident), f"/learning/outcomes/{outcome.pk}/so/", words="They rang my aunt.")
    page = text(client.get(f"/learning/lessons/{offered.pk}/"))
    assert "They rang my aunt." in page
    assert "Somebody here" in page
    for name in ("Lynda", "Tomasz", "Nasreen"):
        assert name not in page
    mine = signed_in_client(resident)
    assert "Take back that I said so" in text(mine.get(f"/learning/lessons/{offered.pk}/"))
    post(mine, f"/learning/outcomes/{outcome.pk}/unsay/")
    assert "They rang my aunt." not in text(client.get(f"/learning/lessons/{offered.pk}/"))
