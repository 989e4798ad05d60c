"""What is said about the iceberg and the better story: headings, and the same as a list."""

from collections.abc import Iterator, Sequence

from betterstory.conversations.drawing.marks import ListLevel, ListNote
from betterstory.conversations.drawing.notes import LEVELS, PAIR, Note, NoteLink
from betterstory.ui.lettering import clean
from betterstory.ui.saying import Say, ended, opening

type Headings = dict[str, tuple[str, str]]


def beneath(say: Say) -> Headings:
    """Each level of the iceberg, with its question."""
    return {
        "event": (say.gettext("What happened"), say.gettext("In the open, for all to see")),
        "trend": (say.gettext("What keeps happening"), say.gettext("Who else? How often?")),
        "structure": (say.gettext("Rules and habits"), say.gettext("Who could change it?")),
        "mental_model": (say.gettext("What we take for granted"), say.gettext("What did we all believe?")),
    }


def turned(say: Say) -> Headings:
    """Each level of the better story."""
    return {
        "mental_model": (say.gettext("What we now hold to be true"), ""),
        "structure": (say.gettext("New rules and habits"), ""),
        "trend": (say.gettext("What will keep happening"), ""),
        "event": (say.gettext("What someone will tell us"), ""),
    }


def title(say: Say, *, turned: bool) -> str:
    return say.gettext("The better story") if turned else say.gettext("What lies beneath")


def kinds(say: Say) -> dict[str, str]:
    return {
        "causes": say.gettext("causes"),
        "keeps_in_place": say.gettext("keeps in place"),
        "softens": say.gettext("softens"),
        PAIR: say.gettext("seen differently"),
    }


def taken_back(say: Say) -> str:
    return say.gettext("A piece was here. Its owner took it back.")


def levels(
    notes: Sequence[Note], links: Sequence[NoteLink], headings: Headings, say: Say, *, turned: bool
) -> Iterator[ListLevel]:
    """The list: level after level in the order of the drawing, each note with what it leads to."""
    numbers = {note.key: note.number for note in notes}
    for level in headings if turned else LEVELS:
        here = [note for note in notes if note.level == level]
        yield ListLevel(level, *headings[level], tuple(_listed(n, links, numbers, say, turned) for n in here))


def _listed(
    note: Note, links: Sequence[NoteLink], numbers: dict[str, str], say: Say, turned: bool
) -> ListNote:
    out = dict.fromkeys(link for link in links if link.start == note.key)
    led = [_leads(link.kind, numbers[link.end], say, turned=turned) for link in out]
    back = dict.fromkeys(link for link in links if link.end == note.key and link.kind == PAIR)
    led += [_leads(link.kind, numbers[link.start], say, turned=turned) for link in back]
    if note.words is None:
        return ListNote(note.key, note.number, None, said=False, about=" ".join(led))
    about = " ".join(filter(None, (opening(ended(clean(note.about))), *led)))
    return ListNote(note.key, note.number, clean(note.words), note.said, about)


def _leads(kind: str, number: str, say: Say, *, turned: bool) -> str:
    said = {
        "causes": say.gettext("Leads to %(number)s."),
        "keeps_in_place": say.gettext("Keeps %(number)s in place."),
        "softens": say.gettext("Softens %(number)s."),
        PAIR: say.gettext("Seen differently from %(number)s."),
    }
    return said["causes" if turned else kind] % {"number": number}
