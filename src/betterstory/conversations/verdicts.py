"""Whether there are sides, in plain words; and how anybody can know.

The sentences say what the procedure of the consensus engine found and no more. Groups are spoken of only
where they hold; where they do not, nothing hints at one.
"""

from __future__ import annotations

from dataclasses import dataclass

from django.utils.translation import gettext as _

from betterstory.conversations.grouping import Grouped, Sides
from betterstory.conversations.models import Statement

HOLD = ("two groups", "three groups")


@dataclass(frozen=True)
class Said:
    """What a page says of sides: a heading, sentences, how we know, and a line for each side that holds."""

    heading: str
    sentences: list[str]
    how: list[str]
    named_by: list[Statement]


def say(sides: Sides, statements: dict[int, Statement]) -> Said:
    """A verdict in words."""
    numbers = {
        "n": sides.people,
        "m": sides.statements,
        "f": sides.filled,
    }
    return Said(
        heading=_heading(sides.verdict),
        sentences=[each % numbers for each in _sentences(sides)],
        how=[each % numbers for each in _how(sides)],
        named_by=[statements[pk] for pk in sides.named_by if pk in statements],
    )


def _heading(verdict: str) -> str:
    return {
        "two groups": _("Two ways of seeing it"),
        "three groups": _("Three ways of seeing it"),
        "shades": _("We shade from one view to another"),
        "no pattern": _("We see no sides here"),
        "too few": _("Too few of us to look for sides"),
    }.get(verdict, _("We cannot tell if there are sides"))


def _sentences(sides: Sides) -> list[str]:
    match sides.verdict:
        case "too few":
            return [_("%(n)s of us answered. With fewer than 20 we do not look for sides.")]
        case "no pattern":
            return [
                _("We agree and differ in many different ways."),
                _("With %(n)s people, and %(f)s of 100 lines filled in, we could miss small differences."),
            ]
        case "shades":
            return [
                _("We looked for clear sides. People in between explain the answers better."),
                _("If one main question split us in two, we would expect to have seen it."),
            ]
        case "two groups" | "three groups":
            return [_hold(sides), *_neither(sides)]
    return [
        _("There is a pattern. We cannot tell if we shade from one view to another, or fall into sides."),
        _("%(f)s of 100 lines were filled in. More answers would tell us more than any sum."),
    ]


def _hold(sides: Sides) -> str:
    if sides.verdict == "two groups":
        return _(
            "The answers fall into two sides. Nobody is told which side is theirs. Each side is named by the "
            "sentence that sets it apart. Other questions may divide us in other ways."
        )
    return _(
        "The answers fall into three sides. Nobody is told which side is theirs. Each side is named by the "
        "sentence that sets it apart."
    )


def _neither(sides: Sides) -> list[str]:
    if sides.neither is None:
        return [_("A few of us are clearly on none of them.")]
    return [_("%s of us are clearly on none of them.") % sides.neither] if sides.neither else []


def _how(sides: Sides) -> list[str]:
    told = [_("%(n)s people, %(m)s sentences, %(f)s of 100 lines filled in. “I am not sure” is an answer.")]
    if sides.verdict == "too few":
        return told
    told += [
        _(
            "First we mix the answers to each sentence like cards, 199 times. Is there more "
            "order in the real ones? If not, we say that we see no sides."
        ),
        _(
            "Then we try to explain the answers with pictures. In some, people stand along a "
            "line or in a wide field, with people everywhere in between. In others they stand"
            " in two or three camps with a gap."
        ),
        _(
            "We say that there are sides only if camps explain the answers at least 100 times"
            " better than the best picture without them (400 times for three), and the same "
            "camps come back when we leave people out, one in five at a time. No side under "
            "five people is ever shown."
        ),
    ]
    if sides.verdict in HOLD:
        told.append(
            _(
                "In trials with views that only shaded, this was wrong in about 1 of 100 rooms "
                "with all lines filled in, and in about 1 of 16 with 40 of 100 filled in; for "
                "some kinds of views in 1 of 4."
            )
        )
    else:
        told.append(
            _("We can miss sides: weak ones, ones that a second question cuts across, and very small ones.")
        )
    return told


def say_in_groups(grouped: Grouped) -> str:
    """One sentence as the sides that hold see it: with numbers only where every part may be shown."""
    if grouped.parts is not None:
        told = [
            _("%(agree)s of %(heard)s") % {"agree": agree, "heard": heard} for agree, heard in grouped.parts
        ]
        return _("From the first side on: %(parts)s agree.") % {"parts": ", ".join(told)}
    if all(lean == grouped.leans[0] for lean in grouped.leans) and grouped.leans[0]:
        return _("On every side most say the same.")
    if 1 in grouped.leans and -1 in grouped.leans:
        return _("One side mostly agrees. Another mostly does not. Both have their reasons.")
    return ""
