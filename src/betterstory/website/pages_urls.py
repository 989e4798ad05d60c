"""Addresses of the pages that look up over several folders."""

from django.urls import path

from betterstory.website import pages

app_name = "website"
urlpatterns = [
    path("", pages.home, name="home"),
    path("neighbourhoods/", pages.neighbourhoods, name="neighbourhoods"),
    path("neighbourhoods/<slug:slug>/", pages.neighbourhood, name="neighbourhood"),
]
