"""One version of a story, shown whole: its steps, gaps and wishes in their order."""

from dataclasses import dataclass
from datetime import datetime

from betterstory.stories import how_long, rules
from betterstory.stories.how_long import HowLong
from betterstory.stories.models import Gap, Piece, Step, Story, Use, Version
from betterstory.stories.rules import Viewer
from betterstory.stories.sealing import TEXT, TITLE, WHEN, WORDS, open_all
from betterstory.stories.showing.pieces import Shown, name_under, open_shapes

PICTURE_ALONE = (Use.PICTURE, Use.PREPARE)  # the steps and how they felt, and no word around them


@dataclass(frozen=True)
class ShownStep:
    """A step with its words."""

    step: Step
    words: str
    when: str

    @property
    def feeling_words(self) -> str:
        return self.step.opened.feeling_words

    @property
    def helped(self) -> str:
        return self.step.opened.helped

    @property
    def after(self) -> HowLong | None:
        return how_long.read(self.step.opened.after)


@dataclass(frozen=True)
class ShownStory:
    """A whole version, opened for a viewer who may see it for this use."""

    story: Story
    version: Version
    title: str
    name: str | None
    text: str
    steps: tuple[ShownStep, ...]
    gaps: tuple[tuple[Gap, str], ...]
    wishes: tuple[Shown, ...]
    viewer: Viewer  # who asked, and for what
    use: Use

    @property
    def pieces(self) -> list[Piece]:
        """Everything of it that can be shown by itself."""
        steps = [told.step for told in self.steps]
        return [*steps, *(gap for gap, _words in self.gaps), *(told.piece for told in self.wishes)]

    @property
    def said_more(self) -> list[ShownStep]:
        """Steps of which the teller said more: how much they counted, their own word, what helped."""
        return [told for told in self.steps if told.feeling_words or told.helped or told.step.size]

    @property
    def bits(self) -> list[Shown]:
        """The same, each with its words."""
        told = [Shown(each.step, each.words, self.name) for each in self.steps]
        return [*told, *(Shown(gap, words, self.name) for gap, words in self.gaps), *self.wishes]

    @property
    def paragraphs(self) -> list[str]:
        return [part.strip() for part in self.text.replace("\r\n", "\n").split("\n\n") if part.strip()]


def show_whole(version: Version, *, viewer: Viewer, use: Use, at: datetime) -> ShownStory | None:
    """All of a version, or None where the viewer may not see it for this use."""
    form = rules.form_of_whole(viewer, use, version, at)
    if form is None or use == Use.HEAR:
        return None  # a yes to the voice is for the recording alone
    story = version.story
    name = name_under(form, story)
    title, text = open_all(
        [
            (story.title_sealed, TITLE, story.uuid),
            (version.text_sealed, TEXT, version.uuid),
        ]
    )
    if use in PICTURE_ALONE:
        text = ""  # a yes to the picture is no yes to the words and wishes
    steps, gaps, wishes = _told_in(version, bare=use in PICTURE_ALONE)
    open_shapes(steps, gaps, bare=use in PICTURE_ALONE)
    opened = open_all([(piece.words_sealed, WORDS, piece.uuid) for piece in [*steps, *gaps, *wishes]])
    whens = (
        [""] * len(steps)  # a yes to the picture is for the order of things: no dates
        if use in PICTURE_ALONE
        else open_all([(step.when_sealed, WHEN, step.uuid) for step in steps])
    )
    step_words, rest = opened[: len(steps)], opened[len(steps) :]
    return ShownStory(
        story=story,
        version=version,
        title=title,
        name=name,
        text=text,
        steps=tuple(ShownStep(*each) for each in zip(steps, step_words, whens, strict=True)),
        gaps=tuple(zip(gaps, rest[: len(gaps)], strict=True)),
        wishes=tuple(Shown(wish, words, name) for wish, words in zip(wishes, rest[len(gaps) :], strict=True)),
        viewer=viewer,
        use=use,
    )


def _told_in(version: Version, *, bare: bool) -> tuple[list[Step], list[Gap], list[Piece]]:
    """Its steps, gaps and wishes, each kind in its order; `bare` leaves the wishes out. One query."""
    told = version.pieces.select_related("step", "gap", "wish").order_by("position", "pk")
    of_kind: dict[str, list[Piece]] = {kind: [] for kind in Piece.Kind.values}
    for piece in told.exclude(kind=Piece.Kind.WISH) if bare else told:
        of_kind[piece.kind].append(piece)
    steps = [piece.step for piece in of_kind[Piece.Kind.STEP]]
    gaps = [piece.gap for piece in of_kind[Piece.Kind.GAP]]
    by_id = {step.pk: step for step in steps}
    for gap in gaps:
        gap.after = by_id[gap.after_id]
    return steps, gaps, of_kind[Piece.Kind.WISH]
