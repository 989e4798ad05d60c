"""What can be done before a story leaves the house: name who is in it, read it all, make the new version."""

import logging
import uuid
from collections.abc import Iterable, Mapping
from datetime import datetime

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from betterstory.people.models import Person
from betterstory.stories import describing, leaves, tongues
from betterstory.stories.acting import may_decide
from betterstory.stories.models import Named, Piece, ReadLine, ReadThrough, Step, Story, Version
from betterstory.stories.redacting import rules
from betterstory.stories.redacting.lines import plain, put_together
from betterstory.stories.redacting.listed import STAND_INS, Entry, find, gives_away, suggest
from betterstory.stories.redacting.showing import Opened, entry_words, names_of, opened, read_so_far
from betterstory.stories.sealing import ENTRY, NAME, READ_LINE, TEXT, TITLE, WHEN, WORDS, seal
from betterstory.stories.verbs import LONGEST, ChangedSince, NotYourStory, TakenBack, TooLong, copy_version
from betterstory.ui.refusal import Refusal

log = logging.getLogger(__name__)
MOST_NAMES = 500
LONGEST_LINE = 2000


class NoName(Refusal):
    """Nobody can be found without a name of a letter or more."""

    code, status = "no-name", 422
    words = _("Write the name as it stands in the story.")


class TooManyNames(Refusal):
    """The list is full."""

    code, status = "too-many-names", 422
    words = _("This list holds 500 names. Take one off first.")


class StillGivesAway(Refusal):
    """What they shall be called holds a name of the list."""

    code, status = "still-gives-away", 422
    words = _("That still gives a name away. Choose other words for them.")


class LinesLeft(Refusal):
    """Some lines were not read by anybody."""

    code, status = "lines-left", 422
    words = _("Some lines are still to be read. Read each one, and tick it.")


class NamesLeft(Refusal):
    """A name of the list still stands in a line that was read."""

    code, status = "names-left", 422
    words = _("A name from your list still stands there. Change that line, or take the name off the list.")


class TitleIsTheTellers(Refusal):
    """The title and the name stand on every version, agreed ones too."""

    code, status = "title-is-the-tellers", 403
    words = _("Only the teller can change the title or their own name. Leave those two lines as they were.")


@transaction.atomic
def name_somebody(story: Story, *, by: Person, forms: Iterable[str], kind: str, called: str = "") -> Named:
    """Put somebody or somewhere on the list. Without `called` they get a name by their kind.

    Raises NotYourStory, TakenBack, NoName, TooManyNames or StillGivesAway.
    """
    story = _for_redacting(story, by)
    entries = [entry for _pk, entry in names_of(story, by=by)]
    if len(entries) >= MOST_NAMES:
        raise TooManyNames
    kind = kind if kind in STAND_INS else "other"
    forms = tuple(dict.fromkeys(" ".join(plain(form).split()) for form in forms))
    entry = Entry(tuple(form for form in forms if form), "", kind)
    if not any(find(form, [entry]) for form in entry.forms):
        raise NoName
    called = " ".join(plain(called).split()) or suggest(kind, [each.called for each in entries])
    entry = Entry(entry.forms, called, kind)
    if gives_away(called, [*entries, entry]) or any(gives_away(each.called, [entry]) for each in entries):
        raise StillGivesAway
    row = uuid.uuid4()
    sealed = seal(entry_words(entry), key=story.key, name=ENTRY, row=row)
    named = Named.objects.create(uuid=row, story=story, entry_sealed=sealed)
    log.info("named story=%s named=%s", story.pk, named.pk)
    return named


@transaction.atomic
def forget_name(named: Named, *, by: Person) -> None:
    """Take somebody off the list. Raises NotYourStory or TakenBack."""
    story = _for_redacting(named.story, by)
    gone = named.pk
    named.delete()
    log.info("name forgotten story=%s named=%s", story.pk, gone)


@transaction.atomic
def read_lines(
    version: Version, *, by: Person, at: datetime, mark: str, lines: Mapping[int, str]
) -> ReadThrough:
    """Write down that a person read these lines, and how each shall read. Nothing of the story changes yet.

    Raises NotYourStory, TakenBack, TooLong, and ChangedSince where its words are others than `mark` says.
    """
    story = _for_redacting(version.story, by)
    whole = _as_marked(story, version, by=by, at=at, mark=mark)
    if any(len(words) > LONGEST_LINE for words in lines.values()):
        raise TooLong
    reading, _new = ReadThrough.objects.get_or_create(
        version=version, defaults={"mark": mark, "begun_at": at}
    )
    if reading.mark != mark:  # the words were changed since: what was read before is read no more
        reading.lines.all().delete()
        reading.mark, reading.begun_at = mark, at
        reading.save(update_fields=["mark", "begun_at"])
    numbers = [number for number in lines if 0 <= number < len(whole.lines)]
    reading.lines.filter(number__in=numbers).delete()
    ReadLine.objects.bulk_create(_read_line(reading, story, n, lines[n], by, at) for n in numbers)
    log.info("lines read story=%s version=%s lines=%s", story.pk, version.number, len(numbers))
    return reading


