"""Bodies and their posts: write them down, hand a post over."""

from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from betterstory.people import verbs
from betterstory.people.forms import BodyForm, PersonForm, PostForm
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
        verbs.name_post(body=found, by=request.somebody, **form.cleaned_data)
        return redirect("people:body", pk=pk)
    told = {"body": found, "posts": found.posts.select_related("holder"), "form": form}
    return render(request, "people/body.html", told, status=422 if form.is_bound else 200)


@require_http_methods(["GET", "HEAD", "POST"])
@needs_part(*KEEPERS)
@once
def post(request: Visit, pk: int) -> HttpResponse:
    """Somebody else holds this post now. What was promised stays with the post."""
    found = get_object_or_404(Post.objects.select_related("body", "holder"), pk=pk)
    form = PersonForm(
        request.POST or None,
        people=Person.objects.filter(is_active=True).order_by("name"),
        nobody=_("Nobody just now"),
        initial={"person": found.holder},
    )
    if form.is_valid():
        verbs.hand_over(found, to=form.cleaned_data["person"], by=request.somebody)
        return redirect("people:body", pk=found.body_id)
    return render(
        request, "people/post.html", {"post": found, "form": form}, status=422 if form.is_bound else 200
    )
