"""The small site of a hall network: cards, voting and statements, without cookies or story words."""

from importlib.util import find_spec

from django.urls import URLPattern, URLResolver, include, path

urlpatterns: list[URLPattern | URLResolver] = []
if find_spec("betterstory.conversations.voice_urls"):
    urlpatterns.append(path("", include("betterstory.conversations.voice_urls")))
