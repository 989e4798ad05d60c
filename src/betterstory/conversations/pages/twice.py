"""Piles that were typed in: what is to be typed a second time, what differs, and taking a pile out again."""

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_http_methods, require_POST

from betterstory.conversations import verbs
from betterstory.conversations.forms.paper import SettleForm, SheetRow
from betterstory.conversations.models import Pile, Statement, Typed
from betterstory.conversations.pages.finding import find_gathering
from betterstory.conversations.quiet import as_read_on_paper
from betterstory.people.codes import NotACode
from betterstory.people.models import Role
from betterstory.people.visit import Visit, needs_part, once
from betterstory.ui.refusal import Refusal

TYPED = Typed.objects.select_related(
    "pile__gathering__round__neighbourhood", "pile__gathering__circle", "sheet", "voice"
)


@needs_part(Role.ORGANISER, Role.STEWARD)
def piles(request: Visit, pk: int) -> HttpResponse:
    """Every pile, who typed it and when; what waits for a second look, and what was read in two ways."""
    found = find_gathering(pk)
    typed = Typed.objects.filter(pile__gathering=found).select_related("pile", "sheet")
    told = {
        "gathering": found,
        "piles": found.piles.select_related("typed_by", "undone_by").prefetch_related("cards"),
        "differing": typed.differing(),
        "waiting": typed.waiting(),
        "checked": typed.live().exclude(again_at=None).count(),
    }
    return render(request, "conversations/piles.html", told)


@require_POST
@needs_part(Role.ORGANISER, Role.STEWARD)
@once
def undo(request: Visit, pk: int) -> HttpResponse:
    """Take a pile out again."""
    pile = get_object_or_404(Pile.objects.select_related("gathering"), pk=pk)
    verbs.undo(pile, by=request.somebody, at=request.at)
    messages.success(
        request, _("Pile %(number)s is out again. It counts as never typed.") % {"number": pile.number}
    )
    return redirect("conversations:piles", pk=pile.gathering_id)


@require_http_methods(["GET", "HEAD", "POST"])
@needs_part(Role.ORGANISER, Role.STEWARD)
@once
def again(request: Visit, pk: int) -> HttpResponse:
    """Type one card a second time, without seeing what was typed first."""
    typed = get_object_or_404(TYPED, pk=pk)
    on_sheet = typed.sheet.statements if typed.sheet else typed.pile.gathering.statements
    asked = Statement.objects.asked().filter(pk__in=on_sheet.values("pk")).order_by("number")
    lines = as_read_on_paper(asked, gathering=typed.pile.gathering, reader=request.somebody, at=request.at)
    row = SheetRow(request.POST if request.method == "POST" else None, statements=lines)
    code = row.fields["code"]
    code.required = True
    code.widget.attrs.pop("aria-label", None)  # here it has a label that is seen
    if row.is_bound and row.is_valid():
        try:
            same = verbs.type_again(
                typed,
                code=row.cleaned_data["code"],
                answers=row.answers,
                by=request.somebody,
                at=request.at,
            )
        except NotACode as problem:
            row.add_error("code", problem.hint)
        except Refusal as refusal:
            row.add_error("code", refusal.sentence)
        else:
            if not same:
                return redirect("conversations:settle", pk=pk)
            messages.success(request, _("Both readings are the same."))
            return redirect("conversations:piles", pk=typed.pile.gathering_id)
    told = {
        "typed": typed,
        "gathering": typed.pile.gathering,
        "row": row,
        "lines": row.lines,
    }
    return render(request, "conversations/type_again.html", told, status=422 if row.is_bound else 200)


@require_http_methods(["GET", "HEAD", "POST"])
@needs_part(Role.ORGANISER, Role.STEWARD)
@once
def settle(request: Visit, pk: int) -> HttpResponse:
    """Both readings beside each other: somebody looks at the paper and says which is right."""
    typed = get_object_or_404(TYPED, pk=pk)
    lines = [line for line in typed.lines.select_related("statement") if line.differs]
    statements = Statement.objects.filter(pk__in=[line.statement_id for line in lines])
    read = as_read_on_paper(
        statements, gathering=typed.pile.gathering, reader=request.somebody, at=request.at
    )
    said = {each.pk: each.said for each in read}
    if typed.again_at is None or typed.settled_at is not None:
        return redirect("conversations:piles", pk=typed.pile.gathering_id)
    form = SettleForm(request.POST or None, lines=lines, said=said)
    if form.is_valid():
        more = verbs.settle(typed, stands=form.stands, by=request.somebody, at=request.at)
        messages.success(request, _settled(more))
        return redirect("conversations:piles", pk=typed.pile.gathering_id)
    told = {"typed": typed, "gathering": typed.pile.gathering, "form": form}
    return render(request, "conversations/settle.html", told, status=422 if form.is_bound else 200)


def _settled(more: int) -> str:
    if not more:
        return _("That is put right.")
    said = ngettext(
        "That is put right. Where there was one slip there may be more: one more card of that pile is to be "
        "typed twice.",
        "That is put right. Where there was one slip there may be more: the other %(many)s cards of that "
        "pile are to be typed twice.",
        more,
    )
    return said % {"many": more}
