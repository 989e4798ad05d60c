"""The head of the ledger leaves the building on what a meeting prints, and stays off a teller's own paper."""

from collections.abc import Callable

import pytest
from django.test import Client

from betterstory.conversations.models import Gathering, Statement
from betterstory.conversations.tests.conftest import gathering, statements
from betterstory.people.models import Body, Person, Ring
from betterstory.people.verbs import name_body
from betterstory.places.models import Round
from betterstory.promises import verbs
from betterstory.promises.models import Entry
from betterstory.stories.models import Version
from conftest import AT, TODAY

__all__ = ["gathering", "statements"]  # fixtures


@pytest.fixture
def head(round_: Round, organiser: Person, resident: Person) -> str:
    body: Body = name_body(name="The Talking Service", ring=Ring.LOCAL_SERVICES, by=organiser)
    verbs.ask(
        round=round_,
        words="Ring us back.",
        of=body,
        by=resident,
        on=TODAY,
        asked_by_words="Lyn",
        own_yes=True,
    )
    return str(Entry.objects.head())


def test_every_sheet_of_a_meeting_carries_it(
    head: str,
    gathering: Gathering,
    statements: list[Statement],
    organiser: Person,
    signed_in_client: Callable[[Person], Client],
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr("django.utils.timezone.now", lambda: AT)
    Gathering.objects.update(voting_open=False)
    browser = signed_in_client(organiser)
    at, of_round = f"/conversations/{gathering.pk}", f"/conversations/rounds/{gathering.round_id}"
    for page in (
        f"{at}/sheet/",
        f"{at}/results/print/",
        f"{of_round}/iceberg/print/",
        f"/promises/plan/{gathering.round_id}/print/",
        "/promises/print/",
    ):
        answer = browser.get(page)
        assert answer.status_code == 200, page
        assert head in answer.content.decode(), page


def test_a_teller_s_own_paper_does_not(
    head: str, version: Version, teller: Person, signed_in_client: Callable[[Person], Client]
) -> None:
    answer = signed_in_client(teller).get(f"/stories/{version.story.uuid}/print/")
    assert answer.status_code == 200
    assert head not in answer.content.decode()
