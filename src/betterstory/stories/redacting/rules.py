"""What must be read before it goes out, and who may see and write a story's list of names."""

from collections.abc import Iterable
from hashlib import sha256

from rules import predicate

from betterstory.people.models import Person
from betterstory.stories.acting import may_change, may_decide
from betterstory.stories.models import Audience, Piece, ReadThrough, Story, Tongue, Use, Version
from betterstory.stories.verbs import mark_of, pieces_of


def needs_reading(version: Version, audience: Audience, use: Use) -> bool:
    """Whether nobody has read every line of it as it stands, and it is to leave the house.

    That is what goes to anyone at all, and what goes into reports and files, whoever they are for. Within the
    house a circle or the partnership knows who is in it: there a page asks.
    """
    return (audience == Audience.PUBLIC or use == Use.REPORT) and not was_read(version)


def was_read(version: Version, *, pieces: Iterable[Piece] | None = None, mark: str = "") -> bool:
    """Whether a person has read every line of this version, and no word was changed since.

    `pieces` are its steps, gaps and wishes where they are loaded already; `mark` is that of all of it, where
    the same page made it.
    """
    finished = ReadThrough.objects.filter(result=version).exclude(finished_at=None)
    marks = list(finished.values_list("result_mark", flat=True))
    return bool(marks) and (mark or mark_of_all(version, pieces=pieces)) in marks


def mark_of_all(version: Version, *, pieces: Iterable[Piece] | None = None) -> str:
    """Changes with any word of a version, of its pieces and of what was said of them, in two languages.

    The title and the name in it are lines that were read, too.
    """
    if pieces is None:
        version = Version.objects.select_related("story").get(pk=version.pk)
        pieces = pieces_of(version)
    mark = sha256(mark_of(version, pieces).encode())
    mark.update(bytes(version.story.title_sealed) + bytes(version.story.name_sealed))
    for beside in Tongue.objects.filter(version=version).values_list("facts_sealed", "words_sealed"):
        mark.update(b"".join(map(bytes, beside)))
    return mark.hexdigest()


@predicate
def may_redact(person: Person, story: Story) -> bool:
    """The teller; or whoever writes for them, while the page is open: agreed words are the teller's."""
    if may_decide(person, story):
        return True
    return story.newest().agreed_at is None and may_change(person, story)
