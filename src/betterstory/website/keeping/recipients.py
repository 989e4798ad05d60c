"""Who can open the copies: public keys in a file. The private ones are on paper, and never kept here."""

import os
from pathlib import Path

from django.conf import settings
from pyrage import IdentityError, RecipientError, x25519

from betterstory.website.keeping.trouble import CannotKeep

NONE_YET = (
    "Copies are encrypted for somebody, and nobody is named yet. Make a key that opens them with"
    " “better-story backup --make-identity”, and keep it on paper."
)


def file() -> Path:
    return Path(settings.HOME) / "recipients"


def read() -> list[x25519.Recipient]:
    """Those named. Raises CannotKeep where a line cannot be read."""
    if not file().exists():
        return []
    lines = [line.strip() for line in file().read_text().splitlines()]
    return [_recipient(line) for line in lines if line and not line.startswith("#")]


def needed() -> list[x25519.Recipient]:
    """Those named, one at least. Raises CannotKeep."""
    named = read()
    if not named:
        raise CannotKeep(NONE_YET)
    return named


def add(public: str) -> None:
    """Name one more, whose private key was made elsewhere. Raises CannotKeep."""
    _recipient(public.strip())
    known = file().read_text() if file().exists() else ""
    if public.strip() in known.split():
        return
    begun = file().with_name(".recipients.begun")
    with os.fdopen(os.open(begun, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600), "w") as out:
        out.write(known + public.strip() + "\n")
        out.flush()
        os.fsync(out.fileno())
    begun.replace(file())


def make_identity() -> str:
    """A new private key, shown this once; its public half is named here."""
    identity = x25519.Identity.generate()
    add(str(identity.to_public()))
    return str(identity)


def read_identity(path: Path) -> x25519.Identity:
    """The private key in a file, as it was printed. Raises CannotKeep."""
    try:
        lines = path.read_text().split()
        return x25519.Identity.from_str(next(line for line in lines if line.startswith("AGE-SECRET-KEY-")))
    except OSError:
        raise CannotKeep(f"{path} cannot be read. Write the private key into a file and name that.") from None
    except (StopIteration, IdentityError, UnicodeDecodeError):
        raise CannotKeep(
            f"{path} holds no private key. It is one line that begins with AGE-SECRET-KEY-1."
        ) from None


def _recipient(public: str) -> x25519.Recipient:
    try:
        return x25519.Recipient.from_str(public)
    except RecipientError:
        raise CannotKeep(f"“{public}” is no public key. One begins with age1.") from None
