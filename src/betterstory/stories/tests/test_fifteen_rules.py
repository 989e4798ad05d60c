"""The fifteen rules of a teller's yes, one by one. The files beside test each in more detail."""

import ast
import io
import socket
import zipfile
from collections.abc import Callable
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest

import betterstory
from betterstory.people.models import Body, Circle, Person, Post
from betterstory.stories import consenting, leaving, others, owing, reminding, rules, showing, speaking, verbs
from betterstory.stories.models import (
    Act,
    Audience,
    Channel,
    Consent,
    Form,
    Leaving,
    Piece,
    Seen,
    Story,
    Use,
    Version,
)
from betterstory.stories.rules import ANYONE, NEIGHBOURS, PARTNERS
from betterstory.stories.tests.conftest import MONTH, again, pieces_of
from betterstory.stories.tests.test_easy_read import consent_texts, faults
from betterstory.stories.tests.test_pages import open_for, post, text
from conftest import AT, TODAY, read_every_line

WORDS = ("like snow", "took me off the list", "walk the dog", "long way round", "17 weeks")


def test_rule_01_one_yes_is_one_use_one_audience_one_form_one_version(
    version: Version, teller: Person, circle: Circle, organiser: Person, resident: Person
) -> None:
    viewers: list[Any] = [circle, organiser, resident, ANYONE, PARTNERS, NEIGHBOURS]
    for use in Use:
        assert not any(rules.may(viewer, use, version, AT) for viewer in viewers), "default is nothing"
    read_every_line(version)
    for use in set(Use) - {Use.WEB}:
        yes = consenting.say_yes(
            version, by=teller, use=use, circle=circle, form=Form.NO_NAME, at=AT, until=MONTH
        )
        assert [each for each in Use if rules.may(circle, each, version, AT)] == [use]
        assert not any(rules.may(viewer, use, version, AT) for viewer in viewers[2:])
        assert rules.form_of_whole(circle, use, version, AT) in (Form.NO_NAME, Form.CHOSEN_NAME)
        consenting.stop(yes, by=teller, at=AT)
    newer = verbs.begin_version(version.story, by=teller, at=AT)
    verbs.agree(version.story, by=teller, at=AT)
    consenting.say_yes(version, by=teller, use=Use.READ, circle=circle, at=AT, until=MONTH)
    assert rules.may(circle, Use.READ, version, AT)
    assert not rules.may(circle, Use.READ, again(newer), AT), "an edit needs a new yes"


def test_rule_01_a_yes_names_each_body_and_one_that_joins_later_is_not_covered(
    version: Version, teller: Person, partner: Person, hospital: Body, welcome: Callable[..., Person]
) -> None:
    consenting.say_yes(version, by=teller, use=Use.READ, audience=Audience.PARTNERSHIP, at=AT, until=MONTH)
    late = welcome("Piotr", "partner")
    Post.objects.create(body=Body.objects.create(name="The late council"), title="Clerk", holder=late)
    assert rules.may(partner, Use.READ, version, AT)
    assert not rules.may(late, Use.READ, version, AT)
    council = Body.objects.get(name="The late council")
    consenting.say_yes(
        version,
        by=teller,
        use=Use.QUOTE,
        audience=Audience.PARTNERSHIP,
        bodies=[council],
        at=AT,
        until=MONTH,
    )
    assert rules.may(late, Use.QUOTE, version, AT)
    assert not rules.may(partner, Use.QUOTE, version, AT), "only the one that was ticked"


@pytest.mark.parametrize(("use", "audience"), [(Use.WEB, Audience.PARTNERSHIP), (Use.READ, Audience.CIRCLE)])
def test_rule_01_a_yes_for_nobody_or_for_the_web_but_not_for_anyone_is_none(
    use: Use, audience: Audience, version: Version, teller: Person
) -> None:
    with pytest.raises(consenting.ForWhom):
        consenting.say_yes(version, by=teller, use=use, audience=audience, at=AT, until=MONTH)


