"""All that a pattern can say, pasted or from a file; and counting it on the page."""

import uuid
from collections.abc import Callable
from contextlib import AbstractContextManager
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.urls import reverse

from betterstory.behind import counting, verbs
from betterstory.behind.models import ContactLog, Draft, Pattern, Release
from betterstory.behind.tests._making import Browser, filled, heard, nasreen, plain, readable, steps_of
from betterstory.behind.tests.conftest import NOW, TOML
from betterstory.people.models import Person
from betterstory.stories.models import Consent, Piece, Use, Version

__all__ = ["nasreen", "readable"]  # fixtures that tests ask for by name

EVERYTHING = """\
format = 1
name = "Asked, left waiting, seen"
whole_within = "1 year"

[spells]
gap = "3 days"
activity = ["Letter"]
at = "end"

[[step]]
name = "Asked for help"
activity = ["Referral"]
times = 3
in = "1 year"

[[step]]
name = "No visit"
activity = ["First visit", "Second visit"]
silence = "2 weeks"

[[step]]
name = "Seen"
activity = ["First visit"]
where = {team = ["Night team", "Home team"], place = "Weir Road"}
after = "1 day"
within = "20 weeks"
without = ["Letter"]
"""


def test_the_form_says_all_that_a_pattern_can(
    readable: None, version: Version, pieces: list[Piece], nasreen: Client
) -> None:
    first, _second, third = (f"step{piece.pk}" for piece in pieces)
    more = {
        "gap": "3 days",
        "spells": "Letter",
        "spells_at": "end",
        f"{first}-kind": "repeat",
        f"{first}-times": "3",
        f"{first}-inside": "1 year",
        f"{third}-without": "Letter",
        f"{third}-where": "team = Night team\nplace = Weir Road\nteam=Home team",
    }
    there = steps_of(version, pieces)
    answer = nasreen.post(there, filled(pieces, **more))
    page = plain(answer)
    for line in (
        "Contacts of Letter, each at most 3 days after the one before, count as one, at the last.",
        "First: Referral, 3 times within 1 year (Asked for help).",
        "where team is Night team or Home team and place is Weir Road, with no Letter in between (Seen).",
    ):
        assert line in page, line
    nasreen.post(there, filled(pieces, **more, heard=heard(answer.content.decode()), keep="1"))
    assert counting.read(Pattern.objects.get().toml) == counting.read(EVERYTHING)
    page = plain(nasreen.get(Pattern.objects.get().get_absolute_url()))
    assert "where team is Night team or Home team" in page
    assert "3 times within 1 year" in page


def test_a_column_the_log_does_not_have_is_said_beside_the_field(
    readable: None, version: Version, pieces: list[Piece], nasreen: Client, log: ContactLog
) -> None:
    ContactLog.objects.update(log_columns=["person", "activity", "time", "team"])
    there, where = steps_of(version, pieces), f"step{pieces[2].pk}-where"
    page = plain(nasreen.post(there, filled(pieces, **{where: "taem = Night team"})))
    assert "no column “taem” to look at. Did you mean" in page
    assert nasreen.post(there, filled(pieces, **{where: "team = Night team"})).status_code == 200


def test_a_step_of_another_story_cannot_be_slipped_in(
    readable: None, version: Version, pieces: list[Piece], nasreen: Client
) -> None:
    wish = Piece.objects.get(version=version, kind=Piece.Kind.WISH)
    answer = nasreen.get(f"{reverse('behind:write_steps', args=[version.pk])}?piece={wish.pk}")
    assert answer.status_code == 422
    assert "walk the dog" not in answer.content.decode()


def test_a_pasted_pattern_is_read_out_and_kept(nasreen: Client) -> None:
    there = reverse("behind:pattern_file")
    page = nasreen.post(there, {"once": str(uuid.uuid4()), "toml": TOML}).content.decode()
    assert "Then, at most 10 days later: First visit (Seen)." in page
    assert not Pattern.objects.exists()
    nasreen.post(there, {"once": str(uuid.uuid4()), "toml": TOML, "heard": heard(page), "keep": "1"})
    assert Pattern.objects.get().toml == TOML


def test_a_pattern_file_is_read_out_and_its_words_stay_on_the_page(nasreen: Client) -> None:
    there = reverse("behind:pattern_file")
    file = SimpleUploadedFile("mine.toml", f"\ufeff{TOML}".encode())
    page = nasreen.post(there, {"once": str(uuid.uuid4()), "file": file}).content.decode()
    assert "First: Referral" in page
    assert "activity = [&quot;Second visit&quot;]" in page
    assert heard(page)


@pytest.mark.parametrize(
    ("sent", "sentence"),
    [
        ({"toml": ""}, "Paste a pattern, or choose its file"),
        ({"toml": "hello"}, "not a pattern file"),
        ({"toml": "/etc/passwd"}, "not a pattern file"),
        ({"toml": TOML.replace("within", "withinn")}, "Did you mean"),
        ({"toml": TOML.replace("format = 1", "format = 2")}, "format = 1"),
        ({"file": SimpleUploadedFile("x.toml", b"\xff\xfe")}, "not a text file"),
        ({"file": SimpleUploadedFile("x.toml", b"")}, "This file is empty"),
        ({"file": SimpleUploadedFile("x.toml", b"a" * 60_000)}, "too large to be a pattern"),
    ],
)
def test_what_is_no_pattern_is_answered_beside_the_field(
    nasreen: Client, sent: dict[str, Any], sentence: str
) -> None:
    answer = nasreen.post(reverse("behind:pattern_file"), {"once": str(uuid.uuid4()), **sent})
    assert answer.status_code == 422
    assert sentence in answer.content.decode()
    assert not Pattern.objects.exists()


