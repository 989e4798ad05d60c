"""What the big screen can show, one thing at a time, in its order. A screen asks as the circle of its room.

A piece that its teller took back is no slide any more: where it stood comes the next one.
"""

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import datetime
from functools import cached_property

from django.utils.translation import gettext as _

from betterstory.conversations.models import Gathering, RunSheet, Statement, Turn
from betterstory.conversations.quiet import statements_for
from betterstory.conversations.slide import Slide
from betterstory.conversations.slides_beneath import go_beneath
from betterstory.stories.models import Form, Piece, Story, Use
from betterstory.stories.rules import form_of_whole
from betterstory.stories.showing import Shown, name_under, show_each


@dataclass
class Slides:
    """The slides of each turn, laid when they are asked for, and where the room is among them."""

    gathering: Gathering
    sheet: RunSheet
    at: datetime
    turns: Sequence[Turn]
    _laid: dict[int, list[Slide]] = field(default_factory=dict)

    def of(self, turn: Turn) -> list[Slide]:
        """What of this turn the room may see now; nothing where its teller took all of it back."""
        if turn.pk not in self._laid:
            self._laid[turn.pk] = self._lay(turn)
        return self._laid[turn.pk]

    def _lay(self, turn: Turn) -> list[Slide]:
        if turn.kind == Turn.Kind.STATEMENTS:
            return _statement_slides(turn, statements_for(self.gathering, self.sheet, at=self.at))
        if turn.kind == Turn.Kind.STORY:
            heard = _heard(self.gathering, self.sheet, self.at)
            return _story_slides(turn, heard, has_story=self.sheet.story is not None)
        title = Slide(turn, 0, turn.words or _title(turn, self.gathering), _below(turn))
        if turn.kind == Turn.Kind.ICEBERG:
            return [title, *go_beneath(turn, self.gathering, self.sheet, at=self.at)]
        return [title]

    @cached_property
    def now(self) -> Slide | None:
        """The slide the screen stands on; where that one is gone, the next there is; else the last."""
        at = self.sheet.turn
        wanted = (at.number, self.sheet.step) if at is not None else (0, 0)
        here = [turn for turn in self.turns if turn.number >= wanted[0]]
        after = (slide for turn in here for slide in self.of(turn) if slide.place >= wanted)
        return next(after, None) or self._last_before(len(self.turns))

    @property
    def next(self) -> Slide | None:
        if self.now is None:
            return None
        later = (turn for turn in self.turns if turn.number >= self.now.turn.number)
        return next((each for turn in later for each in self.of(turn) if each.place > self.now.place), None)

    @property
    def back(self) -> Slide | None:
        if self.now is None:
            return None
        before = [each for each in self.of(self.now.turn) if each.place < self.now.place]
        return before[-1] if before else self._last_before(self.nth - 1)

    def _last_before(self, place: int) -> Slide | None:
        return next((self.of(turn)[-1] for turn in reversed(self.turns[:place]) if self.of(turn)), None)

    @property
    def nth(self) -> int:
        """Which turn this is, counted from one."""
        return 1 + [turn.pk for turn in self.turns].index(self.now.turn.pk) if self.now else 0

    @property
    def may_go_back(self) -> bool:
        return self.now is not None and (self.nth > 1 or self.now.place > self.of(self.now.turn)[0].place)

    @property
    def may_go_on(self) -> bool:
        """There is more of this turn, or another turn; that one may have nothing to show any more."""
        return self.now is not None and (
            self.nth < len(self.turns) or self.now.place < self.of(self.now.turn)[-1].place
        )

    @property
    def began_at(self) -> datetime | None:
        """When the turn on the screen began; one that another gave way to has all its time before it."""
        now = self.now
        return self.sheet.turn_began_at if now is not None and now.turn.pk == self.sheet.turn_id else None


def lay_slides(gathering: Gathering, sheet: RunSheet, *, at: datetime) -> Slides:
    """Every slide as the room may see it at this moment."""
    return Slides(gathering, sheet, at, list(gathering.turns.all()))


@dataclass(frozen=True)
class _Heard:
    """What of the story the room may see, and whether it may be read to it."""

    pieces: Sequence[tuple[int, Shown]] = ()
    aloud: bool = False
    name: str | None = None


