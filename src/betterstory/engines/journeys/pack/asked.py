"""What a question pack is made of: the pattern, the rule, and who asks, why and with whose leave."""

import hashlib
from dataclasses import dataclass
from datetime import date

from betterstory.engines.disclosure import Profile, find_profile
from betterstory.engines.journeys.pack.recipe import Recipe, places, recipes_of
from betterstory.engines.journeys.pattern import Pattern
from betterstory.engines.journeys.refused import Refused
from betterstory.engines.journeys.toml_file import write_pattern
from betterstory.engines.journeys.words import did_you_mean, listed

OF_A_CONTACT = ("provider", "referral")


def fingerprint(pattern: Pattern) -> str:
    """Which pattern this is: SHA-256 of its file, so that anybody can check it with sha256sum."""
    return hashlib.sha256(write_pattern(pattern).encode()).hexdigest()


@dataclass(frozen=True, slots=True)
class Asked:
    """A pattern on its way to where records are."""

    pattern: Pattern
    rule: str = "default"
    why: str = ""
    agreed: str = ""
    asked_by: str = ""
    until: date | None = None

    @property
    def profile(self) -> Profile:
        return find_profile(self.rule)

    def __post_init__(self) -> None:
        find_profile(self.rule)


@dataclass(frozen=True, slots=True)
class Place:
    """One place where records are, and the data sets there that this pattern needs."""

    name: str
    calls: str
    recipes: tuple[Recipe, ...]
    left_out: tuple[Recipe, ...]

    @property
    def has_people(self) -> bool:
        """Whether there is a list of everybody: only where one data set is asked, and it has one."""
        return not self.joined and self.recipes[0].people is not None

    @property
    def joined(self) -> bool:
        return len(self.recipes) > 1

    def makes(self, activity: str) -> tuple[Recipe, ...]:
        return tuple(recipe for recipe in self.recipes if recipe.can_make(activity))

    def not_made(self, pattern: Pattern) -> tuple[str, ...]:
        """Names in the pattern that no recipe here makes: somebody has to say what they are called here."""
        return tuple(name for name in pattern.activities if not self.makes(name))

    def no_columns(self, pattern: Pattern) -> tuple[str, ...]:
        """Columns that a `where` looks at and that no contact here has."""
        return tuple(name for name in pattern.columns if name not in OF_A_CONTACT)


def useful_places(pattern: Pattern) -> list[str]:
    """The places that make at least one thing the pattern asks for."""
    return [
        name
        for name in places()
        if any(recipe.can_make(activity) for recipe in recipes_of(name) for activity in pattern.activities)
    ]


def place_for(pattern: Pattern, name: str, data_sets: tuple[str, ...] = ()) -> Place:
    """The data sets of a place that make something the pattern asks for, or those named."""
    every = recipes_of(name)
    known = [recipe.data_set for recipe in every]
    for data_set in data_sets:
        if data_set not in known:
            near = did_you_mean(data_set, known)
            raise Refused(f'There is no recipe for "{data_set}" in "{name}".{near} It has {listed(known)}.')
    needed = [
        recipe
        for recipe in every
        if (
            recipe.data_set in data_sets
            if data_sets
            else any(recipe.can_make(activity) for activity in pattern.activities)
        )
    ]
    chosen = tuple(needed or every)
    return Place(name, every[0].calls, chosen, tuple(one for one in every if one not in chosen))
