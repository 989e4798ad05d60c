"""The codebook: who names codes, who marks a line, and what of it leaves or goes with a story."""

import uuid
from collections.abc import Callable
from datetime import timedelta
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.utils import timezone

from betterstory.people.models import Circle, Person
from betterstory.people.verbs import NotYours
from betterstory.stories import codebook, consenting, showing, whose
from betterstory.stories.exchange import codebook_forms, refi_out, taking
from betterstory.stories.exchange.project import Code as ReadCode
from betterstory.stories.exchange.project import lasting_id, paths
from betterstory.stories.models import Code, Coding, NotTheirs, Piece, Seen, Use, Version
from betterstory.stories.tests.conftest import pieces_of
from betterstory.ui import uploads
from conftest import AT, read_every_line

MONTH = AT + timedelta(days=30)
SignIn = Callable[[Person], Client]


@pytest.fixture
def code(organiser: Person) -> Code:
    return codebook.add_code(name="losing a place", by=organiser, at=AT, description="in any queue")


@pytest.fixture
def line(version: Version) -> Piece:
    return Piece.objects.select_related("version__story").get(version=version, kind=Piece.Kind.GAP)


def test_who_may_read_a_line_may_say_what_they_read_in_it(
    line: Piece, code: Code, teller: Person, circle: Circle, organiser: Person, partner: Person
) -> None:
    with pytest.raises(codebook.NotForYouToRead):
        codebook.read_in(line, code=code, by=organiser, at=AT)
    consenting.say_yes(line.version, by=teller, use=Use.READ, circle=circle, at=AT, until=MONTH)
    first = codebook.read_in(line, code=code, by=organiser, at=AT)
    assert codebook.read_in(line, code=code, by=organiser, at=AT) == first, "said twice, it is there once"
    with pytest.raises(codebook.NotForYouToRead):
        codebook.read_in(line, code=code, by=partner, at=AT)
    assert Coding.objects.count() == 1


def test_a_heading_is_carried_by_no_line(line: Piece, code: Code, teller: Person) -> None:
    Code.objects.filter(pk=code.pk).update(is_codable=False)
    with pytest.raises(codebook.OnlyAHeading):
        codebook.read_in(line, code=Code.objects.get(), by=teller, at=AT)


def test_the_teller_can_take_any_of_it_away(
    line: Piece, code: Code, teller: Person, circle: Circle, organiser: Person, partner: Person
) -> None:
    consenting.say_yes(line.version, by=teller, use=Use.READ, circle=circle, at=AT, until=MONTH)
    reading = codebook.read_in(line, code=code, by=organiser, at=AT)
    with pytest.raises(NotYours):
        codebook.take_away(reading, by=partner)
    codebook.take_away(reading, by=teller)
    assert not Coding.objects.exists()


def test_what_was_read_in_a_story_goes_with_it(
    line: Piece, code: Code, teller: Person, circle: Circle, organiser: Person
) -> None:
    consenting.say_yes(line.version, by=teller, use=Use.READ, circle=circle, at=AT, until=MONTH)
    codebook.read_in(line, code=code, by=organiser, at=AT)
    consenting.take_back(line.version.story, by=teller, at=AT, for_good_now=True)
    assert not Coding.objects.exists()
    assert Code.objects.exists()


def test_a_copy_holds_both_readings_apart(
    line: Piece, code: Code, teller: Person, circle: Circle, organiser: Person
) -> None:
    read_every_line(line.version)
    for use in (Use.READ, Use.REPORT):
        consenting.say_yes(line.version, by=teller, use=use, circle=circle, at=AT, until=MONTH)
    codebook.read_in(line, code=code, by=organiser, at=AT)
    leaving = taking.what_may_leave(circle, at=AT)
    project = taking.as_project(leaving, audience=circle, number="1", at=AT)
    names = {each.guid: path for path, each in paths(project.codes)}
    readers = {reader.guid: reader.name for reader in project.readers}
    [story] = project.documents
    [marked] = [each for each in story.selections if story.quote(each).startswith("Back of the queue")]
    assert [(readers[each.by], names[each.code]) for each in marked.codings] == [
        ("the teller", "gaps.sent back"),
        ("the teller", "who was there.local services"),
        ("a reader", "losing a place"),
    ]
    assert organiser.name not in refi_out.project_xml(project).decode()


