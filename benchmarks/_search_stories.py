"""Many stories told at once, as verbs would have left them. Needs Django to be ready."""

import os
import random
import uuid
from datetime import datetime, timedelta

from cryptography.hazmat.primitives.ciphers.aead import AESGCM

from betterstory.people.keys import book, keyring
from betterstory.people.keys.ring import FORMAT, NONCE
from betterstory.people.models import Circle, Person
from betterstory.places.models import Neighbourhood
from betterstory.stories.models import Audience, Consent, Piece, Story, Use, Version, Wish
from betterstory.stories.sealing import NAME, TEXT, TITLE, WORDS

SIZE, PIECES = 5400, 5
SAID = tuple(
    word
    for line in (
        "rang waited kettle bridge Tuesday letter again café nobody queue postman knocking morning bus tea",
        "list winter place street doctor surgery gate neighbour dog walked late early cold Siobhán quiet",
    )
    for word in line.split(" ")
)


def tell_all(many: int, teller: Person, row: Neighbourhood, room: Circle, at: datetime) -> int:
    """So many, each under a key of its own; says how many bytes of words."""
    chance, keys = random.Random(7), _keys(many)
    facts = {"teller": teller, "neighbourhood": row, "limits_heard_at": at, "begun_at": at}
    stories, versions, texts = [], [], []
    for number, (key, value) in enumerate(keys.items()):
        one, two = uuid.uuid4(), uuid.uuid4()
        texts.append(_text(number, chance))
        title = _seal(value, key, f"Story {number}", TITLE, one)
        name = _seal(value, key, "Robin", NAME, one)
        story = Story(uuid=one, key=key, title_sealed=title, name_sealed=name, **facts)
        sealed = _seal(value, key, texts[-1], TEXT, two)
        stories.append(story)
        versions.append(
            Version(uuid=two, story=story, number=1, text_sealed=sealed, begun_at=at, agreed_at=at)
        )
    Story.objects.bulk_create(stories)
    Version.objects.bulk_create(versions)
    for version in versions:
        _add_pieces(version, keys[version.story.key], chance)
    until = at + timedelta(days=30)
    days = {"given_at": at, "begins_at": at, "until": until}
    yes = {"use": Use.READ, "audience": Audience.CIRCLE, "circle": room}
    Consent.objects.bulk_create(Consent(version=version, **yes, **days) for version in versions)
    return sum(len(text.encode()) for text in texts)


def _keys(many: int) -> dict[uuid.UUID, bytes]:
    """Written into the key book at once: one by one, each waits for the disk."""
    keys = {uuid.uuid4(): os.urandom(32) for _ in range(many)}
    with keyring().opened() as open_book, book.writing(open_book):
        site_key = keyring().site_key(open_book)
        rows = [(key.bytes, site_key.wrap(value)) for key, value in keys.items()]
        open_book.executemany("insert into data_key (id, wrapped) values (?, ?)", rows)
    return keys


def _text(number: int, chance: random.Random) -> str:
    text = "The blue gate. " if number == 0 else ""
    while len(text.encode()) < SIZE:
        text += " ".join(chance.choices(SAID, k=12)) + ". "
    return text


def _add_pieces(version: Version, key: bytes, chance: random.Random) -> None:
    for position in range(PIECES):
        row, words = uuid.uuid4(), " ".join(chance.choices(SAID, k=12))
        Wish.objects.create(
            uuid=row,
            version=version,
            kind=Piece.Kind.WISH,
            position=position,
            words_sealed=_seal(key, version.story.key, words, WORDS, row),
            wish_kind=Wish.WishKind.HOPE,
        )


def _seal(value: bytes, key: uuid.UUID, words: str, name: str, row: uuid.UUID) -> bytes:
    """As the keyring seals, without asking it for the key each time."""
    nonce = os.urandom(NONCE)
    sealed = AESGCM(value).encrypt(nonce, words.encode(), f"{name}:{row}:{key}".encode())
    return FORMAT + key.bytes + nonce + sealed
