"""A leaf beside each agreed version: all that is said in it, sealed as one, for `leafing` to look through.

To open the many parts of many stories one by one takes longer than to look into them. A leaf is laid when its
teller says "so it is". It is thrown away when the title is put another way, or the story is destroyed. Where
one is missing, the parts themselves are looked through, and the daily round lays it.
"""

import logging
import uuid
from collections.abc import Collection, Iterable, Iterator
from typing import Any

from django.db import transaction
from django.db.models import BinaryField, UUIDField, Value

from betterstory.people.keys import Sealed, keyring
from betterstory.stories import rules
from betterstory.stories.facts import as_they_lie
from betterstory.stories.models import Leaf, Piece, Story, Version
from betterstory.stories.open_version import locked
from betterstory.stories.plain_letters import plain_letters
from betterstory.stories.sealing import LEAF, TEXT, TITLE, WORDS, seal

log = logging.getLogger(__name__)
LETTERS = 1  # to be raised when `plain_letters` makes others: a leaf of another number counts as missing
BETWEEN = "\0"  # stands in no words that are kept, and is no space: what is looked for never spans it

type Part = tuple[bytes | memoryview, str, uuid.UUID | str]
"""A value, what it is called, and the id of its row as the database has it."""


def lay(version: Version) -> None:
    """Lay the leaf of an agreed version, in place of an older one. Inside a transaction that holds the story.

    Raises KeyGone, Locked or Spoilt.
    """
    key, row = version.story.key, uuid.uuid4()
    [sealed] = parts_of([version.pk]).values()
    said = (part.decode("utf-8", "surrogatepass") for part in keyring().open_bytes(sealed))
    words = seal(together(said), key=key, name=LEAF, row=row)
    facts = {"uuid": row, "letters": LETTERS, "words_sealed": words}
    Leaf.objects.update_or_create(version=version, defaults=facts)


def together(said: Iterable[str]) -> str:
    """Everything said, as a leaf has it."""
    return BETWEEN.join(map(plain_letters, said))


def throw_away(story: Story) -> None:
    """The leaves of a story no longer say what it says, or are to be read by nobody."""
    Leaf.objects.filter(version__story=story).delete()


def lay_missing() -> int:
    """Lay every leaf that is missing, story by story; says how many. Safe to run again.

    A story that does not open is passed over: it keeps no other from its leaf.
    """
    told = Version.objects.filter(story__destroyed_at=None).exclude(agreed_at=None)
    bare = told.exclude(leaf__letters=LETTERS).order_by().values_list("story_id", flat=True).distinct()
    many = shut = 0
    for story in list(bare):
        try:
            many += _lay_missing_of(story)
        except Sealed:
            shut += 1
    log.info("leaves laid many=%s stories_that_do_not_open=%s", many, shut)
    return many


@transaction.atomic
def _lay_missing_of(story: int) -> int:
    held = locked(Story(pk=story))
    bare = held.versions.exclude(agreed_at=None).exclude(leaf__letters=LETTERS)
    if held.destroyed_at:
        return 0
    for version in bare:
        version.story = held
        lay(version)
    return len(bare)


def laid(versions: Collection[int]) -> Iterator[tuple[Any, ...]]:
    """Of these versions, each leaf there is: its version, its sealed words, its id. One query."""
    if not versions:
        return
    found = Leaf.objects.filter(letters=LETTERS)
    if len(versions) < rules.MANY:  # to hold a longer list against each takes longer than to read them all
        found = found.filter(version__in=versions)
    for leaf in as_they_lie(found.values_list("version_id", "words_sealed", "uuid")):
        if leaf[0] in versions:
            yield leaf


def parts_of(versions: Collection[int]) -> dict[int, list[Part]]:
    """By version, everything sealed that words are found in: its title, its text, its pieces. One query.

    What belongs to other versions is let go as it comes, shut.
    """
    found: dict[int, list[Part]] = {version: [] for version in versions}
    if not versions:
        return found
    told, pieces = Version.objects.order_by(), Piece.objects.order_by()
    if len(versions) < rules.MANY:  # as above
        told, pieces = told.filter(pk__in=versions), pieces.filter(version__in=versions)
    no_words, no_row = Value(None, BinaryField()), Value(None, UUIDField())
    rows = told.values_list("pk", "text_sealed", "uuid", "story__title_sealed", "story__uuid").union(
        pieces.values_list("version_id", "words_sealed", "uuid", no_words, no_row), all=True
    )
    for version, words, row, title, story in as_they_lie(rows.order_by()):
        held = found.get(version)
        if held is None:
            continue
        if title is None:
            held.append((words, WORDS, row))
        else:
            held += ((title, TITLE, story), (words, TEXT, row))
    return found
