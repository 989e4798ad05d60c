"""A repair talk: only the two know, either wipes it, and the circle learns of it only where both wish."""

from datetime import date, timedelta

import pytest

from betterstory.people import verbs as people
from betterstory.people.keys import keyring
from betterstory.people.models import Person
from betterstory.poolside import repairing
from betterstory.poolside.models import Poolside, Repair, TookPlace
from betterstory.poolside.refusals import NotRoundThisTable
from betterstory.poolside.repairing import (
    AskedAlready,
    NotADayWeTalked,
    NoTalkYet,
    NotWithYou,
    NotYourTalk,
    Reply,
)
from betterstory.poolside.tests._at_the_table import SignIn, text
from betterstory.poolside.tests._repairing import WHY, _clock, one, talk
from conftest import AT, TODAY

__all__ = ["_clock", "talk"]  # fixtures that tests ask for by name

LATER = TODAY + timedelta(days=10)


def agree_that_it_took_place(talk: Repair, *people_: Person) -> None:
    for person in people_:
        repairing.wish_known(talk.uuid, talked_on=LATER, by=person, on=LATER)


def test_the_asked_one_sees_it_and_says_yes(talk: Repair, teller: Person, partner: Person) -> None:
    asked = one(partner)
    assert (asked.talk.words, asked.talk.promise, asked.with_whom, asked.i_asked) == (WHY, 12, teller, False)
    assert repairing.is_asked(partner, on=TODAY)
    assert not repairing.is_asked(teller, on=TODAY)
    repairing.reply(talk.uuid, says=Reply.LATER, by=partner, on=TODAY)
    assert not repairing.is_asked(partner, on=TODAY)
    repairing.reply(talk.uuid, says=Reply.YES, by=partner, on=TODAY)
    assert one(teller).talk.reply == "yes"


def test_nobody_else_learns_that_it_was_asked(
    talk: Repair, organiser: Person, steward: Person, poolside: Poolside, signed_in_client: SignIn
) -> None:
    """Nasreen opened the circle, Bea looks after the place: neither of them sees a thing."""
    for outsider in (organiser, steward):
        assert repairing.mine(outsider, on=TODAY) == []
        assert not repairing.is_asked(outsider, on=TODAY)
        for verb in (
            lambda by: repairing.reply(talk.uuid, says=Reply.NO, by=by, on=TODAY),
            lambda by: repairing.wish_known(talk.uuid, talked_on=TODAY, by=by, on=TODAY),
            lambda by: repairing.wish_unknown(talk.uuid, by=by, on=TODAY),
            lambda by: repairing.wipe(talk.uuid, by=by, on=TODAY),
        ):
            with pytest.raises(NotYourTalk):
                verb(outsider)
    nasreen = signed_in_client(organiser)
    for way in (
        "",
        f"{poolside.pk}/",
        f"{poolside.pk}/goodwill/",
        "repairs/",
        f"{poolside.pk}/agreement/earlier/",
    ):
        page = text(nasreen.get(f"/poolside/{way}"))
        assert WHY not in page
        assert "asks to talk" not in page
        assert "took place in" not in page
    assert Repair.objects.exists()


def test_no_row_says_who_or_whom_or_why(talk: Repair, teller: Person, partner: Person) -> None:
    assert {field.name for field in Repair._meta.fields} == {"id", "uuid", "poolside", "talk_sealed"}
    sealed = bytes(Repair.objects.get().talk_sealed)
    assert b"Bea" not in sealed
    assert b"asked_by" not in sealed
    opened = keyring().open(sealed, name="poolside.repair.talk", row=talk.uuid)
    assert f'"asked_by": {teller.pk}' in opened, "there was something to seal"
    assert f'"asked": {partner.pk}' in opened


def test_the_asker_cannot_answer_for_the_asked(talk: Repair, teller: Person) -> None:
    with pytest.raises(NotYourTalk):
        repairing.reply(talk.uuid, says=Reply.YES, by=teller, on=TODAY)
    assert one(teller).talk.reply == ""


def test_only_people_round_the_same_table(
    poolside: Poolside, teller: Person, partner: Person, steward: Person
) -> None:
    with pytest.raises(NotRoundThisTable):
        repairing.ask(poolside, whom=teller, words="", by=steward, on=TODAY)
    for whom in (steward, teller):
        with pytest.raises(NotWithYou):
            repairing.ask(poolside, whom=whom, words="", by=teller, on=TODAY)
    people.leave(circle=poolside.circle, person=partner, at=AT, by=partner)
    with pytest.raises(NotWithYou):
        repairing.ask(poolside, whom=partner, words="", by=teller, on=TODAY)
    assert not Repair.objects.exists()


