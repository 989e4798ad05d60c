"""The one question about showing a story: what may be seen and used, by whom, at this moment.

Nothing else in the house reads what a teller said yes to. Who may act on a story is asked in `acting`.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from functools import cache
from typing import Any, NamedTuple

from django.db.models import Exists, OuterRef, Q, QuerySet, Value
from django.utils.timezone import localtime

from betterstory.people.models import Body, Circle, Person, Role
from betterstory.stories.acting import TEAM, is_team, may_change, may_decide, may_open
from betterstory.stories.facts import StoryFacts, VersionFacts
from betterstory.stories.models import Audience, Consent, Form, Piece, Story, Told, Use, Version
from betterstory.stories.models.story import QUIETED
from betterstory.stories.viewers import (
    ANYONE,
    NEIGHBOURS,
    PARTNERS,
    Neighbours,
    Partnership,
    Public,
    Viewer,
    viewer_of,
)

__all__ = ["ANYONE", "NEIGHBOURS", "PARTNERS", "Neighbours", "Partnership", "Public", "Viewer", "viewer_of"]

LOOKING = (Use.READ, Use.PICTURE, Use.PREPARE)  # what whoever writes it down does; other uses need a yes
SECOND = timedelta(seconds=1)  # a yes ends at the midnight after its last day
FOR_WHOM = ("use", "audience", "circle", "circle__name", "circle__kind", "circle__ends_on")
USES = {each.value: each for each in Use}
AUDIENCES = {each.value: each for each in Audience}
MANY = 500  # versions asked about at once, from which on every yes that reaches is quicker to read
CAREFULLY = [Form.NO_NAME, Form.CHOSEN_NAME, Form.OWN_NAME]
PARTNERSHIP = (*TEAM, Role.PARTNER, Role.ANALYST)
type Question = tuple[Viewer, Sequence[Use]]  # for whom, for which of these uses


def may(viewer: Viewer, use: Use, piece: Piece | Version, at: datetime) -> bool:
    """Whether this piece, or a whole version, may be shown to this viewer for this use at this moment."""
    if isinstance(piece, Piece):
        return piece.pk in may_each(viewer, use, [piece], at)
    return may_whole(viewer, use, piece, at)


def may_whole(viewer: Viewer, use: Use, version: Version, at: datetime) -> bool:
    """Whether all of a version may be shown."""
    return version.pk in may_whole_each(viewer, use, [version], at)


def may_look_each(viewer: Viewer, versions: Iterable[Version], at: datetime) -> set[int]:
    """Of these versions, the ids of those that may be opened: to read, or to see the picture. One query."""
    return set(_forms_of_whole(viewer, LOOKING, versions, at))


def may_whole_each(
    viewer: Viewer, use: Use, versions: Iterable[Version | VersionFacts], at: datetime
) -> set[int]:
    """Of these versions, the ids of those that may be shown whole. One query where stories are loaded."""
    return set(_forms_of_whole(viewer, (use,), versions, at))


def form_of_whole(viewer: Viewer, use: Use, version: Version, at: datetime) -> Form | None:
    """Under which name all of a version may be shown; None where it may not. One query."""
    return _forms_of_whole(viewer, (use,), [version], at).get(version.pk)


def forms_of_whole_each(
    viewer: Viewer, use: Use, versions: Iterable[Version], at: datetime
) -> dict[int, Form]:
    """By version id, under which name those may be shown whole that may be. One query."""
    return _forms_of_whole(viewer, (use,), versions, at)


def may_each(viewer: Viewer, use: Use, pieces: Iterable[Piece], at: datetime) -> set[int]:
    """Of these pieces, the ids of those that may be shown. One query where stories are loaded."""
    return set(forms_of_each(viewer, use, pieces, at))


def open_pieces(
    viewer: Circle | Public, use: Use, pieces: Iterable[int], at: datetime
) -> QuerySet[Piece, Piece]:
    """What `may_each` answers, as one query that reads the stories too: for whoever asks over and over.

    pieces: their ids. Never asked of a person, since tellers need no yes to what is theirs.
    """
    whole_or_it = Q(piece=None) | Q(piece=OuterRef("pk"))
    given = _given(viewer, (use,), at).filter(whole_or_it, version=OuterRef("version"))
    not_quiet = {f"version__story__{when}": None for when in QUIETED}
    return Piece.objects.filter(Exists(given), pk__in=list(pieces), **not_quiet)


def may_all(viewer: Viewer, use: Use, pieces: Iterable[Piece], at: datetime) -> bool:
    """For something made of several pieces: whether every one of them may be shown. Of none: yes."""
    pieces = list(pieces)
    return len(may_each(viewer, use, pieces, at)) == len({piece.pk for piece in pieces})


def forms_of_each(viewer: Viewer, use: Use, pieces: Iterable[Piece], at: datetime) -> dict[int, Form]:
    """By piece id, under which name each of these may be shown; those that may not are left out.

    One query; fetch pieces with `select_related("version__story")`. Of several yeses the most careful holds.
    """
    return forms_of_each_use(viewer, (use,), pieces, at)[use]


def forms_of_each_use(
    viewer: Viewer, uses: Sequence[Use], pieces: Iterable[Piece], at: datetime
) -> dict[Use, dict[int, Form]]:
    """The same for several uses, each asked by itself: a yes to one is no yes to another. One query."""
    pieces = list(pieces)
    forms: dict[Use, dict[int, Form]] = {use: {} for use in uses}
    asked: dict[tuple[Use, int], list[Piece]] = {}
    for use in uses:
        for piece in pieces:
            story = piece.version.story
            if use != Use.COUNT and _is_teller(viewer, story):
                if not story.destroyed_at:
                    forms[use][piece.pk] = Form.CHOSEN_NAME
            elif not story.is_quiet:
                asked.setdefault((use, piece.version_id), []).append(piece)
    if asked:
        given = _given(viewer, uses, at).filter(version__in={version_id for _use, version_id in asked})
        rows = given.values_list("use", "version_id", "piece_id", "form").distinct()
        for said, version_id, piece_id, form in rows:
            use = Use(said)
            for piece in asked.get((use, version_id), ()):
                if piece_id in (None, piece.pk):  # a yes without a piece is for all of the version
                    forms[use][piece.pk] = _more_careful(Form(form), forms[use].get(piece.pk))
    return forms


@dataclass(frozen=True)
class Answer:
    """What one question came to: which versions may be shown whole, and which pieces by themselves."""

    whole: frozenset[int]
    pieces: frozenset[int]

    def holds(self, piece: Piece) -> bool:
        """Whether this piece, of one of the versions asked about, may be shown."""
        return piece.version_id in self.whole or piece.pk in self.pieces


def answers_to(questions: Sequence[Question], versions: Iterable[Version], at: datetime) -> list[Answer]:
    """Of these versions and their pieces, what may be shown: by question. One query for all the questions.

    It is for the page that asked, and kept no longer.
    """
    versions = list(versions)
    whole: list[set[int]] = []
    pieces: list[set[int]] = [set() for _question in questions]
    given: list[QuerySet[Consent, tuple[int, int, int | None]]] = []
    for number, (viewer, uses) in enumerate(questions):
        without, asked = _without_a_yes(viewer, uses, versions)
        whole.append(set(without))
        if asked:
            yeses = _given(viewer, uses, at).filter(version__in=asked).annotate(question=Value(number))
            given.append(yeses.values_list("question", "version_id", "piece_id"))
    if given:
        for number, version_id, piece_id in given[0].union(*given[1:]).order_by():
            if piece_id is None:
                whole[number].add(version_id)
            else:
                pieces[number].add(piece_id)
    return [Answer(frozenset(all_of), frozenset(some)) for all_of, some in zip(whole, pieces, strict=True)]


def _forms_of_whole(
    viewer: Viewer, uses: Sequence[Use], versions: Iterable[Version | VersionFacts], at: datetime
) -> dict[int, Form]:
    """By version id, under which name those may be shown that may be, for one of these uses."""
    forms, asked = _without_a_yes(viewer, uses, versions)
    if asked:
        given = _given(viewer, uses, at).filter(piece=None)
        if len(asked) < MANY:
            given = given.filter(version__in=asked)
        for version_id, form in given.values_list("version_id", "form").distinct():
            if version_id in asked:
                forms[version_id] = _more_careful(Form(form), forms.get(version_id))
    return forms


def _without_a_yes(
    viewer: Viewer, uses: Sequence[Use], versions: Iterable[Version | VersionFacts]
) -> tuple[dict[int, Form], set[int]]:
    """What needs no yes: a teller's own, and the page somebody writes; and of which a yes is looked for."""
    forms: dict[int, Form] = {}
    asked: set[int] = set()
    looks, shows = set(uses) <= set(LOOKING), Use.COUNT not in uses
    for version in versions:
        if shows and _is_teller(viewer, version.story):
            if not version.story.destroyed_at:
                forms[version.pk] = Form.CHOSEN_NAME
        elif not version.story.is_quiet:
            if looks and _writes_in(viewer, version):
                forms[version.pk] = Form.CHOSEN_NAME
            else:
                asked.add(version.pk)
    return forms, asked


