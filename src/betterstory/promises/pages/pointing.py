"""Pointing to a count, a photograph, a witness's word or a teller's."""

from django.http import Http404, HttpResponse, HttpResponseBase
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext_lazy
from django.views.decorators.csrf import csrf_exempt, csrf_protect
from django.views.decorators.http import require_POST, require_safe

from betterstory.people.visit import Visit, once, signed_in
from betterstory.promises import because, rules, verbs
from betterstory.promises.forms import (
    PointToCountForm,
    PointToPhotographForm,
    PointToTellerForm,
    PointToWitnessForm,
)
from betterstory.promises.models import Pointer, Promise
from betterstory.promises.pages.asking import takes_a_form
from betterstory.promises.pages.forms_answered import carried_out, form_page
from betterstory.promises.pages.typing import under_a_promise
from betterstory.stories import photographs
from betterstory.stories.arriving import MEGABYTE, MOST_PICTURE, ComingPicture, taken_in
from betterstory.stories.whose import asks_whose

CHOOSE = gettext_lazy("Choose a photograph first.")


@signed_in
def choose(request: Visit, pk: int) -> HttpResponse:
    """What to point to, and a photograph at once."""
    return _photograph_page(request, _promise(request, pk), PointToPhotographForm())


@takes_a_form
@signed_in
@asks_whose(under_a_promise, fields=["also"])
@once
def count(request: Visit, pk: int) -> HttpResponse:
    """A count asked again."""
    promise = _promise(request, pk)
    form = PointToCountForm(request.POST or None, releases=because.counts_to_rest_on(200))
    if "release" not in form.fields:
        return form_page(request, "promises/point_to.html", form, promise=promise, nothing=True)
    pointed = carried_out(
        form,
        lambda: verbs.point_to_count(promise, by=request.somebody, on=request.on, **form.cleaned_data),
    )
    if pointed:
        return _back(pk)
    return form_page(request, "promises/point_to.html", form, promise=promise)


@takes_a_form
@signed_in
@asks_whose(under_a_promise, fields=["words", "who"])
@once
def witness(request: Visit, pk: int) -> HttpResponse:
    """What somebody saw."""
    promise = _promise(request, pk)
    form = PointToWitnessForm(request.POST or None)
    if carried_out(
        form,
        lambda: verbs.point_to_witness(promise, by=request.somebody, on=request.on, **form.cleaned_data),
    ):
        return _back(pk)
    return form_page(request, "promises/point_to.html", form, promise=promise)


@takes_a_form
@signed_in
@once
def teller(request: Visit, pk: int) -> HttpResponse:
    """A line of a story that its teller lets one read."""
    promise = _promise(request, pk)
    offered = because.offered(promise.round, viewer=request.somebody, at=request.at)
    form = PointToTellerForm(request.POST or None, moments=offered.moments)
    if "piece" not in form.fields:
        return form_page(request, "promises/point_to.html", form, promise=promise, nothing=True)
    pointed = carried_out(
        form,
        lambda: verbs.point_to_teller(
            promise, by=request.somebody, at=request.at, on=request.on, **form.cleaned_data
        ),
    )
    if pointed:
        return _back(pk)
    return form_page(request, "promises/point_to.html", form, promise=promise)


@csrf_exempt  # only until the file's own handler is in place: _photograph asks for the token
@require_POST
@signed_in
def photograph(request: Visit, pk: int) -> HttpResponseBase:
    """A photograph comes in: held in memory until it is made again and sealed."""
    with taken_in(request, ComingPicture(request)) as coming:
        return _photograph(request, pk, coming)


@csrf_protect
@once
def _photograph(request: Visit, pk: int, coming: ComingPicture) -> HttpResponse:
    promise = _promise(request, pk)
    form = PointToPhotographForm(request.POST)
    _files = request.FILES  # looking at the form takes the file in
    wrong = coming.sentence if coming.refused or coming.is_whole else str(CHOOSE)
    if wrong:
        form.add_error(None, wrong)
    if carried_out(
        form,
        lambda: verbs.point_to_photograph(
            promise,
            came=bytes(coming.held),
            words=form.cleaned_data["words"],
            nobody_seen=form.cleaned_data["their_yes"],
            by=request.somebody,
            on=request.on,
        ),
    ):
        return _back(pk)
    return _photograph_page(request, promise, form)


@require_safe
def picture(request: Visit, pk: int) -> HttpResponse:
    """The picture itself, open to anyone as the wall is, until it is taken away."""
    found = get_object_or_404(Pointer, pk=pk, kind=Pointer.Kind.PHOTOGRAPH, taken_away_on=None)
    return HttpResponse(verbs.opened(found), content_type=photographs.MEDIA)


@require_POST
@signed_in
@once
def take_away(request: Visit, pk: int) -> HttpResponse:
    """Take it off the page; that something stood there stays."""
    found = get_object_or_404(Pointer.objects.defer("sealed"), pk=pk)
    verbs.take_away(found, by=request.somebody, on=request.on)
    return _back(found.promise_id)


def _photograph_page(request: Visit, promise: Promise, form: PointToPhotographForm) -> HttpResponse:
    told = {"promise": promise, "form": form, "limit": MOST_PICTURE // MEGABYTE}
    status = 422 if form.is_bound else 200
    return render(request, "promises/point_to_photograph.html", told, status=status)


def _promise(request: Visit, pk: int) -> Promise:
    promises = Promise.objects.select_related("post__body", "to_body", "round__neighbourhood")
    promise = promises.filter(pk=pk).first()
    if promise is None:
        raise Http404
    if not rules.may_point(request.somebody, promise):
        raise verbs.NotYoursToPoint
    return promise


def _back(pk: int) -> HttpResponse:
    answer = redirect("promises:promise", pk=pk)
    answer["Location"] += "#pointed-to"
    return answer