def test_rule_01_people_of_all_our_neighbourhoods_are_those_who_came_in(
    version: Version, teller: Person, resident: Person
) -> None:
    yes = Audience.NEIGHBOURHOODS
    consenting.say_yes(version, by=teller, use=Use.ELSEWHERE, audience=yes, at=AT, until=MONTH)
    assert rules.may(resident, Use.ELSEWHERE, version, AT)
    assert rules.may(NEIGHBOURS, Use.ELSEWHERE, version, AT)
    assert not rules.may(ANYONE, Use.ELSEWHERE, version, AT)
    assert not rules.may(PARTNERS, Use.ELSEWHERE, version, AT)


def test_rule_02_counting_is_a_question_of_its_own_for_the_teller_too(
    version: Version, teller: Person
) -> None:
    read_every_line(version)
    for use in set(Use) - {Use.COUNT, Use.WEB, Use.HEAR}:  # a voice is for one circle, never for counting
        yes = Audience.PARTNERSHIP
        consenting.say_yes(version, by=teller, use=use, audience=yes, at=AT, until=MONTH)
    assert not rules.may(PARTNERS, Use.COUNT, version, AT)
    assert not rules.may(teller, Use.COUNT, version, AT)


def test_rule_03_what_is_made_of_several_pieces_shows_while_all_of_them_may(
    version: Version, teller: Person, circle: Circle
) -> None:
    one, other, *_rest = pieces_of(version)
    for piece in (one, other):
        consenting.say_yes(version, by=teller, use=Use.QUOTE, circle=circle, piece=piece, at=AT, until=MONTH)
    assert rules.may_all(circle, Use.QUOTE, [one, other], AT)
    consenting.stop(Consent.objects.get(piece=one), by=teller, at=AT)
    assert not rules.may_all(circle, Use.QUOTE, [one, other], AT)


def test_rule_04_two_taps_no_reason_and_the_mark_that_stays_is_the_tellers_choice(
    version: Version, teller: Person, circle: Circle, signed_in_client: Any
) -> None:
    open_for(version, circle, Use.READ)
    sam, url = signed_in_client(teller), f"/stories/{version.story.uuid}"
    stop = f"{url}/stop/{version.consents.get().pk}/"
    mine = text(sam.get(f"{url}/mine/"))
    assert stop in mine, "the first tap"
    assert mine.index('href="#stop"') < mine.index(stop) < mine.index('id="stop"'), "and no long way down"
    assert "name" not in text(sam.get(stop)).split("<form method")[1].split("<button")[0].replace(
        'name="csrfmiddlewaretoken"', ""
    ).replace('name="once"', ""), "nothing is asked"
    post(sam, stop)
    assert not rules.may(circle, Use.READ, again(version), AT + timedelta(days=1))
    shown = showing.show_each(pieces_of(version), viewer=circle, use=Use.QUOTE, at=AT)
    assert all(each.leaves_a_mark for each in shown.values())
    reminding.wish_beforehand(version.story, by=teller, wish=reminding.IfLost.SHUT, leaves_a_mark=False)
    shown = showing.show_each(pieces_of(version), viewer=circle, use=Use.QUOTE, at=AT)
    assert not any(each.leaves_a_mark for each in shown.values())


def test_rule_05_what_left_the_building_is_known_and_asked_back(
    version: Version, teller: Person, organiser: Person, read_yes: Consent
) -> None:
    out = leaving.take_out(version, by=organiser, use=Use.READ, how=Leaving.How.PRINT, at=AT)
    assert leaving.asked_of(organiser).count() == 0
    consenting.stop(read_yes, by=teller, at=AT)
    recall = leaving.asked_of(organiser).get()
    assert recall.leaving == out
    leaving.answer(recall, by=organiser, answer=recall.Answer.DESTROYED, at=AT)
    [seen] = leaving.leavings_of(version.story)
    assert seen.asked_back.get_answer_display() == "I destroyed it"  # type: ignore[attr-defined]  # joined


