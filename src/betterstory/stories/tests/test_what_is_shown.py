"""Under which name it is shown, what a picture leaves out, and what is locked: asked of whoever shows it."""

from collections.abc import Callable
from datetime import timedelta
from typing import Any

import pytest

from betterstory.people import keys
from betterstory.people.models import Body, Circle, Person, Post, Role
from betterstory.places.models import Neighbourhood
from betterstory.stories import acting, consenting, facts, rules, sealing, showing, verbs
from betterstory.stories.models import Audience, Form, Gap, Piece, Step, Story, Use, Version
from betterstory.stories.models.story import NotOpened
from betterstory.stories.tests.conftest import MONTH, again, pieces_of
from conftest import AT

NAMES = [(Form.OWN_NAME, "Sam"), (Form.CHOSEN_NAME, "Robin"), (Form.NO_NAME, None)]


def say(version: Version, use: Use, circle: Circle, form: Form = Form.CHOSEN_NAME) -> None:
    teller = version.story.teller
    consenting.say_yes(version, by=teller, use=use, circle=circle, form=form, at=AT, until=MONTH)


@pytest.mark.parametrize(("form", "name"), NAMES)
def test_it_is_shown_under_the_name_that_was_said(
    form: Form, name: str | None, version: Version, circle: Circle
) -> None:
    say(version, Use.READ, circle, form)
    whole = showing.show_whole(again(version), viewer=circle, use=Use.READ, at=AT)
    assert whole is not None
    texts = showing.show_texts([again(version)], viewer=circle, use=Use.READ, at=AT, with_pieces=True)
    lines = showing.show_each(pieces_of(version), viewer=circle, use=Use.READ, at=AT)
    assert (whole.name, texts[version.pk].name, {line.name for line in lines.values()}) == (
        name,
        name,
        {name},
    )
    assert len(texts[version.pk].pieces) == 5
    assert all(each.leaves_a_mark for each in lines.values())


@pytest.mark.parametrize("first", [Form.OWN_NAME, Form.NO_NAME])
def test_of_two_yeses_the_more_careful_name_holds(first: Form, version: Version, circle: Circle) -> None:
    for form in (first, Form.CHOSEN_NAME):
        say(version, Use.READ, circle, form)
    careful = Form.NO_NAME if first == Form.NO_NAME else Form.CHOSEN_NAME
    assert rules.form_of_whole(circle, Use.READ, again(version), AT) == careful


def test_a_yes_to_the_picture_shows_no_word_around_it_no_date_and_no_wish(
    version: Version, circle: Circle
) -> None:
    say(version, Use.PICTURE, circle)
    whole = showing.show_whole(again(version), viewer=circle, use=Use.PICTURE, at=AT)
    assert whole is not None
    assert (whole.text, whole.paragraphs, whole.wishes) == ("", [], ())
    assert {step.when for step in whole.steps} == {""}
    assert len(whole.steps) == 3
    assert showing.show_whole(again(version), viewer=circle, use=Use.READ, at=AT) is None


def test_a_shape_is_opened_only_of_what_is_shown(version: Version, circle: Circle) -> None:
    missed = Gap.objects.select_related("after").get(version=version).after
    consenting.say_yes(
        version,
        by=version.story.teller,
        use=Use.QUOTE,
        circle=circle,
        piece=version.pieces.get(pk=missed.pk),
        at=AT,
        until=MONTH,
    )
    pieces = list(Piece.objects.filter(version=version).select_related("version__story", "step", "gap"))
    shown = showing.show_each(pieces, viewer=circle, use=Use.QUOTE, at=AT)
    showing.open_shapes_of(shown.values())
    steps = {piece.pk: piece.step for piece in pieces if piece.kind == Piece.Kind.STEP}
    assert steps[missed.pk].opened.feeling == -2
    for shut in [step for pk, step in steps.items() if pk != missed.pk]:
        with pytest.raises(NotOpened):
            _ = shut.opened
    with pytest.raises(NotOpened):
        _ = next(piece.gap for piece in pieces if piece.kind == Piece.Kind.GAP).opened


def test_a_yes_to_the_voice_shows_no_word_by_any_way(version: Version, circle: Circle) -> None:
    say(version, Use.HEAR, circle)
    assert showing.show_texts([again(version)], viewer=circle, use=Use.HEAR, at=AT) == {}
    assert showing.show_whole(again(version), viewer=circle, use=Use.HEAR, at=AT) is None
    assert not any(
        each.is_shown
        for each in showing.show_each(pieces_of(version), viewer=circle, use=Use.HEAR, at=AT).values()
    )


def test_locked_a_title_says_so_and_nothing_else(version: Version, teller: Person) -> None:
    keys.keyring().site_file.unlink()
    told = Story.objects.prefetch_related("versions")
    assert showing.titles_for(told, viewer=teller, at=AT) == {version.story_id: str(showing.LOCKED)}


def test_looking_through_many_a_story_whose_key_is_gone_is_left_out_and_the_others_open(
    story: Story, version: Version, teller: Person, neighbourhood: Neighbourhood
) -> None:
    gone = verbs.begin(
        by=teller,
        teller=teller,
        neighbourhood=neighbourhood,
        title="Two",
        chosen_name="Robin",
        limits_heard=True,
        at=AT,
    )
    sealed = [(each.title_sealed, sealing.TITLE, each.uuid) for each in (story, gone)]
    assert sealing.open_what_opens(sealed) == ["The long way round", "Two"]
    keys.keyring().destroy(gone.key)
    assert sealing.open_what_opens(sealed) == ["The long way round", None]


