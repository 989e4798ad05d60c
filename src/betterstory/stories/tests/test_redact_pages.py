"""Naming who is in a story and reading its lines, page by page, as a browser does it."""

import re
import uuid
from collections.abc import Callable
from datetime import timedelta
from typing import Any

import pytest
from django.test import Client
from django.utils import timezone

from betterstory.people.models import Person
from betterstory.stories import verbs
from betterstory.stories.models import Named, ReadLine, Story, Version
from betterstory.stories.redacting import reviewing
from betterstory.stories.redacting.listed import Found
from betterstory.stories.redacting.second_eyes import Sight, State
from betterstory.stories.sealing import TITLE, seal
from conftest import AT, read_every_line

SignIn = Callable[[Person], Client]


class Closed:
    """A second pair of eyes for tests: says what it is told to."""

    def __init__(self, sight: Sight) -> None:
        self.sight = sight

    def look(self, lines: list[str]) -> Sight:
        if self.sight.state is State.SEEN:
            return Sight(State.SEEN, tuple(self.sight.found[:1]) + ((),) * (len(lines) - 1))
        return self.sight


@pytest.fixture(autouse=True)
def closed(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(reviewing, "eyes", Closed(Sight(State.ABSENT)))


def post(client: Client, url: str, **data: Any) -> Any:
    return client.post(url, {"once": str(uuid.uuid4()), **data})


def text(response: Any) -> str:
    return str(response.content.decode())


def fields(page: str) -> dict[str, str]:
    """What the form on a page of lines would send with every line ticked and nothing changed."""
    [mark] = re.findall(r'name="mark" value="(\w+)"', page)
    lines = dict(re.findall(r'<textarea name="(line-\d+)"[^>]*>\n?([^<]*)</textarea>', page))
    return {"mark": mark, **lines, **{f"read-{name.split('-')[1]}": "on" for name in lines}}


def test_sam_reads_every_line_and_takes_a_name_out(sam: Client, story: Story) -> None:
    here = f"/stories/{story.uuid}"
    assert f"{here}/before-it-leaves/" in text(sam.get(f"{here}/mine/")), "it is reached by a link"
    assert post(sam, f"{here}/names/", names="the postman, Postie", kind="worker").status_code == 302
    page = text(sam.get(f"{here}/names/"))
    assert "the postman, Postie" in page
    assert "somebody who works there" in page
    answer = post(sam, f"{here}/before-it-leaves/", **fields(text(sam.get(f"{here}/before-it-leaves/"))))
    assert answer["Location"] == f"{here}/before-it-leaves/done/"
    done = text(sam.get(answer["Location"]))
    assert "The postman kept knocking." in done
    assert "Somebody who works there kept knocking." in done
    [mark] = re.findall(r'name="mark" value="(\w+)"', done)
    made = post(sam, f"{here}/before-it-leaves/done/", mark=mark)
    assert made["Location"] == f"{here}/read-back/"
    read_back = text(sam.get(made["Location"]))
    assert "postman" not in read_back
    assert [version.agreed_at is None for version in story.versions.order_by("number")] == [False, True]


def test_a_line_stands_there_once_where_nothing_changes_in_it(sam: Client, story: Story) -> None:
    here = f"/stories/{story.uuid}"
    assert "As it was" not in text(sam.get(f"{here}/before-it-leaves/"))
    post(sam, f"{here}/names/", names="the postman", kind="worker")
    page = text(sam.get(f"{here}/before-it-leaves/"))
    assert page.count("As it was") == 1, "both stand there where a name goes out"
    assert page.index("Line 1. The title") < page.index("Line 2.")


def test_what_was_read_is_not_said_to_wait_and_a_yes_comes_next(sam: Client, story: Story) -> None:
    here = f"/stories/{story.uuid}"
    before = text(sam.get(f"{here}/before-it-leaves/done/"))
    assert "still to be read" in before
    assert f"{here}/say-yes/" not in before, "nothing is to be said yes to that nobody read"
    post(sam, f"{here}/before-it-leaves/", **fields(text(sam.get(f"{here}/before-it-leaves/"))))
    [mark] = re.findall(r'name="mark" value="(\w+)"', text(sam.get(f"{here}/before-it-leaves/done/")))
    post(sam, f"{here}/before-it-leaves/done/", mark=mark)
    for page in ("before-it-leaves/", "before-it-leaves/done/"):
        after = text(sam.get(f"{here}/{page}"))
        assert "Every line of this version was read" in after
        assert "still to be read" not in after
    assert f"{here}/say-yes/" in after


def test_a_line_changed_without_its_tick_is_said_so_and_nothing_typed_is_lost(
    sam: Client, story: Story
) -> None:
    url = f"/stories/{story.uuid}/before-it-leaves/"
    sent = fields(text(sam.get(url)))
    sent["line-2"] = "I stopped the letters."
    del sent["read-2"]
    answer = post(sam, url, **sent)
    assert answer.status_code == 422
    assert "Tick it once you have read it" in text(answer)
    assert "I stopped the letters." in text(answer)
    assert not ReadLine.objects.exists()


def test_that_every_line_was_read_is_said_until_a_word_changes(
    sam: Client, story: Story, teller: Person
) -> None:
    here = f"/stories/{story.uuid}/before-it-leaves/"
    said = {here: "Every line of this version was read", f"{here}done/": "was read line by line"}
    for url, words in said.items():
        assert words not in text(sam.get(url))
    read_every_line(story.newest())
    for url, words in said.items():
        assert words in text(sam.get(url))
    story.refresh_from_db()
    story.title_sealed = seal("The short way", key=story.key, name=TITLE, row=story.uuid)
    story.save()
    for url, words in said.items():
        assert words not in text(sam.get(url))


def test_half_a_page_read_is_kept_and_the_rest_is_still_to_be_read(sam: Client, story: Story) -> None:
    url = f"/stories/{story.uuid}/before-it-leaves/"
    sent = fields(text(sam.get(url)))
    for number in range(3, 8):
        sent.pop(f"read-{number}", None)
    post(sam, url, **sent)
    done = text(sam.get(f"{url}done/"))
    assert "still to be read" in done
    assert "Nothing to change" not in done
    assert re.findall(r'name="read-1" checked', text(sam.get(url)))
    assert post(sam, f"{url}done/", mark=sent["mark"]).status_code == 422
    assert story.versions.count() == 1


def test_a_long_story_is_read_in_pages(sam: Client, teller: Person, story: Story) -> None:
    verbs.begin_version(story, by=teller, at=AT)
    verbs.write(story, by=teller, text="A line of words.\n" * 600, at=AT)
    url = f"/stories/{story.uuid}/before-it-leaves/"
    page = sam.get(f"{url}?page=7")
    assert "Page 7 of" in text(page)
    assert len(page.content) < 60_000
    answer = post(sam, f"{url}?page=7", **fields(text(page)))
    assert answer["Location"] == f"{url}?page=8"
    assert "Page 1 of" in text(sam.get(url)), "it opens at the first line nobody read"
    for odd in ("0", "-1", "x", "٣", "9" * 9, "99999"):
        assert sam.get(url, {"page": odd}).status_code == 200


def test_somebody_elses_list_and_lines_are_not_there(
    story: Story, sam: Client, organiser: Person, signed_in_client: SignIn
) -> None:
    post(sam, f"/stories/{story.uuid}/names/", names="Tone", kind="friend")
    named = Named.objects.get()
    other = signed_in_client(organiser)
    for page in ("names/", "before-it-leaves/", "before-it-leaves/done/"):
        for client in (other, Client()):
            answer = client.get(f"/stories/{story.uuid}/{page}")
            assert answer.status_code in (302, 404)
            assert "Tone" not in text(answer)
    assert post(other, f"/stories/{story.uuid}/names/{named.pk}/forget/").status_code == 404
    assert Named.objects.exists()
    post(sam, f"/stories/{story.uuid}/names/{named.pk}/forget/")
    assert not Named.objects.exists()


def test_a_name_of_another_story_is_not_taken_off_through_this_one(
    story: Story, sam: Client, resident: Person
) -> None:
    from betterstory.stories.redacting import verbs as redacting  # noqa: PLC0415 - only this test names

    other = verbs.begin(
        by=resident,
        teller=resident,
        neighbourhood=story.neighbourhood,
        title="Two",
        chosen_name="Lark",
        limits_heard=True,
        at=AT,
    )
    named = redacting.name_somebody(other, by=resident, forms=["Maz"], kind="friend")
    assert post(sam, f"/stories/{story.uuid}/names/{named.pk}/forget/").status_code == 404
    assert Named.objects.exists()


def test_what_gives_a_name_away_is_said_on_the_form(sam: Client, story: Story) -> None:
    answer = post(sam, f"/stories/{story.uuid}/names/", names="Tone", kind="friend", called="Tone's mate")
    assert answer.status_code == 422
    assert "still gives a name away" in text(answer)
    assert "Tone&#x27;s mate" in text(answer)


def test_capitals_that_are_on_no_list_are_listed(sam: Client, story: Story, teller: Person) -> None:
    verbs.begin_version(story, by=teller, at=AT)
    verbs.write(story, by=teller, text="I saw Maz & Jo at the Belgrade <Theatre>.", at=AT)
    page = text(sam.get(f"/stories/{story.uuid}/names/"))
    assert "?add=Maz" in page
    assert "Belgrade" in page
    assert "<Theatre>" not in page
    assert 'value="Maz"' in text(sam.get(f"/stories/{story.uuid}/names/?add=Maz"))


def test_anyone_is_refused_on_the_form_until_every_line_was_read(sam: Client, version: Version) -> None:
    url = f"/stories/{version.story.uuid}/say-yes/"
    assert "For anyone, and for a report, every line has to be read first" in text(sam.get(url))
    until = (timezone.localdate() + timedelta(days=20)).isoformat()
    data = {"use": "quote", "audience": "public", "form": "chosen_name", "until": until}
    data |= {"others_looked_at": "on", "small_place": "on"}
    answer = post(sam, url, **data)
    assert answer.status_code == 422
    assert "Read every line first" in text(answer)
    assert not version.consents.exists()
    report = {**data, "use": "report", "audience": "partnership"}
    assert "Read every line first" in text(post(sam, url, **report))
    assert not version.consents.exists()
    assert post(sam, url, **{**data, "audience": "partnership"}).status_code == 302
    lines = f"/stories/{version.story.uuid}/before-it-leaves/"
    sent = fields(text(sam.get(lines)))
    post(sam, lines, **sent)
    assert "Nothing to change" in text(sam.get(f"{lines}done/"))
    post(sam, f"{lines}done/", mark=sent["mark"])
    assert "can be said yes to for anyone" in text(sam.get(f"{lines}done/"))
    assert post(sam, url, **data).status_code == 302
    assert post(sam, url, **report).status_code == 302


@pytest.mark.parametrize(
    ("sight", "words"),
    [
        (Sight(State.ABSENT), "is not installed here"),
        (Sight(State.WAKING), "is waking up"),
        (Sight(State.SEEN, ((Found(4, 8, "eyes-place", asks=True),),)), "says the second pair of eyes"),
    ],
)
def test_the_page_says_whether_a_second_pair_of_eyes_looked(
    sight: Sight, words: str, sam: Client, story: Story, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(reviewing, "eyes", Closed(sight))
    page = text(sam.get(f"/stories/{story.uuid}/before-it-leaves/"))
    assert words in page
    assert "The long way round</textarea>" in page, "it asks, and changes nothing"


def test_looking_changes_nothing(sam: Client, story: Story) -> None:
    for page in ("names/", "before-it-leaves/", "before-it-leaves/done/"):
        sam.get(f"/stories/{story.uuid}/{page}")
    assert not ReadLine.objects.exists()
    assert not Named.objects.exists()
