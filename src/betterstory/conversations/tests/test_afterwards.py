"""After a gathering: cards typed and read back, the photograph of the wall gone with it, thanks and fares."""

from collections.abc import Callable
from datetime import timedelta
from decimal import Decimal
from io import BytesIO
from typing import Any
from uuid import uuid4

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from PIL import Image

from betterstory.conversations import guest_care, verbs, wall_photographs
from betterstory.conversations.models import Gathering, Guest, GuestCare, Side, WallPhotograph, WritingUp
from betterstory.conversations.owed import owed_after, with_owed
from betterstory.conversations.verbs import (
    NoSuchFare,
    NotThatDay,
    NotYetMet,
    TooLateToKeep,
    TooManyPhotographs,
    TypeFirst,
    WallIsReadBack,
)
from betterstory.people import verbs as people
from betterstory.people.keys import keyring
from betterstory.people.models import Person, Ring
from betterstory.people.verbs import NotYours
from betterstory.stories import photographs
from conftest import AT

Send = Callable[..., Any]
Browser = Callable[[Person], Client]
NIGHT = timedelta(days=8, hours=3)  # after the gathering of the fixture, the same evening
GPS = 0x8825


def picture(kind: str = "JPEG", *, size: tuple[int, int] = (80, 60)) -> bytes:
    """A wall with yellow notes; of a JPEG it is written in it where it was taken."""
    out, exif = BytesIO(), Image.Exif()
    exif[GPS] = {1: "N", 2: (51.0, 27.0, 0.0)}
    Image.new("RGB", size, "gold").save(out, kind, **({"exif": exif} if kind == "JPEG" else {}))
    return out.getvalue()


@pytest.fixture
def night(gathering: Gathering, monkeypatch: pytest.MonkeyPatch) -> Gathering:
    """The same evening, when all went home: pages read that clock."""
    monkeypatch.setattr("django.utils.timezone.now", lambda: AT + NIGHT)
    return gathering


def send_wall(browser: Client, gathering: Gathering, came: bytes, name: str = "wall.jpg") -> Any:
    file = SimpleUploadedFile(name, came, content_type="image/jpeg")
    return browser.post(
        f"/conversations/{gathering.pk}/afterwards/wall/", {"once": str(uuid4()), "file": file}
    )


def owed(gathering: Gathering, at: Any) -> list[tuple[str, bool]]:
    found = owed_after(with_owed(Gathering.objects.filter(pk=gathering.pk)), at=at)
    return [(each.words, each.is_late) for each in found]


def guest_of(gathering: Gathering, by: Person, name: str = "Ivy", *, comes: bool = True) -> Guest:
    guest = verbs.ask_guest(gathering, first_name=name, side=Side.RESIDENT, ring=Ring.COMMUNITY, by=by)
    if comes:
        verbs.reply(guest, reply=Guest.Reply.COMING, by=by, at=AT)
    return guest


def test_what_is_owed_is_shown_until_it_is_done(gathering: Gathering, organiser: Person) -> None:
    came, _no = guest_of(gathering, organiser), guest_of(gathering, organiser, "Mo", comes=False)
    typed, back = "Type in the cards of that night.", "Read the cards back to the room."
    thank = "Thank one more who came."
    end = gathering.at
    assert owed(gathering, AT) == [], "nothing before it"
    assert owed(gathering, AT + NIGHT) == [(typed, False), (back, False), (thank, False)]
    assert owed(gathering, end + timedelta(hours=48)) == [(typed, False), (back, False), (thank, False)]
    assert owed(gathering, end + timedelta(hours=49))[0] == (typed, True)
    verbs.say_typed(gathering, by=organiser, at=AT + NIGHT)
    verbs.thank(came, by=organiser, on=end.date())
    assert owed(gathering, end + timedelta(days=15)) == [(back, True)]
    verbs.say_read_back(gathering, on=end.date(), by=organiser, at=end + timedelta(days=15))
    assert owed(gathering, end + timedelta(days=99)) == []


def test_the_organiser_sees_it_on_the_gathering_and_in_the_neighbourhood(
    night: Gathering, organiser: Person, resident: Person, signed_in_client: Browser
) -> None:
    for address in (f"/conversations/{night.pk}/", "/neighbourhoods/tanners-row/"):
        assert "Type in the cards of that night." in signed_in_client(organiser).get(address).content.decode()
        assert "Type in the cards" not in signed_in_client(resident).get(address).content.decode()


