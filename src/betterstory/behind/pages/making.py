"""Making a pattern: choose a story, choose its steps, tie them to the records, hear it, keep it."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from hashlib import sha256
from typing import Any

from django.db.models import QuerySet
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from betterstory.behind import counting, rules, verbs
from betterstory.behind.counting import CannotAnswer, Shape
from betterstory.behind.forms.patterns import PatternFileForm, PiecesForm
from betterstory.behind.forms.steps import StepForm, WholeForm
from betterstory.behind.models import ContactLog, Pattern
from betterstory.people.models import Person
from betterstory.people.visit import Visit, needs_part, once
from betterstory.stories import showing
from betterstory.stories.models import Piece, Story, Use, Version
from betterstory.stories.rules import PARTNERS, may_each
from betterstory.ui.form_renderer import row
from betterstory.ui.refusal import Refusal


@require_safe
@needs_part(*rules.MAKERS)
def choose_story(request: Visit) -> HttpResponse:
    """The stories that may be counted and that this person may read."""
    told = list(Story.objects.filter(destroyed_at=None).prefetch_related("versions"))
    titles = showing.titles_for(told, viewer=request.somebody, at=request.at)
    pieces = _countable(Piece.objects.filter(version__story__in=list(titles)), request.at)
    versions = {piece.version_id: piece.version for piece in pieces}
    rows = [{"version": each, "title": titles[each.story_id]} for each in versions.values()]
    return render(request, "behind/choose_story.html", {"rows": rows})


@require_safe
@needs_part(*rules.MAKERS)
def choose_steps(request: Visit, version_pk: int) -> HttpResponse:
    """Its steps and gaps, to choose from."""
    version = _version(version_pk)
    return _choose(request, version, _offered(version, request.somebody, request.at))


@require_http_methods(["GET", "HEAD", "POST"])
@needs_part(*rules.MAKERS)
@once
def write_steps(request: Visit, version_pk: int) -> HttpResponse:
    """Tie each chosen step to the records and set its limits; hear it read out, then keep it."""
    version = _version(version_pk)
    offered = _offered(version, request.somebody, request.at)
    asked = set(request.GET.getlist("piece"))
    chosen = [each for each in offered if str(each.piece.pk) in asked]
    if not chosen:
        return _choose(request, version, offered, chosen=asked)
    log = ContactLog.objects.first()
    known = log.activities if log else []
    more: dict[str, Any] = {"log": log, "elsewhere": "elsewhere" in request.POST}
    whole = WholeForm(request.POST or None, **more)
    steps = [
        StepForm(request.POST or None, piece=e.piece, words=e.words, number=number, **more)
        for number, e in enumerate(chosen, start=1)
    ]
    shape = _written(whole, steps)
    answer = _keep_if_heard(request, shape, [each.piece for each in chosen], whole)
    if answer:
        return answer
    told = {
        "version": version,
        "form": whole,
        "steps": steps,
        "heard": _heard(shape, known) if shape and not whole.errors else None,
        "log": log,
        "wrong": [form for form in (whole, *steps) if form.errors],
    }
    return render(request, "behind/write_steps.html", told, status=422 if told["wrong"] else 200)


@require_http_methods(["GET", "HEAD", "POST"])
@needs_part(*rules.MAKERS)
@once
def pattern_file(request: Visit) -> HttpResponse:
    """Paste a pattern or choose its file; a change to a pattern begins here too, as a new one."""
    like, pieces = _like(request)
    form = PatternFileForm(request.POST or None, request.FILES or None, initial={"toml": like})
    shape = None
    if form.is_valid():
        try:
            shape = counting.read(form.cleaned_data["toml"])
        except CannotAnswer as cannot:
            form.add_error("file" if request.FILES else "toml", cannot.sentence)
    answer = _keep_if_heard(request, shape, pieces, form)
    if answer:
        return answer
    log = ContactLog.objects.first()
    heard = _heard(shape, log.activities if log else []) if shape and not form.errors else None
    if heard:  # a file cannot be sent twice: what it said is in the field now
        form = PatternFileForm(initial={"toml": form.cleaned_data["toml"]})
    told = {"form": form, "heard": heard, "pieces": pieces, "like": like}
    return render(request, "behind/pattern_file.html", told, status=422 if form.errors else 200)


@dataclass(frozen=True)
class Offered:
    """A step or gap that may be asked about, with its words as this person may see them."""

    piece: Piece
    words: str


def _version(pk: int) -> Version:
    return get_object_or_404(Version.objects.select_related("story__teller").exclude(agreed_at=None), pk=pk)


def _countable(among: QuerySet[Piece], at: datetime) -> list[Piece]:
    """Steps and gaps whose teller says yes to counting, in the order of the story."""
    pieces = list(among.exclude(kind=Piece.Kind.WISH).select_related("version__story__teller"))
    yes = may_each(PARTNERS, Use.COUNT, pieces, at)
    given = [piece for piece in pieces if piece.pk in yes]
    return sorted(given, key=lambda piece: (piece.position, piece.kind != Piece.Kind.STEP, piece.pk))


def _offered(version: Version, person: Person, at: datetime) -> list[Offered]:
    pieces = _countable(Piece.objects.filter(version=version), at)
    words: dict[int, str] = {}
    for use in (Use.READ, Use.PICTURE, Use.QUOTE):
        shown = showing.show_each(pieces, viewer=person, use=use, at=at)
        words |= {pk: each.words for pk, each in shown.items() if each.words is not None}
        if len(words) == len(pieces):
            break
    return [Offered(piece, words[piece.pk]) for piece in pieces if piece.pk in words]


def _choose(
    request: Visit, version: Version, offered: list[Offered], chosen: set[str] | None = None
) -> HttpResponse:
    kinds = {Piece.Kind.STEP: ("step", _("a step")), Piece.Kind.GAP: ("gap", _("a gap"))}
    choices = []
    for each in offered:
        icon, about = kinds[Piece.Kind(each.piece.kind)]
        choices.append((str(each.piece.pk), row(each.words, icon=icon, about=about)))
    form = PiecesForm(None if chosen is None else request.GET, choices=choices)
    told = {"version": version, "form": form, "offered": offered}
    return render(request, "behind/choose_steps.html", told, status=422 if form.errors else 200)


def _written(whole: WholeForm, steps: list[StepForm]) -> Shape | None:
    """What the forms say, once each of them makes sense."""
    sound = [form.is_valid() for form in (whole, *steps)]
    if not all(sound):
        return None
    said = whole.cleaned_data
    try:
        return counting.write(
            said["name"], [step.step() for step in steps], said["whole_within"], whole.merged()
        )
    except CannotAnswer as cannot:
        whole.add_error(None, cannot.sentence)
        return None


def _keep_if_heard(
    request: Visit, shape: Shape | None, pieces: list[Piece], form: Any
) -> HttpResponse | None:
    """Keep the pattern where it is, word for word, the one that was read out."""
    if shape is None or request.POST.get("heard") != _mark(shape) or "keep" not in request.POST:
        return None
    try:
        return redirect(
            verbs.make_pattern(toml=shape.toml, by=request.somebody, at=request.at, pieces=pieces)
        )
    except Refusal as refusal:
        form.add_error(None, refusal.sentence)
        return None


def _heard(shape: Shape, known: Iterable[str]) -> dict[str, Any]:
    """The pattern read out, and what of it the log here does not hold."""
    known = set(known)
    strange = [name for name in shape.activities if name not in known] if known else []
    return {"name": shape.name, "said": shape.said, "mark": _mark(shape), "strange": strange}


def _mark(shape: Shape) -> str:
    return sha256(shape.toml.encode()).hexdigest()


def _like(request: Visit) -> tuple[str, list[Piece]]:
    """The pattern a change begins from, with its pieces; or pieces that were chosen just now."""
    if request.GET.get("like", "").isdecimal():
        like = get_object_or_404(Pattern, pk=int(request.GET["like"]))
        pieces = like.pieces.select_related("version__story__teller")
        return like.toml, list(pieces)
    asked = [int(pk) for pk in request.GET.getlist("piece") if pk.isdecimal()]
    offered: list[Piece] = []
    for version in Version.objects.filter(pieces__in=asked).distinct().select_related("story__teller"):
        offered += [each.piece for each in _offered(version, request.somebody, request.at)]
    return "", [piece for piece in offered if piece.pk in asked]
