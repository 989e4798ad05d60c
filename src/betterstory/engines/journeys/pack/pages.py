"""The pages of a pack for people: what is asked and what to do, and what the output checker should know.

The words stand in `texts/`, as the pages they become; what is put in passes `in_markdown` or is ours.
"""

from importlib.resources import files
from string import Template

from betterstory.engines.journeys.pack.asked import Asked, Place, fingerprint
from betterstory.engines.journeys.pack.words import in_markdown, one_line, rows
from betterstory.engines.journeys.pattern import endless
from betterstory.engines.journeys.spoken import say


def page(page_name: str, /, **words: str | int) -> str:
    """One of our pages, with these words put in."""
    text = (files("betterstory.engines.journeys.pack") / "texts" / f"{page_name}.md").read_text(
        encoding="utf-8"
    )
    return Template(text).substitute(words)


def readme(asked: Asked, places: tuple[Place, ...]) -> str:
    """The first page."""
    return page(
        "readme",
        name=in_markdown(asked.pattern.name),
        agreement=_agreement(asked),
        aloud=_aloud(asked),
        places=", ".join(f"[{place.name}]({place.name}/about.md)" for place in places),
        steps=len(asked.pattern.steps),
        print=fingerprint(asked.pattern),
    )


def checker_page(asked: Asked, places: tuple[Place, ...]) -> str:
    """One page for whoever decides what may leave."""
    rule, steps = asked.profile, len(asked.pattern.steps)
    sources = [f"- {place.name}: {', '.join(one.title for one in place.recipes)}" for place in places]
    return page(
        "for-the-output-checker",
        name=in_markdown(asked.pattern.name),
        rows=steps + 1,
        steps=steps,
        aloud=_aloud(asked),
        rule=rule.name,
        below=rule.hidden_below,
        nearest=rule.nearest,
        sources="\n".join(sources),
        print=fingerprint(asked.pattern),
    )


def _agreement(asked: Asked) -> str:
    facts = {
        "Who asks": asked.asked_by,
        "Why": asked.why,
        "Who agreed that it may be asked": asked.agreed,
    }
    said = [[name, in_markdown(fact) or "not said: ask before you run it"] for name, fact in facts.items()]
    until = str(asked.until) if asked.until else "you say, by filling in `{data_until}`"
    return rows(["", ""], [*said, ["The data are complete until", until], ["Rule", asked.rule]])


def _aloud(asked: Asked) -> str:
    said = "\n".join(f"    {one_line(line)}" for line in say(asked.pattern).split("\n"))
    return "\n\n".join([said, *(in_markdown(sentence) for sentence in endless(asked.pattern))])
