"""What is out already, for new figures to be held against."""

from betterstory.behind.counting import Columns, Records
from betterstory.behind.models import ContactLog, Release
from betterstory.behind.verbs.logs import records_of


def records_in(log: ContactLog) -> Records:
    """A kept log, as the engine finds it."""
    return records_of(log, Columns(**log.columns))


def already_out() -> list[tuple[str, Records]]:
    """Every pattern that was released on a log that is still here."""
    releases = Release.objects.that_can_be_held_against()
    return [
        (release.pattern.toml, records_in(release.log))
        for release in releases
        if release.log and release.log.log_path.exists()
    ]
