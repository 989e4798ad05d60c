"""Wherever something is typed, five words of a story in a row ask: is this theirs? Nothing is written yet."""

import uuid
from collections.abc import Callable
from datetime import date, timedelta
from typing import Any

import pytest
from django.test import Client
from django.utils import timezone

from betterstory.conversations import verbs as conversations
from betterstory.conversations.models import BetterStory, Change, Gathering, Insight, Level, Side, Statement
from betterstory.immersion.models import Act, Notice
from betterstory.people import limits
from betterstory.people import verbs as people
from betterstory.people.models import Body, Circle, Person, Post, Ring
from betterstory.places.models import Round
from betterstory.promises import verbs as promises
from betterstory.promises.models import Again, Answer, Ask, Judgement, Promise
from betterstory.stories import consenting
from betterstory.stories.models import Audience, NotTheirs, Piece, Use, Version
from betterstory.stories.whose import MOST_ASKED
from conftest import TODAY

THEIRS = "I rang to change the time, and they took me off the list."
OWN = "One missed visit and people lose their place."
SignIn = Callable[[Person], Client]


@pytest.fixture
def town(
    version: Version, round_: Round, organiser: Person, steward: Person, circle: Circle, partner: Person
) -> dict[str, Any]:
    """Something to type beside: a gathering, a card, a rule, an ask, a promise."""
    at = timezone.now()
    Version.objects.filter(pk=version.pk).update(agreed_at=at)
    gathering = conversations.call_gathering(
        round=round_,
        kind=Gathering.Kind.HEARING,
        title="The first evening",
        when=at + timedelta(days=1),
        where="the hall",
        by=organiser,
        at=at,
    )
    people.join(circle=gathering.circle, person=organiser, at=at)
    organiser.read_again()
    body = people.name_body(name="The Talking Service", ring=Ring.LOCAL_SERVICES, by=organiser)
    post = people.name_post(body=body, title="Head", by=organiser, holder=partner)
    card = conversations.add_card(
        round_, level=Level.STRUCTURE, words="A rule", by=organiser, at=at, owner=body
    )
    ask = promises.ask(
        round=round_,
        words="Ring first",
        of=body,
        by=organiser,
        on=TODAY,
        asked_by=circle,
        asked_by_words="us",
    )
    due = date.today() + timedelta(days=30)
    promise = promises.make(
        round=round_, words="We ring", by=organiser, on=TODAY, due_on=due, to=circle, to_words="us", post=post
    )
    return {
        "round": round_,
        "gathering": gathering,
        "body": body,
        "post": post,
        "card": card,
        "waiting": Insight.objects.create(
            round=round_, level="event", number=7, words="A bus", added_at=at, standing="suggested"
        ),
        "ask": ask,
        "promise": promise,
        "circle": circle,
        "due": due.isoformat(),
        "day": timezone.localdate().isoformat(),
    }


# page, the field words are typed in, what else is sent, and where what is written can be counted
PLACES: dict[str, tuple[str, str, dict[str, str], type]] = {
    "a card": (
        "/conversations/rounds/{round.pk}/iceberg/add/",
        "words",
        {"level": "event", "basis": "room"},
        Insight,
    ),
    "a card turned over": ("/conversations/cards/{card.pk}/", "words", {"seen": "1"}, Insight),
    "a statement": ("/conversations/{gathering.pk}/statements/", "words", {}, Statement),
    "the better story": (
        "/conversations/rounds/{round.pk}/better-story/write/",
        "text",
        {"seen": "0"},
        BetterStory,
    ),
    "all cards turned over": (
        "/conversations/rounds/{round.pk}/better-story/pairs/",
        "words",
        {"card": "{card.pk}", "seen": "1"},
        Insight,
    ),
    "a card in other words": (
        "/conversations/cards/{card.pk}/reword/",
        "words",
        {"seen": "1", "owner": "{body.pk}"},
        Change,
    ),
    "why a card is not kept": ("/conversations/cards/{waiting.pk}/not-keep/", "because", {}, Change),
    "an ask": (
        "/promises/ask/{round.pk}/",
        "words",
        {"of": "{body.pk}", "asked_by": "{circle.pk}", "asked_by_words": "us"},
        Ask,
    ),
    "a yes": ("/promises/asks/{ask.pk}/yes/", "words", {"post": "{post.pk}", "due_on": "{due}"}, Promise),
    "a no": ("/promises/asks/{ask.pk}/no/", "reason", {}, Answer),
    "a promise": (
        "/promises/promise/{round.pk}/",
        "words",
        {"post": "{post.pk}", "to": "{circle.pk}", "to_words": "us", "due_on": "{due}"},
        Promise,
    ),
    "a verdict": ("/promises/{promise.pk}/judge/", "note", {"verdict": "partly"}, Judgement),
    "more time": (
        "/promises/{promise.pk}/more-time/",
        "because",
        {"due_on": "{due}", "words": "We ring"},
        Again,
    ),
    "something noticed": (
        "/immersion/{round.neighbourhood.slug}/noticed/",
        "words",
        {"where": "the bridge", "on": "{day}"},
        Notice,
    ),
    "a useful act": (
        "/immersion/{round.neighbourhood.slug}/note/",
        "what",
        {"where": "the bridge", "on": "{day}", "who": "{organiser.pk}"},
        Act,
    ),
}