def test_it_is_written_down_who_typed_and_when_it_was_read_back(
    night: Gathering, organiser: Person, send: Send, signed_in_client: Browser
) -> None:
    assert send(organiser, "afterwards", night.pk, fields={"do": "typed"}).status_code == 302
    told = {"do": "read-back", "on": "2026-07-14"}
    assert send(organiser, "afterwards", night.pk, fields=told).status_code == 302
    page = signed_in_client(organiser).get(f"/conversations/{night.pk}/afterwards/").content.decode()
    assert "Nasreen said on Tuesday 14 July that all cards are typed in." in page
    assert "They were read back to the room on Tuesday 14 July." in page


def test_the_first_who_said_it_typed_it(gathering: Gathering, organiser: Person, steward: Person) -> None:
    verbs.say_typed(gathering, by=organiser, at=AT + NIGHT)
    verbs.say_typed(gathering, by=steward, at=AT + NIGHT + timedelta(days=1))
    assert [(each.typed_by, each.typed_at) for each in WritingUp.objects.all()] == [(organiser, AT + NIGHT)]


DAYS = """
day         taken
2026-07-13  no
2026-07-14  yes
2026-07-15  no
gibberish   no
"""


@pytest.mark.parametrize("row", DAYS.strip().splitlines()[1:])
def test_it_is_read_back_after_it_was_typed_and_not_tomorrow(
    row: str, night: Gathering, organiser: Person, send: Send
) -> None:
    day, taken = row.split()
    verbs.say_typed(night, by=organiser, at=AT + NIGHT)
    answer = send(organiser, "afterwards", night.pk, fields={"do": "read-back", "on": day})
    assert answer.status_code == (302 if taken == "yes" else 422)
    assert WritingUp.objects.exclude(read_back_on=None).exists() == (taken == "yes")


def test_nothing_is_typed_before_it_and_nothing_read_back_before_it_is_typed(
    gathering: Gathering, organiser: Person
) -> None:
    with pytest.raises(NotYetMet):
        verbs.say_typed(gathering, by=organiser, at=AT)
    with pytest.raises(NotYetMet):
        verbs.keep_photograph(gathering, came=picture(), by=organiser, at=AT)
    with pytest.raises(TypeFirst):
        verbs.say_read_back(gathering, on=gathering.at.date(), by=organiser, at=AT + NIGHT)
    assert not WritingUp.objects.exists()
    assert not WallPhotograph.objects.exists()


def test_the_wall_is_kept_sealed_and_without_where_it_was_taken(
    night: Gathering, organiser: Person, signed_in_client: Browser
) -> None:
    browser = signed_in_client(organiser)
    assert b"Exif" in picture()
    assert send_wall(browser, night, picture()).status_code == 302
    kept = WallPhotograph.objects.get()
    on_disk = wall_photographs.place_of(kept.uuid).read_bytes()
    assert b"JFIF" not in on_disk
    assert wall_photographs.place_of(kept.uuid).stat().st_mode & 0o777 == 0o600
    answer = browser.get(f"/conversations/photographs/{kept.pk}/")
    assert answer["Content-Type"] == "image/jpeg"
    with Image.open(BytesIO(answer.content)) as seen:
        assert (seen.size, dict(seen.getexif())) == ((80, 60), {})


def test_only_organisers_who_were_there_see_the_wall(
    night: Gathering, organiser: Person, steward: Person, resident: Person, signed_in_client: Browser
) -> None:
    people.join(circle=night.circle, person=resident, at=AT)
    kept = verbs.keep_photograph(night, came=picture(), by=organiser, at=AT + NIGHT)
    address = f"/conversations/photographs/{kept.pk}/"
    assert signed_in_client(organiser).get(address).status_code == 200
    for somebody in (steward, resident):
        browser = signed_in_client(somebody)
        assert browser.get(address).status_code == 404
        assert send_wall(browser, night, picture()).status_code == 403
        with pytest.raises(NotYours):
            verbs.throw_away_photograph(kept, by=somebody)
    page = signed_in_client(steward).get(f"/conversations/{night.pk}/afterwards/").content.decode()
    assert address not in page
    assert WallPhotograph.objects.count() == 1


BOMB = picture("PNG", size=(6000, 4000))


