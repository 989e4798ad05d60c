"""Preparing a gathering: its day and place, the story that is heard, and what guests need."""

from datetime import timedelta

import pytest

from betterstory.conversations import guest_care, verbs
from betterstory.conversations.models import Gathering, Guest, GuestCare, RunSheet
from betterstory.conversations.tests._preparing import Browser, Send, ask, form_of
from betterstory.conversations.verbs import DayIsPast, NotKeptAnyMore
from betterstory.people.keys import keyring
from betterstory.people.models import Circle, Person
from betterstory.people.verbs import NotYours
from betterstory.places.models import Round
from betterstory.stories import consenting
from betterstory.stories.models import Consent, Story, Use, Version
from conftest import AT

NEED = "A ramp, and somebody to sit beside me."


def test_a_day_in_the_past_is_put_right(round_: Round, organiser: Person, send: Send) -> None:
    told = {"kind": "hearing", "title": "Hearing", "day": "2026-07-05", "time": "18:00", "where": "The hall"}
    answer = send(organiser, "call", round_.pk, fields=told)
    assert answer.status_code == 422
    assert "That day and time are past." in answer.content.decode()
    assert 'value="The hall"' in answer.content.decode()
    assert not Gathering.objects.exists()
    assert not Circle.objects.exists()


def test_what_was_prepared_is_kept_and_read_by_guests(
    gathering: Gathering, organiser: Person, resident: Person, send: Send, signed_in_client: Browser
) -> None:
    told = form_of(
        gathering, access="No steps. A hearing loop.", interpreters="BSL", fares="We pay your bus."
    )
    assert send(organiser, "prepare", gathering.pk, fields=told).status_code == 302
    page = signed_in_client(resident).get(f"/conversations/{gathering.pk}/").content.decode()
    assert [
        words for words in ("No steps. A hearing loop.", "BSL", "We pay your bus.") if words not in page
    ] == []


def test_it_moves_to_another_day_and_not_to_one_that_is_past(
    gathering: Gathering, organiser: Person, send: Send
) -> None:
    assert (
        send(organiser, "prepare", gathering.pk, fields=form_of(gathering, day="2026-07-21")).status_code
        == 302
    )
    gathering = Gathering.objects.select_related("circle").get(pk=gathering.pk)
    assert gathering.at.isoformat() == "2026-07-21T12:00:00+00:00"
    assert (str(gathering.circle.meets_on), gathering.circle.name) == ("2026-07-21", "Making sense, 21 July")
    answer = send(organiser, "prepare", gathering.pk, fields=form_of(gathering, day="2026-07-01"))
    assert answer.status_code == 422
    assert "That day and time are past." in answer.content.decode()
    gathering.refresh_from_db()
    assert gathering.at.isoformat() == "2026-07-21T12:00:00+00:00"


def test_what_is_already_past_can_still_be_put_right_but_for_its_day(
    gathering: Gathering, organiser: Person
) -> None:
    told = verbs.Prepared(when=gathering.at, where="The other hall")
    verbs.prepare(gathering, told, by=organiser, at=gathering.at + timedelta(days=3), edition=1)
    gathering.refresh_from_db()
    assert gathering.where == "The other hall"


def test_a_gathering_that_comes_sooner_shortens_what_was_for_it(
    gathering: Gathering, organiser: Person, version: Version, teller: Person
) -> None:
    room, year = gathering.circle, AT + timedelta(days=360)
    for use in (Use.READ_ALOUD, Use.QUOTE):
        consenting.say_yes(version, by=teller, use=use, circle=room, at=AT, until=year)
    before = Consent.objects.get(use=Use.READ_ALOUD).until
    verbs.prepare(
        gathering,
        verbs.Prepared(when=gathering.at - timedelta(days=5), where="x"),
        by=organiser,
        at=AT,
        edition=1,
    )
    assert Consent.objects.get(use=Use.READ_ALOUD).until == before - timedelta(days=5)
    assert Consent.objects.get(use=Use.QUOTE).until == year, "only what is for the evening itself"
    verbs.prepare(
        gathering,
        verbs.Prepared(when=gathering.at + timedelta(days=9), where="x"),
        by=organiser,
        at=AT,
        edition=2,
    )
    assert Consent.objects.get(use=Use.READ_ALOUD).until == before - timedelta(days=5), "none becomes longer"


