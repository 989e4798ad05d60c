"""All the tables of a folder made at once, for the first migration of a new database.

Django draws every model that is related to a changed one anew after each step of a migration. In a house
where all things belong to people that is nearly every model, each time. Here the steps are taken first, and
the models are drawn once.
"""

from collections.abc import Iterator, Sequence
from typing import Any

from django.db import models
from django.db.backends.base.schema import BaseDatabaseSchemaEditor
from django.db.migrations.operations.base import Operation, OperationCategory
from django.db.migrations.state import ProjectState


class MakeTables(Operation):
    """The tables that these steps lead to. Each step only makes a model or adds to one made here."""

    category = OperationCategory.ADDITION

    def __init__(self, operations: Sequence[Operation]) -> None:
        self.operations = operations

    def state_forwards(self, app_label: str, state: ProjectState) -> None:
        state.__dict__.pop("apps", None)  # models drawn so far; drawn again when first asked for
        for operation in self.operations:
            operation.state_forwards(app_label, state)

    def database_forwards(
        self,
        app_label: str,
        schema_editor: BaseDatabaseSchemaEditor,
        from_state: ProjectState,
        to_state: ProjectState,
    ) -> None:
        for model in self._new(app_label, schema_editor, before=from_state, after=to_state):
            schema_editor.create_model(model)

    def database_backwards(
        self,
        app_label: str,
        schema_editor: BaseDatabaseSchemaEditor,
        from_state: ProjectState,
        to_state: ProjectState,
    ) -> None:
        for model in reversed([*self._new(app_label, schema_editor, before=to_state, after=from_state)]):
            schema_editor.delete_model(model)

    def _new(
        self, app_label: str, editor: BaseDatabaseSchemaEditor, *, before: ProjectState, after: ProjectState
    ) -> Iterator[type[models.Model]]:
        for label, name in after.models:
            if label == app_label and (label, name) not in before.models:
                model: Any = after.apps.get_model(label, name)
                if self.allow_migrate_model(editor.connection.alias, model):
                    yield model

    def describe(self) -> str:
        return "Make all the tables of a folder"
