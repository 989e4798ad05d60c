"""The teller's own page and each door on it, tap by tap: what it does, what it says, who finds it."""

import re
from datetime import timedelta
from typing import Any

import pytest
from django.test import Client
from django.utils import timezone

from betterstory.people import verbs as people
from betterstory.people.keys import copied, keyring
from betterstory.people.models import Circle, Membership, Person
from betterstory.stories import checking, consenting, reminding, speaking, verbs
from betterstory.stories.models import Consent, Form, IfLost, Other, SecondWord, Speaker, Story, Use, Version
from betterstory.stories.tests._doors import SignIn, may_read, url
from betterstory.stories.tests.conftest import again
from betterstory.stories.tests.test_pages import open_for, post, text
from conftest import AT

__all__ = ["url"]


@pytest.fixture
def opened(version: Version, circle: Circle) -> Version:
    """Open to read for the room, as a browser's clock has it."""
    open_for(version, circle, Use.READ)
    return again(version)


def test_every_door_shuts_in_two_taps_and_the_browser_forgets(
    opened: Version, circle: Circle, sam: Client, url: str
) -> None:
    yes = Consent.objects.get()
    for door in (f"stop/{yes.pk}/", "pause/", "stop-everything/", "take-back/"):
        assert url + door in text(sam.get(f"{url}mine/")), door
        assert may_read(circle, opened)
        assert sam.get(url + door).status_code == 200
        assert may_read(circle, opened), "the first tap changes nothing"
    answer = post(sam, f"{url}stop-everything/")
    assert answer["Clear-Site-Data"] == '"cache"'
    assert not may_read(circle, opened)


def test_a_door_shuts_with_its_circle_though_the_yes_would_run_on(
    opened: Version, circle: Circle, sam: Client, url: str
) -> None:
    today, stop = timezone.localdate(), f"{url}stop/{Consent.objects.get().pk}/"
    Consent.objects.update(until=timezone.now() + timedelta(days=9))
    for ends_on, is_open in ((today, True), (today - timedelta(days=1), False)):
        Circle.objects.filter(pk=circle.pk).update(ends_on=ends_on)
        assert may_read(Circle.objects.get(pk=circle.pk), opened) is is_open
        page = text(sam.get(f"{url}mine/"))
        assert (stop in page) is is_open
        assert ("Until " in page) is is_open, "it says no day on which nothing ends"
        assert ("It ends soon" in page) is is_open
        assert bool(reminding.ends_soon(at=timezone.now())) is is_open


def test_each_yes_stands_under_whom_it_is_for_and_what_is_shut_is_folded_away(
    opened: Version, circle: Circle, sam: Client, url: str, teller: Person
) -> None:
    until = timezone.now() + timedelta(days=9)
    for form, use in ((Form.NO_NAME, Use.QUOTE), (Form.CHOSEN_NAME, Use.PICTURE)):
        consenting.say_yes(
            opened, by=teller, use=use, circle=circle, at=timezone.now(), until=until, form=form
        )
    page = text(sam.get(f"{url}mine/"))
    assert page.count(f"<h3>For {circle.name}</h3>") == 1, "its name is said once"
    assert "shut-doors" not in page
    assert page.count("Under ") == 1, "a name is said where it is another than the chosen one"
    assert "Under no name" in page
    assert "Version 1" not in page, "the newest version goes without saying"
    consenting.stop(Consent.objects.get(use=Use.PICTURE), by=teller, at=timezone.now())
    open_part, folded = text(sam.get(f"{url}mine/")).split("<details", 1)
    assert "One that is shut now" in folded
    assert open_part.count("Stop this") == 2
    assert "Stop this" not in folded


def test_pause_until_a_day_pause_all_and_a_day_that_cannot_be(
    opened: Version, circle: Circle, sam: Client, url: str, teller: Person
) -> None:
    today = timezone.localdate()
    wrong = post(sam, f"{url}pause/", opens_on=today.isoformat())
    assert (wrong.status_code, may_read(circle, opened)) == (422, True)
    assert "Choose a day after today" in text(wrong)
    day = today + timedelta(days=3)
    post(sam, f"{url}pause/", opens_on=day.isoformat())
    assert again(opened).story.opens_on == day
    assert not may_read(circle, opened)
    post(sam, f"{url}open-again/")
    assert may_read(circle, opened)
    second = verbs.begin(
        by=teller,
        teller=teller,
        neighbourhood=opened.story.neighbourhood,
        title="Two",
        chosen_name="Robin",
        limits_heard=True,
        at=AT,
    )
    post(sam, f"{url}pause/", every="on")
    second.refresh_from_db()
    assert second.paused_at
    assert again(opened).story.paused_at


