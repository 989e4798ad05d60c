"""What an inbox brings, in sentences."""

from collections.abc import Callable

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from betterstory.conversations.inbox.reading import Contents
from betterstory.conversations.inbox.told import answers_of_cards
from betterstory.conversations.verbs.sorting_inbox import Fate, Sorted

FEW = 5


def would(told: Sorted) -> list[str]:
    """What taking it in would do, before anybody does it."""
    said = []
    if told.answers:
        said.append(answers_of_cards(len(told.answers), told.cards))
    if told.sentences:
        wrote = ngettext(
            "One sentence that somebody wrote. It waits to be read.",
            "%(many)s sentences that people wrote. They wait to be read.",
            len(told.sentences),
        )
        said.append(wrote % {"many": len(told.sentences)})
    if told.answers and not told.pack.gathering.voting_open and told.cards < FEW:
        said.append(_("So few cards: whoever saw the results before can tell what these said."))
    return said or [_("Nothing new.")]


def not_taken(told: Sorted) -> list[str]:
    """What stays out, and why."""
    counts = told.counts
    return [say(counts[fate]) for fate, say in REASONS.items() if counts[fate]]


def not_whole(contents: Contents) -> list[str]:
    """What is not as the second laptop wrote it."""
    said = []
    if contents.changed:
        lines = ngettext(
            "Line %(lines)s was changed or damaged. Nothing of it is taken.",
            "Lines %(lines)s were changed or damaged. Nothing of them is taken.",
            len(contents.changed),
        )
        said.append(lines % {"lines": _numbers(contents.changed)})
    if contents.strange:
        kinds = ngettext(
            "Line %(lines)s is neither an answer nor a sentence. Nothing else can come in this way.",
            "Lines %(lines)s are neither answers nor sentences. Nothing else can come in this way.",
            len(contents.strange),
        )
        said.append(kinds % {"lines": _numbers(contents.strange)})
    if contents.missing:
        gone = ngettext("One line is missing.", "%(many)s lines are missing.", contents.missing)
        said.append(gone % {"many": contents.missing})
    if contents.is_torn:
        said.append(_("The last line was never finished: the power went. Nobody was told that we have it."))
    if not contents.said_goodbye:
        said.append(
            _("The file has no last line of its own. The laptop was switched off, or the end is missing.")
        )
    return said


def taken(told: Sorted) -> str:
    """After it was done."""
    return " ".join([_("Taken in:"), *would(told)]) if told.brings_something else _("Nothing new was in it.")


def _numbers(lines: list[int]) -> str:
    shown = ", ".join(str(line) for line in lines[:10])
    return shown if len(lines) <= 10 else f"{shown} …"


REASONS: dict[Fate, Callable[[int], str]] = {
    Fate.CAME_BEFORE: lambda n: ngettext("One came in before.", "%(many)s came in before.", n) % {"many": n},
    Fate.CHANGED_MIND: lambda n: (
        ngettext(
            "One was changed by the same card later, and only the last holds.",
            "%(many)s were changed by the same card later, and only the last holds.",
            n,
        )
        % {"many": n}
    ),
    Fate.LATER_AT_HOME: lambda n: (
        ngettext(
            "For one, the same card has said something later, and that stays.",
            "For %(many)s, the same card has said something later, and that stays.",
            n,
        )
        % {"many": n}
    ),
    Fate.UNKNOWN_CARD: lambda n: (
        ngettext(
            "One is from a card we do not know: mistyped, lost, or of another round.",
            "%(many)s are from cards we do not know: mistyped, lost, or of another round.",
            n,
        )
        % {"many": n}
    ),
    Fate.OTHER_WORDS: lambda n: (
        ngettext(
            "One is about a sentence that has other words now.",
            "%(many)s are about sentences that have other words now.",
            n,
        )
        % {"many": n}
    ),
    Fate.AFTER_CLOSING: lambda n: (
        ngettext(
            "One was given after the answers were closed. Open them again to take it in.",
            "%(many)s were given after the answers were closed. Open them again to take them in.",
            n,
        )
        % {"many": n}
    ),
    Fate.NOT_THAT_EVENING: lambda n: (
        ngettext("One has a time that cannot be.", "%(many)s have a time that cannot be.", n) % {"many": n}
    ),
    Fate.WROTE_ALREADY: lambda n: (
        ngettext(
            "One sentence is more than its card can write.",
            "%(many)s sentences are more than their cards can write.",
            n,
        )
        % {"many": n}
    ),
}
