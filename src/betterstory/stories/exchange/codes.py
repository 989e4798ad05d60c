"""The codes of every copy: what tellers mark themselves, and the place's own codebook beside it."""

from collections.abc import Iterable, Iterator
from uuid import UUID

from django.utils.translation import gettext as _

from betterstory.people.models import Ring
from betterstory.stories.exchange.project import Code, lasting_id, paths
from betterstory.stories.models import Code as OurCode
from betterstory.stories.models import Gap, Moment, Piece, Step, Wish

WAITS, WARM, PLAIN = "#D55E00", "#E69F00", "#0072B2"  # the picture's own colours


def feeling_words() -> dict[int, str]:
    return {2: _("good"), 1: _("all right"), 0: _("getting by"), -1: _("hard"), -2: _("very hard")}


def guid(*parts: object) -> UUID:
    """The id of one of the tellers' own marks: the same in every place."""
    return lasting_id("code", *parts)


def tellers_codes() -> tuple[Code, ...]:
    """What a teller says of a step, a gap or a wish, as codes under five headings."""
    moments = [
        Code(guid("moment", each.value), str(each.label), colour=WARM if each == Moment.KINDNESS else PLAIN)
        for each in Moment
    ]
    gaps = [Code(guid("gap", each.value), str(each.label), colour=WAITS) for each in Gap.GapKind]
    wishes = [Code(guid("wish", each.value), str(each.label), colour=WARM) for each in Wish.WishKind]
    rings = [Code(guid("ring", each.value), str(each.label)) for each in Ring]
    feelings = [Code(guid("feeling", level), words) for level, words in feeling_words().items()]
    return (
        _heading("moments", _("what kind of moment"), _("As the teller says of each step."), moments),
        _heading("gaps", _("gaps"), _("Holes between steps, as the teller names them."), gaps),
        _heading("wishes", _("wishes"), _("What the teller wishes for, can give, hopes for."), wishes),
        _heading("rings", _("who was there"), _("For a gap: who should have been."), rings),
        _heading("feelings", _("how it felt"), _("In the teller’s judgement."), feelings),
    )


def _heading(name: str, words: str, description: str, parts: Iterable[Code]) -> Code:
    return Code(guid(name), words, description, is_codable=False, parts=tuple(parts))


def marks_of(piece: Piece) -> Iterator[UUID]:
    """The teller's own marks on one piece. Fetch with `select_related("step", "gap", "wish")`."""
    match piece.kind:
        case Piece.Kind.STEP:
            yield from _marks_of_step(piece.step)
        case Piece.Kind.GAP:
            yield guid("gap", piece.gap.gap_kind)
            yield guid("ring", piece.gap.ring)
        case Piece.Kind.WISH:
            yield guid("wish", piece.wish.wish_kind)


def _marks_of_step(step: Step) -> Iterator[UUID]:
    yield guid("moment", step.moment)
    for ring in step.rings:
        yield guid("ring", ring)
    if step.feeling is not None:
        yield guid("feeling", step.feeling)


def our_codes(rows: Iterable[OurCode]) -> tuple[Code, ...]:
    """The place's codebook as a tree."""
    below: dict[int | None, list[OurCode]] = {}
    for row in rows:
        below.setdefault(row.under_id, []).append(row)

    def under(above: int | None) -> tuple[Code, ...]:
        return tuple(
            Code(each.uuid, each.name, each.description, each.colour, each.is_codable, under(each.pk))
            for each in below.get(above, [])
        )

    return under(None)


def words_of(codes: Iterable[Code]) -> list[str]:
    """Every name and description, however deep."""
    return [words for _path, code in paths(codes) for words in (code.name, code.description)]
