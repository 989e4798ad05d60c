"""Addresses of gatherings and of what lies beneath."""

from django.urls import path
from django.views.generic import RedirectView

from betterstory.conversations.pages import (
    beneath,
    better_story,
    gatherings,
    inbox,
    prints,
    results,
    screen,
    statements,
)

app_name = "conversations"
urlpatterns = [
    path("", gatherings.all_gatherings, name="all"),
    path("v/", RedirectView.as_view(pattern_name="voices:card")),
    path("rounds/<int:pk>/", gatherings.round_gatherings, name="round"),
    path("rounds/<int:pk>/call/", gatherings.call, name="call"),
    path("rounds/<int:pk>/voices/", prints.voices, name="voices"),
    path("rounds/<int:pk>/iceberg/", beneath.iceberg, name="iceberg"),
    path("rounds/<int:pk>/iceberg/print/", beneath.iceberg_print, name="iceberg_print"),
    path("rounds/<int:pk>/iceberg/add/", beneath.add_card, name="add_card"),
    path("rounds/<int:pk>/iceberg/lines/", beneath.lines, name="lines"),
    path("cards/<int:pk>/", beneath.card, name="card"),
    path("cards/<int:pk>/remove/", beneath.remove, name="remove_card"),
    path("lines/<int:pk>/remove/", beneath.unlink, name="unlink"),
    path("rounds/<int:pk>/better-story/", better_story.better_story, name="better_story"),
    path("rounds/<int:pk>/better-story/write/", better_story.write, name="write"),
    path("rounds/<int:pk>/better-story/read/", better_story.read_aloud, name="read_aloud"),
    path("better-stories/<int:pk>/adopt/", better_story.adopt, name="adopt"),
    path("guests/<int:pk>/reply/", gatherings.reply, name="reply"),
    path("statements/<int:pk>/", statements.statement, name="statement"),
    path("statements/<int:pk>/take-up/", statements.take_up, name="take_up"),
    path("<int:pk>/", gatherings.gathering, name="gathering"),
    path("<int:pk>/guests/", gatherings.guests, name="guests"),
    path("<int:pk>/voting/", gatherings.voting, name="voting"),
    path("<int:pk>/inbox/", inbox.inbox, name="inbox"),
    path("<int:pk>/inbox/pack/", inbox.pack, name="pack"),
    path("<int:pk>/inbox/<str:name>/", inbox.look_into, name="look_into"),
    path("packs/<int:pk>/lost/", inbox.lose_pack, name="lose_pack"),
    path("<int:pk>/invitations/", prints.invitations, name="invitations"),
    path("<int:pk>/statements/", statements.statements, name="statements"),
    path("<int:pk>/sheet/", prints.sheet, name="sheet"),
    path("<int:pk>/type-in/", prints.type_in, name="type_in"),
    path("<int:pk>/results/", results.results, name="results"),
    path("<int:pk>/results/print/", results.results_print, name="results_print"),
    path("<int:pk>/screen/", screen.screen, name="screen"),
    path("<int:pk>/screen/<int:number>/", screen.screen, name="screen"),
    path("<int:pk>/screen/<int:number>/still/", screen.still, name="still"),
]
