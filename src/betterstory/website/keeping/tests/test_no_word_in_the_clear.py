"""A phrase of a story goes through the whole house, and lies readable in no file of its data folder."""

import json
import os
import secrets
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest

from betterstory.people.codes import LETTERS
from betterstory.website.keeping.tests.living_through import in_the_folder


def live(home: Path, phrase: str, *more: str) -> dict[str, Any]:
    for folder in ("data", "tmp"):
        (home / folder).mkdir()
    done = subprocess.run(
        [sys.executable, "-m", "betterstory.website.keeping.tests.living_through", phrase, *more],
        env=os.environ
        | {
            "BETTER_STORY_HOME": str(home / "data"),
            "BETTER_STORY_URL": "http://localhost:8000",
            "BETTER_STORY_DEMO": "0",
            "DJANGO_SETTINGS_MODULE": "betterstory.website.settings",
            "TMPDIR": str(home / "tmp"),
        },
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode == 0, done.stderr[-3000:]
    assert phrase not in done.stderr, "nor on the terminal"
    told: dict[str, Any] = json.loads(done.stdout.splitlines()[-1])
    return told


def a_phrase() -> str:
    return "the heron " + "".join(secrets.choice(LETTERS) for _n in range(16)) + " flew"


@pytest.mark.parametrize("in_the_clear", [False, True])
def test_no_word_of_a_story_lies_readable_in_any_file(in_the_clear: bool, tmp_path: Path) -> None:
    phrase = a_phrase()
    told = live(tmp_path, phrase, *(["in-the-clear"] if in_the_clear else []))
    looked_at = set(told["files"])
    assert {"story.sqlite3", "story.sqlite3-wal", "story.log", "keys.sqlite3", "copies.record"} <= looked_at
    assert any(name.startswith("story-") for name in looked_at), "a copy was made"
    if in_the_clear:
        # once in the clear, and it is found: where it was written, and in what was taken out of the copy
        assert {"story.sqlite3-wal", "looked into/story.sqlite3"} & set(told["found"])
        assert in_the_folder(tmp_path, phrase)
    else:
        assert told["found"] == []
        assert in_the_folder(tmp_path, phrase) == []


@pytest.mark.parametrize("coding", ["utf-8", "utf-16-le"])
@pytest.mark.parametrize("before", ["", "a", "ab"])
def test_the_look_itself_finds_it_however_it_is_written(coding: str, before: str, tmp_path: Path) -> None:
    import base64  # noqa: PLC0415 - this test alone writes it so

    phrase = a_phrase()
    (tmp_path / "plain").write_bytes((before + phrase).encode(coding))
    (tmp_path / "base64").write_bytes(base64.b64encode((before + phrase + " and more").encode()))
    (tmp_path / "hex").write_text((before + phrase).encode().hex())
    (tmp_path / "small letters").write_bytes((before + phrase).lower().encode(coding))
    (tmp_path / "other").write_text("nothing of it")
    assert in_the_folder(tmp_path, phrase) == ["base64", "hex", "plain", "small letters"]
