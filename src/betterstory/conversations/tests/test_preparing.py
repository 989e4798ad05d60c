"""Preparing a gathering: the day, the words to send, the calendar file, and what guests need."""

import re
from collections.abc import Callable
from datetime import timedelta
from typing import Any

import pytest
from django.test import Client
from hypothesis import example, given
from hypothesis import strategies as st

from betterstory.conversations import calendar_file, guest_care, text_message, verbs
from betterstory.conversations.balance import say_rings
from betterstory.conversations.models import Gathering, Guest, GuestCare, RunSheet, Side
from betterstory.conversations.verbs import DayIsPast, NotKeptAnyMore, TooManyLetters
from betterstory.people.keys import keyring
from betterstory.people.models import Circle, Person, Ring
from betterstory.people.verbs import NotYours
from betterstory.places.models import Round
from betterstory.stories import consenting
from betterstory.stories.models import Consent, Story, Use, Version
from conftest import AT

Send = Callable[..., Any]
Browser = Callable[[Person], Client]
NEED = "A ramp, and somebody to sit beside me."


def ask(gathering: Gathering, by: Person, name: str = "Ivy", **more: Any) -> Guest:
    told = {"side": Side.RESIDENT, "ring": Ring.COMMUNITY} | more
    return verbs.ask_guest(gathering, first_name=name, by=by, **told)


def test_a_day_in_the_past_is_put_right(round_: Round, organiser: Person, send: Send) -> None:
    told = {"kind": "hearing", "title": "Hearing", "day": "2026-07-05", "time": "18:00", "where": "The hall"}
    answer = send(organiser, "call", round_.pk, fields=told)
    assert answer.status_code == 422
    assert "That day and time are past." in answer.content.decode()
    assert 'value="The hall"' in answer.content.decode()
    assert not Gathering.objects.exists()
    assert not Circle.objects.exists()


def form_of(gathering: Gathering, **more: Any) -> dict[str, Any]:
    edition = RunSheet.objects.get(gathering=gathering).edition
    told = {"day": "2026-07-14", "time": "13:00", "where": "St Brannoc’s hall", "edition": edition}
    return told | more


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


def test_it_is_said_by_whom_somebody_is_asked_and_from_which_ring(
    gathering: Gathering, organiser: Person, steward: Person, signed_in_client: Browser
) -> None:
    ask(gathering, organiser)
    ask(gathering, steward, "Helen", side=Side.SERVICE, ring=Ring.LOCAL_SERVICES)
    no = ask(gathering, steward, "Femi", ring=Ring.FAMILY)
    verbs.reply(no, reply=Guest.Reply.NOT_COMING, by=steward, at=AT)
    page = signed_in_client(organiser).get(f"/conversations/{gathering.pk}/guests/").content.decode()
    assert ("Asked by Nasreen." in page, "Asked by Bea." in page) == (True, True)
    assert say_rings(gathering.guests.all()) == [
        "family: 0",
        "friends and neighbours: 0",
        "community: 1",
        "shops and work: 0",
        "local services: 1",
        "hospital and crisis: 0",
    ]


LETTERS = [
    ("a" * 160, 160, 160, ""),
    ("a" * 161, 161, 160, ""),
    ("€" * 80, 160, 160, ""),
    ("St Brannoc’s", 12, 70, "’"),
    ("🐕", 2, 70, "🐕"),
    ("", 0, 160, ""),
    ("é{", 3, 160, ""),
]


@pytest.mark.parametrize(("words", "many", "most", "odd"), LETTERS)
def test_letters_are_counted_as_a_phone_counts(words: str, many: int, most: int, odd: str) -> None:
    assert text_message.weigh(words) == text_message.Weighed(many, most, odd)


@pytest.mark.parametrize("words", ["a" * 161, "€" * 81, "’" * 71])
def test_more_than_one_text_message_is_said_and_not_kept(
    words: str, gathering: Gathering, organiser: Person, send: Send
) -> None:
    with pytest.raises(TooManyLetters):
        verbs.keep_text_message(gathering, words=words, by=organiser)
    answer = send(organiser, "words", gathering.pk, words=words)
    assert answer.status_code == 422
    assert "too long for one text message" in answer.content.decode()
    assert f"{words}</textarea>" in answer.content.decode()
    assert RunSheet.objects.get().text_message == ""


@given(
    where=st.text(min_size=1, max_size=200),
    phone=st.sampled_from(["", "01632 960 147", "ring Nasreen at " * 2]),
)
def test_the_words_to_begin_from_always_fit(where: str, phone: str) -> None:
    weighed = text_message.weigh(text_message.compose(Gathering(at=AT, where=where), phone=phone))
    assert weighed.many <= weighed.most


