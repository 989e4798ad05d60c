"""A person reads every line before anything leaves: what stops the reading, and what begins it anew."""

from typing import Any

import pytest

from betterstory.people.models import Circle, Person
from betterstory.stories import consenting, verbs
from betterstory.stories.models import (
    Audience,
    Named,
    ReadLine,
    Step,
    Story,
    Use,
    Version,
)
from betterstory.stories.redacting import showing
from betterstory.stories.redacting import verbs as redacting
from betterstory.stories.redacting.rules import needs_reading, was_read
from betterstory.stories.tests._redacting import as_proposed, newest, redact, the_list, told
from betterstory.stories.tests.conftest import MONTH
from conftest import AT, read_every_line

__all__ = ["told"]


@pytest.mark.parametrize(
    ("audience", "use", "needs"),
    [
        (Audience.PUBLIC, Use.READ, True),
        (Audience.PARTNERSHIP, Use.READ, False),
        (Audience.CIRCLE, Use.QUOTE, False),
        (Audience.PUBLIC, Use.REPORT, True),
        (Audience.PARTNERSHIP, Use.REPORT, True),  # a report and a file leave the house, whoever they are for
        (Audience.CIRCLE, Use.REPORT, True),
    ],
)
def test_nothing_leaves_the_house_before_every_line_was_read(
    audience: Audience, use: Use, needs: bool, version: Version
) -> None:
    assert needs_reading(version, audience, use) is needs
    read_every_line(version)
    assert needs_reading(version, audience, use) is False


def test_a_yes_for_anyone_is_refused_until_then(version: Version, teller: Person) -> None:
    def yes() -> None:
        consenting.say_yes(version, by=teller, use=Use.READ, audience=Audience.PUBLIC, at=AT, until=MONTH)

    with pytest.raises(consenting.ReadEveryLine):
        yes()
    assert not version.consents.exists()
    read_every_line(version)
    yes()


def test_a_yes_for_a_report_is_refused_until_then(version: Version, teller: Person, circle: Circle) -> None:
    def yes(**whom: Any) -> None:
        consenting.say_yes(version, by=teller, use=Use.REPORT, at=AT, until=MONTH, **whom)

    for whom in ({"audience": Audience.PARTNERSHIP}, {"circle": circle}):
        with pytest.raises(consenting.ReadEveryLine):
            yes(**whom)
    assert not version.consents.exists()
    read_every_line(version)
    yes(circle=circle)


@pytest.mark.parametrize("what", ["text", "step", "when", "title", "name"])
def test_a_word_changed_after_the_reading_wants_a_new_one(what: str, told: Story, teller: Person) -> None:
    the_list(told, teller)
    new = redact(told, teller)
    assert was_read(new)
    match what:
        case "text":
            verbs.write(told, by=teller, text="And Tone again.", at=AT)
        case "step":
            verbs.add_step(told, by=teller, words="Tone.")
        case "title":
            verbs.call_it(told, by=teller, title="How Tone helped")
        case "name":
            verbs.call_it(told, by=teller, chosen_name="Antonia Reed")
        case _:
            step = Step.objects.filter(version=new)[0]
            step.when_sealed = step.words_sealed
            step.save()
    assert not was_read(newest(told))


def test_a_line_nobody_read_stops_it(told: Story, teller: Person) -> None:
    the_list(told, teller)
    whole, lines = as_proposed(told, teller)
    del lines[3]
    redacting.read_lines(whole.version, by=teller, at=AT, mark=whole.mark, lines=lines)
    with pytest.raises(redacting.LinesLeft):
        redacting.finish(whole.version, by=teller, at=AT, mark=whole.mark)
    assert told.versions.count() == 1


def test_a_name_of_the_list_left_in_a_line_stops_it(told: Story, teller: Person) -> None:
    whole, lines = as_proposed(told, teller)  # read before anybody was on the list
    redacting.read_lines(whole.version, by=teller, at=AT, mark=whole.mark, lines=lines)
    the_list(told, teller)
    with pytest.raises(redacting.NamesLeft):
        redacting.finish(whole.version, by=teller, at=AT, mark=whole.mark)
    assert told.versions.count() == 1
    for named in Named.objects.all():
        redacting.forget_name(named, by=teller)
    redacting.finish(whole.version, by=teller, at=AT, mark=whole.mark)


def test_words_changed_meanwhile_begin_the_reading_anew(told: Story, teller: Person) -> None:
    whole, lines = as_proposed(told, teller)
    redacting.read_lines(whole.version, by=teller, at=AT, mark=whole.mark, lines=lines)
    verbs.write(told, by=teller, text="Something else.", at=AT)
    with pytest.raises(verbs.ChangedSince):
        redacting.finish(whole.version, by=teller, at=AT, mark=whole.mark)
    with pytest.raises(verbs.ChangedSince):
        redacting.read_lines(whole.version, by=teller, at=AT, mark=whole.mark, lines={0: "x"})
    again, lines = as_proposed(told, teller)
    assert showing.read_so_far(again.version, mark=again.mark, by=teller) == {}
    redacting.read_lines(again.version, by=teller, at=AT, mark=again.mark, lines={0: lines[0]})
    assert ReadLine.objects.count() == 1
