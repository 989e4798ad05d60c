"""Who may act on a story: its teller, whoever writes or speaks for them, whoever keeps this place.

What may be shown of it is asked in `rules`; nothing here opens a word.
"""

from __future__ import annotations

from rules import predicate

from betterstory.people.models import Person, Role
from betterstory.stories.models import Speaker, Story

TEAM = (Role.ORGANISER, Role.STEWARD)  # who keep this place
STUDYING = (*TEAM, Role.ANALYST)  # who works with what was told


@predicate
def may_change(person: Person, story: Story) -> bool:
    """A teller, or somebody the teller has writing for them."""
    if story.held_at:
        return False
    if person.pk in story.teller_ids:
        return True
    return story.helpers_id in person.circle_ids if story.helpers_id else False


@predicate
def may_write_for(person: Person, teller: Person) -> bool:
    """The teller; or an organiser or steward, who lets in whoever they write for."""
    return person.pk == teller.pk or person.plays(*TEAM)


@predicate
def may_decide(person: Person, story: Story) -> bool:
    """A teller alone says yes, and takes it back."""
    return person.pk in story.teller_ids


@predicate
def may_open(person: Person, story: Story) -> bool:
    """What opens a door, or destroys for good, is the teller's; not a found card's."""
    return may_decide(person, story) and not story.held_at


def may_speak_for(person: Person, story: Story, teller: Person) -> bool:
    """Somebody this teller chose to act for them; never the other teller, who says a yes of their own."""
    chosen = Speaker.objects.filter(story=story, chosen_by=teller, person=person, ended_at=None)
    return person.pk not in story.teller_ids and chosen.exists()


@predicate
def is_team(person: Person) -> bool:
    """Whoever keeps this place: an organiser or a steward."""
    return person.plays(*TEAM)


@predicate
def may_pause_for(person: Person, teller: Person) -> bool:
    """The teller; or any of the team, after a call on a bad day."""
    return person.pk == teller.pk or person.plays(*TEAM)


@predicate
def may_care(person: Person, story: Story) -> bool:
    """The teller, whoever writes with them, and whoever looks after tellers here: an organiser or steward.

    It shows nothing of the story itself.
    """
    return may_change(person, story) or person.plays(*TEAM)


@predicate
def may_take_out(person: Person) -> bool:
    """Whoever works with what was told; what is in the copy is asked for each piece."""
    return person.plays(*STUDYING)


@predicate
def may_keep_codebook(person: Person) -> bool:
    """The same people name what is looked for; anybody who may read a piece can say they see it there."""
    return person.plays(*STUDYING)
