"""A concern: who sees it, what may follow what, and that nothing written is changed."""

import logging
from collections.abc import Callable
from datetime import timedelta

import pytest

from betterstory.people.keys import keyring
from betterstory.people.models import Part, Person, Role
from betterstory.people.verbs import NotYours
from betterstory.stories import consenting
from betterstory.stories.models import Concern, Entry, Lead, Story, Worry
from betterstory.stories.models.concern import NotToBeChanged
from betterstory.stories.safeguarding import concerns, door, leads, rules
from betterstory.stories.safeguarding.states import State
from betterstory.stories.safeguarding.tests.conftest import HEARD, LATER
from conftest import AT, TODAY

pytestmark = pytest.mark.django_db
Kind = Entry.Kind
MONTH = TODAY + timedelta(days=30)
# what was written before, one letter each -> what may follow
FOLLOWS = """
-     s
s     sdptnx
sp    sdptnc
sx    sdptnpc
spt   sdptnc
sptc  stno
sptco sdptnx
"""
LETTERS = {
    "s": Kind.SEEN,
    "d": Kind.DONE,
    "p": Kind.PASSED_ON,
    "x": Kind.NO_FURTHER,
    "t": Kind.TOLD,
    "n": Kind.NOT_TOLD,
    "c": Kind.CLOSED,
    "o": Kind.OPENED_AGAIN,
}


def write(concern: Concern, letters: str, by: Person) -> None:
    for letter in letters.strip("-"):
        kind = LETTERS[letter]
        review = MONTH if kind == Kind.NOT_TOLD else None
        concerns.write(concern, kind=kind, words="a few words", by=by, at=LATER, review_on=review)


@pytest.mark.parametrize("row", FOLLOWS.strip().splitlines())
def test_what_may_follow_what(row: str, concern: Concern, grace: Person) -> None:
    before, allowed = row.split()
    write(concern, before, grace)
    assert {letter for letter in LETTERS if concerns.standing_now(concern).allows(LETTERS[letter])} == set(
        allowed
    )
    for letter in set(LETTERS) - set(allowed):
        with pytest.raises(concerns.NotNow):
            write(concern, letter, grace)


def test_nothing_is_written_by_somebody_who_has_not_read_it(seen: Concern, pat: Person) -> None:
    with pytest.raises(concerns.NotNow):
        write(seen, "p", pat)
    write(seen, "sp", pat)
    assert concerns.standing_now(seen).state == State.PASSED_ON


@pytest.mark.parametrize("kind", [Kind.DONE, Kind.PASSED_ON, Kind.NO_FURTHER, Kind.NOT_TOLD])
def test_a_line_says_something(kind: Entry.Kind, seen: Concern, grace: Person) -> None:
    with pytest.raises(concerns.SayWhat):
        concerns.write(seen, kind=kind, words="  ", by=grace, at=LATER, review_on=MONTH)


@pytest.mark.parametrize(("days", "fits"), [(None, False), (0, False), (1, True), (92, True), (93, False)])
def test_keeping_it_from_the_teller_is_asked_again_on_a_day(
    days: int | None, fits: bool, seen: Concern, grace: Person
) -> None:
    day = None if days is None else TODAY + timedelta(days=days)
    if fits:
        concerns.write(
            seen, kind=Kind.NOT_TOLD, words="he reads her phone", by=grace, at=LATER, review_on=day
        )
        assert concerns.standing_now(seen).review_on == day
    else:
        with pytest.raises(concerns.ReviewDay):
            concerns.write(
                seen, kind=Kind.NOT_TOLD, words="he reads her phone", by=grace, at=LATER, review_on=day
            )


def test_it_is_not_closed_over_the_tellers_head(seen: Concern, grace: Person) -> None:
    write(seen, "p", grace)
    with pytest.raises(concerns.TellFirst):
        write(seen, "c", grace)
    write(seen, "nc", grace)
    assert concerns.standing_now(seen).state == State.CLOSED


def test_one_without_a_story_is_closed_without_a_teller(organiser: Person, grace: Person) -> None:
    raised = concerns.raise_concern(by=organiser, kind=Worry.CHILD, words="A boy alone at night", at=AT)
    write(raised, "spc", grace)
    assert concerns.standing_now(raised).state == State.CLOSED


def test_an_empty_concern_is_no_concern(organiser: Person, place: object) -> None:
    with pytest.raises(concerns.SayWhat):
        concerns.raise_concern(by=organiser, kind=Worry.ADULT, words=" \n", at=AT)
    assert not Concern.objects.exists()


def test_a_piece_of_another_story_is_not_pointed_at(
    story: Story, step: object, organiser: Person, resident: Person
) -> None:
    from betterstory.stories import verbs  # noqa: PLC0415 - this test alone tells a second story
    from betterstory.stories.models import Piece  # noqa: PLC0415 - likewise

    other = verbs.begin(
        by=resident,
        teller=resident,
        neighbourhood=story.neighbourhood,
        title="Two",
        chosen_name="L",
        limits_heard=True,
        at=AT,
    )
    piece = Piece.objects.select_related("version").filter(version__story=story)[0]
    raised = concerns.raise_concern(
        by=organiser, kind=Worry.ADULT, words="x", at=AT, story=other, piece=piece
    )
    assert raised.piece is None


def test_what_is_written_is_never_changed(seen: Concern) -> None:
    entry = seen.entries.get()
    for row, rows in ((seen, Concern.objects.all()), (entry, Entry.objects.all())):
        with pytest.raises(NotToBeChanged):
            row.save()
        with pytest.raises(NotToBeChanged):
            row.delete()
        with pytest.raises(NotToBeChanged):
            rows.update(words_sealed=b"")
        with pytest.raises(NotToBeChanged):
            rows.delete()
    assert Entry.objects.count() == 1


