"""What was found among votes, in sentences that can be read aloud."""

from typing import Any

SHOWN, SHORTEST = 5, 90
LEAST_SHOWN = 5

type Told = dict[str, Any]


def in_words(told: Told) -> str:
    """The whole answer: how many, what is agreed, and what is said of groups."""
    parts = [_basis(told), told["verdict_in_words"], _agreed(told)]
    parts += [_differs(told), _late(told)] if told["mode"] == "room" else [_everybody(told), *_groups(told)]
    return "\n\n".join(part for part in parts if part)


def _basis(told: Told) -> str:
    if told["mode"] == "room":
        return ""  # the verdict says it
    return f"{told['voices']:,} voices answered {told['statements']:,} statements."


def _agreed(told: Told) -> str:
    heard = [each for each in told["agreement"] if each["share"] is not None and not each.get("late")]
    best = [each for each in heard if each["share"] > 0.5][:SHOWN]
    if not best:
        return "There is no statement that most people agree with."
    where = "at both ends of opinion" if told["mode"] == "room" else "in every group"
    return "\n".join([f"What people agree with most, {where}:", *map(_line, best)])


def _line(each: Told) -> str:
    likely = (
        "" if each["range"] is None else " (likely {} to {} in 100)".format(*map(_hundred, each["range"]))
    )
    return f"- {_quoted(each)}: {each['agree']:,} of {each['heard']:,} agree{likely}."


def _quoted(each: Told) -> str:
    words = each["words"]
    if not words:
        return f"Statement {each['statement']}"
    return f"“{words}”" if len(words) <= SHORTEST else f"“{words[:SHORTEST].rsplit(' ', 1)[0]} …”"


def _hundred(share: float) -> int:
    return round(100 * share)


def _differs(told: Told) -> str:
    """Statements that the ends answer most differently."""
    apart = [
        each
        for each in told["agreement"]
        if each["share"] is not None and not each["late"] and min(each["ends"]) < 0.5 < max(each["ends"])
    ]
    apart.sort(key=lambda each: min(each["ends"]) - max(each["ends"]))
    if not apart:
        return ""
    lines = [
        f"- {_quoted(each)}: at one end {_hundred(max(each['ends']))} in 100 agree, "
        f"at the other {_hundred(min(each['ends']))}."
        for each in apart[:SHOWN]
    ]
    return "\n".join(["What we see differently:", *lines])


def _late(told: Told) -> str:
    late = sum(each["late"] for each in told["agreement"])
    if not late:
        return ""
    number = "1 statement was" if late == 1 else f"{late:,} statements were"
    return f"{number} heard by less than half of the room, and can't be in the list yet."


def _everybody(told: Told) -> str:
    lines = [
        f"- {_quoted(each)}: {each['many']:,} of {each['of']:,} {way}."
        for way in ("agree", "disagree")
        for each in told["consensus"][way]
    ]
    if not lines:
        return "Over everybody together, no statement has clearly more than half."
    return "\n".join(["Over everybody together:", *lines])


def _groups(told: Told) -> list[str]:
    """A group under five is only counted."""
    parts = [told["warning"]]
    for number, of_group in told["representative"].items():
        size = told["sizes"][number]
        if size < LEAST_SHOWN:
            people = "1 person" if size == 1 else f"{size} people"
            parts.append(f"Group {number} has {people}, too few to be shown.")
            continue
        lines = [_of_group(each) for each in of_group]
        parts.append("\n".join([f"Group {number}, {size:,} people, more than the others:", *lines]))
    fits = [f"{number} groups {fit:.2f}" for number, fit in told["silhouettes"].items() if fit is not None]
    if fits:
        parts.append(f"How well a number of groups fits, at most 1: {', '.join(fits)}.")
    return parts


def _of_group(each: Told) -> str:
    """What leads for being agreed is said as agreed, wherever Polis files it."""
    way, many = ("agree", each["agreed"]) if each["best_agree"] else (each["says"], each["many"])
    return f"- {_quoted(each)}: {many:,} of {each['of']:,} {way}."
