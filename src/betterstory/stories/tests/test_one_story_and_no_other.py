"""What is done to one story is done to no other: each row of the other is as it was, sealed words and all."""

import uuid
from collections.abc import Callable
from datetime import timedelta
from typing import Any

import pytest
from django.db.models import Model

from betterstory.people import keys
from betterstory.people.models import Circle, Membership, Person
from betterstory.places.models import Neighbourhood
from betterstory.stories import consenting, ended, leaving, speaking, stopping, verbs
from betterstory.stories.models import (
    Act,
    CameOf,
    Care,
    Channel,
    Code,
    Coding,
    Consent,
    Gap,
    Leaf,
    Leaving,
    Named,
    Other,
    Piece,
    Reading,
    ReadThrough,
    Recall,
    Speaker,
    Step,
    Story,
    Thanks,
    Told,
    Tongue,
    Use,
    Version,
    Wish,
)
from conftest import AT, TODAY

LATER = AT + timedelta(hours=1)
MONTH = AT + timedelta(days=30)
X = b"sealed"
# every table that holds something of a story, and how its rows say of which
OF: dict[type[Model], str] = {
    Story: "pk",
    Version: "story",
    Piece: "version__story",
    Step: "version__story",
    Gap: "version__story",
    Wish: "version__story",
    Leaf: "version__story",
    Told: "version__story",
    Tongue: "version__story",
    Reading: "step__version__story",
    Thanks: "story",
    Care: "story",
    Consent: "version__story",
    CameOf: "yes__version__story",
    Named: "story",
    ReadThrough: "version__story",
    Coding: "piece__version__story",
    Other: "story",
    Speaker: "story",
    Recall: "story",
}


def rows_of(story: Story) -> dict[str, list[dict[str, Any]]]:
    """Each row that says something of a story, whoever writes it down with the teller included."""
    paths = {Membership: "circle"} | OF
    of = {model: story.helpers_id if model is Membership else story.pk for model in paths}
    return {
        model.__name__: list(model._default_manager.filter(**{path: of[model]}).order_by("pk").values())
        for model, path in paths.items()
    }


def sealed_in(rows: dict[str, list[dict[str, Any]]]) -> int:
    """How many sealed values there are among these rows."""
    return sum(
        bool(value)
        for each in rows.values()
        for row in each
        for name, value in row.items()
        if "sealed" in name
    )


@pytest.fixture
def full(
    neighbourhood: Neighbourhood, teller: Person, resident: Person, organiser: Person, circle: Circle
) -> Callable[[str], Story]:
    """A story with something in each table: told by its teller to somebody who writes, with two yeses."""

    def make(title: str) -> Story:
        told = verbs.begin(
            by=organiser,
            teller=teller,
            neighbourhood=neighbourhood,
            title=title,
            chosen_name="Robin",
            limits_heard=True,
            at=AT,
        )
        verbs.write(told, by=teller, text="The post sat on the mat.", at=AT)
        step = verbs.add_step(told, by=teller, words="I rang.", rings=["me"])
        verbs.name_gap(told, by=teller, after=step, words="Nobody, for weeks", kind=Gap.GapKind.WAIT)
        verbs.wish(told, by=teller, words="One person", kind=Wish.WishKind.HOPE)
        version = verbs.agree(told, by=teller, at=AT)
        for use in (Use.READ, Use.QUOTE):
            yes = consenting.say_yes(version, by=teller, use=use, circle=circle, at=AT, until=MONTH)
        speaking.choose(told, by=teller, speaker=resident, at=AT)
        piece = Piece.objects.get(pk=step.pk)
        code, _new = Code.objects.get_or_create(name="waiting", defaults={"added_at": AT})
        for row in (
            Told(
                version=version,
                file=uuid.uuid4(),
                kind=Told.Kind.SOUND,
                media="audio/wav",
                size=1,
                position=1,
                told_at=AT,
            ),
            Tongue(version=version, facts_sealed=X, words_sealed=X),
            Reading(step=step, by=organiser, words_sealed=X, written_at=AT),
            Thanks(story=told, words_sealed=X, agreed_at=AT),
            CameOf(yes=yes, words_sealed=X, at=AT),
            Named(story=told, entry_sealed=X),
            ReadThrough(version=version, mark="m", begun_at=AT),
            Coding(piece=piece, code=code, by=organiser, at=AT),
            Other(story=told, name_sealed=X, agreed_on=TODAY),
        ):
            row.save()
        Care.objects.filter(story=told).update(words_sealed=X)
        leaving.take_out(
            Version.objects.select_related("story").get(pk=version.pk),
            by=organiser,
            use=Use.READ,
            how=Leaving.How.PRINT,
            at=AT,
        )
        return Story.objects.get(pk=told.pk)

    return make


