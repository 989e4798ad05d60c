"""The better story: not before a rule that somebody could change, in versions, made one's own once."""

from collections.abc import Callable
from typing import Any

import pytest
from django.test import Client

from betterstory.conversations import verbs
from betterstory.conversations.models import Adoption, BetterStory, Gathering, Insight
from betterstory.conversations.pages.voting import Slip
from betterstory.conversations.verbs import BetterStoryTooEarly, CardUnknown, NewerVersion
from betterstory.people.models import Body, Person
from betterstory.people.verbs import NotYours
from betterstory.places import verbs as places
from betterstory.places.models import Round
from conftest import AT, TODAY

AddCard = Callable[..., Insight]
AtOnce = Callable[..., list[object]]
Browser = Callable[[Person], Any]
Send = Callable[..., Any]
TOO_EARLY = "It is too early for the better story."


@pytest.fixture
def rule(add_card: AddCard, trust: Body) -> Insight:
    """A rule, and who could change it."""
    return add_card("structure", "Miss one visit and the wait starts again.", owner=trust)


def write(round_: Round, by: Person, text: str = "They rang, and asked how he was.") -> BetterStory:
    return verbs.write_better_story(round_, text=text, by=by, at=AT)


def test_it_is_too_early_until_a_rule_has_somebody_who_could_change_it(
    round_: Round, organiser: Person, add_card: AddCard, trust: Body
) -> None:
    add_card("event", "Nobody rang.", owner=trust)
    add_card("structure", "No one owns the space between.")
    with pytest.raises(BetterStoryTooEarly):
        write(round_, organiser)
    assert not BetterStory.objects.exists()
    add_card("structure", "Two teams, two lists.", owner=trust)
    assert write(round_, organiser).number == 1


def test_each_change_is_a_new_version_and_nothing_is_written_over(
    round_: Round, organiser: Person, rule: Insight
) -> None:
    for text in ("First", "Second"):
        write(round_, organiser, text)
    assert list(BetterStory.objects.values_list("number", "text")) == [(1, "First"), (2, "Second")]


def test_two_writers_at_once_are_both_kept(
    at_once: AtOnce, round_: Round, organiser: Person, rule: Insight
) -> None:
    calls = [lambda n=n: write(round_, organiser, f"Text {n}").number for n in range(6)]
    assert sorted(at_once(*calls), key=str) == [1, 2, 3, 4, 5, 6]


def test_somebody_who_was_in_no_room_does_not_write_it(
    round_: Round, resident: Person, rule: Insight
) -> None:
    with pytest.raises(NotYours):
        write(round_, resident)
    assert not BetterStory.objects.exists()


def test_somebody_says_it_is_theirs_once(
    at_once: AtOnce, round_: Round, organiser: Person, resident: Person, rule: Insight
) -> None:
    text = write(round_, organiser)
    calls = [lambda: verbs.adopt(text, by=resident, at=AT)] * 6
    assert {type(each) for each in at_once(*calls)} == {Adoption}
    assert at_once(Adoption.objects.count) == [1]


def test_one_says_yes_to_the_words_one_has_read(
    round_: Round, organiser: Person, resident: Person, rule: Insight
) -> None:
    first = write(round_, organiser, "First")
    verbs.adopt(first, by=organiser, at=AT)
    write(round_, organiser, "Second")
    with pytest.raises(NewerVersion):
        verbs.adopt(first, by=resident, at=AT)
    assert [each.person for each in Adoption.objects.all()] == [organiser]


def test_a_card_is_turned_over_and_back(rule: Insight, organiser: Person) -> None:
    verbs.turn_over(rule, words=" You keep your place. ", by=organiser, at=AT)
    rule.refresh_from_db()
    assert rule.turned_over == "You keep your place."
    verbs.turn_over(rule, words="", by=organiser, at=AT)
    rule.refresh_from_db()
    assert rule.turned_over == ""


def test_the_pages_from_too_early_to_ours(
    signed_in_client: Browser,
    send: Send,
    round_: Round,
    gathering: Gathering,
    organiser: Person,
    resident: Person,
    add_card: AddCard,
    trust: Body,
) -> None:
    address = f"/conversations/rounds/{round_.pk}/better-story/"
    reader = signed_in_client(resident)
    assert TOO_EARLY in reader.get(address).content.decode()
    early = signed_in_client(organiser).get(address + "write/")
    assert (early.status_code, TOO_EARLY in early.content.decode()) == (409, True)
    assert reader.get(address + "read/").status_code == 404
    rule = add_card("structure", "The wait starts again.", owner=trust)
    assert send(organiser, "card", rule.pk, words="You keep your place.", seen=1).status_code == 302
    text = "They rang.\n\n<b>And</b> asked & listened. 🐕 قهوة"
    assert send(organiser, "write", round_.pk, text=text, seen=0).status_code == 302
    page = reader.get(address).content.decode()
    assert "<p>They rang.</p>" in page
    assert "&lt;b&gt;And&lt;/b&gt; asked &amp; listened. 🐕 قهوة" in page
    assert "You keep your place." in page
    assert send(resident, "adopt", BetterStory.objects.get().pk).status_code == 302
    assert (
        "One of us says: this is our better story. You are one of them."
        in reader.get(address).content.decode()
    )
    assert "<p>They rang.</p>" in reader.get(address + "read/").content.decode()


def test_a_text_that_is_too_long_is_kept_on_the_page(
    send: Send, round_: Round, organiser: Person, rule: Insight
) -> None:
    answer = send(organiser, "write", round_.pk, text="a" * 20_001)
    assert (answer.status_code, "a" * 20_001 in answer.content.decode()) == (422, True)
    assert not BetterStory.objects.exists()