def test_changing_a_pattern_makes_a_new_one_tied_to_the_same_steps(
    story_pattern: Pattern, pieces: list[Piece], nasreen: Client
) -> None:
    there = f"{reverse('behind:pattern_file')}?like={story_pattern.pk}"
    assert "Asked, seen, seen again" in nasreen.get(there).content.decode()
    changed = TOML.replace("10 days", "12 days")
    page = nasreen.post(there, {"once": str(uuid.uuid4()), "toml": changed}).content.decode()
    nasreen.post(there, {"once": str(uuid.uuid4()), "toml": changed, "heard": heard(page), "keep": "1"})
    new, old = Pattern.objects.all()
    assert (old.toml, new.toml) == (TOML, changed)
    assert set(new.pieces.all()) == set(pieces)


def test_a_file_can_be_tied_to_chosen_steps(readable: None, pieces: list[Piece], nasreen: Client) -> None:
    there = f"{reverse('behind:pattern_file')}?piece={pieces[0].pk}&piece=x&piece=999999"
    page = nasreen.post(there, {"once": str(uuid.uuid4()), "toml": TOML}).content.decode()
    nasreen.post(there, {"once": str(uuid.uuid4()), "toml": TOML, "heard": heard(page), "keep": "1"})
    assert list(Pattern.objects.get().pieces.all()) == [pieces[0]]


def test_an_analyst_counts_on_the_page_and_a_second_press_finds_the_same_draft(
    plain_pattern: Pattern, log: ContactLog, analyst: Person, signed_in_client: Browser
) -> None:
    browser = signed_in_client(analyst)
    assert "Which records shall we ask" in browser.get(plain_pattern.get_absolute_url()).content.decode()
    there = reverse("behind:count", args=[plain_pattern.pk])
    first, second = browser.post(there, {"log": log.pk}), browser.post(there, {"log": log.pk})
    draft = Draft.objects.get()
    assert first.headers["Location"] == second.headers["Location"] == draft.get_absolute_url()
    assert not Release.objects.exists()


def test_what_stays_in_is_said_beside_the_field(
    log: ContactLog, analyst: Person, signed_in_client: Browser
) -> None:
    odd = verbs.make_pattern(toml=TOML.replace('"Referral"', '"Referal"'), by=analyst, at=NOW)
    browser = signed_in_client(analyst)
    answer = browser.post(reverse("behind:count", args=[odd.pk]), {"log": log.pk})
    assert answer.status_code == 422
    assert "No contact in this log is called" in answer.content.decode()
    answer = browser.post(reverse("behind:count", args=[odd.pk]), {"log": 999})
    assert answer.status_code == 422


def test_an_organiser_is_not_offered_to_count(
    plain_pattern: Pattern, log: ContactLog, nasreen: Client
) -> None:
    assert "Ask it of records" not in nasreen.get(plain_pattern.get_absolute_url()).content.decode()
    answer = nasreen.post(reverse("behind:count", args=[plain_pattern.pk]), {"log": log.pk})
    assert answer.status_code == 403
    assert not Release.objects.exists()


def test_a_figure_from_elsewhere_is_typed_in_with_whom_it_cannot_see(
    plain_pattern: Pattern, nasreen: Client
) -> None:
    there = reverse("behind:estimate", args=[plain_pattern.pk])
    said = {"words": "about 1 in 6", "source": "a survey", "year": "2024", "once": str(uuid.uuid4())}
    answer = nasreen.post(there, said)
    assert answer.status_code == 422
    assert "about 1 in 6" in answer.content.decode(), "what was typed is kept"
    said = {**said, "cannot_see": "those who do not answer", "once": str(uuid.uuid4())}
    nasreen.post(there, said)
    nasreen.post(there, said)
    assert plain_pattern.estimates.get().year == 2024


@pytest.mark.parametrize("name", ["choose_story", "choose_steps", "write_steps", "pattern_file"])
def test_pages_of_making_ask_few_questions_of_the_database(
    name: str,
    readable: None,
    version: Version,
    pieces: list[Piece],
    log: ContactLog,
    nasreen: Client,
    django_assert_max_num_queries: Callable[..., AbstractContextManager[object]],
) -> None:
    there = {
        "choose_steps": reverse("behind:choose_steps", args=[version.pk]),
        "write_steps": steps_of(version, pieces),
    }.get(name) or reverse(f"behind:{name}")
    Consent.objects.filter(use=Use.READ).update(use=Use.QUOTE)  # the last one that is asked about
    if name == "choose_story":
        Consent.objects.filter(use=Use.QUOTE).update(use=Use.PICTURE)
    with django_assert_max_num_queries(12):
        assert nasreen.get(there).status_code == 200


@pytest.mark.parametrize("name", ["choose_story", "pattern_file"])
def test_partners_and_residents_make_no_patterns(
    name: str, partner: Person, resident: Person, signed_in_client: Browser
) -> None:
    for person in (partner, resident):
        assert signed_in_client(person).get(reverse(f"behind:{name}")).status_code == 403
