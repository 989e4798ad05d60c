"""Addresses of what is done before a story leaves the house."""

from django.urls import path

from betterstory.stories.redacting import pages

addresses = [
    path("<uuid:key>/names/", pages.names, name="names"),
    path("<uuid:key>/names/<int:named>/forget/", pages.forget, name="forget_name"),
    path("<uuid:key>/before-it-leaves/", pages.lines, name="lines"),
    path("<uuid:key>/before-it-leaves/done/", pages.all_read, name="all_read"),
]
