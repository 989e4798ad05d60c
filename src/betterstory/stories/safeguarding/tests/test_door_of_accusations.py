"""The logged door where somebody is accused: each opening is written down; the accused sees none of it."""

import logging
from collections.abc import Callable

import pytest
from django.test import Client

from betterstory.people.models import Person
from betterstory.stories.models import Concern, Entry, Opening, Piece, Step, Story, Worry
from betterstory.stories.safeguarding import beside, concerns, door, keeping, rules
from betterstory.stories.safeguarding.tests.conftest import LATER, REASON
from conftest import AT

pytestmark = pytest.mark.django_db
SAID = "Grace keeps her letters from her."
WHY = "To see which letters are meant."
Raise = Callable[..., Concern]


@pytest.fixture
def raised(organiser: Person, story: Story, pat: Person) -> Raise:
    """A concern about the story, read by the deputy; it accuses whom the test says, or nobody."""

    def make(about: Person | None) -> Concern:
        kind = Worry.ADULT if about is None else Worry.ALLEGATION
        concern = concerns.raise_concern(by=organiser, kind=kind, words=SAID, at=AT, story=story, about=about)
        concerns.write(concern, kind=Entry.Kind.SEEN, by=pat, at=LATER)
        return concern

    return make


def open_as(concern: Concern, piece: Step | Piece, by: Person, reason: str = WHY) -> door.Opened:
    return door.open_one(concern, which=f"piece:{piece.pk}", reason=reason, by=by, at=LATER)


def test_each_opening_is_written_down_with_who_and_why(
    raised: Raise, story: Story, step: Step, grace: Person, pat: Person
) -> None:
    """Twice the same piece is two openings, and another piece a third."""
    concern = raised(grace)
    other = Step.objects.get(version__story=story, position=1)
    for piece, reason in ((step, WHY), (step, REASON), (other, WHY)):
        open_as(concern, piece, pat, reason)
    written = Opening.objects.filter(concern=concern).order_by("pk")
    assert list(written.values_list("by", "piece", "at")) == [
        (pat.pk, step.pk, LATER),
        (pat.pk, step.pk, LATER),
        (pat.pk, other.pk, LATER),
    ]
    read = door.read(concern, by=pat)
    assert read is not None
    assert [reason for _opening, reason in read.openings] == [WHY, REASON, WHY]


def test_the_accused_in_post_sees_nothing_of_the_opening(
    raised: Raise, step: Step, grace: Person, pat: Person, signed_in_client: Callable[[Person], Client]
) -> None:
    concern = raised(grace)
    open_as(concern, step, pat)
    assert Opening.objects.count() == 1, "there is something that could be seen"
    assert rules.visible(grace, Concern.objects.all()) == []
    assert door.read(concern, by=grace) is None
    assert door.choices(concern, by=grace) == []
    accused = signed_in_client(grace)
    for page in ("/stories/safety/", "/stories/safety/concerns/"):
        said = accused.get(page).content.decode()
        for words in (str(concern.uuid), WHY, SAID):
            assert words not in said
    theirs = signed_in_client(pat)
    assert str(concern.uuid) in theirs.get("/stories/safety/concerns/").content.decode()


def test_the_accused_teller_sees_nothing_and_another_teller_would(
    raised: Raise, story: Story, step: Step, teller: Person, grace: Person, pat: Person
) -> None:
    open_as(raised(teller), step, pat)
    assert beside.for_teller(story, at=LATER).looks == []
    open_as(raised(grace), step, pat, REASON)
    assert [look.reason for look in beside.for_teller(story, at=LATER).looks] == [REASON]


@pytest.mark.parametrize(("accused", "lines"), [("grace", 0), ("teller", 0), ("nobody", 1)])
def test_the_log_of_the_server_speaks_of_no_accusation(
    accused: str,
    lines: int,
    raised: Raise,
    step: Step,
    pat: Person,
    request: pytest.FixtureRequest,
    caplog: pytest.LogCaptureFixture,
) -> None:
    """Whoever is accused may be reading it. Of other concerns it has the ids, and no word."""
    concern = raised(None if accused == "nobody" else request.getfixturevalue(accused))
    caplog.set_level(logging.INFO)
    caplog.clear()
    opened = open_as(concern, step, pat)
    about_it = [record.getMessage() for record in caplog.records if str(concern.uuid) in record.getMessage()]
    assert len(about_it) == lines
    assert lines or str(opened.opening.uuid) not in caplog.text
    for words in (WHY, SAID, opened.words):
        assert words not in caplog.text


@pytest.mark.parametrize(("accused", "lines"), [("grace", 0), ("nobody", 1)])
def test_that_it_was_forgotten_says_no_more_of_an_accusation(
    accused: str,
    lines: int,
    raised: Raise,
    pat: Person,
    request: pytest.FixtureRequest,
    caplog: pytest.LogCaptureFixture,
) -> None:
    """A line about a concern of which there was none before would say what it was."""
    concern = raised(None if accused == "nobody" else request.getfixturevalue(accused))
    for kind in (Entry.Kind.PASSED_ON, Entry.Kind.TOLD, Entry.Kind.CLOSED):
        concerns.write(concern, kind=kind, words="a few words", by=pat, at=LATER)
    caplog.set_level(logging.INFO)
    caplog.clear()
    assert keeping.forget_those_due(at=LATER.replace(year=LATER.year + 80)) == 1
    assert caplog.text.count(str(concern.uuid)) == lines
