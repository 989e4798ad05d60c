"""What lies in a folder of copies."""

from collections.abc import Callable
from pathlib import Path

from betterstory.stories.models import Story

Tell = Callable[[str], Story]


def files(folder: Path) -> list[str]:
    return sorted(file.name for file in folder.iterdir() if file.is_file())
