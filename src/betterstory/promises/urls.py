"""Addresses of the wall."""

from django.urls import path

from betterstory.promises.pages import asking, entry, erasing, keepers, ledger, plan, promising, wall

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
    path("ledger/", ledger.how_to_check, name="ledger"),
    path("ledger.jsonl", ledger.lines, name="ledger_lines"),
    path("verify_ledger.py", ledger.script, name="verify_ledger"),
    path("ledger/keepers/", keepers.keepers, name="keepers"),
    path("ledger/keepers/<int:pk>/go/", keepers.let_go, name="let_keeper_go"),
    path("<int:pk>/take-out/", erasing.of_promise, name="erase_promise"),
    path("asks/<int:pk>/take-out/", erasing.of_ask, name="erase_ask"),
]
