"""What left the building, what is said for a teller, what happens by itself, and who else is in it."""

from datetime import UTC, datetime, timedelta
from typing import Any

import pytest
from django.core import mail
from django.utils import timezone

from betterstory.people.models import Circle, Person
from betterstory.stories import consenting, leaving, others, owing, reminding, rules, speaking, verbs
from betterstory.stories.models import (
    Act,
    Audience,
    Channel,
    Consent,
    IfLost,
    Leaving,
    Recall,
    Story,
    Told,
    Use,
    Version,
)
from betterstory.stories.rules import ANYONE
from betterstory.stories.tests.conftest import MONTH, again, pieces_of
from betterstory.stories.tests.test_pages import open_for, post, text
from conftest import AT, TODAY

PRINT = Leaving.How.PRINT


def test_nothing_leaves_that_is_not_open_to_whoever_takes_it(
    version: Version, organiser: Person, circle: Circle
) -> None:
    for what, viewer in ((version, None), (pieces_of(version), circle), (pieces_of(version)[0], ANYONE)):
        with pytest.raises(leaving.NotOpenToYou):
            leaving.take_out(what, by=organiser, use=Use.QUOTE, how=PRINT, at=AT, viewer=viewer)
    assert not Leaving.objects.exists()


def test_a_print_has_a_number_that_its_teller_sees_and_a_stop_asks_it_back(
    version: Version, circle: Circle, organiser: Person, teller: Person, signed_in_client: Any
) -> None:
    open_for(version, circle, Use.READ, Use.READ_ALOUD)
    reader, sam, url = (
        signed_in_client(organiser),
        signed_in_client(teller),
        f"/stories/{version.story.uuid}/",
    )
    assert f"{url}print/read_aloud/" in text(reader.get(url))
    for _twice in range(2):
        page = text(reader.get(f"{url}print/"))
    out = Leaving.objects.get()
    assert f"Number {out.number}." in page
    assert reader.get(f"{url}print/campaign/").status_code == 403
    assert reader.get(f"{url}print/count/").status_code == 404
    sam.get(f"{url}print/")
    assert Leaving.objects.count() == 1, "the teller's own print is nobody's business"
    assert f"Number {out.number}: a print" in text(sam.get(f"{url}mine/"))
    post(sam, f"{url}stop/{version.consents.get(use=Use.READ).pk}/")
    recall = Recall.objects.get()
    asked = text(reader.get("/stories/standing-by/"))
    assert f"Number {out.number}: a print" in asked
    assert not any(words in asked for words in ("long way", "snow", "Robin"))
    assert post(sam, f"/stories/standing-by/asked-back/{recall.pk}/", answer="destroyed").status_code == 403
    post(reader, f"/stories/standing-by/asked-back/{recall.pk}/", answer="cannot")
    assert "Others have it now" in text(sam.get(f"{url}mine/"))


def test_another_yes_lets_it_stay_out_and_a_pause_asks_for_nothing(
    version: Version, teller: Person, organiser: Person, circle: Circle, read_yes: Consent
) -> None:
    second = consenting.say_yes(version, by=teller, use=Use.READ, circle=circle, at=AT, until=MONTH)
    leaving.take_out(version, by=organiser, use=Use.READ, how=PRINT, at=AT)
    consenting.pause(version.story, by=teller, at=AT)
    assert leaving.ask_back(version.story, at=AT) == 0
    consenting.unpause(version.story, by=teller, at=AT)
    consenting.stop(read_yes, by=teller, at=AT)
    assert not Recall.objects.exists()
    assert leaving.ask_back_what_ran_out(at=MONTH) == 1, "a yes that ran out asks it back too"
    assert leaving.ask_back_what_ran_out(at=MONTH) == 0
    consenting.stop(second, by=teller, at=MONTH)
    assert Recall.objects.count() == 1


def test_a_quote_that_is_public_already_goes_and_what_was_copied_is_asked_back_of_nobody(
    version: Version, teller: Person, quote_for_anyone: Consent
) -> None:
    line, later = pieces_of(version)[0], AT + timedelta(days=3)
    leaving.take_out(line, by=None, use=Use.QUOTE, how=Leaving.How.EXPORT, at=later)
    consenting.stop(quote_for_anyone, by=teller, at=later)
    assert not rules.may(ANYONE, Use.QUOTE, line, later)
    assert Recall.objects.get().leaving.taken_by is None, "we say plainly that we do not know who"


