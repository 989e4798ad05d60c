"""Making a pattern on the page: choose steps, say what they are in the records, hear it, keep it."""

import html
import re
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
from betterstory.behind.tests.conftest import NOW, TOML, SayYes
from betterstory.people.models import Circle, Person
from betterstory.stories.models import Consent, Piece, Use, Version

type Browser = Callable[[Person], Client]


@pytest.fixture
def readable(counted: Consent, say_yes: SayYes, circle: Circle) -> None:
    """The organiser may read the story, and it may be counted."""
    say_yes(Use.READ, circle=circle)


@pytest.fixture
def nasreen(organiser: Person, signed_in_client: Browser) -> Client:
    return signed_in_client(organiser)


def filled(pieces: list[Piece], **more: str) -> dict[str, Any]:
    """The form of three steps, filled in well."""
    first, second, third = (f"step{piece.pk}" for piece in pieces)
    return {
        "once": str(uuid.uuid4()),
        "name": "Asked, left waiting, seen",
        "whole_within": "1 year",
        f"{first}-name": "Asked for help",
        f"{first}-others": "Referral",
        f"{second}-name": "No visit",
        f"{second}-kind": "silence",
        f"{second}-others": "First visit\nSecond visit",
        f"{second}-silence": "2 weeks",
        f"{third}-name": "Seen",
        f"{third}-kind": "contact",
        f"{third}-others": "First visit",
        f"{third}-within": "20 weeks",
        f"{third}-after": "1 day",
        **more,
    }


def steps_of(version: Version, pieces: list[Piece]) -> str:
    chosen = "&".join(f"piece={piece.pk}" for piece in pieces)
    return f"{reverse('behind:write_steps', args=[version.pk])}?{chosen}"


def heard(page: str) -> str:
    found = re.search(r'name="heard" value="(\w+)"', page)
    assert found, "nothing was read out"
    return found[1]


def test_stories_to_choose_from_are_those_one_may_read_and_that_may_be_counted(
    version: Version, say_yes: SayYes, circle: Circle, nasreen: Client
) -> None:
    there = reverse("behind:choose_story")
    say_yes(Use.READ, circle=circle)
    assert "The long way round" not in nasreen.get(there).content.decode()
    say_yes(Use.COUNT)
    assert "The long way round" in nasreen.get(there).content.decode()


def test_a_story_one_may_count_and_not_read_shows_none_of_its_words(
    version: Version, counted: Consent, nasreen: Client, pieces: list[Piece]
) -> None:
    assert "long way" not in nasreen.get(reverse("behind:choose_story")).content.decode()
    page = nasreen.get(reverse("behind:choose_steps", args=[version.pk])).content.decode()
    assert "off the list" not in page
    assert "nothing here that you may read" in page
    answer = nasreen.get(steps_of(version, pieces))
    assert "off the list" not in answer.content.decode()


def test_steps_and_gaps_are_offered_and_wishes_are_not(
    readable: None, version: Version, nasreen: Client
) -> None:
    page = nasreen.get(reverse("behind:choose_steps", args=[version.pk])).content.decode()
    assert "They took me off the list" in page
    assert "Back of the queue, 17 weeks" in page
    assert "walk the dog" not in page


def test_choosing_nothing_is_answered_beside_the_field(
    readable: None, version: Version, nasreen: Client
) -> None:
    answer = nasreen.get(reverse("behind:write_steps", args=[version.pk]))
    assert answer.status_code == 422
    assert "Choose at least one" in answer.content.decode()


def test_a_pattern_is_read_out_and_then_kept(
    readable: None, version: Version, pieces: list[Piece], nasreen: Client, log: ContactLog
) -> None:
    there = steps_of(version, pieces)
    answer = nasreen.post(there, filled(pieces))
    page = answer.content.decode()
    assert answer.status_code == 200
    for line in (
        "First: Referral (Asked for help).",
        "Then no First visit or Second visit for 2 weeks (No visit).",
        "Then, at least 1 day and at most 20 weeks later: First visit (Seen).",
        "the whole path takes 1 year at most",
    ):
        assert line in page
    assert not Pattern.objects.exists(), "hearing keeps nothing"
    kept = nasreen.post(there, filled(pieces, heard=heard(page), keep="1"))
    pattern = Pattern.objects.get()
    assert kept.headers["Location"] == reverse("behind:pattern", args=[pattern.pk])
    assert set(pattern.pieces.all()) == set(pieces)
    assert 'silence = "2 weeks"' in pattern.toml


