"""Addresses of a second laptop: cards for everybody, the desk and the paper in its own browser alone."""

from django.urls import path

from betterstory.conversations.pages import second_laptop

app_name = "voices"
urlpatterns = [
    path("", second_laptop.desk, name="desk"),
    path("v/", second_laptop.card, name="card"),
    path("v/<int:pk>/", second_laptop.card, name="answer"),
    path("paper/", second_laptop.paper, name="paper"),
]
