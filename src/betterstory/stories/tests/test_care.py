"""What is owed to a teller: fares and thanks first, care after, and other people's views only if let in."""

import uuid
from collections.abc import Callable
from datetime import date, timedelta
from typing import Any

import pytest
from django.test import Client

from betterstory.people.keys import keyring
from betterstory.people.models import Circle, Person
from betterstory.people.tests import earlier
from betterstory.places.models import Neighbourhood
from betterstory.stories import beside, care, consenting, showing, verbs
from betterstory.stories.models import Care, Consent, Reading, Step, Story, Thanks, Use, Version
from conftest import AT, TODAY

SignIn = Callable[[Person], Client]


def post(client: Client, url: str, **data: Any) -> Any:
    return client.post(url, {"once": str(uuid.uuid4()), **data})


def text(response: Any) -> str:
    return str(response.content.decode())


@pytest.fixture
def practical(story: Story) -> Care:
    return Care.objects.select_related("story__teller").get(story=story, kind=Care.Kind.PRACTICAL)


def test_after_a_telling_two_things_are_owed(story: Story, teller: Person) -> None:
    owed = {each.kind: each.due_on for each in Care.objects.filter(story=story)}
    assert owed == {"practical": TODAY + timedelta(days=7), "what_came": TODAY + timedelta(days=60)}
    verbs.begin_version(story, by=teller, at=AT)
    verbs.agree(story, by=teller, at=AT + timedelta(days=90))
    assert Care.objects.count() == 2, "owed once, however often it is told again"


def test_whoever_only_pauses_is_looked_in_on_too(
    sam: Client, teller: Person, neighbourhood: Neighbourhood
) -> None:
    told = verbs.begin(by=teller, teller=teller, neighbourhood=neighbourhood, limits_heard=True, at=AT)
    assert post(sam, f"/stories/{told.uuid}/rest/").status_code == 302
    assert [each.kind for each in Care.objects.all()] == ["practical"]


def test_the_daily_round_writes_down_what_is_late_and_the_page_says_it(
    practical: Care, organiser: Person, signed_in_client: SignIn
) -> None:
    due = practical.due_on
    assert care.mark_late(on=due) == 0, "its day is not over"
    assert care.mark_late(on=due + timedelta(days=1)) == 1
    assert care.mark_late(on=due + timedelta(days=2)) == 0
    practical.refresh_from_db()
    assert practical.late_since == due + timedelta(days=1)
    page = text(signed_in_client(organiser).get("/stories/owed/"))
    assert "Late: it was due by" in page
    assert "For Sam." in page
    for words in ("postman", "snow", "long way", "Robin"):
        assert words not in page, "nothing of the story is shown"


def test_what_was_done_or_destroyed_is_never_late(
    story: Story, practical: Care, teller: Person, organiser: Person
) -> None:
    care.done(practical, by=organiser, on=TODAY)
    consenting.destroy(story, at=AT)
    assert care.mark_late(on=date(2030, 1, 1)) == 0


def test_somebody_takes_it_on_and_the_teller_has_the_last_word(
    practical: Care, organiser: Person, teller: Person, sam: Client, signed_in_client: SignIn
) -> None:
    work = signed_in_client(organiser)
    post(work, f"/stories/owed/{practical.pk}/", words="I take the dog out", due_on="2026-07-20")
    post(work, f"/stories/owed/{practical.pk}/done/")
    mine = text(sam.get(f"/stories/{practical.story.uuid}/mine/"))
    assert "I take the dog out" in mine
    assert "Nasreen does this." in mine
    assert "No, it was not" in mine
    assert "I take the dog out" not in repr(list(Care.objects.values()))
    post(sam, f"/stories/owed/{practical.pk}/done/", **{"not": "1"})
    practical.refresh_from_db()
    assert practical.done_on is None
    with pytest.raises(verbs.NotYourStory):
        care.not_done(practical, by=organiser)


