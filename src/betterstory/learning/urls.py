"""Addresses of what was learned."""

from django.urls import path

from betterstory.learning import report_urls
from betterstory.learning.pages import beginning, lessons, neighbourhoods, trying, writing

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
]
urlpatterns += report_urls.urlpatterns
