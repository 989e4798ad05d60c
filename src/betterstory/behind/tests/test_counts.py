"""A count is a draft, then a release: protected, numbered, frozen. What would point at a few stays in."""

from collections.abc import Callable
from typing import Any

import pytest

from betterstory.behind import rules, verbs
from betterstory.behind.models import ContactLog, Draft, Pattern, Release
from betterstory.behind.tests.conftest import (
    ASKED,
    ELSEWHERE,
    NOW,
    ON_THE_LAST_DAY,
    TOML,
    TOWN,
    TWIN,
    WHOLE,
    LetOut,
)
from betterstory.behind.verbs import approving
from betterstory.people.models import Person
from betterstory.people.verbs import NotYours
from betterstory.places.models import Place
from betterstory.stories import consenting
from betterstory.stories.models import Consent, Version


def fresh(pattern: Pattern) -> Pattern:
    return Pattern.objects.with_pieces().get(pk=pattern.pk)


def test_a_release_holds_protected_figures_and_says_how_they_are_known(
    plain_pattern: Pattern, log: ContactLog, analyst: Person, let_out: LetOut
) -> None:
    release = let_out(plain_pattern, log=log)
    assert release.number == 1
    assert {group["last"]: group["people"] for group in release.figures["groups"]} == {
        0: 445,
        1: 60,
        2: 55,
        3: 40,
    }
    assert release.figures["headline"] == (
        "About 40 people went the whole way. "
        "About 35 people are one step away, and on the way: the next step can still happen."
    )
    assert (release.source, release.period) == (
        "visits kept by the Talking Service",
        "January 2026 to April 2026",
    )
    assert (release.cannot_see, release.rule) == ("people who never asked", "default")
    assert release.data_mark == log.data_mark
    assert release.counted_by == analyst


def test_asked_again_it_is_the_same_draft_and_then_the_release_that_came_of_it(
    plain_pattern: Pattern, log: ContactLog, analyst: Person, other_body: Person
) -> None:
    first = verbs.count(plain_pattern, log=log, by=analyst, at=NOW)
    assert verbs.count(plain_pattern, log=log, by=analyst, at=NOW) == first
    out = verbs.approve(Draft.objects.get(), by=other_body, at=NOW, looked_at=list(verbs.CHECKS))
    assert verbs.count(plain_pattern, log=log, by=analyst, at=NOW) == out


def test_the_same_data_brought_again_gives_the_same_release(
    plain_pattern: Pattern, bring: Callable[..., ContactLog], let_out: LetOut
) -> None:
    first = let_out(plain_pattern, log=bring())
    assert let_out(plain_pattern, log=bring()) == first


def test_releases_are_numbered_in_order(
    plain_pattern: Pattern, bring: Callable[..., ContactLog], analyst: Person, let_out: LetOut
) -> None:
    other = verbs.make_pattern(toml=TOML.replace("Seen again", "Seen twice"), by=analyst, at=NOW)
    log = bring()
    numbers = [let_out(one, log=log).number for one in (plain_pattern, other)]
    assert numbers == [1, 2], "the same people under another name are no secret"


def test_a_near_twin_is_not_released(
    plain_pattern: Pattern, bring: Callable[..., ContactLog], analyst: Person, let_out: LetOut
) -> None:
    """Three people took ten days and not nine: released twice, the difference would be them."""
    log = bring(((40, WHOLE), (3, ON_THE_LAST_DAY), (500, ELSEWHERE)))
    let_out(plain_pattern, log=log)
    twin = verbs.make_pattern(toml=TWIN, by=analyst, at=NOW)
    with pytest.raises(verbs.NotCounted) as told:
        verbs.count(twin, log=log, by=analyst, at=NOW)
    assert "differs by only a few people" in told.value.sentence
    assert not any(sign.isdigit() for sign in told.value.sentence)
    assert Release.objects.count() == 1


def test_eight_people_apart_is_far_enough(
    plain_pattern: Pattern, bring: Callable[..., ContactLog], analyst: Person, let_out: LetOut
) -> None:
    log = bring(((40, WHOLE), (8, ON_THE_LAST_DAY), (500, ELSEWHERE)))
    let_out(plain_pattern, log=log)
    twin = verbs.make_pattern(toml=TWIN, by=analyst, at=NOW)
    assert let_out(twin, log=log).number == 2


