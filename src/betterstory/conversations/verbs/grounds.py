"""What a card must rest on before it may stand: a count, a result or a hunch; and no name but one's own."""

import re
from collections.abc import Iterable, Sequence

from django.utils.translation import gettext_lazy as _

from betterstory.behind.models import Release
from betterstory.conversations.models import Guest, Insight, Level, Statement, Vote
from betterstory.people.models import Person, Post
from betterstory.places.models import Round
from betterstory.stories.models import Piece
from betterstory.ui.refusal import Refusal

Basis = Insight.Basis


class SayHowYouKnow(Refusal):
    """What keeps happening rests on a count, on what the room said, or is a hunch and is marked so."""

    code, status = "say-how-you-know", 422
    words = _(
        "What keeps happening needs a count, or what a room said once all had answered."
        " If there is none yet, mark it as a hunch."
    )


class SayItAsYourOwn(Refusal):
    """What we take for granted is said in the first person, by somebody."""

    code, status = "say-it-as-your-own", 422
    words = _("Say it as your own: begin with “I” or “we”, and say who holds it. It may be “two of us”.")


class NameTheRule(Refusal):
    """A card names a person who was in the room, or who holds a post."""

    code, status = "name-the-rule", 422
    words = _("No person is named here. Say the rule or the habit, without “%(name)s”.")


class NotTheirBelief(Refusal):
    """Somebody else is named as the one who holds it."""

    code, status = "not-their-belief", 422
    words = _(
        "Nobody is named for what they did not say themselves. Write “one of us” instead of “%(name)s”."
    )


# the words a sentence in the first person begins with; a translation lists its own
FIRST_PERSON = _("i we my our i've we've i’ve we’ve")


def basis_of(
    level: Level,
    basis: Basis | None,
    *,
    release: Release | None,
    statements: Sequence[Statement],
    pieces: Sequence[Piece],
) -> Basis:
    """How we know: as it was said, or as what the card points at makes it. Raises SayHowYouKnow."""
    if basis is None:
        if release is not None:
            basis = Basis.RECORD
        elif level == Level.TREND:
            basis = Basis.ROOM if statements and have_results(statements) else Basis.HUNCH
        else:
            basis = Basis.LIVED if pieces else Basis.ROOM
    if level == Level.TREND:
        held = {
            Basis.RECORD: release is not None,
            Basis.ROOM: bool(statements) and have_results(statements),
            Basis.HUNCH: True,
        }
        if not held.get(basis, False):
            raise SayHowYouKnow
    return basis


def have_results(statements: Iterable[Statement]) -> bool:
    """Answers to all of them are in: their rooms have closed, and somebody answered."""
    pks = {each.pk for each in statements}
    answered = Vote.objects.filter(statement__in=pks, statement__gathering__voting_open=False)
    return set(answered.values_list("statement", flat=True)) == pks


def check_words(round_: Round, level: Level, words: str, *, held_by: str, by: Person | None) -> None:
    """A rule names no person; what we take for granted is somebody's own, and names nobody else.

    Raises NameTheRule, SayItAsYourOwn or NotTheirBelief.
    """
    if level == Level.MENTAL_MODEL and not (held_by.strip() and is_first_person(words)):
        raise SayItAsYourOwn
    if level not in (Level.STRUCTURE, Level.MENTAL_MODEL):
        return
    names = names_in(round_)
    own = first_name(by.name) if by else ""
    if named := _named(words, names - {own} if level == Level.MENTAL_MODEL else names):
        raise NameTheRule(name=named)
    if named := _named(held_by, names - {own}):
        raise NotTheirBelief(name=named)


def names_in(round_: Round) -> set[str]:
    """First names of those asked to the gatherings of a round, and of those who hold a post."""
    guests = Guest.objects.filter(gathering__round=round_).values_list("first_name", flat=True)
    holders = Post.objects.filter(holder__isnull=False).values_list("holder__name", flat=True)
    return {first for name in (*guests, *holders) if (first := first_name(name))}


def first_name(name: str) -> str:
    return name.split()[0] if name.strip() else ""


def _named(words: str, names: Iterable[str]) -> str:
    """A name that stands in the words, written as a name; "" where none does."""
    return next((name for name in sorted(names) if re.search(rf"\b{re.escape(name)}\b", words)), "")


def is_first_person(words: str) -> bool:
    """It begins with “I” or “we”."""
    first = words.strip().split(maxsplit=1)[:1]
    return bool(first) and first[0].lower() in str(FIRST_PERSON).split()
