"""Addresses of safety, under stories."""

from django.urls import path

from betterstory.stories.safeguarding import keeper_pages, pages, posts_pages

app_name = "safety"
urlpatterns = [
    path("", pages.now, name="now"),
    path("print/", pages.on_paper, name="on_paper"),
    path("who/", pages.who, name="who"),
    path("raise/", pages.raise_, name="raise"),
    path("raised/<uuid:key>/", pages.raised, name="raised"),
    path("of/<uuid:key>/", pages.beside, name="beside"),
    path("concerns/", keeper_pages.every, name="concerns"),
    path("concerns/<uuid:key>/", keeper_pages.concern, name="concern"),
    path("concerns/<uuid:key>/seen/", keeper_pages.seen, name="seen"),
    path("concerns/<uuid:key>/write/", keeper_pages.write, name="write"),
    path("concerns/<uuid:key>/open/", keeper_pages.open_one, name="open"),
    path("concerns/<uuid:key>/hold/", keeper_pages.hold, name="hold"),
    path("concerns/<uuid:key>/hold/<uuid:hold_key>/end/", keeper_pages.end_hold, name="end_hold"),
    path("posts/", posts_pages.posts, name="posts"),
    path("posts/<int:pk>/let-go/", posts_pages.let_go, name="let_go"),
    path("routes/", posts_pages.routes, name="routes"),
    path("requests/", posts_pages.requests, name="requests"),
    path("requests/<uuid:key>/", posts_pages.asked, name="asked"),
]
