"""Writes the page of figures from what one run said. Every number on it is that run's."""

from pathlib import Path
from typing import Any

from benchmarks._processes import ROOT

FIXED = Path(__file__).with_name("_pages_page.md")
PAGE = ROOT / "docs" / "reference" / "pages.md"


def page_of(said: dict[str, Any]) -> str:
    """Markdown, whole."""
    return "\n".join([FIXED.read_text(encoding="utf-8"), *figures(said), ""])


def figures(said: dict[str, Any]) -> list[str]:
    machine, busy = said["machine"], said["busy"][0]
    size = (
        f"{said['neighbourhoods']} neighbourhoods, {said['promises']:,} promises, {said['entries']:,} entries"
    )
    rows = [row(name, said["pages"][name]) for name in said["heaviest"]]
    failing = [f"{name} ({', '.join(why)})" for name, why in said["failing"].items()]
    return [
        f"## One run, at {size}",
        "",
        f"On {machine['cores']} cores ({machine['cpu']}), with {busy} at work on average.",
        "",
        "| page | ms of the processor | by the clock | times the town | queries | kB |",
        "|---|---|---|---|---|---|",
        *rows,
        "",
        f"Of {len(said['pages'])} pages {len(failing) or 'none'} failed{': ' if failing else ''}"
        f"{'; '.join(failing)}. The town took {said['demo_seconds']['processor']} s of the processor to make,"
        f" checking the ledger {said['ledger_seconds']} s{over(said)}.",
        *written(said["writers"]),
    ]


def over(said: dict[str, Any]) -> str:
    goal = said["goal"]["ledger_seconds"]
    return f", over its goal of {goal:.0f} s" if said["ledger_seconds"] > goal else ""


def row(name: str, page: dict[str, Any]) -> str:
    times, kilobytes = f"{page['times']:.1f}", f"{page['bytes'] / 1000:.0f}"
    seconds, clock = f"{page['seconds'] * 1000:.0f}", f"{page['clock'] * 1000:.0f}"
    return f"| {name} | {seconds} | {clock} | {times} | {page['queries']} | {kilobytes} |"


def written(said: dict[str, Any]) -> list[str]:
    """What many writers found, where they were asked to write."""
    if "press" not in said:
        return ["", f"Nobody wrote: {said['absent']}."]
    return [
        "",
        f"{said['writers']} writers made {said['promises']} promises in {said['seconds']:.0f} s, with"
        f" {said['errors']} errors: half of the presses were answered within {said['press']['p50']} s, 99 in"
        f" 100 within {said['press']['p99']} s. With the run that was killed in the middle"
        f" {said['acknowledged']} were acknowledged, {said['lost']} lost and {said['doubled']} doubled.",
    ]
