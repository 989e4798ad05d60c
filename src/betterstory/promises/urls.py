"""Addresses of the wall."""

from django.urls import path

from betterstory.promises.pages import asking, coming_due, confirming, entry, plan, promising, wall

app_name = "promises"
urlpatterns = [
    path("", wall.wall, name="wall"),
    path("print/", wall.on_paper, name="on_paper"),
    path("ask/", asking.where, {"what": "ask"}, name="where_ask"),
    path("ask/<int:round_pk>/", asking.new_ask, name="new_ask"),
    path("asks/<int:pk>/", entry.ask, name="ask"),
    path("asks/<int:pk>/yes/", asking.answer_yes, name="yes"),
    path("asks/<int:pk>/no/", asking.answer_no, name="no"),
    path("asks/<int:pk>/not-ours/", asking.answer_not_ours, name="not_ours"),
    path("asks/<int:pk>/later/", asking.answer_later, name="later"),
    path("plan/<int:round_pk>/", plan.plan, name="plan"),
    path("plan/<int:round_pk>/print/", plan.on_paper, name="plan_print"),
    path("plan/<int:round_pk>/screen/", plan.screen, name="plan_screen"),
    path("plan/<int:round_pk>/screen/<int:number>/", plan.screen, name="plan_screen"),
    path("asks/<int:pk>/name/", asking.name_of_asker, name="ask_name"),
    path("promise/", asking.where, {"what": "promise"}, name="where_promise"),
    path("promise/<int:round_pk>/", promising.new_promise, name="new_promise"),
    path("<int:pk>/", entry.promise, name="promise"),
    path("<int:pk>/judge/", promising.judge, name="judge"),
    path("<int:pk>/more-time/", promising.more_time, name="more_time"),
    path("<int:pk>/name/", promising.name_in_promise, name="promise_name"),
    path("again/<int:pk>/", promising.make_again, name="make_again"),
    path("<int:pk>/confirm/", confirming.confirm, name="confirm"),
    path("<int:pk>/take-back/", confirming.take_back, name="take_back"),
    path("<int:pk>/other-words/", confirming.other_words, name="other_words"),
    path("who-may/", confirming.who_may, name="who_may"),
    path("late/", coming_due.late, name="late"),
    path("due/", coming_due.due, name="due"),
    path("due/print/", coming_due.on_paper, name="due_print"),
]
