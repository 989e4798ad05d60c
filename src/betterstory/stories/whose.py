"""Asking whoever types: is this theirs? One page between a form and what it does, for every form with words.

Put `asks_whose` around a page, outside `once`: what was typed is compared before the page is reached. Where
there is an echo the form comes back with the question, and nothing was written yet. There are three ways
on: tie it to the line (only where the typist may see it), say it in one's own words, or say that it is not
from a story, which is kept. A line of a story is never copied by tying: where the place can show the line
itself it does, elsewhere the words are asked for again.
"""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import timedelta
from functools import wraps
from typing import cast

from django.http import HttpResponseBase, QueryDict
from django.shortcuts import render
from django.utils.translation import gettext_lazy as _

from betterstory.people import limits
from betterstory.people.visit import Page, Visit
from betterstory.stories import echoes
from betterstory.stories.rules import Viewer
from betterstory.stories.same_words import runs
from betterstory.ui.refusal import Refusal
from betterstory.ui.way_back import came_from

MOST_COMPARED, MOST_ASKED = 240, 30  # for one person, in an hour and in a day
NOT_THEIRS, TIE = "not-theirs", "tie"


class AskedTooOften(Refusal):
    """Somebody was asked so often that they may be trying words out."""

    code, status = "asked-too-often", 429
    words = _(
        "Many of your sentences are like those of a story. Talk with an organiser, or try again tomorrow."
    )


@dataclass(frozen=True)
class Typing:
    """Where something is typed, and what it is held against."""

    neighbourhood: int | None  # none: every story here
    viewer: Viewer | None = None  # whom a line would be shown to, where it is not the typist alone
    typed: Sequence[str] | None = None  # what is compared, where it is not what the fields hold
    standing: Sequence[str] = ()  # words that stood there before: nobody is asked twice
    may_tie: bool = True


@dataclass(frozen=True)
class Tie:
    """How a form points at a piece: in this field. `instead_of` names words that the line stands for."""

    field: str
    instead_of: str = ""


def asks_whose(
    where: Callable[..., Typing | None], *, fields: Sequence[str] = ("words",), tie: Tie | None = None
) -> Callable[[Page], Page]:
    """Compare what a form types, and ask where it echoes a story.

    `where` gets what the page gets. It answers None where there is nothing to compare.
    """

    def wrap(page: Page) -> Page:
        @wraps(page)
        def asked(request: Visit, *args: object, **kwargs: object) -> HttpResponseBase:
            typing = where(request, *args, **kwargs) if request.method == "POST" else None
            echo = compare(request, typing, fields) if typing else None
            if typing is None or echo is None:
                return page(request, *args, **kwargs)
            said = request.POST.get("whose")
            if said == NOT_THEIRS:
                answer = page(request, *args, **kwargs)
                if answer.status_code < 400:
                    what = page.__name__
                    echoes.say_not_theirs(echo.story, where=what, by=request.somebody, at=request.at)
                return answer
            tied_to = tie if typing.may_tie and echo.piece is not None else None
            if said == TIE and tied_to is not None and echo.piece is not None:
                sent = _tied(request.POST, tied_to, echo.piece.pk)
                request.POST = sent  # type: ignore[assignment]  # the form as it is now
                if tied_to.instead_of:
                    return page(request, *args, **kwargs)
                return _question(request, fields, None, is_tied=True)
            count_asked(request)
            return _question(request, fields, tied_to)

        return cast(Page, asked)

    return wrap


def compare(request: Visit, typing: Typing, fields: Sequence[str]) -> echoes.Echo | None:
    """One comparison, counted; less than five words are not compared. Raises AskedTooOften."""
    typed = typed_in(request, fields) if typing.typed is None else typing.typed
    if not any(runs(words) for words in typed):
        return None
    _count(request, "echoes-compared", MOST_COMPARED, timedelta(hours=1))
    return echoes.heard(
        typed,
        standing=typing.standing,
        neighbourhood=typing.neighbourhood,
        viewer=request.somebody if typing.viewer is None else typing.viewer,
        at=request.at,
    )


def typed_in(request: Visit, fields: Sequence[str]) -> list[str]:
    """What was typed in these fields."""
    return [words for field in fields for words in request.POST.getlist(field) if words.strip()]


def count_asked(request: Visit) -> None:
    """Somebody is asked: so often in a day and no more. Raises AskedTooOften."""
    _count(request, "echoes-asked", MOST_ASKED, timedelta(days=1))


def _count(request: Visit, what: str, most: int, within: timedelta) -> None:
    try:
        limits.count_try(what=what, who=str(request.somebody.pk), most=most, within=within, at=request.at)
    except limits.TooManyTries as often:
        raise AskedTooOften from often


def _tied(post: QueryDict, tie: Tie, piece: int) -> QueryDict:
    """What was sent, tied to this piece; where the line stands for words, those are left out."""
    sent = post.copy()
    if not tie.instead_of:
        sent[tie.field] = str(piece)
        return sent
    others = [value for value in sent.getlist(tie.field) if value != str(piece)]
    sent.setlist(tie.field, [*others, str(piece)])
    sent[tie.instead_of] = ""
    return sent


def _question(
    request: Visit, fields: Sequence[str], tie: Tie | None, *, is_tied: bool = False
) -> HttpResponseBase:
    """The form again: what was typed to change, the rest as it was sent, and the ways on."""
    sent, apart = request.POST, (*fields, "whose", "csrfmiddlewaretoken")
    context = {
        "typed": [(name, value) for name in fields for value in sent.getlist(name)],
        "kept": [(name, value) for name, values in sent.lists() if name not in apart for value in values],
        "may_tie": tie is not None,
        "shows_itself": tie is not None and bool(tie.instead_of),
        "is_tied": is_tied,
        "back": came_from(request),
    }
    return render(request, "stories/whose.html", context, status=422)
