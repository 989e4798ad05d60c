"""The migrations as a place that began with them runs them: one after another, none taken together."""

from collections.abc import Container
from typing import Any

from django.db import connection
from django.db.migrations.executor import MigrationExecutor
from django.db.migrations.loader import MigrationLoader


class OneByOne(MigrationLoader):
    """Every migration but those that replace others; of the house's folders only some, if they are named."""

    only: Container[str] | None = None

    def load_disk(self) -> None:
        super().load_disk()
        self.disk_migrations: dict[tuple[str, str], Any] = {
            key: each
            for key, each in self.disk_migrations.items()
            if not (
                type(each).__module__.startswith("betterstory.") and (each.replaces or self.leaves(key[0]))
            )
        }

    def leaves(self, app: str) -> bool:
        return self.only is not None and app not in self.only


def executor(*, only: Container[str] | None = None) -> MigrationExecutor:
    """Runs them one by one; of the house only those of some folders, as if no others stood on them."""
    loader = type("Some", (OneByOne,), {"only": only})
    made = MigrationExecutor(connection)
    made.loader = loader(connection)
    return made
