"""One small question a page: each can be skipped, two who write do not lose each other's words."""

import uuid
from collections.abc import Callable
from typing import Any

import pytest
from django.test import Client

from betterstory.people.models import Person
from betterstory.places.models import Neighbourhood, Place
from betterstory.stories import describing, rules, showing, tongues, verbs
from betterstory.stories.models import Gap, NotOpened, Piece, ReadBack, Shape, Size, Step, Story, Use, Version
from betterstory.stories.questions import QUESTIONS, next_after
from betterstory.ui.plain import CannotBeKept, plain_name
from conftest import AT

SignIn = Callable[[Person], Client]


def post(client: Client, url: str, **data: Any) -> Any:
    return client.post(url, {"once": str(uuid.uuid4()), **data})


def text(response: Any) -> str:
    return str(response.content.decode())


def whole(story: Story, viewer: Person, use: Use = Use.READ) -> showing.ShownStory:
    version = story.newest()
    version.story = story
    shown = showing.show_whole(version, viewer=viewer, use=use, at=AT)
    assert shown is not None
    return shown


@pytest.fixture
def sam(teller: Person, signed_in_client: SignIn) -> Client:
    return signed_in_client(teller)


@pytest.fixture
def open_story(story: Story, teller: Person) -> Story:
    verbs.begin_version(story, by=teller, at=AT)
    return story


def first_step(story: Story) -> Step:
    return (
        Step.objects.select_related("version__story").filter(version=story.newest()).order_by("position")[0]
    )


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


def test_the_shape_of_a_step_lies_sealed(story: Story, teller: Person) -> None:
    rows = repr([*Piece.objects.values(), *Step.objects.values(), *Gap.objects.values()])
    for said in ("local_services", "kindness", "sent_back", "community"):
        assert said not in rows
    with pytest.raises(NotOpened):
        _feeling = first_step(story).feeling
    assert [told.step.feeling for told in whole(story, teller).steps] == [None, -2, 0]
    one, two = Step.objects.filter(version__story=story).order_by("position")[:2]
    Step.objects.filter(pk=one.pk).update(shape_sealed=bytes(two.shape_sealed))
    with pytest.raises(Exception, match=r"sealed|spoilt"):
        whole(story, teller)


def test_a_yes_to_the_picture_keeps_the_tellers_own_words_about_it_shut(
    open_story: Story, teller: Person
) -> None:
    describing.describe(
        first_step(open_story), by=teller, feeling=-2, feeling_words="hollow", helped="the dog"
    )
    [told, *_rest] = whole(open_story, teller).steps
    assert (told.feeling_words, told.helped) == ("hollow", "the dog")
    [bare, *_rest] = whole(open_story, teller, Use.PICTURE).steps
    assert (bare.step.feeling, bare.feeling_words, bare.helped) == (-2, "", "")


def test_one_answer_leaves_the_others_as_they_are(open_story: Story, teller: Person) -> None:
    step = first_step(open_story)
    describing.describe(step, by=teller, size=Size.BIG.value)
    describing.describe(step, by=teller, when="that winter")
    [told, *_rest] = whole(open_story, teller).steps
    assert (told.step.size, told.when, told.step.rings) == ("big", "that winter", ["local_services"])
    with pytest.raises(ValueError, match="five points"):
        describing.describe(step, by=teller, feeling=9)


def test_two_who_answer_at_once_do_not_overwrite_each_other(
    open_story: Story, teller: Person, sam: Client
) -> None:
    step = first_step(open_story)
    url = f"/stories/{open_story.uuid}/moments/{step.pk}/helped/"
    as_read = text(sam.get(url)).split('name="as_read" value="')[1].split('"')[0]
    describing.describe(step, by=teller, helped="the postman")
    late = post(sam, url, helped="the doctor", as_read=as_read)
    assert late.status_code == 422
    assert "Somebody changed it meanwhile" in text(late)
    assert "the doctor" in text(late), "what was typed is still there"
    assert whole(open_story, teller).steps[0].helped == "the postman"


