"""What every page is told by the website."""

from django.conf import settings
from django.http import HttpRequest


def demo(request: HttpRequest) -> dict[str, object]:
    """Whether this is the invented place, and whether it is the small site of a hall."""
    return {"demo": settings.DEMO, "hall": settings.HALL}
