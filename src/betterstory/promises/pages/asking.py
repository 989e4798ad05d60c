"""Forms of asking, and of the three answers somebody can give."""

from collections.abc import Sequence

from django.db.models import Q
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.http import require_http_methods

from betterstory.conversations.models import Gathering
from betterstory.people.models import Body, Circle, Post
from betterstory.people.visit import Visit, once, signed_in
from betterstory.places.models import Round
from betterstory.promises import because, rules, verbs
from betterstory.promises.forms import (
    AskForm,
    LaterForm,
    NameForm,
    NoForm,
    NotOursForm,
    YesForm,
    YesOfOneForm,
)
from betterstory.promises.models import Answer, Ask
from betterstory.promises.pages.forms_answered import carried_out, form_page
from betterstory.promises.pages.typing import in_a_round, under_an_ask
from betterstory.stories.whose import Tie, asks_whose

takes_a_form = require_http_methods(["GET", "HEAD", "POST"])


@signed_in
def where(request: Visit, what: str) -> HttpResponse:
    """Which neighbourhood is it about? Only rounds that still run."""
    rounds = Round.objects.filter(ended_on=None).select_related("neighbourhood")
    return render(request, "promises/where.html", {"rounds": rounds, "what": what})


@takes_a_form
@signed_in
@asks_whose(in_a_round, fields=["words", "asked_by_words"], tie=Tie("piece"))
@once
def new_ask(request: Visit, round_pk: int) -> HttpResponse:
    """Ask a body for something."""
    current = get_object_or_404(Round.objects.select_related("neighbourhood"), pk=round_pk)
    offered = because.offered(current, viewer=request.somebody, at=request.at)
    writes_down = rules.organises(request.somebody)
    bodies, circles = list(Body.objects.filter(followed_by=None)), _circles_to_ask(request, current)
    form = AskForm(
        request.POST or None,
        circles=circles if writes_down else [],
        bodies=bodies,
        asking_bodies=bodies if writes_down else _where_one_holds_a_post(request, bodies),
        residents=circles,
        cards=offered.cards,
        moments=offered.moments,
        releases=because.counts_to_rest_on(),
        initial={name: request.GET.get(name, "") for name in ("insight", "size", "words")},
    )

    def verb() -> Ask:
        told = form.cleaned_data
        room = told["asked_by"] if isinstance(told["asked_by"], Circle) else None
        gathering = Gathering.objects.filter(circle=room, round=current).first() if room else None
        return verbs.ask(round=current, by=request.somebody, on=request.on, gathering=gathering, **told)

    made = carried_out(form, verb)
    if made:
        return redirect("promises:ask", pk=made.pk)
    return form_page(request, "promises/new_ask.html", form, round=current)


@takes_a_form
@signed_in
@asks_whose(under_an_ask, fields=["words", "note", "witness", "by_words"])
@once
def answer_yes(request: Visit, pk: int) -> HttpResponse:
    """Yes: a post of the body promises, or one of the residents that were asked."""
    ask = _to_answer(request, pk, after_a_no=True)
    if ask.of is None:
        return _yes_of_one(request, ask)
    posts = Post.objects.filter(Q(body=ask.of) | Q(body=ask.of.today_id), today=None).select_related("body")
    form = YesForm(request.POST or None, posts=posts, on=request.on)
    made = carried_out(
        form, lambda: verbs.answer_yes(ask, by=request.somebody, on=request.on, **form.cleaned_data)
    )
    if made:
        return redirect("promises:promise", pk=made.pk)
    return form_page(request, "promises/answer_yes.html", form, ask=ask, has_posts=posts.exists())


def _yes_of_one(request: Visit, ask: Ask) -> HttpResponse:
    form = YesOfOneForm(request.POST or None, on=request.on)
    made = carried_out(
        form, lambda: verbs.answer_yes(ask, by=request.somebody, on=request.on, **form.cleaned_data)
    )
    if made:
        return redirect("promises:promise", pk=made.pk)
    return form_page(request, "promises/answer_yes.html", form, ask=ask, has_posts=True)


