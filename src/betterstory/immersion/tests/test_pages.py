"""Diving in, page by page, as a browser does it."""

import re
import uuid
from collections.abc import Callable
from datetime import date, timedelta
from typing import Any

import pytest
from django.test import Client
from django.utils import timezone
from pytest_django import DjangoAssertNumQueries

from betterstory.immersion import verbs
from betterstory.immersion.models import Act, Notice
from betterstory.people.models import Person
from betterstory.places.models import Neighbourhood

SignIn = Callable[[Person], Client]
HERE = "/immersion/tanners-row/"
ACT = {"what": "Hung two curtain rails", "where": "Lime Walk", "groups": "the bowls club", "minutes": "60"}


def today() -> date:
    return timezone.localdate()


def post(client: Client, url: str, **data: Any) -> Any:
    return client.post(url, {"once": str(uuid.uuid4()), **data})


def text(response: Any) -> str:
    return str(response.content.decode())


def lines(*rows: dict[str, object]) -> dict[str, object]:
    """A sheet as the browser sends it: eight lines, most of them empty."""
    sent: dict[str, object] = {"row-TOTAL_FORMS": 8, "row-INITIAL_FORMS": 0}
    for number in range(8):
        row = rows[number] if number < len(rows) else {}
        for name in ("what", "where", "groups", "minutes", "on"):
            sent[f"row-{number}-{name}"] = row.get(name, "")
    return sent


@pytest.fixture
def nasreen(organiser: Person, neighbourhood: Neighbourhood, signed_in_client: SignIn) -> Client:
    return signed_in_client(organiser)


@pytest.fixture
def helen(partner: Person, neighbourhood: Neighbourhood, signed_in_client: SignIn) -> Client:
    return signed_in_client(partner)


@pytest.fixture
def lynda(resident: Person, neighbourhood: Neighbourhood, signed_in_client: SignIn) -> Client:
    return signed_in_client(resident)


@pytest.fixture
def act(neighbourhood: Neighbourhood, partner: Person) -> Act:
    """Something that Helen did, with something to leak."""
    return verbs.note_act(
        neighbourhood=neighbourhood,
        what="Hung two curtain rails",
        where="Lime Walk",
        on=today(),
        who=partner,
        by=partner,
        today=today(),
    )


def test_helen_writes_up_a_useful_act(helen: Client, partner: Person) -> None:
    done = post(helen, f"{HERE}note/", **ACT, on=today(), who=partner.pk)
    assert done["Location"] == HERE
    page = text(helen.get(HERE))
    assert "Hung two curtain rails" in page
    assert re.search(r"Lime Walk · with the bowls club · an hour · Helen", page)


def test_the_same_again_takes_two_taps(helen: Client, act: Act) -> None:
    assert f"{HERE}note/" in text(helen.get(HERE)), "the first tap"
    page = text(helen.get(f"{HERE}note/"))
    assert f'action="/immersion/acts/{act.pk}/again/"' in page
    post(helen, f"/immersion/acts/{act.pk}/again/")
    assert Act.objects.filter(what=act.what, on=today()).count() == 2


def test_a_second_press_is_one_act(helen: Client) -> None:
    form = {"once": str(uuid.uuid4()), **ACT, "on": today()}
    for _press in range(2):
        helen.post(f"{HERE}note/", form)
    assert Act.objects.count() == 1


def test_a_stranger_reads_what_was_useful_and_not_who(client: Client, act: Act) -> None:
    page = text(client.get(HERE))
    assert "Hung two curtain rails" in page
    assert "Helen" not in page
    assert "Write up" not in page
    assert "Take out" not in page


def test_there_is_no_field_for_a_neighbours_name(lynda: Client, nasreen: Client, partner: Person) -> None:
    assert 'name="who"' not in text(lynda.get(f"{HERE}note/"))
    assert 'name="who"' not in text(lynda.get(f"{HERE}sheet/"))
    offered = text(nasreen.get(f"{HERE}note/"))
    assert "Helen" in offered
    assert "Lynda" not in offered


def test_a_neighbours_name_sent_by_hand_is_not_kept(nasreen: Client, lynda: Client, resident: Person) -> None:
    assert post(nasreen, f"{HERE}note/", **ACT, on=today(), who=resident.pk).status_code == 422
    assert not Act.objects.exists()
    post(lynda, f"{HERE}note/", **ACT, on=today(), who=resident.pk)
    assert Act.objects.get().who is None


@pytest.mark.parametrize(
    ("change", "says"),
    [
        ({"on": "32 July"}, "not a date we can read"),
        ({"on": "2999-01-01"}, "today or earlier"),
        ({"on": ""}, "Please fill this in"),
        ({"where": " "}, "Please fill this in"),
        ({"what": "x" * 201}, "200"),
        ({"minutes": "999"}, "field wrong"),
    ],
)
def test_what_will_not_do_is_answered_beside_the_field(
    helen: Client, change: dict[str, str], says: str
) -> None:
    answer = post(helen, f"{HERE}note/", **{**ACT, "on": today(), **change})
    assert answer.status_code == 422
    assert says in text(answer)
    assert 'value="the bowls club"' in text(answer)
    assert not Act.objects.exists()


def test_an_afternoon_is_typed_in_from_paper(nasreen: Client, partner: Person) -> None:
    yesterday = today() - timedelta(days=1)
    sheet = lines(
        {**ACT, "on": yesterday}, {"what": "Tea <3", "where": "The hall"}, {}, {**ACT, "on": today()}
    )
    assert post(nasreen, f"{HERE}sheet/", **sheet, who=partner.pk)["Location"] == HERE
    kept = list(Act.objects.order_by("pk").values_list("what", "on", "who", "minutes"))
    assert kept == [
        ("Hung two curtain rails", yesterday, partner.pk, 60),
        ("Tea <3", yesterday, partner.pk, None),
        ("Hung two curtain rails", today(), partner.pk, 60),
    ]
    assert "Tea &lt;3" in text(nasreen.get(HERE))


