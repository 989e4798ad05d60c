"""Paper sheets are drawn so that every sentence is seen evenly, and typed in as they were printed."""

import re
from collections.abc import Callable
from random import Random
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from betterstory.conversations import verbs
from betterstory.conversations.drawing_sheets import draw, how_even
from betterstory.conversations.models import Gathering, Sheet, Statement, Vote
from betterstory.conversations.verbs import (
    NoSuchSheet,
    NotAsked,
    OneSheetIsEnough,
    TooManySheets,
    TypedCard,
)
from betterstory.people.models import Person
from betterstory.people.verbs import NotYours
from conftest import AT

MakeVoice = Callable[..., tuple[Any, str]]
Send = Callable[..., Any]


@given(st.integers(16, 60), st.integers(1, 50), st.integers(0, 10**6))
def test_no_two_sentences_are_more_than_one_sheet_apart(many: int, sheets: int, seed: int) -> None:
    drawn = draw(dict.fromkeys(range(many), 0), sheets=sheets, size=15, chance=Random(seed))
    rarest, commonest = how_even(drawn, range(many))
    assert commonest - rarest <= 1
    assert all(len(set(sheet)) == 15 for sheet in drawn)


def test_a_late_sentence_stands_on_every_sheet_until_it_has_caught_up() -> None:
    seen = {**dict.fromkeys(range(20), 6), 99: 0}
    drawn = draw(seen, sheets=6, size=5, chance=Random(1))
    assert all(99 in sheet for sheet in drawn)


@pytest.fixture
def many(gathering: Gathering, organiser: Person) -> list[Statement]:
    """Twenty sentences: more than one sheet holds."""
    return [
        verbs.add_statement(gathering, words=f"Sentence {n} of twenty.", by=organiser, at=AT)
        for n in range(1, 21)
    ]


@pytest.fixture
def sheets(gathering: Gathering, many: list[Statement], organiser: Person) -> list[Sheet]:
    return verbs.draw_sheets(gathering, many=8, by=organiser, at=AT, chance=Random(7))


def on(sheet: Sheet) -> set[int]:
    return set(sheet.statements.values_list("pk", flat=True))


def test_sheets_are_kept_with_their_numbers_and_go_on(
    gathering: Gathering, sheets: list[Sheet], many: list[Statement], organiser: Person
) -> None:
    more = verbs.draw_sheets(gathering, many=2, by=organiser, at=AT, chance=Random(8))
    assert [each.number for each in (*sheets, *more)] == list(range(1, 11))
    stands_on = [Sheet.objects.filter(statements=each).count() for each in many]
    assert max(stands_on) - min(stands_on) <= 1, "those drawn later make up for the first"
    assert len({frozenset(on(each)) for each in sheets}) > 1, "not everybody gets the same"


@pytest.mark.parametrize("wanted", [0, -3, 201])
def test_no_hall_holds_so_many_sheets(
    wanted: int, gathering: Gathering, many: list[Statement], organiser: Person
) -> None:
    with pytest.raises(TooManySheets):
        verbs.draw_sheets(gathering, many=wanted, by=organiser, at=AT)


def test_fifteen_need_no_drawing_and_a_resident_draws_nothing(
    gathering: Gathering, statements: list[Statement], resident: Person, organiser: Person
) -> None:
    with pytest.raises(OneSheetIsEnough):
        verbs.draw_sheets(gathering, many=8, by=organiser, at=AT)
    with pytest.raises(NotYours):
        verbs.draw_sheets(gathering, many=8, by=resident, at=AT)
    assert not Sheet.objects.exists()


