"""Pages of diving in: what we have been useful with, writing it down, and what we noticed."""

from collections.abc import Callable, Iterable

from django.contrib import messages
from django.core.paginator import Paginator
from django.db.models import Prefetch
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from betterstory.immersion import rules, verbs
from betterstory.immersion.forms import ActForm, NoticeForm, WhoForm, sheet_rows
from betterstory.immersion.models import Act, Notice, OwnName
from betterstory.immersion.tapping import hours_of
from betterstory.people.models import Role
from betterstory.people.visit import Visit, needs_part, once
from betterstory.places.models import Neighbourhood

ON_A_PAGE = 40
LINES_ON_PAPER = range(7)
type More = Callable[[Visit, Iterable[Act]], None]
anybody_here = needs_part(*Role)
either = require_http_methods(["GET", "HEAD", "POST"])


@require_safe
def streets(request: Visit) -> HttpResponse:
    """Each neighbourhood, and the way to its log."""
    return render(request, "immersion/streets.html", {"neighbourhoods": Neighbourhood.objects.all()})


def nothing_more(_request: Visit, _shown: Iterable[Act]) -> None:
    """What else is put beside each act: here nothing."""


@require_safe
def useful(request: Visit, slug: str, more: More = nothing_more) -> HttpResponse:
    """What we have been useful with. Anybody may read it; who of us it was, those who came in.

    Whoever looks up over several folders may put more beside each act of the page.
    """
    neighbourhood = get_object_or_404(Neighbourhood, slug=slug)
    acts = Act.objects.filter(neighbourhood=neighbourhood).select_related("who")
    acts = acts.prefetch_related(Prefetch("own_names", OwnName.objects.select_related("person")))
    page = Paginator(acts, ON_A_PAGE).get_page(request.GET.get("page"))
    person = request.person
    more(request, page.object_list)
    told = {
        "neighbourhood": neighbourhood,
        "page": page,
        "may_note": person is not None and rules.may_note(person),
        "mine": {act.pk for act in page if person is not None and rules.may_take_out(person, act)},
        "looks_out": person is not None and person.plays(*rules.US),
    }
    return render(request, "immersion/useful.html", told)


@either
@anybody_here
@once
def own_name(request: Visit, pk: int) -> HttpResponse:
    """I was part of it: put my name beside it, for anybody to read; or take it off again."""
    act = get_object_or_404(Act.objects.select_related("neighbourhood", "who"), pk=pk)
    there = act.own_names.filter(person=request.somebody).exists()
    if request.method != "POST":
        told = {"act": act, "neighbourhood": act.neighbourhood, "there": there}
        return render(request, "immersion/own_name.html", told)
    if "off" in request.POST:
        verbs.take_my_name_off(act, by=request.somebody)
    else:
        verbs.put_my_name(act, by=request.somebody, on=request.on)
    return redirect("immersion:useful", slug=act.neighbourhood.slug)


@either
@anybody_here
@once
def note(request: Visit, slug: str) -> HttpResponse:
    """Write up a useful act, or the same again."""
    neighbourhood = get_object_or_404(Neighbourhood, slug=slug)
    person = request.somebody
    form = ActForm(
        request.POST or None,
        neighbourhood=neighbourhood,
        by=person,
        today=request.on,
        initial={"on": request.on},
    )
    if form.is_valid():
        verbs.note_act(neighbourhood=neighbourhood, by=person, today=request.on, **form.cleaned_data)
        messages.success(request, _("It is written down."))
        return redirect("immersion:useful", slug=slug)
    told = {
        "neighbourhood": neighbourhood,
        "form": form,
        "usual": Act.objects.usual_for(person, neighbourhood),
        "may_type": rules.may_type_for_others(person),
    }
    return render(request, "immersion/note.html", told, status=422 if form.is_bound else 200)


@require_POST
@anybody_here
@once
def again(request: Visit, pk: int) -> HttpResponse:
    """The same again, today."""
    act = get_object_or_404(Act.objects.select_related("neighbourhood", "who"), pk=pk)
    verbs.again(act, by=request.somebody, today=request.on, hours=hours_of(request.at))
    messages.success(request, _("It is written down."))
    return redirect("immersion:useful", slug=act.neighbourhood.slug)


@either
@anybody_here
@once
def take_out(request: Visit, pk: int) -> HttpResponse:
    """Ask once, then take an act out."""
    acts = Act.objects.select_related("neighbourhood", "who")
    act = get_object_or_404(acts, pk=pk)
    if request.method == "POST":
        verbs.take_out(act, by=request.somebody)
        return redirect("immersion:useful", slug=act.neighbourhood.slug)
    if not rules.may_take_out(request.somebody, act):
        raise verbs.NotYours
    return render(request, "immersion/take_out.html", {"act": act, "neighbourhood": act.neighbourhood})


@either
@anybody_here
@once
def sheet(request: Visit, slug: str) -> HttpResponse:
    """Type in a paper sheet: every line or none."""
    neighbourhood = get_object_or_404(Neighbourhood, slug=slug)
    person = request.somebody
    form = WhoForm(request.POST or None, by=person)
    lines = sheet_rows(request.POST or None, today=request.on, neighbourhood=neighbourhood)
    if form.is_valid() and lines.is_valid():
        verbs.note_sheet(
            neighbourhood=neighbourhood, rows=lines.rows(), by=person, today=request.on, **form.cleaned_data
        )
        messages.success(request, _("The sheet is written down."))
        return redirect("immersion:useful", slug=slug)
    told = {"neighbourhood": neighbourhood, "who": form, "form": lines}
    return render(request, "immersion/sheet.html", told, status=422 if lines.is_bound else 200)


@require_safe
@anybody_here
def on_paper(request: Visit, slug: str) -> HttpResponse:
    """The sheet to write on, for A4."""
    told = {"neighbourhood": get_object_or_404(Neighbourhood, slug=slug), "lines": LINES_ON_PAPER}
    return render(request, "immersion/on_paper.html", told)


@either
@anybody_here
@once
def notices(request: Visit, slug: str, become_at: str = "") -> HttpResponse:
    """What we noticed, and a form for more. `become_at` is where something can be made of one."""
    neighbourhood = get_object_or_404(Neighbourhood, slug=slug)
    person = request.somebody
    form = NoticeForm(
        request.POST or None,
        neighbourhood=neighbourhood,
        today=request.on,
        initial={"on": request.on},
    )
    if form.is_valid():
        verbs.notice(neighbourhood=neighbourhood, by=person, today=request.on, **form.cleaned_data)
        return redirect("immersion:notices", slug=slug)
    kept = Paginator(Notice.objects.filter(neighbourhood=neighbourhood), ON_A_PAGE)
    page = kept.get_page(request.GET.get("page"))
    told = {
        "neighbourhood": neighbourhood,
        "form": form,
        "page": page,
        "mine": {each.pk for each in page if rules.may_take_out(person, each)},
        "become_at": become_at,
    }
    return render(request, "immersion/notices.html", told, status=422 if form.is_bound else 200)


@require_POST
@anybody_here
@once
def forget_notice(request: Visit, pk: int) -> HttpResponse:
    """Take a notice out."""
    noticed = get_object_or_404(Notice.objects.select_related("neighbourhood"), pk=pk)
    verbs.forget_notice(noticed, by=request.somebody)
    return redirect("immersion:notices", slug=noticed.neighbourhood.slug)
