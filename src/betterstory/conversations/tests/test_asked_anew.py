"""What is asked has changed: phones are shown it at once, and closed answers are looked through anew."""

from collections.abc import Callable

import pytest

from betterstory.conversations import asked, verbs
from betterstory.conversations.drawing_sheets import A_SHEET
from betterstory.conversations.models import Gathering, MeToo, Sheet, Statement, Voice
from betterstory.conversations.verbs import CardUnknown, NotOpposites, OneSheetIsEnough
from betterstory.people.models import Person
from betterstory.stories.models import Version
from conftest import AT

MakeVoice = Callable[..., tuple[Voice, str]]


@pytest.fixture
def found_anew(monkeypatch: pytest.MonkeyPatch) -> list[int]:
    """The gatherings whose answers are to be looked through again."""
    told: list[int] = []
    monkeypatch.setattr(
        "betterstory.conversations.verbs.statements.work_out_later", lambda each: told.append(each.pk)
    )
    return told


def numbers(gathering: Gathering) -> list[int]:
    return [each.number for each in asked.what_is_asked(gathering.pk, at=AT).statements]


def test_phones_are_shown_what_is_asked_now_and_not_two_seconds_ago(
    gathering: Gathering, statements: list[Statement], organiser: Person, voice: MakeVoice
) -> None:
    assert numbers(gathering) == [1, 2, 3]
    verbs.put_aside(statements[1], because="twice", by=organiser)
    assert numbers(gathering) == [1, 3]
    verbs.ask_again(statements[1], by=organiser)
    assert numbers(gathering) == [1, 2, 3]
    wrote = verbs.write_statement(gathering, words="Ask about the bus.", voice=voice()[0], at=AT)
    assert numbers(gathering) == [1, 2, 3], "nobody has read it yet"
    verbs.take_up(wrote, by=organiser)
    assert numbers(gathering) == [1, 2, 3, 4]
    verbs.add_statement(gathering, words="And the lamps.", by=organiser, at=AT)
    assert numbers(gathering) == [1, 2, 3, 4, 5]


def test_once_closed_each_change_of_what_is_asked_is_looked_through_again(
    gathering: Gathering,
    statements: list[Statement],
    organiser: Person,
    voice: MakeVoice,
    found_anew: list[int],
) -> None:
    wrote = verbs.write_statement(gathering, words="Ask about the bus.", voice=voice()[0], at=AT)
    verbs.put_aside(statements[0], because="twice", by=organiser)
    assert found_anew == [], "while answers come in there is nothing to find"
    verbs.close_voting(gathering, by=organiser)
    found_anew.clear()
    for number, change in enumerate(
        (
            lambda: verbs.put_aside(
                Statement.objects.get(pk=statements[1].pk), because="twice", by=organiser
            ),
            lambda: verbs.ask_again(Statement.objects.get(pk=statements[1].pk), by=organiser),
            lambda: verbs.take_up(Statement.objects.get(pk=wrote.pk), by=organiser),
        ),
        1,
    ):
        change()
        assert found_anew == [gathering.pk] * number


def test_two_sentences_of_different_gatherings_are_no_opposites(
    gathering: Gathering, statements: list[Statement], organiser: Person
) -> None:
    other = verbs.call_gathering(
        round=gathering.round,
        kind=Gathering.Kind.PLANNING,
        title="Making the plan",
        when=gathering.at,
        where="The school",
        check_in="",
        by=organiser,
        at=AT,
    )
    elsewhere = verbs.add_statement(other, words="I would not wait.", by=organiser, at=AT)
    for one, two in ((statements[0], elsewhere), (statements[0], statements[0])):
        with pytest.raises(NotOpposites):
            verbs.mark_opposites(one, two, by=organiser)
    assert verbs.mark_opposites(statements[1], statements[0], by=organiser).one == statements[0]


def test_one_sheet_holds_fifteen_and_sixteen_are_drawn(gathering: Gathering, organiser: Person) -> None:
    for number in range(A_SHEET):
        verbs.add_statement(gathering, words=f"Sentence {number}.", by=organiser, at=AT)
    with pytest.raises(OneSheetIsEnough):
        verbs.draw_sheets(gathering, many=2, by=organiser, at=AT)
    assert not Sheet.objects.exists()
    verbs.add_statement(gathering, words="One more.", by=organiser, at=AT)
    assert [each.number for each in verbs.draw_sheets(gathering, many=2, by=organiser, at=AT)] == [1, 2]


def test_a_card_that_was_replaced_a_moment_ago_says_nothing_more(
    gathering: Gathering, version_for_room: Version, voice: MakeVoice, organiser: Person
) -> None:
    """A phone that had read the card before."""
    gap = version_for_room.pieces.select_related("version__story").get(kind="gap")
    about = verbs.ask_about_gap(gathering, piece=gap, words="I had to start again.", by=organiser, at=AT)
    old, code = voice()
    verbs.replace_voice(code, by=organiser, at=AT)
    old.refresh_from_db()
    for does in (
        lambda: verbs.say_me_too(about, voice=old, at=AT),
        lambda: verbs.write_statement(gathering, words="Ask about the bus.", voice=old, at=AT),
    ):
        with pytest.raises(CardUnknown):
            does()
    assert not MeToo.objects.exists()
    assert not Statement.objects.exists()