@takes_a_form
@signed_in
@asks_whose(under_an_ask, fields=["reason"])
@once
def answer_no(request: Visit, pk: int) -> HttpResponse:
    """No, and why."""
    ask = _to_answer(request, pk, a_no=True)
    form = NoForm(request.POST or None)
    if carried_out(
        form, lambda: verbs.answer_no(ask, by=request.somebody, on=request.on, **form.cleaned_data)
    ):
        return redirect("promises:ask", pk=pk)
    return form_page(request, "promises/answer_no.html", form, ask=ask)


@takes_a_form
@signed_in
@asks_whose(under_an_ask, fields=["note"])
@once
def answer_not_ours(request: Visit, pk: int) -> HttpResponse:
    """Not ours: whose it is."""
    ask = _to_answer(request, pk, a_no=True)
    form = NotOursForm(
        request.POST or None, bodies=Body.objects.filter(followed_by=None).exclude(pk=ask.of_id or 0)
    )
    if carried_out(
        form, lambda: verbs.answer_not_ours(ask, by=request.somebody, on=request.on, **form.cleaned_data)
    ):
        return redirect("promises:ask", pk=pk)
    return form_page(request, "promises/answer_not_ours.html", form, ask=ask)


@takes_a_form
@signed_in
@once
def answer_later(request: Visit, pk: int) -> HttpResponse:
    """Not now: by when there is an answer."""
    ask = _to_answer(request, pk, a_no=True)
    form = LaterForm(request.POST or None, on=request.on)
    if carried_out(
        form, lambda: verbs.answer_later(ask, by=request.somebody, on=request.on, **form.cleaned_data)
    ):
        return redirect("promises:ask", pk=pk)
    return form_page(request, "promises/answer_later.html", form, ask=ask)


@takes_a_form
@signed_in
@once
def name_of_asker(request: Visit, pk: int) -> HttpResponse:
    """What I am called on the wall."""
    ask = get_object_or_404(Ask, pk=pk)
    if not rules.chose_these_words(request.somebody, ask):
        raise verbs.NotYourName
    form = NameForm(request.POST or None, initial={"words": ask.asked_by_words})
    if carried_out(form, lambda: verbs.be_named(ask, by=request.somebody, **form.cleaned_data)):
        return redirect("promises:ask", pk=pk)
    return form_page(request, "promises/name.html", form, words=ask.words)


def _to_answer(request: Visit, pk: int, *, after_a_no: bool = False, a_no: bool = False) -> Ask:
    """The ask, where this person may answer it and it is still to be answered."""
    ask = get_object_or_404(Ask.objects.on_the_wall(), pk=pk)
    if not rules.may_answer(request.somebody, ask):
        raise verbs.NotYoursToAnswer(body=ask.whom)
    if a_no and not rules.may_refuse(request.somebody, ask):
        raise verbs.OneOfMany
    if request.method != "POST" and not (
        ask.is_waiting or (after_a_no and ask.mark == Answer.Kind.NO_BECAUSE)
    ):
        raise verbs.AlreadyAnswered
    return ask


def _where_one_holds_a_post(request: Visit, bodies: Sequence[Body]) -> list[Body]:
    held = set(request.somebody.posts.values_list("body", flat=True))
    return [body for body in bodies if body.pk in held]


def _circles_to_ask(request: Visit, current: Round) -> list[Circle]:
    """For an organiser, the circles that still meet; for others the rooms of this round and their own.

    Never a teller's helpers.
    """
    circles = Circle.objects.exclude(ends_on__lt=request.on).exclude(kind=Circle.Kind.HELPERS)
    if rules.organises(request.somebody):
        return list(circles)
    rooms = Gathering.objects.filter(round=current).values("circle")
    return list(circles.filter(Q(pk__in=rooms) | Q(pk__in=request.somebody.circle_ids)))
