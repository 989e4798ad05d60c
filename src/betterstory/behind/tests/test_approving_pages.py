"""A count on its pages: who reads it, lets it out or keeps it in, and who is a trustee."""

import re
import uuid
from collections.abc import Callable
from typing import Any

from django.test import Client
from django.urls import reverse

from betterstory.behind import verbs
from betterstory.behind.models import Draft, Pattern, Release, Trustee
from betterstory.behind.tests._draft import EVERYTHING, again, draft
from betterstory.people.models import Person, Post
from betterstory.places.models import Place

__all__ = ["draft"]  # fixtures that tests ask for by name

type Browser = Callable[[Person], Client]


def at(name: str, draft: Draft) -> str:
    return reverse(f"behind:{name}", args=[draft.pk])


def sent(**more: Any) -> dict[str, Any]:
    return {"once": str(uuid.uuid4()), **more}


def words_of(answer: Any) -> str:
    return re.sub(r"\s+", " ", answer.content.decode())


def test_the_page_is_for_those_who_count_and_those_who_may_approve(
    draft: Draft,
    analyst: Person,
    steward: Person,
    other_body: Person,
    organiser: Person,
    resident: Person,
    signed_in_client: Browser,
) -> None:
    for person in (analyst, steward, other_body):
        page = signed_in_client(person).get(at("draft", draft))
        assert page.status_code == 200
        assert "Not released: somebody from another body, or a trustee, must look first." in words_of(page)
        assert "About 40 people" in words_of(page)
    for person in (organiser, resident):
        browser = signed_in_client(person)
        for answer in (
            browser.get(at("draft", draft)),
            browser.post(at("approve", draft), sent(looked_at=EVERYTHING)),
            browser.post(at("refuse", draft), sent(reason="Because.")),
        ):
            assert answer.status_code == 403
            assert "40 people" not in answer.content.decode()
    assert Client().get(at("draft", draft)).status_code == 302
    assert again(draft).is_waiting


def test_nothing_of_a_draft_is_on_a_page_that_anyone_sees(
    draft: Draft, plain_pattern: Pattern, signed_in_client: Browser, resident: Person, partner: Person
) -> None:
    index = reverse("behind:index")
    for browser in (Client(), signed_in_client(resident)):
        assert "40 people" not in words_of(browser.get(index))
        assert plain_pattern.name not in words_of(browser.get(index))
    assert Client().get(f"/behind/releases/{draft.pk}/").status_code == 404


def test_whoever_asked_reads_whom_to_ask_and_finds_no_button(
    draft: Draft, analyst: Person, signed_in_client: Browser
) -> None:
    page = words_of(signed_in_client(analyst).get(at("draft", draft)))
    assert "Head, Talking Service" in page
    assert "Let it out" not in page


def test_where_nobody_is_of_another_body_the_page_says_what_to_do(
    draft: Draft, analyst: Person, signed_in_client: Browser
) -> None:
    Post.objects.exclude(holder=analyst).delete()
    assert "a steward can name a trustee" in words_of(signed_in_client(analyst).get(at("draft", draft)))


def test_it_is_let_out_on_the_page(draft: Draft, other_body: Person, signed_in_client: Browser) -> None:
    browser = signed_in_client(other_body)
    assert draft.get_absolute_url() in words_of(browser.get(reverse("behind:index")))
    page = words_of(browser.get(at("draft", draft)))
    for words in map(str, verbs.CHECKS.values()):
        assert words.replace("’", "’") in page
    half = browser.post(at("approve", draft), sent(looked_at=EVERYTHING[:2]))
    assert half.status_code == 422
    assert "Look at each of these" in words_of(half)
    both = [browser.post(at("approve", draft), sent(looked_at=EVERYTHING)) for _press in (1, 2)]
    out = Release.objects.get()
    assert [answer.headers["Location"] for answer in both] == [out.get_absolute_url()] * 2
    page = words_of(Client().get(out.get_absolute_url()))
    assert "Head, Talking Service" in page
    assert "Helen" not in page
    assert draft.get_absolute_url() not in words_of(browser.get(reverse("behind:index")))


def test_it_is_kept_in_on_the_page_and_whoever_asked_reads_why(
    draft: Draft, other_body: Person, analyst: Person, signed_in_client: Browser
) -> None:
    browser = signed_in_client(other_body)
    assert browser.post(at("refuse", draft), sent(reason="")).status_code == 422
    assert browser.post(at("refuse", draft), sent(reason="One step says too much.")).status_code == 302
    page = words_of(signed_in_client(analyst).get(at("draft", draft)))
    assert "One step says too much." in page
    assert "it stays in" in page
    assert "Let it out" not in words_of(browser.get(at("draft", draft))), "it waits for nobody any more"


def test_a_steward_names_and_ends_trustees_on_the_page(
    steward: Person, resident: Person, analyst: Person, signed_in_client: Browser, place: Place
) -> None:
    there, browser = reverse("behind:trustees"), signed_in_client(steward)
    assert signed_in_client(analyst).get(there).status_code == 403
    assert browser.post(there, sent(person=steward.pk)).status_code == 422
    browser.post(there, sent(person=resident.pk))
    named = Trustee.objects.get()
    assert resident.name in words_of(browser.get(there))
    browser.post(there, sent(end=named.pk))
    assert not Trustee.objects.filter(ended_on=None).exists()


def test_the_page_of_a_draft_asks_few_questions_of_the_database(
    draft: Draft,
    other_body: Person,
    analyst: Person,
    signed_in_client: Browser,
    django_assert_max_num_queries: Any,
) -> None:
    for person in (other_body, analyst):
        browser = signed_in_client(person)
        with django_assert_max_num_queries(11):
            assert browser.get(at("draft", draft)).status_code == 200
        with django_assert_max_num_queries(12):
            assert browser.get(reverse("behind:index")).status_code == 200
