"""Django's `migrate`, and the guard of the ledger put up again: making a table anew would lose it."""

from typing import Any

from django.core.management.commands import migrate

from betterstory.promises import guard


class Command(migrate.Command):
    def handle(self, *args: Any, **options: Any) -> None:
        super().handle(*args, **options)
        guard.put_up()
