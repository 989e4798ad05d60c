"""No worker's name stands on the wall: whoever holds, or held, the post that promised."""

import re
from collections.abc import Iterable

from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from betterstory.people.models import Holding, Person
from betterstory.promises.models import Answer, Promise
from betterstory.ui.refusal import Refusal


class LeaveNamesOut(Refusal):
    """A worker's name beside a verdict."""

    code, status = "leave-names-out", 422
    words = _("Leave out the name of whoever works there. The post and the body stand beside it already.")


def leave_names_out(words: str, promise: Promise) -> None:
    """Raises LeaveNamesOut where the words hold the name of somebody who works there, or did."""
    if words and any(_is_named(name, words) for name in _names(workers(promise))):
        raise LeaveNamesOut


def workers(promise: Promise) -> list[Person]:
    """Whoever holds a post of the body that promised, and all whose word its posts gave or who answered for
    it: holders past and present, as far as anything tells.
    """
    if promise.post is None:
        return []
    posts = [promise.post, promise.post.today or promise.post]
    bodies = {pk for post in posts for pk in (post.body_id, post.body.today_id or post.body_id)}
    promised = Promise.objects.filter(post__body__in=bodies).values("made_by")
    answered = Answer.objects.filter(body__in=bodies, in_the_room=False).values("answered_by")
    held = Holding.objects.filter(post__body__in=bodies).values("person")
    theirs = Q(posts__body__in=bodies) | Q(pk__in=held) | Q(pk__in=promised) | Q(pk__in=answered)
    return list(Person.objects.filter(theirs).distinct())


def _names(people: Iterable[Person]) -> set[str]:
    """Their names, whole and in parts; a single letter is no name."""
    found = {part for person in people for part in (person.name, *person.name.split())}
    return {name for name in found if len(name.strip()) > 1}


def _is_named(name: str, words: str) -> bool:
    """As it is written or in capitals; "will" is no Will."""
    return any(re.search(rf"\b{re.escape(each)}\b", words) for each in (name, name.upper()))
