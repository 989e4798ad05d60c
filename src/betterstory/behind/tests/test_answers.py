"""Answers of other bodies: checked, looked at by somebody else, beside our own and never added up."""

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

from betterstory.behind import verbs
from betterstory.behind.models import Answer, ContactLog, Pattern
from betterstory.behind.tests.conftest import NOW, TOML, LetOut
from betterstory.people.models import Person
from betterstory.people.verbs import NotYours
from betterstory.stories import consenting
from betterstory.stories.models import Consent

type Browser = Callable[[Person], Client]
EVERYTHING = list(verbs.CHECKS)
ROWS = """
rule,level_from,level_to,status,people,split_status,on_the_way,way_closed,too_early,again_status,again,denominator,denominator_is
nhs-england-sde,0,0,shown,445,none,,,,none,,600,the person table
nhs-england-sde,1,1,shown,65,not shown,,,,none,,600,the person table
nhs-england-sde,2,2,shown,55,shown,35,20,0,not shown,,600,the person table
nhs-england-sde,3,3,shown,35,none,,,,none,,600,the person table
"""
FILE = f'''\
format = 1
pattern = "Asked, seen, seen again"
fingerprint = "5d359bdb345772ce3ada22b5ef6015d16600701ec810992f273d35aefa0a5b08"
steps = ["Asked for help", "Seen", "Seen again"]
rule = "nhs-england-sde"
body = "Leaf Trust"
source = "MHSDS in the SDE"
period_from = 2022-04-01
period_to = 2024-03-31
data_until = 2024-03-31
checked_by = "R. Okafor"
checked_on = 2024-05-02
notes = ""
rows = """{ROWS}"""
'''.encode()


@pytest.fixture
def answer(plain_pattern: Pattern, analyst: Person, other_body: Person) -> Answer:
    return verbs.bring_answer(
        plain_pattern, content=FILE, cannot_see="who asked their GP alone.", by=analyst, at=NOW
    )


def sent(content: bytes = FILE, **more: Any) -> dict[str, Any]:
    file = SimpleUploadedFile("answer.toml", content)
    return {"once": str(uuid.uuid4()), "cannot_see": "who asked their GP alone", "file": file, **more}


def plain(answer: Any) -> str:
    return html.unescape(re.sub(r"\s+", " ", answer.content.decode()))


def test_an_answer_is_kept_with_where_it_comes_from(answer: Answer) -> None:
    assert (answer.body, answer.source, answer.rule) == ("Leaf Trust", "MHSDS in the SDE", "nhs-england-sde")
    assert (answer.checked_by, answer.cannot_see) == ("R. Okafor", "who asked their GP alone")
    assert answer.figures["people"] == 600
    assert answer.figures["has_people"]
    assert [group["people"] for group in answer.figures["groups"]] == [445, 65, 55, 35]
    assert answer.is_waiting


def test_the_same_file_brought_twice_is_one_answer(answer: Answer, analyst: Person) -> None:
    again = verbs.bring_answer(answer.pattern, content=FILE, cannot_see="x", by=analyst, at=NOW)
    assert again == answer


@pytest.mark.parametrize("role", ["resident", "partner"])
def test_only_those_who_make_patterns_bring_answers(
    plain_pattern: Pattern, welcome: Callable[..., Person], role: str
) -> None:
    with pytest.raises(NotYours):
        verbs.bring_answer(plain_pattern, content=FILE, cannot_see="x", by=welcome("Kit", role), at=NOW)
    assert not Answer.objects.exists()


@pytest.mark.parametrize(
    ("old", "new", "sentence"),
    [
        (b"3,3,shown,35", b"3,3,shown,37", "not rounded"),
        (b"3,3,shown,35", b"3,3,shown,3", "fewer than the rule"),
        (b"1,1,shown,65", b"1,1,shown,70", "add up"),
        (b"5d359bdb", b"6d359bdb", "pattern"),
        (b'checked_by = "R. Okafor"', b'checked_by = ""', "checked"),
        (b"format = 1", b"format = ", ""),
    ],
)
def test_what_is_wrong_with_a_file_is_said_beside_it_and_nothing_is_kept(
    plain_pattern: Pattern,
    analyst: Person,
    signed_in_client: Browser,
    old: bytes,
    new: bytes,
    sentence: str,
) -> None:
    assert old in FILE
    there = reverse("behind:bring_answer", args=[plain_pattern.pk])
    answer = signed_in_client(analyst).post(there, sent(FILE.replace(old, new)))
    assert answer.status_code == 422
    assert sentence in plain(answer)
    assert 'class="field wrong"' in answer.content.decode()
    assert not Answer.objects.exists()


@pytest.mark.parametrize("content", [b"\xff\xfe", b"hello", b"a" * 70_000])
def test_what_is_no_answer_file_is_refused_in_a_sentence(
    plain_pattern: Pattern, analyst: Person, signed_in_client: Browser, content: bytes
) -> None:
    there = reverse("behind:bring_answer", args=[plain_pattern.pk])
    assert signed_in_client(analyst).post(there, sent(content)).status_code == 422
    assert not Answer.objects.exists()


def test_an_answer_to_another_pattern_is_not_taken(analyst: Person) -> None:
    other = verbs.make_pattern(toml=TOML.replace("10 days", "12 days"), by=analyst, at=NOW)
    with pytest.raises(verbs.NotAnAnswer):
        verbs.bring_answer(other, content=FILE, cannot_see="x", by=analyst, at=NOW)


