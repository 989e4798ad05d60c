"""The pages of a second laptop: a pack is made, and its inbox is taken in."""

from collections.abc import Callable
from pathlib import Path
from typing import Any
from uuid import uuid4

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client

from betterstory.conversations.models import Gathering, Pack
from betterstory.conversations.tests._second_laptop import (
    HOME_AGAIN,
    Laptop,
    MakeVoice,
    laptop,
    tonight,
    votes,
)
from betterstory.people.models import Person
from conftest import AT

__all__ = ["laptop", "tonight"]  # fixtures that tests ask for by name


def upload(client: Client, gathering: Gathering, raw: bytes) -> Any:
    file = SimpleUploadedFile("evening.inbox", raw)
    return client.post(f"/conversations/{gathering.pk}/inbox/", {"file": file})


def test_from_the_pack_to_everything_taken_in(
    laptop: Laptop,
    tonight: Gathering,
    voice: MakeVoice,
    organiser: Person,
    signed_in_client: Callable[[Person], Client],
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
    django_assert_max_num_queries: Any,
) -> None:
    client = signed_in_client(organiser)
    assert (
        f"/conversations/{tonight.pk}/inbox/" in client.get(f"/conversations/{tonight.pk}/").content.decode()
    )
    once = {"once": str(uuid4())}
    answer = client.post(f"/conversations/{tonight.pk}/inbox/pack/", once)
    assert ".pack" in answer["Content-Disposition"]
    assert client.post(f"/conversations/{tonight.pk}/inbox/pack/", once).status_code == 302
    assert Pack.objects.count() == 2, "a second press makes no second file"
    other = Laptop(tmp_path, answer.content.decode(), "other")
    other.says(voice()[1], 1, 1)
    monkeypatch.setattr("django.utils.timezone.now", lambda: HOME_AGAIN)
    looked = upload(client, tonight, other.goodbye())
    with django_assert_max_num_queries(12):
        page = client.get(looked["Location"]).content.decode()
    assert "One answer of one card." in page
    assert votes() == []
    sent = {"once": str(uuid4())}
    for _twice in range(2):
        assert client.post(looked["Location"], sent).status_code == 302
    assert votes() == [(1, 1, "phone")]
    assert client.get(looked["Location"]).status_code == 404, "the file is not kept"
    with django_assert_max_num_queries(12):
        page = client.get(f"/conversations/{tonight.pk}/inbox/").content.decode()
    assert "Made on 6 July" in page


@pytest.mark.parametrize(
    ("raw", "sentence"),
    [
        (b"hello", "This is no inbox file."),
        (b"", "This file is empty: nothing was said on that laptop."),
        (b"\x00" * 1000, "This is no inbox file."),
    ],
)
def test_a_file_that_is_none_is_said_beside_the_field(
    raw: bytes,
    sentence: str,
    tonight: Gathering,
    organiser: Person,
    signed_in_client: Callable[[Person], Client],
) -> None:
    answer = upload(signed_in_client(organiser), tonight, raw)
    assert answer.status_code == 422
    assert sentence in answer.content.decode()


@pytest.mark.parametrize("address", ["", "pack/", "0" * 64 + "/", "../../secret.key/"])
def test_residents_reach_none_of_it(
    address: str, tonight: Gathering, resident: Person, signed_in_client: Callable[[Person], Client]
) -> None:
    client = signed_in_client(resident)
    for answer in (
        client.get(f"/conversations/{tonight.pk}/inbox/{address}"),
        client.post(f"/conversations/{tonight.pk}/inbox/{address}", {"once": str(uuid4())}),
    ):
        assert answer.status_code in (403, 404, 405)


def test_a_lost_laptop_is_said_to_be_lost_on_the_page(
    laptop: Laptop, tonight: Gathering, organiser: Person, signed_in_client: Callable[[Person], Client]
) -> None:
    client, pack = signed_in_client(organiser), Pack.objects.get()
    client.post(f"/conversations/packs/{pack.pk}/lost/", {"once": str(uuid4())})
    assert Pack.objects.get().lost_at == AT
    page = client.get(f"/conversations/{tonight.pk}/inbox/").content.decode()
    assert "Lost. Nothing of it is taken in." in page


def test_closing_from_the_page_says_since_when(
    tonight: Gathering, organiser: Person, send: Callable[..., Any]
) -> None:
    send(organiser, "voting", tonight.pk, voting="close")
    assert Gathering.objects.get().voting_closed_at == AT
    send(organiser, "voting", tonight.pk, voting="open")
    assert Gathering.objects.get().voting_closed_at is None
