"""The codebook, bringing one from another tool, and reading a story with it."""

from uuid import UUID

from django.contrib import messages
from django.http import Http404, HttpResponse, HttpResponseBase
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from betterstory.people.visit import Visit, needs_part, once, signed_in
from betterstory.stories import acting, consenting, echoes, reanchoring, showing
from betterstory.stories import codebook as verbs
from betterstory.stories.exchange.codebook_forms import CodebookFileForm, CodeForm, ReadInForm
from betterstory.stories.exchange.codes import our_codes, words_of
from betterstory.stories.exchange.refi_in import NotACodebook, Read, read
from betterstory.stories.exchange.saying import say_dropped, say_why_not
from betterstory.stories.exchange.taking import as_told
from betterstory.stories.exchange.zips import NotSafe
from betterstory.stories.models import Code, Coding, Piece, Use
from betterstory.stories.showing import Shown
from betterstory.stories.whose import Typing, asks_whose, compare, count_asked
from betterstory.ui.refusal import Refusal


def _anywhere(_request: Visit) -> Typing:
    """A codebook is of no neighbourhood, and leaves with every copy: no words of a story lie in it."""
    return Typing(None, may_tie=False)


either = require_http_methods(["GET", "HEAD", "POST"])


@either
@needs_part(*acting.STUDYING)
@asks_whose(_anywhere, fields=["name", "description"])
@once
def codebook(request: Visit) -> HttpResponse:
    """Every code, and a form for one more."""
    form = CodeForm(request.POST or None)
    if form.is_valid():
        try:
            verbs.add_code(by=request.somebody, at=request.at, **form.cleaned_data)
            return redirect("stories:codebook")
        except Refusal as refusal:
            form.add_error("name", refusal.sentence)
    return _codebook_page(request, form, CodebookFileForm())


@require_POST
@needs_part(*acting.STUDYING)
def bring(request: Visit) -> HttpResponseBase:
    """Read a codebook, and ask whose its words are. Outside `once`, which would undo what is counted."""
    form = CodebookFileForm(request.POST, request.FILES)
    if form.is_valid():
        try:
            found = read(form.cleaned_data["file"])
        except (NotACodebook, NotSafe) as why:
            form.add_error("file", say_why_not(why.code))
            return _codebook_page(request, CodeForm(), form)
        echo = compare(request, Typing(None, typed=words_of(found.codes)), ())
        if echo is None or form.cleaned_data["not_theirs"]:
            return _take_in(request, found, echo)
        count_asked(request)
        form.ask_whose()
    return _codebook_page(request, CodeForm(), form)


@once
def _take_in(request: Visit, found: Read, echo: echoes.Echo | None) -> HttpResponse:
    """Take in what was read, and say what of it was left out."""
    if echo is not None:
        echoes.say_not_theirs(echo.story, where="bring", by=request.somebody, at=request.at)
    came = verbs.take_in(found.codes, by=request.somebody, at=request.at)
    told = _("%(new)s new codes came in; %(known)s were here already.")
    messages.success(request, told % {"new": came.new, "known": came.known})
    if found.dropped:
        messages.warning(request, say_dropped(found.dropped))
    return redirect("stories:codebook")


def _codebook_page(request: Visit, form: CodeForm, file: CodebookFileForm) -> HttpResponse:
    codes = our_codes(Code.objects.order_by("name", "pk"))
    wrong = form.is_bound or file.is_bound
    context = {"codes": codes, "form": form, "file": file}
    return render(request, "stories/codebook.html", context, status=422 if wrong else 200)


@either
@signed_in
@once
def read_with_codes(request: Visit, key: UUID) -> HttpResponse:
    """The lines somebody may see, and what they and others read in them."""
    shown = _lines(request, key)
    names = {pk: (each.words or "")[:110] for pk, each in shown.items()}
    form = ReadInForm(request.POST or None, pieces=names)
    if form.is_valid():
        piece = shown[int(form.cleaned_data["piece"])].piece
        verbs.read_in(piece, code=form.cleaned_data["code"], by=request.somebody, at=request.at)
        return redirect("stories:read_with_codes", key=key)
    versions = {each.piece.version_id: each.piece.version for each in shown.values()}
    consenting.note_seen_each(versions.values(), use=Use.READ, on=request.on, person=request.somebody)
    version = next(iter(versions.values()))
    story = version.story
    marks: dict[int, list[Coding]] = {}
    for reading in Coding.objects.filter(piece__in=shown).select_related("code", "by"):
        marks.setdefault(reading.piece_id, []).append(reading)
    context = {
        "story": story,
        "rows": [(each, marks.get(pk, [])) for pk, each in shown.items()],
        "form": form if form.has_codes else None,
        "is_teller": acting.may_decide(request.somebody, story),
        "not_placed": sorted(reanchoring.not_placed(version, request.somebody).items()),
        "may_keep": acting.may_keep_codebook(request.somebody),
    }
    return render(request, "stories/read_with_codes.html", context, status=422 if form.is_bound else 200)


@require_POST
@signed_in
@once
def take_away(request: Visit, key: UUID, coding: int) -> HttpResponse:
    """Take a reading away."""
    readings = Coding.objects.select_related("piece__version__story")
    found = get_object_or_404(readings, pk=coding, piece__version__story__uuid=key)
    verbs.take_away(found, by=request.somebody)
    return redirect("stories:read_with_codes", key=key)


def _lines(request: Visit, key: UUID) -> dict[int, Shown]:
    """The pieces of the newest agreed version that this person may read or see quoted. Raises Http404."""
    pieces = Piece.objects.filter(version__story__uuid=key).exclude(version__agreed_at=None)
    told = list(
        pieces.select_related("version__story__teller").order_by("-version__number", "position", "pk")
    )
    shown: dict[int, Shown] = {}
    uses = (Use.READ, Use.QUOTE)
    for seen in showing.show_each_use(told, viewer=request.somebody, uses=uses, at=request.at).values():
        shown |= {pk: each for pk, each in seen.items() if each.is_shown and pk not in shown}
    if not shown:
        raise Http404
    newest = max(each.piece.version.number for each in shown.values())
    lines = [each for each in shown.values() if each.piece.version.number == newest]
    return {each.piece.pk: each for each in sorted(lines, key=as_told)}
