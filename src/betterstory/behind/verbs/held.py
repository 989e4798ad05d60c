"""What is out already, for new figures to be held against."""

from django.utils.translation import gettext_lazy as _

from betterstory.behind.counting import Columns, Earlier, Records
from betterstory.behind.models import ContactLog, Pattern, Release
from betterstory.behind.verbs.logs import records_of
from betterstory.ui.refusal import Refusal


class OtherColumnOut(Refusal):
    """On the same records it is out already, by another column."""

    code = "other-column-out"
    words = _("This was released on the same records already, by another column. One is enough.")


def records_in(log: ContactLog) -> Records:
    """A kept log, as the engine finds it."""
    return records_of(log, Columns(**log.columns))


def out_already(pattern: Pattern, data_mark: str, by_column: str) -> Release | None:
    """The release of this pattern on these records, if it says all that is asked. Raises OtherColumnOut."""
    out = list(Release.objects.filter(pattern=pattern, data_mark=data_mark))
    same = next((each for each in out if by_column in ("", each.by_column)), None)
    if same is None and any(each.by_column for each in out):
        raise OtherColumnOut
    return same


def held_against(pattern: Pattern, log: ContactLog, *, after: int = 0) -> list[Earlier]:
    """Every release after this number that can still be compared, the newest first."""
    releases = Release.objects.that_can_be_held_against().filter(number__gt=after)
    earlier = (_earlier(release, pattern, log) for release in releases)
    return [each for each in earlier if each.kept or each.records]


def _earlier(release: Release, pattern: Pattern, log: ContactLog) -> Earlier:
    kept, own = release.kept_path, release.log
    home = release.kept_with or own
    return Earlier(
        number=release.number,
        pattern=release.pattern.toml,
        kept=kept if kept and kept.exists() else None,
        records=records_in(own) if own and own.log_path.exists() else None,
        by=release.by_column,
        is_older=home is not None and home.line == log.line and release.data_mark != log.data_mark,
        is_same=release.pattern_id == pattern.pk,
    )