def test_a_log_brought_again_with_one_person_more_gives_nobody_away(
    plain_pattern: Pattern, bring: Callable[..., ContactLog], analyst: Person, let_out: LetOut
) -> None:
    let_out(plain_pattern, log=bring(((40, WHOLE), (500, ELSEWHERE))))
    with pytest.raises(verbs.NotCounted):
        verbs.count(plain_pattern, log=bring(((41, WHOLE), (500, ELSEWHERE))), by=analyst, at=NOW)
    other_people = bring(((41, WHOLE), (500, ELSEWHERE)), prefix="Q")
    assert let_out(plain_pattern, log=other_people).number == 2


def test_of_two_twins_that_wait_one_goes_out(
    plain_pattern: Pattern, bring: Callable[..., ContactLog], analyst: Person, other_body: Person
) -> None:
    """Both were counted before either was out, so the second is held against the first when it is let out."""
    log = bring(((40, WHOLE), (3, ON_THE_LAST_DAY), (500, ELSEWHERE)))
    twin = verbs.make_pattern(toml=TWIN, by=analyst, at=NOW)
    for one in (plain_pattern, twin):
        verbs.count(one, log=log, by=analyst, at=NOW)
    second, first = Draft.objects.order_by("-pk")
    verbs.approve(first, by=other_body, at=NOW, looked_at=list(verbs.CHECKS))
    with pytest.raises(verbs.NotHeldAgainst) as told:
        verbs.approve(second, by=other_body, at=NOW, looked_at=list(verbs.CHECKS))
    assert "differs by only a few people" in told.value.sentence
    assert [release.pattern for release in Release.objects.all()] == [plain_pattern]