def test_the_second_of_two_writers_is_told_and_sees_both(
    send: Send, round_: Round, organiser: Person, steward: Person, rule: Insight
) -> None:
    assert send(organiser, "write", round_.pk, text="They rang.", seen=0).status_code == 302
    assert send(steward, "write", round_.pk, text="They rang us.", seen=1).status_code == 302
    answer = send(organiser, "write", round_.pk, text="They rang, and listened.", seen=1)
    page = answer.content.decode()
    assert (answer.status_code, "They rang us." in page, "They rang, and listened." in page) == (
        409,
        True,
        True,
    )
    assert BetterStory.objects.count() == 2
    assert send(organiser, "write", round_.pk, text="They rang, and listened.", seen=2).status_code == 302
    assert list(BetterStory.objects.values_list("number", flat=True)) == [1, 2, 3]


def test_the_same_words_again_are_no_new_version(round_: Round, organiser: Person, rule: Insight) -> None:
    assert write(round_, organiser).pk == write(round_, organiser).pk


def test_what_changed_is_marked(
    send: Send, round_: Round, organiser: Person, resident: Person, rule: Insight, signed_in_client: Browser
) -> None:
    for text in ("They rang us.", "They <b>rang</b> us."):
        write(round_, organiser, text)
    page = f"/conversations/rounds/{round_.pk}/better-story/2/"
    said = signed_in_client(resident).get(page).content.decode()
    assert "<del>" in said
    assert "taken out: </span>rang</del>" in said
    assert "came in: </span>&lt;b&gt;rang&lt;/b&gt;</ins>" in said
    assert ("Nasreen" in said, "Nasreen" in signed_in_client(organiser).get(page).content.decode()) == (
        False,
        True,
    )
    assert signed_in_client(resident).get(page.replace("/2/", "/9/")).status_code == 404


def test_a_voice_says_it_is_theirs_once_and_only_of_the_newest(
    round_: Round, organiser: Person, rule: Insight, voice: Callable[..., Any]
) -> None:
    text, (speaker, _code) = write(round_, organiser, "First"), voice()
    for _again in range(2):
        verbs.adopt_by_voice(text, voice=speaker, at=AT)
    assert [(each.voice, each.person) for each in Adoption.objects.all()] == [(speaker, None)]
    newer = write(round_, organiser, "Second")
    with pytest.raises(NewerVersion):
        verbs.adopt_by_voice(text, voice=voice()[0], at=AT)
    other = places.begin_round(neighbourhood=round_.neighbourhood, by=organiser, on=TODAY)
    [(stranger, _code)] = verbs.make_voices(other, residents=1, services=0, by=organiser, at=AT)
    with pytest.raises(CardUnknown):
        verbs.adopt_by_voice(newer, voice=stranger, at=AT)
    assert Adoption.objects.count() == 1


def test_by_phone_it_is_read_and_adopted_without_a_cookie(
    client: Client,
    round_: Round,
    gathering: Gathering,
    organiser: Person,
    rule: Insight,
    voice: Callable[..., Any],
) -> None:
    write(round_, organiser)
    speaker, _code = voice()
    page, slip = f"/v/{gathering.pk}/better-story/", Slip(speaker, gathering).signed
    assert "They rang" not in client.post(page, {"slip": "forged", "adopt": "1"}).content.decode()
    assert not Adoption.objects.exists()
    assert "They rang" in client.post(page, {"slip": slip}).content.decode()
    said = client.post(page, {"slip": slip, "adopt": "1"}).content.decode()
    assert "Your card said: this is our better story." in said
    assert not client.cookies
    write(round_, organiser, "Newer")
    late = client.post(page, {"slip": slip, "adopt": "1"})
    assert (late.status_code, "Newer" in late.content.decode()) == (409, True)


def test_one_lets_go_of_ones_own_yes_alone(
    round_: Round, organiser: Person, resident: Person, rule: Insight
) -> None:
    text = write(round_, organiser)
    for person in (organiser, resident):
        verbs.adopt(text, by=person, at=AT)
    verbs.let_go(text, by=resident)
    assert [each.person for each in Adoption.objects.all()] == [organiser]


def test_opposites_of_all_cards_on_one_page(
    send: Send, round_: Round, organiser: Person, rule: Insight, add_card: AddCard
) -> None:
    event = add_card("event", "Nobody rang.")
    told = {"card": [rule.pk, event.pk], "seen": [1, 1], "words": ["You keep your place.", ""]}
    assert send(organiser, "pairs", round_.pk, fields=told).status_code == 302
    rule.refresh_from_db()
    event.refresh_from_db()
    assert (rule.turned_over, rule.version, event.version) == ("You keep your place.", 2, 1)
    late = {"card": [rule.pk, event.pk], "seen": [1, 1], "words": ["It waits for you.", "They rang."]}
    answer = send(organiser, "pairs", round_.pk, fields=late)
    page = answer.content.decode()
    assert (answer.status_code, "It waits for you." in page, "They rang." in page) == (409, True, True)
    assert "It now says: “You keep your place.”" in page
    rule.refresh_from_db()
    event.refresh_from_db()
    assert (rule.turned_over, event.turned_over) == ("You keep your place.", "")
    uneven = {"card": [rule.pk], "seen": [2, 1], "words": ["x"]}
    assert send(organiser, "pairs", round_.pk, fields=uneven).status_code == 200
