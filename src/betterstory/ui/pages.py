"""The frame's own pages: light or dark, and help."""

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.http import url_has_allowed_host_and_scheme
from django.views.decorators.http import require_http_methods, require_safe

from betterstory.ui.context import display as as_it_is
from betterstory.ui.forms import DisplayForm

A_YEAR = 365 * 24 * 3600


def back_to(request: HttpRequest) -> str:
    """Where the person came from, if that is a page of ours; else the front page."""
    there = request.POST.get("next") or request.GET.get("next") or "/"
    ours = url_has_allowed_host_and_scheme(
        there, allowed_hosts={request.get_host()}, require_https=request.is_secure()
    )
    return there if ours and there.startswith("/") else "/"


@require_http_methods(["GET", "HEAD", "POST"])
def display(request: HttpRequest) -> HttpResponse:
    form = DisplayForm(request.POST or None, initial=as_it_is(request))
    if request.method != "POST" or not form.is_valid():
        status = 422 if form.is_bound else 200
        return render(request, "ui/display.html", {"form": form, "back": back_to(request)}, status=status)
    response = redirect(back_to(request))
    for name, value in form.cleaned_data.items():
        response.set_cookie(
            name,
            value,
            max_age=A_YEAR if value else 0,
            httponly=True,
            samesite="Lax",
            secure=settings.SESSION_COOKIE_SECURE,
        )
    return response


@require_safe
def help_page(request: HttpRequest) -> HttpResponse:
    return render(request, "ui/help.html")
