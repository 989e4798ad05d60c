"""A story that names people everywhere it can, and its list."""

import pytest

from betterstory.people.models import Person
from betterstory.places.models import Neighbourhood
from betterstory.stories import verbs
from betterstory.stories.models import (
    Gap,
    Story,
    Version,
    Wish,
)
from betterstory.stories.redacting import showing
from betterstory.stories.redacting import verbs as redacting
from conftest import AT

SECRET = "Tone Karlsson"


@pytest.fixture
def told(neighbourhood: Neighbourhood, teller: Person) -> Story:
    """A story that names people everywhere it can."""
    story = verbs.begin(
        by=teller,
        teller=teller,
        neighbourhood=neighbourhood,
        title="How Tone helped",
        chosen_name="Robin",
        limits_heard=True,
        at=AT,
    )
    verbs.write(story, by=teller, text="Tone came.\n\nKind, was tone\nKarlsson. I live at CV1 2AB.", at=AT)
    step = verbs.add_step(story, by=teller, words="Tone rang the Gulson.", when="on 3 May 2019", feeling=-1)
    verbs.add_step(story, by=teller, words="Nothing came.", when="that winter")
    verbs.name_gap(story, by=teller, after=step, words="Only Tone, for 9 weeks", kind=Gap.GapKind.WAIT)
    verbs.name_gap(story, by=teller, after=step, words="Then no one", kind=Gap.GapKind.WAIT)
    verbs.wish(story, by=teller, words="More of Tone", kind=Wish.WishKind.HOPE)
    return story


def the_list(story: Story, by: Person) -> None:
    redacting.name_somebody(story, by=by, forms=["Tone", SECRET], kind="friend")
    redacting.name_somebody(story, by=by, forms=["the Gulson"], kind="service", called="a hospital")


def newest(story: Story) -> Version:
    return Version.objects.select_related("story__teller").filter(story=story).order_by("-number")[0]


def as_proposed(story: Story, by: Person) -> tuple[showing.Opened, dict[int, str]]:
    """Every line as the list and the rules would have it."""
    whole = showing.opened(newest(story), by=by, at=AT)
    assert whole is not None
    seen = whole.seen([entry for _pk, entry in showing.names_of(story, by=by)])
    return whole, dict(enumerate(seen.reads))


def redact(story: Story, by: Person) -> Version:
    whole, lines = as_proposed(story, by)
    redacting.read_lines(whole.version, by=by, at=AT, mark=whole.mark, lines=lines)
    return redacting.finish(whole.version, by=by, at=AT, mark=whole.mark)
