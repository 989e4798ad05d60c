"""Two who write do not lose each other's words, and what is kept is plain."""

import pytest
from django.test import Client

from betterstory.people.models import Person
from betterstory.places.models import Neighbourhood
from betterstory.stories import describing, rules, tongues, verbs
from betterstory.stories.models import Gap, NotOpened, Piece, ReadBack, Size, Step, Story, Use, Version
from betterstory.stories.tests._asking import SignIn, first_step, open_story, post, text, whole
from betterstory.ui.plain import CannotBeKept, plain_name
from conftest import AT

__all__ = ["open_story"]  # fixtures that tests ask for by name


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
