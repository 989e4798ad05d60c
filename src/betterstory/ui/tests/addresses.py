"""The frame's own addresses, two that go wrong, one behind a button: what the tests of this folder visit."""

from django.http import HttpRequest, HttpResponse
from django.urls import include, path
from django.views.decorators.http import require_POST

from betterstory.ui.refusal import Refusal


class TooLate(Refusal):
    code = "too-late"
    status = 410
    words = "That ended on %(when)s."


def refuse(request: HttpRequest) -> HttpResponse:
    raise TooLate(when="<14 July>")


def break_down(request: HttpRequest) -> HttpResponse:
    raise RuntimeError("the words of somebody's story")


@require_POST
def press(request: HttpRequest) -> HttpResponse:
    return HttpResponse("pressed")


urlpatterns = [
    path("refuse/", refuse),
    path("break/", break_down),
    path("press/", press),
    path("", include("betterstory.ui.urls")),
]
