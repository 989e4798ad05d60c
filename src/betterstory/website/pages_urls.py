"""Addresses of the pages that look up over several folders."""

from django.urls import path

from betterstory.website import heard, learned, noticing, pages, papers, standing_beside, together, words
from betterstory.website.keeping import pages as keeping_pages

app_name = "website"
urlpatterns = [
    path("", pages.home, name="home"),
    path("neighbourhoods/", pages.neighbourhoods, name="neighbourhoods"),
    path("neighbourhoods/<slug:slug>/", pages.neighbourhood, name="neighbourhood"),
    path("thread/promise/<int:pk>/", pages.thread_of_promise, name="thread_of_promise"),
    path("thread/story/<uuid:key>/", pages.thread_of_story, name="thread_of_story"),
    path("heard/<uuid:key>/", heard.where_heard, name="where_heard"),
    path("keeping/", keeping_pages.keeping, name="keeping"),
    path("place/papers/", papers.papers, name="papers"),
    path("place/papers/<slug:name>/", papers.paper, name="paper"),
    path("side-by-side/", together.side_by_side, name="side_by_side"),
    # before the same addresses of diving in, which names them
    path("immersion/<slug:slug>/noticed/", noticing.notices),
    path("immersion/<slug:slug>/note/", noticing.note),
    path("immersion/<slug:slug>/", learned.useful),
    # before the same addresses of promises, which name them
    path("promises/<int:pk>/", learned.promise),
    path("promises/asks/<int:pk>/", learned.ask),
    path("immersion/<slug:slug>/sheet/", noticing.sheet),
    path("immersion/notices/<int:pk>/", noticing.become, name="become"),
    # before the same address of promises: an ask may begin with what was noticed
    path("promises/ask/<int:round_pk>/", noticing.new_ask),
    # before the same addresses of counting and of gatherings, which name them
    path("behind/releases/<int:pk>/", standing_beside.release),
    path("conversations/<int:pk>/", learned.gathering),
    path("v/<int:pk>/words/", words.by_card),
    path("conversations/<int:pk>/became/", words.of_all),
    path("robots.txt", pages.robots, name="robots"),
]
