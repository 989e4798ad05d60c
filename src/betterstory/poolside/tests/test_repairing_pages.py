"""A repair talk, page by page: asked, answered, put right, and closed to everybody else."""

import pytest
from django.test import Client

from betterstory.people.models import Person
from betterstory.poolside import repairing
from betterstory.poolside.models import Poolside, Repair, TookPlace
from betterstory.poolside.repairing import Reply
from betterstory.poolside.tests._at_the_table import SignIn, post, text
from betterstory.poolside.tests._repairing import WHY, _clock, one, talk
from conftest import TODAY

__all__ = ["_clock", "talk"]  # fixtures that tests ask for by name


def test_sam_asks_helen_answers_page_by_page(
    poolside: Poolside, teller: Person, partner: Person, signed_in_client: SignIn
) -> None:
    sam, helen = signed_in_client(teller), signed_in_client(partner)
    assert (
        sam.get("/poolside/repair/?promise=12")["Location"] == f"/poolside/{poolside.pk}/repair/?promise=12"
    )
    page = text(sam.get(f"/poolside/{poolside.pk}/repair/?promise=12"))
    assert "promise number 12" in page
    assert f'<option value="{teller.pk}"' not in page, "not oneself"
    post(sam, f"/poolside/{poolside.pk}/repair/", whom=partner.pk, words=WHY, promise=12)
    assert "Somebody asks to talk with you" in text(helen.get("/poolside/"))
    assert "asks to talk" not in text(helen.get(f"/poolside/{poolside.pk}/")), "others look at that page too"
    assert WHY.replace("'", "&#x27;") in text(helen.get("/poolside/repairs/"))
    key = Repair.objects.get().uuid
    post(helen, f"/poolside/repairs/{key}/reply/", says="yes")
    assert "Helen says yes" in text(sam.get("/poolside/repairs/"))
    for client in (sam, helen):
        post(client, f"/poolside/repairs/{key}/wish/", talked_on=TODAY)
    assert TookPlace.objects.count() == 1
    assert "Wipe everything" in text(helen.get(f"/poolside/repairs/{key}/wipe/"))
    assert Repair.objects.exists(), "looking wipes nothing"
    post(helen, f"/poolside/repairs/{key}/wipe/")
    assert "None." in text(sam.get("/poolside/repairs/"))


@pytest.mark.parametrize("whom", ["", "0", "999", "Helen"])
def test_nobody_we_know_is_answered_beside_the_field(
    poolside: Poolside, teller: Person, signed_in_client: SignIn, whom: str
) -> None:
    answer = post(signed_in_client(teller), f"/poolside/{poolside.pk}/repair/", whom=whom, words=WHY)
    assert answer.status_code == 422
    assert "said it to Bea" in text(answer)
    assert not Repair.objects.exists()


@pytest.mark.parametrize("words", ["la " * 7000, "a\x00b"])
def test_what_is_too_long_or_no_letter_is_not_kept(
    poolside: Poolside, teller: Person, partner: Person, signed_in_client: SignIn, words: str
) -> None:
    answer = post(signed_in_client(teller), f"/poolside/{poolside.pk}/repair/", whom=partner.pk, words=words)
    assert answer.status_code == 422
    assert not Repair.objects.exists()


def test_a_day_to_come_is_answered_beside_the_field(
    talk: Repair, teller: Person, partner: Person, signed_in_client: SignIn
) -> None:
    repairing.reply(talk.uuid, says=Reply.YES, by=partner, on=TODAY)
    for day in ("2999-01-01", "soon"):
        answer = post(signed_in_client(teller), f"/poolside/repairs/{talk.uuid}/wish/", talked_on=day)
        assert answer.status_code == 422
        assert f'value="{day}"' in text(answer)
    assert one(teller).talk.wishes == []


def test_a_stranger_and_somebody_else_find_nothing(
    talk: Repair, organiser: Person, client: Client, signed_in_client: SignIn, poolside: Poolside
) -> None:
    for way in ("reply", "wish", "wipe"):
        url = f"/poolside/repairs/{talk.uuid}/{way}/"
        assert post(client, url)["Location"].startswith("/people/come-in/")
        answer = post(signed_in_client(organiser), url, says="yes", talked_on=TODAY)
        assert answer.status_code in (404, 422)
        assert WHY not in text(answer)
    assert signed_in_client(organiser).get(f"/poolside/repairs/{talk.uuid}/wipe/").status_code in (404, 422)
    assert one(Person.objects.get(name="Sam")).talk.reply == ""
    assert client.get("/poolside/repairs/")["Location"].startswith("/people/come-in/")
    assert client.get("/poolside/repair/?promise=1")["Location"].startswith("/people/come-in/")


def test_nobody_is_pressed_all_day(
    poolside: Poolside, teller: Person, partner: Person, signed_in_client: SignIn
) -> None:
    sam = signed_in_client(teller)
    for _time in range(6):
        post(sam, f"/poolside/{poolside.pk}/repair/", whom=partner.pk, words=WHY)
        Repair.objects.all().delete()
    answer = post(sam, f"/poolside/{poolside.pk}/repair/", whom=partner.pk, words=WHY)
    assert answer.status_code == 422
    assert not Repair.objects.exists()


def test_a_number_of_a_promise_that_is_none_is_passed_over(
    poolside: Poolside, teller: Person, signed_in_client: SignIn
) -> None:
    for number in ("x", "-1", "9" * 40, "²"):
        answer = signed_in_client(teller).get("/poolside/repair/", {"promise": number})
        assert answer["Location"] == f"/poolside/{poolside.pk}/repair/"
