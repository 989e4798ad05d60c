"""Addresses of stories."""

from django.urls import path

from betterstory.stories import doors, pages, telling
from betterstory.stories.exchange import codebook_pages
from betterstory.stories.exchange import pages as copies

app_name = "stories"
urlpatterns = [
    path("", pages.shelf, name="shelf"),
    path("bad-day/", doors.bad_day, name="bad_day"),
    path("begin/", telling.begin, name="begin"),
    path("find/", pages.find, name="find"),
    path("copies/", copies.take_copy, name="take_copy"),
    path("codebook/", codebook_pages.codebook, name="codebook"),
    path("codebook/bring/", codebook_pages.bring, name="bring_codebook"),
    path("<uuid:key>/codes/", codebook_pages.read_with_codes, name="read_with_codes"),
    path("<uuid:key>/codes/<int:coding>/away/", codebook_pages.take_away, name="take_code_away"),
    path("<uuid:key>/", pages.story, name="story"),
    path("<uuid:key>/print/", pages.on_paper, name="on_paper"),
    path("<uuid:key>/words/", telling.words, name="words"),
    path("<uuid:key>/moments/", telling.moments, name="moments"),
    path("<uuid:key>/moments/<int:step>/gap/", telling.gap, name="gap"),
    path("<uuid:key>/pieces/<int:piece>/remove/", telling.remove, name="remove"),
    path("<uuid:key>/wishes/", telling.wishes, name="wishes"),
    path("<uuid:key>/read-back/", telling.read_back, name="read_back"),
    path("<uuid:key>/change/", telling.change, name="change"),
    path("<uuid:key>/mine/", doors.mine, name="mine"),
    path("<uuid:key>/say-yes/", doors.say_yes, name="say_yes"),
    path("<uuid:key>/stop/<int:yes>/", doors.stop, name="stop"),
    path("<uuid:key>/pause/", doors.pause, name="pause"),
    path("<uuid:key>/open-again/", doors.open_again, name="open_again"),
    path("<uuid:key>/stop-everything/", doors.stop_everything, name="stop_everything"),
    path("<uuid:key>/take-back/", doors.take_back, name="take_back"),
    path("<uuid:key>/let-helpers-go/", doors.let_helpers_go, name="let_helpers_go"),
    path("<uuid:key>/have-back/", doors.have_back, name="have_back"),
]
