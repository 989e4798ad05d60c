"""Pieces of a story, each shown where its teller said yes to it."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import datetime

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from betterstory.people.keys import Locked
from betterstory.stories import rules
from betterstory.stories.models import Form, Gap, GapShape, Piece, Shape, Step, Story, Use
from betterstory.stories.rules import Viewer
from betterstory.stories.sealing import GAP_SHAPE, NAME, SHAPE, WORDS, open_all

LOCKED = gettext_lazy("(Locked just now. Nothing is lost.)")


@dataclass(frozen=True)
class Shown:
    """A piece as this viewer may see it. `words` is None where the teller has not said yes."""

    piece: Piece
    words: str | None
    name: str | None
    form: Form | None = None  # under which name, where it was asked

    @property
    def is_shown(self) -> bool:
        return self.words is not None

    @property
    def leaves_a_mark(self) -> bool:
        """Where it is not shown, whether a line may say that something was here: the teller's choice."""
        return self.piece.version.story.leaves_a_mark


def show_each(pieces: Iterable[Piece], *, viewer: Viewer, use: Use, at: datetime) -> dict[int, Shown]:
    """Each piece by its id, with its words where the viewer may see them now.

    Fetch pieces with `select_related("version__story")`. Two queries at most, whatever their number.
    """
    return show_each_use(pieces, viewer=viewer, uses=(use,), at=at)[use]


def show_each_use(
    pieces: Iterable[Piece], *, viewer: Viewer, uses: Sequence[Use], at: datetime
) -> dict[Use, dict[int, Shown]]:
    """The same for several uses, each as its own yes lets it be seen. No more queries than for one."""
    pieces = list(pieces)
    asked = [use for use in uses if use != Use.HEAR]  # a yes to the voice is for the recording alone
    forms = rules.forms_of_each_use(viewer, asked, pieces, at)
    return {use: _shown(pieces, forms.get(use, {})) for use in uses}


def _shown(pieces: Sequence[Piece], forms: Mapping[int, Form]) -> dict[int, Shown]:
    """Each piece by its id, opened where there is a form for it."""
    seen = [piece for piece in pieces if piece.pk in forms]
    opened: dict[int, tuple[str | None, str | None]]
    try:
        words = open_all([(piece.words_sealed, WORDS, piece.uuid) for piece in seen])
        opened = {
            piece.pk: (line, name_under(forms[piece.pk], piece.version.story))
            for piece, line in zip(seen, words, strict=True)
        }
    except Locked:
        # a page that only quotes goes on without the site key, and says why the words are not there
        opened = {piece.pk: (str(LOCKED), None) for piece in seen}
    return {
        piece.pk: Shown(piece, *opened.get(piece.pk, (None, None)), forms.get(piece.pk)) for piece in pieces
    }


def name_under(form: Form, story: Story) -> str | None:
    """The name its teller said yes to; None where that was: no name."""
    match form:
        case Form.OWN_NAME:
            tellers = [teller.name for teller in (story.teller, story.second_teller) if teller]
            return _(" and ").join(tellers)
        case Form.CHOSEN_NAME:
            return open_all([(story.name_sealed, NAME, story.uuid)])[0]
    return None


def open_shapes_of(shown: Iterable[Shown]) -> None:
    """Put their shapes on the steps and gaps that are shown. Fetch pieces with `step` and `gap`."""
    pieces = [each.piece for each in shown if each.is_shown]
    steps = [piece.step for piece in pieces if piece.kind == Piece.Kind.STEP]
    open_shapes(steps, [piece.gap for piece in pieces if piece.kind == Piece.Kind.GAP])


def open_shapes(steps: Sequence[Step], gaps: Sequence[Gap], *, bare: bool = False) -> None:
    """Put the shapes of these on them; `bare` leaves the teller's own words and lengths of time shut.

    A yes to the picture alone is for the order of things: no dates, no lengths.
    """
    texts = open_all(
        [(step.shape_sealed, SHAPE, step.uuid) for step in steps]
        + [(gap.shape_sealed, GAP_SHAPE, gap.uuid) for gap in gaps]
    )
    for step, text in zip(steps, texts, strict=False):
        shape = Shape.from_text(text)
        step.shape = replace(shape, feeling_words="", helped="", after="") if bare else shape
    for gap, text in zip(gaps, texts[len(steps) :], strict=True):
        gap_shape = GapShape.from_text(text)
        gap.shape = replace(gap_shape, lasted="") if bare else gap_shape
