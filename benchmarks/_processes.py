"""Starts what is timed, each in a process of its own, and makes the environments that peers live in."""

import json
import os
import subprocess
import sys
from pathlib import Path
from typing import Any

ROOT = Path(__file__).resolve().parent.parent
CACHE = ROOT / ".data" / "bench"
LONGEST = 3600
PEERS = {
    "pm4py": ["pm4py==2.7.23.11", "pandas==3.1.1", "pyarrow==26.0.1"],
    "chdb": ["chdb==4.4.0", "chdb-core==26.9.0"],
}
VOTE_PEERS = {
    "red_dwarf": [
        "red-dwarf==0.4.0",
        "numpy==2.5.5",
        "pandas==3.1.1",
        "scikit-learn==1.9.1",
        "scipy==1.18.1",
    ],
}
# not timed beside us: what we hand over is read by them
PARTNERS = {"taguette": ["taguette==1.5.2", "setuptools<81"]}
EVERYBODY = PEERS | VOTE_PEERS | PARTNERS

type Said = dict[str, Any]


def ask(python: str | Path, module: str, *arguments: object) -> Said:
    """What a timed process said, or why it said nothing."""
    started = [str(python), "-m", module, *map(str, arguments)]
    try:
        done = subprocess.run(
            started, cwd=ROOT, env=os.environ | {"TZ": "UTC"}, capture_output=True, text=True, timeout=LONGEST
        )
    except subprocess.TimeoutExpired:
        return {"absent": f"it was not done in {LONGEST // 60} minutes"}
    if done.returncode:
        return {"absent": f"it failed: {last_line(done.stderr) or f'it ended with {done.returncode}'}"}
    said: Said = json.loads(last_line(done.stdout))
    return said


def ask_ours(module: str, *arguments: object) -> Said:
    return ask(sys.executable, f"benchmarks.{module}", *arguments)


def ask_peer(peer: str, *arguments: object) -> Said:
    return ask(python_of(CACHE / "peers" / peer), f"benchmarks.peers.{peer}_peer", *arguments)


def install(peer: str) -> str | None:
    """Make a peer's environment, once. Gives the reason in words where that cannot be done."""
    folder, pinned = CACHE / "peers" / peer, "\n".join(EVERYBODY[peer])
    done = folder / "installed"
    if done.is_file() and done.read_text() == pinned:
        return None
    uv = ROOT / ".tools" / "bin" / "uv"
    if not uv.exists():
        return "uv is not in .tools: start this with ./bench"
    python = os.environ.get("UV_PYTHON", sys.executable)
    for step in (
        ["venv", "--quiet", "--clear", "--python", python, str(folder)],
        ["pip", "install", "--quiet", "--python", str(python_of(folder)), *EVERYBODY[peer]],
    ):
        ended = subprocess.run([uv, *step], cwd=ROOT, capture_output=True, text=True)
        if ended.returncode:
            return f"it could not be installed: {last_line(ended.stderr)}"
    done.write_text(pinned)
    return None


def python_of(folder: Path) -> Path:
    return folder / "bin" / "python"


def last_line(words: str) -> str:
    lines = [line.strip() for line in words.splitlines() if line.strip()]
    return lines[-1] if lines else ""
