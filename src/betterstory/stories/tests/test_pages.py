"""Telling, reading and taking back, page by page, as a browser does it."""

import re
import uuid
from collections.abc import Callable
from datetime import timedelta
from typing import Any

import pytest
from django.test import Client
from django.utils import timezone

from betterstory.people.models import Circle, Person
from betterstory.places.models import Neighbourhood
from betterstory.stories import consenting, showing
from betterstory.stories.models import Gap, Seen, Step, Story, Use, Version, Wish

SignIn = Callable[[Person], Client]


def post(client: Client, url: str, **data: Any) -> Any:
    return client.post(url, {"once": str(uuid.uuid4()), **data})


def text(response: Any) -> str:
    return str(response.content.decode())


def open_for(version: Version, circle: Circle, *uses: Use) -> None:
    at = timezone.now()
    Version.objects.filter(pk=version.pk).update(agreed_at=at)
    for use in uses:
        consenting.say_yes(
            version, by=version.story.teller, use=use, circle=circle, at=at, until=at + timedelta(days=9)
        )


ANSWERS: tuple[tuple[str, dict[str, Any]], ...] = (
    ("who", {"rings": ["me"]}),
    ("feeling", {"feeling": "-2", "feeling_words": "hollow"}),
    ("kind", {"moment": "sent_back"}),
    ("gap", {"words": "Back of the queue", "kind": "sent_back", "ring": "local_services"}),
    ("lasted", {"lasted": "17 weeks"}),
    ("when", {"when": "that winter", "after": "3 weeks"}),
    ("size", {"size": "big"}),
    ("helped", {"helped": "the dog"}),
)


def test_sam_tells_it_all(sam: Client, teller: Person, neighbourhood: Neighbourhood) -> None:
    page = sam.get("/stories/begin/")
    assert "Grace" in text(page), "who may have to be told stands there by name"
    begun = post(sam, "/stories/begin/", limits_heard="on")
    story = Story.objects.get()
    here = f"/stories/{story.uuid}"
    assert begun["Location"] == f"{here}/thanks/", "fares and thanks come before the first word"
    assert post(sam, f"{here}/thanks/", words="The bus fare")["Location"] == f"{here}/name/"
    assert post(sam, f"{here}/name/", chosen_name="Robin")["Location"] == f"{here}/title/"
    assert post(sam, f"{here}/title/", title="The long way")["Location"] == f"{here}/way/"
    assert post(sam, f"{here}/words/", text="It came on slowly.")["Location"] == f"{here}/moments/"
    asked = post(sam, f"{here}/moments/", words="I rang.")["Location"]
    step = f"{here}/moments/{Step.objects.get().pk}"
    for question, answer in ANSWERS:
        assert asked == f"{step}/{question}/"
        asked = post(sam, asked, **answer)["Location"]
    assert asked == f"{here}/moments/"
    wishes = f"{here}/wishes/keeps_me_well/"
    more = post(sam, wishes, words="Somebody for the dog", more="1")
    assert more["Location"] == wishes
    assert (
        post(
            sam,
            wishes,
            words="A chair",
        )["Location"]
        == f"{here}/wishes/can_give/"
    )
    read = text(sam.get(f"{here}/read-back/"))
    assert "Back of the queue" in read
    assert post(sam, f"{here}/read-back/").status_code == 409, "a yes is for what was read"
    as_read = read.split('name="as_read" value="')[1].split('"')[0]
    assert post(sam, f"{here}/read-back/", as_read=as_read)["Location"] == f"{here}/mine/"
    assert (Step.objects.count(), Gap.objects.count(), Wish.objects.count()) == (1, 1, 2)
    shown = showing.show_whole(story.newest(), viewer=teller, use=Use.READ, at=timezone.now())
    assert shown is not None
    [told] = shown.steps
    assert (told.step.feeling, told.step.rings, told.when) == (-2, ["me"], "that winter")
    assert (told.feeling_words, told.step.size, told.helped) == ("hollow", "big", "the dog")
    assert story.newest().agreed_at is not None


def test_no_story_begins_before_the_box_is_ticked(sam: Client, neighbourhood: Neighbourhood) -> None:
    answer = post(
        sam, "/stories/begin/", chosen_name="Robin", title="My title", neighbourhood=neighbourhood.pk
    )
    assert answer.status_code == 422
    assert "Tick this once you have read" in text(answer)
    assert "My title" in text(answer), "what was typed is kept"
    assert not Story.objects.exists()


def test_a_question_nobody_answered_is_asked_again_and_says_so(
    sam: Client, neighbourhood: Neighbourhood
) -> None:
    Neighbourhood.objects.create(name="Lock Side")
    asked = post(sam, "/stories/begin/", limits_heard="on")
    assert (asked.status_code, "Something to put right" in text(asked)) == (200, False)
    form = text(asked).split("<main")[1]
    hidden = dict(
        re.findall(r'<input type="hidden" name="(limits_heard|neighbourhood)" value="(\w*)">', form)
    )
    again = post(sam, "/stories/begin/", **hidden)  # as a browser sends it where nothing was chosen
    assert (again.status_code, "Something to put right" in text(again)) == (422, True)
    assert not Story.objects.exists()
    post(sam, "/stories/begin/", limits_heard="on", neighbourhood=["", str(neighbourhood.pk)])
    assert Story.objects.get().neighbourhood == neighbourhood


