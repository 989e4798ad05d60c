"""A report: chosen parts, every figure with its list, and a part that nobody can take out."""

import re
import uuid
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from betterstory.behind.models import Pattern, Release
from betterstory.learning.models import ALWAYS, Part, Report, ReportPart, Spent
from betterstory.learning.reporting.tests.conftest import LATER, part, read
from betterstory.learning.verbs import reporting as verbs
from betterstory.people.models import Person
from betterstory.places.models import Round
from betterstory.promises.models import Ask
from betterstory.promises.tests.conftest import days
from betterstory.promises.verbs.wording import NothingSaid, TooLong
from betterstory.stories.models import Consent
from conftest import AT

SignIn = Callable[[Person], Client]
Make = Callable[..., Report]
STATIC = Path(__file__).parents[3]
UNDONE = (
    "Word not_kept.",
    "Word partly.",
    "Word late.",
    "Word released.",
    "Ask refused.",
    "No driver for it.",
)


@pytest.fixture
def client(partners: Client) -> Client:
    return partners


def test_chosen_parts_are_in_it_and_others_are_not(full: Any, make_report: Make, client: Client) -> None:
    page = read(client, make_report(Part.PROMISED, words={Part.PROMISED: "We count what was said."}))
    assert "Word kept." in part(page, Part.PROMISED)
    assert "We count what was said." in part(page, Part.PROMISED)
    assert not part(page, Part.SPENT)
    assert "1,220.50" not in page
    assert "as of 14 October 2026" in page


@pytest.mark.parametrize("chosen", [(), (Part.DATES,), tuple(Part)], ids=["none", "one", "all"])
def test_what_was_not_done_is_in_every_report(
    chosen: tuple[Part, ...], full: Any, make_report: Make, client: Client
) -> None:
    undone = part(read(client, make_report(*chosen)), Part.NOT_DONE)
    assert all(words in undone for words in UNDONE)
    assert "Word kept." not in undone
    assert "Seen not_kept." in undone, "and what was said of it"


def test_a_forged_form_does_not_take_it_out(
    full: Any, round_: Round, organiser: Person, signed_in_client: SignIn, client: Client
) -> None:
    ours = signed_in_client(organiser)
    answer = ours.post(
        f"/learning/rounds/{round_.pk}/reports/new/",
        {
            "once": str(uuid.uuid4()),
            "title": "All good news",
            "as_of": LATER.isoformat(),
            "parts": ["promised"],
            "not_done": "",
            "parts-not_done": "off",
            "without": "not_done",
            "words_not_done": "",
        },
    )
    assert answer.status_code == 302
    page = str(client.get(answer["Location"]).content.decode())
    assert all(words in part(page, Part.NOT_DONE) for words in UNDONE)


def test_no_form_offers_to_leave_it_out(round_: Round, organiser: Person, signed_in_client: SignIn) -> None:
    page = signed_in_client(organiser).get(f"/learning/rounds/{round_.pk}/reports/new/").content.decode()
    boxes = re.findall(r'<input type="checkbox" name="parts" value="(\w+)"', page)
    assert set(boxes) == {each.value for each in Part if each not in ALWAYS}


def test_rows_that_vanish_do_not_take_it_out(full: Any, make_report: Make, client: Client) -> None:
    """Not even somebody with the database in hand."""
    report = make_report(Part.PROMISED)
    ReportPart.objects.all().delete()
    page = read(client, report)
    assert all(words in part(page, Part.NOT_DONE) for words in UNDONE)


def test_no_sheet_hides_it_on_paper_or_screen(full: Any, make_report: Make, client: Client) -> None:
    """Nothing that a sheet hides is a class, an id or a tag of the part or of anything round it."""
    page = read(client, make_report())
    before, undone = page.split('id="part-not_done"')[0], part(page, Part.NOT_DONE)
    names = set(re.findall(r"<(\w+)", undone))
    for said in [*re.findall(r'class="([^"]+)"', undone), "paper", "sheet", "report", "report-part"]:
        names |= {f".{name}" for name in said.split()}
    names |= {"main", "body", "html", "#main", "#part-not_done"}
    assert 'class="sheet report"' in before
    for sheet in re.findall(r'<link rel="stylesheet" href="/static/([^"]+)"', page):
        path = next(STATIC.glob(f"*/static/{re.sub(r'[.][0-9a-f]{12}[.]', '.', sheet)}"))
        for rule in re.findall(r"([^{}]+)\{[^{}]*(?:display:\s*none|visibility:\s*hidden)", path.read_text()):
            for selector in rule.split(","):
                each = [one.split(":")[0] for one in re.split(r"[\s>+~]+", selector.strip())]
                assert not set(each) <= names, f"{path.name} hides {selector.strip()}"


def test_every_number_leads_to_the_lines_it_counts(full: Any, make_report: Make, client: Client) -> None:
    page = read(client, make_report(*Part))
    figures = re.findall(r'<a class="figure" href="([^"]+)" data-figure="([\w-]+)"><strong>([\d,.]+)<', page)
    assert len(figures) > 15
    for link, slug, number in figures:
        answer = client.get(link).content.decode()
        rows = re.findall(r"<li><div class=\"row-words\">(.*?)</li>", answer, re.DOTALL)
        if slug.startswith(("hours", "pounds")):
            amounts = [float(each.replace(",", "")) for each in re.findall(r'"amount">([\d,.]+)<', answer)]
            assert sum(amounts) == float(number.replace(",", ""))
            assert len(amounts) == len(rows)
        else:
            assert len(rows) == int(number), slug
        assert f"counts/{slug}/" in link
        assert f"…{slug}/" in page, "its address is printed at the end"


