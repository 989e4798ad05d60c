"""Ways through consent that few days take: each refusal, each way round, and what is left of a row."""

from datetime import timedelta

import pytest
from django.apps import apps
from django.db import models

from betterstory.people import keys
from betterstory.people.models import Circle, Person
from betterstory.stories import (
    consenting,
    ended,
    leaving,
    owing,
    reminding,
    rules,
    sealed_files,
    showing,
    speaking,
    verbs,
)
from betterstory.stories.models import (
    Act,
    Audience,
    Channel,
    Code,
    Consent,
    IfLost,
    Leaving,
    Speaker,
    Story,
    Use,
    Version,
)
from betterstory.stories.tests.conftest import MONTH, again, pieces_of
from conftest import AT, read_every_line

PHONE, FACE = Channel.PHONE, Channel.FACE_TO_FACE


def test_with_many_stories_at_once_each_still_needs_its_own_yes(
    version: Version, circle: Circle, read_yes: Consent, monkeypatch: pytest.MonkeyPatch
) -> None:
    """From five hundred on the yeses are read first: those of stories nobody asked about change nothing."""
    other = Version.objects.create(story=version.story, number=2, begun_at=AT, agreed_at=AT, text_sealed=b"")
    for many in (rules.MANY, 1):
        monkeypatch.setattr(rules, "MANY", many)
        assert rules.may_whole_each(circle, Use.READ, [again(version), again(other)], AT) == {version.pk}
        assert rules.may_whole_each(circle, Use.READ, [again(other)], AT) == set()


def test_a_card_that_may_be_in_other_hands_opens_nothing_new(
    version: Version, story: Story, teller: Person, resident: Person, circle: Circle
) -> None:
    Story.objects.filter(pk=story.pk).update(held_at=AT)
    now = again(version)
    with pytest.raises(consenting.ShutForNow):
        consenting.say_yes(now, by=teller, use=Use.READ, circle=circle, at=AT, until=MONTH)
    with pytest.raises(consenting.ShutForNow):
        consenting.tell_together(now.story, by=teller, other=resident, at=AT)
    with pytest.raises(verbs.NotYourStory):
        speaking.choose(now.story, by=teller, speaker=resident, at=AT)
    with pytest.raises(verbs.NotYourStory):
        reminding.wish_beforehand(now.story, by=teller, wish=IfLost.RUN)
    assert not Consent.objects.exists()
    assert not Speaker.objects.exists()
    assert again(version).story.second_teller is None
    assert again(version).story.if_lost != IfLost.RUN


def test_nobody_else_wishes_or_chooses_who_speaks_for_them(
    story: Story, teller: Person, resident: Person, organiser: Person
) -> None:
    with pytest.raises(verbs.NotYourStory):
        reminding.wish_beforehand(story, by=organiser, wish=IfLost.RUN)
    with pytest.raises(verbs.NotYourStory):
        speaking.choose(story, by=organiser, speaker=resident, at=AT)
    with pytest.raises(verbs.NotYourStory):
        speaking.choose(story, by=teller, speaker=teller, at=AT)  # nobody speaks for themselves
    assert not Speaker.objects.exists()


def test_what_was_said_by_phone_is_read_back_by_somebody_else_the_other_way(
    version: Version, teller: Person, steward: Person, organiser: Person, read_yes: Consent
) -> None:
    speaking.choose(version.story, by=teller, speaker=organiser, at=AT)
    act = speaking.act_for(version.story, by=organiser, kind=Act.Kind.PAUSE, how=PHONE, at=AT)
    for by, how in ((steward, PHONE), (organiser, FACE)):
        with pytest.raises(speaking.TheOtherWay):
            speaking.read_back(act, by=by, how=how, right=True, at=AT)
    act.refresh_from_db()
    assert act.read_back_at is None


def test_a_pause_that_the_teller_did_not_say_stays_and_ends_no_yes(
    version: Version, teller: Person, steward: Person, resident: Person, read_yes: Consent
) -> None:
    speaking.choose(version.story, by=teller, speaker=resident, at=AT)
    act = speaking.act_for(version.story, by=resident, kind=Act.Kind.PAUSE, how=PHONE, at=AT)
    speaking.read_back(act, by=steward, how=FACE, right=False, at=AT)
    read_yes.refresh_from_db()
    assert read_yes.ended_at is None
    assert again(version).story.paused_at == AT


def test_a_yes_said_for_one_of_two_waits_for_the_other_once_it_was_read_back(
    version: Version, teller: Person, partner: Person, steward: Person, resident: Person, circle: Circle
) -> None:
    consenting.tell_together(version.story, by=teller, other=partner, at=AT)
    speaking.choose(again(version).story, by=teller, speaker=resident, at=AT)
    act = speaking.act_for(
        again(version).story,
        by=resident,
        kind=Act.Kind.SAY_YES,
        how=PHONE,
        at=AT,
        version=again(version),
        use=Use.READ,
        circle=circle,
        until=MONTH,
    )
    speaking.read_back(act, by=steward, how=FACE, right=True, at=AT)
    yes = Consent.objects.get()
    assert yes.waits_for == partner
    assert not rules.may(circle, Use.READ, again(version), AT)
    consenting.say_yes_too(yes, by=partner, at=AT)
    assert rules.may(circle, Use.READ, again(version), AT)


