"""A look-over by one column: one value a person."""

from betterstory.engines import journeys
from betterstory.engines.journeys import duckdb_path, reference
from betterstory.engines.journeys.tests.tables import pattern_of, read

LOG = """
        person  day  activity  ward
        ann       0  referral  -
        ann       5  visit     North
        ann       9  visit     South     # changed: the first counts
        bob       0  referral  West
        bob       0  visit     East      # of one moment: the smallest text
        cat       0  referral  -
        dan      50  referral  North     # after the window
        dan       0  visit     -
        eve       0  visit     West
        eve       3  visit     West      # the same again is no change
        """


def values(table: str, **how: object) -> tuple[dict[str, str], int]:
    with read(table, **how) as log:  # type: ignore[arg-type]  # passed on as it came
        by_definition = reference.values_by("ward", log.rows(), log.person_rows(), log.end)
        assert duckdb_path.values_by("ward", log) == by_definition
        return by_definition


def test_the_first_value_in_the_window_counts_and_changes_are_said() -> None:
    assert values(LOG, until=20) == (
        {"ann": "North", "bob": "East", "cat": "not known", "dan": "not known", "eve": "West"},
        2,
    )


def test_a_person_tables_value_goes_before_the_logs() -> None:
    people = """
        person  ward
        ann     West
        bob     -
        """
    assert values(LOG, people=people) == ({"ann": "West", "bob": "East"}, 1)


def test_the_log_is_not_asked_where_only_the_person_table_has_the_column() -> None:
    log = """
        person  day  activity
        ann       0  referral
        """
    people = """
        person  ward
        ann     West
        bob     -
        """
    assert values(log, people=people) == ({"ann": "West", "bob": "not known"}, 0)


def test_that_values_changed_is_said_without_saying_for_how_few() -> None:
    with read(LOG) as log:
        standing = journeys.count(pattern_of("referral; visit"), log, by="ward")
    assert standing.set_aside == ('"ward" changes in the log for fewer than 8 people; the first is taken.',)


def test_exact_figures_by_value_have_a_list_of_levels_each() -> None:
    with read(LOG, until=20) as log:
        exact = journeys.count(pattern_of("referral; visit"), log, by="ward").exact(because="a test")
    assert exact.by == {"East": (0, 1, 0), "North": (0, 0, 1), "West": (1, 0, 0), "not known": (1, 1, 0)}


def test_rows_come_in_the_order_of_what_is_shown() -> None:
    """South has one person more than North, but both read 50: their order must not tell."""
    for wards in (["South"] * 51 + ["North"] * 52, ["South"] * 52 + ["North"] * 51):
        rows = [
            {"person": f"p{number}", "activity": "a", "time": "2024-01-01", "ward": ward}
            for number, ward in enumerate(wards)
        ]
        with journeys.read_log(rows) as log:
            table = journeys.count(pattern_of("a"), log, by="ward").protect().by
        assert table is not None
        assert [row.name for row in table.rows] == ["North", "South"]
