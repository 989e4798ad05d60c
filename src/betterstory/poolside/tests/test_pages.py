"""The poolside, page by page, as a browser does it."""

import pytest
from django.test import Client
from pytest_django import DjangoAssertNumQueries

from betterstory.people import verbs as people
from betterstory.people.models import Circle, Person
from betterstory.places.models import Place, Round
from betterstory.poolside import verbs
from betterstory.poolside.models import Agreement, Answer, Poolside, Question, Return, Sharing, Signature
from betterstory.poolside.tests._at_the_table import SOON, SignIn, helen, here, post, sam, text
from conftest import AT, TODAY

__all__ = ["helen", "here", "sam"]  # fixtures that tests ask for by name

SECRET = "My mother is ill."


@pytest.fixture
def full(agreement: Agreement, question: Question, partner: Person, teller: Person) -> Agreement:
    """A circle with something to leak: a shared answer, a private one, a signature, a return."""
    verbs.answer(question, words=SECRET, sharing=Sharing.SHARED, by=partner, on=TODAY)
    verbs.answer(question, words="Only mine.", sharing=Sharing.PRIVATE, by=teller, on=TODAY)
    verbs.sign(agreement, by=teller, on=TODAY)
    verbs.come_back(
        agreement, held="The tea", not_held="The rest", changes="All", next_on=SOON, by=teller, on=TODAY
    )
    return agreement


def pages_of(agreement: Agreement, question: Question) -> list[str]:
    here = f"/poolside/{agreement.poolside_id}/"
    ways = [
        "",
        "goodwill/",
        "repair/",
        "round/",
        "questions/",
        "questions/on-paper/",
        f"questions/{question.pk}/",
        "agreement/",
    ]
    ways += [f"agreement/{way}/" for way in ("for-the-wall", "check-in", "come-back", "skip", "earlier")]
    return [here + way for way in ways]


def test_an_organiser_begins_before_there_is_any_neighbourhood(
    organiser: Person, signed_in_client: SignIn
) -> None:
    nasreen = signed_in_client(organiser)
    begun = post(nasreen, "/poolside/", name="the partners")
    poolside = Poolside.objects.get()
    assert begun["Location"] == f"/poolside/{poolside.pk}/"
    page = text(nasreen.get(begun["Location"]))
    assert "The partners" in page
    assert "plate just now" in page
    assert "The partners" in text(nasreen.get("/poolside/"))


def test_an_organiser_brings_a_circle_that_is_there_already(
    organiser: Person, signed_in_client: SignIn
) -> None:
    circle = people.open_circle(name="from before", kind=Circle.Kind.POOLSIDE, by=organiser)
    people.join(circle=circle, person=organiser, at=AT, by=organiser)
    nasreen = signed_in_client(organiser)
    assert f'<option value="{circle.pk}"' in text(nasreen.get("/poolside/"))
    post(nasreen, "/poolside/bring/", **{"bring-circle": circle.pk})
    assert Poolside.objects.get().circle == circle
    assert f'<option value="{circle.pk}"' not in text(nasreen.get("/poolside/")), "it has a table now"


def test_a_circle_of_others_cannot_be_brought(organiser: Person, signed_in_client: SignIn) -> None:
    circle = people.open_circle(name="theirs", kind=Circle.Kind.POOLSIDE)
    nasreen = signed_in_client(organiser)
    assert "theirs" not in text(nasreen.get("/poolside/")).lower()
    post(nasreen, "/poolside/bring/", **{"bring-circle": circle.pk})
    assert not Poolside.objects.exists()


def test_a_resident_is_offered_no_circle_to_begin(sam: Client) -> None:
    assert "Begin a circle" not in text(sam.get("/poolside/"))
    post(sam, "/poolside/", name="mine")
    assert Circle.objects.count() == 1


def test_a_day_that_is_gone_is_said_beside_the_field(organiser: Person, signed_in_client: SignIn) -> None:
    answer = post(signed_in_client(organiser), "/poolside/", name="the partners", ends_on="2020-01-01")
    assert answer.status_code == 422
    assert "That day is gone" in text(answer)
    assert 'value="the partners"' in text(answer)
    assert not Poolside.objects.exists()


@pytest.mark.parametrize("who", ["resident", "steward", "analyst"])
def test_whoever_is_not_in_the_circle_finds_nothing(
    who: str,
    request: pytest.FixtureRequest,
    full: Agreement,
    question: Question,
    signed_in_client: SignIn,
) -> None:
    outsider = signed_in_client(request.getfixturevalue(who))
    for url in pages_of(full, question):
        answer = outsider.get(url)
        assert answer.status_code == 404, url
        assert SECRET not in text(answer)
        assert "Tanners Row partners" not in text(answer)
    assert "Tanners Row partners" not in text(outsider.get("/poolside/"))


def test_a_stranger_is_asked_to_come_in(full: Agreement, question: Question, client: Client) -> None:
    for url in pages_of(full, question):
        assert client.get(url)["Location"].startswith("/people/come-in/")


def test_whoever_left_finds_nothing(full: Agreement, question: Question, teller: Person, sam: Client) -> None:
    assert sam.get(pages_of(full, question)[0]).status_code == 200
    people.leave(circle=full.poolside.circle, person=teller, at=AT, by=teller)
    for url in pages_of(full, question):
        assert sam.get(url).status_code == 404