def test_rule_06_a_pause_a_day_and_silence_means_off(
    version: Version, teller: Person, circle: Circle, read_yes: Consent
) -> None:
    consenting.pause(version.story, by=teller, at=AT, opens_on=TODAY + timedelta(days=10))
    assert not rules.may(circle, Use.READ, again(version), AT)
    assert reminding.open_those_due(at=AT + timedelta(days=9)) == 0
    assert reminding.open_those_due(at=AT + timedelta(days=10)) == 1
    assert rules.may(circle, Use.READ, again(version), AT)
    assert list(reminding.ends_soon(at=MONTH - timedelta(days=13))) == [read_yes], "it is asked before"
    assert not rules.may(circle, Use.READ, again(version), MONTH), "and nobody said anything"


def test_rule_07_read_back_first_and_two_days_before_anyone_sees_it(
    version: Version, story: Story, teller: Person, quote_for_anyone: Consent
) -> None:
    page = verbs.begin_version(story, by=teller, at=AT)
    with pytest.raises(consenting.ReadBackFirst):
        consenting.say_yes(page, by=teller, use=Use.READ, audience=Audience.PUBLIC, at=AT, until=MONTH)
    line = pieces_of(version)[:1]
    assert rules.may_each(ANYONE, Use.QUOTE, line, AT + timedelta(hours=47, minutes=59)) == set()
    assert rules.may_each(ANYONE, Use.QUOTE, line, AT + timedelta(hours=48)) == {line[0].pk}


def test_rule_08_a_child_is_never_named(story: Story, teller: Person, circle: Circle) -> None:
    verbs.begin_version(story, by=teller, at=AT)
    verbs.write(story, by=teller, text="I walked there with my son Tyler.", at=AT)
    newer = again(verbs.agree(story, by=teller, at=AT))
    with pytest.raises(others.AChildIsNamed):
        consenting.say_yes(newer, by=teller, use=Use.READ, circle=circle, at=AT, until=MONTH)
    assert not Consent.objects.exists()


def test_rule_09_the_teller_sees_who_saw_it_in_plain_words(
    version: Version, teller: Person, circle: Circle, organiser: Person, signed_in_client: Any
) -> None:
    open_for(version, circle, Use.READ, Use.QUOTE)
    url = f"/stories/{version.story.uuid}/"
    signed_in_client(organiser).get(url)
    consenting.note_seen(version, use=Use.QUOTE, on=TODAY)
    mine = text(signed_in_client(teller).get(f"{url}mine/"))
    assert "Nasreen read your story." in mine
    assert "Somebody who came by saw a line of your story." in mine


def test_rule_10_who_speaks_for_the_teller_is_noted_and_read_back_the_other_way(
    version: Version, teller: Person, resident: Person, organiser: Person, circle: Circle, read_yes: Consent
) -> None:
    story = version.story
    with pytest.raises(speaking.NotTheirSpeaker):
        speaking.act_for(story, by=resident, kind=Act.Kind.PAUSE, how=Channel.PHONE, at=AT)
    speaking.choose(story, by=teller, speaker=resident, at=AT)
    act = speaking.act_for(story, by=resident, kind=Act.Kind.STOP_EVERYTHING, how=Channel.PHONE, at=AT)
    assert (act.by, act.teller) == (resident, teller)
    assert not rules.may(circle, Use.READ, again(version), AT), "it holds at once"
    with pytest.raises(speaking.TheOtherWay):
        speaking.read_back(act, by=organiser, how=Channel.PHONE, right=True, at=AT)
    speaking.read_back(act, by=organiser, how=Channel.FACE_TO_FACE, right=True, at=AT)
    assert not speaking.to_read_back(organiser).exists()


def test_rule_11_nothing_outside_stories_reads_what_a_teller_said_yes_to() -> None:
    house = Path(betterstory.__file__).parent
    private = {
        "Consent",
        "Shut",
        "Speaker",
        "Act",
        "Recall",
        "Leaving",
        "SecondWord",
        "Met",
        "Seen",
        "Other",
        "CameOf",
    }
    troubles, looked = [], 0
    for file in house.rglob("*.py"):
        parts = file.relative_to(house).parts
        if parts[0] == "stories" or "tests" in parts or "migrations" in parts:
            continue
        looked += 1
        source = file.read_text()
        for node in ast.walk(ast.parse(source)):
            if isinstance(node, ast.ImportFrom) and (node.module or "").startswith("betterstory.stories"):
                troubles += [f"{file.name}: {each.name}" for each in node.names if each.name in private]
        reads = (
            ".consents",
            "consents__",
            "stories_consent",
            "paused_at",
            "paused_by",
            "held_at",
        )
        troubles += [f"{file.name}: {word}" for word in reads if word in source]
    assert looked > 100
    assert troubles == []


