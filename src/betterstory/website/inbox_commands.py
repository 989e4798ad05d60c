"""The commands for a hall's second laptop. Django starts only once one of them runs.

better-story inbox pack GATHERING -o FILE
better-story inbox look FILE
better-story inbox replay FILE
"""

import argparse
import os
import sys
from pathlib import Path
from typing import Any

from betterstory.website.log_options import Subparsers


def add_to(commands: Subparsers) -> None:
    """Add `inbox` to the command line."""
    inbox = commands.add_parser("inbox", help="a second laptop in a hall: what goes out, what comes home")
    verbs = inbox.add_subparsers(title="commands", required=True, metavar="NAME")
    pack = verbs.add_parser("pack", help="make the file that a second laptop needs for one evening")
    pack.add_argument("gathering", metavar="GATHERING", type=int, help="the number in its address")
    pack.add_argument("-o", "--output", metavar="FILE", type=Path, required=True, help="the new file")
    look = verbs.add_parser("look", help="say what taking an inbox in would do, and change nothing")
    replay = verbs.add_parser("replay", help="take an inbox in; twice is once")
    for parser, name in ((pack, "pack"), (look, "look"), (replay, "replay")):
        if parser is not pack:
            parser.add_argument("file", metavar="FILE", type=Path, help="the inbox file")
        parser.add_argument("--as", dest="who", metavar="NAME", help="who does it (the first organiser)")
        parser.add_argument("--data", type=Path, help="the data folder (data/mine, or data/demo)")
        parser.set_defaults(run=lambda options, name=name: run(name, options))


def run(name: str, options: argparse.Namespace) -> int:
    """Run one; a trouble is one sentence and exit code 1."""
    from betterstory.website.keeping_commands import find_home  # noqa: PLC0415 - finds the folder alone

    home = find_home(options.data)
    if home is None or not home.is_dir():
        print("There is no data folder here. Name one with --data FOLDER.", file=sys.stderr)
        return 1
    start_django(home)
    from betterstory.ui.refusal import Refusal  # noqa: PLC0415 - its words need Django

    try:
        return {"pack": _pack, "look": _look, "replay": _replay}[name](options)
    except Refusal as refusal:
        print(refusal.sentence, file=sys.stderr)
    except OSError as problem:
        print(f"{problem.filename}: {problem.strerror}", file=sys.stderr)
    return 1


def start_django(home: Path) -> None:
    os.environ["BETTER_STORY_HOME"] = str(home)
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "betterstory.website.settings")
    import django  # noqa: PLC0415 - settings are read after the folder is named

    django.setup()


def _pack(options: argparse.Namespace) -> int:
    from django.utils import timezone  # noqa: PLC0415 - needs Django set up

    from betterstory.conversations import verbs  # noqa: PLC0415 - likewise
    from betterstory.conversations.models import Gathering  # noqa: PLC0415 - likewise

    gathering = Gathering.objects.select_related("circle").filter(pk=options.gathering).first()
    if gathering is None:
        print(f"There is no gathering {options.gathering}.", file=sys.stderr)
        return 1
    if options.output.exists():
        print(f"{options.output} is there already. Name a new file.", file=sys.stderr)
        return 1
    made, file, left = verbs.pack_for_second_laptop(gathering, by=_who(options), at=timezone.now())
    options.output.touch(mode=0o600)
    options.output.write_text(file)
    print(f"{options.output}: it can be opened until {timezone.localtime(made.ends_at):%d %B, %H:%M}.")
    if left:
        print(f"Sentences that stay here, because their teller has not said yes to this room: {left}")
    print(f"On the second laptop: ./start --inbox {options.output.name}")
    return 0


def _look(options: argparse.Namespace) -> int:
    from django.utils import timezone  # noqa: PLC0415 - needs Django set up

    from betterstory.conversations import saying_inbox, verbs  # noqa: PLC0415 - likewise

    told = verbs.look_into(options.file.read_bytes(), by=_who(options), at=timezone.now())
    print(f"For {told.pack.gathering.title}:")
    for sentence in saying_inbox.would(told):
        print(f"  {sentence}")
    _say_what_is_not(told)
    return 0 if told.contents.is_whole else 1


def _replay(options: argparse.Namespace) -> int:
    from django.utils import timezone  # noqa: PLC0415 - needs Django set up

    from betterstory.conversations import saying_inbox, verbs  # noqa: PLC0415 - likewise

    told = verbs.take_in(options.file.read_bytes(), by=_who(options), at=timezone.now())
    print(saying_inbox.taken(told))
    _say_what_is_not(told)
    return 0 if told.contents.is_whole else 1


def _say_what_is_not(told: Any) -> None:
    from betterstory.conversations import saying_inbox  # noqa: PLC0415 - needs Django set up

    for sentence in [*saying_inbox.not_whole(told.contents), *saying_inbox.not_taken(told)]:
        print(f"  {sentence}")


def _who(options: argparse.Namespace) -> Any:
    """Who takes it in: somebody who organises. Raises NotYours."""
    from betterstory.people.models import Person, Role  # noqa: PLC0415 - needs Django set up
    from betterstory.people.verbs import NotYours  # noqa: PLC0415 - likewise

    organising = Person.objects.filter(
        parts__role__in=(Role.ORGANISER, Role.STEWARD), parts__left_on=None
    ).order_by("pk")
    found = (organising.filter(name=options.who) if options.who else organising).first()
    if found is None:
        raise NotYours
    return found
