"""Addresses that exist in the demo alone."""

from django.urls import path

from betterstory.website import demo_pages

app_name = "demo"
urlpatterns = [path("look-as/<slug:who>/", demo_pages.look_as, name="look_as")]
