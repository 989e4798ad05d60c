"""Where a person came from, when that is a page of ours: never a way out to somebody else's."""

from urllib.parse import urlsplit

from django.http import HttpRequest
from django.utils.http import url_has_allowed_host_and_scheme


def is_ours(request: HttpRequest, address: str) -> bool:
    return url_has_allowed_host_and_scheme(
        address, allowed_hosts={request.get_host()}, require_https=request.is_secure()
    )


def asked_for(request: HttpRequest) -> str:
    """The page named by `next`, or the front page."""
    there = request.POST.get("next") or request.GET.get("next") or "/"
    return there if there.startswith("/") and is_ours(request, there) else "/"


def came_from(request: HttpRequest) -> str:
    """The page this request was sent from, or nothing. Only its path and question, on our own host."""
    there = request.headers.get("Referer", "")
    if not there or not is_ours(request, there):
        return ""
    parts = urlsplit(there)
    path = f"{parts.path}?{parts.query}" if parts.query else parts.path
    return path if path.startswith("/") and is_ours(request, path) else ""
