"""The command line: better-story NAME. Starts without Django; what needs it imports it when it runs."""

import argparse
import sys

from betterstory.website import (
    analyst_commands,
    groups_commands,
    inbox_commands,
    keeping_commands,
    ledger_commands,
    log_commands,
    map_commands,
    pack_commands,
    start,
)


def main(arguments: list[str] | None = None) -> int:
    """Run one command; returns its exit code."""
    parser = argparse.ArgumentParser(
        prog="better-story", description="From one person's story to a promise kept."
    )
    commands = parser.add_subparsers(title="commands", required=True, metavar="NAME")
    start.add_to(commands)
    analyst_commands.add_to(commands)
    log_commands.add_to(commands)
    map_commands.add_to(commands)
    groups_commands.add_to(commands)
    pack_commands.add_to(commands)
    keeping_commands.add_to(commands)
    inbox_commands.add_to(commands)
    ledger_commands.add_to(commands)
    options = parser.parse_args(arguments)
    return int(options.run(options))


if __name__ == "__main__":
    sys.exit(main())
