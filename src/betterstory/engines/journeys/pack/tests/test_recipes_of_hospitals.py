"""The recipes of hospitals, OMOP and a log of one's own, on made-up rows that hold their traps."""

from collections.abc import Iterator
from typing import Any

import pytest

from betterstory.engines.journeys.pack.tests.spark import contact_log, same, spark_session, tables

sql = pytest.importorskip("pyspark.sql", reason="Without pyspark the recipes were not run.")


@pytest.fixture(scope="module")
def spark() -> Iterator[Any]:
    with spark_session(sql) as session:
        yield session


def test_emergency_arrivals_are_unplanned_major_and_counted_once(spark: Any) -> None:
    tables(
        spark,
        {
            "ecds": """
                PERSON_ID_DEID  ECDSKEY  ARRIVAL_DATE  ARRIVAL_TIME  ATTENDANCE_CATEGORY  DEPARTMENT_TYPE  PROVIDER_CODE
                ann             e2       2024-08-01    23:10:00      1                    01               RH1
                ann             e1       2024-08-01    23:10:00      1                    01               RH1    # the same arrival
                ann             e3       2024-08-09    -             2                    01               RH1
                ann             e4       2024-08-10    10:00:00      4                    01               RH1    # planned
                ann             e5       2024-08-11    10:00:00      1                    03               RH1    # minor injuries
                bob             e6       2024-08-12    10:00:00      X                    01               RH1    # dead on arrival
            """
        },
        {"ARRIVAL_DATE": "DATE"},
    )
    made = contact_log(spark, "sde", "emergency", blanks={"emergency_arrivals": "ecds"})
    assert same(
        made,
        """
        ann  2024-08-01T23:10  70  ed_arrival  RH1  e1
        ann  2024-08-09        70  ed_arrival  RH1  e3
        """,
    ), made


def test_emergency_arrivals_in_udal_leave_doubles_out(spark: Any) -> None:
    tables(
        spark,
        {
            "EC_Core": """
                Der_Pseudo_NHS_Number  Generated_Record_ID  Arrival_Date  Arrival_Time  EC_AttendanceCategory  EC_Department_Type  Der_Provider_Code  Der_Dupe_Flag
                ann                    1                    2024-08-01    23:10:00      1                      01                  RH1                0
                ann                    2                    2024-08-01    23:15:00      1                      01                  RH1                1
            """
        },
        {"Arrival_Date": "DATE", "Generated_Record_ID": "BIGINT", "Der_Dupe_Flag": "INT"},
    )
    made = contact_log(spark, "udal", "emergency")
    assert same(made, "ann  2024-08-01T23:10  70  ed_arrival  RH1  1"), made


def test_hospital_stays_are_first_finished_episodes_with_a_real_day(spark: Any) -> None:
    tables(
        spark,
        {
            "apc": """
                PERSON_ID_DEID  EPIKEY  ADMIDATE    PROCODE3  FAE  FAE_EMERGENCY
                ann             1       2024-08-02  RH1       1    1
                ann             2       2024-08-02  RH1       0    0     # the next episode of that stay
                ann             3       2024-09-02  RH1       1    0
                bob             4       1800-01-01  RH1       1    1     # the day is missing
                bob             5       1801-01-01  RH1       1    1
            """
        },
        {"ADMIDATE": "DATE", "FAE": "INT", "FAE_EMERGENCY": "INT", "EPIKEY": "BIGINT"},
    )
    made = contact_log(spark, "sde", "admissions", blanks={"admissions_episodes": "apc"})
    assert same(
        made,
        """
        ann  2024-08-02  80  admission_emergency  RH1  1
        ann  2024-09-02  80  admission_other      RH1  3
        """,
    ), made


def test_outpatients_keep_cancelled_and_missed_apart(spark: Any) -> None:
    tables(
        spark,
        {
            "op": """
                PERSON_ID_DEID  ATTENDKEY  APPTDATE    ATTENDED  PROCODE3  TRETSPEF
                ann             1          2024-08-02  05        RH1       710
                ann             2          2024-08-03  3         RH1       710
                ann             3          2024-08-04  2         RH1       710
                ann             4          2024-08-05  9         RH1       710
                ann             5          2024-08-06  5         RH1       110    # not mental health
                ann             6          1800-01-01  5         RH1       710
            """
        },
        {"APPTDATE": "DATE", "ATTENDKEY": "BIGINT"},
    )
    made = contact_log(spark, "sde", "outpatients", blanks={"outpatients_appointments": "op"})
    assert same(
        made,
        """
        ann  2024-08-02  40  outpatient_att5  RH1  1
        ann  2024-08-03  30  outpatient_att3  RH1  2
        ann  2024-08-04  30  outpatient_att2  RH1  3
        ann  2024-08-05  30  outpatient_att9  RH1  4
        """,
    ), made


def test_omop_visits_outside_the_watching_are_left_out(spark: Any) -> None:
    tables(
        spark,
        {
            "visit_occurrence": """
                person_id  visit_concept_id  visit_start_date  visit_start_datetime  care_site_id  visit_occurrence_id
                1          9202              2024-02-01        2024-02-01 10:00:00   7             11
                1          9203              2024-03-01        -                     -             12
                1          9203              2025-03-01        -                     -             13    # after the watching
            """,
            "observation_period": """
                person_id  observation_period_start_date  observation_period_end_date
                1          2024-01-01                     2024-06-30
                1          2024-02-01                     2024-12-31    # overlaps: the visit is still one
            """,
        },
        dict.fromkeys(("person_id", "visit_concept_id", "care_site_id", "visit_occurrence_id"), "INT")
        | {"visit_start_date": "DATE", "visit_start_datetime": "TIMESTAMP"}
        | {"observation_period_start_date": "DATE", "observation_period_end_date": "DATE"},
    )
    made = contact_log(spark, "omop", "omop")
    assert same(
        made,
        """
        1  2024-01-01        0   observed_from  -  -
        1  2024-02-01        0   observed_from  -  -
        1  2024-02-01T10:00  40  visit_9202     7  11
        1  2024-03-01        40  visit_9203     -  12
        1  2024-06-30        99  observed_to    -  -
        1  2024-12-31        99  observed_to    -  -
        """,
    ), made


def test_a_log_somebody_has_already_stands_as_it_was_written(spark: Any) -> None:
    tables(
        spark,
        {
            "our_log": """
                who  what       at
                ann  referral   2024-05-02
                ann  seen       2024-05-02 10:00:00
                -    seen       2024-05-02
                ann  discharge  -
            """
        },
        {"at": "TIMESTAMP"},
    )
    names = {"log": "our_log", "person": "who", "activity": "what", "time": "at"}
    names |= {"order": "NULL", "provider": "NULL", "referral": "NULL"}
    made = contact_log(
        spark, "own-log", "own-log", blanks={f"own_log_{name}": value for name, value in names.items()}
    )
    assert same(
        made,
        """
        ann  2024-05-02        0  referral  -  -
        ann  2024-05-02T10:00  0  seen      -  -
        """,
    ), made
