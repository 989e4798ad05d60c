"""The frame's own pages: light or dark, and help."""

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_http_methods, require_safe

from betterstory.ui.context import display as as_it_is
from betterstory.ui.forms import DisplayForm
from betterstory.ui.way_back import asked_for

A_YEAR = 365 * 24 * 3600


def keep(response: HttpResponse, name: str, value: str) -> None:
    secure = settings.SESSION_COOKIE_SECURE
    response.set_cookie(name, value, max_age=A_YEAR, httponly=True, samesite="Lax", secure=secure)


@require_http_methods(["GET", "HEAD", "POST"])
def display(request: HttpRequest) -> HttpResponse:
    form = DisplayForm(request.POST or None, initial=as_it_is(request))
    if request.method != "POST" or not form.is_valid():
        status = 422 if form.is_bound else 200
        return render(request, "ui/display.html", {"form": form, "back": asked_for(request)}, status=status)
    response = redirect(asked_for(request))
    for name, value in form.cleaned_data.items():
        if value:
            keep(response, name, value)
        else:
            response.delete_cookie(name, samesite="Lax")
    return response


@require_safe
def leave(request: HttpRequest) -> HttpResponse:
    """The way out, fast: to the weather, and this browser forgets what it kept of us, who was here included.

    Nothing here is changed, so that a link does it, without a script. Over plain http a browser heeds no
    Clear-Site-Data, so the cookies are taken away by name as well.
    """
    response = redirect("https://www.bbc.co.uk/weather")
    response["Clear-Site-Data"] = '"cache", "cookies", "storage"'
    response["Referrer-Policy"] = "no-referrer"
    for name in (settings.SESSION_COOKIE_NAME, settings.CSRF_COOKIE_NAME):
        response.delete_cookie(name, samesite="Lax")
    return response


@require_safe
def help_page(request: HttpRequest) -> HttpResponse:
    return render(request, "ui/help.html")