@pytest.mark.parametrize(
    ("came", "said"),
    [
        (b"", "There is nothing in this file."),
        (b"%PDF-1.7 not a photograph", "We cannot open this as a photograph."),
        (picture()[:300], "We cannot open this as a photograph."),
        (picture("GIF"), "We cannot open this as a photograph."),
        (BOMB, "This picture is too large to open here."),
        (b"x" * 15_000_001, "This is larger than 15 megabytes"),
    ],
    ids=["empty", "a letter", "cut short", "another kind", "a bomb", "too heavy"],
)
def test_a_photograph_that_is_none_is_said_and_leaves_nothing(
    came: bytes, said: str, night: Gathering, organiser: Person, signed_in_client: Browser
) -> None:
    answer = send_wall(signed_in_client(organiser), night, came)
    assert answer.status_code == 422
    assert said in answer.content.decode()
    assert not WallPhotograph.objects.exists()
    assert list(wall_photographs.folder().glob("*")) == []


def test_no_file_at_all_is_said(night: Gathering, organiser: Person, send: Send) -> None:
    answer = send(organiser, "wall", night.pk)
    assert (answer.status_code, "Choose a photograph first." in answer.content.decode()) == (422, True)


@pytest.mark.django_db(transaction=True)
def test_read_back_the_photographs_are_gone_key_and_file(gathering: Gathering, organiser: Person) -> None:
    kept = [verbs.keep_photograph(gathering, came=picture(), by=organiser, at=AT + NIGHT) for _n in range(2)]
    assert all(keyring().holds(each.key) and wall_photographs.place_of(each.uuid).exists() for each in kept)
    verbs.say_typed(gathering, by=organiser, at=AT + NIGHT)
    verbs.say_read_back(gathering, on=gathering.at.date(), by=organiser, at=AT + NIGHT)
    assert not WallPhotograph.objects.exists()
    assert not [each for each in kept if keyring().holds(each.key)]
    assert not [each for each in kept if wall_photographs.place_of(each.uuid).exists()]
    with pytest.raises(WallIsReadBack):
        verbs.keep_photograph(gathering, came=picture(), by=organiser, at=AT + NIGHT)
    assert list(wall_photographs.folder().glob("*")) == []


@pytest.mark.django_db(transaction=True)
def test_read_back_or_not_they_go_after_two_weeks(gathering: Gathering, organiser: Person) -> None:
    kept = verbs.keep_photograph(gathering, came=picture(), by=organiser, at=AT + NIGHT)
    last = gathering.at + timedelta(days=14)
    assert verbs.throw_away_photographs_due(at=last - timedelta(minutes=1)) == 0
    assert wall_photographs.place_of(kept.uuid).exists()
    assert verbs.throw_away_photographs_due(at=last) == 1
    assert not wall_photographs.place_of(kept.uuid).exists()
    assert not keyring().holds(kept.key)
    assert verbs.throw_away_photographs_due(at=last) == 0, "safe to run again"
    with pytest.raises(TooLateToKeep):
        verbs.keep_photograph(gathering, came=picture(), by=organiser, at=last)


def test_what_a_crash_left_is_swept(gathering: Gathering, organiser: Person) -> None:
    kept = verbs.keep_photograph(gathering, came=picture(), by=organiser, at=AT + NIGHT)
    wall_photographs.seal(b"left", row=(row := uuid4()), key=kept.key)
    assert wall_photographs.sweep(older_than=0) == 0
    assert wall_photographs.sweep(older_than=4_000_000_000) == 1
    assert not wall_photographs.place_of(row).exists()
    assert wall_photographs.place_of(kept.uuid).exists()


def test_a_photograph_that_could_not_be_written_down_leaves_no_file(
    gathering: Gathering, organiser: Person, monkeypatch: pytest.MonkeyPatch
) -> None:
    def fail(**_told: object) -> None:
        raise RuntimeError

    monkeypatch.setattr(WallPhotograph.objects, "create", fail)
    with pytest.raises(RuntimeError):
        verbs.keep_photograph(gathering, came=picture(), by=organiser, at=AT + NIGHT)
    assert list(wall_photographs.folder().glob("*")) == []


def test_six_photographs_are_a_wall(gathering: Gathering, organiser: Person) -> None:
    kept = [verbs.keep_photograph(gathering, came=picture(), by=organiser, at=AT + NIGHT) for _n in range(6)]
    with pytest.raises(TooManyPhotographs):
        verbs.keep_photograph(gathering, came=picture(), by=organiser, at=AT + NIGHT)
    verbs.throw_away_photograph(kept[0], by=organiser)
    assert gathering.photographs.count() == 5