def test_only_those_who_study_name_codes(resident: Person, organiser: Person, code: Code) -> None:
    with pytest.raises(NotYours):
        codebook.add_code(name="x", by=resident, at=AT)
    with pytest.raises(codebook.OneCodeOfAName):
        codebook.add_code(name="Losing  a place", by=organiser, at=AT)
    with pytest.raises(NotYours):
        codebook.take_in([ReadCode(lasting_id("x"), "x")], by=resident, at=AT)
    assert Code.objects.count() == 1


def test_a_codebook_taken_in_twice_is_there_once(organiser: Person, code: Code) -> None:
    tree = [
        ReadCode(lasting_id("t"), "Losing a place", "other words"),
        ReadCode(lasting_id("u"), "tea", "", "#E69F00", parts=(ReadCode(lasting_id("v"), "kettle"),)),
    ]
    assert codebook.take_in(tree, by=organiser, at=AT) == codebook.TakenIn(new=2, known=1)
    assert codebook.take_in(tree, by=organiser, at=AT) == codebook.TakenIn(new=0, known=3)
    assert Code.objects.get(pk=code.pk).description == "in any queue", "what is here stays"
    assert Code.objects.get(name="kettle").under == Code.objects.get(name="tea")


def post(client: Client, url: str, **data: Any) -> Any:
    return client.post(url, {"once": str(uuid.uuid4()), **data})


def test_a_codebook_is_brought_on_the_page_and_what_was_left_out_is_said(
    organiser: Person, signed_in_client: SignIn
) -> None:
    client = signed_in_client(organiser)
    inside = b'<CodeBook><Codes><Code name="tea"><NoteRef/></Code></Codes></CodeBook>'
    file = SimpleUploadedFile("a.qdc", inside)
    assert post(client, "/stories/codebook/bring/", file=file).status_code == 302
    page = client.get("/stories/codebook/").content.decode()
    assert "1 new codes came in; 0 were here already." in page
    assert "Left out, since we have no place for it: 1 notes." in page
    assert "tea" in page


THEIRS = "as when it sat on the mat like snow"


def bring(client: Client, words: str, **more: str) -> Any:
    inside = f'<Code name="a"><Code name="b"><Description>{words}</Description></Code></Code>'
    file = SimpleUploadedFile("a.qdc", f"<CodeBook><Codes>{inside}</Codes></CodeBook>".encode())
    return post(client, "/stories/codebook/bring/", file=file, **more)


@pytest.mark.parametrize("shut", [False, True])
def test_words_of_a_story_do_not_lie_in_the_codebook_that_leaves_with_every_copy(
    shut: bool, version: Version, teller: Person, organiser: Person, signed_in_client: SignIn
) -> None:
    if shut:
        consenting.take_back(version.story, by=teller, at=AT)
    client = signed_in_client(organiser)
    for field in ("name", "description"):
        answer = post(client, "/stories/codebook/", **{"name": "post", field: THEIRS})
        assert answer.status_code == 422
        assert "Is this theirs?" in answer.content.decode()
    assert bring(client, THEIRS).status_code == 422
    assert not Code.objects.exists()
    assert post(client, "/stories/codebook/", name="unopened post").status_code == 302


def test_a_file_that_holds_common_words_is_taken_in_once_somebody_says_so(
    version: Version, organiser: Person, signed_in_client: SignIn
) -> None:
    client = signed_in_client(organiser)
    page = bring(client, THEIRS).content.decode()
    assert 'type="checkbox" name="not_theirs"' in page
    assert "Some of its words stand in a story told here." in page
    assert bring(client, THEIRS, not_theirs="on").status_code == 302
    assert Code.objects.count() == 2
    [said] = NotTheirs.objects.all()
    assert (said.by, said.where, said.story) == (organiser, "bring", version.story)
    assert bring(client, "in any queue").status_code == 302
    assert NotTheirs.objects.count() == 1, "where nothing was asked nothing is kept"


