"""./bench: lists what can be timed, or times it."""

import sys
from importlib import import_module
from pathlib import Path


def list_names() -> list[str]:
    """The names of the benches that exist, in order."""
    here = Path(__file__).parent
    return sorted(file.stem for file in here.glob("*.py") if not file.stem.startswith(("_", "test_")))


def main(arguments: list[str]) -> int:
    """Run one bench by its name; without one, say which there are."""
    names = list_names()
    if not arguments:
        print("What can be timed: " + (", ".join(names) if names else "nothing yet."))
        return 0
    name, *rest = arguments
    if name not in names:
        print(f"There is no bench called “{name}”. What can be timed: {', '.join(names) or 'nothing yet.'}")
        return 2
    return int(import_module(f"benchmarks.{name}").main(rest))


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
