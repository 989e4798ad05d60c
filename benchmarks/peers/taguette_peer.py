"""The real Taguette, without a window: started, handed what we made, asked what it holds.

    python -m benchmarks.peers.taguette_peer FOLDER

Standard library only. FOLDER holds what we hand over; one line of JSON says what Taguette made of it.
"""

import csv
import http.cookiejar
import io
import json
import os
import re
import subprocess
import sys
import time
import urllib.error
import urllib.parse
import urllib.request
import uuid
from html import unescape
from importlib.metadata import version
from pathlib import Path
from typing import Any

PORT = 7466
HOST = f"http://localhost:{PORT}"


class Taguette:
    """One running Taguette and a browser's cookies for it."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self.jar = http.cookiejar.CookieJar()
        self.opener = urllib.request.build_opener(urllib.request.HTTPCookieProcessor(self.jar))
        self.log = folder / "taguette.log"

    def __enter__(self) -> "Taguette":
        command = [
            str(Path(sys.executable).parent / "taguette"),
            "--no-browser",
            "--bind",
            "127.0.0.1",
            "-p",
            str(PORT),
            "--database",
            str(self.folder / "taguette.sqlite3"),
        ]
        with self.log.open("w") as log:
            self.process = subprocess.Popen(
                command, env=os.environ | {"HOME": str(self.folder)}, stdout=log, stderr=subprocess.STDOUT
            )
        self.get(self._first_address())
        self.get("/project/new")  # a page with a form gives the mark that forms are sent with
        return self

    def __exit__(self, *_error: object) -> None:
        self.process.terminate()
        self.process.wait(timeout=20)

    def _first_address(self) -> str:
        """The address with a token that its log prints, once it is up."""
        for _look in range(240):
            found = re.search(r"http://\S*(/\?token=\w+)", self.log.read_text())
            if found:
                return found.group(1)
            if self.process.poll() is not None:
                break
            time.sleep(0.5)
        raise SystemExit("Taguette did not start: " + self.log.read_text()[-400:])

    def get(self, path: str) -> bytes:
        with self.opener.open(HOST + path, timeout=60) as answer:
            return bytes(answer.read())

    def post(self, path: str, fields: dict[str, str], file: tuple[str, bytes] | None = None) -> bytes:
        """Send a form as a browser does, with the mark that the site's own cookie holds."""
        mark = next((cookie.value or "" for cookie in self.jar if cookie.name == "_xsrf"), "")
        data, kind = encoded(fields | {"_xsrf": mark}, file)
        request = urllib.request.Request(HOST + path, data, {"Content-Type": kind})  # noqa: S310 - it is on this machine
        with self.opener.open(request, timeout=60) as answer:
            self.where = answer.geturl()
            return bytes(answer.read())


def encoded(fields: dict[str, str], file: tuple[str, bytes] | None) -> tuple[bytes, str]:
    edge = uuid.uuid4().hex
    parts = [
        f'--{edge}\r\nContent-Disposition: form-data; name="{name}"\r\n\r\n{value}\r\n'.encode()
        for name, value in fields.items()
    ]
    if file is not None:
        name, data = file
        head = f'--{edge}\r\nContent-Disposition: form-data; name="file"; filename="{name}"\r\n'
        parts.append(f"{head}Content-Type: application/octet-stream\r\n\r\n".encode() + data + b"\r\n")
    return b"".join([*parts, f"--{edge}--\r\n".encode()]), f"multipart/form-data; boundary={edge}"


def rows(data: bytes) -> list[dict[str, str]]:
    return list(csv.DictReader(io.StringIO(data.decode("utf-8-sig"))))


def hand_over_project(taguette: Taguette, data: bytes) -> dict[str, Any]:
    """Import the project file; what it holds then."""
    file = ("project.sqlite3", data)
    projects = json.loads(taguette.post("/api/import", {}, file))["projects"]
    made = json.loads(taguette.post("/api/import", {"project_id": str(projects[0]["id"])}, file))
    number = made["project_id"]
    codebook = taguette.get(f"/project/{number}/export/codebook.csv")
    highlights = taguette.get(f"/project/{number}/export/highlights/.csv")
    shown = [
        taguette.get(f"/project/{number}/export/document/{row}.html").decode()  # the first of a new database
        for row in range(1, len({row["document"] for row in rows(highlights)}) + 1)
    ]
    qdc = taguette.get(f"/project/{number}/export/codebook.qdc")
    return {
        "highlights": [(row["document"], row["tag"], row["content"]) for row in rows(highlights)],
        "descriptions": {row["tag"]: row["description"] for row in rows(codebook)},
        "shown": shown,
        "qdc": qdc.decode(),
    }


def hand_over_parts(taguette: Taguette, folder: Path) -> dict[str, Any]:
    """Make a project by hand: each document, and then the codebook, as its own pages would send them."""
    taguette.post("/project/new", {"name": "By hand", "description": ""})
    found = re.search(r"/project/(\d+)", taguette.where)
    if found is None:
        raise SystemExit("No project was made.")
    number = found.group(1)
    documents: dict[str, str] = {}
    for file in sorted((folder / "documents").glob("*.html")):
        fields = {"name": file.stem, "description": "", "text_direction": "LEFT_TO_RIGHT"}
        made = taguette.post(f"/api/project/{number}/document/new", fields, (file.name, file.read_bytes()))
        page = taguette.get(f"/project/{number}/export/document/{json.loads(made)['created']}.html").decode()
        body = page.partition("<body")[2].partition(">")[2]
        documents[file.stem] = unescape(re.sub(r"<[^>]*>", " ", body))
    page = f"/project/{number}/import_codebook"
    taguette.get(page)
    asked = taguette.post(page, {}, ("codebook.csv", (folder / "codebook.csv").read_bytes())).decode()
    taguette.post(page, sent_back(asked))
    codebook = taguette.get(f"/project/{number}/export/codebook.csv")
    return {
        "descriptions": {row["tag"]: row["description"] for row in rows(codebook)},
        "documents": documents,
    }


def sent_back(page: str) -> dict[str, str]:
    """The form it answers with, as it would be pressed: every tag ticked."""
    fields: dict[str, str] = {}
    for tag in re.findall(r"<(?:input|textarea)[^>]*>(?:[^<]*</textarea>)?", page):
        name = re.search(r'name="([^"]+)"', tag)
        if name is None or name.group(1) == "_xsrf":
            continue
        value = re.search(r'value="([^"]*)"', tag)
        inside = re.search(r">([^<]*)</textarea>", tag)
        words = value.group(1) if value else inside.group(1) if inside else "on"
        fields[name.group(1)] = unescape(words)
    return fields


def main() -> int:
    folder = Path(sys.argv[1])
    with Taguette(folder) as taguette:
        said = {
            "project": hand_over_project(taguette, (folder / "project.sqlite3").read_bytes()),
            "parts": hand_over_parts(taguette, folder),
            "version": version("taguette"),
        }
    print(json.dumps(said))
    return 0


if __name__ == "__main__":
    sys.exit(main())