@pytest.mark.parametrize("how", ["typed", "brought"])
def test_nobody_tries_out_words_by_bringing_codebooks(
    how: str, version: Version, organiser: Person, signed_in_client: SignIn, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(whose, "MOST_ASKED", 2)
    client = signed_in_client(organiser)
    answers = [
        bring(client, THEIRS) if how == "brought" else post(client, "/stories/codebook/", name=THEIRS)
        for _n in range(3)
    ]
    assert [answer.status_code for answer in answers] == [422, 422, 429]


@pytest.mark.parametrize(
    ("data", "said"),
    [
        (b"no", "not a codebook"),
        (b'<!DOCTYPE a [<!ENTITY b "c">]><a>&b;</a>', "asks for more than itself"),
        (b"PK\x03\x04 broken", "damaged"),
    ],
)
def test_a_file_that_is_none_is_refused_in_a_sentence(
    data: bytes, said: str, organiser: Person, signed_in_client: SignIn
) -> None:
    file = SimpleUploadedFile("a.qdc", data)
    answer = post(signed_in_client(organiser), "/stories/codebook/bring/", file=file)
    assert answer.status_code == 422
    assert said in answer.content.decode()
    assert not Code.objects.exists()


def test_a_file_that_is_far_too_large_is_refused_in_a_sentence(
    organiser: Person, signed_in_client: SignIn, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(uploads, "MOST", 1000)
    monkeypatch.setattr(codebook_forms, "LARGEST", 900)
    answer = bring(signed_in_client(organiser), "too many words " * 100)
    assert answer.status_code == 422
    assert "This is too large to be a codebook." in answer.content.decode()


def test_a_line_is_marked_on_the_page(
    line: Piece, code: Code, circle: Circle, organiser: Person, partner: Person, signed_in_client: SignIn
) -> None:
    at = timezone.now()
    Version.objects.filter(pk=line.version_id).update(agreed_at=at)
    consenting.say_yes(
        line.version,
        by=line.version.story.teller,
        use=Use.READ,
        circle=circle,
        at=at,
        until=at + timedelta(days=9),
    )
    url = f"/stories/{line.version.story.uuid}/codes/"
    client = signed_in_client(organiser)
    assert post(client, url, piece=line.pk, code=code.pk).status_code == 302
    page = client.get(url).content.decode()
    assert "losing a place" in page
    assert Seen.objects.filter(person=organiser).exists()
    assert signed_in_client(partner).get(url).status_code == 404
    assert post(signed_in_client(partner), url, piece=line.pk, code=code.pk).status_code == 404
    assert Coding.objects.count() == 1
    away = f"{url}{Coding.objects.get().pk}/away/"
    assert post(client, away).status_code == 302
    assert not Coding.objects.exists()


def test_of_a_story_that_may_be_quoted_in_part_that_part_is_read_with_codes(
    version: Version, circle: Circle, teller: Person, organiser: Person, signed_in_client: SignIn
) -> None:
    at = timezone.now()
    quoted, other, *_rest = pieces_of(version)
    consenting.say_yes(
        version, by=teller, use=Use.QUOTE, circle=circle, piece=quoted, at=at, until=at + timedelta(9)
    )
    words = showing.show_each([quoted, other], viewer=teller, use=Use.READ, at=at)
    page = signed_in_client(organiser).get(f"/stories/{version.story.uuid}/codes/").content.decode()
    assert (words[quoted.pk].words or "-") in page
    assert (words[other.pk].words or "-") not in page


def test_a_shut_story_shows_no_readings(
    line: Piece, code: Code, teller: Person, organiser: Person, signed_in_client: SignIn
) -> None:
    codebook.read_in(line, code=code, by=teller, at=AT)
    assert signed_in_client(organiser).get(f"/stories/{line.version.story.uuid}/codes/").status_code == 404
    assert (
        b"losing a place"
        in signed_in_client(teller).get(f"/stories/{line.version.story.uuid}/codes/").content
    )
