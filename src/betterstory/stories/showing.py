"""Showing pieces of a story: the only place that opens sealed words, and it asks `rules.may` first."""

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from itertools import islice

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from betterstory.people.keys import Locked, Sealed
from betterstory.people.models import Person
from betterstory.stories import how_long, rules
from betterstory.stories.how_long import HowLong
from betterstory.stories.models import Form, Gap, GapShape, Piece, Shape, Step, Story, Use, Version
from betterstory.stories.rules import Viewer
from betterstory.stories.sealing import GAP_SHAPE, NAME, SHAPE, TEXT, TITLE, WHEN, WORDS, open_all

LOCKED = gettext_lazy("(Locked just now. Nothing is lost.)")

PICTURE_ALONE = (Use.PICTURE, Use.PREPARE)  # the steps and how they felt, and no word around them


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


@dataclass(frozen=True)
class ShownText:
    """The words of a whole version. `pieces` are there where they were asked for."""

    title: str
    name: str | None
    text: str
    pieces: tuple[str, ...] = ()


def show_texts(
    versions: Iterable[Version], *, viewer: Viewer, use: Use, at: datetime, with_pieces: bool = False
) -> dict[int, ShownText]:
    """By version id, the words of those that may be shown whole. Three queries, whatever their number.

    Every key is fetched once. Fetch versions with `select_related("story")`.
    """
    versions = list(versions)
    forms = {} if use == Use.HEAR else rules.forms_of_whole_each(viewer, use, versions, at)
    seen = [version for version in versions if version.pk in forms]
    named = [version for version in seen if forms[version.pk] == Form.CHOSEN_NAME]
    pieces = Piece.objects.filter(version__in=forms) if with_pieces else Piece.objects.none()
    rows = list(pieces.order_by("position", "pk").values_list("version_id", "uuid", "words_sealed"))
    opened = iter(
        open_all(
            [
                *((each.story.title_sealed, TITLE, each.story.uuid) for each in seen),
                *((each.text_sealed, TEXT, each.uuid) for each in seen),
                *((each.story.name_sealed, NAME, each.story.uuid) for each in named),
                *((sealed, WORDS, row) for _version, row, sealed in rows),
            ]
        )
    )
    titles, texts = list(islice(opened, len(seen))), list(islice(opened, len(seen)))
    names: dict[int, str | None] = {each.pk: next(opened) for each in named}
    own = {each.pk: each.story.teller_id for each in seen if forms[each.pk] == Form.OWN_NAME}
    tellers = Person.objects.in_bulk(own.values()) if own else {}
    names |= {pk: tellers[teller].name for pk, teller in own.items()}
    words: dict[int, list[str]] = {}
    for (version_pk, _row, _sealed), line in zip(rows, opened, strict=True):
        words.setdefault(version_pk, []).append(line)
    return {
        version.pk: ShownText(title, names.get(version.pk), text, tuple(words.get(version.pk, ())))
        for version, title, text in zip(seen, titles, texts, strict=True)
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
    return dict(zip(by_story, _titles(list(by_story.values())), strict=True))


def _titles(stories: list[Story]) -> list[str]:
    """Their titles, or that they are locked."""
    try:
        return open_all([(story.title_sealed, TITLE, story.uuid) for story in stories])
    except Locked:
        return [str(LOCKED) for _story in stories]


def title_of(versions: list[Version], *, viewer: Viewer, at: datetime) -> str | None:
    """The title of one story, where the viewer may open one of its versions; else None."""
    return title_and_more(versions, viewer=viewer, at=at)[0]


def title_and_more(
    versions: list[Version], *, viewer: Viewer, at: datetime, also: Sequence[rules.Question] = ()
) -> tuple[str | None, list[rules.Answer]]:
    """The same, and what else was to be asked of these versions. One query for all that is asked."""
    looks, *more = rules.answers_to([(viewer, rules.LOOKING), *also], versions, at)
    return (_titles([versions[0].story])[0] if looks.whole else None), more


def try_to_open(stories: Iterable[Story]) -> Counter[str]:
    """How many of these stories open, by what became of each: "open", or why not. Their words go nowhere.

    Fetch stories with `prefetch_related("versions")`.
    """
    became: Counter[str] = Counter()
    for story in stories:
        texts = [(version.text_sealed, TEXT, version.uuid) for version in story.versions.all()]
        try:
            open_all([(story.title_sealed, TITLE, story.uuid), *texts])
            became["open"] += 1
        except Sealed as why:
            became[why.code] += 1
    return became
