"""What a count says, and what it never says of few."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from betterstory.promises import tally
from betterstory.promises.models import Turned, Verdict, Way
from betterstory.promises.tally import Tally


@given(st.lists(st.sampled_from(list(Turned)), max_size=40))
def test_silence_and_not_knowing_are_never_not_kept(said: list[Turned]) -> None:
    counted = Tally({each: said.count(each) for each in Turned})
    verdict = tally.most_said(counted)
    if said.count(Turned.NO) * 2 <= counted.deciding or counted.deciding < tally.LEAST:
        others = max(said.count(Turned.KEPT), said.count(Turned.HALF))
        assert verdict != Verdict.NOT_KEPT or said.count(Turned.NO) > others
    assert (verdict is None) == (counted.deciding < tally.LEAST)


WAYS = [
    ({Way.PHONE: 12, Way.CARD: 9}, "by phone about 10 people, on a card that was typed in about 10 people"),
    ({Way.PHONE: 12, Way.CARD: 4}, ""),  # four could be made out
    ({Way.PHONE: 12, Way.CARD: 6}, ""),  # the door hides under eight
    ({Way.PHONE: 12}, ""),
    ({}, ""),
]


@pytest.mark.parametrize(("by", "words"), WAYS)
def test_no_way_of_answering_points_at_few(by: dict[Way, int], words: str) -> None:
    assert Tally({Turned.KEPT: sum(by.values())}, by).ways == words


@given(st.dictionaries(st.sampled_from(list(Way)), st.integers(0, 40)))
def test_no_part_under_eight_is_ever_told(by: dict[Way, int]) -> None:
    few = [many for many in by.values() if 0 < many < 8]
    assert not (few and Tally({}, by).ways)
