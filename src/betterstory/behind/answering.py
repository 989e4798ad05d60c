"""What a release says: its figures as a headline, as a shape, as a wall, and level by level."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import asdict, dataclass
from typing import Any

from django.utils import translation
from django.utils.formats import number_format
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from betterstory.behind import wall
from betterstory.behind.counting import StepWords
from betterstory.behind.wall import words as wall_words
from betterstory.engines.disclosure import LEAST_HIDDEN_BELOW

FARTHEST_DRAWN = 2  # steps away; beyond that, a wall is mostly people who share little with the story

PARTS = ("on_the_way", "way_closed", "too_early", "again")

type SavedFigures = Mapping[str, Any]


def headline(figures: SavedFigures) -> str:
    """One or two sentences: who went the whole way, and who is one step away and on the way."""
    _story, first, *others = wall_words.rows(wall_figures(figures), translation, "")
    near = [row for row in others if row.mark == "on_the_way" and row.level == 1]
    return " ".join(row.sentence for row in (first, *near[:1]))


def draw(figures: SavedFigures, *, teller: str = "") -> wall.Wall:
    """The wall of dots."""
    return wall.lay_out(wall_figures(figures), say=translation, teller=teller)


def wall_figures(figures: SavedFigures) -> wall.Figures:
    """The whole path, and those at most two steps away; whoever came less far is among everyone else."""
    steps = len(figures["steps"])
    groups = sorted(figures["groups"], key=lambda group: -group["last"])
    whole = next((group["people"] for group in groups if group["first"] == steps), None)
    return wall.Figures(
        behind=whole,
        away=tuple(_away(group, steps) for group in groups if _is_drawn(group, steps)),
        people=figures["people"] if figures["has_people"] else None,
        hidden_below=figures["rule"]["hidden_below"],
    )


def _is_drawn(group: Mapping[str, Any], steps: int) -> bool:
    if group["first"] == steps:
        return False  # the whole path, given apart
    # a group with people who took no step at all is everyone else, unless the whole path hides in it
    return group["last"] == steps or (group["first"] > 0 and steps - group["last"] <= FARTHEST_DRAWN)


def _away(group: Mapping[str, Any], steps: int) -> wall.Away:
    return wall.Away(
        steps=steps - group["last"],
        up_to=steps - group["first"],
        people=group["people"],
        on_the_way=group.get("on_the_way"),
        way_closed=group.get("way_closed"),
        cannot_tell=group.get("too_early"),
    )


@dataclass(frozen=True)
class Level:
    """One line of the table of every level."""

    steps: str
    people: str
    parts: tuple[str, ...]
    since: str = ""


def levels(figures: SavedFigures) -> list[Level]:
    """Every level, the whole path first, as words and rounded figures."""
    many = len(figures["steps"])
    groups = sorted(figures["groups"], key=lambda group: -group["last"])
    return [
        Level(
            _span(group, many),
            people(group["people"], figures["rule"]["hidden_below"]),
            _parts(group),
            _since(group.get("since", {}).values(), all_of=len(_shown(group))),
        )
        for group in groups
    ]


def _shown(group: Mapping[str, Any]) -> list[str]:
    """The figures of a group that are shown."""
    return [name for name in ("people", *PARTS) if group.get(name)]


def _since(since: Iterable[int], *, all_of: int) -> str:
    """That figures are those of an earlier release: all of them, or some."""
    since = [number for number in since if number]
    if not since:
        return ""
    whole = _("No clear change since release %(number)s.")
    some = _("In part no clear change since release %(number)s.")
    return (whole if len(since) >= all_of else some) % {"number": max(since)}


def no_clear_change(figures: SavedFigures) -> str:
    """Said once where every figure is one of an earlier release; empty where any is new."""
    groups = figures["groups"]
    since = [number for group in groups for number in group.get("since", {}).values()]
    if not since or len(since) < sum(len(_shown(group)) for group in groups):
        return ""
    return _("No clear change since release %(number)s: too few people came or went to say more.") % {
        "number": max(since)
    }


@dataclass(frozen=True)
class Lives:
    """Where people live: of whom it speaks, and each neighbourhood with its figure and whether it is kept."""

    heading: str
    whom: str
    rows: tuple[tuple[str, str, str], ...]


def lives(figures: SavedFigures) -> Lives | None:
    """Where those live who came farthest; None where nobody looked. In the order of what is shown."""
    by = figures.get("by")
    if not by:
        return None
    (first, last), steps = by["levels"][-1], len(figures["steps"])
    below = figures["rule"]["hidden_below"]
    ordered = sorted(by["rows"], key=lambda row: (-(row["people"][-1] or 0), row["values"]))
    rows = tuple(
        (_areas(row["values"]), people(row["people"][-1], below), _since(row["since"][-1:], all_of=1))
        for row in ordered
    )
    whole = next((group["people"] for group in figures["groups"] if group["first"] == steps), None)
    if first == steps and whole:
        many = number_format(whole, force_grouping=True)
        return Lives(_("Where the about %(many)s live") % {"many": many}, "", rows)
    whom = _("Of those who took %(span)s:") % {"span": _span({"first": first, "last": last}, steps)}
    return Lives(_("Where they live"), whom, rows)


def _areas(names: Sequence[str]) -> str:
    said = [{"not known": _("not known"), "others": _("others")}.get(name, name) for name in names]
    if len(said) < 2:
        return "".join(said)
    return _("%(first)s and %(last)s") % {"first": ", ".join(said[:-1]), "last": said[-1]}


def _span(group: Mapping[str, Any], steps: int) -> str:
    first, last = group["first"], group["last"]
    if first != last:
        return _("%(first)s to %(last)s of %(steps)s steps") % {
            "first": first or _("none"),
            "last": last,
            "steps": steps,
        }
    if last == 0:
        return _("none of the steps")
    if last == steps:
        return ngettext("the one step", "all %(steps)s steps", steps) % {"steps": steps}
    return _("%(level)s of %(steps)s steps") % {"level": last, "steps": steps}


def people(shown: int | None, hidden_below: int = LEAST_HIDDEN_BELOW) -> str:
    """ "about 1,360 people", or "fewer than 8 people" for a figure that is hidden."""
    if shown is None:
        return _("fewer than %(many)s people") % {"many": hidden_below}
    return about(shown)


def about(people: int) -> str:
    """ "about 1,360 people" """
    return _("about %(many)s people") % {"many": number_format(people, force_grouping=True)}


def _parts(group: Mapping[str, Any]) -> tuple[str, ...]:
    said = (
        (_("%(people)s on the way"), group.get("on_the_way")),
        (_("the way closed for %(people)s"), group.get("way_closed")),
        (_("of them, %(people)s are on it again"), group.get("again")),
        (_("we can’t tell for %(people)s"), group.get("too_early")),
    )
    return tuple(words % {"people": about(people)} for words, people in said if people)


def waits(figures: SavedFigures) -> list[str]:
    """How long the waits were before each step that 20 people or more reached."""
    named = zip(figures["steps"], figures["waits"], strict=True)
    return [
        _("Before “%(step)s”: %(wait)s.") % {"step": step["name"], "wait": wait}
        for step, wait in named
        if wait
    ]


@dataclass(frozen=True)
class Asked:
    """A step of the shape that was asked about. `limit` is empty where there is none."""

    name: str
    icon: str
    limit: str
    activities: str


ICONS = {"contact": "step-recorded", "silence": "gap", "repeat": "told-again"}


def as_saved(step: StepWords) -> dict[str, Any]:
    """A step of a pattern in the form a release keeps it."""
    return asdict(step)


@dataclass(frozen=True)
class BesideRow:
    """One level, and what each of several records says of it."""

    steps: str
    cells: tuple[Level, ...]


def beside(several: Sequence[SavedFigures]) -> list[BesideRow]:
    """Figures of several records, a row a level, the whole path first. They are never added up."""
    steps = len(several[0]["steps"])
    return [
        BesideRow(
            _span({"first": level, "last": level}, steps), tuple(_beside(each, level) for each in several)
        )
        for level in range(steps, -1, -1)
    ]


def _beside(figures: SavedFigures, level: int) -> Level:
    """A level that is counted together with others says so, and its figure stands at the highest of them."""
    group = next(each for each in figures["groups"] if each["first"] <= level <= each["last"])
    steps = len(figures["steps"])
    if group["first"] == group["last"]:
        return Level("", people(group["people"], figures["rule"]["hidden_below"]), _parts(group))
    together = _("together: %(span)s") % {"span": _span(group, steps)}
    if level == group["last"]:
        return Level("", people(group["people"], figures["rule"]["hidden_below"]), (together,))
    return Level("", _("counted above"), ())


def shape(steps: Sequence[Mapping[str, Any]]) -> list[Asked]:
    """The steps, each with its limits in plain words."""
    return [
        Asked(step["name"], ICONS[step["kind"]], "; ".join(_limits(step)), _or(step["activity"]))
        for step in steps
    ]


def _limits(step: Mapping[str, Any]) -> list[str]:
    said = []
    if step["kind"] == "silence":
        said.append(_("no sign of it for %(length)s") % {"length": step["silence"]})
    if step["kind"] == "repeat":
        said.append(
            _("%(times)s times within %(length)s") % {"times": step["times"], "length": step["inside"]}
        )
    for column, values in step.get("where", ()):
        said.append(_("where %(column)s is %(values)s") % {"column": column, "values": _or(values)})
    if step["after"]:
        said.append(_("at least %(length)s after the step before") % {"length": step["after"]})
    if step["within"]:
        said.append(_("within %(length)s of the step before") % {"length": step["within"]})
    if step["without"]:
        said.append(_("with no %(what)s in between") % {"what": _or(step["without"])})
    return said


def _or(names: Sequence[str]) -> str:
    if len(names) < 2:
        return "".join(names)
    return _("%(first)s or %(last)s") % {"first": ", ".join(names[:-1]), "last": names[-1]}