def test_the_text_message_is_plain_enough_for_every_phone(gathering: Gathering) -> None:
    words = text_message.compose(gathering, phone="01632 960 147")
    assert words == (
        "Come and sit with us: Tue 14 Jul, 13:00, St Brannoc's hall. Tea, and a chair for you."
        " Need a lift? Ring 01632 960 147"
    )


def unfolded(made: str) -> list[str]:
    return made.replace("\r\n ", "").removesuffix("\r\n").split("\r\n")


def test_the_calendar_file_has_the_day_the_place_and_no_name_of_anybody(
    gathering: Gathering, organiser: Person, resident: Person, signed_in_client: Browser, send: Send
) -> None:
    ask(gathering, organiser, "Maureen")
    Gathering.objects.filter(pk=gathering.pk).update(title="Hearing Maureen’s story")
    send(organiser, "prepare", gathering.pk, fields=form_of(gathering, access="No steps; a loop, tea"))
    answer = signed_in_client(resident).get(f"/conversations/{gathering.pk}/gathering.ics")
    assert answer["Content-Type"] == "text/calendar; charset=utf-8"
    made = answer.content.decode()
    assert [name for name in ("Maureen", "Nasreen", "ATTENDEE", "ORGANIZER") if name in made] == []
    lines = unfolded(made)
    assert (lines[0], lines[-1]) == ("BEGIN:VCALENDAR", "END:VCALENDAR")
    assert "DTSTART:20260714T120000Z" in lines
    assert "LOCATION:St Brannoc’s hall" in lines
    assert "DESCRIPTION:No steps\\; a loop\\, tea" in lines
    ends = next(line for line in lines if line.startswith("DTEND"))
    minutes = sum(turn.minutes for turn in gathering.turns.all())
    assert ends == f"DTEND:{calendar_file.moment(gathering.at + timedelta(minutes=minutes))}"


def test_its_uid_stays_and_its_sequence_grows(
    gathering: Gathering, organiser: Person, signed_in_client: Browser, send: Send
) -> None:
    browser = signed_in_client(organiser)

    def told() -> dict[str, str]:
        made = browser.get(f"/conversations/{gathering.pk}/gathering.ics").content.decode()
        return dict(line.split(":", 1) for line in unfolded(made))

    before = told()
    send(organiser, "prepare", gathering.pk, fields=form_of(gathering, day="2026-07-21"))
    after = told()
    assert before["UID"] == after["UID"]
    assert (before["SEQUENCE"], after["SEQUENCE"]) == ("0", "1")
    assert before["DTSTART"] != after["DTSTART"]


@given(words=st.text(max_size=300))
@example(words="a" * 300)
@example(words="é, " * 90)
def test_lines_are_folded_and_escaped_whatever_is_written(words: str) -> None:
    """RFC 5545 3.1 and 3.3.11: at most 75 octets a line, no letter cut; read again, the same words."""
    words = words.encode("utf-8", "replace").decode()
    line = f"LOCATION:{calendar_file.escaped(words)}"
    made = calendar_file.folded(line)
    assert all(len(part.encode()) <= 75 for part in made.split("\r\n"))
    assert made.replace("\r\n ", "") == line
    assert not re.search(r"[\r\n]", line), "no line of its own"
    back = re.sub(
        r"\\(.)", lambda found: "\n" if found[1] == "n" else found[1], line.removeprefix("LOCATION:")
    )
    kept = re.sub(r"\r\n?", "\n", words)
    assert back == "".join(c for c in kept if c == "\n" or (c >= " " and c != "\x7f"))


def test_a_place_cannot_smuggle_in_a_line_of_its_own(gathering: Gathering) -> None:
    gathering.where = "The hall\r\nATTENDEE:mailto:ivy@example.org"
    made = calendar_file.write(gathering, RunSheet.objects.get(), minutes=60)
    assert not [line for line in unfolded(made) if line.startswith("ATTENDEE")]


def test_the_letter_says_how_to_get_in(
    gathering: Gathering, organiser: Person, send: Send, signed_in_client: Browser
) -> None:
    send(organiser, "prepare", gathering.pk, fields=form_of(gathering, access="No steps.", fares="We pay."))
    page = signed_in_client(organiser).get(f"/conversations/{gathering.pk}/words/").content.decode()
    assert "No steps." in page
    assert "Fares: We pay." in page
    assert "mailto:?subject=Come%20and%20sit%20with%20us&amp;body=Come%20and%20sit" in page


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
