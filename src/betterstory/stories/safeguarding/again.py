"""After a restore: what an older copy of the database does not know about holds and forgotten concerns."""

from collections.abc import Iterable, Mapping
from datetime import datetime

from betterstory.people.keys import keyring
from betterstory.stories.models import Concern, Hold, Story


def replay(lines: Iterable[Mapping[str, object]]) -> int:
    """Apply the lines that `ended` kept, in their order; says how many rows changed. Safe to run again."""
    changed = 0
    wanted: dict[str, datetime | None] = {}
    for line in lines:
        at = datetime.fromisoformat(str(line["at"]))
        match line["kind"]:
            case "held":
                changed += _hold_again(line, at)
            case "hold-over":
                changed += Hold.objects.filter(uuid=str(line["hold"]), ended_at=None).update(ended_at=at)
            case "wanted-gone":
                wanted[str(line["id"])] = at
            case "had-back":
                wanted[str(line["id"])] = None
            case "concern-forgotten":
                changed += _forget_again(str(line["id"]), at)
    return changed + sum(_want(row, at) for row, at in wanted.items())


def _want(row: str, at: datetime | None) -> int:
    """Whether its teller last wanted it gone, or had it back: the later of the two holds."""
    holds = Hold.objects.filter(story__uuid=row)
    if at is None:
        return holds.exclude(wanted_gone_at=None).update(wanted_gone_at=None)
    return holds.filter(wanted_gone_at=None, at__lte=at, until__gt=at).update(wanted_gone_at=at)


def _hold_again(line: Mapping[str, object], at: datetime) -> int:
    """The hold stands again, without its reason: that was sealed in the newer copy."""
    story = Story.objects.filter(uuid=str(line["id"])).first()
    if story is None:
        return 0
    until = datetime.fromisoformat(str(line["until"]))
    _hold, made = Hold.objects.get_or_create(
        uuid=str(line["hold"]), defaults={"story": story, "at": at, "until": until}
    )
    return int(made)


def _forget_again(row: str, at: datetime) -> int:
    concern = Concern.objects.filter(uuid=row).first()
    if concern is None:
        return 0
    if keyring().holds(concern.key):
        keyring().destroy(concern.key)
    return Concern.objects.filter(pk=concern.pk, forgotten_at=None).wipe(
        forgotten_at=at, words_sealed=b"", about=None, raised_by=None, story=None, piece=None
    )
