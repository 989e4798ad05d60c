"""What may leave of the stories here, for one audience, as a project that every format can write.

Everything is asked through `showing` for the audience the copy is made for, whoever takes it: what their
teller has not said yes to, for that use and those people, is not in it, and leaves no mark in it.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime

from django.utils.translation import gettext as _

from betterstory.stories import showing
from betterstory.stories.exchange.codes import marks_of, our_codes, tellers_codes
from betterstory.stories.exchange.placing import one_line, place, tidy
from betterstory.stories.exchange.project import Coding, Document, Project, Reader, Selection, lasting_id
from betterstory.stories.models import Code, Piece, Use, Version
from betterstory.stories.models import Coding as Reading
from betterstory.stories.rules import Public, Viewer
from betterstory.stories.showing import Shown, ShownText

TELLER, OTHERS = lasting_id("reader", "teller"), lasting_id("reader", "others")
KINDS = {Piece.Kind.STEP: 0, Piece.Kind.GAP: 1, Piece.Kind.WISH: 2}


@dataclass(frozen=True)
class Leaving:
    """What may leave of one story: its whole text, where all of it may, and its pieces."""

    version: Version
    text: ShownText | None
    pieces: tuple[Shown, ...]
    readings: tuple[Reading, ...] = ()


def what_may_leave(audience: Viewer, *, at: datetime, use: Use = Use.REPORT) -> list[Leaving]:
    """Of each story, the newest agreed version that this audience may have anything of. Five queries."""
    pieces = list(
        Piece.objects.exclude(version__agreed_at=None)
        .filter(version__story__destroyed_at=None)
        .select_related("version__story__teller", "step", "gap", "wish")
    )
    versions = {
        version.pk: version
        for version in Version.objects.exclude(agreed_at=None).select_related("story__teller")
    }
    texts = showing.show_texts(versions.values(), viewer=audience, use=use, at=at)
    shown = showing.show_each(pieces, viewer=audience, use=use, at=at)
    showing.open_shapes_of(shown.values())
    by_version: dict[int, list[Shown]] = {}
    for each in shown.values():
        if each.is_shown:
            by_version.setdefault(each.piece.version_id, []).append(each)
    newest: dict[int, Version] = {}
    for pk in {*texts, *by_version}:
        version = versions[pk]
        known = newest.get(version.story_id)
        if known is None or known.number < version.number:
            newest[version.story_id] = version
    readings = _readings(by_version[each.pk] for each in newest.values() if each.pk in by_version)
    return [
        Leaving(
            version,
            texts.get(version.pk),
            tuple(sorted(by_version.get(version.pk, []), key=as_told)),
            tuple(readings.get(version.pk, [])),
        )
        for version in sorted(newest.values(), key=lambda each: each.story_id)
    ]


def as_told(shown: Shown) -> tuple[int, int, int, int]:
    piece = shown.piece
    wish = piece.kind == Piece.Kind.WISH
    return (wish, piece.position, KINDS[Piece.Kind(piece.kind)], piece.pk)


def _readings(told: Iterable[list[Shown]]) -> dict[int, list[Reading]]:
    pieces = {each.piece.pk: each.piece.version_id for shown in told for each in shown}
    found: dict[int, list[Reading]] = {}
    for reading in Reading.objects.filter(piece__in=pieces).select_related("code"):
        found.setdefault(pieces[reading.piece_id], []).append(reading)
    return found


def as_project(leaving: list[Leaving], *, audience: Viewer, number: str, at: datetime) -> Project:
    """The same as one project. Ids last from copy to copy for one audience, and differ for another."""
    whom = f"{type(audience).__name__}:{getattr(audience, 'pk', '')}"
    return Project(
        guid=lasting_id("project", number),
        name=_("Stories, copy %(number)s") % {"number": number},
        about=about(number, audience),
        made_at=at,
        readers=(Reader(TELLER, _("the teller")), Reader(OTHERS, _("a reader"))),
        codes=(*tellers_codes(), *our_codes(Code.objects.order_by("name", "pk"))),
        documents=tuple(_document(each, whom, row) for row, each in enumerate(leaving, start=1)),
    )


def about(number: str, audience: Viewer) -> str:
    """What stands at the front of every copy."""
    whom = (
        _("anyone") if isinstance(audience, Public) else str(getattr(audience, "name", _("the partnership")))
    )
    return _(
        "Copy %(number)s, made for %(whom)s. Each story belongs to its teller, who can take it back. "
        "Then we write to whoever took this copy: destroy it, and ask for a new one."
    ) % {"number": number, "whom": whom}


def _document(leaving: Leaving, whom: str, row: int) -> Document:
    """One story, its pieces placed in its text. Without its text it is called by a number alone."""
    version, text = leaving.version, leaving.text
    words = [one_line(each.words or "") for each in leaving.pieces]
    pieces = [each for each, line in zip(leaving.pieces, words, strict=True) if line]
    placed = place(
        text.text if text else "",
        [line for line in words if line],
        heading=_("What happened, and what I wish for, piece by piece"),
    )
    name = one_line(text.title) if text else _("Story %(row)s, in part") % {"row": row}
    teller = text.name if text else next((each.name for each in pieces if each.name), None)
    return Document(
        guid=lasting_id("document", whom, version.uuid),
        name=name or _("Story %(row)s") % {"row": row},
        text=placed.text,
        about=tidy(_("Told by %(name)s.") % {"name": teller}) if teller else "",
        selections=tuple(
            _selection(each, leaving, whom, start, end)
            for each, (start, end) in zip(pieces, placed.places, strict=True)
        ),
    )


def _selection(shown: Shown, leaving: Leaving, whom: str, start: int, end: int) -> Selection:
    piece = shown.piece
    own = [Coding(lasting_id("coding", whom, piece.uuid, code), code, TELLER) for code in marks_of(piece)]
    read = dict.fromkeys(each.code.uuid for each in leaving.readings if each.piece_id == piece.pk)
    others = [Coding(lasting_id("reading", whom, piece.uuid, code), code, OTHERS) for code in read]
    return Selection(lasting_id("piece", whom, piece.uuid), start, end, (*own, *others))
