"""The doors of the house: who may come to each address, and how what is written there is taken.

`doors.txt` says it for every page of ours. A page that loses its guard, or takes a form twice, does not fit
it any more. Who may see what on a page is another matter, and asked there.
"""

from collections.abc import Callable, Iterator
from difflib import unified_diff
from functools import partial
from pathlib import Path
from typing import Any

import pytest
from django.urls import URLPattern, URLResolver, get_resolver

TABLE = Path(__file__).with_name("doors.txt")
SITES = {  # the whole house, and the two small ones of a hall
    "": "betterstory.website.urls",
    "hall: ": "betterstory.website.hall_urls",
    "second laptop: ": "betterstory.website.inbox_urls",
}
# what takes a form without `once`, and why a second press does no harm
TAKES_IN_ITS_OWN_WAY = {
    "v/": "a card's answer takes the place of its answer before; a phone sends again what did not arrive",
    "v/<int:pk>/": "the same",
    "v/<int:pk>/beneath/": "the same words from the same card are one suggestion",
    "v/<int:pk>/better-story/": "the same",
    "v/<int:pk>/me-too/": "a card says it once",
    "v/<int:pk>/words/": "a card's slip is sent where no address keeps it; nothing is written",
    "v/promises/<int:pk>/": "a card's word on a promise takes the place of its word before",
    "behind/drafts/<int:pk>/approve/": "a second press finds the release of the first",
    "behind/logs/arrived/<uuid:uuid>/": "a second press finds the log of the first",
    "behind/logs/bring/": "a large file: taken once inside, when who sends it has been asked",
    "behind/patterns/<int:pk>/count/": "a second press finds the draft of the first",
    "conversations/<int:pk>/afterwards/wall/": "a large file, as above",
    "conversations/<int:pk>/inbox/": "looks into a file and takes nothing in",
    "display/": "light or dark, in a cookie of this browser",
    "people/come-in/": "coming in twice is being in",
    "people/go-out/": "going out twice is being out",
    "people/me/address/code/": "guesses are counted first; the rest is taken once inside",
    "promises/<int:pk>/point/photograph/": "a large file, as above",
    "stories/<uuid:key>/aloud/": "a large file, as above",
    "stories/<uuid:key>/open-again/": "guesses are counted first; the rest is taken once inside",
    "stories/<uuid:key>/pages/": "a large file, as above",
    "stories/codebook/bring/": "words that were tried are counted first; the rest is taken once inside",
    "stories/find/": "words to look for are sent where no address keeps them; nothing is written",
}


def pages(resolver: URLResolver, before: str = "") -> Iterator[tuple[str, Callable[..., Any]]]:
    """Each address of a site and the page there, the first of those that share one."""
    for each in resolver.url_patterns:
        address = f"{before}{each.pattern}"
        if isinstance(each, URLPattern):
            yield address, each.callback.func if isinstance(each.callback, partial) else each.callback
        else:
            yield from pages(each, address)


def layers(page: Callable[..., Any]) -> Iterator[tuple[str, dict[str, Any]]]:
    """What lies around a page, the outermost first: its name, and what it was told."""
    around: Any = page
    while around is not None:
        if code := getattr(around, "__code__", None):
            cells = [cell.cell_contents for cell in around.__closure__ or ()]
            yield code.co_qualname.partition(".")[0], dict(zip(code.co_freevars, cells, strict=True))
        around = around.func if isinstance(around, partial) else getattr(around, "__wrapped__", None)


def door(page: Callable[..., Any]) -> str:
    """Who may come, and what is done there: "organiser, steward | takes once"."""
    if hasattr(page, "view_class"):
        return "as django-allauth has it"
    around = dict(reversed([*layers(page)]))
    who = []
    if "needs_part" in around:
        who.append(", ".join(sorted(str(role.value) for role in around["needs_part"]["roles"])))
    if "signed_in" in around:
        who.append("somebody")
    if "came_in" in around:
        who.append("whoever came in, second factor or not")
    if "at_the_post" in around:
        who.append("at the post")
    methods = around.get("require_http_methods", {}).get("request_method_list")
    takes = "once" in around or (methods is not None and "POST" in methods)
    done = [] if methods == ["POST"] else ["shows"]
    done += ["takes once" if "once" in around else "takes"] if takes else []
    done += ["asks whose words they are"] if "asks_whose" in around else []
    done += ["has a check of its own who sends it"] if getattr(page, "csrf_exempt", False) else []
    return f"{'; '.join(who) or 'anyone'} | {', '.join(done)}"


def found() -> dict[str, str]:
    doors: dict[str, str] = {}
    for name, site in SITES.items():
        for address, page in pages(get_resolver(site)):
            if page.__module__.startswith("betterstory."):
                doors.setdefault(f"{name}{address or '/'}", door(page))
    return doors


def table() -> list[str]:
    return [f"{address} | {told}" for address, told in sorted(found().items())]


def test_each_address_has_the_door_that_is_written_down() -> None:
    written = TABLE.read_text().splitlines()
    assert [*unified_diff(written, table(), "doors.txt", "the house", lineterm="", n=0)] == []


def test_what_is_taken_in_another_way_than_once_has_its_reason() -> None:
    takes = {
        address
        for address, told in found().items()
        if "takes" in told and "takes once" not in told and ": " not in address
    }
    assert takes == set(TAKES_IN_ITS_OWN_WAY)


@pytest.mark.parametrize(
    ("address", "told"),
    [
        ("stories/<uuid:key>/words/", "somebody | shows, takes once"),
        ("behind/patterns/<int:pk>/count/", "analyst, steward | takes"),
        ("promises/", "anyone | shows"),
    ],
)
def test_a_door_is_read_as_it_stands(address: str, told: str) -> None:
    assert found()[address] == told
