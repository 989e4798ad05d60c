"""Showing pieces of a story: the only place that opens sealed words, and it asks `rules.may` first."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime

from django.utils.translation import gettext as _

from betterstory.stories import rules
from betterstory.stories.models import Form, Gap, Piece, Step, Story, Use, Version
from betterstory.stories.rules import Viewer
from betterstory.stories.sealing import NAME, TEXT, TITLE, WHEN, WORDS, open_all

PICTURE_ALONE = (Use.PICTURE, Use.PREPARE)  # the steps and how they felt, and no word around them


@dataclass(frozen=True)
class Shown:
    """A piece as this viewer may see it. `words` is None where the teller has not said yes."""

    piece: Piece
    words: str | None
    name: str | None

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
    pieces = list(pieces)
    forms = rules.forms_of_each(viewer, use, pieces, at)
    seen = [piece for piece in pieces if piece.pk in forms]
    words = open_all([(piece.words_sealed, WORDS, piece.uuid) for piece in seen])
    opened = {
        piece.pk: (line, name_under(forms[piece.pk], piece.version.story))
        for piece, line in zip(seen, words, strict=True)
    }
    return {piece.pk: Shown(piece, *opened.get(piece.pk, (None, None))) for piece in pieces}


def name_under(form: Form, story: Story) -> str | None:
    """The name its teller said yes to; None where that was: no name."""
    match form:
        case Form.OWN_NAME:
            tellers = [teller.name for teller in (story.teller, story.second_teller) if teller]
            return _(" and ").join(tellers)
        case Form.CHOSEN_NAME:
            return open_all([(story.name_sealed, NAME, story.uuid)])[0]
    return None


@dataclass(frozen=True)
class ShownStep:
    """A step with its words."""

    step: Step
    words: str
    when: str


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

    @property
    def pieces(self) -> list[Piece]:
        """Everything of it that can be shown by itself."""
        steps = [told.step for told in self.steps]
        return [*steps, *(gap for gap, _words in self.gaps), *(told.piece for told in self.wishes)]

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
    if form is None:
        return None
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
    steps = list(Step.objects.filter(version=version).order_by("position", "pk"))
    gaps = list(Gap.objects.filter(version=version).select_related("after").order_by("position", "pk"))
    wishes = (
        []
        if use in PICTURE_ALONE
        else list(version.pieces.filter(kind=Piece.Kind.WISH).select_related("wish"))
    )
    opened = open_all([(piece.words_sealed, WORDS, piece.uuid) for piece in [*steps, *gaps, *wishes]])
    whens = open_all([(step.when_sealed, WHEN, step.uuid) for step in steps])
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
    )


def titles_for(stories: Iterable[Story], *, viewer: Viewer, at: datetime) -> dict[int, str]:
    """By story id, the titles of those this viewer may read or see the picture of. Two queries of its own.

    Fetch stories with `prefetch_related("versions")`.
    """
    versions = []
    for story in stories:
        for version in story.versions.all():
            version.story = story
            versions.append(version)
    allowed = rules.may_look_each(viewer, versions, at)
    seen = [version for version in versions if version.pk in allowed]
    by_story = {version.story_id: version.story for version in seen}
    titles = open_all([(story.title_sealed, TITLE, story.uuid) for story in by_story.values()])
    return dict(zip(by_story, titles, strict=True))


def title_of(versions: list[Version], *, viewer: Viewer, at: datetime) -> str | None:
    """The title of one story, where the viewer may open one of its versions; else None."""
    if not rules.may_look_each(viewer, versions, at):
        return None
    story = versions[0].story
    return open_all([(story.title_sealed, TITLE, story.uuid)])[0]
