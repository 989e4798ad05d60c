"""The page of a release: what it says, to whom it names the story, and what it never holds."""

import re
from collections.abc import Callable
from contextlib import AbstractContextManager
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse

from betterstory.behind import verbs
from betterstory.behind.models import ContactLog, Pattern, Release
from betterstory.behind.tests.conftest import ASKED, ELSEWHERE, NOW, TOML, WHOLE, LetOut, SayYes
from betterstory.people.models import Circle, Person
from betterstory.stories import consenting
from betterstory.stories.models import Consent, Use, Version

type Browser = Callable[[Person], Client]


def page(client: Client, release: Release) -> str:
    answer = client.get(reverse("behind:release", args=[release.pk]))
    assert answer.status_code == 200
    return words_of(answer)


def words_of(answer: Any) -> str:
    return re.sub(r"\s+", " ", answer.content.decode())


@pytest.fixture
def release(story_pattern: Pattern, log: ContactLog, let_out: LetOut) -> Release:
    return let_out(story_pattern, log=log)


@pytest.fixture
def plain_release(plain_pattern: Pattern, log: ContactLog, let_out: LetOut) -> Release:
    return let_out(plain_pattern, log=log)


def test_anyone_may_see_released_figures_and_how_they_are_known(client: Client, release: Release) -> None:
    shown = page(client, release)
    for words in (
        "Who stands behind this story?",
        "<strong>About 40 people</strong> went the whole way",
        "<strong>About 35 people</strong> are one step away",
        "<strong>About 20 people</strong> were one step away, and the way closed",
        "visits kept by the Talking Service",
        "January 2026 to April 2026",
        "people who never asked",
        "rounded to the nearest 5",
        "Release 1, made on",
        "within 10 days of the step before",
    ):
        assert words in shown, words


def test_the_page_is_drawn_and_said_in_words_both(client: Client, release: Release) -> None:
    shown = page(client, release)
    assert '<svg xmlns="http://www.w3.org/2000/svg" class="wall-dots"' in shown
    assert 'id="wall-as-a-list"' in shown


def test_a_stranger_is_told_neither_whose_story_it_is_nor_where(
    client: Client, release: Release, version: Version
) -> None:
    shown = page(client, release)
    assert "Robin" not in shown
    assert str(version.story.uuid) not in shown
    assert "Somebody said yes to one question" in shown


def test_whoever_may_read_the_story_finds_the_way_back_to_it(
    release: Release,
    say_yes: SayYes,
    circle: Circle,
    organiser: Person,
    signed_in_client: Browser,
    version: Version,
) -> None:
    say_yes(Use.READ, circle=circle)
    shown = page(signed_in_client(organiser), release)
    assert "Robin said yes to one question" in shown
    assert reverse("stories:story", args=[version.story.uuid]) in shown


def test_whoever_may_see_the_picture_alone_finds_the_way_too_and_a_line_to_quote_is_not_enough(
    release: Release,
    say_yes: SayYes,
    circle: Circle,
    organiser: Person,
    signed_in_client: Browser,
    version: Version,
) -> None:
    say_yes(Use.QUOTE, circle=circle)
    browser = signed_in_client(organiser)
    assert str(version.story.uuid) not in page(browser, release)
    say_yes(Use.PICTURE, circle=circle)
    assert str(version.story.uuid) in page(browser, release)


@pytest.mark.parametrize("how", ["stops counting", "pauses", "takes it back", "takes it back for good"])
def test_the_moment_the_teller_says_so_the_numbers_stay_and_the_link_is_gone(
    how: str,
    release: Release,
    counted: Consent,
    say_yes: SayYes,
    circle: Circle,
    organiser: Person,
    teller: Person,
    version: Version,
    signed_in_client: Browser,
) -> None:
    say_yes(Use.READ, circle=circle)
    browser = signed_in_client(organiser)
    assert "Robin" in page(browser, release)
    match how:
        case "stops counting":
            consenting.stop(counted, by=teller, at=NOW)
        case "pauses":
            consenting.pause(version.story, by=teller, at=NOW)
        case _:
            consenting.take_back(version.story, by=teller, at=NOW, for_good_now="good" in how)
    for looking in (browser, signed_in_client(teller), Client()):
        shown = page(looking, release)
        assert "About 40 people" in shown
        assert "Robin" not in shown
        assert str(version.story.uuid) not in shown
        assert "this story" not in shown
        assert "How many people went this way?" in shown


def test_a_pattern_of_no_story_names_none(client: Client, plain_release: Release) -> None:
    assert "How many people went this way?" in page(client, plain_release)


def test_figures_from_elsewhere_stand_beside_with_whom_they_cannot_see(
    client: Client, plain_release: Release, organiser: Person
) -> None:
    assert "Nobody has written one down" in page(client, plain_release)
    verbs.add_estimate(
        plain_release.pattern,
        by=organiser,
        at=NOW,
        words="about 1 in 6 adults",
        source="a survey of the county",
        year=2024,
        cannot_see="people who do not answer surveys",
    )
    shown = page(client, plain_release)
    for words in ("about 1 in 6 adults", "a survey of the county, 2024.", "people who do not answer surveys"):
        assert words in shown
    assert "never added" in shown


