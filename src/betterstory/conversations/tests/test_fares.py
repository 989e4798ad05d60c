"""Thanks and fares: an amount in pounds, sealed, wiped once it was paid."""

from datetime import timedelta
from decimal import Decimal

import pytest

from betterstory.conversations import guest_care, verbs
from betterstory.conversations.models import Gathering, GuestCare
from betterstory.conversations.tests._after import NIGHT, Send, guest_of, night
from betterstory.conversations.verbs import (
    NoSuchFare,
    NotThatDay,
)
from betterstory.people import verbs as people
from betterstory.people.models import Person
from betterstory.people.verbs import NotYours
from betterstory.stories import photographs
from conftest import AT

__all__ = ["night"]  # fixtures that tests ask for by name

FARES = """
typed      taken
4.60       yes
           yes
200        yes
200.01     no
0          no
-3         no
4.605      no
sort 12-34 no
1e2        yes
NaN        no
"""


@pytest.mark.parametrize("row", FARES.strip("\n").splitlines()[1:])
def test_a_fare_is_an_amount_in_pounds_and_nothing_else(
    row: str, night: Gathering, organiser: Person, send: Send
) -> None:
    typed, taken = row[:11].strip(), row[11:].strip()
    guest = guest_of(night, organiser)
    answer = send(organiser, "thanks", guest.pk, fields={"do": "fare", "pounds": typed})
    assert answer.status_code == (302 if taken == "yes" else 422), answer.content.decode()[-3000:]
    paid = GuestCare.objects.exclude(fare_paid_on=None)
    assert paid.exists() == (taken == "yes")


def test_how_much_is_sealed_and_wiped_and_that_it_was_paid_stays(
    gathering: Gathering, organiser: Person, resident: Person
) -> None:
    guest, day = guest_of(gathering, organiser), gathering.at.date()
    verbs.pay_fare(guest, pounds=Decimal("4.60"), by=organiser, on=day, at=AT + NIGHT)
    assert guest_care.cared_for([guest], viewer=organiser)[0].fare == "4.60"
    assert b"4.60" not in bytes(GuestCare.objects.get().fare_sealed)
    verbs.forget_needs_due(at=gathering.at + timedelta(days=15))
    found = guest_care.cared_for([guest], viewer=organiser)[0]
    assert (found.fare, found.fare_paid_on) == ("", day)
    verbs.pay_fare(guest, pounds=Decimal(9), by=organiser, on=day, at=gathering.at + timedelta(days=15))
    assert guest_care.cared_for([guest], viewer=organiser)[0].fare == "", "kept no longer than it may be"
    with pytest.raises(NoSuchFare):
        verbs.pay_fare(guest, pounds=Decimal(0), by=organiser, on=day, at=AT + NIGHT)
    with pytest.raises(NotYours):
        verbs.pay_fare(guest, pounds=None, by=resident, on=day, at=AT + NIGHT)
    with pytest.raises(NotYours):
        verbs.thank(guest, by=resident, on=day)


def test_a_resident_does_none_of_it(
    night: Gathering, resident: Person, organiser: Person, send: Send
) -> None:
    guest = guest_of(night, organiser)
    answers = [
        send(resident, "afterwards", night.pk, fields={"do": "typed"}),
        send(resident, "thanks", guest.pk, fields={"do": "thank"}),
    ]
    assert [answer.status_code for answer in answers] == [403, 403]
    with pytest.raises(NotYours):
        verbs.say_typed(night, by=resident, at=AT + NIGHT)
    verbs.say_typed(night, by=organiser, at=AT + NIGHT)
    with pytest.raises(NotYours):
        verbs.say_read_back(night, on=night.at.date(), by=resident, at=AT + NIGHT)
    assert not GuestCare.objects.exists()


def test_the_note_taker_of_the_room_may_say_that_all_is_typed(gathering: Gathering, resident: Person) -> None:
    people.join(circle=gathering.circle, person=resident, at=AT)
    resident.read_again()
    assert verbs.say_typed(gathering, by=resident, at=AT + NIGHT).typed_by == resident


def test_not_a_day_is_not_that_day(gathering: Gathering, organiser: Person) -> None:
    verbs.say_typed(gathering, by=organiser, at=AT + NIGHT)
    with pytest.raises(NotThatDay):
        verbs.say_read_back(
            gathering, on=gathering.at.date() + timedelta(days=1), by=organiser, at=AT + NIGHT
        )


def test_no_word_and_no_name_is_in_the_log(
    gathering: Gathering, organiser: Person, caplog: pytest.LogCaptureFixture
) -> None:
    caplog.set_level("DEBUG")
    guest = guest_of(gathering, organiser, "Maureen")
    verbs.say_needs(guest, words="A ramp.", by=organiser, at=AT)
    verbs.pay_fare(guest, pounds=Decimal("4.60"), by=organiser, on=AT.date(), at=AT)
    verbs.keep_text_message(gathering, words="Come to the ramp", by=organiser)
    assert [word for word in ("Maureen", "ramp", "4.60", "Nasreen") if word in caplog.text] == []


def test_the_media_is_what_was_made(gathering: Gathering) -> None:
    assert photographs.MEDIA == "image/jpeg"
