"""Why something was asked or promised. A story stays its teller’s to show."""

import pytest
from django.test import Client
from django.utils import timezone

from betterstory.behind.models import Pattern, Release
from betterstory.people.models import Body, Circle, Person
from betterstory.places.models import Round
from betterstory.promises import verbs
from betterstory.promises.models import Promise
from betterstory.promises.tests._entry import SignIn, spoken
from betterstory.promises.tests.conftest import NOW, say_yes
from betterstory.stories import consenting
from betterstory.stories.models import Audience, Form, Gap, Seen, Story, Use, Version

GAP = "Back of the queue, 17 weeks"
STEP = "They took me off the list."
QUIET = "A piece of a story is behind this."
QUIET_CARD = "This card stands on a piece of a story."


def both(promise: Promise, client: Client) -> list[str]:
    return [
        spoken(client.get(f"/promises/{promise.pk}/")),
        spoken(client.get(f"/promises/asks/{promise.ask_id}/")),
    ]


def test_why_is_a_card_figures_and_moments_their_teller_shows_to_anyone(
    tied: Promise, version: Version, gap: Gap
) -> None:
    say_yes(version, gap, gap.after, audience=Audience.PUBLIC)
    for page in both(tied, Client()):
        assert "Miss one visit, begin again." in page
        assert "About 120 people went the same way." in page
        assert "It cannot see: Whoever never asked." in page
        assert f"“{GAP}”" in page
        assert STEP in page
        assert "Robin" in page
        assert QUIET not in page


def test_until_their_teller_says_yes_nobody_reads_a_word_of_it(
    tied: Promise, signed_in_client: SignIn, organiser: Person, helen: Person
) -> None:
    for client in (Client(), signed_in_client(organiser), signed_in_client(helen)):
        for page in both(tied, client):
            for words in (GAP, STEP, "Robin", "Miss one visit"):
                assert words not in page, "a card made from a moment is as quiet as the moment"
            assert QUIET in page
            assert QUIET_CARD in page
            assert "Let people keep their place." in page


def test_where_its_teller_lets_no_mark_stay_nothing_says_that_there_was_a_moment(
    tied: Promise, version: Version, gap: Gap
) -> None:
    Story.objects.update(leaves_a_mark=False)
    for page in both(tied, Client()):
        for words in (QUIET, QUIET_CARD, GAP, STEP, "card of the iceberg"):
            assert words not in page, words
        assert "Let people keep their place." in page
    say_yes(version, gap, gap.after, audience=Audience.PUBLIC)
    assert all("Miss one visit, begin again." in page for page in both(tied, Client()))


def test_a_yes_for_the_room_shows_it_to_the_room_alone(
    tied: Promise,
    version: Version,
    gap: Gap,
    room: Circle,
    signed_in_client: SignIn,
    lynda: Person,
    femi: Person,
) -> None:
    say_yes(version, gap, audience=Audience.CIRCLE, circle=room)
    for page in both(tied, signed_in_client(lynda)):
        assert GAP in page
        assert "Miss one visit" not in page, "the step the card stands on is still shut"
    for client in (Client(), signed_in_client(femi)):
        for page in both(tied, client):
            assert GAP not in page


@pytest.mark.parametrize("how", ["take back", "pause", "destroy"])
def test_a_teller_takes_it_back_the_promise_stands_the_words_are_gone(
    how: str, tied: Promise, version: Version, gap: Gap, teller: Person
) -> None:
    say_yes(version, gap, gap.after, audience=Audience.PUBLIC)
    assert all(GAP in page for page in both(tied, Client()))
    story = version.story
    if how == "pause":
        consenting.pause(story, by=teller, at=timezone.now())
    else:
        consenting.take_back(story, by=teller, at=timezone.now())
    if how == "destroy":
        consenting.destroy(story, at=timezone.now())
    for page in both(tied, Client()):
        for words in (GAP, STEP, "Robin", "Miss one visit"):
            assert words not in page
        assert QUIET in page
        assert "Let people keep their place." in page
    assert "You keep your place." in spoken(Client().get("/promises/"))


def test_numbers_stand_beside_a_story_only_while_its_teller_lets_it_be_counted(
    tied: Promise, version: Version, gap: Gap, release: Release, teller: Person
) -> None:
    numbers = "About 120 people went the same way."
    release.pattern.pieces.add(gap)
    Pattern.objects.update(from_a_story=True, made_from=version)
    say_yes(version, gap, gap.after, audience=Audience.PUBLIC)
    for page in both(tied, Client()):
        assert GAP in page
        assert numbers not in page
    yes = say_yes(version, gap, audience=Audience.PARTNERSHIP, use=Use.COUNT)
    for page in both(tied, Client()):
        assert GAP in page
        assert numbers in page
    consenting.stop(yes, by=teller, at=timezone.now())
    for page in both(tied, Client()):
        assert GAP in page
        assert numbers not in page


def test_a_pattern_whose_steps_are_gone_stands_beside_no_moment(
    tied: Promise, version: Version, gap: Gap, release: Release
) -> None:
    """As the page of the pattern says: it is tied to nothing, though its story may be counted."""
    Pattern.objects.update(from_a_story=True, made_from=version)
    say_yes(version, gap, gap.after, audience=Audience.PUBLIC)
    say_yes(version, audience=Audience.PARTNERSHIP, use=Use.COUNT)
    for page in both(tied, Client()):
        assert GAP in page
        assert "About 120 people went the same way." not in page
    release.pattern.pieces.add(gap)
    for page in both(tied, Client()):
        assert "About 120 people went the same way." in page


def test_numbers_alone_stay_for_they_point_at_nobody(
    round_: Round, room: Circle, service: Body, organiser: Person, release: Release, version: Version
) -> None:
    Pattern.objects.update(from_a_story=True, made_from=version)
    ask = verbs.ask(
        round=round_,
        words="Look at this.",
        of=service,
        by=organiser,
        on=NOW,
        asked_by=room,
        asked_by_words="us",
        release=release,
    )
    page = spoken(Client().get(f"/promises/asks/{ask.pk}/"))
    assert "About 120 people went the same way." in page
    assert QUIET not in page


def test_the_teller_can_read_who_saw_a_line_of_theirs(
    tied: Promise, version: Version, gap: Gap, signed_in_client: SignIn, lynda: Person, teller: Person
) -> None:
    both(tied, Client())
    assert not Seen.objects.exists(), "nothing of it was shown"
    say_yes(version, gap, audience=Audience.PUBLIC)
    for client in (signed_in_client(lynda), signed_in_client(teller), Client()):
        both(tied, client)
    assert {(seen.use, seen.person) for seen in Seen.objects.all()} == {("quote", lynda), ("quote", None)}


def test_a_yes_without_a_name_gives_no_name(tied: Promise, version: Version, gap: Gap) -> None:
    say_yes(version, gap, audience=Audience.PUBLIC)
    version.consents.update(form=Form.NO_NAME)
    for page in both(tied, Client()):
        assert GAP in page
        assert "Robin" not in page
        assert "None" not in page


def test_the_wall_holds_no_word_of_a_story_even_when_it_is_shown(
    tied: Promise, version: Version, gap: Gap
) -> None:
    say_yes(version, gap, gap.after, audience=Audience.PUBLIC)
    for url in ("/promises/", "/promises/print/"):
        assert GAP not in spoken(Client().get(url))