def test_without_a_list_of_everybody_the_page_says_so(
    client: Client, plain_pattern: Pattern, bring: Callable[..., ContactLog], let_out: LetOut
) -> None:
    release = let_out(plain_pattern, log=bring(everybody=False))
    shown = page(client, release)
    assert "There is no list of everybody" in shown


def test_few_in_records_is_never_said_to_be_few_people(
    client: Client, plain_pattern: Pattern, bring: Callable[..., ContactLog], let_out: LetOut
) -> None:
    log = bring(((3, WHOLE), (60, ASKED), (500, ELSEWHERE)))
    shown = page(client, let_out(plain_pattern, log=log))
    assert "A small number here does not mean few people" in shown
    assert "Whom these records cannot see" in shown


def test_no_true_count_is_on_any_page_in_any_form(
    plain_pattern: Pattern,
    bring: Callable[..., ContactLog],
    analyst: Person,
    steward: Person,
    signed_in_client: Browser,
    let_out: LetOut,
) -> None:
    """Three people with a step nobody else has, of 10,003: neither number is anywhere, headers included."""
    log = bring(((3, [*WHOLE, (20, "Night at the crisis house")]), (10_000, ELSEWHERE)))
    rare = TOML + '\n[[step]]\nname = "A night"\nactivity = ["Night at the crisis house"]\n'
    pattern = verbs.make_pattern(toml=rare, by=analyst, at=NOW)
    for one in (plain_pattern, pattern):
        let_out(one, log=log)
    places = [reverse(f"behind:{name}") for name in ("index", "patterns", "logs")]
    places += [reverse("behind:log", args=[log.pk]), reverse("behind:as_file", args=[pattern.pk])]
    places += [reverse("behind:pattern", args=[one.pk]) for one in (plain_pattern, pattern)]
    places += [reverse("behind:release", args=[one.pk]) for one in Release.objects.all()]
    true_counts = re.compile(r"(?<![\d.-])(10[,. ]?003|10[,. ]?000)(?![\d.])|\b(?:3|three) people\b")
    for browser in (signed_in_client(analyst), signed_in_client(steward)):
        for place in places:
            answer = browser.get(place)
            assert answer.status_code == 200, place
            whole = f"{answer.headers}{answer.content.decode()}"
            assert not true_counts.search(whole), (place, true_counts.search(whole))
            assert "P10003" not in whole
    saved = str([release.figures for release in Release.objects.all()])
    assert "10003" not in saved
    assert not true_counts.search(saved)


@pytest.mark.parametrize("name", ["index", "patterns", "logs"])
def test_lists_ask_few_questions_of_the_database(
    name: str,
    release: Release,
    plain_release: Release,
    steward: Person,
    signed_in_client: Browser,
    django_assert_max_num_queries: Callable[..., AbstractContextManager[object]],
) -> None:
    browser = signed_in_client(steward)
    with django_assert_max_num_queries(12):
        assert browser.get(reverse(f"behind:{name}")).status_code == 200


@pytest.mark.parametrize("name", ["release", "pattern"])
def test_pages_ask_few_questions_of_the_database(
    name: str,
    release: Release,
    say_yes: SayYes,
    circle: Circle,
    organiser: Person,
    signed_in_client: Browser,
    django_assert_max_num_queries: Callable[..., AbstractContextManager[object]],
) -> None:
    say_yes(Use.PICTURE, circle=circle)
    verbs.add_estimate(release.pattern, by=organiser, at=NOW, words="some", source="a", cannot_see="b")
    browser = signed_in_client(organiser)
    with django_assert_max_num_queries(12):
        assert browser.get(reverse(f"behind:{name}", args=[release.pk])).status_code == 200


def test_the_list_of_releases_is_for_anyone_and_the_way_to_logs_is_not(
    client: Client, plain_release: Release, analyst: Person, signed_in_client: Browser
) -> None:
    there = reverse("behind:index")
    shown = words_of(client.get(there))
    assert "About 40 people went the whole way" in shown
    assert reverse("behind:logs") not in shown
    assert reverse("behind:patterns") not in shown
    assert reverse("behind:logs") in words_of(signed_in_client(analyst).get(there))


@pytest.mark.parametrize("role", ["resident", "partner", "organiser"])
def test_pages_of_logs_open_for_nobody_else(
    role: str, log: ContactLog, welcome: Callable[..., Person], signed_in_client: Browser
) -> None:
    browser = signed_in_client(welcome("Kit", role))
    for there in (reverse("behind:logs"), reverse("behind:bring"), reverse("behind:log", args=[log.pk])):
        answer = browser.get(there)
        assert answer.status_code == 403
        assert "Aldermouth Council" not in answer.content.decode()


def test_patterns_are_for_the_partnership(
    plain_pattern: Pattern, resident: Person, partner: Person, signed_in_client: Browser
) -> None:
    there = reverse("behind:pattern", args=[plain_pattern.pk])
    assert signed_in_client(resident).get(there).status_code == 403
    assert Client().get(there).status_code == 302
    assert signed_in_client(partner).get(there).status_code == 200


def test_a_pattern_can_be_taken_along_as_a_file(
    plain_pattern: Pattern, partner: Person, signed_in_client: Browser
) -> None:
    answer = signed_in_client(partner).get(reverse("behind:as_file", args=[plain_pattern.pk]))
    assert answer.content.decode() == TOML
    assert "attachment" in answer.headers["Content-Disposition"]