def _more_careful(one: Form, other: Form | None) -> Form:
    return one if other is None else min(one, other, key=CAREFULLY.index)


def _writes_in(viewer: Viewer, version: Version | VersionFacts) -> bool:
    """Whoever writes it down for the teller sees the page they are writing."""
    return isinstance(viewer, Person) and not version.agreed_at and may_change(viewer, version.story)


def _is_teller(viewer: Viewer, story: Story | StoryFacts) -> bool:
    """A teller sees their own, unless their card may be in other hands."""
    return isinstance(viewer, Person) and viewer.pk in story.teller_ids and not story.held_at


def _given(viewer: Viewer, uses: Sequence[Use], at: datetime) -> QuerySet[Consent]:
    said = Consent.objects.filter(use__in=uses, ended_at=None, waits_for=None)
    # unordered, so that many yeses to the same thing are one row for whoever asks
    return said.filter(begins_at__lte=at, until__gt=at).filter(_reaches(viewer, at)).order_by()


def reached(viewer: Viewer, use: Use, at: datetime) -> QuerySet[Consent, int]:
    """Versions of which a yes reaches this viewer, whole or in part: where to look. It opens nothing;
    whoever looks there asks of each piece."""
    return _given(viewer, (use,), at).values_list("version_id", flat=True)