def test_a_yes_said_for_the_teller_opens_nothing_until_it_was_read_back(
    version: Version, teller: Person, resident: Person, organiser: Person, circle: Circle
) -> None:
    speaking.choose(version.story, by=teller, speaker=resident, at=AT)
    said: dict[str, Any] = {"use": Use.READ, "circle": circle, "until": MONTH}
    for right in (True, False):
        act = speaking.act_for(
            version.story,
            by=resident,
            kind=Act.Kind.SAY_YES,
            how=Channel.PHONE,
            at=AT,
            version=again(version),
            **said,
        )
        assert not rules.may(circle, Use.READ, again(version), AT)
        with pytest.raises(verbs.NotYourStory):
            speaking.read_back(act, by=resident, how=Channel.FACE_TO_FACE, right=True, at=AT)
        speaking.read_back(act, by=organiser, how=Channel.FACE_TO_FACE, right=right, at=AT)
        assert rules.may(circle, Use.READ, again(version), AT) is right
        consenting.stop_everything(version.story, by=teller, at=AT)
    assert again(version).story.paused_at == AT, "they did not say it: everything is shut"


@pytest.mark.parametrize(
    "kind", [Act.Kind.STOP, Act.Kind.PAUSE, Act.Kind.TAKE_BACK, Act.Kind.STOP_EVERYTHING]
)
def test_what_shuts_a_door_may_be_done_for_the_teller_at_once(
    kind: Act.Kind, version: Version, teller: Person, resident: Person, circle: Circle, read_yes: Consent
) -> None:
    speaking.choose(version.story, by=teller, speaker=resident, at=AT)
    speaking.act_for(version.story, by=resident, kind=kind, how=Channel.PHONE, at=AT, yes=read_yes)
    assert not rules.may(circle, Use.READ, again(version), AT)
    assert again(version).story.destroyed_at is None
    with pytest.raises(speaking.NotTheirSpeaker):
        speaking.act_for(version.story, by=resident, kind=Act.Kind.SAY_YES, how=Channel.PHONE, at=AT)


def test_reading_aloud_ends_thirty_days_after_the_gathering_at_midnight_here(
    version: Version, teller: Person, circle: Circle
) -> None:
    Circle.objects.filter(pk=circle.pk).update(meets_on=datetime(2026, 9, 26, tzinfo=UTC).date())
    circle.refresh_from_db()
    far = AT + timedelta(days=300)
    yes = consenting.say_yes(version, by=teller, use=Use.READ_ALOUD, circle=circle, at=AT, until=far)
    # the clocks go back on 25 October: midnight of the 26th is at 0:00 GMT, not 23:00
    assert yes.until == datetime(2026, 10, 27, 0, 0, tzinfo=UTC)
    assert rules.may(circle, Use.READ_ALOUD, version, yes.until - timedelta(seconds=1))
    assert not rules.may(circle, Use.READ_ALOUD, version, yes.until)
    assert consenting.say_yes(version, by=teller, use=Use.READ, circle=circle, at=AT, until=far).until == far


@pytest.mark.parametrize(
    ("day", "ends"), [("2027-03-27", "2027-03-28T00:00+00:00"), ("2027-03-28", "2027-03-28T23:00+00:00")]
)
def test_a_day_ends_at_midnight_here_on_either_side_of_a_clock_change(day: str, ends: str) -> None:
    assert consenting.midnight_after(datetime.fromisoformat(day).date()) == datetime.fromisoformat(ends)


def test_tellers_are_asked_once_before_a_yes_ends_and_the_letter_holds_no_word_of_it(
    version: Version, teller: Person, organiser: Person, read_yes: Consent, signed_in_client: Any
) -> None:
    Person.objects.filter(pk=teller.pk).update(email="sam@example.org")
    soon = MONTH - timedelta(days=10)
    assert reminding.ask_before_they_end(at=AT) == 0
    assert [reminding.ask_before_they_end(at=soon) for _twice in range(2)] == [1, 0]
    [letter] = mail.outbox
    assert not any(words in f"{letter.subject} {letter.body}" for words in ("long way", "Robin", "snow"))
    assert list(reminding.tellers_to_ask(at=soon)) == [teller]
    consenting.take_back(version.story, by=teller, at=soon)
    assert not reminding.tellers_to_ask(at=soon)
    assert signed_in_client(organiser).get("/stories/standing-by/").status_code == 200


