"""The room as chairs: as many as answered, none on another, telling no more than the sentence does."""

from collections.abc import Callable
from itertools import combinations
from typing import Any

import pytest
from django.test import Client

from betterstory.conversations import chairs, verbs
from betterstory.conversations.models import Gathering, Guest, Side, Statement, Vote
from betterstory.people.models import Person, Ring
from conftest import AT

ROOMS = """
here  away  drawn
1     0     1
5     5     10
28    12    40
40    0     40
31    9     40
58    0     58
59    0     59
100   30    130
145   48    193
146   0     none
0     5     none
40    49    none
"""


def places(drawn: chairs.Chairs) -> list[tuple[float, float]]:
    spots = [chair.place.removeprefix("translate(").split(")")[0].split() for chair in drawn.each]
    return [(float(x), float(y)) for x, y in spots]


@pytest.mark.parametrize("row", ROOMS.strip().splitlines()[1:])
def test_there_is_a_chair_for_everybody_or_no_picture(row: str) -> None:
    here, away, many = row.split()
    drawn = chairs.draw(int(here), int(away))
    if many == "none":
        assert drawn is None
        return
    assert drawn is not None
    assert len(drawn.each) == int(many)
    assert sum(chair.away for chair in drawn.each) == int(away)
    for (a, b), (c, d) in combinations(places(drawn), 2):
        assert (a - c) ** 2 + (b - d) ** 2 > 20**2, "no chair stands on another"
    for x, y in places(drawn):
        assert abs(x) + 20 <= drawn.width / 2, "all of it is in the picture"
        assert abs(y) + 20 <= drawn.height / 2


def test_whoever_is_elsewhere_sits_outside_the_circle() -> None:
    drawn = chairs.draw(28, 12)
    assert drawn is not None
    spots = places(drawn)
    widest = max(abs(x) for (x, _y), chair in zip(spots, drawn.each, strict=True) if not chair.away)
    assert all(abs(x) > widest for (x, _y), chair in zip(spots, drawn.each, strict=True) if chair.away)


@pytest.mark.parametrize(("elsewhere", "dashed"), [(6, 6), (4, 0)])
def test_a_half_too_small_to_tell_is_not_drawn_apart(
    elsewhere: int,
    dashed: int,
    gathering: Gathering,
    statements: list[Statement],
    voice: Callable[..., Any],
    organiser: Person,
    signed_in_client: Callable[[Person], Client],
) -> None:
    """Four from elsewhere could be made out: they sit with all others."""
    for at in range(12):
        Vote.objects.create(
            statement=statements[0],
            voice=voice()[0],
            choice=1,
            channel=Vote.Channel.PHONE,
            in_room=at >= elsewhere,
            at=AT,
        )
    Gathering.objects.filter(pk=gathering.pk).update(voting_open=False)
    for page in ("results", "results/print"):
        shown = signed_in_client(organiser).get(f"/conversations/{gathering.pk}/{page}/").content.decode()
        assert shown.count('href="#a-chair"') == 12
        assert shown.count('class="away"') == dashed
        assert ("Dashed chairs" in shown) == bool(dashed)


def test_who_has_not_answered_is_drawn_for_whoever_asks_them_alone(
    gathering: Gathering,
    organiser: Person,
    resident: Person,
    signed_in_client: Callable[[Person], Client],
) -> None:
    for name, reply in (("Ivy", Guest.Reply.COMING), ("Tom", Guest.Reply.COMING), ("Sian", None)):
        guest = verbs.ask_guest(
            gathering, first_name=name, side=Side.RESIDENT, ring=Ring.COMMUNITY, by=organiser
        )
        if reply:
            verbs.reply(guest, reply=reply, by=organiser, at=AT)
    for person, solid, dashed in ((organiser, 3, 1), (resident, 2, 0)):
        shown = signed_in_client(person).get(f"/conversations/{gathering.pk}/").content.decode()
        assert (shown.count('href="#a-chair"'), shown.count('class="away"')) == (solid, dashed)
