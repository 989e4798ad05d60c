"""Numbers about people go out only when somebody who did not ask for them has looked."""

from collections.abc import Callable
from datetime import timedelta

import pytest

from betterstory.behind import verbs
from betterstory.behind.models import ContactLog, Draft, Pattern, Release, Trustee
from betterstory.behind.tests._draft import EVERYTHING, again, draft
from betterstory.behind.tests.conftest import NOW
from betterstory.people import verbs as people
from betterstory.people.models import Body, Person, Post, Ring
from betterstory.people.verbs import NotYours
from betterstory.places.models import Place
from betterstory.stories import consenting
from betterstory.stories.models import Consent
from conftest import TODAY

__all__ = ["draft"]  # fixtures that tests ask for by name

ON = TODAY


def give_post(person: Person, body: str, steward: Person) -> Post:
    return people.name_post(body=Body.objects.get(name=body), title="Second", by=steward, holder=person)


def refused(draft: Draft, by: Person) -> None:
    """This person can neither let it out nor keep it in."""
    with pytest.raises(verbs.NotYoursToApprove):
        verbs.approve(draft, by=by, at=NOW, looked_at=EVERYTHING)
    with pytest.raises(verbs.NotYoursToApprove):
        verbs.refuse(draft, by=by, at=NOW, reason="Because.")
    assert not Release.objects.exists()
    assert again(draft).is_waiting


def test_a_count_is_no_release_until_somebody_of_another_body_looked(
    draft: Draft, other_body: Person, analyst: Person
) -> None:
    assert not Release.objects.exists()
    release = verbs.approve(draft, by=other_body, at=NOW, looked_at=EVERYTHING)
    assert (release.number, release.figures) == (1, draft.figures)
    assert (release.approved_by, release.counted_by) == (other_body, analyst)
    assert release.approved_as == "Head, Talking Service"
    assert again(draft).release == release


def test_whoever_counted_cannot_approve_it_whatever_post_they_hold(
    draft: Draft, analyst: Person, steward: Person
) -> None:
    give_post(analyst, "Talking Service", steward)
    refused(draft, analyst)


def test_whoever_counted_cannot_approve_it_as_a_trustee_either(
    draft: Draft, analyst: Person, steward: Person
) -> None:
    verbs.name_trustee(analyst, by=steward, on=ON)
    refused(draft, analyst)


def test_whoever_made_the_pattern_asked_too(
    log: ContactLog, analyst: Person, organiser: Person, other_body: Person, steward: Person
) -> None:
    from betterstory.behind.tests.conftest import TOML  # noqa: PLC0415 - this test alone makes its own

    give_post(organiser, "Talking Service", steward)
    made = verbs.make_pattern(toml=TOML, by=organiser, at=NOW)
    verbs.count(made, log=log, by=analyst, at=NOW)
    draft = Draft.objects.get()
    refused(draft, organiser)
    refused(draft, other_body)  # of the same body as the one who made the pattern
    verbs.name_trustee(other_body, by=steward, on=ON)
    assert verbs.approve(draft, by=other_body, at=NOW, looked_at=EVERYTHING).number == 1


def test_nobody_of_the_same_body_approves_it(
    draft: Draft, welcome: Callable[..., Person], steward: Person
) -> None:
    colleague = welcome("Kit", "partner")
    give_post(colleague, "Hospital", steward)
    refused(draft, colleague)
    give_post(colleague, "Talking Service", steward)
    refused(draft, colleague)  # one foot in each


def test_a_body_that_followed_another_is_the_same_body(
    draft: Draft, other_body: Person, steward: Person
) -> None:
    trust = people.name_body(name="The new trust", ring=Ring.LOCAL_SERVICES, by=steward)
    Body.objects.filter(name__in=["Hospital", "Talking Service"]).update(followed_by=trust)
    refused(draft, other_body)


def test_without_a_post_nobody_is_of_another_body(draft: Draft, organiser: Person, steward: Person) -> None:
    refused(draft, organiser)
    refused(draft, steward)


def test_of_whom_no_body_is_known_only_a_trustee_is_somebody_else(
    draft: Draft, other_body: Person, analyst: Person, steward: Person, resident: Person
) -> None:
    Post.objects.filter(holder=analyst).delete()
    refused(draft, other_body)
    verbs.name_trustee(resident, by=steward, on=ON)
    assert verbs.approve(draft, by=resident, at=NOW, looked_at=EVERYTHING).approved_as == "a trustee"


