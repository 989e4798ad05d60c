"""The recipes: how the tables of one data set become a contact log, in each place that has them.

A recipe is data, not code: a folder of `recipes/` for a data set, with one template of SQL (or two, where the
tables are built differently), one page about it, and one small file per place that says what the tables and
columns are called there. What is not known is asked for, never made up.
"""

import re
import tomllib
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from importlib.resources.abc import Traversable
from string import Template
from typing import Any

from betterstory.engines.journeys.portable.writing import Dialect
from betterstory.engines.journeys.refused import Refused
from betterstory.engines.journeys.words import did_you_mean, listed

MARKS = {
    "seen": "read in published scripts or a data dictionary of this place",
    "known": "commonly known; not looked up",
    "not checked": "likely; look before you trust it",
    "unsure": "sources do not agree",
    "ask": "not known here: ask",
}
BLANK = re.compile(r"\{([a-z0-9_]+)\}")
ANY = "*"


@dataclass(frozen=True, slots=True)
class Name:
    """What a table or column is called in one place; without a name, what to ask for."""

    slot: str
    name: str | None
    mark: str
    ask: str = ""


@dataclass(frozen=True, slots=True)
class Makes:
    """An activity that a recipe makes, and what it means. A name that ends in * stands for several."""

    activity: str
    means: str
    mark: str


@dataclass(frozen=True, slots=True)
class Trap:
    says: str
    mark: str


@dataclass(frozen=True, slots=True)
class Blank:
    """Something the person who runs the SQL has to fill in: `{name}` in the text."""

    name: str
    ask: str


@dataclass(frozen=True, slots=True)
class Recipe:
    """One data set in one place.

    last:        the common table expression that holds its contacts
    some_clocks: some of its rows say a day alone, which stands there as midnight
    people:      SQL for everybody, with a contact or without, where the data set knows
    """

    data_set: str
    place: str
    title: str
    calls: str
    last: str
    sql: str
    tables: tuple[Name, ...]
    columns: tuple[Name, ...]
    fill: Mapping[str, str]
    lines: Mapping[str, str]
    makes: tuple[Makes, ...]
    traps: tuple[Trap, ...]
    people: str | None = None
    some_clocks: bool = True
    dialect: Dialect = "spark"

    def can_make(self, activity: str) -> bool:
        return any(
            activity == one.activity
            or (one.activity.endswith(ANY) and activity.startswith(one.activity.removesuffix(ANY)))
            for one in self.makes
        )

    def text(self, *, joined: bool) -> str:
        """The recipe's common table expressions, with the names of this place; what is unknown is a blank.

        `joined`: people are matched with other data sets, so the person column has to be the shared one.
        """
        names = self._names()
        if not joined:
            names["across"] = names["person"]
        return self._with_names(self.sql, names)

    def people_text(self) -> str:
        """The common table expression of everybody, with a contact or without."""
        return self._with_names(self.people or "", self._names())

    def _names(self) -> dict[str, str]:
        return {one.slot: one.name or f"{{{self._blank(one)}}}" for one in (*self.tables, *self.columns)}

    def _with_names(self, text: str, names: dict[str, str]) -> str:
        lines = {slot: Template(line).substitute(names) for slot, line in self.lines.items()}
        return Template(text).substitute({**names, **lines}).rstrip()

    def blanks(self, *, joined: bool) -> tuple[Blank, ...]:
        """What has to be filled in before this text can run, each once, in the order it stands there."""
        asked = {self._blank(one): one.ask for one in (*self.tables, *self.columns)}
        asked.update(self.fill)
        found = dict.fromkeys(BLANK.findall(self.text(joined=joined)))
        return tuple(Blank(name, asked[name]) for name in found)

    def _blank(self, one: Name) -> str:
        return f"{self.last.removeprefix('from_')}_{one.slot}"


def places() -> dict[str, str]:
    """The places there are recipes for, each with its name in words."""
    found = {place.removesuffix(".toml"): "" for data_set in _data_sets() for place in _place_files(data_set)}
    return {place: recipes_of(place)[0].calls for place in sorted(found)}


def recipes_of(place: str) -> tuple[Recipe, ...]:
    """Every data set that has a recipe for this place. Raises Refused where there is none."""
    found = [
        _recipe(data_set.name, place)
        for data_set in _data_sets()
        if f"{place}.toml" in _place_files(data_set)
    ]
    if not found:
        known = sorted({name.removesuffix(".toml") for one in _data_sets() for name in _place_files(one)})
        near = did_you_mean(place, known)
        raise Refused(f'There are no recipes for "{place}".{near} There are some for {listed(known)}.')
    return tuple(found)


def _folder() -> Traversable:
    return files("betterstory.engines.journeys.pack") / "recipes"


def _data_sets() -> list[Traversable]:
    """In the order in which a person meets them: referrals first, hospital last."""
    found = [one for one in _folder().iterdir() if (one / "about.toml").is_file()]
    return sorted(found, key=lambda one: int(_toml(one / "about.toml")["order"]))


def _place_files(data_set: Traversable) -> list[str]:
    return [one.name for one in data_set.iterdir() if one.name.endswith(".toml") and one.name != "about.toml"]


def _toml(file: Traversable) -> dict[str, Any]:
    return tomllib.loads(file.read_text(encoding="utf-8"))


@cache
def _recipe(data_set: str, place: str) -> Recipe:
    folder = _folder() / data_set
    about, here = _toml(folder / "about.toml"), _toml(folder / f"{place}.toml")
    return Recipe(
        data_set=data_set,
        place=place,
        title=about["title"],
        calls=here["calls"],
        last=f"from_{about['short']}",
        sql=(folder / here["template"]).read_text(encoding="utf-8"),
        tables=_names(here["tables"]),
        columns=_names(here["columns"]),
        fill=here.get("fill", {}),
        lines=here.get("lines", {}),
        makes=tuple(one for table in about["makes"] for one in _made(table)),
        traps=tuple(
            Trap(one["says"], one["mark"]) for one in (*about.get("trap", ()), *here.get("trap", ()))
        ),
        people=(folder / here["people"]).read_text(encoding="utf-8") if "people" in here else None,
        some_clocks=about["clocks"] == "some",
        dialect=here.get("dialect", "spark"),
    )


def _names(table: Mapping[str, Mapping[str, str]]) -> tuple[Name, ...]:
    return tuple(
        Name(slot, one.get("name"), one.get("mark", "ask"), one.get("ask", "")) for slot, one in table.items()
    )


def _made(table: Mapping[str, Any]) -> Iterator[Makes]:
    """Each code of an activity is an activity of its own: discharge_05 is not discharge_02."""
    start, means, mark = table["activity"], table["means"], table.get("mark", "known")
    after = table.get("then_codes", {"": ""})
    for code, said in table.get("codes", {"": ""}).items():
        for then_code, then_said in after.items():
            name = start + code + (table.get("then", "") + then_code if then_code else "")
            words = ", ".join(filter(None, [said, then_said]))
            yield Makes(name or ANY, f"{means}: {words}" if words else means, mark)
    if table.get("others") and start:
        yield Makes(start + ANY, f"{means}: other codes", mark)
