"""Django's `migrate`, and the guard of the ledger put up again: making a table anew would lose it."""

from typing import Any

from django.apps import apps
from django.core.management.commands import migrate
from django.db.migrations.executor import MigrationExecutor

from betterstory.promises import guard


class OthersFirst(MigrationExecutor):
    """Tables of other people's apps are made first: each of their many small steps draws all models anew,
    and as long as ours are not there these are few.
    """

    def migration_plan(self, targets: Any, clean_start: bool = False) -> Any:
        return super().migration_plan(sorted(targets, key=is_ours), clean_start=clean_start)


def is_ours(target: tuple[str, str | None]) -> bool:
    return apps.get_app_config(target[0]).name.startswith("betterstory.")


migrate.MigrationExecutor = OthersFirst  # type: ignore[attr-defined]  # the command asks for it by this name


class Command(migrate.Command):
    def handle(self, *args: Any, **options: Any) -> None:
        super().handle(*args, **options)
        guard.put_up()
