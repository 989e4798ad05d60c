"""How to check this list: the head, the newest entries, the file and the script, open to anybody."""

from dataclasses import dataclass
from datetime import date
from pathlib import Path

from django.http import FileResponse, HttpRequest, HttpResponse, HttpResponseBase, StreamingHttpResponse
from django.shortcuts import render
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import condition, require_safe

from betterstory.people.visit import Visit
from betterstory.promises import verify_ledger, written
from betterstory.promises.models import ENOUGH, Entry, HeadLetter, Keeper, Kind, Said
from betterstory.promises.rules import may_name_keepers
from betterstory.promises.verify_ledger import CannotCheck, Head, head_of, read_head

A_PAGE = 20
IN_WORDS = {
    Kind.ASKED: _("asked"),
    Kind.ANSWERED_YES: _("answered: yes"),
    Kind.ANSWERED_NO: _("answered: no, because"),
    Kind.ANSWERED_NOT_OURS: _("answered: not ours"),
    Kind.ANSWERED_LATER: _("an answer by a later day"),
    Kind.MADE: _("promised"),
    Kind.CONFIRMED: _("confirmed"),
    Kind.TAKEN_BACK: _("taken back in the days to confirm"),
    Kind.HELD: _("held until after an election"),
    Kind.HANDED_ON: _("handed on to another post"),
    Kind.WORDS_ASKED: _("asked for other words"),
    Kind.CHANGED: _("changed"),
    Kind.TIME_ASKED: _("asked for more time"),
    Kind.MADE_AGAIN: _("made again"),
    Kind.KEPT: _("said: kept"),
    Kind.PARTLY: _("said: in part"),
    Kind.NOT_KEPT: _("said: not kept"),
    Kind.RELEASED: _("let go"),
    Kind.REPLIED: _("replied"),
    Kind.TAKEN_BACK: _("taken back, as it cannot be promised so"),
    Kind.WORDS_ASKED: _("asked for other words"),
    Kind.ASKED_ALL: _("residents are asked how it turned out"),
    Kind.COUNTED: _("what residents said was counted"),
    Kind.OWN_VIEW: _("said how they see it themselves"),
    Kind.POINTED: _("pointed to something by which it can be seen"),
    Kind.STOOD: _("stood so when this list began"),
    Kind.ERASED: _("the words were taken out"),
}


@dataclass(frozen=True)
class Row:
    """An entry as somebody reads it."""

    seq: int
    day: date
    what: str
    about: str
    who: str
    words: str
    head: Head


@require_safe
def how_to_check(request: Visit) -> HttpResponse:
    """In plain words; with ?head= what the place itself says of a head on paper; ?before= older entries."""
    newest = _rows(request.GET.get("before", ""))
    typed = request.GET.get("head", "")
    letters = HeadLetter.objects.filter(sent_at__isnull=False).order_by("sent_at")
    last_sent = dict(letters.values_list("keeper", "sent_at"))
    keepers = [(each, last_sent.get(each.pk)) for each in Keeper.objects.now()]
    context = {
        "rows": newest[:A_PAGE],
        "earlier": newest[A_PAGE - 1].seq if len(newest) > A_PAGE else None,
        "head": newest[0].head if newest and not request.GET.get("before") else Entry.objects.head(),
        "typed": typed,
        "answer": _answer(typed) if typed else None,
        "keepers": keepers,
        "too_few": sum(day is not None for _each, day in keepers) < ENOUGH,
        "enough": ENOUGH,
        "may_name": request.person is not None and may_name_keepers(request.person),
    }
    return render(request, "promises/ledger.html", context)


def _newest(_request: HttpRequest) -> str:
    """Whoever has the list as far as this has all of it: taking words out adds an entry, too."""
    head = Entry.objects.head()
    return f'"{head.seq}-{head.letters}"' if head else '"0"'


@require_safe
@condition(etag_func=_newest)
def lines(_request: Visit) -> HttpResponseBase:
    """The whole list as JSON lines."""
    answer = StreamingHttpResponse(written.lines(), content_type="application/jsonl; charset=utf-8")
    answer["Content-Disposition"] = 'attachment; filename="ledger.jsonl"'
    return answer


@require_safe
def script(_request: Visit) -> HttpResponseBase:
    """The script that checks it, as it runs here."""
    file = Path(verify_ledger.__file__).open("rb")  # noqa: SIM115 - the answer closes it
    return FileResponse(file, as_attachment=True, filename="verify_ledger.py", content_type="text/x-python")


def _answer(typed: str) -> tuple[str, Head | str]:
    """What this place says of a head: right, wrong, not yet; or why it cannot be read."""
    try:
        head = read_head(typed)
    except CannotCheck as why:
        return "unread", str(why)
    found = Entry.objects.filter(seq=head.seq).values_list("seq", "hash").first()
    if found is None:
        return "not_there", head
    return ("right" if head_of(*found) == head else "wrong"), head


def _rows(before: str) -> list[Row]:
    """The newest entries, one more than a page, in two queries."""
    entries = Entry.objects.order_by("-seq")
    if before.isdecimal() and len(before) < 13:
        entries = entries.filter(seq__lt=int(before))
    found = list(entries[: A_PAGE + 1])
    told = {each.entry_id: each for each in Said.objects.filter(entry__in=found)}
    return [_row(entry, told.get(entry.seq)) for entry in found]


def _row(entry: Entry, said: Said | None) -> Row:
    words = said.words if said else {}
    return Row(
        seq=entry.seq,
        day=entry.day,
        what=str(IN_WORDS.get(Kind(entry.kind), entry.kind) if entry.kind in Kind else entry.kind),
        about=entry.about,
        who=words.get("by", ""),
        words=words.get("words", ""),
        head=head_of(entry.seq, entry.hash),
    )
