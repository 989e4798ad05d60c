"""Telling: the limits first, one's own words, steps, gaps and wishes, versions."""

from datetime import timedelta

import pytest

from betterstory.people import keys
from betterstory.people.models import Circle, Person, Role
from betterstory.places.models import Neighbourhood
from betterstory.stories import consenting, rules, showing, verbs
from betterstory.stories.models import Gap, Piece, Step, Story, Use, Version
from conftest import AT


def begin(
    teller: Person, neighbourhood: Neighbourhood, by: Person | None = None, *, heard: bool = True
) -> Story:
    return verbs.begin(
        by=by or teller,
        teller=teller,
        neighbourhood=neighbourhood,
        title="A title",
        chosen_name="Lark",
        limits_heard=heard,
        at=AT,
    )


def whole(story: Story, viewer: Person) -> showing.ShownStory:
    version = story.newest()
    version.story = story
    shown = showing.show_whole(version, viewer=viewer, use=Use.READ, at=AT)
    assert shown is not None
    return shown


def test_no_word_before_the_limits_are_heard(teller: Person, neighbourhood: Neighbourhood) -> None:
    with pytest.raises(verbs.LimitsFirst):
        begin(teller, neighbourhood, heard=False)
    assert not Story.objects.exists()


@pytest.mark.parametrize(
    "words",
    [
        "A&E <b>twice</b>",
        "“quoted” & 'so'",
        "🐕 walked the 🐕",
        "שלום, then عربى",
        "tab\tand\nlines",
        "ꙮ" * 500,
    ],
)
def test_words_come_back_as_they_were_told(words: str, teller: Person, neighbourhood: Neighbourhood) -> None:
    story = begin(teller, neighbourhood)
    verbs.write(story, by=teller, text=words, at=AT)
    verbs.add_step(story, by=teller, words=words)
    shown = whole(story, teller)
    assert (shown.text, shown.steps[0].words) == (words, words)


def test_a_very_long_story_fits_and_a_longer_one_is_refused(
    teller: Person, neighbourhood: Neighbourhood
) -> None:
    story = begin(teller, neighbourhood)
    verbs.write(story, by=teller, text="a" * verbs.LONGEST, at=AT)
    with pytest.raises(verbs.TooLong):
        verbs.write(story, by=teller, text="b" * (verbs.LONGEST + 1), at=AT)
    assert whole(story, teller).text == "a" * verbs.LONGEST, "what was told before is still there"


def test_no_word_lies_open_in_the_database(story: Story, teller: Person) -> None:
    rows: list[object] = [*Story.objects.values(), *Version.objects.values()]
    rows += [*Piece.objects.values(), *Step.objects.values(), *Gap.objects.values()]
    everything = repr(rows)
    for words in ("postman", "off the list", "The long way round", "Robin", "Back of the queue", "dog"):
        assert words not in everything
    assert whole(story, teller).name == "Robin", "and yet its teller reads it"


def test_whoever_writes_for_the_teller_sees_the_open_page_and_no_more(
    teller: Person, organiser: Person, partner: Person, neighbourhood: Neighbourhood
) -> None:
    story = begin(teller, neighbourhood, by=organiser)
    verbs.write(story, by=organiser, text="as she said it", at=AT)
    assert whole(story, organiser).text == "as she said it"
    assert not rules.may(partner, Use.READ, story.newest(), AT)
    version = verbs.agree(story, by=teller, at=AT)
    assert not rules.may(organiser, Use.READ, Version.objects.select_related("story").get(pk=version.pk), AT)


def test_only_the_teller_can_say_so_it_is(
    teller: Person, organiser: Person, neighbourhood: Neighbourhood
) -> None:
    story = begin(teller, neighbourhood, by=organiser)
    with pytest.raises(verbs.NotYourStory):
        verbs.agree(story, by=organiser, at=AT)
    assert story.newest().agreed_at is None


def test_nobody_else_can_add_to_a_story(
    teller: Person, partner: Person, neighbourhood: Neighbourhood
) -> None:
    story = begin(teller, neighbourhood)
    step = verbs.add_step(story, by=teller, words="I rang.")
    for change in (
        lambda: verbs.write(story, by=partner, text="no", at=AT),
        lambda: verbs.add_step(story, by=partner, words="no"),
        lambda: verbs.name_gap(story, by=partner, after=step, words="no", kind=Gap.GapKind.WAIT),
        lambda: verbs.remove(Piece.objects.select_related("version__story").get(pk=step.pk), by=partner),
        lambda: verbs.begin_version(story, by=partner, at=AT),
    ):
        with pytest.raises(verbs.NotYourStory):
            change()
    assert [told.words for told in whole(story, teller).steps] == ["I rang."]


def test_an_agreed_version_stays_as_it_is(story: Story, teller: Person) -> None:
    with pytest.raises(verbs.AlreadyAgreed):
        verbs.add_step(story, by=teller, words="one more thing")
    assert len(whole(story, teller).steps) == 3


def test_a_gap_stands_after_a_step_of_its_own_story(
    story: Story, teller: Person, neighbourhood: Neighbourhood
) -> None:
    other = begin(teller, neighbourhood)
    foreign = Step.objects.filter(version__story=story)[0]
    with pytest.raises(verbs.NoSuchStep):
        verbs.name_gap(other, by=teller, after=foreign, words="no one", kind=Gap.GapKind.WAIT)
    assert Gap.objects.count() == 1


def test_a_new_version_begins_with_all_that_was_told_and_shut_doors(
    story: Story, version: Version, teller: Person, circle: Circle, organiser: Person
) -> None:
    until = AT + timedelta(days=9)
    consenting.say_yes(version, by=teller, use=Use.READ, circle=circle, at=AT, until=until)
    before = whole(story, teller)
    new = verbs.begin_version(story, by=teller, at=AT)
    after = whole(story, teller)
    assert after.text == before.text
    assert [(told.words, told.step.feeling, told.step.rings) for told in after.steps] == [
        (told.words, told.step.feeling, told.step.rings) for told in before.steps
    ]
    assert [(words, gap.after.position) for gap, words in after.gaps] == [("Back of the queue, 17 weeks", 2)]
    assert [wish.words for wish in after.wishes] == [wish.words for wish in before.wishes]
    assert rules.may(organiser, Use.READ, version, AT), "the agreed one stays open"
    assert not rules.may(organiser, Use.READ, Version.objects.select_related("story").get(pk=new.pk), AT)


def test_beginning_a_version_twice_makes_one(story: Story, teller: Person) -> None:
    first = verbs.begin_version(story, by=teller, at=AT)
    assert verbs.begin_version(story, by=teller, at=AT).pk == first.pk
    assert story.versions.count() == 2


def test_words_moved_to_another_row_do_not_open(story: Story, teller: Person) -> None:
    one, two = Step.objects.filter(version__story=story).order_by("position")[:2]
    Piece.objects.filter(pk=one.pk).update(words_sealed=bytes(two.words_sealed))
    with pytest.raises(keys.Spoilt):
        whole(story, teller)


def test_an_organiser_who_is_no_helper_cannot_see_an_open_page(
    teller: Person, organiser: Person, neighbourhood: Neighbourhood
) -> None:
    story = begin(teller, neighbourhood)
    assert organiser.plays(Role.ORGANISER)
    assert showing.show_whole(story.newest(), viewer=organiser, use=Use.READ, at=AT) is None