def test_which_uses_are_open_to_somebody_and_none_of_a_quiet_story(
    version: Version, circle: Circle, teller: Person
) -> None:
    say(version, Use.READ, circle)
    say(version, Use.COUNT, circle)
    assert rules.uses_open_to(circle, again(version), AT) == {Use.READ, Use.COUNT}
    assert rules.uses_open_to(rules.ANYONE, again(version), AT) == set()
    assert list(rules.reached(circle, Use.READ, AT)) == [version.pk]
    assert list(rules.reached(circle, Use.QUOTE, AT)) == []
    consenting.pause(version.story, by=teller, at=AT)
    assert rules.uses_open_to(circle, again(version), AT) == set()


def test_nothing_of_a_destroyed_story_is_shown_to_its_teller_either(
    version: Version, story: Story, teller: Person
) -> None:
    assert [each.pk for each in facts.told_still()] == [version.pk]
    consenting.take_back(story, by=teller, at=AT, for_good_now=True)
    assert not rules.may(teller, Use.READ, again(version), AT)
    assert rules.may_each(teller, Use.READ, pieces_of(version), AT) == set()
    assert list(facts.told_still()) == []


@pytest.mark.parametrize("role", Role)
def test_who_works_with_what_was_told(role: Role, welcome: Callable[..., Person]) -> None:
    person = welcome("Somebody", role)
    works = role in (Role.ORGANISER, Role.STEWARD, Role.ANALYST)
    assert (acting.may_take_out(person), acting.may_keep_codebook(person)) == (works, works)


def test_who_stands_beside_a_step_is_somebody_its_teller_lets_read_it(
    version: Version, teller: Person, organiser: Person, circle: Circle
) -> None:
    assert not rules.may_stand_beside(organiser, version, AT)
    say(version, Use.READ, circle)
    assert rules.may_stand_beside(organiser, again(version), AT)
    assert not rules.may_stand_beside(teller, again(version), AT), "theirs already"


def test_a_yes_for_anyone_needs_every_line_read(version: Version, teller: Person) -> None:
    with pytest.raises(consenting.ReadEveryLine):
        consenting.say_yes(version, by=teller, use=Use.READ, audience=Audience.PUBLIC, at=AT, until=MONTH)
    assert not version.consents.exists()


def test_each_use_says_in_what_shape_it_is_shown() -> None:
    shapes = {use: use.shape for use in Use}
    assert {use for use, shape in shapes.items() if shape == "voice"} == {Use.READ_ALOUD, Use.HEAR}
    assert {use for use, shape in shapes.items() if shape == "picture"} == {Use.PREPARE, Use.PICTURE}
    assert [use for use, shape in shapes.items() if shape == "shape"] == [Use.COUNT]
    assert shapes[Use.READ] == "words"


def test_what_a_teller_did_not_size_says_nothing(version: Version, teller: Person) -> None:
    whole = showing.show_whole(again(version), viewer=teller, use=Use.READ, at=AT + timedelta(days=1))
    assert whole is not None
    assert {told.step.get_size_display() for told in whole.steps} == {""}
    assert {type(told.step) for told in whole.steps} == {Step}


def test_counting_a_line_is_asked_of_its_teller_too(version: Version, teller: Person) -> None:
    pieces = pieces_of(version)
    assert rules.may_each(teller, Use.READ, pieces, AT) == {piece.pk for piece in pieces}
    assert rules.may_each(teller, Use.COUNT, pieces, AT) == set()


def test_who_was_in_a_circle_that_ended_sees_nothing_by_it(
    version: Version, circle: Circle, organiser: Person
) -> None:
    say(version, Use.READ, circle)
    assert rules.may(organiser, Use.READ, again(version), AT)
    Circle.objects.filter(pk=circle.pk).update(ends_on=AT.date())
    assert rules.may(organiser, Use.READ, again(version), AT), "its last day counts"
    assert not rules.may(organiser, Use.READ, again(version), AT + timedelta(days=1))


def test_the_partnership_as_a_whole_is_shown_only_what_names_every_body(
    version: Version, teller: Person, hospital: Body
) -> None:
    Body.objects.create(name="Aldermouth Council")
    asks: dict[str, Any] = {"by": teller, "audience": Audience.PARTNERSHIP, "at": AT, "until": MONTH}
    consenting.say_yes(version, use=Use.READ, bodies=[hospital], **asks)
    assert not rules.may(rules.PARTNERS, Use.READ, again(version), AT)
    consenting.say_yes(version, use=Use.READ, **asks)
    assert rules.may(rules.PARTNERS, Use.READ, again(version), AT)


def test_a_post_alone_is_no_part_in_the_partnership(
    version: Version, teller: Person, resident: Person, partner: Person, hospital: Body
) -> None:
    Post.objects.create(body=hospital, title="Porter", holder=resident)
    consenting.say_yes(
        version, by=teller, use=Use.READ, audience=Audience.PARTNERSHIP, bodies=[hospital], at=AT, until=MONTH
    )
    assert rules.may(partner, Use.READ, again(version), AT)
    assert not rules.may(resident, Use.READ, again(version), AT)


def test_a_card_that_may_be_in_other_hands_changes_no_word(version: Version, teller: Person) -> None:
    assert acting.may_change(teller, again(version).story)
    Story.objects.update(held_at=AT)
    assert not acting.may_change(teller, again(version).story)
