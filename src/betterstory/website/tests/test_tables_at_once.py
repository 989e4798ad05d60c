"""A new database gets its tables at once; a place that began with the earlier migrations goes on."""

from collections.abc import Iterator

import pytest
from django.core.management import call_command
from django.db import connection
from django.db.migrations.autodetector import MigrationAutodetector
from django.db.migrations.executor import MigrationExecutor
from django.db.migrations.loader import MigrationLoader
from django.db.migrations.recorder import MigrationRecorder

from betterstory.people.tests import earlier
from betterstory.stories.models import Story
from betterstory.website.keeping.tried import newer_than_this, settings_apps

TAKEN_TOGETHER = sorted(key for key, each in MigrationLoader(None).disk_migrations.items() if each.replaces)
OURS = [key for key in TAKEN_TOGETHER if key[0] in set(settings_apps())]


def still_to_do() -> list[tuple[str, str]]:
    executor = MigrationExecutor(connection)
    return [(each.app_label, each.name) for each, _back in executor.migration_plan(leaves(executor))]


def leaves(executor: MigrationExecutor) -> list[tuple[str, str]]:
    return executor.loader.graph.leaf_nodes()


def applied() -> set[tuple[str, str]]:
    return set(MigrationRecorder(connection).applied_migrations())


def forget(*keys: tuple[str, str]) -> None:
    for app, name in keys:
        MigrationRecorder(connection).record_unapplied(app, name)


def test_taken_together_they_lead_to_the_same_tables() -> None:
    one_by_one = earlier.OneByOne(None)
    assert not [key for key in one_by_one.disk_migrations if key in OURS], "none of those that replace others"
    between = MigrationAutodetector(one_by_one.project_state(), MigrationLoader(None).project_state())
    found = between.changes(one_by_one.graph)
    assert {app: each for app, each in found.items() if app in settings_apps()} == {}


def test_each_names_every_migration_before_it() -> None:
    disk = MigrationLoader(None).disk_migrations
    assert len(OURS) == 9
    for app, name in OURS:
        last = name.removeprefix("0001_squashed_")
        before = sorted(key for key in disk if key[0] == app and key[1] <= last and key not in OURS)
        assert disk[app, name].replaces == before


def test_a_place_that_ran_the_earlier_migrations_has_nothing_left_to_do(story: Story) -> None:
    forget(*OURS)
    assert still_to_do() == []
    call_command("migrate", verbosity=0)
    assert set(OURS) <= applied(), "and knows from now on that they stand for the earlier ones"
    assert Story.objects.filter(pk=story.pk).exists()


def one_missing() -> Iterator[tuple[tuple[str, str], set[tuple[str, str]]]]:
    """Each earlier migration, and what a place can have run at most, and at least, where it was the next."""
    graph = earlier.OneByOne(None).graph
    everything = set(graph.nodes)
    for key in sorted(each for each in everything if each[0] in settings_apps()):
        yield key, everything - set(graph.backwards_plan(key))
        yield key, set(graph.forwards_plan(key)) - {key}


def test_a_place_half_way_goes_on_where_it_stopped(db: None, monkeypatch: pytest.MonkeyPatch) -> None:
    disk, tried = MigrationLoader(None).disk_migrations, 0
    whole = {key for key, each in disk.items() if key not in OURS and not each.replaces}
    for key, ran in one_missing():
        # a start that was broken off may have noted already which stand for those that ran
        noted = ran | {each for each in OURS if set(disk[each].replaces) <= ran}
        monkeypatch.setattr(
            MigrationRecorder, "applied_migrations", lambda _self, noted=noted: dict.fromkeys(noted, True)
        )
        executor = MigrationExecutor(connection)
        executor.loader.check_consistent_history(connection)
        plan = [(each.app_label, each.name) for each, _back in executor.migration_plan(leaves(executor))]
        to_do = {one for each in plan for one in (disk[each].replaces if each in OURS else [each])}
        assert {one for one in to_do if one in whole} == whole - ran, f"where {key} comes next"
        assert not {app for app, _name in ran} & {app for app, name in plan if (app, name) in OURS}
        tried += 1
    assert tried > 50


def test_what_a_copy_was_made_with_is_known_either_way(db: None) -> None:
    assert set(OURS) <= applied()
    assert newer_than_this() == []
    forget(*OURS)
    assert newer_than_this() == []


@pytest.mark.parametrize("label", ["people", "stories", "promises"])
def test_the_earlier_ones_count_as_run_in_a_new_database(db: None, label: str) -> None:
    disk = MigrationLoader(None).disk_migrations
    for key in OURS:
        if key[0] == label:
            assert set(disk[key].replaces) <= applied()