DONE: dict[str, Callable[[Story, Person, Person], object]] = {
    "pause": lambda story, teller, _other: consenting.pause(story, by=teller, at=LATER),
    "unpause": lambda story, teller, _other: consenting.unpause(story, by=teller, at=LATER),
    "stop one": lambda story, teller, _other: consenting.stop(
        Consent.objects.filter(version__story=story)[0], by=teller, at=LATER
    ),
    "stop everything": lambda story, teller, _other: consenting.stop_everything(story, by=teller, at=LATER),
    "stop for a circle": lambda story, teller, _other: stopping.stop_for_circle(
        story, circle=Circle.objects.get(kind=Circle.Kind.GATHERING), by=teller, at=LATER
    ),
    "take back": lambda story, teller, _other: consenting.take_back(story, by=teller, at=LATER),
    "destroy": lambda story, teller, _other: consenting.take_back(
        story, by=teller, at=LATER, for_good_now=True
    ),
    "tell together": lambda story, teller, other: consenting.tell_together(
        story, by=teller, other=other, at=LATER
    ),
    "helpers go": lambda story, teller, _other: consenting.let_helpers_go(story, by=teller, at=LATER),
    "spoken for": lambda story, _teller, other: speaking.act_for(
        story, by=other, kind=Act.Kind.STOP_EVERYTHING, how=Channel.PHONE, at=LATER
    ),
}


@pytest.mark.django_db(transaction=True)
@pytest.mark.parametrize("what", DONE)
def test_of_two_stories_of_one_teller_the_other_is_as_it_was(
    what: str, full: Callable[[str], Story], teller: Person, resident: Person
) -> None:
    story, other = full("This one"), full("The other one")
    if what == "unpause":
        for each in (story, other):
            consenting.pause(each, by=teller, at=AT)
    before, mine = rows_of(other), rows_of(story)
    assert all(before[model.__name__] for model in OF if model is not Recall), "each table holds something"
    DONE[what](Story.objects.get(pk=story.pk), teller, resident)
    assert rows_of(other) == before
    assert rows_of(story) != mine
    assert keys.keyring().holds(other.key)
    assert keys.keyring().holds(story.key) is (what != "destroy")
    lines = [line for line in ended.read() if line["at"] == LATER.isoformat()]
    rows = {str(story.uuid)} | {str(yes["uuid"]) for yes in mine["Consent"]}
    assert lines
    assert {str(line["id"]) for line in lines} <= rows, "no line of what was ended speaks of the other"


@pytest.mark.django_db(transaction=True)
def test_of_a_destroyed_story_no_sealed_word_stays_in_any_table(
    full: Callable[[str], Story], teller: Person
) -> None:
    story = full("This one")
    assert sealed_in(rows_of(story)) > 12
    consenting.take_back(story, by=teller, at=LATER, for_good_now=True)
    after = rows_of(story)
    assert sealed_in(after) == 0
    for gone in ("Told", "Tongue", "Reading", "Named", "ReadThrough", "Coding"):
        assert after[gone] == [], gone
