"""Is this theirs? What somebody types is compared with the stories told in the same neighbourhood.

Five words in a row that stand in a story too may be the teller's. The comparison is in memory, and `_told`
is the one function that opens stories for it; nothing it opens is given back. An answer says only that
there is an echo, and which line to tie it to where the typist may see that line already. It does not say
which words, whose story, how many stories, or why a line is not shown.

A story that is paused, or taken back and not yet gone, is compared too: its words are its teller's most of
all then. The answer is the same as for a story the typist was never let see, so nobody learns from it that
a story went quiet. A destroyed story cannot be compared: its key is gone.
"""

import logging
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from betterstory.people.models import Person
from betterstory.stories import rules
from betterstory.stories.models import NotTheirs, Piece, Story, Use, Version
from betterstory.stories.rules import Viewer
from betterstory.stories.same_words import plainly, runs, share_a_run
from betterstory.stories.sealing import TEXT, TITLE, WORDS, open_what_opens

log = logging.getLogger(__name__)
MOST_OPENED = 20_000_000  # bytes of sealed words looked through for one question


@dataclass(frozen=True)
class Echo:
    """There is one. `piece`: a line the typist may see and tie it to. `story`: for the record alone."""

    story: int
    piece: Piece | None


def heard(
    typed: Iterable[str],
    *,
    neighbourhood: int | None,
    viewer: Viewer,
    at: datetime,
    standing: Iterable[str] = (),
) -> Echo | None:
    """Whether what was typed shares five words in a row with a story told in this neighbourhood.

    Without one, it is held against every story here. `viewer` is whom a line would be shown to there: a
    person, a room, or anyone. Runs that stand in `standing` were asked about before, and are not again.
    """
    wanted = frozenset(run for line in typed for run in runs(line))
    wanted -= {run for line in standing for run in runs(line)}
    if not wanted:
        return None
    versions = Version.objects.filter(story__destroyed_at=None).select_related("story__teller")
    if neighbourhood is not None:
        versions = versions.filter(story__neighbourhood=neighbourhood)
    found: Echo | None = None
    for story, lines in _echoing(wanted, list(versions)).items():
        piece = _line_to_show(lines, viewer, at)
        if found is None or piece is not None:
            found = Echo(story, piece)
        if found.piece is not None:
            break
    return found


def is_in(line: str, versions: Sequence[Version]) -> bool:
    """Whether a line shares five words in a row with one of these versions. Says nothing else of them."""
    return bool(_echoing(runs(line), versions))


def say_not_theirs(story: int, *, where: str, by: Person, at: datetime) -> None:
    """Somebody says that what they typed is not from a story. It is kept who said so, and not what."""
    NotTheirs.objects.create(story_id=story, where=where, by=by, at=at)
    log.info("said not theirs story=%s where=%s by=%s", story, where, by.pk)


def _echoing(wanted: frozenset[str], versions: Sequence[Version]) -> dict[int, list[int]]:
    """By story id, the ids of the pieces that echo; a story whose text alone does has none."""
    found: dict[int, list[int]] = {}
    if not wanted or not versions:
        return found
    for story, piece, words in _told(versions):
        if share_a_run(wanted, words):
            lines = found.setdefault(story, [])
            if piece is not None:
                lines.append(piece)
    return found


def _told(versions: Sequence[Version]) -> Iterable[tuple[int, int | None, str]]:
    """All that is told in them, opened to compare and for nothing else: (story, piece, plain words)."""
    stories: dict[int, Story] = {version.story_id: version.story for version in versions}
    of_version = {version.pk: version.story_id for version in versions}
    rows: list[tuple[int, int | None]] = []
    sealed: list[tuple[bytes | memoryview, str, UUID]] = []
    for version in versions:
        rows.append((version.story_id, None))
        sealed.append((version.text_sealed, TEXT, version.uuid))
    for story in stories.values():
        rows.append((story.pk, None))
        sealed.append((story.title_sealed, TITLE, story.uuid))
    pieces = Piece.objects.filter(version__in=of_version)
    for pk, version_pk, uuid, words in pieces.values_list("pk", "version_id", "uuid", "words_sealed"):
        rows.append((of_version[version_pk], pk))
        sealed.append((words, WORDS, uuid))
    room, last = MOST_OPENED, 0
    for words, _name, _row in sealed:
        room -= len(words)
        if room < 0:
            log.warning("echoes not looked through to the end")
            break
        last += 1
    opened = open_what_opens(sealed[:last])
    return [
        (story, piece, plainly(words))
        for (story, piece), words in zip(rows, opened, strict=False)
        if words is not None
    ]


def _line_to_show(lines: Iterable[int], viewer: Viewer, at: datetime) -> Piece | None:
    """Of these lines, one that this viewer may see quoted now."""
    pieces = list(Piece.objects.filter(pk__in=list(lines)).select_related("version__story__teller"))
    allowed = rules.may_each(viewer, Use.QUOTE, pieces, at)
    return next((piece for piece in pieces if piece.pk in allowed and piece.version.agreed_at), None)
