"""What is older than the ledger is entered once, marked as such; and the ledger misses nothing since."""

from datetime import date, timedelta

from betterstory.conversations import verbs as conversations
from betterstory.conversations.models import Gathering
from betterstory.people.models import Circle, Person, Post
from betterstory.places.models import Round
from betterstory.promises import guard, verbs, written
from betterstory.promises.models import Ask, Entry, Kind, OwnView, Promise, Said
from betterstory.promises.pages.ledger import IN_WORDS
from betterstory.promises.tests.conftest import ASKED, SEPTEMBER, WORDS
from betterstory.promises.verify_ledger import check
from conftest import AT, TODAY

LATER = date(2026, 8, 3)


def forget_the_ledger() -> None:
    """As it was before there was one."""
    guard.take_down()
    Said.objects.all().delete()
    Entry.objects.all().delete()
    guard.put_up()


def kinds(of: Ask | Promise) -> list[str]:
    return list(Entry.objects.about(of).order_by("seq").values_list("kind", flat=True))


def test_what_stood_before_is_entered_once_and_marked(promise: Promise, ask: Ask) -> None:
    forget_the_ledger()
    assert verbs.enter_what_stood(on=LATER) == 2
    assert list(Entry.objects.order_by("seq").values_list("kind", "about", "day")) == [
        ("stood", str(ask), LATER),
        ("stood", str(promise), LATER),
    ]
    told = [each.words for each in Said.objects.order_by("entry")]
    assert (told[0]["words"], told[0]["state"], told[0]["since"]) == (ASKED, "yes", TODAY.isoformat())
    assert (told[1]["words"], told[1]["state"], told[1]["due"]) == (WORDS, "made", SEPTEMBER.isoformat())
    assert verbs.enter_what_stood(on=LATER + timedelta(days=1)) == 0, "once"
    assert check(written.lines()).newest == Entry.objects.head()


def test_what_has_an_entry_gets_no_second_one(promise: Promise, ask: Ask, lyndas_ask: Ask) -> None:
    assert verbs.enter_what_stood(on=LATER) == 0
    assert "stood" not in kinds(ask)


def test_from_then_on_the_wall_is_held_against_it(promise: Promise) -> None:
    forget_the_ledger()
    Promise.objects.filter(pk=promise.pk).update(words="Something else.")
    assert written.not_as_written() == [], "nothing held it"
    Promise.objects.filter(pk=promise.pk).update(words=WORDS)
    verbs.enter_what_stood(on=LATER)
    Promise.objects.filter(pk=promise.pk).update(words="Something else.")
    assert written.not_as_written() == [promise.pk]


def test_its_words_can_be_taken_out_as_any(promise: Promise, organiser: Person) -> None:
    forget_the_ledger()
    verbs.enter_what_stood(on=LATER)
    verbs.erase_words(promise, by=organiser, on=LATER, because="it named somebody")
    assert WORDS not in str(list(Said.objects.values_list("text")))
    assert written.not_as_written() == []
    assert verbs.enter_what_stood(on=LATER) == 0


def test_what_waits_for_an_election_is_not_told(
    ask: Ask, head: Post, helen: Person, organiser: Person
) -> None:
    until = TODAY + timedelta(days=10)
    verbs.hold(head.body, posts=[head], from_on=TODAY, until_on=until, by=organiser, on=TODAY)
    held = verbs.answer_yes(ask, by=helen, on=TODAY, post=head, words=WORDS, due_on=SEPTEMBER, note="Gladly.")
    forget_the_ledger()
    assert verbs.enter_what_stood(on=TODAY) == 1
    assert WORDS not in str(list(Said.objects.values_list("text")))
    verbs.let_in(on=until + timedelta(days=1))
    assert kinds(held) == ["made"]
    assert kinds(ask) == ["stood", "answered_yes"], "the yes that waited is in the ledger too"
    assert Said.objects.get(entry__kind="answered_yes").words["words"] == "Gladly."


def test_taking_back_answers_the_ask_in_the_ledger_too(
    ask: Ask, head: Post, helen: Person, organiser: Person
) -> None:
    promise = verbs.answer_yes(ask, by=organiser, on=TODAY, post=head, words=WORDS, due_on=SEPTEMBER)
    verbs.take_back(promise, by=helen, on=TODAY, because="We have no such money.")
    assert kinds(ask) == ["asked", "answered_yes", "answered_no"]
    assert kinds(promise) == ["made", "taken_back"]


def test_a_day_that_moved_with_the_gathering_is_as_the_ledger_says(
    round_: Round, room: Circle, head: Post, helen: Person, organiser: Person
) -> None:
    told = {"round": round_, "words": WORDS, "on": TODAY, "to": room, "to_words": "the room", "post": head}
    promise = verbs.make(**told, by=helen, when_we_meet=True)  # type: ignore[arg-type]  # of many types
    conversations.call_gathering(
        round=round_,
        kind=Gathering.Kind.PLANNING,
        title="The plan",
        when=AT + timedelta(days=21),
        where="the hall",
        by=organiser,
        at=AT,
    )
    assert verbs.move_with_gatherings(on=TODAY) == 1
    assert kinds(promise) == ["made", "changed"]
    assert written.not_as_written() == []


def test_every_word_of_it_goes_when_words_are_taken_out(
    promise: Promise, helen: Person, organiser: Person
) -> None:
    verbs.word_otherwise(
        promise, by=helen, on=TODAY, words="Ask for Maisie Birdwhistle.", because="It is clearer."
    )
    verbs.say_own_view(promise, by=helen, on=TODAY, view=OwnView.View.PARTLY, words="Maisie knows.")
    verbs.erase_words(promise, by=organiser, on=TODAY, because="it named somebody", answers_too=True)
    left = str([*Said.objects.values_list("text"), *OwnView.objects.values_list("words")])
    assert "Maisie" not in left
    assert "Maisie" not in str(promise.agains.values_list("words", "was_words", "because"))


def test_every_kind_has_words_on_the_page_of_the_ledger() -> None:
    assert set(IN_WORDS) == set(Kind)
