"""Bringing a log on the page: its columns named in a form, nothing half kept."""

import uuid
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse

from betterstory.behind.models import Arrival, ContactLog
from betterstory.behind.tests._bringing import BRING, _nothing_is_left_on_its_way, ade, kept, sent

__all__ = ["_nothing_is_left_on_its_way", "ade"]  # fixtures that tests ask for by name


def named(**more: str) -> dict[str, str]:
    return {
        "name": "visits",
        "source": "the Talking Service",
        "cannot_see": "people who never asked",
        "person": "who",
        "activity": "what",
        "time": "when",
        "seq": "",
        "time_format": "",
        "until": "",
        **more,
    }


def test_a_log_is_brought_in_two_steps(ade: Client, settings: Any) -> None:
    answer = ade.post(BRING, sent(people=b"who,until\nP1,\nP2,2026-02-10\n"))
    arrival = Arrival.objects.get()
    there = reverse("behind:arrival", args=[arrival.uuid])
    assert answer.headers["Location"] == there
    page = ade.get(there).content.decode()
    assert '<option value="who"' in page
    assert '<option value="until" selected>' in page
    answer = ade.post(there, named(ends="until"))
    log = ContactLog.objects.get()
    assert answer.headers["Location"] == reverse("behind:log", args=[log.pk])
    assert (log.columns["person"], log.columns["ends"], log.activities) == (
        "who",
        "until",
        ["Letter", "Referral"],
    )
    assert len(kept(settings)) == 2
    shown = ade.get(answer.headers["Location"]).content.decode()
    assert "fewer than 8 people" in shown
    assert "February 2026" in shown


def test_pressing_twice_brings_one_log(ade: Client, settings: Any) -> None:
    form = sent()
    first = ade.post(BRING, form)
    form["log"].seek(0)
    assert ade.post(BRING, form).headers["Location"] == first.headers["Location"]
    there = first.headers["Location"]
    first = ade.post(there, named())
    assert ade.post(there, named()).headers["Location"] == first.headers["Location"]
    assert ContactLog.objects.count() == 1
    assert len(kept(settings)) == 1


def test_usual_names_are_chosen_already(ade: Client) -> None:
    ade.post(BRING, sent(b"case_id,activity,timestamp,seq\n1,a,2026-01-01,1\n"))
    page = ade.get(reverse("behind:arrival", args=[Arrival.objects.get().uuid])).content.decode()
    for column in ("case_id", "activity", "timestamp", "seq"):
        assert f'<option value="{column}" selected>' in page


@pytest.mark.parametrize(
    ("log", "sentence"),
    [
        (None, "Choose the file of the log"),
        (b"", "This file is empty"),
        (b" \n", "is empty"),
        (b"PAR1 no more", "damaged"),
        (b"\x89PNG\r\n\x1a\n\x00\x01", "not written in UTF-8"),
        (",".join(f"c{n}" for n in range(1_000_000)).encode(), "too long to be a list"),
    ],
)
def test_what_is_no_log_is_answered_beside_the_field_and_not_kept(
    ade: Client, settings: Any, log: bytes | None, sentence: str
) -> None:
    answer = ade.post(BRING, sent(log))
    page = answer.content.decode()
    assert answer.status_code == 422
    assert sentence in page
    assert 'id="id_log_error"' in page
    assert not Arrival.objects.exists()
    assert not kept(settings)


def test_a_bad_list_of_everybody_is_answered_beside_its_own_field(ade: Client, settings: Any) -> None:
    answer = ade.post(BRING, sent(people=b"PK\x03\x04 a spreadsheet"))
    assert answer.status_code == 422
    assert 'id="id_people_error"' in answer.content.decode()
    assert not kept(settings)


@pytest.mark.parametrize(
    ("log", "more", "field", "sentence"),
    [
        (b"who,what,when\nP1,a,yesterday\n", {}, "time", "Some dates in the log cannot be read"),
        (b"who,what,when\nP1,a,2026-01-01\n", {"time": "what"}, "time", "chosen above for something else"),
        (b"who,what,when\nP1,a,2026-01-01\n", {"time": "else"}, "time", ""),
        (b"who,what\nP1,2026-01-01\n", {"time": ""}, "time", "choose one"),
        (b"who,what,when,n\nP1,a,2026-01-01,x\n", {"seq": "n"}, "seq", "order"),
        (b"who,what,when\nP1,a,2026-01-01\n", {"until": "soon"}, "until", "no day we know"),
        (b"who,what,when\nP1,a,2026-01-01\n", {"cannot_see": ""}, "cannot_see", "fill this in"),
    ],
)
def test_what_cannot_be_read_is_said_beside_the_field_and_what_was_typed_is_kept(
    ade: Client, log: bytes, more: dict[str, str], field: str, sentence: str
) -> None:
    there = ade.post(BRING, sent(log)).headers["Location"]
    answer = ade.post(there, named(**more))
    page = answer.content.decode()
    assert answer.status_code == 422
    assert f'id="id_{field}_error"' in page
    assert sentence in page
    assert 'value="the Talking Service"' in page
    assert "yesterday" not in page, "nothing of a row is ever repeated"
    assert not ContactLog.objects.exists()


def test_a_date_in_the_list_of_everybody_is_answered_beside_its_own_column(ade: Client) -> None:
    there = ade.post(BRING, sent(people=b"who,until\nP1,never\n")).headers["Location"]
    page = ade.post(there, named(ends="until")).content.decode()
    assert 'id="id_ends_error"' in page
    assert "never" not in page.replace("people who never asked", "").replace("never a name", "")


def test_times_written_another_way_can_be_read(ade: Client) -> None:
    there = ade.post(BRING, sent(b"who,what,when\nP1,a,31/01/2026\n")).headers["Location"]
    assert ade.post(there, named()).status_code == 422
    assert ade.post(there, named(time_format="%d/%m/%Y")).status_code == 302
    assert ContactLog.objects.get().period == "January 2026"


@pytest.mark.django_db(transaction=True)
def test_files_can_be_thrown_away_before_they_are_a_log(ade: Client, settings: Any) -> None:
    there = ade.post(BRING, sent()).headers["Location"]
    assert kept(settings)
    ade.post(there, {"throw_away": "1"})
    assert not kept(settings)
    assert ade.post(there, {"throw_away": "1"}).status_code == 302


@pytest.mark.django_db(transaction=True)
def test_a_log_is_thrown_away_on_its_page(ade: Client, settings: Any, log: ContactLog) -> None:
    there = reverse("behind:log", args=[log.pk])
    press = {"once": str(uuid.uuid4()), "throw_away": "1"}
    assert ade.post(there, press).headers["Location"] == reverse("behind:logs")
    assert ade.post(there, press).headers["Location"] == reverse("behind:logs")
    assert not kept(settings)