def test_two_have_one_talk_between_them(
    talk: Repair, poolside: Poolside, teller: Person, partner: Person, organiser: Person
) -> None:
    for by, whom in ((teller, partner), (partner, teller)):
        with pytest.raises(AskedAlready):
            repairing.ask(poolside, whom=whom, words="", by=by, on=TODAY)
    repairing.ask(poolside, whom=organiser, words="", by=teller, on=TODAY)
    assert Repair.objects.count() == 2


def test_the_circle_learns_only_where_both_wish(
    talk: Repair,
    teller: Person,
    partner: Person,
    organiser: Person,
    signed_in_client: SignIn,
    poolside: Poolside,
) -> None:
    with pytest.raises(NoTalkYet):
        repairing.wish_known(talk.uuid, talked_on=TODAY, by=teller, on=TODAY)
    repairing.reply(talk.uuid, says=Reply.YES, by=partner, on=TODAY)
    agree_that_it_took_place(talk, teller)
    assert not TookPlace.objects.exists(), "one wish is not enough"
    agree_that_it_took_place(talk, teller)
    assert not TookPlace.objects.exists(), "nor is one wish said twice"
    agree_that_it_took_place(talk, partner)
    assert TookPlace.objects.get().month == date(2026, 7, 1)
    assert {field.name for field in TookPlace._meta.fields} == {"id", "uuid", "poolside", "month"}
    page = text(signed_in_client(organiser).get(f"/poolside/{poolside.pk}/goodwill/"))
    assert "A repair talk took place in July 2026." in page
    assert "16 July" not in page


def test_the_day_is_the_first_ones_to_say_and_no_day_to_come(
    talk: Repair, teller: Person, partner: Person
) -> None:
    repairing.reply(talk.uuid, says=Reply.YES, by=partner, on=TODAY)
    for day in (TODAY - timedelta(days=1), LATER + timedelta(days=1)):
        with pytest.raises(NotADayWeTalked):
            repairing.wish_known(talk.uuid, talked_on=day, by=teller, on=LATER)
    agree_that_it_took_place(talk, teller)
    repairing.wish_known(talk.uuid, talked_on=TODAY, by=partner, on=LATER)
    assert one(partner).talk.day == LATER


def test_a_wish_is_taken_back_and_the_line_goes(talk: Repair, teller: Person, partner: Person) -> None:
    repairing.reply(talk.uuid, says=Reply.YES, by=partner, on=TODAY)
    agree_that_it_took_place(talk, teller, partner)
    repairing.wish_unknown(talk.uuid, by=partner, on=LATER)
    assert not TookPlace.objects.exists()
    assert one(teller).i_wish
    agree_that_it_took_place(talk, partner)
    assert TookPlace.objects.count() == 1


@pytest.mark.parametrize("who", ["teller", "partner"])
def test_either_wipes_everything_but_that_it_took_place(
    talk: Repair, teller: Person, partner: Person, who: str, request: pytest.FixtureRequest
) -> None:
    repairing.reply(talk.uuid, says=Reply.YES, by=partner, on=TODAY)
    agree_that_it_took_place(talk, teller, partner)
    repairing.wipe(talk.uuid, by=request.getfixturevalue(who), on=LATER)
    assert not Repair.objects.exists()
    assert TookPlace.objects.count() == 1
    with pytest.raises(NotYourTalk):
        repairing.reply(talk.uuid, says=Reply.NO, by=partner, on=LATER)


def test_somebody_who_left_can_still_answer_and_wipe(
    talk: Repair, poolside: Poolside, teller: Person, partner: Person
) -> None:
    people.leave(circle=poolside.circle, person=partner, at=AT, by=partner)
    assert not one(teller).here
    repairing.reply(talk.uuid, says=Reply.YES, by=partner, on=TODAY)
    repairing.wipe(talk.uuid, by=partner, on=TODAY)
    assert not Repair.objects.exists()


def test_when_the_circle_is_over_nobody_reads_it(talk: Repair, poolside: Poolside, teller: Person) -> None:
    poolside.circle.ends_on = TODAY
    poolside.circle.save()
    assert repairing.mine(teller, on=TODAY)
    assert repairing.mine(teller, on=TODAY + timedelta(days=1)) == []


def test_no_log_line_says_who(
    poolside: Poolside, teller: Person, partner: Person, caplog: pytest.LogCaptureFixture
) -> None:
    caplog.set_level("INFO")
    caplog.clear()
    talk = repairing.ask(poolside, whom=partner, words=WHY, by=teller, on=TODAY)
    repairing.reply(talk.uuid, says=Reply.YES, by=partner, on=TODAY)
    agree_that_it_took_place(talk, teller, partner)
    repairing.wish_unknown(talk.uuid, by=teller, on=TODAY)
    repairing.wipe(talk.uuid, by=teller, on=TODAY)
    assert len(caplog.messages) == 6
    for message in caplog.messages:
        assert message.split()[-1] == f"poolside={poolside.pk}"
