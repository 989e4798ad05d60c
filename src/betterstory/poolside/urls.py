"""Addresses of the poolside."""

from django.urls import path

from betterstory.poolside import pages

app_name = "poolside"
urlpatterns = [
    path("", pages.circles, name="circles"),
    path("bring/", pages.bring, name="bring"),
    path("<int:pk>/", pages.table, name="table"),
    path("<int:pk>/round/", pages.round_, name="round"),
    path("<int:pk>/questions/", pages.questions, name="questions"),
    path("<int:pk>/questions/on-paper/", pages.on_paper, name="on_paper"),
    path("<int:pk>/questions/<int:question>/", pages.answer, name="answer"),
    path("<int:pk>/agreement/", pages.agreement, name="agreement"),
    path("<int:pk>/agreement/sign/<int:agreement>/", pages.sign, name="sign"),
    path("<int:pk>/agreement/for-the-wall/", pages.for_the_wall, name="for_the_wall"),
    path("<int:pk>/agreement/come-back/", pages.come_back, name="come_back"),
    path("<int:pk>/agreement/skip/", pages.skip, name="skip"),
    path("<int:pk>/agreement/earlier/", pages.earlier, name="earlier"),
]