def test_taken_back_by_mistake_it_is_had_back_with_every_door_shut(
    opened: Version, circle: Circle, sam: Client, url: str
) -> None:
    post(sam, f"{url}take-back/", how="week")
    assert again(opened).story.taken_back_at
    assert f"{url}have-back/" in text(sam.get(f"{url}mine/"))
    post(sam, f"{url}have-back/")
    assert not again(opened).story.taken_back_at
    assert not may_read(circle, opened)


@pytest.mark.django_db(transaction=True)
@pytest.mark.parametrize(
    ("days", "said"),
    [
        (None, "No copy of the keys had been made"),
        (30, "Until then a copy of the keys"),
        (-1, "when the last copy of its key was thrown away"),
    ],
)
def test_destroyed_now_there_is_a_page_to_print_that_says_from_when_nobody_reads_it(
    days: int | None,
    said: str,
    opened: Version,
    sam: Client,
    url: str,
    organiser: Person,
    signed_in_client: SignIn,
) -> None:
    assert sam.get(f"{url}mine/gone/").status_code == 404, "it is there"
    now = timezone.now()
    if days is not None:
        copied.note(copied.KeyCopy(now - timedelta(days=9), now + timedelta(days=30)))
    post(sam, f"{url}take-back/", how="now")
    if days == -1:
        Story.objects.update(destroyed_at=now - timedelta(days=5))
        copied.file().unlink()
        copied.note(copied.KeyCopy(now - timedelta(days=9), now - timedelta(days=1)))
    assert not keyring().holds(opened.story.key)
    assert "This story is gone" in text(sam.get(f"{url}mine/"))
    page = text(sam.get(f"{url}mine/gone/"))
    assert said in page
    assert "3 moments" in page
    assert not re.search("snow|postman|long way|Robin", page)
    assert signed_in_client(organiser).get(f"{url}mine/gone/").status_code == 404


def test_who_writes_with_me_is_named_and_sent_away(
    story: Story, sam: Client, url: str, resident: Person, organiser: Person
) -> None:
    helpers = people.open_circle(name="helpers", kind=Circle.Kind.HELPERS)
    Membership.objects.create(circle=helpers, person=resident, joined_at=AT)
    Story.objects.filter(pk=story.pk).update(helpers=helpers)
    assert resident.name in text(sam.get(f"{url}mine/"))
    post(sam, f"{url}let-helpers-go/")
    assert not Membership.objects.filter(circle=helpers, left_at=None).exists()
    assert resident.name not in text(sam.get(f"{url}mine/"))


def test_after_a_found_card_the_second_word_opens_it_on_the_page(
    opened: Version, circle: Circle, teller: Person, organiser: Person, signed_in_client: SignIn, url: str
) -> None:
    checking.set_word(teller, word="Biscuit", at=AT)
    checking.card_may_be_found(teller, by=organiser, at=timezone.now())
    sam = signed_in_client(Person.objects.get(pk=teller.pk))
    assert post(sam, f"{url}open-again/", word="guess").status_code == 403
    assert not may_read(circle, opened)
    assert post(sam, f"{url}open-again/", word="biscuit").status_code == 302
    assert may_read(circle, opened)


def test_on_a_bad_day_the_card_and_the_helpers_go_too(
    opened: Version,
    circle: Circle,
    teller: Person,
    resident: Person,
    signed_in_client: SignIn,
    organiser: Person,
) -> None:
    speaking.choose(opened.story, by=teller, speaker=resident, at=AT)
    team = signed_in_client(organiser)
    assert "Whose stories?" in text(team.get("/stories/bad-day/"))
    told_nothing = post(team, "/stories/bad-day/", teller=organiser.pk)
    assert "told no story here" in text(team.get(told_nothing.url)), "a friend was chosen, not the teller"
    assert may_read(circle, opened)
    assert post(team, "/stories/bad-day/", teller="").status_code == 422
    assert may_read(circle, opened)
    post(team, "/stories/bad-day/", teller=teller.pk, also=["card", "helpers"])
    story = again(opened).story
    assert story.paused_by_team
    assert story.held_at
    assert not Speaker.objects.filter(ended_at=None).exists()


