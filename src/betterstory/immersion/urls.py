"""Addresses of diving in."""

from django.urls import path

from betterstory.immersion import pages, tap_pages, unmet_pages

app_name = "immersion"
urlpatterns = [
    path("", pages.streets, name="streets"),
    path("acts/<int:pk>/again/", pages.again, name="again"),
    path("acts/<int:pk>/take-out/", pages.take_out, name="take_out"),
    path("acts/<int:pk>/own-name/", pages.own_name, name="own_name"),
    path("notices/<int:pk>/forget/", pages.forget_notice, name="forget_notice"),
    path("<slug:slug>/", pages.useful, name="useful"),
    path("<slug:slug>/note/", pages.note, name="note"),
    path("<slug:slug>/tap/", tap_pages.tap, name="tap"),
    path("<slug:slug>/tap/on-paper/", tap_pages.tap_on_paper, name="tap_on_paper"),
    path("<slug:slug>/not-met/", unmet_pages.not_met, name="not_met"),
    path("<slug:slug>/streets-and-groups/", unmet_pages.lists, name="lists"),
    path("<slug:slug>/sheet/", pages.sheet, name="sheet"),
    path("<slug:slug>/on-paper/", pages.on_paper, name="on_paper"),
    path("<slug:slug>/noticed/", pages.notices, name="notices"),
]
