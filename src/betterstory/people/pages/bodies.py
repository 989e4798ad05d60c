"""Bodies and their posts: write them down, hand a post over, say what took the place of what."""

from typing import Any

from django.db.models import QuerySet
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from betterstory.people import verbs
from betterstory.people.forms import BodyForm, FollowForm, HandOverForm, PostForm
from betterstory.people.keeping_posts import holdings_of
from betterstory.people.models import Body, Person, Post, Role
from betterstory.people.visit import Visit, needs_part, once

KEEPERS = (Role.ORGANISER, Role.STEWARD)


@require_http_methods(["GET", "HEAD", "POST"])
@needs_part(*KEEPERS)
@once
def bodies(request: Visit) -> HttpResponse:
    """Every body with its posts, and a form for another."""
    form = BodyForm(request.POST or None)
    if form.is_valid():
        body = verbs.name_body(by=request.somebody, **form.cleaned_data)
        return redirect("people:body", pk=body.pk)
    told = {"bodies": Body.objects.prefetch_related("posts__holder"), "form": form}
    return render(request, "people/bodies.html", told, status=422 if form.is_bound else 200)


@require_http_methods(["GET", "HEAD", "POST"])
@needs_part(*KEEPERS)
@once
def body(request: Visit, pk: int) -> HttpResponse:
    """One body: its posts and who holds them, and a form for another post."""
    found = get_object_or_404(Body.objects.select_related("followed_by"), pk=pk)
    form = PostForm(request.POST or None)
    if form.is_valid():
        verbs.name_post(body=found, by=request.somebody, on=request.on, **form.cleaned_data)
        return redirect("people:body", pk=pk)
    told = {"body": found, "posts": found.posts.select_related("holder", "followed_by__body"), "form": form}
    return render(request, "people/body.html", told, status=422 if form.is_bound else 200)


@require_http_methods(["GET", "HEAD", "POST"])
@needs_part(*KEEPERS)
@once
def post(request: Visit, pk: int) -> HttpResponse:
    """Who holds this post, and who did. What was promised stays with the post."""
    found = get_object_or_404(Post.objects.select_related("body", "holder", "followed_by__body"), pk=pk)
    form = HandOverForm(
        request.POST or None,
        people=Person.objects.filter(is_active=True).order_by("name"),
        nobody=_("Nobody just now"),
        initial={"person": found.holder},
    )
    if form.is_valid():
        to, on = form.cleaned_data["person"], form.cleaned_data["on"] or request.on
        try:
            verbs.hand_over(found, to=to, by=request.somebody, on=on, today=request.on)
        except verbs.DayOutOfOrder as refusal:
            form.add_error("on", refusal.sentence)
        else:
            return redirect("people:body", pk=found.body_id)
    told = {"post": found, "form": form, "holdings": holdings_of(found)}
    return render(request, "people/post.html", told, status=422 if form.is_bound else 200)


@require_http_methods(["GET", "HEAD", "POST"])
@needs_part(*KEEPERS)
@once
def post_followed(request: Visit, pk: int) -> HttpResponse:
    """Another post took this one's place: what it owes goes with it."""
    found = get_object_or_404(Post.objects.select_related("body", "followed_by"), pk=pk)
    return _followed(request, found, Post.objects.select_related("body"), "people:post")


@require_http_methods(["GET", "HEAD", "POST"])
@needs_part(*KEEPERS)
@once
def body_followed(request: Visit, pk: int) -> HttpResponse:
    """Another body took this one's place: what it owes goes with it."""
    found = get_object_or_404(Body.objects.select_related("followed_by"), pk=pk)
    return _followed(request, found, Body.objects.all(), "people:body")


def _followed(request: Visit, found: Body | Post, among: QuerySet[Any], back: str) -> HttpResponse:
    form = FollowForm(
        request.POST or None, among=among.exclude(pk=found.pk), initial={"by_this": found.followed_by}
    )
    if form.is_valid():
        try:
            verbs.follow(found, by_this=form.cleaned_data["by_this"], by=request.somebody)
        except verbs.Circular as refusal:
            form.add_error("by_this", refusal.sentence)
        else:
            return redirect(back, pk=found.pk)
    told = {"kept": found, "form": form, "back": reverse(back, args=[found.pk])}
    return render(request, "people/followed.html", told, status=422 if form.is_bound else 200)