def _heard(gathering: Gathering, sheet: RunSheet, at: datetime) -> _Heard:
    """Nothing where its teller has not approved this sheet as it stands, or stopped it here."""
    if sheet.story is None or sheet.stopped_at or not sheet.is_approved:
        return _Heard()
    pieces = agreed_pieces(sheet.story)
    if not pieces:
        return _Heard()
    shown = show_each(pieces, viewer=gathering.circle, use=Use.IN_ROOM, at=at)
    form = form_of_whole(gathering.circle, Use.READ_ALOUD, pieces[0].version, at)
    seen = [
        (number, shown[piece.pk]) for number, piece in enumerate(pieces, start=1) if shown[piece.pk].is_shown
    ]
    return _Heard(seen, form is not None, _name(seen, form, pieces[0].version.story))


def _name(seen: Sequence[tuple[int, Shown]], form: Form | None, story: Story) -> str | None:
    """The most careful of the names its teller said yes to here."""
    names = {shown.name for _number, shown in seen}
    if form is not None:
        names.add(name_under(form, story))
    return names.pop() if len(names) == 1 else None


def agreed_pieces(story: Story) -> list[Piece]:
    """The pieces of its newest agreed version as they are told: each step, its gaps, then wishes."""
    agreed = Piece.objects.filter(version__story=story).exclude(version__agreed_at=None)
    pieces = list(agreed.select_related("version__story").order_by("-version__number", "position", "pk"))
    newest = [piece for piece in pieces if piece.version_id == pieces[0].version_id]
    return sorted(newest, key=lambda piece: (piece.kind == Piece.Kind.WISH, piece.position, piece.pk))


def _story_slides(turn: Turn, heard: _Heard, *, has_story: bool) -> list[Slide]:
    if not has_story:
        words = turn.words or _("Somebody tells their story")
        return [Slide(turn, 0, words, (_("We listen. Nobody asks, and nobody mends."), *_first(turn)))]
    if not heard.aloud and not heard.pieces:
        return []
    named = _("%(name)s’s story") % {"name": heard.name} if heard.name else _("A story")
    whose = _("Heard with %(name)s’s yes") if heard.name else _("Heard with its teller’s yes")
    with_yes = whose % {"name": heard.name}
    begins = Slide(turn, 0, turn.words or named, (with_yes, _("We listen. Nobody asks, and nobody mends.")))
    return [
        begins,
        *(
            Slide(turn, number, f"“{shown.words}”", (with_yes,), shown=shown, said=True)
            for number, shown in heard.pieces
        ),
    ]


def _statement_slides(turn: Turn, asked: Sequence[Statement]) -> list[Slide]:
    if not asked:
        return [Slide(turn, 0, turn.words or _("What do you think?"), (_("No sentence is here yet."),))]
    from_story = (_("From a story, with its teller’s yes"),)
    return [
        Slide(turn, each.number, each.words, from_story if each.from_piece else (), statement=each)
        for each in asked
    ]


def _title(turn: Turn, gathering: Gathering) -> str:
    """What a turn says where no words of its own were written."""
    kinds = Turn.Kind
    return {
        kinds.CHECK_IN: gathering.check_in or _("How are you tonight, in one word?"),
        kinds.AGREEMENTS: _("What do we need from each other tonight?"),
        kinds.MASK: _("What did I once believe that I no longer believe?"),
        kinds.TABLES: _("Talk at your table"),
        kinds.ROUND: _("Everybody speaks once"),
        kinds.ICEBERG: _("What lies beneath"),
        kinds.BREAK: _("Tea"),
        kinds.PROMISES: _("Who promises what, to whom, by when?"),
        kinds.NEXT: _("What comes next"),
    }[Turn.Kind(turn.kind)]


def _below(turn: Turn) -> tuple[str, ...]:
    """What stands under it, in the order it is read."""
    kinds = Turn.Kind
    says = {
        kinds.CHECK_IN: _("Everybody speaks once, and nobody has to."),
        kinds.MASK: _("Say it of yourself: I. Nobody answers."),
        kinds.TABLES: _("Three or four at a table, half of us from here. One stays and tells the next."),
        kinds.ROUND: _("Once round. You can pass."),
        kinds.ICEBERG: _("We begin with what happened and go down, one level at a time."),
        kinds.PROMISES: _("Whoever promises something says now what they speak for."),
    }
    said = says.get(Turn.Kind(turn.kind))
    return (*_first(turn), *((said,) if said else ()))


def _first(turn: Turn) -> tuple[str, ...]:
    return (_("People from services speak first."),) if turn.services_first else ()