def test_words_of_a_step_or_wish_are_put_right_unless_somebody_was_first(
    open_story: Story, teller: Person
) -> None:
    pieces = Piece.objects.select_related("version__story").filter(version=open_story.newest())
    for piece in [first_step(open_story), pieces.get(kind=Piece.Kind.WISH)]:
        mark = verbs.mark_of_piece(piece)
        describing.reword(piece, by=teller, words="better words", as_read=mark)
        with pytest.raises(verbs.ChangedSince):
            describing.reword(piece, by=teller, words="late words", as_read=mark)
        with pytest.raises(verbs.ChangedSince):
            verbs.remove(piece.__class__.objects.get(pk=piece.pk), by=teller, as_read=mark)
    shown = whole(open_story, teller)
    assert (shown.steps[0].words, shown.wishes[0].words) == ("better words", "better words")


def test_a_yes_to_what_was_read_fails_where_a_feeling_changed_meanwhile(
    open_story: Story, teller: Person
) -> None:
    shown = whole(open_story, teller)
    as_read = verbs.mark_of(shown.version, shown.pieces)
    describing.describe(first_step(open_story), by=teller, feeling=2)
    with pytest.raises(verbs.ChangedSince):
        verbs.agree(open_story, by=teller, at=AT, as_read=as_read)


def test_nobody_else_answers_and_nothing_changes_once_agreed(
    story: Story, teller: Person, partner: Person
) -> None:
    step = first_step(story)
    with pytest.raises(verbs.AlreadyAgreed):
        describing.describe(step, by=teller, feeling=2)
    verbs.begin_version(story, by=teller, at=AT)
    for change in (
        lambda: describing.describe(first_step(story), by=partner, feeling=2),
        lambda: describing.reword(first_step(story), by=partner, words="no"),
        lambda: verbs.call_it(story, by=partner, title="no"),
        lambda: tongues.say_language(story, by=partner, language="no"),
    ):
        with pytest.raises(verbs.NotYourStory):
            change()
    with pytest.raises(verbs.AlreadyAgreed):
        describing.describe(step, by=teller, feeling=2)


@pytest.mark.parametrize(
    ("typed", "kept"),
    [
        ("Robin\u202egnirb", "Robingnirb"),
        ("\u2066Robin\u2069\u200b", "Robin"),
        ("Ro\x07bin\x1b", "Robin"),
        ("Cafe\u0301", "Café"),
        ("two\nlines", "two lines"),
        ("שלום", "שלום"),
        ("👩\u200d🚒", "👩\u200d🚒"),
        ("\u202e", ""),
    ],
)
def test_names_are_plain(typed: str, kept: str, open_story: Story, teller: Person) -> None:
    assert plain_name(typed) == kept
    shown = whole(verbs.call_it(open_story, by=teller, title=typed, chosen_name=typed), teller)
    assert (shown.title, shown.name) == (kept or "The long way round", kept or "Robin")


@pytest.mark.parametrize("harm", ["a\0b", "half \ud83d a letter"])
def test_what_no_database_keeps_is_refused_with_a_sentence(
    harm: str, open_story: Story, teller: Person
) -> None:
    for tell in (
        lambda: verbs.write(open_story, by=teller, text=harm, at=AT),
        lambda: verbs.add_step(open_story, by=teller, words=harm),
        lambda: verbs.add_step(open_story, by=teller, words="x", helped=harm),
        lambda: verbs.call_it(open_story, by=teller, title=harm),
        lambda: tongues.write_beside(open_story, by=teller, words=harm),
    ):
        with pytest.raises(CannotBeKept):
            tell()
    assert len(whole(open_story, teller).steps) == 3


def test_words_keep_their_direction_signs_and_lose_bells(open_story: Story, teller: Person) -> None:
    verbs.write(open_story, by=teller, text="a\u202eb\x07\tc\n", at=AT)
    assert whole(open_story, teller).text == "a\u202eb\tc\n"