@pytest.mark.parametrize(
    ("rows", "says"),
    [
        ([{"what": "Tea", "where": "The hall"}], "Line 1, Day: Write a day on the first line."),
        ([{**ACT, "on": "2026-01-01"}, {"what": "Tea"}], "Line 2, Where: Please fill this in."),
        ([{**ACT, "on": "1999-01-01"}], "Line 1, Day: Write the day it was done"),
        ([{**ACT, "on": "soon"}, {**ACT, "on": ""}], "Line 1, Day: This is not a date we can read."),
        ([], "Nothing is written on the sheet yet."),
    ],
)
def test_a_line_that_is_wrong_is_named_and_nothing_is_kept(
    nasreen: Client, rows: list[dict[str, object]], says: str
) -> None:
    answer = post(nasreen, f"{HERE}sheet/", **lines(*rows), who="")
    page = text(answer)
    assert answer.status_code == 422
    assert says in page
    for row in rows:
        assert f'value="{row["what"]}"' in page, "what was typed is kept"
    assert len(re.findall(r"<li><a href=\"#id_row", page)) <= 1, "no line is blamed for another"
    assert not Act.objects.exists()


def test_a_sheet_sent_without_its_lines_is_not_kept(nasreen: Client) -> None:
    assert post(nasreen, f"{HERE}sheet/", who="").status_code == 422
    assert not Act.objects.exists()


def test_a_mistake_is_taken_out_by_who_made_it(helen: Client, lynda: Client, act: Act) -> None:
    url = f"/immersion/acts/{act.pk}/take-out/"
    assert url in text(helen.get(HERE))
    assert url not in text(lynda.get(HERE))
    assert lynda.get(url).status_code == 403
    assert post(lynda, url).status_code == 403
    assert post(lynda, f"/immersion/acts/{act.pk}/again/").status_code == 403
    assert Act.objects.count() == 1
    assert "Take it out" in text(helen.get(url))
    post(helen, url)
    assert not Act.objects.exists()


def test_what_was_noticed_is_for_people_who_came_in(helen: Client, client: Client, lynda: Client) -> None:
    post(helen, f"{HERE}noticed/", words="The lamp is out.", where="the lock", on=today())
    assert "The lamp is out." in text(lynda.get(f"{HERE}noticed/"))
    assert client.get(f"{HERE}noticed/")["Location"].startswith("/people/come-in/")
    assert "The lamp is out." not in text(client.get(HERE))
    notice = Notice.objects.get()
    assert post(lynda, f"/immersion/notices/{notice.pk}/forget/").status_code == 403
    post(helen, f"/immersion/notices/{notice.pk}/forget/")
    assert not Notice.objects.exists()


def test_a_notice_without_a_place_is_answered_beside_the_field(helen: Client) -> None:
    answer = post(helen, f"{HERE}noticed/", words="The lamp is out.", where="", on=today())
    assert answer.status_code == 422
    assert "The lamp is out." in text(answer)
    assert not Notice.objects.exists()


def test_the_sheet_prints_with_an_example_and_empty_lines(helen: Client) -> None:
    sheet = text(helen.get(f"{HERE}on-paper/"))
    assert "Hung two curtain rails" in sheet
    assert sheet.count("<tr><td></td>") == 7


def test_a_stranger_writes_nothing_down(client: Client, act: Act) -> None:
    for way in ("note", "sheet", "on-paper", "noticed"):
        assert client.get(f"{HERE}{way}/")["Location"].startswith("/people/come-in/")
    for way in ("again", "take-out"):
        assert post(client, f"/immersion/acts/{act.pk}/{way}/")["Location"].startswith("/people/come-in/")
    assert Act.objects.count() == 1


def test_an_unknown_neighbourhood_is_not_found(helen: Client) -> None:
    for way in ("", "note/", "sheet/", "on-paper/", "noticed/"):
        assert helen.get(f"/immersion/nowhere/{way}").status_code == 404


def test_a_long_log_is_read_page_by_page(
    helen: Client, neighbourhood: Neighbourhood, partner: Person
) -> None:
    rows = [verbs.Row(what=f"Tea number {n}", where="The hall", on=today()) for n in range(45)]
    verbs.note_sheet(neighbourhood=neighbourhood, rows=rows, by=partner, today=today(), who=partner)
    first, second = text(helen.get(HERE)), text(helen.get(f"{HERE}?page=2"))
    assert "Tea number 44" in first
    assert "Tea number 4<" not in first
    assert "Tea number 4<" in second
    assert "45" not in re.sub(r"Tea number \d+|acts/\d+", "", first), "nobody counts them"
    assert len(first) < 60_000


def test_no_page_asks_the_database_much(
    nasreen: Client,
    neighbourhood: Neighbourhood,
    partner: Person,
    act: Act,
    django_assert_max_num_queries: DjangoAssertNumQueries,
) -> None:
    rows = [verbs.Row(what=f"Tea {n}", where="The hall", on=today()) for n in range(9)]
    verbs.note_sheet(neighbourhood=neighbourhood, rows=rows, by=partner, today=today(), who=partner)
    ways = [f"{HERE}{way}" for way in ("", "note/", "sheet/", "on-paper/", "noticed/")]
    for url in ["/immersion/", f"/immersion/acts/{act.pk}/take-out/", *ways]:
        with django_assert_max_num_queries(12, info=url):
            assert nasreen.get(url).status_code == 200
