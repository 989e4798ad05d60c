"""What every page is told by the website."""

from django.conf import settings
from django.http import HttpRequest
from django.utils.translation import gettext as _

from betterstory.people.models import Person
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
    told["top_links"] = top_links(person)
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
