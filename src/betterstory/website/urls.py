"""Every address. Each folder brings its own; what looks up over several folders stands here."""

from importlib.util import find_spec

from django.conf import settings
from django.urls import include, path

urlpatterns = [
    path("", include("betterstory.website.pages_urls")),
    path("account/", include("betterstory.website.sign_in_urls")),
    path("", include("betterstory.conversations.voice_urls")),  # short, as it is printed on cards
    path("", include("betterstory.promises.voice_urls")),
]
PREFIX = {"people": "people/", "ui": "", "places": "places/"}
for name in settings.FEATURES:
    if find_spec(f"betterstory.{name}.urls"):
        urlpatterns.append(path(PREFIX.get(name, f"{name}/"), include(f"betterstory.{name}.urls")))
if settings.DEMO:
    urlpatterns.append(path("demo/", include("betterstory.website.demo_urls")))