def _reaches(viewer: Viewer, at: datetime) -> Q:
    """Audiences that this viewer belongs to."""
    public = Q(audience=Audience.PUBLIC)
    if isinstance(viewer, Public):
        return public
    if isinstance(viewer, Partnership):
        return public | Q(audience=Audience.PARTNERSHIP) & (Q(use=Use.COUNT) | _names_all())
    neighbours = Q(audience=Audience.NEIGHBOURHOODS)
    if isinstance(viewer, Neighbours):
        return public | neighbours
    still_open = Q(circle__ends_on=None) | Q(circle__ends_on__gte=localtime(at).date())
    if isinstance(viewer, Circle):
        return public | Q(audience=Audience.CIRCLE, circle=viewer) & still_open
    reaches = public | Q(audience=Audience.CIRCLE, circle__in=viewer.circle_ids) & still_open
    if viewer.roles:
        reaches |= neighbours
    if viewer.plays(*PARTNERSHIP):
        reaches |= Q(audience=Audience.PARTNERSHIP) & _names(viewer)
    return reaches


def _names_all() -> Q:
    """Yeses for the partnership that name every body there is now: what is for all of them is for each.

    Counting is asked apart from this: nothing of a story is handed to anybody by it, and a body that joins
    would else stop every count of the others.
    """
    named = Consent.bodies.through.objects.filter(consent=OuterRef(OuterRef("pk")), body=OuterRef("pk"))
    return ~Q(Exists(Body.objects.filter(followed_by=None).exclude(Exists(named))))