def test_nobody_else_sees_or_changes_what_is_owed(
    practical: Care, partner: Person, resident: Person, signed_in_client: SignIn
) -> None:
    for person in (partner, resident):
        client = signed_in_client(person)
        assert client.get("/stories/owed/").status_code == 403
        assert client.get(f"/stories/owed/{practical.pk}/").status_code == 302
        assert post(client, f"/stories/owed/{practical.pk}/done/").status_code == 403
        for change in (
            lambda: care.take_on(practical, by=person, words="no"),  # noqa: B023 - used at once
            lambda: care.agree_thanks(practical.story, by=person, words="no", at=AT),  # noqa: B023 - called at once
        ):
            with pytest.raises(verbs.NotYourStory):
                change()
        assert care.owed([practical], viewer=person, on=TODAY) == []
    practical.refresh_from_db()
    assert practical.done_on is None


def test_care_without_words_is_no_care(practical: Care, organiser: Person) -> None:
    with pytest.raises(care.SayWhat):
        care.take_on(practical, by=organiser, words="  ")


def test_fares_and_thanks_are_agreed_first_and_hang_on_no_yes(
    story: Story, version: Version, teller: Person, organiser: Person, circle: Circle, sam: Client
) -> None:
    care.agree_thanks(story, by=organiser, words="The bus fare", at=AT)
    care.agree_thanks(story, by=organiser, words="The bus fare and lunch", at=AT)
    thanks = Thanks.objects.select_related("story").get()
    assert "lunch" not in repr(list(Thanks.objects.values()))
    until = AT + timedelta(days=9)
    consenting.say_yes(version, by=teller, use=Use.READ, circle=circle, at=AT, until=until)
    consenting.stop_everything(story, by=teller, at=AT)
    again = Story.objects.select_related("thanks").get(pk=story.pk)
    assert care.thanks_words(again, viewer=teller) == "The bus fare and lunch"
    before = list(Consent.objects.values())
    care.give_thanks(thanks, by=organiser, on=TODAY)
    assert list(Consent.objects.values()) == before
    assert "The bus fare and lunch" in text(sam.get(f"/stories/{story.uuid}/mine/"))


def test_destroying_the_story_wipes_what_was_said_of_care(
    story: Story, version: Version, practical: Care, teller: Person, organiser: Person, circle: Circle
) -> None:
    care.take_on(practical, by=organiser, words="I take the dog out")
    care.agree_thanks(story, by=organiser, words="The bus fare", at=AT)
    let_read(version, teller, circle)
    beside.stand_beside(a_step(story), by=organiser, words="I saw it", at=AT)
    consenting.destroy(story, at=AT)
    practical.refresh_from_db()
    assert bytes(practical.words_sealed) == b""
    assert bytes(Thanks.objects.get().words_sealed) == b""
    assert not Reading.objects.exists()


def let_read(version: Version, teller: Person, circle: Circle) -> None:
    until = AT + timedelta(days=360)
    consenting.say_yes(version, by=teller, use=Use.READ, circle=circle, at=AT, until=until)


def a_step(story: Story) -> Step:
    return Step.objects.select_related("version__story__teller").filter(version__story=story)[1]


def seen_by(version: Version, viewer: Any) -> list[str]:
    return [each.words for each in beside.readings_of(version, viewer=viewer, at=AT)]