def test_each_print_and_each_file_has_a_number_of_its_own(
    version: Version, teller: Person, organiser: Person, read_yes: Consent
) -> None:
    pieces = pieces_of(version)
    one, two = (leaving.note_copy(pieces, by=organiser, use=Use.REPORT, at=AT) for _copy in range(2))
    file = leaving.note_file(version, by=organiser, use=Use.REPORT, at=AT)
    assert len({one.number, two.number, file.number}) == 3
    assert (one.how, file.how) == (Leaving.How.PRINT, Leaving.How.EXPORT)
    assert set(leaving.leavings_of(version.story)) == {one, two, file}
    consenting.stop_everything(version.story, by=teller, at=AT)
    assert leaving.asked_of(organiser).count() == 3, "all three are asked back"


def test_a_print_that_holds_nothing_of_a_story_is_one_number_a_day(organiser: Person) -> None:
    one, two = (leaving.note_print([], by=organiser, use=Use.REPORT, at=AT) for _twice in range(2))
    assert one == two
    later = leaving.note_print([], by=organiser, use=Use.REPORT, at=AT + timedelta(days=1))
    assert later != one


def test_who_tells_a_teller_what_came_of_it_is_whoever_asked_or_the_team(
    version: Version, teller: Person, partner: Person, circle: Circle
) -> None:
    yes = consenting.say_yes(
        version, by=teller, use=Use.READ, circle=circle, at=AT, until=MONTH, asked_by=partner
    )
    owing.tell(yes, by=partner, words="We keep your place now.", at=AT)
    assert [words for _came, words in owing.told_to(version.story, viewer=teller)[yes.pk]] == [
        "We keep your place now."
    ]


def test_an_older_copy_of_the_database_brings_no_word_of_a_destroyed_story_back(
    version: Version, story: Story, teller: Person
) -> None:
    consenting.take_back(story, by=teller, at=AT, for_good_now=True)
    older = b"\x01" + b"sealed, from an older copy"
    Story.objects.filter(pk=story.pk).update(title_sealed=older)
    Version.objects.filter(pk=version.pk).update(text_sealed=older)
    consenting.destroy_those_due(at=AT)
    story.refresh_from_db()
    assert bytes(story.title_sealed) == bytes(again(version).text_sealed) == b""
    assert story.destroyed_at == AT, "the day it was destroyed stays that day"


@pytest.mark.django_db(transaction=True)
def test_trying_whether_stories_open_says_why_one_does_not(story: Story) -> None:
    told = Story.objects.prefetch_related("versions")
    assert showing.try_to_open(told) == {"open": 1}
    keys.keyring().destroy(story.key)
    assert showing.try_to_open(told) == {"key-gone": 1}


def test_where_nothing_was_ever_ended_there_is_nothing_to_apply(version: Version, read_yes: Consent) -> None:
    assert not ended.file().exists()
    assert ended.replay() == 0
    read_yes.refresh_from_db()
    assert read_yes.ended_at is None


def test_a_sealed_file_that_is_closed_twice_ends_once(story: Story) -> None:
    writing = sealed_files.Writing(story)
    writing.write(b"my own voice")
    writing.close()
    size = writing.path.stat().st_size
    writing.close()
    assert writing.path.stat().st_size == size


ROWS = [
    model for model in apps.get_app_config("stories").get_models() if model is not Code
]  # a code is no secret


@pytest.mark.parametrize("model", ROWS, ids=lambda each: each.__name__)
def test_a_row_in_a_report_of_an_error_holds_no_word_and_no_name(model: type[models.Model]) -> None:
    row = model(pk=7)
    shown_openly = {"kind", "use", "audience", "post", "how", "answer", "where"}  # a few words of our own
    for field in model._meta.concrete_fields:
        if isinstance(field, models.CharField | models.TextField) and field.name not in shown_openly:
            setattr(row, field.attname, "Harriet of the blue gate")
        if isinstance(field, models.BinaryField):
            setattr(row, field.attname, b"Harriet of the blue gate")
    assert "Harriet" not in f"{row} {row!r}"
    assert str(row).strip()


def test_two_days_before_anyone_sees_it_are_counted_for_the_open_web_too(
    version: Version, teller: Person
) -> None:
    read_every_line(version)
    consenting.say_yes(version, by=teller, use=Use.WEB, audience=Audience.PUBLIC, at=AT, until=MONTH)
    two_days = AT + timedelta(hours=48)
    assert not rules.may(rules.ANYONE, Use.WEB, again(version), two_days - timedelta(seconds=1))
    assert rules.may(rules.ANYONE, Use.WEB, again(version), two_days)


@pytest.mark.parametrize("parts", [0, 1, 3])
@pytest.mark.parametrize("more", [-1, 0, 1])
def test_how_long_a_sealed_file_is_is_known_beforehand(parts: int, more: int, story: Story) -> None:
    size = max(0, parts * sealed_files.PART + more)
    writing = sealed_files.Writing(story)
    writing.write(b"x" * size)
    writing.close()
    assert writing.path.stat().st_size == sealed_files.sealed_size(size)
