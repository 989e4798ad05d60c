"""What is read of one gathering, card, story or round is of that one, whatever the others hold."""

from collections.abc import Callable
from datetime import timedelta

from betterstory.conversations import me_too, verbs
from betterstory.conversations.became import written_by
from betterstory.conversations.iceberg import look_around
from betterstory.conversations.models import (
    Gathering,
    Insight,
    Level,
    RunSheet,
    Statement,
    Typed,
    Vote,
)
from betterstory.conversations.slides import agreed_pieces
from betterstory.conversations.tests._evenings import Cards, cards, evening
from betterstory.conversations.verbs.finding import answers_of
from betterstory.people.models import Person
from betterstory.places import verbs as places
from betterstory.places.models import Neighbourhood, Round
from betterstory.stories import consenting
from betterstory.stories import verbs as stories
from betterstory.stories.models import Story, Use, Version
from conftest import AT, TODAY

__all__ = ["cards", "evening"]  # fixtures that tests ask for by name


def test_answers_of_one_evening_are_read_at_no_other(evening: Callable[[str], Gathering]) -> None:
    one, other = evening("The first"), evening("The second")
    asked = [each.pk for each in one.statements.all()]
    rows = answers_of(one, asked)
    assert len(rows) == 12
    assert {row.statement for row in rows} <= set(asked)
    assert Vote.objects.filter(statement__gathering=other).count() == 12


def test_one_in_five_is_picked_of_each_evening_by_itself(evening: Callable[[str], Gathering]) -> None:
    """Five cards a pile, three of them typed twice: those of another evening are no part of the five."""
    for held in (evening("The first"), evening("The second")):
        assert Typed.objects.filter(pile__gathering=held, is_picked=True).count() == 3


def test_a_new_card_takes_along_what_the_old_one_said_and_nothing_of_others(
    evening: Callable[[str], Gathering], cards: Cards, organiser: Person
) -> None:
    for title in ("The first", "The second"):
        held = evening(title)
        for voice, _code in cards[:2]:
            verbs.write_statement(held, words="They called me dear.", voice=voice, at=AT)

    def said_by_others() -> list[object]:
        others = [voice for voice, _code in cards[1:]]
        votes = Vote.objects.filter(voice__in=others).order_by("pk").values_list("pk", "voice", "choice")
        typed = Typed.objects.filter(voice__in=others).order_by("pk").values_list("pk", "voice")
        wrote = Statement.objects.filter(written_by__in=others).order_by("pk").values_list("pk", "written_by")
        return [*votes, *typed, *wrote]

    before = said_by_others()
    (old, code), votes = cards[0], Vote.objects.filter(voice=cards[0][0]).count()
    new, _code = verbs.replace_voice(code, by=organiser, at=AT)
    assert said_by_others() == before
    assert (Vote.objects.filter(voice=new).count(), Vote.objects.filter(voice=old).count()) == (votes, 0)
    assert Statement.objects.filter(written_by=new).count() == 2


def test_a_card_is_told_of_its_own_sentences_alone(evening: Callable[[str], Gathering], cards: Cards) -> None:
    (mine, _code), (other, _other_code) = cards[:2]
    for title in ("The first", "The second"):
        held = evening(title)
        verbs.write_statement(held, words=f"Mine at {title}.", voice=mine, at=AT)
        verbs.write_statement(held, words=f"Not mine at {title}.", voice=other, at=AT)
    told = [each.words for _held, wrote in written_by(mine) for each in wrote]
    assert sorted(told) == ["Mine at The first.", "Mine at The second."]


def test_a_room_is_asked_about_its_own_gaps_alone(
    evening: Callable[[str], Gathering], version: Version, organiser: Person, teller: Person
) -> None:
    gap = version.pieces.select_related("version__story").get(kind="gap")
    for title in ("The first", "The second"):
        held = evening(title)
        until = AT + timedelta(days=90)
        consenting.say_yes(version, by=teller, use=Use.QUOTE, circle=held.circle, at=AT, until=until)
        asked = verbs.ask_about_gap(held, piece=gap, words=f"As at {title}.", by=organiser, at=AT)
        assert [each.pk for each in me_too.of(held)] == [asked.pk]


def test_the_screen_goes_through_one_story_and_no_other(
    version: Version, neighbourhood: Neighbourhood, teller: Person
) -> None:
    other = stories.begin(by=teller, teller=teller, neighbourhood=neighbourhood, limits_heard=True, at=AT)
    stories.add_step(other, by=teller, words="The zebrafinch sang.", rings=["me"])
    told = stories.agree(other, by=teller, at=AT)
    for one in (version, told):
        assert {piece.version_id for piece in agreed_pieces(one.story)} == {one.pk}


def test_a_teller_who_stopped_in_one_room_stays_stopped_when_another_begins(
    evening: Callable[[str], Gathering], story: Story, organiser: Person, teller: Person
) -> None:
    sheets = []
    for title in ("The first", "The second", "The third"):
        held = evening(title)
        told = verbs.Prepared(when=held.at, where=held.where, story=story)
        verbs.prepare(held, told, by=organiser, at=AT, edition=1)
        sheets.append(RunSheet.objects.get(gathering=held))
    first, second, third = sheets

    def stopped() -> list[bool]:
        return [RunSheet.objects.get(pk=sheet.pk).stopped_at is not None for sheet in sheets]

    verbs.stop_here(second, by=teller, at=AT)
    assert stopped() == [False, True, False]
    verbs.stop_here(third, by=teller, at=AT)
    verbs.approve(third, by=teller, at=AT, edition=third.edition)
    assert stopped() == [False, True, False]
    verbs.approve(first, by=teller, at=AT, edition=first.edition)
    assert stopped() == [False, True, False]


def test_beneath_one_card_lies_nothing_of_another_round(
    round_: Round, organiser: Person, add_card: Callable[..., Insight]
) -> None:
    here = add_card("trend", "The bus is early.")
    elsewhere = places.begin_round(neighbourhood=round_.neighbourhood, by=organiser, on=TODAY)
    there = verbs.add_card(elsewhere, level=Level.TREND, words="Nobody drives here.", by=organiser, at=AT)
    for card, other in ((here, there), (there, here)):
        beneath = look_around(card.pk, viewer=organiser, at=AT)
        numbers = {each.insight.pk for each in beneath.cards}
        assert card.pk in numbers
        assert other.pk not in numbers