def _names(person: Person) -> Q:
    """Yeses for the partnership that name a body this person holds a post in; or any, for the team here."""
    if is_team(person):  # a yes for the partnership always names them
        return Q()
    named = Consent.bodies.through.objects.filter(consent=OuterRef("pk"), body__posts__holder=person)
    return Q(Exists(named))


class Yes(NamedTuple):
    """So much of a yes as says which door it opens, for what, and until when."""

    use: Use
    audience: Audience
    circle: int | None
    called: str  # the circle, by its name; a teller's helpers by none
    last_day: date
    number: int  # of its version
    is_whole: bool = True
    is_open: bool = True
    opens_on: date | None = None  # where it begins later, and waits for nobody


def uses_open_to(viewer: Viewer, version: Version, at: datetime) -> set[Use]:
    """For which uses this viewer may have all of a version now. One query."""
    return {yes.use for yes in yeses_open_to(viewer, version, at)}


def yeses_open_to(viewer: Viewer, version: Version, at: datetime) -> list[Yes]:
    """By which yeses this viewer may have all of a version now: none that is for others alone. One query."""
    if version.story.is_quiet:
        return []
    given = _given(viewer, list(Use), at).filter(version=version, piece=None).values_list(*FOR_WHOM, "until")
    ends = cache(_last_day)  # many end on the same day
    return [Yes(*_for_whom(whom, ends(until)), version.number) for *whom, until in given]


def yeses_standing(teller: Person, story: Story, at: datetime) -> list[Yes]:
    """Every yes of a story that lets, or will let, somebody see some of it: for its teller. One query."""
    if not may_open(teller, story):
        return []
    said = Consent.objects.filter(version__story=story, ended_at=None, until__gt=at).exclude(use=Use.COUNT)
    told = said.values_list(*FOR_WHOM, "until", "version__number", "piece", "waits_for", "begins_at")
    yeses = []
    for *whom, until, number, piece, waits, begins in told.order_by():
        begun, waits = begins <= at, waits is not None
        yes = Yes(
            *_for_whom(whom, _last_day(until)),
            number,
            is_whole=piece is None,
            is_open=begun and not waits and not story.is_quiet,
            opens_on=None if begun or waits else localtime(begins).date(),
        )
        if yes.last_day >= localtime(at).date():  # else its circle ended before it
            yeses.append(yes)
    return yeses


def _last_day(until: datetime) -> date:
    return localtime(until - SECOND).date()


def _for_whom(row: Sequence[Any], last_day: date) -> tuple[Use, Audience, int | None, str, date]:
    use, audience, circle, name, kind, ends_on = row
    called = "" if kind == Circle.Kind.HELPERS else name or ""
    return USES[use], AUDIENCES[audience], circle, called, min(last_day, ends_on or last_day)


def may_hear(person: Person, told: Told, at: datetime) -> bool:
    """A recording or a photographed page: the teller, and whoever writes down what is not agreed yet.

    A voice and a hand tell who somebody is, so a yes to the words is no yes to them. To the voice there is a
    yes of its own; to the hand there is none.
    """
    version = told.version
    if told.kind == Told.Kind.SOUND and may_whole(person, Use.HEAR, version, at):
        return True
    if not may_whole(person, Use.READ, version, at):
        return False
    return may_decide(person, version.story) or (
        version.agreed_at is None and may_change(person, version.story)
    )


def may_stand_beside(person: Person, version: Version, at: datetime) -> bool:
    """Who may say how a step looked from where they stood: somebody its teller lets read it."""
    return not may_decide(person, version.story) and may_whole(person, Use.READ, version, at)
