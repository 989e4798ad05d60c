"""How each page is to look: kept in two cookies, rendered by the server, no script."""

from django.http import HttpRequest

THEMES = ("light", "dark")  # anything else follows the device
TEXTS = ("large", "larger")  # anything else is the usual size


def display(request: HttpRequest) -> dict[str, object]:
    """`theme` and `text` for the <html> tag, each a known word or empty."""
    theme = request.COOKIES.get("theme", "")
    text = request.COOKIES.get("text", "")
    return {"theme": theme if theme in THEMES else "", "text": text if text in TEXTS else ""}
