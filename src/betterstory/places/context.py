"""What every page is told of the place."""

from typing import cast

from django.http import HttpRequest

from betterstory.places.models import Place


def place(request: HttpRequest) -> dict[str, object]:
    """`place`: the one place of this installation, or None before it is set up."""
    return {"place": place_of(request)}


def place_of(request: HttpRequest) -> Place | None:
    """The place, read once a request."""
    if not hasattr(request, "_place"):
        request._place = Place.objects.first()  # type: ignore[attr-defined]  # kept on the request it is for
    return cast("Place | None", getattr(request, "_place", None))
