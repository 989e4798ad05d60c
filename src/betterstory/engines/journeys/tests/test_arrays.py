"""A log as arrays holds what its rows hold, in order."""

from betterstory.engines.journeys import read_log

ROWS = [
    {"person": "bob", "activity": "visit", "time": "2024-01-03", "seq": 9},
    {"person": "ann", "activity": "visit", "time": "2024-01-02", "seq": 2},
    {"person": "ann", "activity": "call", "time": "2024-01-02", "seq": 1},
    {"person": "ann", "activity": "visit", "time": "2024-01-01", "seq": 7},
]


def test_contacts_come_in_order_of_person_time_and_order() -> None:
    with read_log(ROWS) as log:
        arrays = log.arrays()
        assert arrays.order is not None
        told = [
            (log.activities[code], order) for code, order in zip(arrays.activity, arrays.order, strict=True)
        ]
        assert told == [("visit", 7), ("call", 1), ("visit", 2), ("visit", 9)]
        assert arrays.first.tolist() == [0, 3, 4]
        assert arrays.people == 2
        assert arrays.last_look.tolist() == [log.end, log.end]


def test_without_a_trusted_order_equal_times_are_simultaneous() -> None:
    with read_log(ROWS, seq=False) as log:
        assert log.arrays().order is None


def test_somebody_without_a_contact_has_a_place_too() -> None:
    with read_log(ROWS, people=[{"person": name} for name in ("abe", "ann", "bob", "zoe")]) as log:
        assert log.arrays().first.tolist() == [0, 0, 3, 4, 4]


def test_arrays_do_not_print_what_they_hold() -> None:
    with read_log(ROWS) as log:
        assert repr(log.arrays()) == "<Arrays, not shown>"