def send(client: Client, town: dict[str, Any], there: str, words: str, **more: str) -> tuple[Any, int]:
    """Send the form of a place; the answer, and how many rows there are then."""
    url, field, rest, model = PLACES[there]
    data = {name: value.format(**town) for name, value in rest.items()}
    answer = client.post(url.format(**town), {"once": str(uuid.uuid4()), field: words, **data, **more})
    return answer, count(model)


def count(model: Any) -> int:
    if model is Insight:
        return int(Insight.objects.count() + Insight.objects.exclude(turned_over="").count())
    return int(model.objects.count())


@pytest.mark.parametrize("there", PLACES)
def test_a_teller_is_asked_about_wherever_somebody_types(
    there: str, town: dict[str, Any], organiser: Person, signed_in_client: SignIn
) -> None:
    town["organiser"] = organiser
    client, before = signed_in_client(organiser), count(PLACES[there][3])
    asked, then = send(client, town, there, THEIRS)
    assert asked.status_code == 422
    page = asked.content.decode()
    assert "Is this theirs?" in page
    assert "they took me off the list" in page, "what was typed is not lost"
    assert then == before, "and nothing is written"
    own, then = send(client, town, there, OWN)
    assert (own.status_code, then) == (302, before + 1), "words of one’s own go straight on"
    assert not NotTheirs.objects.exists()


@pytest.mark.parametrize("there", ["a card", "a statement", "a promise", "something noticed"])
def test_it_is_not_from_a_story_is_taken_and_noted(
    there: str, town: dict[str, Any], organiser: Person, version: Version, signed_in_client: SignIn
) -> None:
    town["organiser"] = organiser
    before = count(PLACES[there][3])
    answer, then = send(signed_in_client(organiser), town, there, THEIRS, whose="not-theirs")
    assert (answer.status_code, then) == (302, before + 1)
    noted = NotTheirs.objects.get()
    assert (noted.story, noted.by) == (version.story, organiser)


def test_a_card_tied_to_a_line_shows_the_line_and_copies_nothing(
    town: dict[str, Any], organiser: Person, teller: Person, version: Version, signed_in_client: SignIn
) -> None:
    client, line = signed_in_client(organiser), open_line(version, teller, town["gathering"].circle)
    asked, _rows = send(client, town, "a card", THEIRS)
    assert 'value="tie"' in asked.content.decode()
    send(client, town, "a card", THEIRS, whose="tie")
    card = Insight.objects.order_by("-pk")[0]
    assert (card.words, list(card.pieces.values_list("pk", flat=True))) == ("", [line.pk])


@pytest.mark.parametrize(("there", "field"), [("a statement", "from_piece"), ("an ask", "piece")])
def test_where_words_stand_by_themselves_tying_asks_for_ones_own(
    there: str,
    field: str,
    town: dict[str, Any],
    organiser: Person,
    teller: Person,
    version: Version,
    signed_in_client: SignIn,
) -> None:
    client, line = signed_in_client(organiser), open_line(version, teller, town["gathering"].circle)
    before = count(PLACES[there][3])
    tied, then = send(client, town, there, THEIRS, whose="tie")
    assert (tied.status_code, then) == (422, before)
    assert f'name="{field}" value="{line.pk}"' in tied.content.decode()
    done, then = send(client, town, there, OWN, **{field: str(line.pk)})
    assert (done.status_code, then) == (302, before + 1)
    newest = PLACES[there][3].objects.order_by("-pk")[0]  # type: ignore[attr-defined]  # a model
    assert getattr(newest, f"{field}_id") == line.pk
    assert "off the list" not in newest.words


