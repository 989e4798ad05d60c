"""What is said at the poolside lies in the database as bytes that only the circle's key opens."""

from datetime import timedelta

import pytest

from betterstory.people.keys import KeyGone, Spoilt, keyring
from betterstory.people.models import Person
from betterstory.poolside import showing, verbs
from betterstory.poolside.models import Agreement, Answer, Poolside, Question, Return, Sharing
from conftest import TODAY

WORDS = "Ünique words 🙂 of mine"
LATER = TODAY + timedelta(days=28)


@pytest.fixture
def said(question: Question, teller: Person) -> Answer:
    return verbs.answer(question, words=WORDS, sharing=Sharing.SHARED, by=teller, on=TODAY)


def test_no_word_lies_open(said: Answer, agreement: Agreement, organiser: Person) -> None:
    verbs.come_back(
        agreement, held=WORDS, not_held=WORDS, changes=WORDS, next_on=LATER, by=organiser, on=TODAY
    )
    verbs.skip(agreement, why=WORDS, next_on=LATER, by=organiser, on=TODAY)
    kept = [Answer.objects.get().words_sealed, Agreement.objects.get().words_sealed]
    for back in Return.objects.all():
        kept += [back.held_sealed, back.not_held_sealed, back.changes_sealed, back.why_sealed]
    for sealed in kept:
        assert WORDS.encode() not in bytes(sealed)
        assert b"each other" not in bytes(sealed)


def test_each_circle_has_a_key_of_its_own(poolside: Poolside, other_table: Poolside) -> None:
    assert poolside.key != other_table.key


def test_words_moved_to_another_row_do_not_open(
    poolside: Poolside, said: Answer, partner: Person, teller: Person
) -> None:
    second = poolside.questions.get(position=2)
    moved = verbs.answer(second, words="Mine", sharing=Sharing.SHARED, by=partner, on=TODAY)
    Answer.objects.filter(pk=moved.pk).update(words_sealed=said.words_sealed)
    with pytest.raises(Spoilt):
        showing.what_is_asked(poolside, teller, showing.members_of(poolside))


def test_words_moved_to_another_field_do_not_open(
    poolside: Poolside, agreement: Agreement, organiser: Person, teller: Person
) -> None:
    back = verbs.come_back(
        agreement, held="The tea", not_held="The minutes", changes="", next_on=LATER, by=organiser, on=TODAY
    )
    Return.objects.filter(pk=back.pk).update(held_sealed=back.not_held_sealed)
    with pytest.raises(Spoilt):
        showing.what_is_agreed(poolside, teller, showing.members_of(poolside))


def test_without_the_key_nobody_reads_it(poolside: Poolside, said: Answer, teller: Person) -> None:
    keyring().destroy(poolside.key)
    with pytest.raises(KeyGone):
        showing.my_answer(said.question, teller)


def test_what_another_may_not_read_is_not_even_opened(
    poolside: Poolside, question: Question, partner: Person, teller: Person
) -> None:
    """A private answer that cannot be opened does not stand in the others' way: nobody tried."""
    hidden = verbs.answer(question, words=WORDS, sharing=Sharing.PRIVATE, by=partner, on=TODAY)
    Answer.objects.filter(pk=hidden.pk).update(words_sealed=b"\x01" + bytes(60))
    asked = showing.what_is_asked(poolside, teller, showing.members_of(poolside))
    assert asked[0].shared == []
