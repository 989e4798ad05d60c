"""What is asked of a database in a folder aside: is it ours, what is ended again, how many stories open."""

from django.contrib.sessions.models import Session
from django.db import connection
from django.db.migrations.loader import MigrationLoader
from django.utils import timezone

from betterstory.people.keys import keyring
from betterstory.stories import consenting, ended, showing
from betterstory.stories.models import Story

SAMPLE = 200
OUTCOMES = ("open", "key-gone", "locked", "spoilt")


def newer_than_this() -> list[str]:
    """Changes of the tables that this version does not know."""
    loader = MigrationLoader(connection)
    ours = set(settings_apps())
    return sorted(
        f"{app}.{name}"
        for app, name in loader.applied_migrations
        if app in ours and (app, name) not in loader.disk_migrations
    )


def settings_apps() -> list[str]:
    """The folders of the house that have tables."""
    from django.apps import apps  # noqa: PLC0415 - needs Django set up

    return [each.label for each in apps.get_app_configs() if each.name.startswith("betterstory.")]


def ended_again() -> int:
    """End again what was ended, wipe again what was destroyed, and let nobody in on an old session."""
    Session.objects.all().delete()
    changed = ended.replay()
    return changed + consenting.wipe_again(at=timezone.now())


def try_words() -> dict[str, int]:
    """How many stories there are, how many of them were destroyed, and what became of trying the newest."""
    there = Story.objects.filter(destroyed_at=None)
    became = showing.try_to_open(there.order_by("-pk").prefetch_related("versions")[:SAMPLE])
    return {
        "stories": there.count(),
        "destroyed": Story.objects.exclude(destroyed_at=None).count(),
        "tried": sum(became.values()),
        **{code.replace("-", "_"): became[code] for code in OUTCOMES},
        "keys_back": sum(keyring().holds(key) for key in ended.destroyed_keys()),
    }
