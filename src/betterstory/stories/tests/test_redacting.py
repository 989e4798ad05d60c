"""The list of names, who keeps it, and the version without them that comes of it."""

import logging

import pytest
from django.db import connection

from betterstory.people import keys
from betterstory.people import verbs as people
from betterstory.people.models import Circle, Person
from betterstory.stories import consenting, rules, verbs
from betterstory.stories.models import (
    Leaf,
    Named,
    ReadLine,
    ReadThrough,
    Story,
    Use,
    Version,
)
from betterstory.stories.redacting import showing
from betterstory.stories.redacting import verbs as redacting
from betterstory.stories.redacting.rules import was_read
from betterstory.stories.refusals import TitleStands
from betterstory.stories.showing import show_whole
from betterstory.stories.tests._redacting import as_proposed, newest, redact, the_list, told
from betterstory.stories.tests.conftest import MONTH
from conftest import AT, read_every_line

__all__ = ["told"]


def test_the_new_version_says_the_same_without_the_names(told: Story, teller: Person) -> None:
    verbs.agree(told, by=teller, at=AT)
    the_list(told, teller)
    new = redact(told, teller)
    assert (new.number, new.agreed_at) == (2, None)
    shown = show_whole(newest(told), viewer=teller, use=Use.READ, at=AT)
    assert shown is not None
    assert shown.title == "How a friend helped"
    assert shown.text == "A friend came.\n\nKind, was a friend\n. I live at a postcode."
    assert [(step.words, step.when, step.step.feeling) for step in shown.steps] == [
        ("A friend rang a hospital.", "on a spring day", -1),
        ("Nothing came.", "that winter", None),
    ]
    assert [(words, gap.after_id) for gap, words in shown.gaps] == [
        ("Only a friend, for 9 weeks", shown.steps[0].step.pk),
        ("Then no one", shown.steps[0].step.pk),
    ]
    assert [wish.words for wish in shown.wishes] == ["More of a friend"]


def test_a_title_without_the_name_is_found_by_it_no_more(told: Story, teller: Person) -> None:
    first = verbs.agree(told, by=teller, at=AT)
    the_list(told, teller)
    assert Leaf.objects.filter(version=first).exists()
    redact(told, teller)
    assert not Leaf.objects.filter(version=first).exists(), "it still said “How Tone helped”"


def test_the_old_version_stays_as_it_was_with_its_own_yeses(
    told: Story, teller: Person, circle: Circle, organiser: Person
) -> None:
    old = verbs.agree(told, by=teller, at=AT)
    consenting.say_yes(old, by=teller, use=Use.READ, circle=circle, at=AT, until=MONTH)
    the_list(told, teller)
    new = redact(told, teller)
    verbs.agree(told, by=teller, at=AT)
    shown = show_whole(Version.objects.get(pk=old.pk), viewer=teller, use=Use.READ, at=AT)
    assert shown is not None
    assert "Tone came" in shown.text
    assert rules.may(organiser, Use.READ, old, AT)
    assert not new.consents.exists(), "nothing is carried over silently"
    assert not rules.may(organiser, Use.READ, newest(told), AT)


def test_nothing_to_change_leaves_the_version_and_its_agreement(version: Version, teller: Person) -> None:
    assert not was_read(version)
    read_every_line(version)
    assert was_read(version)
    assert version.story.versions.count() == 1
    assert not ReadLine.objects.exists(), "drafts are not kept"


def test_a_helper_renames_no_agreed_words_while_the_next_version_is_told(
    version: Version, teller: Person, organiser: Person
) -> None:
    """The old version is open to others, and its title shows on it."""
    helpers = Circle.objects.create(name="helpers", kind=Circle.Kind.HELPERS)
    people.join(circle=helpers, person=organiser, at=AT)
    Story.objects.filter(pk=version.story_id).update(helpers=helpers)
    story, helper = Story.objects.get(pk=version.story_id), Person.objects.get(pk=organiser.pk)
    verbs.begin_version(story, by=teller, at=AT)
    before = (bytes(story.title_sealed), bytes(story.name_sealed))
    for said in ({"title": "How Tone helped"}, {"chosen_name": "Antonia Reed"}):
        with pytest.raises(TitleStands):
            verbs.call_it(story, by=helper, **said)
    story.refresh_from_db()
    assert (bytes(story.title_sealed), bytes(story.name_sealed)) == before
    verbs.write(story, by=helper, text="She writes for him still.", at=AT)
    verbs.call_it(story, by=teller, title="How Tone helped")


