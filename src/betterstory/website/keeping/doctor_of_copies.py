"""Looks at the copies: when was the last, was it ever tried, does any stay longer than it may."""

from collections.abc import Iterator
from datetime import datetime, timedelta
from pathlib import Path

from django.conf import settings

from betterstory.website.keeping import copying, recipients, record, standing
from betterstory.website.keeping.finding import Finding, fault, fine, note
from betterstory.website.keeping.standing import Last, State
from betterstory.website.keeping.trouble import CannotKeep

A_YEAR = timedelta(days=366)
PAPER_RIGHT = "paper-right"


def look(at: datetime) -> Iterator[Finding]:
    if settings.DEMO:
        yield fine("copies", "This is the invented place: it needs no copies.")
        return
    try:
        now = standing.look(at)
    except CannotKeep as why:
        yield fault("copies", f"The file of who can open copies is spoilt. {why}")
        return
    if not now.somebody_named:
        yield fault("copies", recipients.NONE_YET)
    yield from say(now.copy, at, "copies", "copy was made", "Make one with “better-story backup”.")
    drill = "Try whether it would work with “better-story restore --drill”."
    if now.copy.done is not None:
        yield from say(now.drill, at, "drill", "drill was", drill, never_is_a_fault=False)
    yield from look_for_old_keys(at)
    yield from look_where_they_lie(now.copy)
    yield from look_at_paper(at)


def say(
    last: Last, at: datetime, about: str, what: str, do: str, *, never_is_a_fault: bool = True
) -> Iterator[Finding]:
    if last.failed is not None:
        why = last.failed.about.get("why", "Some words did not open.")
        yield fault(about, f"The last try failed. {why} {do}")
    if last.done is None:
        yield (fault if never_is_a_fault else note)(about, f"No {what} yet. {do}")
        return
    days = (at - last.done.at).days
    words = f"The last {what} {'today' if not days else f'{days} days ago' if days > 1 else 'yesterday'}."
    how = {State.WELL: fine, State.SOON: note, State.LATE: fault}[last.state]
    yield how(about, words if last.state == State.WELL else f"{words} {do}")


def look_for_old_keys(at: datetime) -> Iterator[Finding]:
    """No copy of the keys stays longer than we tell tellers."""
    days = timedelta(days=settings.KEY_COPY_DAYS + 1)
    for _story, folder in sorted(copying.every_folder()):
        old = [file for file in copying.found(folder, copying.KEYS) if copying.made_at(file) + days <= at]
        if old:
            words = f"{len(old)} copies of the keys in {folder} are older than they may be. Delete them."
            yield fault("copies", words)
    for _story, folder in sorted(copying.used_folders()):
        if not folder.exists():
            yield note(
                "copies",
                f"{folder} is away, and copies of the keys may lie in it. Bring it back within"
                f" {settings.KEY_COPY_DAYS} days, or delete them there.",
            )


def look_where_they_lie(copy: Last) -> Iterator[Finding]:
    if copy.done is None:
        return
    file = Path(str(copy.done.about.get("story")))
    if not file.exists():
        yield note("copies", f"The last copy is not at {file} any more, or its disk is away.")
    elif file.stat().st_dev == Path(settings.HOME).stat().st_dev:
        yield note(
            "copies",
            "Copies lie on the same disk as what they are copies of. If it breaks, both are gone. Name"
            " another with BETTER_STORY_COPIES.",
        )


def look_at_paper(at: datetime) -> Iterator[Finding]:
    last = record.last(PAPER_RIGHT)
    if last is None or at - last.at >= A_YEAR:
        yield note(
            "paper",
            "The paper of the site key was not checked in the last year. Print one with “better-story keys"
            " paper”, and check it with “better-story keys verify-paper”.",
        )
    else:
        yield fine("paper", f"The paper of the site key was checked on {last.at:%d %B %Y}.")