@pytest.mark.parametrize("wish", list(IfLost))
def test_when_a_teller_cannot_be_reached_it_is_done_as_they_wished(
    wish: IfLost, version: Version, teller: Person, organiser: Person, steward: Person, circle: Circle
) -> None:
    late = AT + timedelta(days=28)
    consenting.say_yes(version, by=teller, use=Use.READ, circle=circle, at=AT, until=late + timedelta(days=9))
    reminding.wish_beforehand(version.story, by=teller, wish=wish)
    consenting.pause_for(teller, by=organiser, at=AT)
    assert reminding.do_as_wished(teller, by=steward, at=late - timedelta(days=1)) == 0, "too soon"
    assert reminding.do_as_wished(teller, by=organiser, at=late) == 0, "somebody else than who paused it"
    with pytest.raises(verbs.NotYourStory):
        reminding.do_as_wished(teller, by=teller, at=late)
    assert reminding.do_as_wished(teller, by=steward, at=late) == 1
    now = again(version)
    assert rules.may(circle, Use.READ, now, late) is (wish == IfLost.RUN)
    assert bool(now.story.taken_back_at) is (wish == IfLost.TAKE_BACK)
    assert Consent.objects.filter(ended_at=None).exists() is (wish == IfLost.RUN)


@pytest.mark.parametrize(
    ("words", "names", "children", "kin"),
    [
        ("I rang. Nobody came on Monday in March.", (), (), 0),
        ("The postman, Marek, kept knocking.", ("Marek",), (), 0),
        ("Dr Osei wrote to me", ("Osei",), (), 0),
        ("I took my daughter Ellie to school.", ("Ellie",), ("Ellie",), 0),
        ("I went with Ellie, my little one, again.", ("Ellie",), ("Ellie",), 0),
        ("My son is called for tea.", (), (), 0),
        ("My sister is a nurse on nights at the surgery.", (), (), 1),
        ("Then my ex rang. A nurse came.", (), (), 0),
    ],
)
def test_who_else_is_in_it(words: str, names: tuple[str, ...], children: tuple[str, ...], kin: int) -> None:
    found = others.look_for(words)
    assert (found.names, found.children, len(found.kin_and_job)) == (names, children, kin)


def test_a_grown_up_who_said_yes_is_asked_about_no_more_and_a_child_cannot(
    story: Story, version: Version, teller: Person, organiser: Person
) -> None:
    words = "It was the postman, Marek, who came."
    assert others.look_among(story, words).names == ("Marek",)
    for by, grown_up, refused in ((organiser, True, verbs.NotYourStory), (teller, False, others.NotAgreed)):
        with pytest.raises(refused):
            others.note_agreed(story, by=by, name="Marek", grown_up=grown_up, said_yes=True, on=TODAY)
    kept = others.note_agreed(story, by=teller, name="Marek", grown_up=True, said_yes=True, on=TODAY)
    assert b"Marek" not in bytes(kept.name_sealed)
    assert not others.look_among(story, words).anybody
    consenting.take_back(story, by=teller, at=AT, for_good_now=True)
    kept.refresh_from_db()
    assert bytes(kept.name_sealed) == b""


def test_the_yes_page_names_the_bodies_and_asks_about_your_road(
    version: Version, teller: Person, hospital: Any, signed_in_client: Any
) -> None:
    Version.objects.filter(pk=version.pk).update(agreed_at=timezone.now())
    sam, url = signed_in_client(teller), f"/stories/{version.story.uuid}/say-yes/"
    assert "Weir Road Hospital" in text(sam.get(url))
    until = (timezone.localdate() + timedelta(days=9)).isoformat()
    data = {"use": "read", "audience": "partnership", "form": "no_name", "until": until}
    refused = text(post(sam, url, **data))
    assert "Tick each one that may see it." in refused
    assert "Would someone on your road know it is you?" in refused
    assert not Consent.objects.exists()
    assert post(sam, url, **data, bodies=[hospital.pk], small_place="on").status_code == 302
    assert list(Consent.objects.get().bodies.all()) == [hospital]
    assert Consent.objects.get().audience == Audience.PARTNERSHIP


def test_what_came_of_it_is_sealed_and_only_the_team_or_who_asked_tells_it(
    version: Version, teller: Person, organiser: Person, partner: Person, read_yes: Consent
) -> None:
    for by, words, refused in ((partner, "x", verbs.NotYourStory), (organiser, "  ", owing.SayWhat)):
        with pytest.raises(refused):
            owing.tell(read_yes, by=by, words=words, at=AT)
    kept = owing.tell(read_yes, by=organiser, words="They keep your place.", at=AT)
    assert b"place" not in bytes(kept.words_sealed)
    assert owing.told_to(version.story, viewer=organiser) == {}
    consenting.take_back(version.story, by=teller, at=AT, for_good_now=True)
    assert bytes(Told.objects.get().words_sealed) == b""
