"""Addresses of stories."""

from django.urls import path

from betterstory.stories import doors, pages, settled, standing_by, telling

app_name = "stories"
urlpatterns = [
    path("", pages.shelf, name="shelf"),
    path("bad-day/", doors.bad_day, name="bad_day"),
    path("standing-by/", standing_by.standing_by, name="standing_by"),
    path("standing-by/asked-back/<int:pk>/", standing_by.answer, name="answer"),
    path("standing-by/act/<int:pk>/", standing_by.act, name="act"),
    path("standing-by/read-back/<int:pk>/", standing_by.read_back, name="act_read_back"),
    path("standing-by/tell/<int:yes>/", standing_by.tell, name="tell"),
    path("standing-by/met/<int:pk>/", standing_by.met, name="met"),
    path("standing-by/as-wished/<int:pk>/", standing_by.as_wished, name="as_wished"),
    path("begin/", telling.begin, name="begin"),
    path("<uuid:key>/", pages.story, name="story"),
    path("<uuid:key>/print/", pages.on_paper, name="on_paper"),
    path("<uuid:key>/print/<slug:use>/", pages.on_paper_for, name="on_paper_for"),
    path("<uuid:key>/words/", telling.words, name="words"),
    path("<uuid:key>/moments/", telling.moments, name="moments"),
    path("<uuid:key>/moments/<int:step>/gap/", telling.gap, name="gap"),
    path("<uuid:key>/pieces/<int:piece>/remove/", telling.remove, name="remove"),
    path("<uuid:key>/wishes/", telling.wishes, name="wishes"),
    path("<uuid:key>/read-back/", telling.read_back, name="read_back"),
    path("<uuid:key>/change/", telling.change, name="change"),
    path("<uuid:key>/mine/", doors.mine, name="mine"),
    path("<uuid:key>/say-yes/", doors.say_yes, name="say_yes"),
    path("<uuid:key>/settled/", settled.settled, name="settled"),
    path("<uuid:key>/my-copy/", settled.my_copy, name="my_copy"),
    path("<uuid:key>/say-yes/<int:yes>/too/", doors.say_yes_too, name="say_yes_too"),
    path("<uuid:key>/stop/<int:yes>/", doors.stop, name="stop"),
    path("<uuid:key>/pause/", doors.pause, name="pause"),
    path("<uuid:key>/open-again/", doors.open_again, name="open_again"),
    path("<uuid:key>/stop-everything/", doors.stop_everything, name="stop_everything"),
    path("<uuid:key>/take-back/", doors.take_back, name="take_back"),
    path("<uuid:key>/let-helpers-go/", doors.let_helpers_go, name="let_helpers_go"),
    path("<uuid:key>/have-back/", doors.have_back, name="have_back"),
]
