"""After a gathering: cards typed and read back, thanks and fares."""

from datetime import timedelta
from typing import Any

import pytest

from betterstory.conversations import verbs
from betterstory.conversations.models import Gathering, WallPhotograph, WritingUp
from betterstory.conversations.owed import owed_after, with_owed
from betterstory.conversations.tests._after import NIGHT, Browser, Send, guest_of, night, picture
from betterstory.conversations.verbs import (
    NotYetMet,
    TypeFirst,
)
from betterstory.people.models import Person
from conftest import AT

__all__ = ["night"]  # fixtures that tests ask for by name


def owed(gathering: Gathering, at: Any) -> list[tuple[str, bool]]:
    found = owed_after(with_owed(Gathering.objects.filter(pk=gathering.pk)), at=at)
    return [(each.words, each.is_late) for each in found]


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
