"""Whatever anybody types or sends by hand, the log keeps all of it or nothing, and says why."""

import uuid
from collections.abc import Callable
from datetime import timedelta
from typing import Any

import pytest
from django.test import Client
from django.utils import timezone

from betterstory.immersion import verbs
from betterstory.immersion.models import Act, Notice
from betterstory.people.models import Person
from betterstory.places.models import Neighbourhood

SignIn = Callable[[Person], Client]
HERE = "/immersion/tanners-row/"
TODAY = timezone.localdate()
ODD = ["<script>alert(1)</script>", "🙂 tea", "שלום", "{{ person }} {% now %}", "%(name)s %s"]


def post(client: Client, url: str, **data: Any) -> Any:
    return client.post(url, {"once": str(uuid.uuid4()), **data})


@pytest.fixture
def helen(partner: Person, neighbourhood: Neighbourhood, signed_in_client: SignIn) -> Client:
    return signed_in_client(partner)


@pytest.mark.parametrize("words", ODD)
def test_odd_words_come_back_as_they_were_typed(helen: Client, words: str) -> None:
    post(helen, f"{HERE}note/", what=words, where="The hall", on=TODAY)
    assert Act.objects.get().what == words
    page = helen.get(HERE).content.decode()
    assert "<script>alert" not in page
    assert words.split("<")[0] in page


@pytest.mark.parametrize("field", ["what", "where", "groups"])
def test_a_very_long_line_is_refused_with_a_sentence(helen: Client, field: str) -> None:
    told = {"what": "Tea", "where": "The hall", "groups": "", "on": TODAY, field: "ü" * 20_000}
    answer = post(helen, f"{HERE}note/", **told)
    assert answer.status_code == 422
    assert "too long" in answer.content.decode()
    assert not Act.objects.exists()


def test_a_sheet_made_up_by_hand_keeps_eight_lines_at_most(helen: Client) -> None:
    sent: dict[str, Any] = {"row-TOTAL_FORMS": 5000, "row-INITIAL_FORMS": 0}
    for number in range(9):
        sent |= {f"row-{number}-what": "Tea", f"row-{number}-where": "Hall", f"row-{number}-on": TODAY}
    assert post(helen, f"{HERE}sheet/", **sent).status_code == 422
    assert not Act.objects.exists()


def test_a_second_press_types_one_sheet_in(helen: Client) -> None:
    form = {"once": str(uuid.uuid4()), "row-TOTAL_FORMS": 8, "row-INITIAL_FORMS": 0}
    form |= {"row-0-what": "Tea", "row-0-where": "Hall", "row-0-on": str(TODAY)}
    first, second = (helen.post(f"{HERE}sheet/", form) for _press in range(2))
    assert (first.status_code, second["Location"]) == (302, first["Location"])
    assert Act.objects.count() == 1


def test_a_second_tap_on_again_is_one_act(helen: Client, partner: Person) -> None:
    post(helen, f"{HERE}note/", what="Tea", where="Hall", on=TODAY)
    form = {"once": str(uuid.uuid4())}
    for _tap in range(2):
        helen.post(f"/immersion/acts/{Act.objects.order_by('pk')[0].pk}/again/", form)
    assert Act.objects.count() == 2


@pytest.mark.parametrize("page", ["0", "-1", "999", "two", ""])
def test_a_page_nobody_has_is_the_nearest_there_is(helen: Client, page: str) -> None:
    assert helen.get(f"{HERE}?page={page}").status_code == 200


def test_a_day_ahead_is_refused_for_a_notice_too(helen: Client) -> None:
    later = TODAY + timedelta(days=1)
    answer = post(helen, f"{HERE}noticed/", words="The lamp is out.", where="the lock", on=later)
    assert answer.status_code == 422
    assert "today or earlier" in answer.content.decode()
    assert not Notice.objects.exists()


def test_looking_changes_nothing(helen: Client, partner: Person, neighbourhood: Neighbourhood) -> None:
    act = verbs.note_act(
        neighbourhood=neighbourhood, what="Tea", where="Hall", on=TODAY, by=partner, today=TODAY
    )
    noticed = verbs.notice(
        neighbourhood=neighbourhood, words="Dark", where="Lock", on=TODAY, by=partner, today=TODAY
    )
    assert helen.get(f"/immersion/acts/{act.pk}/again/").status_code == 405
    assert helen.get(f"/immersion/notices/{noticed.pk}/forget/").status_code == 405
    assert helen.get(f"/immersion/acts/{act.pk}/take-out/").status_code == 200
    assert (Act.objects.count(), Notice.objects.count()) == (1, 1)


def test_no_log_line_says_who_or_what(
    partner: Person, neighbourhood: Neighbourhood, caplog: pytest.LogCaptureFixture
) -> None:
    caplog.set_level("INFO")
    caplog.clear()
    act = verbs.note_act(
        neighbourhood=neighbourhood,
        what="Carried a sofa",
        where="Lime Walk",
        groups="the bowls club",
        on=TODAY,
        who=partner,
        by=partner,
        today=TODAY,
    )
    noticed = verbs.notice(
        neighbourhood=neighbourhood, words="The lamp", where="Lock", on=TODAY, by=partner, today=TODAY
    )
    verbs.take_out(act, by=partner)
    verbs.forget_notice(noticed, by=partner)
    assert len(caplog.messages) == 4
    for said in ("sofa", "Lime", "bowls", "lamp", "Lock", "Helen"):
        assert said not in caplog.text
