"""The reference page of a run: its tables, and a caution whose figures are those of the same run."""

from collections.abc import Mapping, Sequence

KINDS = (("person", "people and pets"), ("place", "places and groups"), ("id", "identifiers"))
CORPORA = {"held": "Held pages, written by us", "article": "An article, written by somebody else"}
WAYS_ARE = """
    `list` is what a teller put on their list; `rules` know shapes and words beside names;
    `capitals` is the review list; `eyes` is the second pair of eyes, the optional extra `redact`.
    Found means that every word of a mention was replaced, or that the page asks about it. Only
    `list` and part of `rules` replace; all else waits for the person who reads the line.
"""
CAUTION = """
    No way, and no sum of ways, is enough. With all of them together {best} of the mentions on the
    held pages were found as written, {low} in small letters as dictated, and in small letters
    without the teller’s list {low_alone}. So a person reads every line, and nothing goes out to
    anyone before.
"""
FLATTERS = """
    These pages were written by whoever wrote the rules. That flatters the rules: read the figures
    as the best case. Nothing here finds meaning: “my ex”, “the nurse on nights”, an illness, a day
    together with a place. Those give people away as well, and hurt more. The article’s list was made from
    its own names, so there too it shows a ceiling.
"""
type Figures = Mapping[str, Mapping[str, Mapping[str, Mapping[str, Sequence[int | None]]]]]


def page_of(figures: Figures, ways: Sequence[str]) -> str:
    """Markdown, whole."""
    parts = ["# What redaction finds, and what it misses", "", *caution(figures), ""]
    for corpus, title in CORPORA.items():
        if corpus in figures:
            parts += [f"## {title}", "", *_tables(figures[corpus], ways)]
    parts += [in_one(WAYS_ARE), "", "Made by `./bench redaction --write`.", ""]
    return "\n".join(parts)


def caution(figures: Figures) -> list[str]:
    """What these figures do not say, with the figures of this run."""
    held = figures["held"]
    best, low = _total(held["as written"]["everything"]), _total(held["small letters"]["everything"])
    low_alone = _total(held["small letters"]["everything but the list"])
    figures_said = {"best": _said(best), "low": _said(low), "low_alone": _said(low_alone)}
    return [in_one(CAUTION.format(**figures_said)), "", in_one(FLATTERS)]


def in_one(words: str) -> str:
    """A paragraph on one line."""
    return " ".join(words.split())


def _total(kinds: Mapping[str, Sequence[int | None]]) -> tuple[int | None, int]:
    found = [held[0] for held in kinds.values()]
    return (None if None in found else sum(each or 0 for each in found)), sum(
        held[1] or 0 for held in kinds.values()
    )


def _said(total: tuple[int | None, int]) -> str:
    found, of = total
    return "an unknown part" if found is None else f"{found} of {of} ({round(100 * found / of)}%)"


def _tables(
    cases: Mapping[str, Mapping[str, Mapping[str, Sequence[int | None]]]], ways: Sequence[str]
) -> list[str]:
    parts = []
    for case, tally in cases.items():
        parts += [
            f"### {case.capitalize()}",
            "",
            "| way | " + " | ".join(name for _k, name in KINDS) + " | all |",
        ]
        parts += ["| --- |" + " ---: |" * (len(KINDS) + 1)]
        for way in ways:
            cells = [_cell(tally[way].get(kind, [0, 0])) for kind, _name in KINDS]
            parts.append(f"| {way} | {' | '.join(cells)} | {_cell(_total(tally[way]))} |")
        parts.append("")
    return parts


def _cell(held: Sequence[int | None]) -> str:
    return f"not installed ({held[1]})" if held[0] is None else f"{held[0]} of {held[1]}"
