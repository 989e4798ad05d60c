"""The small site of a hall network: cards, voting and statements, without cookies or story words."""

from django.urls import include, path
from django.views.generic import RedirectView

urlpatterns = [
    path("", include("betterstory.conversations.voice_urls")),
    path("", include("betterstory.promises.voice_urls")),
    path("", RedirectView.as_view(pattern_name="voices:card")),
]
