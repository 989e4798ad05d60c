"""The one question about showing a story, and who may do what with one.

Nothing else in the house reads what a teller said yes to.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime

from django.db.models import Q, QuerySet
from django.utils.timezone import localtime
from rules import predicate

from betterstory.people.models import Circle, Person, Role
from betterstory.stories.models import Audience, Consent, Form, Piece, Story, Use, Version

LOOKING = (Use.READ, Use.PICTURE)  # what whoever writes it down does; every other use needs a yes
PARTNERSHIP = (Role.ORGANISER, Role.PARTNER, Role.ANALYST, Role.STEWARD)


@dataclass(frozen=True)
class Public:
    """Anyone at all."""


@dataclass(frozen=True)
class Partnership:
    """Whoever plays a part in the partnership, whichever of them looks."""


ANYONE = Public()
PARTNERS = Partnership()
type Viewer = Person | Circle | Public | Partnership


def viewer_of(person: Person | None) -> Viewer:
    """Who is looking: a person who came in, or anyone."""
    return person if person is not None else ANYONE


def may(viewer: Viewer, use: Use, piece: Piece | Version, at: datetime) -> bool:
    """Whether this piece, or a whole version, may be shown to this viewer for this use at this moment."""
    if isinstance(piece, Piece):
        return piece.pk in may_each(viewer, use, [piece], at)
    return may_whole(viewer, use, piece, at)


def may_whole(viewer: Viewer, use: Use, version: Version, at: datetime) -> bool:
    """Whether all of a version may be shown."""
    return version.pk in may_whole_each(viewer, use, [version], at)


def may_whole_each(viewer: Viewer, use: Use, versions: Iterable[Version], at: datetime) -> set[int]:
    """Of these versions, the ids of those that may be shown whole. One query where stories are loaded."""
    allowed: set[int] = set()
    asked: set[int] = set()
    for version in versions:
        if use != Use.COUNT and _is_teller(viewer, version.story):
            if not version.story.destroyed_at:
                allowed.add(version.pk)
        elif not version.story.is_quiet:
            # whoever writes it down for the teller sees the page they are writing
            if use in LOOKING and may_change_or_is(viewer, version):
                allowed.add(version.pk)
            else:
                asked.add(version.pk)
    if asked:
        given = _given(viewer, use, at).filter(version__in=asked, piece=None)
        allowed.update(given.values_list("version_id", flat=True))
    return allowed


def may_each(viewer: Viewer, use: Use, pieces: Iterable[Piece], at: datetime) -> set[int]:
    """Of these pieces, the ids of those that may be shown. One query, plus one where stories are not loaded.

    Fetch pieces with `select_related("version__story")`.
    """
    pieces = list(pieces)
    own = {
        piece.pk
        for piece in pieces
        if use != Use.COUNT
        and _is_teller(viewer, piece.version.story)
        and not piece.version.story.destroyed_at
    }
    asked = [piece for piece in pieces if piece.pk not in own and not piece.version.story.is_quiet]
    if not asked:
        return own
    whole: int | None = None  # a yes without a piece is for all of the version
    given: set[tuple[int, int | None]] = set(
        _given(viewer, use, at)
        .filter(version__in={piece.version_id for piece in asked})
        .values_list("version_id", "piece_id")
    )
    return own | {
        piece.pk
        for piece in asked
        if (piece.version_id, whole) in given or (piece.version_id, piece.pk) in given
    }


def may_all(viewer: Viewer, use: Use, pieces: Iterable[Piece], at: datetime) -> bool:
    """For something made of several pieces: whether every one of them may be shown. Of none: yes."""
    pieces = list(pieces)
    return len(may_each(viewer, use, pieces, at)) == len({piece.pk for piece in pieces})


def form_each(viewer: Viewer, use: Use, shown: Iterable[Piece | Version], at: datetime) -> dict[int, Form]:
    """By story id, under which name these may be shown: the most careful of the forms said yes to."""
    careful = [Form.NO_NAME, Form.CHOSEN_NAME, Form.OWN_NAME]
    versions = {each.version if isinstance(each, Piece) else each for each in shown}
    forms = {version.story_id: Form.CHOSEN_NAME for version in versions if may_change_or_is(viewer, version)}
    asked = [version.pk for version in versions if version.story_id not in forms]
    if asked:
        given = _given(viewer, use, at).filter(version__in=asked).values_list("version__story_id", "form")
        for story_id, form in given:
            forms[story_id] = min(Form(form), forms.get(story_id, Form.OWN_NAME), key=careful.index)
    return forms


def may_change_or_is(viewer: Viewer, version: Version) -> bool:
    """The teller, and whoever writes the open page with them, know the name in it."""
    if not isinstance(viewer, Person):
        return False
    return _is_teller(viewer, version.story) or (not version.agreed_at and may_change(viewer, version.story))


def _is_teller(viewer: Viewer, story: Story) -> bool:
    return isinstance(viewer, Person) and viewer.pk == story.teller_id


def _given(viewer: Viewer, use: Use, at: datetime) -> QuerySet[Consent]:
    holds = Consent.objects.filter(use=use, ended_at=None, begins_at__lte=at, until__gt=at)
    return holds.filter(_reaches(viewer, at))


def _reaches(viewer: Viewer, at: datetime) -> Q:
    """Audiences that this viewer belongs to."""
    public = Q(audience=Audience.PUBLIC)
    if isinstance(viewer, Public):
        return public
    if isinstance(viewer, Partnership):
        return public | Q(audience=Audience.PARTNERSHIP)
    still_open = Q(circle__ends_on=None) | Q(circle__ends_on__gte=localtime(at).date())
    if isinstance(viewer, Circle):
        return public | Q(audience=Audience.CIRCLE, circle=viewer) & still_open
    reaches = public | Q(audience=Audience.CIRCLE, circle__in=viewer.circle_ids) & still_open
    if viewer.plays(*PARTNERSHIP):
        reaches |= Q(audience=Audience.PARTNERSHIP)
    return reaches


@predicate
def may_change(person: Person, story: Story) -> bool:
    """The teller, or somebody the teller has writing for them."""
    if person.pk == story.teller_id:
        return True
    return story.helpers_id in person.circle_ids if story.helpers_id else False


@predicate
def may_write_for(person: Person, teller: Person) -> bool:
    """The teller; or an organiser or steward, who lets in whoever they write for."""
    return person.pk == teller.pk or person.plays(Role.ORGANISER, Role.STEWARD)


@predicate
def may_decide(person: Person, story: Story) -> bool:
    """The teller alone says yes, and takes it back."""
    return person.pk == story.teller_id


@predicate
def may_pause_for(person: Person, teller: Person) -> bool:
    """The teller; or any of the team, after a call on a bad day."""
    return person.pk == teller.pk or person.plays(Role.ORGANISER, Role.STEWARD)
