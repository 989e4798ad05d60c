"""What goes out to those who are asked: the text message, the letter and the calendar file."""

import re
from datetime import timedelta

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from betterstory.conversations import calendar_file, text_message, verbs
from betterstory.conversations.balance import say_rings
from betterstory.conversations.models import Gathering, Guest, RunSheet, Side
from betterstory.conversations.tests._preparing import Browser, Send, ask, form_of
from betterstory.conversations.verbs import TooManyLetters
from betterstory.people.models import Person, Ring
from conftest import AT


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
