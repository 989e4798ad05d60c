"""The iceberg on the big screen: down its levels one thing at a time, then turned over, then told."""

from collections.abc import Callable
from typing import Any

import pytest
from django.test import Client

from betterstory.conversations import verbs
from betterstory.conversations.models import Gathering, Insight, Level, RunSheet, TellersWord
from betterstory.conversations.slide import Slide
from betterstory.conversations.slides import lay_slides
from betterstory.conversations.slides_beneath import MOST_AT_ONCE, in_parts, landings
from betterstory.conversations.tests._screen import heading, page, press, read
from betterstory.people import verbs as people
from betterstory.people.models import Body, Person
from betterstory.places.models import Round
from betterstory.stories import consenting
from betterstory.stories.models import Piece, Seen, Use
from conftest import AT

AddCard = Callable[..., Insight]
LetPass = Callable[..., TellersWord]
Browser = Callable[[Person], Client]
SPOKEN = "“I rang to change the time. They took me off the list.”"
EVENING = "I was not late on purpose."
TOLD = "Whoever rings is heard. Nobody starts again."


@pytest.fixture
def walked(
    add_card: AddCard,
    let_pass: LetPass,
    piece: Piece,
    round_: Round,
    teller: Person,
    organiser: Person,
    trust: Body,
) -> None:
    """An iceberg of four cards: two are turned over, and told as a better story."""
    add_card("event", pieces=[piece])
    for level in ("structure", "mental_model"):
        let_pass(level)
    for place, words in (("first", EVENING), ("last", "That is how it was.")):
        if place == "last":
            add_card("trend", "Many wait again.")
        said = {
            "place": TellersWord.Place(place),
            "how": TellersWord.How.SAID,
            "piece": piece,
            "words": words,
        }
        verbs.give_word(round_, level=Level.TREND, by=teller, at=AT, **said)  # type: ignore[arg-type]  # of many types
    rule = add_card("structure", "Miss one visit, and it starts again.", owner=trust)
    belief = add_card("mental_model", "I have acted as if they did not want it.", held_by="two of us")
    verbs.turn_over(rule, words="You keep your place.", by=organiser, at=AT)
    verbs.turn_over(belief, words="A missed visit is a sign.", by=organiser, at=AT)
    verbs.write_better_story(round_, text=TOLD, by=organiser, at=AT)


def slides_of(gathering: Gathering) -> list[Slide]:
    slides = lay_slides(gathering, read(gathering), at=AT)
    return slides.of(next(turn for turn in slides.turns if turn.kind == "iceberg"))


def said(gathering: Gathering) -> list[str]:
    return [slide.heading for slide in slides_of(gathering)]


WALK = [
    "What lies beneath",
    "What happened",
    SPOKEN,
    "What keeps happening",
    f"“{EVENING}”",
    "Many wait again.",
    "“That is how it was.”",
    "Rules and habits",
    "Miss one visit, and it starts again.",
    "What we take for granted",
    "I have acted as if they did not want it.",
    "A missed visit is a sign.",
    "You keep your place.",
    TOLD,
]


def test_the_room_goes_down_level_by_level_then_turns_it_over_and_tells_it(
    walked: None, gathering: Gathering, organiser: Person, signed_in_client: Browser, send: Any
) -> None:
    assert said(gathering) == WALK
    press(send, organiser, gathering, str(gathering.turns.get(kind="iceberg").pk))
    hall = signed_in_client(organiser)
    shown: list[str] = []
    while len(shown) < len(WALK):
        shown.append(heading(page(hall, gathering)).replace("&#x27;", "'"))
        press(send, organiser, gathering, "on")
    assert shown == WALK
    assert "Turn 8" in page(hall, gathering), "and on to the next turn"


def test_what_a_level_asks_and_who_passed_stands_under_its_name(walked: None, gathering: Gathering) -> None:
    below = {slide.heading: slide.below for slide in slides_of(gathering)}
    assert below["What happened"] == ("In the open, for all to see",)
    assert below["Rules and habits"] == ("Who could change it?", "Robin passed on the first word here.")
    assert below[f"“{EVENING}”"] == ("Robin had the first word here.",)
    assert below["You keep your place."] == ("It was: Miss one visit, and it starts again.",)


def test_a_line_its_teller_says_there_is_shown_once(
    walked: None, gathering: Gathering, round_: Round, piece: Piece, teller: Person
) -> None:
    for place in TellersWord.Place:
        told = {"place": place, "how": TellersWord.How.SAID, "piece": piece, "by": teller, "at": AT}
        verbs.give_word(round_, level=Level.EVENT, **told)  # type: ignore[arg-type]  # of many types
        assert said(gathering).count(SPOKEN) == len(TellersWord.objects.filter(level="event"))


@pytest.mark.parametrize(
    ("step", "before", "after"),
    [(1001, SPOKEN, "What keeps happening"), (2001, f"“{EVENING}”", "Many wait again.")],
)
def test_the_tellers_stop_is_an_ordinary_next_slide(
    step: int,
    before: str,
    after: str,
    walked: None,
    gathering: Gathering,
    piece: Piece,
    teller: Person,
    organiser: Person,
    signed_in_client: Browser,
    send: Any,
) -> None:
    RunSheet.objects.filter(gathering=gathering).update(story=piece.version.story)
    hall = signed_in_client(organiser)
    press(send, organiser, gathering, f"{gathering.turns.get(kind='iceberg').pk}-{step}")
    assert heading(page(hall, gathering)) == before
    verbs.stop_here(read(gathering), by=teller, at=AT)
    words = page(hall, gathering)
    assert heading(words) == after
    told = [SPOKEN, EVENING, "how it was", "Robin", "stopped", "took it back"]
    assert [it for it in told if it in words] == []


