"""Addresses of the wall."""

from django.urls import path

from betterstory.promises.pages import asking, body, entry, judging, plan, pointing, promising, wall

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
    path("asks/<int:pk>/reply/", body.reply_to_ask, name="reply_to_ask"),
    path("<int:pk>/reply/", body.reply_to_promise, name="reply_to_promise"),
    path("bodies/", body.bodies, name="bodies"),
    path("bodies/<int:pk>/", body.body, name="body"),
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
    path("<int:pk>/residents/", judging.ask_residents, name="ask_residents"),
    path("<int:pk>/four-weeks/", judging.ask_residents, {"four_weeks": True}, name="four_weeks"),
    path("<int:pk>/own-view/", judging.own_view, name="own_view"),
    path("<int:pk>/point/", pointing.choose, name="point_to"),
    path("<int:pk>/point/count/", pointing.count, name="point_to_count"),
    path("<int:pk>/point/witness/", pointing.witness, name="point_to_witness"),
    path("<int:pk>/point/teller/", pointing.teller, name="point_to_teller"),
    path("<int:pk>/point/photograph/", pointing.photograph, name="point_to_photograph"),
    path("pointed-to/<int:pk>/", pointing.picture, name="picture"),
    path("pointed-to/<int:pk>/away/", pointing.take_away, name="take_away"),
    path("residents/<int:pk>/", judging.judging, name="judging"),
    path("residents/<int:pk>/cards/", judging.type_cards, name="type_cards"),
    path("residents/<int:pk>/door/", judging.type_door, name="type_door"),
    path("residents/<int:pk>/close/", judging.close, name="close_judging"),
    path("residents/<int:pk>/print/", judging.on_paper, name="judging_print"),
    path("again/<int:pk>/", promising.make_again, name="make_again"),
]
