"""The web of a second laptop."""

from django.urls import include, path

urlpatterns = [path("", include("betterstory.conversations.second_urls"))]