def test_what_was_stopped_in_this_room_is_no_slide_even_where_a_yes_is_left(
    walked: None, gathering: Gathering, piece: Piece
) -> None:
    RunSheet.objects.filter(gathering=gathering).update(story=piece.version.story)
    assert said(gathering) == WALK
    RunSheet.objects.filter(gathering=gathering).update(stopped_at=AT)
    assert not [words for words in said(gathering) if words.startswith("“")]


def test_what_its_teller_pauses_is_no_slide(
    walked: None, gathering: Gathering, piece: Piece, teller: Person
) -> None:
    consenting.pause(piece.version.story, by=teller, at=AT)
    left = [words for words in WALK if words not in (SPOKEN, f"“{EVENING}”", "“That is how it was.”")]
    assert said(gathering) == left
    assert not [slide for slide in slides_of(gathering) if "Robin" in " ".join(slide.below)]


def test_what_only_waits_is_not_on_the_screen(
    walked: None, gathering: Gathering, add_card: AddCard, resident: Person
) -> None:
    people.join(circle=gathering.circle, person=resident, at=AT)
    resident.read_again()
    waits = add_card("structure", "The last bus goes at six.", by=resident)
    assert waits.standing == Insight.Standing.SUGGESTED
    assert said(gathering) == WALK


def test_the_teller_reads_that_the_room_saw_it(
    walked: None, gathering: Gathering, organiser: Person, piece: Piece, signed_in_client: Browser, send: Any
) -> None:
    turn = gathering.turns.get(kind="iceberg")
    hall = signed_in_client(organiser)
    noted = Seen.objects.filter(use=Use.QUOTE, circle=gathering.circle)
    press(send, organiser, gathering, f"{turn.pk}-3000")
    page(hall, gathering)
    assert not noted.exists(), "a slide without their words is not noted"
    press(send, organiser, gathering, f"{turn.pk}-1001")
    assert heading(page(hall, gathering)) == SPOKEN
    assert noted.exists()


def test_a_phone_goes_straight_to_a_level(
    walked: None, gathering: Gathering, organiser: Person, signed_in_client: Browser, send: Any
) -> None:
    turn = gathering.turns.get(kind="iceberg")
    phone = signed_in_client(organiser)
    press(send, organiser, gathering, str(turn.pk))
    names = [name for name, _slide in landings(slides_of(gathering))]
    assert names == [*(str(level.label) for level in Level), "Turned over", "Our better story"]
    for name, slide in landings(slides_of(gathering)):
        assert f'value="{turn.pk}-{slide.step}">{name}' in page(phone, gathering, "remote")
        press(send, organiser, gathering, f"{turn.pk}-{slide.step}")
        assert heading(page(phone, gathering)) == slide.heading
    moves = read(gathering).moves
    for wrong in (f"{turn.pk}-99999", f"{turn.pk}-x", "x-1", "-", f"{turn.pk}-999999999"):
        press(send, organiser, gathering, wrong)
    assert read(gathering).moves <= moves + 2, "what is no place is the turn itself, or nothing"


def test_a_card_keeps_its_place_on_the_screen_when_another_comes(
    walked: None,
    gathering: Gathering,
    organiser: Person,
    add_card: AddCard,
    signed_in_client: Browser,
    send: Any,
) -> None:
    turn = gathering.turns.get(kind="iceberg")
    press(send, organiser, gathering, f"{turn.pk}-3001")
    hall = signed_in_client(organiser)
    here = heading(page(hall, gathering))
    add_card("structure", "Nobody rings back.")
    assert heading(page(hall, gathering)) == here == "Miss one visit, and it starts again."
    assert "Nobody rings back." in said(gathering)


TEXTS = """
text                                   parts
One.                                   One.
One. Two.                              One. Two.
One.¶Two.                              One. | Two.
"""


@pytest.mark.parametrize("row", TEXTS.strip().splitlines()[1:])
def test_a_text_is_told_in_whole_sentences(row: str) -> None:
    text, parts = (each.strip() for each in row.split("  ", 1))
    assert in_parts(text.replace("¶", "\n\n")) == [each.strip() for each in parts.split("|")]


def test_no_part_is_longer_than_can_be_read_from_the_back_unless_one_sentence_is() -> None:
    long = "word " * 60 + "end."
    parts = in_parts(" ".join(f"Sentence number {n} is here." for n in range(30)) + " " + long)
    assert all(len(each) <= MOST_AT_ONCE for each in parts[:-1])
    assert parts[-1] == long
    assert in_parts("") == in_parts(" \n ") == []


def test_beside_the_iceberg_words_are_said_smaller_sooner(gathering: Gathering) -> None:
    turn = gathering.turns.get(kind="iceberg")
    sizes = [Slide(turn, 1, "x" * letters).size for letters in (44, 45, 121, 301)]
    assert sizes == ["", "long", "longer", "longest"]


def test_it_asks_little_of_the_machine(
    walked: None,
    gathering: Gathering,
    organiser: Person,
    signed_in_client: Browser,
    send: Any,
    django_assert_max_num_queries: Any,
) -> None:
    turn = gathering.turns.get(kind="iceberg")
    hall = signed_in_client(organiser)
    press(send, organiser, gathering, f"{turn.pk}-1001")
    page(hall, gathering)  # the first look of the day is noted
    for which in ("projector", "remote"):
        with django_assert_max_num_queries(12, info=which):
            assert len(page(hall, gathering, which)) < 60_000
