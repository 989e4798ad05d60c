"""Addresses for looking after the place."""

from django.urls import path

from betterstory.places import pages

app_name = "places"
urlpatterns = [
    path("", pages.place, name="place"),
    path("help-now/", pages.help_now, name="help_now"),
    path("neighbourhoods/", pages.neighbourhoods, name="neighbourhoods"),
    path("neighbourhoods/<slug:slug>/", pages.neighbourhood, name="neighbourhood"),
    path("rounds/<int:pk>/", pages.round_, name="round"),
    path("rounds/<int:pk>/end/", pages.end_round, name="end_round"),
]
