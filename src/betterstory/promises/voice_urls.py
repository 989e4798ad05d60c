"""Addresses for judging with a card: at the root, also on the small site of a hall network."""

from django.urls import path

from betterstory.promises.pages import opinions

app_name = "opinions"
urlpatterns = [
    path("v/promises/", opinions.all_open, name="open"),
    path("v/promises/<int:pk>/", opinions.say, name="say"),
]
