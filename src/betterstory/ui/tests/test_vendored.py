"""What others made is shipped as they made it."""

import hashlib
import re
from pathlib import Path

UI = Path(__file__).parents[1]
VENDOR = UI / "static" / "ui" / "vendor"
ROW = re.compile(r"^\| \S+ \| \S+ \| \S+ \| `(?P<file>[^`]+)` \| `(?P<sha>[0-9a-f]{64})` \|$", re.MULTILINE)


def listed() -> dict[str, str]:
    text = (UI / "VENDORED.md").read_text(encoding="utf-8")
    return {row["file"]: row["sha"] for row in ROW.finditer(text)}


def test_every_vendored_file_is_listed_with_its_hash() -> None:
    there = {path.name: hashlib.sha256(path.read_bytes()).hexdigest() for path in VENDOR.iterdir()}
    assert there == listed()


def test_each_of_them_brings_its_licence() -> None:
    for maker in ("pico", "htmx", "atkinson-hyperlegible-next"):
        assert (VENDOR / f"{maker}.LICENSE.txt").read_text(encoding="utf-8").strip()


def test_none_of_picos_data_images_is_ever_asked_for() -> None:
    pico = (VENDOR / "pico.min.css").read_text(encoding="utf-8")
    house = (UI / "static" / "ui" / "house.css").read_text(encoding="utf-8")
    with_data = set(re.findall(r'(--[\w-]+):url\("data:', pico))
    assert len(with_data) == 10
    assert pico.count('url("data:') == len(re.findall(r'--[\w-]+:url\("data:', pico))
    assert with_data <= set(re.findall(r"(--pico-icon-[\w-]+): none;", house))


def test_our_own_files_hold_no_data_images() -> None:
    for path in (UI / "static").rglob("*"):
        if path.is_file() and VENDOR not in path.parents:
            assert not re.search(r"""url\(["']?data:""", path.read_text(encoding="utf-8")), path