def test_a_post_alone_is_not_enough_without_a_part_in_the_partnership(
    draft: Draft, resident: Person, steward: Person
) -> None:
    give_post(resident, "Talking Service", steward)
    refused(draft, resident)


def test_a_trustee_whose_time_ended_looks_no_more(draft: Draft, resident: Person, steward: Person) -> None:
    named = verbs.name_trustee(resident, by=steward, on=ON)
    assert verbs.name_trustee(resident, by=steward, on=ON) == named
    verbs.end_trustee(named, by=steward, on=ON + timedelta(days=1))
    refused(draft, resident)


@pytest.mark.parametrize("role", ["resident", "organiser", "partner", "analyst"])
def test_only_a_steward_names_trustees_or_ends_it(
    welcome: Callable[..., Person], role: str, resident: Person, steward: Person
) -> None:
    somebody = welcome("Kit", role)
    with pytest.raises(NotYours):
        verbs.name_trustee(resident, by=somebody, on=ON)
    named = verbs.name_trustee(resident, by=steward, on=ON)
    with pytest.raises(NotYours):
        verbs.end_trustee(named, by=somebody, on=ON)
    assert Trustee.objects.filter(ended_on=None).count() == 1


def test_a_steward_does_not_name_themselves(steward: Person) -> None:
    with pytest.raises(NotYours):
        verbs.name_trustee(steward, by=steward, on=ON)
    assert not Trustee.objects.exists()


@pytest.mark.parametrize("left_out", EVERYTHING)
def test_everything_on_the_list_is_looked_at(draft: Draft, other_body: Person, left_out: str) -> None:
    with pytest.raises(verbs.NotLookedAt):
        verbs.approve(draft, by=other_body, at=NOW, looked_at=[key for key in EVERYTHING if key != left_out])
    assert not Release.objects.exists()


def test_it_stays_in_with_a_reason_and_never_without(
    draft: Draft, other_body: Person, plain_pattern: Pattern, log: ContactLog, analyst: Person
) -> None:
    with pytest.raises(verbs.NoReason):
        verbs.refuse(draft, by=other_body, at=NOW, reason="  ")
    verbs.refuse(draft, by=other_body, at=NOW, reason="One step says too much. ")
    now = again(draft)
    assert (now.refusal, now.refused_by) == ("One step says too much.", other_body)
    with pytest.raises(verbs.AlreadyAnswered):
        verbs.approve(now, by=other_body, at=NOW, looked_at=EVERYTHING)
    with pytest.raises(verbs.AlreadyAnswered):
        verbs.refuse(now, by=other_body, at=NOW, reason="Again.")
    assert not Release.objects.exists()
    assert verbs.count(plain_pattern, log=log, by=analyst, at=NOW) != draft, "asked again, it waits again"


def test_approved_twice_is_one_release(draft: Draft, other_body: Person) -> None:
    first = verbs.approve(draft, by=other_body, at=NOW, looked_at=EVERYTHING)
    assert verbs.approve(again(draft), by=other_body, at=NOW, looked_at=EVERYTHING) == first
    with pytest.raises(verbs.AlreadyAnswered):
        verbs.refuse(again(draft), by=other_body, at=NOW, reason="Too late.")


def test_once_the_teller_says_no_a_draft_goes_out_no_more(
    story_pattern: Pattern,
    log: ContactLog,
    analyst: Person,
    other_body: Person,
    teller: Person,
    counted: Consent,
) -> None:
    verbs.count(story_pattern, log=log, by=analyst, at=NOW)
    consenting.stop(counted, by=teller, at=NOW)
    with pytest.raises(verbs.NotToBeCounted):
        verbs.approve(again(Draft.objects.get()), by=other_body, at=NOW, looked_at=EVERYTHING)
    assert not Release.objects.exists()


def test_once_the_log_is_gone_or_switched_off_a_draft_goes_out_no_more(
    draft: Draft, other_body: Person, own_log: Place, steward: Person, analyst: Person
) -> None:
    verbs.switch_off(own_log, by=steward)
    with pytest.raises(verbs.NoLogHere):
        verbs.approve(draft, by=other_body, at=NOW, looked_at=EVERYTHING)
    verbs.switch_on(own_log, by=steward, controller="Aldermouth Council")
    verbs.throw_away(ContactLog.objects.get(), by=analyst)
    with pytest.raises(verbs.RecordsGone):
        verbs.approve(again(draft), by=other_body, at=NOW, looked_at=EVERYTHING)
    assert not Release.objects.exists()
