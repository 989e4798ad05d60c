"""Titles and texts of many stories at once, without their steps."""

from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime
from itertools import islice

from betterstory.people.keys import Locked, Sealed
from betterstory.people.models import Person
from betterstory.stories import rules
from betterstory.stories.models import Form, Piece, Story, Use, Version
from betterstory.stories.rules import Viewer
from betterstory.stories.sealing import NAME, TEXT, TITLE, WORDS, open_all
from betterstory.stories.showing.pieces import LOCKED


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
    versions: list[Version],
    *,
    viewer: Viewer,
    at: datetime,
    also: Sequence[rules.Question] = (),
    beside: Iterable[Version] = (),
) -> tuple[str | None, list[rules.Answer]]:
    """The same, and what else was to be asked of these versions. One query for all that is asked.

    What else is asked, is asked of those `beside` too: versions of other stories, of which no title is told.
    """
    looks, *more = rules.answers_to([(viewer, rules.LOOKING), *also], [*versions, *beside], at)
    opens = looks.whole & {version.pk for version in versions}
    return (_titles([versions[0].story])[0] if opens else None), more


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
