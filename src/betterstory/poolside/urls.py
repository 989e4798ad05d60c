"""Addresses of the poolside."""

from django.urls import path

from betterstory.poolside import back_pages, pages, quiet_pages, repair_pages

app_name = "poolside"
urlpatterns = [
    path("", pages.circles, name="circles"),
    path("bring/", pages.bring, name="bring"),
    path("repair/", repair_pages.which, name="repair"),
    path("repairs/", repair_pages.repairs, name="repairs"),
    path("repairs/<uuid:key>/reply/", repair_pages.reply, name="reply"),
    path("repairs/<uuid:key>/wish/", repair_pages.wish, name="wish"),
    path("repairs/<uuid:key>/wipe/", repair_pages.wipe, name="wipe"),
    path("<int:pk>/", pages.table, name="table"),
    path("<int:pk>/round/", pages.round_, name="round"),
    path("<int:pk>/questions/", pages.questions, name="questions"),
    path("<int:pk>/questions/on-paper/", pages.on_paper, name="on_paper"),
    path("<int:pk>/questions/<int:question>/", pages.answer, name="answer"),
    path("<int:pk>/agreement/", pages.agreement, name="agreement"),
    path("<int:pk>/agreement/sign/<int:agreement>/", pages.sign, name="sign"),
    path("<int:pk>/agreement/for-the-wall/", pages.for_the_wall, name="for_the_wall"),
    path("<int:pk>/agreement/come-back/", back_pages.come_back, name="come_back"),
    path("<int:pk>/agreement/skip/", back_pages.skip, name="skip"),
    path("<int:pk>/agreement/check-in/", back_pages.check_in_on_paper, name="check_in_on_paper"),
    path("<int:pk>/agreement/come-back.ics", back_pages.calendar, name="calendar"),
    path("<int:pk>/quiet/", quiet_pages.quiet, name="quiet"),
    path("<int:pk>/goodwill/", quiet_pages.line, name="goodwill"),
    path("<int:pk>/repair/", repair_pages.ask, name="ask_repair"),
    path("<int:pk>/agreement/earlier/", pages.earlier, name="earlier"),
]
