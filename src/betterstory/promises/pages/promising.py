"""Forms of promising, of asking for more time, and of saying how it turned out."""

from django.db.models import Q, QuerySet
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.views.decorators.http import require_POST

from betterstory.conversations.models import Gathering
from betterstory.people.models import Circle, Post
from betterstory.people.visit import Visit, once, signed_in
from betterstory.places.models import Round
from betterstory.promises import because, rules, verbs
from betterstory.promises.forms import JudgeForm, NameForm, PromiseForm, TimeForm
from betterstory.promises.models import Again, Promise, State
from betterstory.promises.pages.asking import takes_a_form
from betterstory.promises.pages.forms_answered import carried_out, form_page
from betterstory.promises.pages.typing import in_a_round, under_a_promise
from betterstory.stories.whose import asks_whose


@takes_a_form
@signed_in
@asks_whose(in_a_round, fields=["words", "to_words", "by_words", "witness"])
@once
def new_promise(request: Visit, round_pk: int) -> HttpResponse:
    """Promise something nobody asked for."""
    current = get_object_or_404(Round.objects.select_related("neighbourhood"), pk=round_pk)
    form = PromiseForm(
        request.POST or None,
        on=request.on,
        posts=posts_to_speak_for(request),
        circles=_circles_to_promise(request, current),
        cards=because.offered(current, viewer=request.somebody, at=request.at, moments=False).cards,
        initial={name: request.GET.get(name, "") for name in ("insight", "size")},
    )
    made = carried_out(
        form, lambda: verbs.make(round=current, by=request.somebody, on=request.on, **form.cleaned_data)
    )
    if made:
        return redirect("promises:promise", pk=made.pk)
    return form_page(request, "promises/new_promise.html", form, round=current)


@takes_a_form
@signed_in
@asks_whose(under_a_promise, fields=["note"])
@once
def judge(request: Visit, pk: int) -> HttpResponse:
    """Say how it turned out, as the side it was made to."""
    promise = promise_of(pk)
    if not rules.may_judge(request.somebody, promise):
        raise verbs.NotPromisedToYou
    if request.method != "POST" and promise.state == State.RELEASED:
        raise verbs.NotOpen
    form = JudgeForm(request.POST or None)
    if carried_out(
        form, lambda: verbs.judge(promise, by=request.somebody, on=request.on, **form.cleaned_data)
    ):
        return redirect("promises:promise", pk=pk)
    return form_page(request, "promises/judge.html", form, promise=promise)


@takes_a_form
@signed_in
@asks_whose(under_a_promise, fields=["because", "words"])
@once
def more_time(request: Visit, pk: int) -> HttpResponse:
    """Ask the promised side for a new day."""
    promise = promise_of(pk)
    if not rules.may_ask_for_time(request.somebody, promise):
        raise verbs.NotYoursToPromise
    if request.method != "POST" and not promise.is_open:
        raise verbs.NotOpen
    form = TimeForm(request.POST or None, on=request.on, initial={"words": promise.words})
    if carried_out(
        form, lambda: verbs.ask_for_time(promise, by=request.somebody, on=request.on, **form.cleaned_data)
    ):
        return redirect("promises:promise", pk=pk)
    return form_page(request, "promises/more_time.html", form, promise=promise)


@require_POST
@signed_in
@once
def make_again(request: Visit, pk: int) -> HttpResponse:
    """The promised side gives its word to the new day that was read on the page."""
    again = get_object_or_404(Again.objects.select_related("promise"), pk=pk)
    promise = verbs.make_again(again, by=request.somebody, on=request.on)
    return redirect("promises:promise", pk=promise.pk)


@takes_a_form
@signed_in
@once
def name_in_promise(request: Visit, pk: int) -> HttpResponse:
    """What I am called on the wall."""
    promise = promise_of(pk)
    if not rules.chose_these_words(request.somebody, promise):
        raise verbs.NotYourName
    mine = promise.by_words if request.somebody.pk == promise.person_id else promise.to_words
    form = NameForm(request.POST or None, initial={"words": mine})
    if carried_out(form, lambda: verbs.be_named(promise, by=request.somebody, **form.cleaned_data)):
        return redirect("promises:promise", pk=pk)
    return form_page(request, "promises/name.html", form, words=promise.words)


def promise_of(pk: int) -> Promise:
    promises = Promise.objects.select_related(
        "post__body__today", "post__today__body__today", "to_circle", "round__neighbourhood", "confirmation"
    )
    return get_object_or_404(promises, pk=pk)


def posts_to_speak_for(request: Visit) -> list[Post]:
    """An organiser writes for any post; others for those of the bodies where they hold one."""
    posts = Post.objects.filter(today=None).select_related("body__today")
    if rules.organises(request.somebody):
        return list(posts)
    bodies = list(request.somebody.posts.filter(today=None).values_list("body", flat=True))
    if not bodies:  # most people hold no post, and the question after it is a long one
        return []
    return list(posts.filter(Q(body__in=bodies) | Q(body__today__in=bodies)))


def _circles_to_promise(request: Visit, current: Round) -> QuerySet[Circle]:
    """The rooms of this round and one's own circles; for an organiser all but a teller's helpers."""
    circles = Circle.objects.exclude(ends_on__lt=request.on).exclude(kind=Circle.Kind.HELPERS)
    if rules.organises(request.somebody):
        return circles
    rooms = Gathering.objects.filter(round=current).values("circle")
    return circles.filter(Q(pk__in=rooms) | Q(pk__in=request.somebody.circle_ids))
