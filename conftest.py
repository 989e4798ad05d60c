"""What every test stands on: a data folder and a keyring of its own."""

import os
from collections.abc import Iterator
from pathlib import Path

import pytest

os.environ.setdefault("DJANGO_ALLOW_ASYNC_UNSAFE", "true")  # Playwright's loop runs in the tests' own thread


@pytest.fixture(autouse=True)
def _own_keys(tmp_path: Path, request: pytest.FixtureRequest, monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    """Sealed words of one test are nobody else's: a keyring in a folder that is thrown away."""
    if "engines" in request.node.nodeid:
        yield
        return
    from betterstory.people import keys  # noqa: PLC0415 - engine tests run with Django blocked

    keys.keyring.cache_clear()
    ring = keys.Keyring(tmp_path / "keys")
    monkeypatch.setattr(keys, "keyring", lambda: ring)
    monkeypatch.setattr("betterstory.stories.sealing.keyring", lambda: ring)
    yield
