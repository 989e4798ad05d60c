"""Who holds the post, and who may see a concern. Whoever is accused is never among them."""

from collections.abc import Iterable
from datetime import datetime

from rules import predicate

from betterstory.people.models import Person, Role
from betterstory.stories.models import Concern, Lead


def posts() -> list[Lead]:
    """Who holds a post now: the lead before the deputy. Whoever lost the part, or left, is out at once."""
    rows = Lead.objects.filter(until_at=None, person__is_active=True)
    rows = rows.filter(person__parts__role=Role.SAFETY, person__parts__left_on=None)
    return sorted(rows.select_related("person"), key=lambda row: row.post != Lead.Post.LEAD)


def first() -> Lead | None:
    """Whom a teller reads of: the lead, or the deputy while there is none."""
    return next(iter(posts()), None)


@predicate
def may_name(by: Person, person: Person) -> bool:
    """A steward names somebody else, never themselves."""
    return by.plays(Role.STEWARD) and by.pk != person.pk


def holds_post(person: Person) -> bool:
    """Whether somebody is lead or deputy now, with the part that asks for a second factor."""
    return _held_since(person) is not None


def _held_since(person: Person) -> datetime | None:
    """When somebody who holds a post now first held one; None for everybody else. One query at most."""
    if not person.is_active or not person.plays(Role.SAFETY):
        return None
    terms = Lead.objects.filter(person=person).order_by("since_at").values_list("since_at", "until_at")
    since = [(began, until) for began, until in terms]
    return since[0][0] if any(until is None for _began, until in since) else None


@predicate
def may_see(person: Person, concern: Concern) -> bool:
    """The lead or deputy, unless it is about them, or may be."""
    return concern.pk in {each.pk for each in visible(person, [concern])}


def visible(person: Person, concerns: Iterable[Concern]) -> list[Concern]:
    """Of these, the ones this person may know of. One query, whatever their number.

    Of what accuses somebody who is not named here, whoever held a post that day knows nothing.
    """
    since = _held_since(person)
    if since is None:
        return []
    return [
        each
        for each in concerns
        if each.forgotten_at is None
        and each.about_id != person.pk
        and not (each.outside_only and since <= each.raised_at)
    ]


def readers_of(about: Person | None, *, outside_only: bool) -> list[Lead]:
    """Who can read it the moment it is raised: nobody here, where all who could are accused or may be."""
    if outside_only:
        return []
    return [post for post in posts() if about is None or post.person_id != about.pk]


@predicate
def may_open(person: Person, concern: Concern) -> bool:
    """Whoever may see the concern, in the story it is about; paused or taken back, but never destroyed."""
    story = concern.story
    return story is not None and story.destroyed_at is None and may_see(person, concern)


@predicate
def may_take_requests(person: Person) -> bool:
    """A steward, or whoever holds a post."""
    return person.plays(Role.STEWARD) or holds_post(person)
