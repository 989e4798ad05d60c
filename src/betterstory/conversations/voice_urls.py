"""Addresses for answering with a card: at the root, also on the small site of a hall network."""

from django.urls import path

from betterstory.conversations.pages import became, me_too, voting

app_name = "voices"
urlpatterns = [
    path("v/", voting.card, name="card"),
    path("v/<int:pk>/", voting.card, name="answer"),
    path("v/<int:pk>/me-too/", me_too.by_card, name="me_too"),
    path("v/<int:pk>/words/", became.by_card, name="words"),
]
