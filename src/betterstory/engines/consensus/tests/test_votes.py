"""Votes are put in one order, whatever order they come in."""

import numpy as np
import pytest

from betterstory.engines.consensus.votes import SaidTwice, Votes, arrange

VOICES, STATEMENTS = ["10", "9", "100"], ["2", "1"]
ROWS = [(0, 0, 1), (0, 1, -1), (1, 1, 0), (2, 0, -1)]


def as_said(votes: Votes) -> dict[tuple[str, str], int]:
    triples = zip(votes.voice, votes.statement, votes.said, strict=True)
    return {(votes.voices[v], votes.statements[s]): int(said) for v, s, said in triples}


def test_ids_of_numbers_stand_in_the_order_of_numbers() -> None:
    votes = arrange(VOICES, STATEMENTS, ROWS, aside=["2"])
    assert votes.voices == ("9", "10", "100")
    assert votes.statements == ("1", "2")
    assert votes.aside.tolist() == [False, True]
    assert votes.starts.tolist() == [0, 1, 3, 4]
    assert as_said(votes) == {("10", "2"): 1, ("10", "1"): -1, ("9", "1"): 0, ("100", "2"): -1}


def test_the_order_of_the_rows_changes_nothing() -> None:
    one = arrange(VOICES, STATEMENTS, ROWS)
    turned = [(2 - v, 1 - s, said) for v, s, said in reversed(ROWS)]
    other = arrange(VOICES[::-1], STATEMENTS[::-1], turned)
    for name in ("voice", "statement", "said"):
        assert np.array_equal(getattr(one, name), getattr(other, name))
    assert one.voices == other.voices


def test_a_voice_answers_once() -> None:
    with pytest.raises(SaidTwice, match="voice 10 answers statement 2 twice"):
        arrange(VOICES, STATEMENTS, [*ROWS, (0, 0, 0)])


@pytest.mark.parametrize(
    ("voices", "rows"), [(["a", "a"], [(0, 0, 1)]), (["a"], [(0, 0, 2)]), (["a"], [(0, 0, -2)])]
)
def test_what_is_no_vote_is_refused(voices: list[str], rows: list[tuple[int, int, int]]) -> None:
    with pytest.raises(ValueError, match=r"twice|1, 0 or -1"):
        arrange(voices, ["1"], rows)


def test_nobody_voted() -> None:
    assert arrange([], [], []).shape == (0, 0)