def test_what_is_not_on_the_sheet_cannot_be_typed_in_from_it(
    gathering: Gathering,
    sheets: list[Sheet],
    many: list[Statement],
    organiser: Person,
    voice: MakeVoice,
) -> None:
    there, elsewhere = min(on(sheets[0])), next(each.pk for each in many if each.pk not in on(sheets[0]))
    for answers, number, problem in (
        ({elsewhere: Vote.Choice.AGREE}, 1, NotAsked),
        ({there: Vote.Choice.AGREE}, 99, NoSuchSheet),
    ):
        with pytest.raises(problem):
            verbs.type_in(gathering, cards=[TypedCard(voice()[1], answers, number)], by=organiser, at=AT)
    assert not Vote.objects.exists()
    card = TypedCard(voice()[1], {there: Vote.Choice.AGREE}, 1)
    verbs.type_in(gathering, cards=[card], by=organiser, at=AT)
    assert Vote.objects.get().typed.sheet == sheets[0]


def test_the_helper_sees_exactly_the_lines_of_each_sheet(
    gathering: Gathering, sheets: list[Sheet], organiser: Person, signed_in_client: Callable[..., Any]
) -> None:
    browser = signed_in_client(organiser)
    printed = browser.get(f"/conversations/{gathering.pk}/sheet/?from=1").content.decode()
    paper = re.findall(r"<strong>Sheet (\d+)</strong>", printed)
    assert paper == [str(n) for n in range(1, 6)]
    page = browser.get(f"/conversations/{gathering.pk}/type-in/?sheets=3+7").content.decode()
    for row, sheet in ((0, sheets[2]), (1, sheets[6])):
        assert {int(pk) for pk in re.findall(rf'name="row{row}-s(\d+)"', page)} == on(sheet)
    assert "row2-code" not in page
    section = printed.split('class="tick-sheet"')[3]
    assert re.findall(r'<th scope="row">(\d+)</th>', section) == [
        str(each.number) for each in sheets[2].statements.order_by("number")
    ]


def test_nothing_is_asked_before_the_helper_says_which_sheets(
    gathering: Gathering, sheets: list[Sheet], organiser: Person, signed_in_client: Callable[..., Any]
) -> None:
    browser = signed_in_client(organiser)
    address = f"/conversations/{gathering.pk}/type-in/"
    assert b"row0-code" not in browser.get(address).content
    unknown = browser.get(f"{address}?sheets=3+44")
    assert (unknown.status_code, b"There is no sheet 44." in unknown.content) == (422, True)
    assert b"row0-code" in browser.get(f"{address}?sheets=whole").content


def test_a_drawn_sheet_is_typed_in_on_the_page(
    gathering: Gathering, sheets: list[Sheet], organiser: Person, voice: MakeVoice, signed_in_client: Any
) -> None:
    from uuid import uuid4  # noqa: PLC0415 - this test alone sends a form to an address with a question

    pk = min(on(sheets[4]))
    fields = {"once": str(uuid4()), "row0-code": voice()[1], f"row0-s{pk}": "a", "source": "home_paper"}
    answer = signed_in_client(organiser).post(f"/conversations/{gathering.pk}/type-in/?sheets=5", fields)
    vote = Vote.objects.get()
    assert (answer.status_code, vote.statement_id, vote.channel, vote.in_room) == (302, pk, "paper", False)


def test_sheets_to_print_stay_light(
    gathering: Gathering, organiser: Person, signed_in_client: Callable[..., Any]
) -> None:
    for n in range(20):
        verbs.add_statement(gathering, words=f"{n} " + "w" * 190, by=organiser, at=AT)
    verbs.draw_sheets(gathering, many=9, by=organiser, at=AT)
    answer = signed_in_client(organiser).get(f"/conversations/{gathering.pk}/sheet/?from=1")
    assert answer.content.count(b'class="tick-sheet"') == 5
    assert len(answer.content) < 60_000


def test_the_page_draws_and_says_where_to_print(
    send: Send, gathering: Gathering, many: list[Statement], organiser: Person, signed_in_client: Any
) -> None:
    assert send(organiser, "sheets", gathering.pk, many=12).status_code == 302
    page = signed_in_client(organiser).get(f"/conversations/{gathering.pk}/sheets/").content.decode()
    assert ["Print sheets 1 to 5" in page, "Print sheets 11 to 12" in page] == [True, True]
    assert send(organiser, "sheets", gathering.pk, many=0).status_code == 422