def test_nobody_sees_it_until_somebody_of_another_body_looked(
    answer: Answer, analyst: Person, other_body: Person, organiser: Person
) -> None:
    beside = reverse("behind:beside", args=[answer.pattern_id])
    assert Client().get(beside).status_code == 404
    for person in (analyst, organiser):  # who brought it; and one who speaks for no body
        with pytest.raises(verbs.NotYoursToApprove):
            verbs.approve_answer(answer, by=person, at=NOW, looked_at=EVERYTHING)
        with pytest.raises(verbs.NotYoursToApprove):
            verbs.refuse_answer(answer, by=person, at=NOW, reason="No.")
    with pytest.raises(verbs.NotLookedAt):
        verbs.approve_answer(answer, by=other_body, at=NOW, looked_at=EVERYTHING[1:])
    assert Client().get(beside).status_code == 404
    verbs.approve_answer(answer, by=other_body, at=NOW, looked_at=EVERYTHING)
    assert "Leaf Trust" in plain(Client().get(beside))
    with pytest.raises(verbs.AlreadyAnswered):
        verbs.refuse_answer(answer, by=other_body, at=NOW, reason="Too late.")


def test_kept_in_it_is_never_shown(answer: Answer, other_body: Person) -> None:
    with pytest.raises(verbs.NoReason):
        verbs.refuse_answer(answer, by=other_body, at=NOW, reason=" ")
    verbs.refuse_answer(answer, by=other_body, at=NOW, reason="Ask for the whole year.")
    with pytest.raises(verbs.AlreadyAnswered):
        verbs.approve_answer(answer, by=other_body, at=NOW, looked_at=EVERYTHING)
    assert Client().get(reverse("behind:beside", args=[answer.pattern_id])).status_code == 404


def test_once_the_teller_says_no_no_answer_comes_or_goes_out(
    story_pattern: Pattern, analyst: Person, other_body: Person, teller: Person, counted: Consent
) -> None:
    brought = verbs.bring_answer(story_pattern, content=FILE, cannot_see="x", by=analyst, at=NOW)
    consenting.stop(counted, by=teller, at=NOW)
    found = Answer.objects.with_pattern().get(pk=brought.pk)
    with pytest.raises(verbs.NotToBeCounted):
        verbs.approve_answer(found, by=other_body, at=NOW, looked_at=EVERYTHING)
    with pytest.raises(verbs.NotToBeCounted):
        verbs.bring_answer(found.pattern, content=FILE + b"\n", cannot_see="x", by=analyst, at=NOW)


def test_it_stands_beside_the_places_own_records_and_is_never_added_up(
    answer: Answer, log: ContactLog, let_out: LetOut, other_body: Person
) -> None:
    release = let_out(answer.pattern, log=log)
    verbs.approve_answer(answer, by=other_body, at=NOW, looked_at=EVERYTHING)
    page = plain(Client().get(reverse("behind:beside", args=[answer.pattern_id])))
    for words in (
        "about 40 people",
        "about 35 people",
        "about 65 people",
        "MHSDS in the SDE",
        "R. Okafor",
        "nhs-england-sde",
        "who asked their GP alone",
        "people who never asked",
        "Everybody on a list",
        "never added up",
        "Head, Talking Service",
    ):
        assert words in page, words
    for added in ("75 people", "125 people", "890", "1,200"):
        assert added not in page
    assert reverse("behind:beside", args=[answer.pattern_id]) in plain(
        Client().get(release.get_absolute_url())
    )


def test_all_of_it_on_the_pages(
    plain_pattern: Pattern,
    analyst: Person,
    other_body: Person,
    organiser: Person,
    resident: Person,
    signed_in_client: Browser,
    django_assert_max_num_queries: Callable[..., AbstractContextManager[object]],
) -> None:
    ade, helen = signed_in_client(analyst), signed_in_client(other_body)
    there = reverse("behind:bring_answer", args=[plain_pattern.pk])
    assert there in plain(ade.get(plain_pattern.get_absolute_url()))
    brought = ade.post(there, sent())
    answer = Answer.objects.get()
    assert brought.headers["Location"] == answer.get_absolute_url()
    assert "Head, Talking Service" in plain(ade.get(answer.get_absolute_url()))
    with django_assert_max_num_queries(12):
        page = plain(helen.get(answer.get_absolute_url()))
    assert "Shall this go out" in page
    assert answer.get_absolute_url() in plain(helen.get(reverse("behind:index")))
    assert signed_in_client(resident).get(answer.get_absolute_url()).status_code == 403
    approve = reverse("behind:approve_answer", args=[answer.pk])
    assert signed_in_client(resident).post(approve, sent(looked_at=EVERYTHING)).status_code == 403
    assert signed_in_client(organiser).post(approve, sent(looked_at=EVERYTHING)).status_code == 403
    out = helen.post(approve, {"once": str(uuid.uuid4()), "looked_at": EVERYTHING})
    assert out.headers["Location"] == reverse("behind:beside", args=[plain_pattern.pk])
    with django_assert_max_num_queries(12):
        assert "Leaf Trust" in plain(Client().get(out.headers["Location"]))
