"""Writing in the ledger: one entry for each thing that changes how an ask or a promise stands."""

import logging
import re
import secrets
from collections.abc import Mapping
from datetime import date

from django.db import connection, transaction

from betterstory.people.models import Body, Circle, Person, Post
from betterstory.promises.models import Ask, Entry, Kind, Promise, Said
from betterstory.promises.verify_ledger import BEGINNING, canonical, commit, hash_of

log = logging.getLogger(__name__)
ONE_WRITER = 0x6C656467  # the lock that PostgreSQL's writers take in turn; any number of our own
A_PERSON = "a person"
PLAIN = re.compile(r"[a-z0-9 _]+")

type Who = Post | Body | Circle | Person | str


@transaction.atomic(savepoint=False)
def enter(
    *,
    kind: Kind,
    about: Ask | Promise,
    who: Who,
    on: date,
    words: str = "",
    due_on: date | None = None,
    more: Mapping[str, str] | None = None,
) -> Entry:
    """Write an entry, in the transaction of the verb that calls it, as the last thing it does.

    It has no savepoint of its own: where it fails, what the verb did is undone too.

    `who` is a post, a body or a circle, a person (written as “a person”) or plain words for a kind of people;
    never a name. The words, the day due and the name of a post or body are committed to, not written.
    Where the clock was set back the entry has the day of the one before it: days only go forward.
    """
    _in_turn()
    newest = Entry.objects.order_by("-seq").values_list("seq", "hash", "day").first()
    last, prev, day = newest or (0, BEGINNING, on)
    text = canonical(_said(who, words, due_on, more))
    salt = secrets.token_bytes(16)
    entry = Entry(
        seq=last + 1,
        kind=str(kind),
        about=str(about),
        who=in_a_kind(who),
        day=max(on, day),
        commitment=commit(text, salt),
        prev=prev,
    )
    if not PLAIN.fullmatch(entry.kind + entry.about + entry.who):
        raise ValueError(entry.kind, entry.about)  # it could not be checked later
    entry.hash = hash_of(entry.fields)
    entry.save(force_insert=True)
    Said.objects.create(
        entry=entry,
        ask=about if isinstance(about, Ask) else None,
        promise=about if isinstance(about, Promise) else None,
        salt=salt,
        text=text,
    )
    log.info("ledger entry=%s kind=%s about=%s", entry.seq, entry.kind, entry.about)
    return entry


def in_a_kind(who: Who) -> str:
    """Who it was, without a name: “post 3 of body 2”."""
    match who:
        case Post():
            return f"post {who.pk} of body {who.body_id}"
        case Body() | Circle():
            return f"{who._meta.model_name} {who.pk}"
        case Person():
            return A_PERSON
    return who


def promiser(promise: Promise) -> Post | str:
    """Who promised, as `enter` takes it."""
    return promise.post or A_PERSON


def promised_side(promise: Promise) -> Circle | Body | str:
    """To whom it was promised, as `enter` takes it."""
    return promise.to_circle or promise.to_body or A_PERSON


def asker(ask: Ask) -> Circle | Body | str:
    """Who asks, as `enter` takes it."""
    return ask.asked_by or ask.asking_body or A_PERSON


def asked_side(ask: Ask) -> Circle | Body | str:
    """Whose answer it is, as `enter` takes it."""
    return ask.of or ask.of_circle or A_PERSON


def _said(who: Who, words: str, due_on: date | None, more: Mapping[str, str] | None) -> dict[str, str]:
    """What is committed to: names of posts and bodies, so that a list elsewhere can be read; of no person."""
    named = str(who) if isinstance(who, Post | Body) else ""
    told = {"words": words, "due": due_on.isoformat() if due_on else "", "by": named, **(more or {})}
    return {name: value for name, value in told.items() if value}


def _in_turn() -> None:
    """One writer after another. SQLite's transactions begin so already (IMMEDIATE); PostgreSQL is asked."""
    if connection.vendor == "postgresql":
        with connection.cursor() as cursor:
            cursor.execute("select pg_advisory_xact_lock(%s)", [ONE_WRITER])
