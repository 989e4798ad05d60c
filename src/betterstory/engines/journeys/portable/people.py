"""The last part of the text: how far each person came, and how many came how far."""

from collections.abc import Iterator

from betterstory.engines.journeys.found import NO_STATUS, ON_THE_WAY, TOO_EARLY, WAY_CLOSED
from betterstory.engines.journeys.portable.seen import Asked, Part, select
from betterstory.engines.journeys.portable.steps import Steps


def outcome_parts(asked: Asked, steps: Steps) -> Iterator[Part]:
    """From the last step to `outcome`: one row a person."""
    number = len(asked.pattern.steps)
    source = f"step_{number}"
    if steps.moments:
        yield _first_places(number, steps)
        source = "firsts"
    yield _furthest(number, steps, source)
    level = "CASE " + " ".join(f"WHEN at_{k} = 1 THEN {k}" for k in range(number, 0, -1)) + " ELSE 0 END"
    kept = [f"can_{k}" for k in range(1, number)] + (_all_reached(number) if steps.moments else [])
    yield Part(
        "levels",
        select(
            ["w.person", "w.ended", f"{level} AS level", *kept],
            "FROM watched AS w LEFT JOIN furthest AS f ON w.person = f.person",
        ),
        ("Each person's level: the most steps that some choice of contacts satisfies.",),
    )
    yield Part(
        "outcome",
        select(_outcome(asked, steps), "FROM levels"),
        (
            f"Status: {ON_THE_WAY} on the way, {WAY_CLOSED} way closed, {TOO_EARLY} too early to say, "
            f"{NO_STATUS} at level 0 and at the last.",
            "Again: the way closed, but with fewer steps some other choice can still go on.",
        ),
    )


def _first_places(number: int, steps: Steps) -> Part:
    firsts = [
        f"min(CASE WHEN start_{k} IS NOT NULL THEN place END) OVER (PARTITION BY person) AS first_{k}"
        for k in range(1, number + 1)
    ]
    kept = ["person", "moment", "place", *steps.kept(number), *firsts]
    return Part(
        "firsts",
        select(kept, f"FROM step_{number}"),
        ("The earliest place at which each step was reached.",),
    )


def _furthest(number: int, steps: Steps, source: str) -> Part:
    parts = ["person"]
    parts += [
        f"max(CASE WHEN start_{k} IS NOT NULL THEN 1 ELSE 0 END) AS at_{k}" for k in range(1, number + 1)
    ]
    parts += [f"max(can_{k}) AS can_{k}" for k in range(1, number)]
    if steps.moments:
        for k in range(1, number + 1):
            here = f"start_{k} IS NOT NULL AND place = first_{k}"
            parts += [
                f"max(CASE WHEN {here} THEN {name} END) AS reached_{k}_{before}"
                for before, name in enumerate([*steps.reached(k), "moment"], start=1)
            ]
    return Part("furthest", select(parts, f"FROM {source}", "GROUP BY person"))


def _all_reached(number: int) -> list[str]:
    return [f"reached_{k}_{before}" for k in range(1, number + 1) for before in range(1, k + 1)]


def _outcome(asked: Asked, steps: Steps) -> list[str]:
    number = len(asked.pattern.steps)
    inner = range(1, number)
    status, again = "0", "0"
    if inner:
        status = "CASE " + " ".join(_status(k, asked) for k in inner) + f" ELSE {NO_STATUS} END"
    if len(inner) > 1:
        shorter = [f"WHEN level = {k} AND can_{k} = 0 AND {_any_before(k)} THEN 1" for k in inner if k > 1]
        again = f"CASE {' '.join(shorter)} ELSE 0 END"
    parts = ["person", "level", f"{status} AS status", f"{again} AS again"]
    if steps.moments:
        for step in range(1, number + 1):
            of_level = [f"WHEN level = {k} THEN reached_{k}_{step}" for k in range(step, number + 1)]
            parts.append(f"CASE {' '.join(of_level)} END AS reached_{step}")
    return parts


def _any_before(level: int) -> str:
    return f"({' OR '.join(f'can_{shorter} = 1' for shorter in range(1, level))})"


def _status(level: int, asked: Asked) -> str:
    """At this level; `steps[level]` is the step that would come next."""
    closed = f"WHEN level = {level} AND can_{level} = 0 THEN {WAY_CLOSED}"
    if asked.pattern.steps[level].silence is not None:
        return f"{closed} WHEN level = {level} THEN {TOO_EARLY}"
    return (
        f"{closed} WHEN level = {level} AND ended = 1 THEN {TOO_EARLY} WHEN level = {level} THEN {ON_THE_WAY}"
    )