def test_one_circle_does_not_open_another(
    full: Agreement, question: Question, other_table: Poolside, steward: Person, signed_in_client: SignIn
) -> None:
    """A question or an agreement of ours under the number of their table."""
    bea = signed_in_client(steward)
    here = f"/poolside/{other_table.pk}/"
    assert bea.get(here).status_code == 200
    assert bea.get(f"{here}questions/{question.pk}/").status_code == 404
    assert post(bea, f"{here}agreement/sign/{full.pk}/").status_code == 404
    assert Signature.objects.count() == 1


def test_the_table_shows_what_is_shared_and_nothing_else(full: Agreement, helen: Client, here: str) -> None:
    page = text(helen.get(here))
    assert SECRET in page
    assert "Only mine." not in page
    assert "The tea" in page


def test_what_is_mine_alone_opens_on_its_own_page(
    full: Agreement, question: Question, sam: Client, here: str
) -> None:
    """The table and the agreement may be on a wall while somebody types for everybody."""
    for way in ("", "agreement/"):
        assert "Only mine." not in text(sam.get(f"{here}{way}"))
    assert "only you can open" in text(sam.get(here))
    assert "Only mine." in text(sam.get(f"{here}questions/{question.pk}/"))


def test_sam_answers_and_takes_it_back(sam: Client, here: str, question: Question) -> None:
    url = f"{here}questions/{question.pk}/"
    done = post(sam, url, words=SECRET, sharing="shared")
    assert done["Location"] == f"{here}#question-{question.pk}"
    assert SECRET in text(sam.get(url))
    post(sam, url, words="", sharing="shared")
    assert not Answer.objects.exists()


def test_an_answer_that_is_too_long_is_kept_on_the_page(sam: Client, here: str, question: Question) -> None:
    answer = post(sam, f"{here}questions/{question.pk}/", words="la " * 2000, sharing="private")
    assert answer.status_code == 422
    assert "la la la" in text(answer)
    assert not Answer.objects.exists()


def test_an_answer_to_a_question_just_set_aside_is_kept_on_the_page(
    sam: Client, here: str, poolside: Poolside, question: Question, organiser: Person
) -> None:
    verbs.set_questions(poolside, words=["Why?"], by=organiser, on=TODAY)
    answer = post(sam, f"{here}questions/{question.pk}/", words=SECRET, sharing="private")
    assert answer.status_code == 422
    assert "no longer asks this" in text(answer)
    assert SECRET in text(answer)


def test_the_questions_are_changed_on_their_page(sam: Client, here: str, poolside: Poolside) -> None:
    assert "plate just now" in text(sam.get(f"{here}questions/"))
    post(sam, f"{here}questions/", words="Why us?\r\n\r\nWhy now?")
    asked = poolside.questions.filter(set_aside_on=None).values_list("words", flat=True)
    assert list(asked) == ["Why us?", "Why now?"]
    assert "plate just now" not in text(sam.get(f"{here}questions/")), "what was set aside is not asked"


@pytest.mark.parametrize("words", ["", "x" * 301, "\n".join(f"Q{n}?" for n in range(13))])
def test_a_set_that_will_not_do_is_answered_beside_the_field(sam: Client, here: str, words: str) -> None:
    answer = post(sam, f"{here}questions/", words=words)
    assert answer.status_code == 422
    assert 'class="field wrong"' in text(answer)
    assert Question.objects.filter(set_aside_on=None).count() == 6


def test_the_questions_print_without_an_answer(full: Agreement, helen: Client, here: str) -> None:
    sheet = text(helen.get(f"{here}questions/on-paper/"))
    assert "plate just now" in sheet
    assert SECRET not in sheet


def test_a_circle_is_put_in_a_round(sam: Client, here: str, poolside: Poolside, round_: Round) -> None:
    post(sam, f"{here}round/", round_=round_.pk)
    assert "Tanners Row, round 1" in text(sam.get(here))


def test_looking_changes_nothing(full: Agreement, question: Question, sam: Client) -> None:
    before = [list(kind.objects.values()) for kind in (Answer, Agreement, Signature, Return)]
    for url in pages_of(full, question):
        assert sam.get(url).status_code == 200
    assert [list(kind.objects.values()) for kind in (Answer, Agreement, Signature, Return)] == before
    assert sam.get(f"/poolside/{full.poolside_id}/agreement/sign/{full.pk}/").status_code == 405


def test_no_page_asks_the_database_much(
    full: Agreement,
    question: Question,
    place: Place,
    round_: Round,
    organiser: Person,
    signed_in_client: SignIn,
    django_assert_max_num_queries: DjangoAssertNumQueries,
) -> None:
    verbs.belong(full.poolside, round_=round_, by=organiser, on=TODAY)
    for place_, each in enumerate(full.poolside.questions.all()):
        verbs.answer(each, words=f"Mine {place_}", sharing=Sharing.SHARED, by=organiser, on=TODAY)
    verbs.open_poolside(name="another", by=organiser, at=AT, on=TODAY, round_=round_)
    nasreen = signed_in_client(organiser)
    for url in ["/poolside/", *pages_of(full, question)]:
        with django_assert_max_num_queries(12, info=url):
            assert nasreen.get(url).status_code == 200