def test_a_second_press_of_the_same_form_tells_one_step(sam: Client, teller: Person, story: Story) -> None:
    post(sam, f"/stories/{story.uuid}/change/")
    form = {"once": str(uuid.uuid4()), "words": "I rang.", "moment": "happened"}
    first = sam.post(f"/stories/{story.uuid}/moments/", form)
    second = sam.post(f"/stories/{story.uuid}/moments/", form)
    assert first["Location"] == second["Location"]
    assert Step.objects.filter(version=story.newest()).count() == 4


@pytest.mark.parametrize(
    "page", ["words/", "moments/", "wishes/", "read-back/", "mine/", "say-yes/", "take-back/"]
)
def test_somebody_elses_story_is_not_there(
    page: str, story: Story, organiser: Person, signed_in_client: SignIn
) -> None:
    assert signed_in_client(organiser).get(f"/stories/{story.uuid}/{page}").status_code == 404
    assert Client().get(f"/stories/{story.uuid}/{page}").status_code == 302


@pytest.mark.parametrize("page", ["", "print/"])
def test_a_shut_story_shows_nothing_at_all(
    page: str, story: Story, organiser: Person, signed_in_client: SignIn
) -> None:
    for client in (Client(), signed_in_client(organiser)):
        answer = client.get(f"/stories/{story.uuid}/{page}")
        assert answer.status_code == 403
        for words in ("long way", "Robin", "postman", "snow", "Sam"):
            assert words not in text(answer)
    assert not Seen.objects.exists()


def test_whoever_may_read_it_reads_it_and_the_teller_sees_that_they_did(
    version: Version, circle: Circle, organiser: Person, sam: Client, signed_in_client: SignIn
) -> None:
    open_for(version, circle, Use.READ)
    url = f"/stories/{version.story.uuid}/"
    assert "like snow" in text(signed_in_client(organiser).get(url))
    assert "Nasreen" in text(sam.get(f"{url}mine/"))


def test_a_yes_to_the_picture_is_no_yes_to_the_words(
    version: Version, circle: Circle, organiser: Person, signed_in_client: SignIn
) -> None:
    open_for(version, circle, Use.PICTURE)
    answer = text(signed_in_client(organiser).get(f"/stories/{version.story.uuid}/"))
    assert "The long way round" in answer
    assert "like snow" not in answer
    assert "walk the dog" not in answer, "a wish is part of the words"


@pytest.mark.parametrize("how", ["stop", "pause", "stop-everything", "take-back"])
def test_two_taps_and_it_is_quiet_at_the_next_request(
    how: str, version: Version, circle: Circle, organiser: Person, sam: Client, signed_in_client: SignIn
) -> None:
    open_for(version, circle, Use.READ)
    url, reader = f"/stories/{version.story.uuid}/", signed_in_client(organiser)
    assert "like snow" in text(reader.get(url))
    tap = f"{url}stop/{version.consents.get().pk}/" if how == "stop" else f"{url}{how}/"
    assert tap in text(sam.get(f"{url}mine/")), "the first tap is a link on the teller's page"
    post(sam, tap)
    answer = reader.get(url)
    assert answer.status_code == 403
    assert "like snow" not in text(answer)
    assert "The long way round" not in text(reader.get("/stories/"))
    assert "no-store" in answer["Cache-Control"]


def test_yes_is_said_on_a_form_and_a_day_that_is_no_day_is_said_so(
    version: Version, circle: Circle, sam: Client
) -> None:
    url = f"/stories/{version.story.uuid}/say-yes/"
    data = {"use": "read", "audience": f"circle:{circle.pk}", "form": "chosen_name"}
    wrong = post(sam, url, until="30 February", **data)
    assert wrong.status_code == 422
    assert "This is no day we know" in text(wrong)
    assert "30 February" in text(wrong)
    assert not version.consents.exists()
    soon = timezone.localdate() + timedelta(days=20)
    assert post(sam, url, until=soon.isoformat(), **data).status_code == 302
    assert version.consents.get().circle_id == circle.pk


def test_a_friend_rings_on_a_bad_day(
    version: Version,
    circle: Circle,
    organiser: Person,
    teller: Person,
    signed_in_client: SignIn,
    settings: Any,
) -> None:
    open_for(version, circle, Use.READ)
    client = signed_in_client(organiser)
    post(client, "/stories/bad-day/", teller=teller.pk)
    assert client.get(f"/stories/{version.story.uuid}/").status_code == 403


def test_a_shut_story_offers_a_way_in_to_whoever_has_not_come_in(
    version: Version, partner: Person, client: Client, signed_in_client: SignIn
) -> None:
    way_in = "Come in with your card"
    shut = client.get(f"/stories/{version.story.uuid}/")
    assert (shut.status_code, way_in in text(shut)) == (403, True)
    shut = signed_in_client(partner).get(f"/stories/{version.story.uuid}/")
    assert (shut.status_code, way_in in text(shut)) == (403, False)


@pytest.mark.parametrize("page", ["", "mine/", "print/", "words/", "moments/", "read-back/"])
def test_pages_of_a_story_ask_the_database_little(
    page: str, version: Version, circle: Circle, sam: Client, django_assert_max_num_queries: Any
) -> None:
    open_for(version, circle, Use.READ, Use.PICTURE, Use.QUOTE)
    if page in ("words/", "moments/"):
        post(sam, f"/stories/{version.story.uuid}/change/")
    with django_assert_max_num_queries(11):
        assert sam.get(f"/stories/{version.story.uuid}/{page}").status_code == 200
