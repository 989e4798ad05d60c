"""Addresses of the timeline of a round, of what is typed in about it, and of its reports."""

from django.urls import URLPattern, path

from betterstory.learning.pages import attending, reports, timeline, typed

urlpatterns: list[URLPattern] = [
    path("rounds/<int:round_pk>/timeline/", timeline.timeline, name="timeline"),
    path("rounds/<int:round_pk>/timeline/table/", timeline.take_table, name="take_table"),
    path("rounds/<int:round_pk>/spent/", typed.spent, name="spent"),
    path("gatherings/<int:pk>/who-was-there/", attending.who_was_there, name="who_was_there"),
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
