"""Two people told a story, and one of them is accused: nothing of that stands on the page both read."""

import pytest

from betterstory.people.models import Person
from betterstory.stories import consenting
from betterstory.stories.models import Concern, Entry, Step, Story, Worry
from betterstory.stories.safeguarding import beside, concerns, door
from betterstory.stories.safeguarding.tests.conftest import HEARD, LATER, REASON
from conftest import AT


@pytest.fixture
def ana(resident: Person, story: Story, teller: Person) -> Person:
    """Lynda told it with Sam."""
    consenting.tell_together(story, by=teller, other=resident, at=AT)
    story.refresh_from_db()
    return resident


def opened(story: Story, step: Step, grace: Person, about: Person | None) -> Concern:
    concern = concerns.raise_concern(
        by=story.teller, kind=Worry.ADULT, words=HEARD, at=AT, story=story, about=about
    )
    concerns.write(concern, kind=Entry.Kind.SEEN, by=grace, at=LATER)
    door.open_one(concern, which=f"piece:{step.pk}", reason=REASON, by=grace, at=LATER)
    concerns.write(concern, kind=Entry.Kind.TOLD, words="Rang at six.", by=grace, at=LATER)
    return concern


@pytest.mark.parametrize("whom", ["the teller", "the second", "nobody"])
def test_who_is_accused_reads_nothing_of_it(
    whom: str, story: Story, step: Step, teller: Person, ana: Person, grace: Person
) -> None:
    about = {"the teller": teller, "the second": ana, "nobody": None}[whom]
    opened(story, step, grace, about)
    shown = beside.for_teller(story, at=LATER)
    marked = beside.marked(Story.objects.all(), at=LATER).get(pk=story.pk)
    reads = whom == "nobody"
    assert [look.reason for look in shown.looks] == ([REASON] if reads else [])
    assert bool(shown.told) is reads
    assert marked.was_opened is reads  # type: ignore[attr-defined]  # what `marked` adds


def test_what_accuses_somebody_else_is_read_where_nobody_told_it_with_them(
    story: Story, step: Step, organiser: Person, grace: Person
) -> None:
    """One teller alone: a second teller who is nobody hides nothing."""
    opened(story, step, grace, organiser)
    assert beside.marked(Story.objects.all(), at=LATER).get(pk=story.pk).was_opened  # type: ignore[attr-defined]  # what `marked` adds
    assert beside.for_teller(story, at=LATER).looks
