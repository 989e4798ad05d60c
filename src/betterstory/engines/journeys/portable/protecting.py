"""The suppressed form: one SELECT of which every row may be shown, protected inside the query.

It is the rule of `disclosure` for one row of counts, written out: from the last level down, levels are put
together until each group has enough people; what is left over at the first joins the group before it. A
level's split is there only where the level stands alone and everything that is possible in it has enough
people. Nothing hidden is written as 0: it is NULL, and a word beside it says so.
"""

from collections.abc import Iterator

from betterstory.engines.disclosure import Profile, find_profile
from betterstory.engines.journeys.found import ON_THE_WAY, TOO_EARLY, WAY_CLOSED
from betterstory.engines.journeys.pattern import Pattern
from betterstory.engines.journeys.portable.seen import Asked, Part, select
from betterstory.engines.journeys.portable.whole import chained, outcomes
from betterstory.engines.journeys.portable.writing import Dialect, text
from betterstory.engines.journeys.standing import possible_statuses

STATUSES = {"on_the_way": ON_THE_WAY, "way_closed": WAY_CLOSED, "too_early": TOO_EARLY}


def protected_sql(
    pattern: Pattern,
    *,
    contacts: str,
    people: str | None,
    end: str,
    profile: str = "default",
    trusted_order: bool = False,
    records_end: bool = False,
    dialect: Dialect = "duckdb",
) -> str:
    """SQL whose every row may be shown. Raises PatternRefused, and Withheld for a rule that does not exist.

    One row a group of levels: rule, level_from, level_to, status, people, split_status, on_the_way,
    way_closed, too_early, again_status, again, denominator, denominator_is. A hidden figure is NULL. The
    arguments are those of `levels_sql`; without `records_end` a person's own end is not looked at.
    """
    rule = find_profile(profile)
    records_end = records_end and people is not None
    asked = Asked(pattern, contacts, people, end, dialect, trusted_order, records_end, whole_times=False)
    parts = [*outcomes(asked, moments=False), *protecting(asked, rule)]
    return chained(asked, parts, "SELECT * FROM shown ORDER BY level_from")


def protecting(asked: Asked, rule: Profile) -> Iterator[Part]:
    """From `outcome`, one row a person, to `shown`."""
    last = len(asked.pattern.steps)
    yield _tally(last)
    yield from protecting_tally(
        asked.pattern,
        rule,
        records_end=asked.records_end,
        denominator="the person table" if asked.people else "people with a contact",
        holes="log_rows" if asked.trusted_order else None,
    )


def _tally(last: int) -> Part:
    def how_many(condition: str, name: str) -> str:
        return f"CAST(coalesce(sum(CASE WHEN {condition} THEN 1 ELSE 0 END), 0) AS BIGINT) AS {name}"

    parts = [how_many(f"level = {k}", f"people_{k}") for k in range(last + 1)]
    for k in range(1, last):
        parts += [
            how_many(f"level = {k} AND status = {status}", f"{name}_{k}") for name, status in STATUSES.items()
        ]
        parts.append(how_many(f"level = {k} AND again = 1", f"again_{k}"))
    return Part("tally", select(parts, "FROM outcome"), ("True counts: they stay inside this query.",))


def protecting_tally(
    pattern: Pattern, rule: Profile, *, records_end: bool, denominator: str, holes: str | None = None
) -> Iterator[Part]:
    """From `tally`, one row with the true counts, to `shown`."""
    last, least = len(pattern.steps), rule.hidden_below
    yield Part(
        f"gathered_{last}",
        select(["*", f"people_{last} AS group_{last}", f"{last} AS top_{last}"], "FROM tally"),
        (f"From the last level down, levels are put together until each group has {least} people.",),
    )
    for k in range(last - 1, -1, -1):
        full = f"CASE WHEN group_{k + 1} >= {least} THEN"
        parts = [
            "*",
            f"people_{k} + {full} 0 ELSE group_{k + 1} END AS group_{k}",
            f"{full} {k} ELSE top_{k + 1} END AS top_{k}",
        ]
        yield Part(f"gathered_{k}", select(parts, f"FROM gathered_{k + 1}"))
    yield _each_level(last, holes)
    yield from _groups(last, least)
    yield _apart(pattern, least, records_end=records_end)
    yield _rounded(pattern, rule, records_end=records_end)
    yield _shown(rule, denominator)


