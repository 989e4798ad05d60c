"""The site key at the command line: change it, show it for paper, check the paper, put it back from it."""

import argparse
import getpass
import logging
import sys
from datetime import timedelta

from django.conf import settings
from django.utils import timezone

from betterstory.people.keys import Locked, keyring, paper
from betterstory.people.keys import book as key_book
from betterstory.people.keys.rotating import rotate as change_site_key
from betterstory.people.keys.site_key import SiteKey
from betterstory.website.keeping import copying, recipients, record
from betterstory.website.keeping.doctor_of_copies import PAPER_RIGHT
from betterstory.website.keeping.trouble import CannotKeep

log = logging.getLogger(__name__)
LOCKED = (
    "The site key is missing, or not the right one. Put it back from its paper with"
    " “better-story keys put-back”."
)
RETIRE_FOR = timedelta(days=settings.KEY_COPY_DAYS + 1)


def rotate(options: argparse.Namespace) -> int:
    at = timezone.now()
    try:
        done = change_site_key(keyring(), at=at, retire_for=RETIRE_FOR)
    except Locked:
        raise CannotKeep(LOCKED) from None
    print(f"The site key is {done.name} now. It holds {done.keys} keys, and no story was touched.")
    if done.waits:
        print(f"The new one waits in {keyring().files.next}, because {keyring().site_file} is not ours to")
        print("write. Put it there, then run this once more.")
    print("Write it down anew: better-story keys paper.")
    print(f"Keep the old paper until {at + RETIRE_FOR:%d %B %Y}: older copies of the keys need it.")
    if recipients.read():
        made = copying.make_copies(at=at)
        print(f"The keys were copied under the new one: {made.keys}")
    return 0


def show_paper(options: argparse.Namespace) -> int:
    """Show the site key in groups, for two sheets of paper."""
    site_key = in_use()
    groups = paper.write(site_key)
    print(f"The site key {site_key.name} of this place. Whoever has it and a copy can read every story.")
    print("Write it on two sheets, seal them, and give them to two people in two places.\n")
    for first in range(0, len(groups), 2):
        print(
            "    "
            + "    ".join(f"{first + n + 1:2} {group}" for n, group in enumerate(groups[first : first + 2]))
        )
    print("\nThen check what you wrote: better-story keys verify-paper")
    return 0


def verify_paper(options: argparse.Namespace) -> int:
    site_key = in_use()
    if ask() != site_key:
        print("No. This is the paper of another key, an older one perhaps.")
        return 1
    record.write(PAPER_RIGHT, at=timezone.now(), site_key=site_key.name)
    print("Yes. This paper is right.")
    return 0


def put_back(options: argparse.Namespace) -> int:
    """From paper into its file, where it fits the keys that are here."""
    ring = keyring()
    if ring.files.named is not None:
        raise CannotKeep(f"A setting says that the site key is {ring.site_file}. Put it there yourself.")
    key = ask()
    if ring.file.exists():
        with key_book.opened(ring.file) as book:
            needed = (key_book.said(book, key_book.SITE_KEY) or b"").decode()
        if needed and needed != key.name:
            raise CannotKeep(
                f"This is the site key {key.name}, and the keys here need {needed}. To put back an older copy"
                " of the keys, use a new, empty data folder."
            )
    if ring.files.read() == key:
        print("It is there already, and right.")
        return 0
    if ring.site_file.exists():
        ring.site_file.replace(ring.site_file.with_name(f"site.key.wrong-{timezone.now():%Y%m%dT%H%M%SZ}"))
    ring.folder.mkdir(parents=True, exist_ok=True, mode=0o700)
    ring.files.write(ring.site_file, key)
    log.info("site key put back")
    print(f"The site key {key.name} is back.")
    return 0


def in_use() -> SiteKey:
    """The site key of this place. Raises CannotKeep."""
    try:
        with keyring().opened() as book:
            return keyring().site_key(book)
    except Locked:
        raise CannotKeep(LOCKED) from None


def ask() -> SiteKey:
    """What is on the paper, group by group, without showing it again. Raises CannotKeep."""
    try:
        return paper.read("".join(_ask_for_each()) if sys.stdin.isatty() else sys.stdin.read())
    except paper.NotThePaper as why:
        raise CannotKeep(str(why)) from None


def _ask_for_each() -> list[str]:
    groups: list[str] = []
    while len(groups) < paper.GROUPS:
        try:
            typed = getpass.getpass(f"Group {len(groups) + 1} of {paper.GROUPS}: ")
            groups.append(paper.read_group(typed, len(groups)))
        except paper.NotThePaper as why:
            print(why)
    return groups
