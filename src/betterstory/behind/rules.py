"""Who may ask records about a story, who may let the answer out, and whether the teller still says yes."""

from collections.abc import Collection, Iterable, Mapping
from datetime import datetime

from rules import predicate

from betterstory.behind.models import Answer, Draft, Pattern, Trustee
from betterstory.people.models import Body, Person, Post, Role
from betterstory.places.models import Place
from betterstory.stories.models import Piece, Use
from betterstory.stories.rules import PARTNERS, may_each

MAKERS = (Role.ORGANISER, Role.ANALYST, Role.STEWARD)
KEEPERS = (Role.ANALYST, Role.STEWARD)
ESTIMATORS = (Role.ORGANISER, Role.ANALYST)
READERS = (Role.ORGANISER, Role.PARTNER, Role.ANALYST, Role.STEWARD)


@predicate
def may_make(person: Person) -> bool:
    """Make a pattern: an organiser, an analyst or a steward."""
    return person.plays(*MAKERS)


@predicate
def may_keep(person: Person) -> bool:
    """Bring a log, count in it, throw it away: an analyst or a steward. Nobody else comes near one."""
    return person.plays(*KEEPERS)


@predicate
def may_estimate(person: Person) -> bool:
    """Write down a figure from elsewhere: an organiser or an analyst."""
    return person.plays(*ESTIMATORS)


@predicate
def may_name_a_trustee(person: Person, trustee: Person) -> bool:
    """A steward, and never themselves."""
    return person.plays(Role.STEWARD) and person.pk != trustee.pk


@predicate
def may_end_a_trustee(person: Person) -> bool:
    """A steward."""
    return person.plays(Role.STEWARD)


@predicate
def may_approve(person: Person, draft: Draft | Answer) -> bool:
    """Somebody who did not ask for it, and is a trustee, or speaks for another body than all who asked."""
    return draft.pk in approvable(person, [draft])


@predicate
def may_see_draft(person: Person, draft: Draft) -> bool:
    """Whoever counts, and whoever may approve it."""
    return may_keep(person) or may_approve(person, draft)


def approvable(person: Person, drafts: Iterable[Draft | Answer]) -> set[int]:
    """Of these drafts, the ids of those this person may approve, in few questions of the database.

    One who asked and holds no post could be of any body: then only a trustee is somebody else.
    """
    others = [draft for draft in drafts if person.pk not in draft.askers]
    if not others or not person.is_active:
        return set()
    if is_trustee(person):
        return {draft.pk for draft in others}
    if not person.plays(*READERS):
        return set()
    bodies = bodies_of({person.pk, *(pk for draft in others for pk in draft.askers)})
    own = bodies.get(person.pk, frozenset())
    return {draft.pk for draft in others if _all_elsewhere(own, draft, bodies)}


def _all_elsewhere(own: frozenset[int], draft: Draft | Answer, bodies: dict[int, frozenset[int]]) -> bool:
    theirs = [bodies.get(pk, frozenset()) for pk in draft.askers]
    return bool(own and theirs) and all(each and not own & each for each in theirs)


def bodies_of(people: Iterable[int]) -> dict[int, frozenset[int]]:
    """The bodies each of these people holds a post in. One that was followed by another is that other one."""
    after = dict(Body.objects.exclude(followed_by=None).values_list("pk", "followed_by_id"))
    found: dict[int, set[int]] = {}
    held = Post.objects.filter(holder__in=people, followed_by=None).values_list("holder_id", "body_id")
    for holder, body in held:
        found.setdefault(holder, set()).add(_now(body, after))
    return {holder: frozenset(bodies) for holder, bodies in found.items()}


def _now(body: int, after: dict[int, int]) -> int:
    met: set[int] = set()
    while body in after and body not in met:
        met.add(body)
        body = after[body]
    return body


def posts_that_may(draft: Draft | Answer) -> list[str]:
    """The posts whose holders could approve this draft, so that whoever asked knows whom to ask."""
    held = Post.objects.filter(
        followed_by=None, holder__is_active=True, holder__parts__role__in=READERS, holder__parts__left_on=None
    ).select_related("body")
    posts = [post for post in held.distinct() if post.holder_id not in draft.askers]
    bodies = bodies_of({*(post.holder_id for post in posts if post.holder_id), *draft.askers})
    own = {post: bodies.get(post.holder_id or 0, frozenset()) for post in posts}
    return [str(post) for post in posts if _all_elsewhere(own[post], draft, bodies)]


def is_trustee(person: Person) -> bool:
    """A steward named them, and nobody has ended it."""
    return Trustee.objects.filter(person=person, ended_on=None).exists()


def keeps_a_log(place: Place | None) -> bool:
    """A steward switched it on, and somebody named answers for it."""
    return place is not None and place.keeps_a_log and bool(place.log_controller.strip())


def is_tied(pattern: Pattern, *, at: datetime) -> bool:
    """Whether a pattern may be said to come from its story, and be asked again. Of no story: it may not."""
    return pattern.pk in tied([pattern], at=at)


def is_free(pattern: Pattern, *, at: datetime) -> bool:
    """Whether a pattern may be asked of records now: it came from no story, or its teller still says yes."""
    return pattern.pk in free([pattern], at=at)


type Pieces = Mapping[int, Iterable[Piece]]


def free(
    patterns: Iterable[Pattern],
    *,
    at: datetime,
    pieces: Pieces | None = None,
    counted: Collection[int] | None = None,
) -> set[int]:
    """Of these patterns, the ids of those whose figures may stand beside a moment of a story, and that may be
    asked of records: of no story, or tied to theirs as `tied` says.
    """
    patterns = list(patterns)
    of_none = {pattern.pk for pattern in patterns if not pattern.from_a_story}
    return of_none | tied(patterns, at=at, pieces=pieces, counted=counted)


def tied(
    patterns: Iterable[Pattern],
    *,
    at: datetime,
    pieces: Pieces | None = None,
    counted: Collection[int] | None = None,
) -> set[int]:
    """Of these patterns, the ids of those whose tellers still say yes to counting every step they are about.

    One that came from a story and whose steps are gone is tied to nothing. Fetch patterns with
    `with_pieces()`: then one query does for all. Whoever has read the `pieces` of each gives them, and
    whoever has asked which of them may be `counted`.
    """
    read = {
        pattern.pk: list(pattern.pieces.all() if pieces is None else pieces.get(pattern.pk, ()))
        for pattern in patterns
        if pattern.from_a_story
    }
    if counted is None:
        asked = [piece for each in read.values() for piece in each]
        counted = may_each(PARTNERS, Use.COUNT, asked, at) if asked else set()
    return {pk for pk, own in read.items() if own and all(piece.pk in counted for piece in own)}
