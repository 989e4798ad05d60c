"""What every page is told of the place."""

from django.http import HttpRequest

from betterstory.places.models import Place


def place(request: HttpRequest) -> dict[str, object]:
    """`place`: the one place of this installation, or None before it is set up."""
    if not hasattr(request, "_place"):
        request._place = Place.objects.first()  # type: ignore[attr-defined]  # one read a request
    return {"place": request._place}  # type: ignore[attr-defined]  # set two lines above