def test_a_story_is_offered_where_its_title_may_be_seen(
    gathering: Gathering,
    organiser: Person,
    story: Story,
    version: Version,
    teller: Person,
    signed_in_client: Browser,
) -> None:
    browser, address = signed_in_client(organiser), f"/conversations/{gathering.pk}/prepare/"
    assert "The long way round" not in browser.get(address).content.decode()
    until = AT + timedelta(days=30)
    consenting.say_yes(version, by=teller, use=Use.READ, circle=gathering.circle, at=AT, until=until)
    assert "The long way round" in browser.get(address).content.decode()


def test_a_story_of_elsewhere_is_not_heard_here(
    gathering: Gathering, organiser: Person, story: Story
) -> None:
    from betterstory.places import verbs as places  # noqa: PLC0415 - this test alone needs another neighbourhood

    other = places.name_neighbourhood(name="Lock Side", by=organiser)
    Story.objects.filter(pk=story.pk).update(neighbourhood=other)
    story.refresh_from_db()
    with pytest.raises(NotYours):
        verbs.prepare(
            gathering,
            verbs.Prepared(when=gathering.at, where="x", story=story),
            by=organiser,
            at=AT,
            edition=1,
        )
    assert RunSheet.objects.get().story is None


def test_what_a_guest_needs_is_sealed_and_read_by_two(
    gathering: Gathering,
    organiser: Person,
    resident: Person,
    partner: Person,
    send: Send,
    signed_in_client: Browser,
) -> None:
    guest = ask(gathering, organiser, "Lynda", person=resident)
    verbs.reply(guest, reply=Guest.Reply.COMING, by=resident, at=AT)
    other = ask(gathering, organiser, "Helen", person=partner)
    verbs.reply(other, reply=Guest.Reply.COMING, by=partner, at=AT)
    assert send(resident, "needs", guest.pk, words=NEED).status_code == 302
    address = f"/conversations/guests/{guest.pk}/needs/"
    assert NEED in signed_in_client(resident).get(address).content.decode()
    assert NEED in signed_in_client(organiser).get(address).content.decode()
    assert signed_in_client(partner).get(address).status_code == 403
    assert guest_care.cared_for([guest], viewer=partner) == []
    assert send(partner, "needs", guest.pk, words="x").status_code == 403
    kept = bytes(GuestCare.objects.get().needs_sealed)
    assert kept
    assert b"ramp" not in kept


def test_needs_are_wiped_two_weeks_after_and_their_key_with_them(
    gathering: Gathering, organiser: Person
) -> None:
    guest = ask(gathering, organiser)
    verbs.say_needs(guest, words=NEED, by=organiser, at=AT)
    key, copy = RunSheet.objects.get().key, bytes(GuestCare.objects.get().needs_sealed)
    assert key is not None
    last = gathering.at + timedelta(days=14)
    assert verbs.forget_needs_due(at=last) == 0
    assert guest_care.cared_for([guest], viewer=organiser)[0].needs == NEED
    assert verbs.forget_needs_due(at=last + timedelta(minutes=1)) == 1
    assert guest_care.cared_for([guest], viewer=organiser)[0].needs == ""
    assert bytes(GuestCare.objects.get().needs_sealed) == b""
    assert verbs.forget_needs_due(at=last + timedelta(days=1)) == 0, "safe to run again"
    with pytest.raises(NotKeptAnyMore):
        verbs.say_needs(guest, words=NEED, by=organiser, at=last + timedelta(minutes=1))
    assert copy


@pytest.mark.django_db(transaction=True)
def test_an_old_copy_of_needs_does_not_open_any_more(gathering: Gathering, organiser: Person) -> None:
    guest = ask(gathering, organiser)
    verbs.say_needs(guest, words=NEED, by=organiser, at=AT)
    key = RunSheet.objects.get().key
    assert key is not None
    assert keyring().holds(key)
    verbs.forget_needs_due(at=gathering.at + timedelta(days=15))
    assert not keyring().holds(key)


def test_a_past_day_is_refused_by_the_verb_too(round_: Round, organiser: Person) -> None:
    with pytest.raises(DayIsPast):
        verbs.call_gathering(
            round=round_,
            kind=Gathering.Kind.HEARING,
            title="x",
            when=AT - timedelta(minutes=1),
            where="x",
            by=organiser,
            at=AT,
        )
    assert not Circle.objects.exists()
