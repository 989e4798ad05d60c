"""The page of one place: what its tables are called, how sure that is, and the traps beside each recipe."""

from betterstory.engines.journeys.pack.asked import Asked, Place
from betterstory.engines.journeys.pack.pages import page
from betterstory.engines.journeys.pack.question import DIALECTS, blanks
from betterstory.engines.journeys.pack.recipe import MARKS, Name, Recipe
from betterstory.engines.journeys.pack.words import in_markdown, rows

NO_LIST = "No list of people comes with these tables, so only people with a contact are counted."
LIST = "Everybody in the tables is counted, with a contact or without."


def place_page(asked: Asked, place: Place) -> str:
    """Markdown: what to fill in, what the names are, and what to beware of."""
    return page(
        "place",
        place=place.name,
        calls=place.calls,
        dialect=DIALECTS[place.recipes[0].dialect],
        fill=_fill_in(asked, place),
        names=_names(asked, place),
        joined=_joined(place),
        everybody=LIST if place.has_people else NO_LIST,
        recipes="\n\n".join(_data_set(recipe, place) for recipe in place.recipes),
        left_out=_left_out(place),
        marks="\n".join(f"- **{mark}**: {means}" for mark, means in MARKS.items()),
    )


def _fill_in(asked: Asked, place: Place) -> str:
    missing = blanks(asked, place)
    if not missing:
        return "Nothing: every name is known."
    said = [[f"`{{{one.name}}}`", in_markdown(one.ask)] for one in missing]
    head = "These stand in curly brackets in both SQL files. Replace each one everywhere."
    return f"{head}\n\n{rows(['in the text', 'what it is'], said)}"


def _names(asked: Asked, place: Place) -> str:
    """What the pattern speaks of, and who makes it here."""
    pattern = asked.pattern
    made = {name: ", ".join(one.data_set for one in place.makes(name)) for name in pattern.activities}
    said = [[in_markdown(name), where or "not made here: ask"] for name, where in made.items()]
    text = rows(["name", "made from"], said)
    return f"{text}\n\n{page('unmatched').rstrip()}" if place.not_made(pattern) else text


def _joined(place: Place) -> str:
    if not place.joined:
        return ""
    unknown = ""
    if any(one.slot == "across" and not one.name for recipe in place.recipes for one in recipe.columns):
        unknown = (
            " For some of them no such column is known here: ask. Without one, do not run the question: "
            "people would look lost who are not."
        )
    return page("joined", unknown=unknown)


def _data_set(recipe: Recipe, place: Place) -> str:
    traps = "\n".join(f"- {trap.says} [{trap.mark}]" for trap in recipe.traps)
    names = [one for one in (*recipe.tables, *recipe.columns) if place.joined or one.slot != "across"]
    makes = [[f"`{one.activity}`", one.means, one.mark] for one in recipe.makes]
    return "\n\n".join(
        [
            f"## {recipe.title}",
            f"### Beware\n\n{traps}",
            f"### Tables and columns\n\n{rows(['what', 'name here', 'mark'], map(_name, names))}",
            f"### Contacts it makes\n\n{rows(['name of the contact', 'means', 'mark'], makes)}",
        ]
    )


def _name(one: Name) -> list[str]:
    return [one.slot, f"`{one.name}`" if one.name else "not known here: ask", one.mark]


def _left_out(place: Place) -> str:
    if not place.left_out:
        return ""
    said = "\n".join(f"- {recipe.title} (`{recipe.data_set}`)" for recipe in place.left_out)
    return f"## Not in this question\n\nThere are recipes here for these too:\n\n{said}\n\n"
