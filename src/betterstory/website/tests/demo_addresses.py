"""Every address, and those that exist in the demo alone."""

from django.urls import include, path

from betterstory.website.urls import urlpatterns as everywhere

urlpatterns = [*everywhere, path("demo/", include("betterstory.website.demo_urls"))]
