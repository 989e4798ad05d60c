"""The SQL of a pack: what builds the contacts, and the question that is protected before anybody sees it."""
# ruff: noqa: S608 - names come from the recipes; words of a pattern pass literal() or remarks()

from collections.abc import Iterator

from betterstory.engines.journeys.pack.asked import Asked, Place, fingerprint
from betterstory.engines.journeys.pack.recipe import Blank, Recipe
from betterstory.engines.journeys.pack.words import remarks
from betterstory.engines.journeys.portable import protected_sql
from betterstory.engines.journeys.portable.writing import text as literal
from betterstory.engines.journeys.refused import Refused

DIALECTS = {
    "spark": "Spark SQL (Databricks runs it as it is). It is not T-SQL.",
    "duckdb": "the SQL of DuckDB. It is not T-SQL.",
}
CONTACTS, PEOPLE = "story_contacts", "story_people"
COLUMNS = "person, activity, time, seq, provider, referral"
UNTIL = Blank("data_until", "the last day the data are complete for, like 2024-03-31")


def blanks(asked: Asked, place: Place) -> tuple[Blank, ...]:
    """Everything to fill in for this place, each once."""
    found = [blank for recipe in place.recipes for blank in recipe.blanks(joined=place.joined)]
    found += [] if asked.until else [UNTIL]
    return tuple({blank.name: blank for blank in found}.values())


def contacts_sql(asked: Asked, place: Place) -> str:
    """The common table expressions that end in the contact log."""
    parts = [f"{remarks(_beside(recipe))}\n{recipe.text(joined=place.joined)}" for recipe in place.recipes]
    union = "\n  UNION ALL\n".join(f"  SELECT {COLUMNS} FROM {recipe.last}" for recipe in place.recipes)
    everything = (
        f"SELECT person, {_named(asked, place)}, time, seq, provider, referral\n"
        f"  FROM (\n{union}\n  ) AS each_data_set\n  WHERE person IS NOT NULL AND time IS NOT NULL"
    )
    if any(recipe.some_clocks for recipe in place.recipes):
        parts += [f"all_contacts AS (\n  {everything}\n)", _in_order()]
    else:
        parts += [f"{CONTACTS} AS (\n  {everything}\n)"]
    return ",\n".join(parts)


def look_sql(asked: Asked, place: Place) -> str:
    """What kinds of contact there are: already protected, but for the analyst's own eyes."""
    least, nearest = asked.profile.hidden_below, asked.profile.nearest
    figure = f"CAST(round(count(DISTINCT person) / {nearest}.0) * {nearest} AS BIGINT)"
    return f"""{_head(asked, place, "Look first: which kinds of contact are there? Keep this to yourself.")}
WITH
{contacts_sql(asked, place)}
SELECT activity,
       CASE WHEN count(DISTINCT person) >= {least} THEN {figure} END AS people_about
FROM {CONTACTS}
GROUP BY activity
ORDER BY activity
"""


def question_sql(asked: Asked, place: Place) -> str:
    """The whole question: contacts, then the protected answer."""
    parts = [contacts_sql(asked, place)]
    if place.has_people:
        parts.append(place.recipes[0].people_text().rstrip())
    said = _head(asked, place, "The question. Its rows are protected. Only they may leave, once checked.")
    opening, body = _protected(asked, place)
    return f"{said}\n--\n{opening}\nWITH\n" + ",\n".join([*parts, body])


def _protected(asked: Asked, place: Place) -> tuple[str, str]:
    """The remarks of the protected query, and the query as it goes on after the contacts."""
    until = asked.until or "{data_until}"
    written = protected_sql(
        asked.pattern,
        contacts=CONTACTS,
        people=PEOPLE if place.has_people else None,
        end=f"DATE '{until}'",
        profile=asked.rule,
        trusted_order=True,
        records_end=place.has_people,
        dialect=place.recipes[0].dialect,
    )
    opening, _, body = written.partition("\nWITH ")
    return opening, body


def _head(asked: Asked, place: Place, what: str) -> str:
    lines = [
        what,
        f"Pattern: {asked.pattern.name}",
        f"Fingerprint: {fingerprint(asked.pattern)}",
        f"Rule: {asked.rule}",
        f"Written in {DIALECTS[place.recipes[0].dialect]}",
        "format = 1",
    ]
    missing = blanks(asked, place)
    if missing:
        lines += ["", "Fill in first, wherever it stands in curly brackets:"]
        lines += [f"  {blank.name}: {blank.ask}" for blank in missing]
    return remarks(lines)


def _beside(recipe: Recipe) -> Iterator[str]:
    yield ""
    yield recipe.title
    for trap in recipe.traps:
        yield f"  Beware: {trap.says} [{trap.mark}]"


def _named(asked: Asked, place: Place) -> str:
    """Where the pattern uses a name that is not made here, a line to fill in says what it is called here."""
    missing = place.not_made(asked.pattern)
    if not missing:
        return "activity"
    lines = [f"-- WHEN 'name here' THEN {literal(name)}" for name in missing]
    return "\n    ".join(["CASE activity", *lines, "WHEN '' THEN activity", "ELSE activity END AS activity"])


def _in_order() -> str:
    """A row that says a day alone stands as midnight; it belongs after the timed rows of that day that come
    first by `seq`, or somebody seen at ten and discharged that day would be discharged before."""
    clock = "CASE WHEN time <> CAST(CAST(time AS DATE) AS TIMESTAMP) THEN time END"
    return f"""-- A row without a clock time comes after the rows of its day that have a lower seq.
{CONTACTS} AS (
  SELECT person, activity,
         coalesce({clock},
                  max({clock}) OVER (
                    PARTITION BY person, CAST(time AS DATE) ORDER BY seq
                    RANGE BETWEEN UNBOUNDED PRECEDING AND 1 PRECEDING),
                  time) AS time,
         seq, provider, referral
  FROM all_contacts
)"""


def check_columns(asked: Asked, place: Place) -> None:
    """Refuse a pattern whose `where` looks at a column that no contact here has."""
    missing = place.no_columns(asked.pattern)
    if missing:
        raise Refused(
            f'The pattern looks at the column "{missing[0]}", and contacts made by these recipes have '
            "only provider and referral. Take it out of the pattern, or say it as an activity."
        )