def _each_level(last: int, holes: str | None) -> Part:
    levels = " UNION ALL ".join(f"SELECT {k} AS level" for k in range(last + 1))

    def of_level(name: str, first: int = 0, stop: int = last + 1) -> str:
        cases = " ".join(f"WHEN {k} THEN {name}_{k}" for k in range(first, stop))
        return f"CASE level {cases} ELSE 0 END AS {name}_here" if cases else f"0 AS {name}_here"

    names = [of_level("group"), of_level("top"), *(of_level(name, 1, last) for name in (*STATUSES, "again"))]
    source = [f"FROM gathered_0 CROSS JOIN ({levels}) AS all_levels"]
    remarks: tuple[str, ...] = ()
    if holes is not None:
        hole = "person IS NOT NULL AND activity IS NOT NULL AND moment IS NOT NULL AND turn IS NULL"
        unordered = select(["count(*) AS holes"], f"FROM {holes}", f"WHERE {hole}")
        source += [f"CROSS JOIN ({unordered.strip()}) AS unordered"]
        source += ["WHERE holes = 0"]
        remarks = ("Nothing comes out where seq is missing in some place.",)
    return Part("each_level", select(["level", "group_0", *names], *source), remarks)


def _groups(last: int, least: int) -> Iterator[Part]:
    lowest = f"min(CASE WHEN group_here >= {least} THEN level END) OVER () AS lowest"
    yield Part("with_lowest", select(["*", lowest], "FROM each_level"))
    parts = [
        "CASE WHEN lowest IS NULL OR level = lowest THEN 0 ELSE level END AS level_from",
        f"CASE WHEN lowest IS NULL THEN {last} ELSE top_here END AS level_to",
        "group_here + CASE WHEN level > 0 AND level = lowest THEN group_0 ELSE 0 END AS people_here",
        *(f"{name}_here" for name in (*STATUSES, "again")),
    ]
    yield Part(
        "level_groups",
        select(parts, "FROM with_lowest", f"WHERE group_here >= {least} OR (lowest IS NULL AND level = 0)"),
        ("What is left over at the first level joins the group before it.",),
    )


def _apart(pattern: Pattern, least: int, *, records_end: bool) -> Part:
    possible = possible_statuses(pattern, records_end=records_end)
    cases = []
    for level in range(1, len(pattern.steps)):
        each = [f"{name}_here >= {least}" for name in STATUSES if name in possible[level]]
        cases.append(f"WHEN level_from = {level} AND level_to = {level} AND {' AND '.join(each)} THEN 1")
    apart = f"CASE {' '.join(cases)} ELSE 0 END" if cases else "0"
    inner = f"level_from = level_to AND level_from IN (0, {len(pattern.steps)})"
    return Part(
        "apart",
        select(
            ["*", f"{apart} AS is_apart", f"CASE WHEN {inner} THEN 1 ELSE 0 END AS is_whole"],
            "FROM level_groups",
        ),
        ("A level's split, only where every part that is possible in it has enough people.",),
    )


def _rounded(pattern: Pattern, rule: Profile, *, records_end: bool) -> Part:
    least = rule.hidden_below
    possible = possible_statuses(pattern, records_end=records_end)
    backs = [level for level in range(2, len(pattern.steps)) if "way_closed" in possible[level]]
    listed = f"level_from IN ({', '.join(map(str, backs))})" if backs else "1 = 0"
    again = f"is_apart = 1 AND {listed} AND again_here >= {least} AND way_closed_here - again_here >= {least}"
    parts = [
        "level_from",
        "level_to",
        "is_apart",
        "is_whole",
        f"CASE WHEN people_here >= {least} THEN {_nearest('people_here', rule)} END AS people_alone",
        *(f"CASE WHEN is_apart = 1 THEN {_nearest(f'{name}_here', rule)} END AS {name}" for name in STATUSES),
        f"CASE WHEN {again} THEN {_nearest('again_here', rule)} END AS again",
        f"CASE WHEN is_whole = 1 OR (level_from = level_to AND NOT ({listed})) THEN 1 ELSE 0 END AS no_again",
    ]
    return Part("rounded", select(parts, "FROM apart"), ("From here on there are shown figures only.",))


def _nearest(people: str, rule: Profile) -> str:
    """Rounded in whole numbers; for whole people the same as `Profile.rounded`."""
    up = f"({people} + {rule.nearest // 2})"
    return f"{up} - {up} % {rule.nearest}"


def _shown(rule: Profile, denominator: str) -> Part:
    people = "CASE WHEN is_apart = 1 THEN on_the_way + way_closed + too_early ELSE people_alone END"
    parts = [
        f"{text(rule.name)} AS rule",
        "level_from",
        "level_to",
        f"CASE WHEN people_alone IS NULL THEN 'fewer than {rule.hidden_below}' ELSE 'shown' END AS status",
        f"{people} AS people",
        "CASE WHEN is_apart = 1 THEN 'shown' WHEN is_whole = 1 THEN 'none' ELSE 'not shown' END "
        "AS split_status",
        *STATUSES,
        "CASE WHEN again IS NOT NULL THEN 'shown' WHEN no_again = 1 THEN 'none' ELSE 'not shown' END "
        "AS again_status",
        "again",
        f"CAST(sum({people}) OVER () AS BIGINT) AS denominator",
        f"{text(denominator)} AS denominator_is",
    ]
    return Part(
        "shown",
        select(parts, "FROM rounded"),
        ("A level whose split is shown is the sum of it; the denominator is the sum of what is shown.",),
    )
