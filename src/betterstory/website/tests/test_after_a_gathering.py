"""The daily round forgets what was kept of a gathering for a while: what guests needed, and its wall."""

from datetime import timedelta
from io import BytesIO

import pytest
from PIL import Image

from betterstory.conversations import verbs
from betterstory.conversations.models import Gathering, GuestCare, Side, WallPhotograph
from betterstory.people.models import Person, Ring
from betterstory.places.models import Round
from betterstory.website import daily
from conftest import AT


def test_the_daily_round_forgets_both(
    round_: Round, organiser: Person, monkeypatch: pytest.MonkeyPatch
) -> None:
    called = verbs.call_gathering(
        round=round_, kind=Gathering.Kind.HEARING, title="Us", when=AT, where="x", by=organiser, at=AT
    )
    out = BytesIO()
    Image.new("RGB", (40, 30), "gold").save(out, "PNG")
    later = AT + timedelta(hours=3)
    verbs.keep_photograph(called, came=out.getvalue(), by=organiser, at=later)
    guest = verbs.ask_guest(called, first_name="Ivy", side=Side.RESIDENT, ring=Ring.COMMUNITY, by=organiser)
    verbs.say_needs(guest, words="A lift.", by=organiser, at=later)
    for days, kept in ((13, True), (15, False)):
        then = AT + timedelta(days=days)
        monkeypatch.setattr("django.utils.timezone.now", lambda then=then: then)
        daily.make_round()
        assert WallPhotograph.objects.exists() == kept
        assert bool(bytes(GuestCare.objects.get().needs_sealed)) == kept
