"""The version that is being told: whoever may write in it holds it, and can tell what changed meanwhile."""

from collections.abc import Iterable
from hashlib import sha256

from betterstory.people.models import Person
from betterstory.stories import acting
from betterstory.stories.models import Gap, Piece, Step, Story, Version, Wish
from betterstory.stories.refusals import AlreadyAgreed, NotYourStory, TakenBack, TooLong
from betterstory.ui.plain import plain_words

LONGEST = 200_000


def checked(words: str) -> str:
    """Words that can be kept. Raises CannotBeKept or TooLong."""
    if len(words) > LONGEST:
        raise TooLong
    return plain_words(words)


def locked(story: Story) -> Story:
    """The story as it stands now, held until the transaction ends: two who write wait for each other."""
    return Story.objects.select_for_update().get(pk=story.pk)


def open_version(story: Story, by: Person) -> Version:
    """The version that is being told, held for whoever may write in it. Raises as `write` does."""
    story = locked(story)
    if not acting.may_change(by, story):
        raise NotYourStory
    if story.taken_back_at or story.destroyed_at:
        raise TakenBack
    version = story.newest()
    version.story = story
    if version.agreed_at:
        raise AlreadyAgreed
    return version


def mark_of(version: Version, pieces: Iterable[Piece] = ()) -> str:
    """Changes with any word of a version's text and of these pieces, and says nothing of them.

    Sealed anew, the same words look different each time.
    """
    mark = sha256(bytes(version.text_sealed))
    for piece in sorted(pieces, key=lambda each: each.pk):
        mark.update(f"{piece.pk}{mark_of_piece(piece)}".encode())
    return mark.hexdigest()


def mark_of_piece(piece: Piece) -> str:
    """Changes with anything said of one piece: its words, and the shape of a step or gap."""
    mark = sha256(bytes(piece.words_sealed))
    for part in ("when_sealed", "shape_sealed"):
        mark.update(bytes(getattr(piece, part, b"")))
    return mark.hexdigest()


def pieces_of(version: Version) -> list[Piece]:
    """Every piece of a version as what it is: a step, a gap or a wish."""
    kinds = (Step, Gap, Wish)
    return [piece for kind in kinds for piece in kind.objects.filter(version=version)]