def test_how_it_looked_to_somebody_else_waits_until_the_teller_lets_it_in(
    story: Story, version: Version, teller: Person, organiser: Person, resident: Person, circle: Circle
) -> None:
    let_read(version, teller, circle)
    from betterstory.people import verbs as people  # noqa: PLC0415 - its name is taken here

    people.join(circle=circle, person=resident, at=AT)
    reading = beside.stand_beside(a_step(story), by=organiser, words="From my desk", at=AT)
    assert "From my desk" not in repr(list(Reading.objects.values()))
    assert seen_by(version, teller) == ["From my desk"]
    assert seen_by(version, organiser) == ["From my desk"]
    assert seen_by(version, resident) == [], "not let in yet"
    with pytest.raises(verbs.NotYourStory):
        beside.let_in(reading, by=organiser, at=AT)
    beside.let_in(reading, by=teller, at=AT)
    assert seen_by(version, resident) == ["From my desk"]
    beside.stand_beside(a_step(story), by=organiser, words="Said again", at=AT)
    assert seen_by(version, resident) == [], "new words wait again"
    consenting.pause(story, by=teller, at=AT)
    paused = Version.objects.select_related("story").get(pk=version.pk)
    assert seen_by(paused, organiser) == []


def test_only_somebody_let_in_to_read_can_stand_beside(
    story: Story, version: Version, teller: Person, partner: Person, organiser: Person, circle: Circle
) -> None:
    let_read(version, teller, circle)
    for person in (partner, teller):
        with pytest.raises(verbs.NotYourStory):
            beside.stand_beside(a_step(story), by=person, words="no", at=AT)
    reading = beside.stand_beside(a_step(story), by=organiser, words="yes", at=AT)
    with pytest.raises(verbs.NotYourStory):
        beside.keep_out(reading, by=partner)
    beside.keep_out(reading, by=teller)
    assert not Reading.objects.exists()


def test_it_stands_beside_on_the_pages(
    story: Story,
    version: Version,
    teller: Person,
    organiser: Person,
    circle: Circle,
    sam: Client,
    signed_in_client: SignIn,
) -> None:
    let_read(version, teller, circle)
    Consent.objects.update(begins_at=AT, until=AT + timedelta(days=360))
    work, here = signed_in_client(organiser), f"/stories/{story.uuid}"
    look = f"{here}/moments/{a_step(story).pk}/look/"
    assert look in text(work.get(f"{here}/"))
    post(work, look, words="From my desk")
    assert "From my desk" in text(sam.get(f"{here}/looks/"))
    post(sam, f"{here}/looks/{Reading.objects.get().pk}/", **{"in": "1"})
    page = text(work.get(f"{here}/"))
    assert "They took me off the list." in page, "the teller's words stand as they were"
    assert "From my desk" in page
    assert sam.get(look).status_code == 404


def test_a_view_that_was_let_in_goes_on_into_the_next_version(
    story: Story, version: Version, teller: Person, organiser: Person, circle: Circle
) -> None:
    let_read(version, teller, circle)
    reading = beside.stand_beside(a_step(story), by=organiser, words="From my desk", at=AT)
    beside.let_in(reading, by=teller, at=AT)
    new = verbs.begin_version(story, by=teller, at=AT)
    new.story = story
    assert seen_by(new, teller) == ["From my desk"]


@pytest.mark.django_db(transaction=True)
def test_a_filled_database_of_the_release_before_is_sealed(story: Story, teller: Person) -> None:
    up_to_stories = {"people", "places", "stories"}
    executor = earlier.executor(only=up_to_stories)
    executor.migrate([("stories", "0001_initial")])
    try:
        old = executor.loader.project_state([("stories", "0001_initial")]).apps
        rows = old.get_model("stories", "Step").objects.order_by("position")
        assert [(row.feeling, row.rings) for row in rows][1] == (-2, ["me"]), "the way back works too"
        rows.filter(pk=rows[0].pk).update(feeling=2, told_again=3)
    finally:
        executor = earlier.executor(only=up_to_stories)
        executor.migrate(executor.loader.graph.leaf_nodes())
    version = Version.objects.select_related("story__teller").get(story=story)
    shown = showing.show_whole(version, viewer=teller, use=Use.READ, at=AT)
    assert shown is not None
    assert [told.step.feeling for told in shown.steps] == [2, -2, 0]
    assert shown.steps[0].step.told_again == 3
    assert [gap.gap_kind for gap, _words in shown.gaps] == ["sent_back"]
    assert keyring().holds(story.key)
