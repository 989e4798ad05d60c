"""A pattern read aloud in plain words, so that its author can hear whether it says what was meant."""

from betterstory.engines.journeys.pattern import Pattern, Spells, Step
from betterstory.engines.journeys.words import listed


def say(pattern: Pattern) -> str:
    """One line a step, after the pattern's name."""
    lines = [f"{pattern.name}:"]
    if pattern.spells is not None:
        lines.append(_spells(pattern.spells))
    lines += [say_step(step, first=number == 0) for number, step in enumerate(pattern.steps)]
    if pattern.whole_within is not None:
        lines.append(f"From first to last, the whole path takes {pattern.whole_within} at most.")
    return "\n".join(lines)


def say_step(step: Step, *, first: bool) -> str:
    """One step in a sentence."""
    what = listed(step.activity, "or") + _where(step)
    if step.silence is not None:
        return f"Then no {what} for {step.silence} ({step.name})."
    if step.kind == "repeat":
        what += f", {step.times} times within {step.inside}"
    between = f", with no {listed(step.without, 'or')} in between" if step.without else ""
    return f"{'First' if first else _when(step)}: {what}{between} ({step.name})."


def _when(step: Step) -> str:
    match step.after, step.within:
        case None, None:
            return "Then, at any time later"
        case None, within:
            return f"Then, at most {within} later"
        case after, None:
            return f"Then, at least {after} later"
        case after, within:
            return f"Then, at least {after} and at most {within} later"
    raise AssertionError


def _where(step: Step) -> str:
    columns = [f"{column} is {listed(values, 'or')}" for column, values in step.where]
    return f", where {listed(columns)}" if columns else ""


def _spells(spells: Spells) -> str:
    what = listed(spells.activity, "or") or "any kind"
    when = "first" if spells.at == "start" else "last"
    return f"Contacts of {what}, each at most {spells.gap} after the one before, count as one, at the {when}."
