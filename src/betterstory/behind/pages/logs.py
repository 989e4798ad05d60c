"""The place's own log: switched on by a steward, brought and thrown away by an analyst or a steward."""

from uuid import UUID

from django.http import HttpResponse, HttpResponseBase
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.csrf import csrf_exempt, csrf_protect
from django.views.decorators.http import require_http_methods

from betterstory.behind import answering, arriving, rules, verbs
from betterstory.behind.arriving import Weighing
from betterstory.behind.forms.logs import ColumnsForm, FilesForm, SwitchForm
from betterstory.behind.models import Arrival, ContactLog
from betterstory.people.visit import Visit, needs_part, once
from betterstory.places.models import Place
from betterstory.places.rules import may_set_up
from betterstory.ui.refusal import Refusal


@require_http_methods(["GET", "HEAD", "POST"])
@needs_part(*rules.KEEPERS)
@once
def logs(request: Visit) -> HttpResponse:
    """The logs that are here, and whether this place keeps any."""
    place = get_object_or_404(Place)
    form = SwitchForm(request.POST or None, initial={"controller": place.log_controller})
    if "off" in request.POST:
        verbs.switch_off(place, by=request.somebody)
        return redirect("behind:logs")
    if form.is_valid():
        verbs.switch_on(place, by=request.somebody, **form.cleaned_data)
        return redirect("behind:logs")
    told = {
        "keeps_a_log": rules.keeps_a_log(place),
        "logs": ContactLog.objects.all(),
        "arrivals": Arrival.objects.all(),
        "may_set_up": may_set_up(request.somebody),
        "form": form,
        "limit": arriving.limit_in_words(),
    }
    return render(request, "behind/logs.html", told, status=422 if form.is_bound else 200)


@csrf_exempt  # only until the file's weigher is in place: _bring asks for the token
@require_http_methods(["GET", "HEAD", "POST"])
@needs_part(*rules.KEEPERS)
def bring(request: Visit) -> HttpResponseBase:
    """Files come in: straight to disk, refused past the limit, gone again unless they can be read."""
    with arriving.weighed(request) as coming:
        return _bring(request, coming)


@csrf_protect
@once
def _bring(request: Visit, coming: Weighing) -> HttpResponse:
    if not rules.keeps_a_log(Place.objects.first()):
        return redirect("behind:logs")
    sent = request.method == "POST"
    form = FilesForm(request.POST, request.FILES, refused=coming.refused) if sent else FilesForm()
    if form.is_valid():
        log, people = form.arrived("log"), form.arrived("people")
        try:
            if log:
                came = verbs.receive(
                    log=log.path,
                    people=people.path if people else None,
                    by=request.somebody,
                    at=request.at,
                    move=True,
                )
                return redirect("behind:arrival", came.uuid)
        except verbs.PeopleNotRead as refusal:
            form.add_error("people", refusal.sentence)
        except Refusal as refusal:
            form.add_error("log", refusal.sentence)
    told = {"form": form, "limit": arriving.limit_in_words()}
    return render(request, "behind/bring.html", told, status=422 if sent else 200)


@require_http_methods(["GET", "HEAD", "POST"])
@needs_part(*rules.KEEPERS)
def arrival(request: Visit, uuid: UUID) -> HttpResponse:
    """Say which column is which. A second press finds the log that the first one brought."""
    brought = ContactLog.objects.filter(uuid=uuid).first()
    if brought:
        return redirect("behind:log", brought.pk)
    found = Arrival.objects.filter(uuid=uuid).first()
    if found is None:
        return redirect("behind:logs")
    if "throw_away" in request.POST:
        verbs.throw_away(found, by=request.somebody)
        return redirect("behind:logs")
    form = ColumnsForm(request.POST or None, arrival=found)
    if form.is_valid():
        words = {name: form.cleaned_data[name] for name in ("name", "source", "cannot_see", "in_place_of")}
        try:
            kept = verbs.bring_log(found, columns=form.columns(), by=request.somebody, at=request.at, **words)
        except Refusal as refusal:
            form.add_error(form.about(refusal.sentence), refusal.sentence)
        else:
            return redirect("behind:log", kept.pk)
    return render(
        request, "behind/arrival.html", {"arrival": found, "form": form}, status=422 if form.is_bound else 200
    )


@require_http_methods(["GET", "HEAD", "POST"])
@needs_part(*rules.KEEPERS)
@once
def log(request: Visit, pk: int) -> HttpResponse:
    """What may be said of one log, and throwing it away."""
    found = get_object_or_404(ContactLog.objects.prefetch_related("releases__pattern"), pk=pk)
    if request.method == "POST":
        verbs.throw_away(found, by=request.somebody)
        return redirect("behind:logs")
    told = {"log": found, "releases": found.releases.all(), "people": answering.people(found.people_count)}
    return render(request, "behind/log.html", told)