def test_whoever_writes_for_the_teller_may_redact_and_only_the_teller_agrees(
    told: Story, teller: Person, organiser: Person, partner: Person
) -> None:
    helpers = Circle.objects.create(name="helpers", kind=Circle.Kind.HELPERS)
    people.join(circle=helpers, person=organiser, at=AT)
    Story.objects.filter(pk=told.pk).update(helpers=helpers)
    story, helper = Story.objects.get(pk=told.pk), Person.objects.get(pk=organiser.pk)
    with pytest.raises(verbs.NotYourStory):
        redacting.name_somebody(story, by=partner, forms=["Tone"], kind="friend")
    assert showing.opened(newest(story), by=partner, at=AT) is None
    the_list(story, helper)
    assert showing.names_of(story, by=partner) == []
    new = redact(story, helper)
    with pytest.raises(verbs.NotYourStory):
        verbs.agree(story, by=helper, at=AT)
    verbs.agree(story, by=teller, at=AT)
    assert showing.names_of(story, by=helper) == [], "agreed words, and who is in them, are the teller's"
    with pytest.raises(verbs.NotYourStory):
        redacting.read_lines(newest(story), by=helper, at=AT, mark="", lines={0: "x"})
    assert was_read(new)


def test_a_helper_cannot_change_the_title_of_agreed_words(
    told: Story, teller: Person, organiser: Person
) -> None:
    helpers = Circle.objects.create(name="helpers", kind=Circle.Kind.HELPERS)
    people.join(circle=helpers, person=organiser, at=AT)
    Story.objects.filter(pk=told.pk).update(helpers=helpers)
    helper = Person.objects.get(pk=organiser.pk)
    verbs.agree(told, by=teller, at=AT)
    verbs.begin_version(told, by=teller, at=AT)
    told = Story.objects.get(pk=told.pk)
    the_list(told, teller)
    with pytest.raises(redacting.TitleIsTheTellers):
        redact(told, helper)
    assert told.versions.count() == 2
    assert redact(told, teller).number == 3


@pytest.mark.parametrize(
    ("forms", "called", "refused"),
    [
        (["  ", "\u200b"], "", redacting.NoName),
        (["..."], "", redacting.NoName),
        (["Maz"], "Maz's mate", redacting.StillGivesAway),
        (["Maz"], "Tone's mate", redacting.StillGivesAway),
        (["friend"], "somebody", redacting.StillGivesAway),
    ],
)
def test_a_name_that_finds_nobody_or_gives_somebody_away_is_refused(
    forms: list[str], called: str, refused: type[Exception], told: Story, teller: Person
) -> None:
    the_list(told, teller)
    with pytest.raises(refused):
        redacting.name_somebody(told, by=teller, forms=forms, kind="friend", called=called)
    assert Named.objects.count() == 2


def test_the_list_has_an_end(told: Story, teller: Person, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(redacting, "MOST_NAMES", 2)
    the_list(told, teller)
    with pytest.raises(redacting.TooManyNames):
        redacting.name_somebody(told, by=teller, forms=["Maz"], kind="friend")


def test_a_line_too_long_is_refused_and_hidden_characters_do_not_pass(told: Story, teller: Person) -> None:
    whole, lines = as_proposed(told, teller)
    with pytest.raises(verbs.TooLong):
        redacting.read_lines(whole.version, by=teller, at=AT, mark=whole.mark, lines={0: "x" * 2001})
    lines[0] = "\u202eHow\x00 it\nwent\u200b"
    redacting.read_lines(whole.version, by=teller, at=AT, mark=whole.mark, lines={**lines, 999: "no line"})
    assert showing.read_so_far(whole.version, mark=whole.mark, by=teller)[0] == "How it went"
    assert ReadLine.objects.count() == len(lines)


def test_names_and_lines_are_sealed_and_go_with_the_story(
    told: Story, teller: Person, caplog: pytest.LogCaptureFixture, django_capture_on_commit_callbacks: object
) -> None:
    caplog.set_level(logging.DEBUG)
    the_list(told, teller)
    whole, lines = as_proposed(told, teller)
    redacting.read_lines(whole.version, by=teller, at=AT, mark=whole.mark, lines=lines)
    with connection.cursor() as cursor:
        for table in ("stories_named", "stories_readthrough", "stories_readline"):
            cursor.execute(f"select * from {table}")  # noqa: S608 - our own names
            rows = cursor.fetchall()
            assert rows
            assert b"friend" not in b"".join(
                bytes(str(cell), "utf-8") if not isinstance(cell, bytes) else cell
                for row in rows
                for cell in row
            )
    assert "Tone" not in caplog.text
    assert "friend" not in caplog.text
    one, two = Named.objects.all()
    Named.objects.filter(pk=one.pk).update(entry_sealed=bytes(two.entry_sealed))
    with pytest.raises(keys.Spoilt):
        showing.names_of(told, by=teller)
    consenting.take_back(told, by=teller, at=AT)
    with pytest.raises(verbs.TakenBack):
        redacting.forget_name(one, by=teller)
    consenting.destroy(told, at=AT)
    assert not Named.objects.exists()
    assert not ReadThrough.objects.exists()
    assert not ReadLine.objects.exists()