FARES = """
typed      taken
4.60       yes
           yes
200        yes
200.01     no
0          no
-3         no
4.605      no
sort 12-34 no
1e2        yes
NaN        no
"""


@pytest.mark.parametrize("row", FARES.strip("\n").splitlines()[1:])
def test_a_fare_is_an_amount_in_pounds_and_nothing_else(
    row: str, night: Gathering, organiser: Person, send: Send
) -> None:
    typed, taken = row[:11].strip(), row[11:].strip()
    guest = guest_of(night, organiser)
    answer = send(organiser, "thanks", guest.pk, fields={"do": "fare", "pounds": typed})
    assert answer.status_code == (302 if taken == "yes" else 422), answer.content.decode()[-3000:]
    paid = GuestCare.objects.exclude(fare_paid_on=None)
    assert paid.exists() == (taken == "yes")


def test_how_much_is_sealed_and_wiped_and_that_it_was_paid_stays(
    gathering: Gathering, organiser: Person, resident: Person
) -> None:
    guest, day = guest_of(gathering, organiser), gathering.at.date()
    verbs.pay_fare(guest, pounds=Decimal("4.60"), by=organiser, on=day, at=AT + NIGHT)
    assert guest_care.cared_for([guest], viewer=organiser)[0].fare == "4.60"
    assert b"4.60" not in bytes(GuestCare.objects.get().fare_sealed)
    verbs.forget_needs_due(at=gathering.at + timedelta(days=15))
    found = guest_care.cared_for([guest], viewer=organiser)[0]
    assert (found.fare, found.fare_paid_on) == ("", day)
    verbs.pay_fare(guest, pounds=Decimal(9), by=organiser, on=day, at=gathering.at + timedelta(days=15))
    assert guest_care.cared_for([guest], viewer=organiser)[0].fare == "", "kept no longer than it may be"
    with pytest.raises(NoSuchFare):
        verbs.pay_fare(guest, pounds=Decimal(0), by=organiser, on=day, at=AT + NIGHT)
    with pytest.raises(NotYours):
        verbs.pay_fare(guest, pounds=None, by=resident, on=day, at=AT + NIGHT)
    with pytest.raises(NotYours):
        verbs.thank(guest, by=resident, on=day)


def test_a_resident_does_none_of_it(
    night: Gathering, resident: Person, organiser: Person, send: Send
) -> None:
    guest = guest_of(night, organiser)
    answers = [
        send(resident, "afterwards", night.pk, fields={"do": "typed"}),
        send(resident, "thanks", guest.pk, fields={"do": "thank"}),
    ]
    assert [answer.status_code for answer in answers] == [403, 403]
    with pytest.raises(NotYours):
        verbs.say_typed(night, by=resident, at=AT + NIGHT)
    verbs.say_typed(night, by=organiser, at=AT + NIGHT)
    with pytest.raises(NotYours):
        verbs.say_read_back(night, on=night.at.date(), by=resident, at=AT + NIGHT)
    assert not GuestCare.objects.exists()


def test_the_note_taker_of_the_room_may_say_that_all_is_typed(gathering: Gathering, resident: Person) -> None:
    people.join(circle=gathering.circle, person=resident, at=AT)
    resident.read_again()
    assert verbs.say_typed(gathering, by=resident, at=AT + NIGHT).typed_by == resident


def test_not_a_day_is_not_that_day(gathering: Gathering, organiser: Person) -> None:
    verbs.say_typed(gathering, by=organiser, at=AT + NIGHT)
    with pytest.raises(NotThatDay):
        verbs.say_read_back(
            gathering, on=gathering.at.date() + timedelta(days=1), by=organiser, at=AT + NIGHT
        )


def test_no_word_and_no_name_is_in_the_log(
    gathering: Gathering, organiser: Person, caplog: pytest.LogCaptureFixture
) -> None:
    caplog.set_level("DEBUG")
    guest = guest_of(gathering, organiser, "Maureen")
    verbs.say_needs(guest, words="A ramp.", by=organiser, at=AT)
    verbs.pay_fare(guest, pounds=Decimal("4.60"), by=organiser, on=AT.date(), at=AT)
    verbs.keep_text_message(gathering, words="Come to the ramp", by=organiser)
    assert [word for word in ("Maureen", "ramp", "4.60", "Nasreen") if word in caplog.text] == []


def test_the_media_is_what_was_made(gathering: Gathering) -> None:
    assert photographs.MEDIA == "image/jpeg"
