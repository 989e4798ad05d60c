"""Addresses of what was learned."""

from django.urls import path

from betterstory.learning.pages import (
    beginning,
    lessons,
    neighbourhoods,
    reports,
    timeline,
    trying,
    typed,
    writing,
)

app_name = "learning"
urlpatterns = [
    path("", lessons.lessons, name="lessons"),
    path("write/", writing.where, name="where"),
    path("write/<int:round_pk>/", writing.write, name="write"),
    path("lessons/<int:pk>/", lessons.lesson, name="lesson"),
    path("lessons/<int:pk>/print/", lessons.on_paper, name="lesson_print"),
    path("lessons/<int:pk>/again/", writing.write_again, name="write_again"),
    path("lessons/<int:pk>/offer/", writing.offer, name="offer"),
    path("lessons/<int:pk>/try/", trying.where, name="where_to_try"),
    path("lessons/<int:pk>/try/<int:round_pk>/", trying.say_how, name="say_how"),
    path("lessons/<int:pk>/outcome/", writing.outcome, name="outcome"),
    path("outcomes/<int:pk>/so/", writing.say_so, name="say_so"),
    path("outcomes/<int:pk>/unsay/", writing.unsay, name="unsay"),
    path("words/<int:pk>/take-out/", writing.take_out, name="take_out"),
    path("neighbourhoods/", neighbourhoods.neighbourhoods, name="neighbourhoods"),
    path("neighbourhoods/print/", neighbourhoods.on_paper, name="neighbourhoods_print"),
    path("begin/<slug:slug>/", beginning.begin, name="begin"),
    path("rounds/<int:round_pk>/beginning/", beginning.beginning, name="beginning"),
    path("rounds/<int:round_pk>/beginning/write/", beginning.say_how_it_began, name="say_how_it_began"),
    # the timeline of a round, what is typed in about it, and its reports
    path("rounds/<int:round_pk>/timeline/", timeline.timeline, name="timeline"),
    path("rounds/<int:round_pk>/timeline/table/", timeline.take_table, name="take_table"),
    path("rounds/<int:round_pk>/spent/", typed.spent, name="spent"),
    path("rounds/<int:round_pk>/outside/", typed.outside, name="outside"),
    path("spent/<int:pk>/put-right/", typed.put_right_spent, name="put_right_spent"),
    path("spent/<int:pk>/take-out/", typed.take_out_spent, name="take_out_spent"),
    path("outside/<int:pk>/put-right/", typed.put_right_outside, name="put_right_outside"),
    path("outside/<int:pk>/take-out/", typed.take_out_outside, name="take_out_outside"),
    path("rounds/<int:round_pk>/reports/", reports.reports, name="reports"),
    path("rounds/<int:round_pk>/reports/new/", reports.new_report, name="new_report"),
    path("reports/<uuid:key>/", reports.report, name="report"),
    path("reports/<uuid:key>/counts/<slug:slug>/", reports.counted, name="counted"),
    path("reports/<uuid:key>/copy/", reports.take_copy, name="report_copy"),
    path("reports/<uuid:key>/open/", reports.let_in, {"anyone": True}, name="open_report"),
    path("reports/<uuid:key>/close/", reports.let_in, {"anyone": False}, name="close_report"),
]