def test_rule_12_easy_to_read() -> None:
    assert [fault for _place, each in consent_texts() for fault in faults(each)] == []


def test_rule_13_a_copy_to_keep_and_a_word_about_what_came_of_it(
    version: Version, teller: Person, organiser: Person, read_yes: Consent, signed_in_client: Any
) -> None:
    url = f"/stories/{version.story.uuid}/my-copy/"
    assert signed_in_client(organiser).get(url).status_code == 404
    packed = signed_in_client(teller).get(url).getvalue()
    copy = zipfile.ZipFile(io.BytesIO(packed)).read("my-story.html").decode()
    assert all(words in copy for words in WORDS)
    assert "Read my story, people of 14 July" in copy
    assert not owing.owed(at=AT).exists(), "nobody used it yet"
    consenting.note_seen(version, use=Use.READ, on=TODAY, person=organiser)
    assert list(owing.owed(at=AT)) == [read_yes]
    owing.tell(read_yes, by=organiser, words="They keep your place now.", at=AT)
    assert not owing.owed(at=AT).exists()
    [[(_told, words)]] = owing.told_to(version.story, viewer=teller).values()
    assert words == "They keep your place now."


@pytest.mark.parametrize("role", ["organiser", "steward", "partner", "analyst"])
def test_rule_14_staff_who_tell_have_the_same_rules(
    role: str, neighbourhood: Any, welcome: Callable[..., Person], steward: Person, circle: Circle
) -> None:
    somebody = welcome("Jo", role)
    told = verbs.begin(
        by=somebody,
        teller=somebody,
        neighbourhood=neighbourhood,
        title="My hard year",
        chosen_name="Lark",
        limits_heard=True,
        at=AT,
    )
    verbs.add_step(told, by=somebody, words="I stopped sleeping.")
    version = again(verbs.agree(told, by=somebody, at=AT))
    for viewer in (steward, circle, ANYONE, PARTNERS):
        assert not any(rules.may(viewer, use, version, AT) for use in Use)
    with pytest.raises(verbs.NotYourStory):
        consenting.say_yes(version, by=steward, use=Use.READ, circle=circle, at=AT, until=MONTH)
    yes = consenting.say_yes(version, by=somebody, use=Use.READ, circle=circle, at=AT, until=MONTH)
    consenting.stop(yes, by=somebody, at=AT)
    assert not rules.may(circle, Use.READ, again(version), AT)


def test_rule_15_no_word_of_a_story_goes_to_an_outside_service(
    version: Version,
    teller: Person,
    organiser: Person,
    circle: Circle,
    signed_in_client: Any,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    asked: list[object] = []

    def refuse(*where: object, **_more: object) -> None:
        asked.append(where)
        raise OSError("no network here")

    for name in ("connect", "connect_ex", "sendto"):
        monkeypatch.setattr(socket.socket, name, refuse)
    monkeypatch.setattr(socket, "getaddrinfo", refuse)
    open_for(version, circle, Use.READ, Use.PICTURE, Use.QUOTE)
    url, sam, reader = (
        f"/stories/{version.story.uuid}/",
        signed_in_client(teller),
        signed_in_client(organiser),
    )
    for page in ("", "mine/", "print/", "my-copy/", "say-yes/", "settled/", "pause/", "take-back/"):
        assert sam.get(url + page).status_code == 200, page
    post(sam, f"{url}change/")
    for page in ("words/", "moments/", "wishes/", "read-back/"):
        assert sam.get(url + page).status_code == 200, page
    post(sam, f"{url}words/", text="More of it.")
    for page in ("", "print/"):
        assert reader.get(url + page).status_code == 200
    assert reader.get("/stories/").status_code == 200
    post(sam, f"{url}take-back/", how="now")
    assert asked == []
    assert Seen.objects.exists()
    assert not Piece.objects.exclude(words_sealed=b"").exists()