def test_a_release_that_came_while_another_was_let_out_is_held_against_too(
    plain_pattern: Pattern,
    bring: Callable[..., ContactLog],
    analyst: Person,
    other_body: Person,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    log = bring(((40, WHOLE), (3, ON_THE_LAST_DAY), (500, ELSEWHERE)))
    twin = verbs.make_pattern(toml=TWIN, by=analyst, at=NOW)
    for one in (plain_pattern, twin):
        verbs.count(one, log=log, by=analyst, at=NOW)
    second, first = Draft.objects.order_by("-pk")
    look = approving._still_apart
    looked: list[bool] = []

    def slow(draft: Draft, last: int) -> None:
        look(draft, last)
        if not looked:
            looked.append(True)
            verbs.approve(first, by=other_body, at=NOW, looked_at=list(verbs.CHECKS))

    monkeypatch.setattr(approving, "_still_apart", slow)
    with pytest.raises(verbs.NotHeldAgainst):
        verbs.approve(second, by=other_body, at=NOW, looked_at=list(verbs.CHECKS))
    assert [release.pattern for release in Release.objects.all()] == [plain_pattern]


def test_where_others_always_come_first_it_gives_up_in_a_sentence(
    plain_pattern: Pattern,
    log: ContactLog,
    analyst: Person,
    other_body: Person,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    verbs.count(plain_pattern, log=log, by=analyst, at=NOW)
    monkeypatch.setattr(approving, "_let_out", lambda *_args, **_kwargs: None)
    with pytest.raises(verbs.NotHeldAgainst, match="not-held-against"):
        verbs.approve(Draft.objects.get(), by=other_body, at=NOW, looked_at=list(verbs.CHECKS))


def test_an_earlier_log_whose_files_are_lost_does_not_stop_counting(
    plain_pattern: Pattern, bring: Callable[..., ContactLog], analyst: Person, let_out: LetOut
) -> None:
    lost = bring()
    let_out(plain_pattern, log=lost)
    lost.log_path.unlink()
    assert let_out(plain_pattern, log=bring(TOWN[:2], prefix="Q")).number == 2


@pytest.mark.parametrize("role", ["resident", "organiser", "partner"])
def test_only_an_analyst_or_a_steward_counts(
    plain_pattern: Pattern, log: ContactLog, welcome: Callable[..., Person], role: str
) -> None:
    with pytest.raises(NotYours):
        verbs.count(plain_pattern, log=log, by=welcome("Kit", role), at=NOW)
    assert not Release.objects.exists()


def test_nothing_is_counted_once_the_log_is_switched_off(
    plain_pattern: Pattern, log: ContactLog, own_log: Place, analyst: Person, steward: Person
) -> None:
    verbs.switch_off(own_log, by=steward)
    with pytest.raises(verbs.NoLogHere):
        verbs.count(plain_pattern, log=log, by=analyst, at=NOW)


def test_a_pattern_the_log_cannot_answer_is_refused_in_a_sentence(log: ContactLog, analyst: Person) -> None:
    odd = verbs.make_pattern(toml=TOML.replace('"Referral"', '"Referal"'), by=analyst, at=NOW)
    with pytest.raises(verbs.NotCounted) as told:
        verbs.count(odd, log=log, by=analyst, at=NOW)
    assert 'Did you mean "Referral"?' in told.value.sentence
    assert not Release.objects.exists()


def test_once_the_yes_ends_the_number_stays_and_no_newer_one_comes(
    story_pattern: Pattern,
    bring: Callable[..., ContactLog],
    analyst: Person,
    teller: Person,
    counted: Consent,
    let_out: LetOut,
) -> None:
    before = let_out(story_pattern, log=bring())
    consenting.stop(counted, by=teller, at=NOW)
    with pytest.raises(verbs.NotToBeCounted):
        verbs.count(fresh(story_pattern), log=bring(TOWN[:3], prefix="Q"), by=analyst, at=NOW)
    kept = Release.objects.get()
    assert kept.figures == before.figures
    assert not rules.is_tied(fresh(story_pattern), at=NOW)


def test_a_story_taken_back_is_counted_no_more(
    story_pattern: Pattern, log: ContactLog, analyst: Person, teller: Person, version: Version
) -> None:
    consenting.take_back(version.story, by=teller, at=NOW, for_good_now=True)
    with pytest.raises(verbs.NotToBeCounted):
        verbs.count(fresh(story_pattern), log=log, by=analyst, at=NOW)
    assert not Release.objects.exists()


def test_few_matches_do_not_read_as_few_people(
    plain_pattern: Pattern, bring: Callable[..., ContactLog], analyst: Person
) -> None:
    log = bring(((3, WHOLE), (40, ASKED), (500, ELSEWHERE)))
    headline = verbs.count(plain_pattern, log=log, by=analyst, at=NOW).figures["headline"]
    assert "43" not in headline
    assert "about 45 people" in headline.lower()


def test_a_figure_from_elsewhere_stands_beside_and_changes_nothing(
    plain_pattern: Pattern, log: ContactLog, organiser: Person, partner: Person, let_out: LetOut
) -> None:
    release = let_out(plain_pattern, log=log)
    words: dict[str, Any] = {
        "words": "about 1 in 6 adults",
        "source": "a survey",
        "cannot_see": "people who do not answer",
    }
    verbs.add_estimate(plain_pattern, by=organiser, at=NOW, year=2024, **words)
    with pytest.raises(NotYours):
        verbs.add_estimate(plain_pattern, by=partner, at=NOW, **words)
    assert plain_pattern.estimates.count() == 1
    assert Release.objects.get().figures == release.figures


def test_what_was_counted_from_a_story_is_found_from_it(
    story_pattern: Pattern, plain_pattern: Pattern, version: Version, log: ContactLog, let_out: LetOut
) -> None:
    of_it, _other = (let_out(one, log=log) for one in (story_pattern, plain_pattern))
    assert list(Release.objects.about(version)) == [of_it]


def test_what_was_typed_loses_its_full_stop_where_our_sentence_goes_on(
    plain_pattern: Pattern, organiser: Person
) -> None:
    made = verbs.add_estimate(
        plain_pattern, words="some", source="a survey.", cannot_see=" those away. ", by=organiser, at=NOW
    )
    assert (made.source, made.cannot_see) == ("a survey", "those away")
