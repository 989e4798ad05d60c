from django.urls import path

from betterstory.ui import pages

app_name = "ui"
urlpatterns = [
    path("display/", pages.display, name="display"),
    path("leave/", pages.leave, name="leave"),
    path("help/", pages.help_page, name="help"),
]