@pytest.mark.parametrize("role", [*Role])
def test_nobody_but_the_lead_and_the_deputy_sees_one(
    role: Role, seen: Concern, grace: Person, pat: Person, teller: Person, welcome: Callable[..., Person]
) -> None:
    """Whoever raised it, the teller, and anybody with a part, the part of the post included, see nothing."""
    for nobody in (welcome("Jo", role), seen.raised_by, teller):
        assert nobody is not None
        assert rules.visible(nobody, Concern.objects.all()) == []
        assert door.read(seen, by=nobody) is None
        assert door.choices(seen, by=nobody) == []
        with pytest.raises(NotYours):
            write(seen, "s", nobody)
    assert rules.visible(pat, Concern.objects.all()) == [seen]
    assert door.read(seen, by=pat) is None, "not before it is written down that Pat reads it"
    opened = door.read(seen, by=grace)
    assert opened is not None
    assert opened.words == HEARD


def test_whoever_left_the_post_or_the_part_sees_nothing_at_once(
    seen: Concern, grace: Person, pat: Person, steward: Person
) -> None:
    lead = Lead.objects.get(person=grace)
    leads.let_go(lead, by=steward, at=LATER)
    grace.read_again()
    assert rules.visible(grace, Concern.objects.all()) == []
    assert rules.visible(pat, Concern.objects.all()) == [seen]
    Part.objects.filter(person=pat, role=Role.SAFETY).update(left_on=TODAY)
    pat.read_again()
    assert rules.visible(pat, Concern.objects.all()) == []


# who holds the posts when it is raised; who is accused -> who can read it
ROUTES = """
lead+deputy  nobody  lead deputy
lead+deputy  lead    deputy
lead+deputy  deputy  lead
lead+deputy  unsaid  -
lead+deputy  steward lead deputy
lead         lead    -
lead         nobody  lead
"""


@pytest.mark.parametrize("row", ROUTES.strip().splitlines())
@pytest.mark.parametrize("kind", [Worry.ALLEGATION, Worry.CHILD])
def test_whoever_is_accused_never_reads_it(
    row: str,
    kind: Worry,
    grace: Person,
    steward: Person,
    organiser: Person,
    request: pytest.FixtureRequest,
    caplog: pytest.LogCaptureFixture,
) -> None:
    posts, accused, *readers = row.split()
    people = {"lead": grace, "steward": steward}
    if "deputy" in posts:
        people["deputy"] = request.getfixturevalue("pat")
    caplog.set_level(logging.INFO)
    caplog.clear()
    raised = concerns.raise_concern(
        by=organiser,
        kind=kind,
        words=HEARD,
        at=LATER,
        about=people.get(accused),
        outside_only=accused == "unsaid",
    )
    may = {name for name, person in people.items() if rules.may_see(person, raised)}
    assert may == set(readers) - {"-"}
    named = {post.person for post in rules.readers_of(raised.about, outside_only=raised.outside_only)}
    assert named == {people[name] for name in may}
    for name, person in people.items():
        if name not in may:
            assert rules.visible(person, Concern.objects.all()) == [], "in no list and no count"
            assert door.read(raised, by=person) is None
            with pytest.raises(NotYours):
                concerns.write(raised, kind=Kind.SEEN, by=person, at=LATER)
        else:
            concerns.write(raised, kind=Kind.SEEN, by=person, at=LATER)
    if raised.accuses:
        assert str(raised.uuid) not in caplog.text
        assert "concern" not in caplog.text, "no line of the log speaks of it"


def test_what_may_be_about_those_in_post_waits_for_the_next(
    grace: Person, organiser: Person, steward: Person, welcome: Callable[..., Person]
) -> None:
    raised = concerns.raise_concern(
        by=organiser, kind=Worry.ALLEGATION, words=HEARD, at=LATER, outside_only=True
    )
    assert not rules.may_see(grace, raised)
    ruth = welcome("Ruth", "resident")
    leads.name(ruth, post=Lead.Post.LEAD, phone="01632 960 150", by=steward, at=LATER + timedelta(days=1))
    assert rules.may_see(ruth, raised)
    leads.name(grace, post=Lead.Post.DEPUTY, phone="01632 960 100", by=steward, at=LATER + timedelta(days=2))
    assert rules.holds_post(grace)
    assert not rules.may_see(grace, raised), "named a second time, still not"


def test_the_words_are_sealed_and_in_no_log(
    seen: Concern, grace: Person, caplog: pytest.LogCaptureFixture
) -> None:
    caplog.set_level(logging.INFO)
    write(seen, "p", grace)
    assert "concern written" in caplog.text
    assert HEARD.encode() not in bytes(seen.words_sealed)
    for words in ("shed", "Grace", "Sam", "a few words"):
        assert words not in caplog.text


@pytest.mark.django_db(transaction=True)
def test_it_outlives_the_story_it_is_about(
    seen: Concern, story: Story, teller: Person, grace: Person
) -> None:
    consenting.take_back(story, by=teller, at=LATER, for_good_now=True)
    assert not keyring().holds(story.key)
    again = Concern.objects.select_related("story").get(pk=seen.pk)
    opened = door.read(again, by=grace)
    assert opened is not None
    assert opened.words == HEARD
    write(again, "ptc", grace)
    assert concerns.standing_now(again).state == State.CLOSED
