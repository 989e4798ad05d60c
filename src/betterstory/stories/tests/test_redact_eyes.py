"""The second pair of eyes: the vendored model is the one we know, and the web never loads it."""

import hashlib
import json
import subprocess
import sys

import pytest

from betterstory.stories.redacting import second_eyes
from betterstory.stories.redacting.second_eyes import SecondEyes, State, is_installed, model_folder

META = ("core_web_md", "3.8.0", "en", "MIT", "Explosion", "5010fcbd3")
GOLDEN = [
    [("Dr Patel", "eyes-person"), ("Coventry", "eyes-group"), ("Maz", "eyes-group")],
    [("jean", "eyes-person")],
    [],
    [("Lynne", "eyes-person"), ("Steve", "eyes-person"), ("Birmingham", "eyes-place")],
]
META_SHA = "e7102cee20c0f79503f30231118b8f35b631fd4aace456e4f463b38aa066548a"
NER_SHA = "7454af3a8d841f9724f932f95b06591a13da659e0f99dd44ebbb2be804739d6d"
LINES = (
    "Dr Patel came from Coventry to see Maz.",
    "my sister jean works at the gulson",
    "Nobody rang, and the soup went cold.",
    "Lynne and Steve met in Birmingham in May.",
)

needs_model = pytest.mark.skipif(not is_installed(), reason="the extra “redact” is not installed")


@needs_model
def test_the_models_own_meta_is_the_one_we_know() -> None:
    folder = model_folder()
    assert folder is not None
    meta = json.loads((folder / "meta.json").read_text())
    said = tuple(meta[key] for key in ("name", "version", "lang", "license", "author", "spacy_git_version"))
    assert said == META
    assert hashlib.sha256((folder / "meta.json").read_bytes()).hexdigest() == META_SHA
    assert hashlib.sha256((folder / "ner" / "model").read_bytes()).hexdigest() == NER_SHA


@needs_model
def test_it_sees_what_it_saw_when_we_chose_it() -> None:
    eyes = SecondEyes()
    try:
        sight = eyes.look(LINES, wait=120.0)
    finally:
        eyes.close()
    assert sight.state is State.SEEN
    seen = [
        [(line[f.start : f.end], f.kind) for f in each] for line, each in zip(LINES, sight.found, strict=True)
    ]
    assert seen == GOLDEN
    assert all(found.asks and not found.instead for each in sight.found for found in each)


def test_without_the_extra_it_says_so(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(second_eyes, "MODEL", "no_such_model")
    assert SecondEyes().look(["Tone came"]).state is State.ABSENT


def test_a_process_that_ends_at_once_is_absent_and_not_an_error(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(second_eyes, "is_installed", lambda: True)
    monkeypatch.setattr(second_eyes.sys, "executable", "/bin/false")
    eyes = SecondEyes()
    assert eyes.look(["Tone came"], wait=5.0).state is State.ABSENT
    assert eyes._child is None


def test_a_process_that_is_slow_to_wake_is_waited_for_no_longer_than_asked(
    monkeypatch: pytest.MonkeyPatch, tmp_path: object
) -> None:
    slow = f"{tmp_path}/slow"
    with open(slow, "w") as script:
        script.write("#!/bin/sh\nsleep 30\n")
    subprocess.run(["chmod", "+x", slow], check=True)
    monkeypatch.setattr(second_eyes, "is_installed", lambda: True)
    monkeypatch.setattr(second_eyes.sys, "executable", slow)
    eyes = SecondEyes()
    try:
        assert eyes.look(["Tone came"], wait=0.1).state is State.WAKING
    finally:
        eyes.close()


def test_the_web_never_loads_the_model() -> None:
    code = "import sys; import betterstory.stories.redacting.second_eyes; print('spacy' in sys.modules)"
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert done.stdout.strip() == "False"


def test_the_rules_know_nothing_of_the_web() -> None:
    names = "words listed uk dates capitals topics lines looking anchoring second_eyes".split()  # noqa: SIM905 - a list to read
    modules = "; ".join(f"import betterstory.stories.redacting.{name}" for name in names)
    code = f"import sys; {modules}; print('django' in sys.modules)"
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert done.stdout.strip() == "False"
