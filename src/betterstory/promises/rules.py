"""Who may ask, answer, promise and judge, as sentences."""

from rules import predicate

from betterstory.people.models import Body, Circle, Person, Post, Role
from betterstory.promises.models import Ask, Promise


@predicate
def organises(person: Person) -> bool:
    """An organiser or a steward: they write down what was said in a room."""
    return person.plays(Role.ORGANISER, Role.STEWARD)


@predicate
def may_ask_for(person: Person, circle: Circle) -> bool:
    """An organiser asks for a room; a teller's helpers are private and ask for nobody."""
    return organises(person) and circle.kind != Circle.Kind.HELPERS


@predicate
def stands_for(person: Person, body: Body) -> bool:
    """Holds a post in this body, or in the last that followed it; a post that was followed is over."""
    return person.posts.filter(today=None, body__in=[body.pk, body.today_id or body.pk]).exists()


@predicate
def speaks_for(person: Person, post: Post) -> bool:
    """Stands for the body of a post, or of the post that took its place."""
    return stands_for(person, post.body) or (post.today is not None and stands_for(person, post.today.body))


@predicate
def may_speak_for(person: Person, body: Body) -> bool:
    """Stands for the body, or writes down what was said in the room."""
    return organises(person) or stands_for(person, body)


@predicate
def may_answer(person: Person, ask: Ask) -> bool:
    """Whoever may say yes: who speaks for the body asked; of residents each for themselves, and an organiser
    who writes it down.
    """
    if ask.of is not None:
        return may_speak_for(person, ask.of)
    return organises(person) or ask.of_circle_id in person.circle_ids


@predicate
def may_refuse(person: Person, ask: Ask) -> bool:
    """Whoever may say no, not ours or later. One resident never says no for all: an organiser writes down
    what they said together.
    """
    return may_speak_for(person, ask.of) if ask.of is not None else organises(person)


@predicate
def may_promise_for(person: Person, post: Post) -> bool:
    """Speaks for the post, or writes down what was said in the room."""
    return organises(person) or speaks_for(person, post)


@predicate
def gave_word(person: Person, promise: Promise) -> bool:
    """Whoever promised, or holds the post that did, or the one that took its place."""
    holder = promise.post.holder_id if promise.post else None
    keeper = promise.keeper
    return person.pk in (promise.made_by_id, holder, keeper.pk if keeper else None)


@predicate
def may_confirm(person: Person, promise: Promise) -> bool:
    """Whoever keeps it now; while nobody holds the post, anyone who speaks for it."""
    if promise.post is None:
        return False
    keeper = promise.keeper
    return person.pk == keeper.pk if keeper else speaks_for(person, promise.post)


@predicate
def is_promiser(person: Person, promise: Promise) -> bool:
    """Whoever gave their word, holds the post now, or stands for its body."""
    if gave_word(person, promise):
        return True
    return promise.post is not None and speaks_for(person, promise.post)


@predicate
def is_promised(person: Person, promise: Promise) -> bool:
    """It was made to them, to a circle they are in, or to a body they stand for."""
    if person.pk == promise.to_person_id or promise.to_circle_id in person.circle_ids:
        return True
    return promise.to_body is not None and stands_for(person, promise.to_body)


@predicate
def may_ask_residents(person: Person, promise: Promise) -> bool:
    """An organiser or somebody it was promised to asks the residents; never whoever promised."""
    return (organises(person) or is_promised(person, promise)) and not is_promiser(person, promise)


@predicate
def may_count(person: Person, promise: Promise) -> bool:
    """An organiser types in cards and doors, and closes; never for a promise of their own."""
    return organises(person) and not is_promiser(person, promise)


@predicate
def may_reply(person: Person, body: Body) -> bool:
    """Somebody who holds a post there. Nobody writes a body's own words for it."""
    return stands_for(person, body)


@predicate
def may_point(person: Person, promise: Promise) -> bool:
    """Both sides of a promise, and an organiser."""
    return organises(person) or is_promised(person, promise) or is_promiser(person, promise)


@predicate
def may_judge(person: Person, promise: Promise) -> bool:
    """The promised side, and never the promiser."""
    return is_promised(person, promise) and not is_promiser(person, promise)


@predicate
def may_ask_for_time(person: Person, promise: Promise) -> bool:
    """The promiser; for a post also an organiser, who writes down what was said in the room."""
    return is_promiser(person, promise) or (promise.post is not None and organises(person))


@predicate
def may_see_what_waits(person: Person, promise: Promise) -> bool:
    """Before an election: the two sides, and whoever writes down."""
    return organises(person) or is_promised(person, promise) or is_promiser(person, promise)


@predicate
def may_name_keepers(person: Person) -> bool:
    """A steward says who holds the head of the ledger elsewhere."""
    return person.plays(Role.STEWARD)


@predicate
def chose_these_words(person: Person, entry: Ask | Promise) -> bool:
    """It is their own name that stands, or could stand, on the wall."""
    if isinstance(entry, Ask):
        return person.pk == entry.asker_id
    return person.pk in (entry.person_id, entry.to_person_id)