def test_what_was_changed_after_it_was_read_out_is_read_out_again(
    readable: None, version: Version, pieces: list[Piece], nasreen: Client
) -> None:
    there = steps_of(version, pieces)
    before = heard(nasreen.post(there, filled(pieces)).content.decode())
    changed = filled(pieces, heard=before, keep="1", whole_within="2 years")
    page = nasreen.post(there, changed).content.decode()
    assert not Pattern.objects.exists()
    assert "takes 2 years at most" in page
    assert heard(page) != before


def test_a_second_press_keeps_one_pattern(
    readable: None, version: Version, pieces: list[Piece], nasreen: Client
) -> None:
    there = steps_of(version, pieces)
    mark = heard(nasreen.post(there, filled(pieces)).content.decode())
    sent = filled(pieces, heard=mark, keep="1")
    first, second = nasreen.post(there, sent), nasreen.post(there, sent)
    assert first.headers["Location"] == second.headers["Location"]
    assert Pattern.objects.count() == 1


@pytest.mark.parametrize(
    ("field", "typed", "sentence"),
    [
        ("name", "", "Please fill this in"),
        ("whole_within", "six weaks", "Did you mean"),
        ("third-within", "soon", "is not a length of time"),
        ("third-within", "1 hour", "nothing can do both"),
        ("third-others", " \n ", "Say what it is called in the records"),
        ("second-silence", "", "Say for how long"),
        ("second-within", "2 weeks", "Leave this empty where something did not happen"),
        ("third-name", "They took me off the list", "teller’s own words"),
        ("third-times", "3", "Leave this empty, or say above that it happened in this way"),
        ("third-kind", "repeat", "Say how many times, from 2 to 1000"),
        ("third-kind", "repeat", "Say within how long, like 1 year"),
        ("first-times", "many", "Write a whole number, like 3"),
        ("second-without", "Letter", "Leave this empty where something did not happen"),
        ("third-where", "the night team", "Write “the night team” like this"),
        ("gap", "two weaks", "Did you mean"),
        ("spells", "Letter", "Say how close together"),
    ],
)
def test_what_cannot_be_is_said_beside_the_field_and_what_was_typed_is_kept(
    readable: None,
    version: Version,
    pieces: list[Piece],
    nasreen: Client,
    field: str,
    typed: str,
    sentence: str,
) -> None:
    names = dict(zip(("first", "second", "third"), (f"step{piece.pk}" for piece in pieces), strict=True))
    step, _, rest = field.partition("-")
    wrong = {f"{names[step]}-{rest}" if rest else field: typed}
    there = steps_of(version, pieces)
    answer = nasreen.post(there, filled(pieces, **wrong))
    if answer.status_code == 200:
        answer = nasreen.post(there, filled(pieces, **wrong, heard=heard(answer.content.decode()), keep="1"))
    page = answer.content.decode()
    assert answer.status_code == 422
    assert sentence in page.replace("&#x27;", "’")
    assert "Second visit" in page, "what was typed is still there"
    assert not Pattern.objects.exists()


def test_the_records_own_names_are_offered_to_tick_where_a_log_is_here(
    readable: None, version: Version, pieces: list[Piece], nasreen: Client, log: ContactLog
) -> None:
    there = steps_of(version, pieces)
    page = nasreen.get(there).content.decode()
    assert f'type="checkbox" name="step{pieces[0].pk}-activity" value="Referral"' in page
    ticked = {f"step{pieces[0].pk}-activity": "Referral", f"step{pieces[0].pk}-others": "First vissit"}
    answer = nasreen.post(there, filled(pieces, **ticked))
    assert answer.status_code == 422
    page = plain(answer)
    assert "No contact here is called “First vissit”. Did you mean" in page
    assert "First visit" in page
    page = plain(nasreen.post(there, filled(pieces, **ticked, elsewhere="on")))
    assert "First: First vissit" in page
    assert "no contact by these names: First vissit." in page


def plain(answer: Any) -> str:
    return html.unescape(re.sub(r"\s+", " ", answer.content.decode()))


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
