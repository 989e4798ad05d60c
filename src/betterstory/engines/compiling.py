"""Loops compiled by numba where it is installed: once, into a folder of its own, and never at import."""

import os
import sys
from collections.abc import Callable
from contextlib import suppress
from importlib.util import find_spec
from pathlib import Path
from types import FunctionType, ModuleType
from typing import Any, Literal

FOLDER = "BETTER_STORY_COMPILED"
"""The setting that names the folder for what was compiled."""

type Inlined = Literal["always", "never"]


def is_here() -> bool:
    """Whether numba is installed. It is not imported for that."""
    return sys.modules.get("numba", True) is not None and find_spec("numba") is not None


def folder() -> Path | None:
    """Where compiled code is kept: a folder that only its owner can write to. None where there is no such."""
    chosen = os.environ.get(FOLDER)
    caches = os.environ.get("XDG_CACHE_HOME") or Path.home() / ".cache"
    kept = Path(chosen) if chosen else Path(caches) / "better-story" / "compiled"
    try:
        kept.mkdir(parents=True, exist_ok=True, mode=0o700)
        state = kept.stat()
    except OSError:
        return None
    # it holds code that runs: what others could have written there is not taken
    return kept if state.st_uid == os.geteuid() and not state.st_mode & 0o022 else None


def compile_functions(source: ModuleType, entry: str, **instead: Any) -> Callable[..., Any]:
    """The function `entry` of a module, with all that it calls, compiled now or found in the folder.

    instead: what takes the place of a function of this name
    """
    import numba  # noqa: PLC0415 - takes most of a second, so only where it is used

    own: dict[str, Any] = dict(vars(source))
    for name, thing in vars(source).items():
        if isinstance(thing, FunctionType) and thing.__module__ == source.__name__:
            made = FunctionType(thing.__code__, own, name)
            made.__module__ = source.__name__
            inline: Inlined = "always" if name in vars(source).get("INLINED", ()) else "never"
            own[name] = numba.njit(made, nogil=True, inline=inline)
    own |= instead
    keep(own[entry])
    compiled: Callable[..., Any] = own[entry]
    return compiled


def keep(function: Any) -> Any:
    """Let numba keep what it compiles of this function in the folder, and find it there next time."""
    import numba  # noqa: PLC0415 - as above

    kept = folder()
    if kept is None:
        return function
    before = numba.config.CACHE_DIR  # type: ignore[attr-defined]  # settings are made when it is imported
    numba.config.CACHE_DIR = str(kept)  # type: ignore[attr-defined]
    function.enable_caching()
    numba.config.CACHE_DIR = before  # type: ignore[attr-defined]
    save = function._cache.save_overload

    def save_if_possible(*args: Any) -> None:
        # where the disk is full, or nothing may be written, compiling again costs time and not the answer
        with suppress(OSError):
            save(*args)

    function._cache.save_overload = save_if_possible
    return function
