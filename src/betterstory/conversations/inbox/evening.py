"""What a second laptop knows while the evening lasts: its sentences, and in memory alone who said what."""

import hmac
import secrets
from base64 import urlsafe_b64decode, urlsafe_b64encode
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from functools import cache
from pathlib import Path
from threading import Lock

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import AESGCM

from betterstory.conversations.inbox.pack import Pack, Sentence, overwrite, put_out, read_pack, write_pack
from betterstory.conversations.inbox.trouble import ClockIsBehind, EveningIsOver, NotAPack
from betterstory.conversations.inbox.writing import Inbox, say_goodbye

MAY_LAG = timedelta(hours=1)  # that far a clock may be behind the one at home
NONCE = 12


@dataclass
class Card:
    """What one card said here since the program was started. It is kept in memory, for its holder to see."""

    answers: dict[int, int] = field(default_factory=dict)
    wrote: set[str] = field(default_factory=set)


class Evening:
    """One evening on a second laptop. Raises EveningIsOver from the end of its night on."""

    def __init__(self, file: Path, *, at: datetime) -> None:
        self.file = file
        self.inbox_file = inbox_of(file)
        self._pack: Pack | None = open_pack(file, at=at)
        self._latest = time_of(file, at=at)
        self._cards: dict[bytes, Card] = {}
        self._lock = Lock()
        self._inbox: Inbox | None = None

    @property
    def is_over(self) -> bool:
        return self._pack is None

    def look(self, at: datetime) -> Pack:
        """The pack, at this moment. At the first sight of its end the key is destroyed, for good."""
        with self._lock:
            if self._pack is None:
                raise EveningIsOver
            self._latest = max(self._latest, at)  # a clock set back changes nothing
            if self._latest >= self._pack.ends_at:
                self._put_out(self._pack)
                raise EveningIsOver
            return self._pack

    def answer(self, code: str, sentence: Sentence, said: int, *, at: datetime, channel: str) -> None:
        """Take an answer; when this returns it is on the disk."""
        pack = self.look(at)
        told = {"kind": "answer", "code": code, "statement": sentence.pk, "mark": sentence.mark}
        self._append(pack, {**told, "said": said, "channel": channel})
        self.card(code).answers[sentence.pk] = said

    def write(self, code: str, words: str, *, at: datetime) -> None:
        """Take a sentence somebody wrote; sent again, it is the same one."""
        pack, card = self.look(at), self.card(code)
        if words not in card.wrote:
            self._append(pack, {"kind": "sentence", "code": code, "words": words})
            card.wrote.add(words)

    def stop_asking(self, number: int, *, at: datetime) -> None:
        """Ask a sentence no more: its words leave the pack, in memory and on the disk."""
        pack = self.look(at)
        with self._lock:
            self._pack = pack.without(number)
            overwrite(self.file, write_pack(self._pack))

    def card(self, code: str) -> Card:
        with self._lock:
            name = hmac.digest(self._derive(b"card"), code.encode(), "sha256")
            return self._cards.setdefault(name, Card())

    @property
    def counted(self) -> tuple[int, int]:
        """How many answers of how many cards since the program was started."""
        cards = [card for card in self._cards.values() if card.answers]
        return sum(len(card.answers) for card in cards), len(cards)

    def slip(self, code: str) -> str:
        """What stands for a card in the page of a phone: sealed, for this evening alone."""
        nonce = secrets.token_bytes(NONCE)
        sealed = nonce + AESGCM(self._derive(b"slip")).encrypt(nonce, code.encode(), None)
        return urlsafe_b64encode(sealed).decode()

    def read_slip(self, typed: str) -> str | None:
        """The code behind a slip, or None."""
        try:
            sealed = urlsafe_b64decode(typed.encode())
            return AESGCM(self._derive(b"slip")).decrypt(sealed[:NONCE], sealed[NONCE:], None).decode()
        except (ValueError, InvalidTag):
            return None

    def typed_before(self, code: str) -> str:
        """A mark of what was typed, to tell whether it is typed the same again."""
        return hmac.new(self._derive(b"typed"), code.encode(), "sha256").hexdigest()

    def _derive(self, purpose: bytes) -> bytes:
        if self._pack is None:
            raise EveningIsOver
        return self._pack.derive(purpose)

    def _append(self, pack: Pack, told: dict[str, object]) -> None:
        with self._lock:
            if self._inbox is None:
                self._inbox = Inbox(self.inbox_file, pack)
            # times go forward in a file, whatever the clock does
            self._latest += timedelta(microseconds=1)
            self._inbox.append({**told, "at": self._latest.isoformat()})

    def _put_out(self, pack: Pack) -> None:
        put_out(self.file, pack.uuid)
        say_goodbye(self.inbox_file, pack)
        self._pack, self._cards = None, {}


def open_pack(file: Path, *, at: datetime) -> Pack:
    """The pack in this file. Raises NotAPack, ClockIsBehind, or EveningIsOver once its key is destroyed."""
    try:
        pack = read_pack(file.read_text())
    except (OSError, UnicodeDecodeError):
        raise NotAPack from None
    if at < pack.made_at - MAY_LAG:
        raise ClockIsBehind
    if time_of(file, at=at) >= pack.ends_at:
        put_out(file, pack.uuid)
        raise EveningIsOver
    return pack


def time_of(file: Path, *, at: datetime) -> datetime:
    """What time it is at least: where the inbox was written to later than the clock says, it is later."""
    inbox = inbox_of(file)
    if not inbox.exists():
        return at
    return max(at, datetime.fromtimestamp(inbox.stat().st_mtime, tz=UTC))


def inbox_of(file: Path) -> Path:
    """The inbox lies beside the pack, under the same name."""
    return file.with_name(f"{file.stem}.inbox")


@cache
def the_evening(file: str) -> Evening:
    """The one evening of this program."""
    return Evening(Path(file), at=datetime.now(tz=UTC))
