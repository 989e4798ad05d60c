"""The secret that signs sessions and forms: made once, kept beside the data, readable by its owner alone."""

import os
import secrets
from pathlib import Path


def read_or_make_secret(home: Path) -> str:
    """The secret of this place; made on the first start."""
    file = home / "secret.key"
    if not file.exists():
        home.mkdir(parents=True, exist_ok=True)
        # O_EXCL: of two processes starting at once, one writes and the other reads.
        try:
            handle = os.open(file, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
        except FileExistsError:
            return file.read_text().strip()
        with os.fdopen(handle, "w") as out:
            out.write(secrets.token_urlsafe(50))
    return file.read_text().strip()