@pytest.mark.parametrize(
    ("page", "field"), [("words", "text"), ("moments", "words"), ("title", "title"), ("wishes", "words")]
)
@pytest.mark.parametrize("harm", ["a\0b", "y" * 1_000_000])
def test_a_page_says_what_is_wrong_with_it(
    page: str, field: str, harm: str, sam: Client, open_story: Story
) -> None:
    answer = post(sam, f"/stories/{open_story.uuid}/{page}/", **{field: harm})
    assert answer.status_code == 422
    said = text(answer)
    assert "we cannot keep" in said or "too long" in said


def test_words_of_a_story_stand_in_a_direction_of_their_own(
    open_story: Story, teller: Person, sam: Client
) -> None:
    verbs.write(open_story, by=teller, text="\u202eturned round", at=AT)
    page = text(sam.get(f"/stories/{open_story.uuid}/read-back/"))
    assert '<div class="told" dir="auto">' in page.split("\u202eturned round")[0][-120:]


def test_it_says_who_writes_for_whom_and_how_it_was_read_back(
    teller: Person, organiser: Person, neighbourhood: Neighbourhood, sam: Client, signed_in_client: SignIn
) -> None:
    told = verbs.begin(
        by=organiser, teller=teller, neighbourhood=neighbourhood, limits_heard=True, at=AT, chosen_name="Lark"
    )
    page = text(signed_in_client(organiser).get(f"/stories/{told.uuid}/moments/"))
    assert "Nasreen writes this for Lark." in page
    verbs.add_step(told, by=organiser, words="I rang.")
    page = text(sam.get(f"/stories/{told.uuid}/read-back/"))
    assert "Written down by Nasreen." in page
    as_read = page.split('name="as_read" value="')[1].split('"')[0]
    post(sam, f"/stories/{told.uuid}/read-back/", as_read=as_read, how="telephone")
    assert ReadBack.objects.get().how == ReadBack.How.TELEPHONE


@pytest.mark.parametrize("who", ["partner", "organiser", "analyst", "steward"])
def test_those_who_work_here_tell_under_the_same_rules(
    who: str,
    request: pytest.FixtureRequest,
    neighbourhood: Neighbourhood,
    resident: Person,
    signed_in_client: SignIn,
) -> None:
    person: Person = request.getfixturevalue(who)
    post(signed_in_client(person), "/stories/begin/", limits_heard="on", teller=person.pk)
    story = Story.objects.get()
    assert (story.teller_id, story.helpers_id) == (person.pk, None)
    verbs.write(story, by=person, text="I waited too.", at=AT)
    verbs.agree(story, by=person, at=AT)
    version = Version.objects.select_related("story").get(story=story)
    for other in (resident, request.getfixturevalue("steward" if who != "steward" else "organiser")):
        assert not rules.may(other, Use.READ, version, AT)


def test_two_languages_stand_side_by_side_and_go_on_into_the_next_version(
    open_story: Story, teller: Person, sam: Client, partner: Person
) -> None:
    here = f"/stories/{open_story.uuid}"
    facts = {"language": "Tigrinya", "interpreter": "Selam", "role": "friend", "other_language": "English"}
    assert post(sam, f"{here}/language/", **facts)["Location"] == f"{here}/two-languages/"
    post(sam, f"{here}/two-languages/", words="ሰላም, and hello")
    page = text(sam.get(f"{here}/read-back/"))
    for words in ("Told in Tigrinya", "Put into English by Selam", "ሰላም, and hello"):
        assert words in page
    verbs.agree(open_story, by=teller, at=AT)
    verbs.begin_version(open_story, by=teller, at=AT)
    version = open_story.newest()
    version.story = open_story
    said = tongues.said_in(version, viewer=teller, at=AT)
    assert (said.words, said.interpreter, said.role_words) == (
        "ሰላም, and hello",
        "Selam",
        "a friend or neighbour",
    )
    assert tongues.said_in(version, viewer=partner, at=AT) == tongues.SaidIn()
