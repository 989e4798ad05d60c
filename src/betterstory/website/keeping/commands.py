"""What the commands say and do: copies, restores, upgrades, the doctor."""

import argparse
import getpass
import json
import sys
from datetime import datetime
from pathlib import Path
from typing import Any

from django.conf import settings
from django.core.management import call_command
from django.utils import timezone
from pyrage import IdentityError, x25519

from betterstory.promises.verbs import enter_what_stood
from betterstory.stories import leaves
from betterstory.website import alone
from betterstory.website.keeping import copying, recipients, restoring
from betterstory.website.keeping import doctor as the_doctor
from betterstory.website.keeping.finding import Finding, Level
from betterstory.website.keeping.staging import Tried
from betterstory.website.keeping.trouble import CannotKeep

MARK = {Level.FINE: "well ", Level.NOTE: "NOTE ", Level.FAULT: "FAULT"}


def backup(options: argparse.Namespace) -> int:
    if options.make_identity:
        return make_identity()
    if options.recipient:
        recipients.add(options.recipient)
        print("From now on copies open for this one too.")
        return 0
    made = copying.make_copies(at=timezone.now(), to=options.to.resolve() if options.to else None)
    print(f"The database: {made.story} ({made.rows} rows, checked)")
    print(f"The keys:     {made.keys} (thrown away after {settings.KEY_COPY_DAYS} days)")
    return 0


def make_identity() -> int:
    private = recipients.make_identity()
    print("This is the private key that opens copies. It is shown only now, and not kept on this machine.")
    print("Write it down or print it, twice, and keep the papers in two places:")
    print(f"\n    {private}\n")
    print("Without it nobody can open a copy. From now on copies are made each day while Better Story runs.")
    return 0


def restore(options: argparse.Namespace) -> int:
    at = timezone.now()
    if options.file is None and not options.drill:
        raise CannotKeep("Name the copy to put back: better-story restore FILE. Or try one with --drill.")
    identity = read_identity(options.identity)
    if options.take_out:
        taken = restoring.take_out(_needed(options.file), identity=identity, to=options.take_out)
        print(f"The database of the copy is {taken}. For PostgreSQL:")
        print(f"    pg_restore --clean --if-exists --no-owner --dbname=NAME {taken}")
        print("Then start Better Story: what was ended since is ended again before the first page is served.")
        return 0
    if options.drill:
        tried = restoring.drill(at=at, identity=identity, story=options.file, keys=options.keys)
        say(tried, at)
        print("Nothing here was changed." if tried.all_open else "This copy would not bring everything back.")
        return 0 if tried.all_open else 1
    tried = restoring.restore(options.file, at=at, identity=identity, keys=options.keys)
    say(tried, at)
    print("It is put back. What was here before lies beside it, in a folder that begins with before-restore.")
    return 0 if tried.all_open else 1


def _needed(file: Path | None) -> Path:
    return file or restoring.newest(copying.STORY)


def read_identity(file: Path | None) -> Any:
    """From a file, or typed without being shown. Raises CannotKeep."""
    if file is not None:
        return recipients.read_identity(file)
    typed = (
        getpass.getpass("The private key from the paper: ") if sys.stdin.isatty() else sys.stdin.readline()
    )
    try:
        return x25519.Identity.from_str(typed.strip())
    except IdentityError:
        raise CannotKeep("That is no private key. One begins with AGE-SECRET-KEY-1.") from None


def say(tried: Tried, at: datetime) -> None:
    """What came of it, in numbers."""
    told, days = tried.told, (at - tried.opened.at).days
    rows = sum(tried.opened.about["tables"].values())
    print(
        f"The copy is from {tried.opened.at:%d %B %Y, %H:%M} UTC, {days} days ago. It is whole: {rows} rows."
    )
    print(f"Things ended since, ended again in it: {told['ended_again']}")
    print(f"Stories in it: {told['stories']}, and {told['destroyed']} destroyed, which stay so.")
    print(f"Tried: {told['tried']}. Open: {told['open']}.")
    for code, words in [
        ("key_gone", "have no key here. Name a copy of the keys with --keys."),
        ("locked", "are locked: the site key is not here, or another."),
        ("spoilt", "are spoilt."),
    ]:
        if told[code]:
            print(f"  {told[code]} {words}")
    if told["not_copied"]:
        print(f"  {told['not_copied']} recordings or pages are not in the copies, or not whole.")
    if told["keys_back"]:
        print(f"  {told['keys_back']} destroyed keys came back. Do not use this copy.")


def upgrade(options: argparse.Namespace) -> int:
    """Copy, bring the tables up to date, check."""
    home, at = Path(settings.HOME), timezone.now()
    try:
        with alone.holding(home, alone.RUNNING):
            if options.without_copy:
                print("No copy is made.")
            else:
                made = copying.make_copies(at=at)
                print(f"Copied: {made.story}")
            call_command("migrate", verbosity=0, interactive=False)
            call_command("createcachetable", verbosity=0)
            print("The tables are up to date.")
            stood = enter_what_stood(on=timezone.localtime(at).date())
            if stood:
                print(f"{stood} asks and promises are older than the ledger. They are in it now, marked so.")
            leaves.lay_missing()
    except alone.Taken:
        raise CannotKeep("Better Story runs on this folder. Stop it first, then try again.") from None
    findings = the_doctor.look_at_everything(at=timezone.now())
    show([finding for finding in findings if finding.level != Level.FINE])
    return 0 if the_doctor.is_well(findings) else 1


def doctor(options: argparse.Namespace) -> int:
    findings = the_doctor.look_at_everything(at=timezone.now())
    well = the_doctor.is_well(findings)
    if options.json:
        told = [{"about": each.about, "level": each.level, "words": each.words} for each in findings]
        print(json.dumps({"format": 1, "well": well, "findings": told}, indent=1, ensure_ascii=False))
        return 0 if well else 1
    show(findings)
    print("\nAll is well." if well else "\nSomething is wrong. Put right what is marked FAULT.")
    return 0 if well else 1


def show(findings: list[Finding]) -> None:
    for each in findings:
        print(f"{MARK[each.level]}  {each.about}: {each.words}")
