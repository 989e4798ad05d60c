"""A room in plain English, for the command line and for notebooks."""

from __future__ import annotations

from betterstory.engines.consensus.room import Room
from betterstory.engines.consensus.verdict import Verdict

_VERDICTS = {
    Verdict.TOO_FEW: "With {n} people we don’t look for groups.",
    Verdict.NO_PATTERN: (
        "We can’t see sides here: people agree and differ in many different ways. "
        "With {n} people and {f}% of the cards filled in we could miss small differences."
    ),
    Verdict.SHADES: (
        "People shade from one view to another. "
        "We looked for camps, and people in between explain the votes better. "
        "If there were two clear camps on one main question, we would expect to have seen them."
    ),
    Verdict.CANNOT_TELL: (
        "There is a pattern, but we can’t tell whether people shade from one view to another or form camps. "
        "{f}% of the cards were filled in; more answers would tell us more than any sum."
    ),
    Verdict.TWO_GROUPS: "There are two groups that hold: the votes fit camps at least 100 times better ",
    Verdict.THREE_GROUPS: "There are three groups that hold: the votes fit camps at least 400 times better ",
}
_HOW_SURE = (
    "than people spread evenly, and the same groups come back when we leave people out. "
    "{u} of {n} people sit in {neither} clearly. "
    "In trials with opinion that only shaded, this sentence was wrong in about 1 in 100 rooms with all cards "
    "filled in, and in about 1 in 16 with 40% filled in (up to 1 in 4 for some kinds of opinion)."
)
_ONE_QUESTION = " Other questions may divide people differently."


def say(room: Room) -> str:
    """The verdict, with how many people, statements and filled cards it rests on."""
    filled = round(100 * room.filled)
    basis = f"{room.people} people, {room.statements} statements, {filled}% of the cards filled in."
    if room.verdict is None:
        return basis
    words = _VERDICTS[room.verdict]
    if room.groups is not None:
        words += _HOW_SURE
    if room.verdict is Verdict.TWO_GROUPS:
        words += _ONE_QUESTION
    neither = "neither" if room.verdict is Verdict.TWO_GROUPS else "none"
    return f"{basis} {words.format(n=room.people, f=filled, u=room.unplaced, neither=neither)}"
