"""What every answer carries, and how a refusal becomes a page."""

from collections.abc import Callable

from django.http import HttpRequest, HttpResponse, HttpResponseNotAllowed
from django.shortcuts import render
from django.utils.translation import gettext_lazy as _

from betterstory.ui.refusal import Refusal
from betterstory.ui.way_back import came_from

GetResponse = Callable[[HttpRequest], HttpResponse]

PERMISSIONS = ", ".join(
    [
        "camera=()",
        "geolocation=()",
        "microphone=(self)",  # a story may be said out loud
        "payment=()",
        "usb=()",
        "browsing-topics=()",
    ]
)


class QuietHeadersMiddleware:
    """Nothing is kept by the browser or told to others.

    `no-store` so that Back, pressed after a story is taken back, asks again and shows nothing. Static
    files never come through here; a page that may be kept says so itself with a Cache-Control of its own.
    `noindex` because a search engine's copy would outlive a consent.
    """

    def __init__(self, get_response: GetResponse) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        response = self.get_response(request)
        response.headers.setdefault("Cache-Control", "no-store")
        response.headers.setdefault("Permissions-Policy", PERMISSIONS)
        response.headers.setdefault("Referrer-Policy", "same-origin")
        response.headers.setdefault("X-Robots-Tag", "noindex")
        return response


class PressTheButton(Refusal):
    """Only a button leads here: somebody opened the address again, or came back to it."""

    code, status = "press-the-button", 405
    words = _("This page comes only after a button. Go back, and press it there.")


class RefusalMiddleware:
    """A refusal that no page caught becomes a page that says what to do next."""

    def __init__(self, get_response: GetResponse) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        response = self.get_response(request)
        if request.method == "GET" and isinstance(response, HttpResponseNotAllowed):
            page = refused(request, PressTheButton())
            page["Allow"] = response["Allow"]
            return page
        return response

    def process_exception(self, request: HttpRequest, exception: Exception) -> HttpResponse | None:
        return refused(request, exception) if isinstance(exception, Refusal) else None


def refused(request: HttpRequest, refusal: Refusal) -> HttpResponse:
    """The page that says so, with the way back."""
    page = {"refusal": refusal, "back": came_from(request)}
    return render(request, "ui/refused.html", page, status=refusal.status)
