"""What every page is told by the website."""

from django.conf import settings
from django.http import HttpRequest
from django.urls import reverse
from django.utils.translation import gettext as _

from betterstory.people.models import Person, Role
from betterstory.website import printed_head
from betterstory.website.demo.cast import CAST


def demo(request: HttpRequest) -> dict[str, object]:
    """Whether this is the invented place or a hall's small site, and the links at the top."""
    person = getattr(request, "person", None)
    told: dict[str, object] = {"demo": settings.DEMO, "hall": settings.HALL}
    if settings.HALL:
        return told
    if settings.DEMO:
        told["above_template"] = "website/_looking_as.html"
        told["cast"] = CAST
    told["promises_head"] = printed_head.reading(request)
    told["meeting_foot"] = "website/_printed_head.html"
    told["top_links"] = top_links(person)
    told["looking_after_links"] = lambda: looking_after_links(person)  # asked only where it is shown
    return told


def top_links(person: Person | None) -> list[dict[str, str]]:
    """Two or three links, and who is looking."""
    links = [
        {"url": "/neighbourhoods/", "words": _("Neighbourhoods")},
        {"url": "/promises/", "words": _("Promises")},
    ]
    if person is None:
        return [*links, {"url": "/people/come-in/", "words": _("Come in")}]
    return [*links, {"url": "/stories/", "words": _("Stories")}, {"url": "/people/me/", "words": person.name}]


def looking_after_links(person: Person | None) -> list[dict[str, str]]:
    """What a steward looks after that only this folder knows."""
    if person is None or not person.plays(Role.STEWARD):
        return []
    return [
        {"url": reverse("website:keeping"), "words": _("Copies, and whether they would work")},
        {"url": reverse("promises:keepers"), "words": _("Who is sent the head of the list of promises")},
    ]