def _read_line(
    reading: ReadThrough, story: Story, number: int, words: str, by: Person, at: datetime
) -> ReadLine:
    row = uuid.uuid4()
    said = " ".join(plain(words).splitlines()).strip()
    sealed = seal(said, key=story.key, name=READ_LINE, row=row)
    return ReadLine(uuid=row, reading=reading, number=number, words_sealed=sealed, read_by=by, read_at=at)


@transaction.atomic
def finish(version: Version, *, by: Person, at: datetime, mark: str) -> Version:
    """Every line was read: make the version that reads so, or say of this one that nothing was to change.

    A new version is open until its teller agrees to it. What was said yes to stays with the old one.
    Raises NotYourStory, TakenBack, ChangedSince, LinesLeft, NamesLeft or TitleIsTheTellers.
    """
    story = _for_redacting(version.story, by)
    whole = _as_marked(story, version, by=by, at=at, mark=mark)
    read = read_so_far(version, mark=mark, by=by)
    if any(number not in read for number in range(len(whole.lines))):
        raise LinesLeft
    entries = [entry for _pk, entry in names_of(story, by=by)]
    if names_still_there(read, entries):
        raise NamesLeft
    changed = {n: words for n, words in read.items() if words != whole.was(n).strip()}
    result = _changed_version(story, whole, changed, by=by, at=at) if changed else version
    reading = ReadThrough.objects.get(version=version)
    reading.finished_at, reading.result, reading.result_mark = at, result, rules.mark_of_all(result)
    reading.save(update_fields=["finished_at", "result", "result_mark"])
    reading.lines.all().delete()
    log.info("every line read story=%s version=%s changed=%s", story.pk, version.number, len(changed))
    return result


def names_still_there(read: Mapping[int, str], entries: list[Entry]) -> list[int]:
    """Numbers of the lines in which a name of the list begins, beyond doubt."""
    numbers, starts, text = [], [], ""
    for number in sorted(read):
        starts.append((len(text), number))
        text += f"{read[number]}\n"
    for found in find(text, entries):
        if not found.asks:
            numbers.append([number for start, number in starts if start <= found.start][-1])
    return list(dict.fromkeys(numbers))


def _changed_version(
    story: Story, whole: Opened, changed: Mapping[int, str], *, by: Person, at: datetime
) -> Version:
    """A copy in which the changed lines read as they were left. Steps, gaps and wishes keep their places."""
    new = copy_version(story, whole.version, at=at)
    copies = dict(zip(_pieces(whole.version), _pieces(new).values(), strict=True))
    number = 0
    for part, (_at, lines) in zip(whole.parts, whole.of_parts, strict=True):
        mine = {}
        for own, line in enumerate(lines):
            if part.words[line.start : line.end].strip():
                if number in changed:
                    mine[own] = changed[number]
                number += 1
        if mine:
            words = put_together(part.words, lines, mine)
            _put(story, new, part.kind, copies[part.pk] if part.pk else None, words, by=by)
    return new


def _pieces(version: Version) -> dict[int, Piece]:
    """Pieces in the order a copy keeps."""
    return {piece.pk: piece for piece in version.pieces.order_by("kind", "position", "pk")}


def _put(story: Story, new: Version, kind: str, piece: Piece | None, words: str, *, by: Person) -> None:
    if len(words) > LONGEST:
        raise TooLong
    if piece is None and kind == "text":
        new.text_sealed = seal(words, key=story.key, name=TEXT, row=new.uuid)
        new.save(update_fields=["text_sealed"])
    elif piece is None and kind in ("interpreter", "other words"):
        tongues.put_right(new, **{"words" if kind == "other words" else kind: words})
    elif piece is None:
        if not may_decide(by, story) and story.versions.exclude(agreed_at=None).exists():
            raise TitleIsTheTellers
        field, name = ("title_sealed", TITLE) if kind == "title" else ("name_sealed", NAME)
        setattr(story, field, seal(words, key=story.key, name=name, row=story.uuid))
        story.save(update_fields=[field])
        leaves.throw_away(story)
    elif kind == "when":
        sealed = seal(words, key=story.key, name=WHEN, row=piece.uuid)
        Step.objects.filter(pk=piece.pk).update(when_sealed=sealed)
    elif kind in ("felt", "helped"):
        describing.put_right(piece, **{"feeling_words" if kind == "felt" else kind: words})
    else:
        piece.words_sealed = seal(words, key=story.key, name=WORDS, row=piece.uuid)
        piece.save(update_fields=["words_sealed"])


def _as_marked(story: Story, version: Version, *, by: Person, at: datetime, mark: str) -> Opened:
    """The newest version as the page had it, read again now that it is held. Raises ChangedSince."""
    newest = story.newest()
    newest.story = story
    whole = opened(newest, by=by, at=at)
    if whole is None or whole.mark != mark or newest.pk != version.pk:
        raise ChangedSince
    return whole


def _for_redacting(story: Story, by: Person) -> Story:
    """The story, held until the transaction ends, for whoever may redact it."""
    story = Story.objects.select_for_update().get(pk=story.pk)
    if not rules.may_redact(by, story):
        raise NotYourStory
    if story.taken_back_at or story.destroyed_at:
        raise TakenBack
    return story
