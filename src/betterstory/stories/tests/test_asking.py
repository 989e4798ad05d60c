"""One small question a page: each can be skipped, and help is never far."""

from typing import Any

import pytest
from django.test import Client

from betterstory.people.models import Person
from betterstory.places.models import Neighbourhood, Place
from betterstory.stories.models import Gap, Shape, Step, Story
from betterstory.stories.questions import QUESTIONS, next_after
from betterstory.stories.tests._asking import SignIn, first_step, open_story, post, text, whole

__all__ = ["open_story"]  # fixtures that tests ask for by name


def test_is_now_a_good_time_comes_first_and_not_today_ends_kindly(sam: Client, place: Place) -> None:
    assert "/stories/ready/" in text(sam.get("/stories/"))
    page = text(sam.get("/stories/ready/"))
    assert "/stories/begin/" in page
    assert "/stories/not-today/" in page
    kind = text(sam.get("/stories/not-today/"))
    assert "Not today is a good answer" in kind
    assert "Ring 999 if somebody is in danger now." in kind
    assert not Story.objects.exists()


def test_every_question_can_be_skipped_and_leaves_a_story_that_reads(
    sam: Client, neighbourhood: Neighbourhood, teller: Person
) -> None:
    post(sam, "/stories/begin/", limits_heard="on")
    story = Story.objects.get()
    here = f"/stories/{story.uuid}"
    for page, then in (("thanks", "name"), ("name", "title"), ("title", "way"), ("words", "moments")):
        assert f'href="{here}/{then}/"' in text(sam.get(f"{here}/{page}/")), page
    asked = post(sam, f"{here}/moments/", words="I rang.")["Location"]
    for name in QUESTIONS:
        page = text(sam.get(f"{here}/moments/{Step.objects.get().pk}/{name}/"))
        assert "Skip this one" in page, name
        assert "Pause here" in page
    for kind in ("keeps_me_well", "can_give", "hope"):
        assert "Skip this one" in text(sam.get(f"{here}/wishes/{kind}/"))
    assert asked.endswith("/who/")
    shown = whole(story, teller)
    assert (shown.title, shown.name) == ("My story", "Somebody")
    assert shown.steps[0].step.shape == Shape()


PAGES = ("thanks", "name", "title", "way", "words", "aloud", "pages", "moments", "wishes", "language")


@pytest.mark.parametrize("page", [*PAGES, "two-languages", "rest", "read-back"])
def test_every_page_of_telling_says_what_is_next_and_where_help_is(
    page: str, sam: Client, open_story: Story, django_assert_max_num_queries: Any
) -> None:
    with django_assert_max_num_queries(12):
        answer = sam.get(f"/stories/{open_story.uuid}/{page}/")
    said = text(answer)
    assert answer.status_code == 200
    assert "Nobody reads this out of hours." in said
    assert "Ring 999 if somebody is in danger now." in said
    assert 'href="/leave/"' in said
    if page not in ("rest", "way", "read-back", "aloud", "pages"):
        assert "Next we ask" in said or "Next you choose" in said or "Next we" in said
    tab = said.split("<title>")[1].split("</title>")[0]
    for words in ("long way", "Robin", "postman", "Sam"):
        assert words not in tab, "the tab says nothing of the story"


def test_a_place_without_numbers_says_so_and_invents_none(
    sam: Client, place: Place, neighbourhood: Neighbourhood
) -> None:
    Place.objects.update(help_now="")
    page = text(sam.get("/stories/ready/"))
    assert "has not written down its own numbers yet" in page
    assert "116 123" not in page


def test_an_organiser_keeps_the_numbers(
    organiser: Person, partner: Person, place: Place, signed_in_client: SignIn, sam: Client
) -> None:
    new = {"help_now": "The night line: 01632 960 321", "organiser_phone": "01632 960 111"}
    assert post(signed_in_client(partner), "/places/help-now/", **new).status_code == 403
    assert post(signed_in_client(organiser), "/places/help-now/", **new).status_code == 302
    assert "01632 960 321" in text(sam.get("/stories/ready/"))


def test_leaving_fast_forgets_who_was_here(sam: Client) -> None:
    answer = sam.get("/leave/")
    assert answer["Clear-Site-Data"] == '"cache", "cookies", "storage"'
    assert answer["Location"].startswith("https://www.bbc.co.uk/")
    assert answer["Referrer-Policy"] == "no-referrer"
    assert answer.cookies["story"]["max-age"] == 0
    assert sam.get("/stories/").status_code == 302, "come in again"


@pytest.mark.parametrize(
    ("asked", "moment", "then"),
    [
        ("kind", "told_again", "again"),
        ("kind", "waiting", "gap"),
        ("kind", "dropped", "gap"),
        ("kind", "sent_back", "gap"),
        ("kind", "kindness", "when"),
        ("kind", "", "when"),
        ("again", "", "when"),
        ("helped", "", ""),
    ],
)
def test_what_is_asked_next(asked: str, moment: str, then: str) -> None:
    assert next_after(asked, moment=moment) == then


def test_a_gap_asks_one_thing_after_another(sam: Client, open_story: Story) -> None:
    step = first_step(open_story)
    before = Gap.objects.count()
    url = f"/stories/{open_story.uuid}/moments/{step.pk}/gap/"
    second = post(sam, url, words="No one, for 19 weeks")
    assert "What kind of gap was it?" in text(second)
    assert 'value="No one, for 19 weeks"' in text(second)
    assert second.status_code == 200, "nothing is wrong with it"
    third = post(sam, url, words="No one, for 19 weeks", kind="wait")
    assert "Who should have been there?" in text(third)
    assert Gap.objects.count() == before
    wrong = post(sam, url, words="")
    assert wrong.status_code == 422
    assert post(sam, url, words="No one", kind="wait", ring="community").status_code == 302
    assert Gap.objects.count() == before + 1