def test_a_figure_nobody_knows_is_no_page(make_report: Make, client: Client) -> None:
    assert client.get(f"{make_report().get_absolute_url()}counts/people/").status_code == 404
    assert client.get(f"/learning/reports/{uuid.uuid4()}/").status_code == 404


def test_numbers_from_records_stand_as_they_were_released(
    say: Callable[..., Ask], make_report: Make, client: Client
) -> None:
    pattern = Pattern.objects.create(name="The long way", toml="format = 1", made_at=AT)
    release = Release.objects.create(
        number=3,
        pattern=pattern,
        figures={"headline": "About 120 people went the same way.", "groups": [{"people": 117}]},
        source="An invented log.",
        cannot_see="Whoever never asked.",
        data_mark="x",
        released_at=AT,
    )
    say("Keep our place.", release=release)
    found = part(read(client, make_report(Part.BEHIND)), Part.BEHIND)
    assert "About 120 people went the same way." in found
    assert f"/behind/releases/{release.pk}/" in found
    assert "117" not in found
    assert "Whoever never asked." in found


def test_of_a_round_with_nothing_in_it(make_report: Make, client: Client) -> None:
    page = read(client, make_report(*Part))
    assert "nothing that was promised was late or not kept" in part(page, Part.NOT_DONE)
    assert "Nobody has said yet what got worse" in part(page, Part.LEFT_OUT)
    assert 'class="figure"' not in page
    assert 'id="notes"' not in page


def test_a_report_of_an_earlier_day_stays_as_it_was(full: Any, make_report: Make, client: Client) -> None:
    page = read(client, make_report(*Part, as_of=days(3)))
    assert "Ask refused." in part(page, Part.NOT_DONE)
    assert "Word late." not in part(page, Part.NOT_DONE)
    assert "1,220.50" not in page, "typed in on the tenth day"


def test_another_choice_is_the_next_version_and_the_first_stays(
    make_report: Make, organiser: Person, signed_in_client: SignIn, round_: Round
) -> None:
    first = make_report(Part.DATES, words={Part.DATES: "We met."})
    form = signed_in_client(organiser).get(f"/learning/rounds/{round_.pk}/reports/new/?from=1")
    assert "We met." in form.content.decode()
    second = make_report(Part.SPENT)
    assert (first.number, second.number) == (1, 2)
    assert [each.part for each in first.parts.all()] == ["dates", "not_done", "left_out"]


@pytest.mark.parametrize(
    ("told", "refusal"),
    [
        ({"as_of": days(101)}, verbs.DayToCome),
        ({"as_of": days(-1)}, verbs.BeforeTheRound),
        ({"title": " "}, NothingSaid),
        ({"title": "x" * 121}, TooLong),
        ({"parts": {Part.DATES: "word " * 20_000}}, TooLong),
        ({"parts": {Part.NOT_DONE: "x" * 1201}}, TooLong),
    ],
)
def test_what_no_report_can_be_is_refused_and_nothing_is_half_made(
    told: dict[str, Any], refusal: type[Exception], round_: Round, organiser: Person
) -> None:
    usual: dict[str, Any] = {"as_of": LATER, "title": "Ours", "parts": {}}
    with pytest.raises(refusal):
        verbs.make_report(round=round_, by=organiser, on=LATER, **usual | told)
    assert not Report.objects.exists()
    assert not ReportPart.objects.exists()


@pytest.mark.parametrize(
    ("field", "typed", "says"),
    [
        ("as_of", "2031-01-01", "still to come"),
        ("as_of", "2001-01-01", "had not begun"),
        ("words_not_done", "x" * 1201, "too long"),
        ("title", "", "Write a few words"),
        ("parts", "everything", "Choose from the list"),
    ],
)
def test_the_form_says_what_to_put_right(
    field: str, typed: str, says: str, round_: Round, organiser: Person, signed_in_client: SignIn
) -> None:
    form = {"title": "Ours", "as_of": LATER.isoformat(), "words_dates": "We met thrice."} | {field: typed}
    answer = signed_in_client(organiser).post(
        f"/learning/rounds/{round_.pk}/reports/new/", {"once": str(uuid.uuid4()), **form}
    )
    assert answer.status_code == 422
    assert says in answer.content.decode()
    assert "We met thrice." in answer.content.decode()
    assert not Report.objects.exists()


def test_a_report_asks_the_database_little(
    full: Any, cleared: Callable[..., Consent], make_report: Make, client: Client
) -> None:
    cleared()
    report = make_report(*Part)
    read(client, report)
    with CaptureQueriesContext(connection) as queries:
        page = read(client, report)
    assert len(queries) <= 12
    assert len(page.encode()) < 60_000


def test_a_name_given_to_a_report_cannot_break_its_page(
    round_: Round, organiser: Person, client: Client
) -> None:
    title = 'Us" onload="x <b>& co'
    report = verbs.make_report(round=round_, by=organiser, on=LATER, as_of=LATER, title=title, parts={})
    page = read(client, report)
    assert "<b>& co" not in page
    assert 'data-running="Us&quot; onload=&quot;x' in page


def test_hours_say_by_what_part_they_were_typed_and_never_by_whom(
    spend: Callable[..., Spent], organiser: Person, make_report: Make, client: Client
) -> None:
    spend(hours="2")
    found = part(read(client, make_report(Part.SPENT)), Part.SPENT)
    assert "As typed in by an organiser" in found
    assert "not checked" in found
    assert organiser.name not in found