def open_line(version: Version, teller: Person, circle: Circle) -> Piece:
    at = timezone.now()
    line = Piece.objects.get(version=version, kind=Piece.Kind.STEP, position=2)
    consenting.say_yes(
        version, by=teller, use=Use.QUOTE, circle=circle, piece=line, at=at, until=at + timedelta(days=9)
    )
    return line


def test_to_somebody_who_may_not_see_it_nothing_is_said_of_whose_it_is(
    town: dict[str, Any], organiser: Person, version: Version, signed_in_client: SignIn
) -> None:
    """The page is the same to the letter for a shut story and for a paused one, but for what was typed."""
    client = signed_in_client(organiser)
    shut, _rows = send(client, town, "a card", THEIRS)
    page = shut.content.decode()
    assert 'value="tie"' not in page
    for words in ("Robin", "long way", "postman", "knocking", "like snow", str(version.story.uuid)):
        assert words not in page
    consenting.pause(version.story, by=version.story.teller, at=timezone.now())
    paused, _rows = send(client, town, "a card", THEIRS)
    assert bare(paused) == bare(shut)


def bare(answer: Any) -> str:
    """The page without the ids of its form, which are new each time."""
    lines = answer.content.decode().splitlines()
    return "\n".join(
        line for line in lines if "csrfmiddlewaretoken" not in line and 'name="once"' not in line
    )


def test_trying_words_out_comes_to_an_end(
    town: dict[str, Any], organiser: Person, signed_in_client: SignIn
) -> None:
    client = signed_in_client(organiser)
    for _n in range(MOST_ASKED):
        assert send(client, town, "a card", THEIRS)[0].status_code == 422
    answer, _rows = send(client, town, "a card", THEIRS)
    assert answer.status_code == 429
    assert "Is this theirs?" not in answer.content.decode()
    own, _rows = send(client, town, "a card", OWN)
    assert own.status_code == 302, "words of one’s own are still taken"


def test_comparing_is_counted_even_where_the_form_is_refused(
    town: dict[str, Any], organiser: Person, signed_in_client: SignIn, monkeypatch: pytest.MonkeyPatch
) -> None:
    counted: list[str] = []
    monkeypatch.setattr(limits, "count_try", lambda *, what, **_more: counted.append(what))
    send(signed_in_client(organiser), town, "a card", THEIRS, basis="no such basis")
    assert counted == ["echoes-compared", "echoes-asked"]


def test_a_voice_is_told_nothing_and_whoever_takes_its_sentence_up_is_asked(
    town: dict[str, Any], organiser: Person, signed_in_client: SignIn
) -> None:
    at, gathering = timezone.now(), town["gathering"]
    [(voice, _code)] = conversations.make_voices(town["round"], residents=1, services=0, by=organiser, at=at)
    assert voice.side == Side.RESIDENT
    written = conversations.write_statement(gathering, words=THEIRS, voice=voice, at=at)
    client = signed_in_client(organiser)
    url = f"/conversations/statements/{written.pk}/take-up/"
    asked = client.post(url, {"once": str(uuid.uuid4())})
    assert asked.status_code == 422
    assert not Statement.objects.get(pk=written.pk).is_read
    client.post(url, {"once": str(uuid.uuid4()), "whose": "not-theirs"})
    assert Statement.objects.get(pk=written.pk).is_read
    assert NotTheirs.objects.count() == 1


def test_the_public_wall_offers_no_line_for_a_room(
    town: dict[str, Any], resident: Person, teller: Person, version: Version, signed_in_client: SignIn
) -> None:
    open_line(version, teller, town["gathering"].circle)
    assert Post.objects.exists()
    assert Body.objects.exists()
    assert Audience.CIRCLE
    asked, _rows = send(signed_in_client(resident), town, "an ask", THEIRS)
    assert asked.status_code == 422
    assert 'value="tie"' not in asked.content.decode(), "she is not in that room"