@pytest.mark.parametrize("also", ["card", "helpers", ""])
def test_on_a_bad_day_no_more_is_done_than_was_asked(
    also: str, opened: Version, teller: Person, resident: Person, signed_in_client: SignIn, organiser: Person
) -> None:
    speaking.choose(opened.story, by=teller, speaker=resident, at=AT)
    post(signed_in_client(organiser), "/stories/bad-day/", teller=teller.pk, also=[also] if also else [])
    assert bool(again(opened).story.held_at) is (also == "card")
    assert Speaker.objects.filter(ended_at=None).exists() is (also != "helpers")


SETTLED: dict[str, tuple[dict[str, Any], dict[str, Any]]] = {
    "word": ({"word-word": "Biscuit"}, {"word-word": "abc"}),
    "wishes": ({"wishes-if_lost": "take_back", "wishes-leaves_a_mark": "no"}, {"wishes-if_lost": "sell it"}),
    "speaker": ({"speaker-person": "resident"}, {"speaker-person": "teller"}),
    "together": ({"together-person": "resident"}, {"together-person": "teller"}),
    "named": (
        {"named-name": "Marek", "named-grown_up": "on", "named-said_yes": "on"},
        {"named-name": "Marek", "named-grown_up": "on"},
    ),
}


@pytest.mark.parametrize("do", SETTLED)
def test_each_thing_settled_beforehand_is_kept_or_refused_whole(
    do: str, story: Story, sam: Client, url: str, teller: Person, resident: Person
) -> None:
    people_ = {"teller": teller.pk, "resident": resident.pk}
    right, wrong = ({name: people_.get(value, value) for name, value in each.items()} for each in SETTLED[do])

    def kept() -> tuple[object, ...]:
        story.refresh_from_db()
        word = SecondWord.objects.filter(person=teller).exists()
        speaks = Speaker.objects.filter(person=resident).exists()
        return word, story.if_lost, story.leaves_a_mark, speaks, story.second_teller, Other.objects.count()

    before = kept()
    assert post(sam, f"{url}settled/", do=do, **wrong).status_code == 422
    assert post(sam, f"{url}settled/", do="something else", **right).status_code == 422
    assert kept() == before
    assert post(sam, f"{url}settled/", do=do, **right).status_code == 302
    assert [new for new, old in zip(kept(), before, strict=True) if new != old]
    assert sam.get(f"{url}settled/").status_code == 200


def test_a_found_card_settles_nothing(story: Story, sam: Client, url: str) -> None:
    Story.objects.update(held_at=AT)
    assert post(sam, f"{url}settled/", do="wishes", **SETTLED["wishes"][0]).status_code == 404
    story.refresh_from_db()
    assert story.if_lost == IfLost.SHUT


@pytest.mark.django_db(transaction=True)
def test_a_copy_to_keep_holds_every_version_and_is_the_tellers_alone(
    version: Version, sam: Client, url: str, teller: Person, organiser: Person, signed_in_client: SignIn
) -> None:
    answer = sam.get(f"{url}my-copy/")
    assert answer["Content-Type"] == "application/zip"
    assert signed_in_client(organiser).get(f"{url}my-copy/").status_code == 404
    consenting.take_back(version.story, by=teller, at=AT, for_good_now=True)
    assert sam.get(f"{url}my-copy/").status_code == 404


def test_what_is_open_stands_before_what_has_run_out(
    version: Version, circle: Circle, sam: Client, url: str
) -> None:
    open_for(version, circle, Use.PICTURE, Use.READ)
    ran_out = timezone.now() - timedelta(hours=1)
    Consent.objects.filter(use=Use.PICTURE).update(begins_at=ran_out - timedelta(days=9), until=ran_out)
    page = text(sam.get(f"{url}mine/"))
    assert page.index("Read my story") < page.index("See the picture of my journey")
