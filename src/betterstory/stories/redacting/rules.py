"""What must be read before it goes out, and who may see and write a story's list of names."""

from collections.abc import Iterable
from hashlib import sha256

from rules import predicate

from betterstory.people.models import Person
from betterstory.stories.models import Audience, Piece, Reading, Step, Story, Version
from betterstory.stories.rules import may_change, may_decide


def needs_reading(version: Version, audience: Audience) -> bool:
    """Whether nobody has read every line of it as it stands, and it is to go to anyone at all.

    A circle or the partnership knows who is in it: there a page asks. For anyone, and for whatever leaves the
    house as a file, this holds. A file asks `needs_reading(version, Audience.PUBLIC)`.
    """
    return audience == Audience.PUBLIC and not was_read(version)


def was_read(version: Version) -> bool:
    """Whether a person has read every line of this version, and no word was changed since."""
    finished = Reading.objects.filter(result=version).exclude(finished_at=None)
    marks = list(finished.values_list("result_mark", flat=True))
    return bool(marks) and mark_of_all(version) in marks


def mark_of_all(version: Version) -> str:
    """Changes with any word of a version, of its pieces and of when they were, and says nothing of them."""
    text = Version.objects.values_list("text_sealed", flat=True).get(pk=version.pk)
    mark = sha256(bytes(text))
    for piece, words in _rows(Piece.objects.filter(version=version).values_list("pk", "words_sealed")):
        mark.update(f"{piece}".encode() + words)
    for piece, when in _rows(Step.objects.filter(version=version).values_list("pk", "when_sealed")):
        mark.update(f"{piece}".encode() + when)
    return mark.hexdigest()


def _rows(rows: Iterable[tuple[int, bytes | memoryview]]) -> list[tuple[int, bytes]]:
    return sorted((pk, bytes(sealed)) for pk, sealed in rows)


@predicate
def may_redact(person: Person, story: Story) -> bool:
    """The teller; or whoever writes for them, while the page is open: agreed words are the teller's."""
    if may_decide(person, story):
        return True
    return story.newest().agreed_at is None and may_change(person, story)
