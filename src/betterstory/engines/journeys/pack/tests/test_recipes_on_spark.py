"""Each recipe on made-up rows that hold its traps; what comes out is a contact log to check by hand."""

from collections.abc import Iterator
from typing import Any

import pytest

from betterstory.engines.journeys.pack.tests.spark import contact_log, same, spark_session, tables

sql = pytest.importorskip("pyspark.sql", reason="Without pyspark the recipes were not run.")


@pytest.fixture(scope="module")
def spark() -> Iterator[Any]:
    with spark_session(sql) as session:
        yield session


MHSDS_TYPES = {
    "UniqMonthID": "INT",
    "RecordNumber": "BIGINT",
    "ReferralRequestReceivedDate": "DATE",
    "ServDischDate": "DATE",
    "ReferRejectionDate": "DATE",
    "CareContDate": "DATE",
    "CareContTime": "TIMESTAMP",
}
REFERRALS = """
    Person_ID  UniqServReqID  UniqMonthID  RecordNumber  OrgIDProv  ReferralRequestReceivedDate  ServDischDate  ReferClosReason  ReferRejectionDate  ReferRejectReason
    ann        r1             1490         1             RX1        2024-05-02                   -              -                -                   -     # still open
    ann        r1             1491         2             RX1        2024-05-02                   -              -                -                   -     # flows again
    ann        r1             1492         3             RX1        2024-05-02                   2024-07-10     5                -                   -     # and is closed
    ann        r1             1493         4             RX1        2024-05-02                   2024-07-30     02               -                   -     # too late a month
    bob        r2             1490         5             RX1        2024-05-03                   -              -                2024-05-09          2
    cat        r3             1490         6             DFC        2024-05-03                   2024-05-04     05               -                   -     # anonymous service
    dan        r4             1488         7             RX2        2024-03-03                   2024-03-09     05               -                   -     # before version 6
    eve        r5             1490         8             -          2024-05-05                   2024-05-06     ""               -                   -     # no provider, no reason
"""
VISITS = """
    Person_ID  UniqServReqID  UniqCareContID  UniqMonthID  RecordNumber  OrgIDProv  CareContDate  CareContTime         AttendStatus
    ann        r1             c1              1490         1             RX1        2024-05-20    1970-01-01 10:30:00  5
    ann        r1             c1              1491         2             RX1        2024-05-20    1970-01-01 10:30:00  5     # sent again
    ann        r1             c2              1491         2             RX1        2024-06-11    -                    03    # padded, no clock
    ann        r1             c3              1491         2             RX1        2024-06-18    -                    4     # the service cancelled
    ann        r1             c4              1492         3             RX1        2024-07-10    1970-01-01 14:00:00  7     # the day she was closed
    bob        r2             c5              1490         5             RX1        -             -                    5     # no day, so no contact
    eve        r5             c6              1490         8             RX1        2024-05-06    -                    -
"""


def test_mhsds_on_databricks_keeps_the_newest_row_and_the_order_of_a_day(spark: Any) -> None:
    tables(spark, {"mhs101referral": REFERRALS, "mhs201carecontact": VISITS}, MHSDS_TYPES)
    made = contact_log(spark, "databricks", "mhsds", blanks={"month": "1492"})
    assert same(
        made,
        """
        ann  2024-05-02        10  referral      RX1  r1
        ann  2024-05-20T10:30  40  contact_att5  RX1  r1
        ann  2024-06-11        30  contact_att3  RX1  r1
        ann  2024-06-18        30  contact_att4  RX1  r1
        ann  2024-07-10T14:00  30  contact_att7  RX1  r1
        ann  2024-07-10T14:00  60  discharge_05  RX1  r1    # after the contact of that day
        bob  2024-05-03        10  referral      RX1  r2
        bob  2024-05-09        50  rejected_02   RX1  r2
        eve  2024-05-05        10  referral      -    r5
        eve  2024-05-06        30  contact_attNA RX1  r5
        eve  2024-05-06        60  discharge_NA  -    r5
        """,
    ), made


def test_mhsds_in_udal_reads_the_submissions_that_are_in_use(spark: Any) -> None:
    tables(
        spark,
        {
            "MHS101Referral": """
                Der_Person_ID  UniqServReqID  UniqMonthID  RecordNumber  OrgIDProv  ReferralRequestReceivedDate  ServDischDate  ReferClosReason  ReferRejectionDate  ReferRejectReason  NHSEUniqSubmissionID
                ann            r1             1490         1             RX1        2024-05-02                   2024-05-20     02               -                   -                  s1
                ann            r1             1490         1             RX1        2024-05-02                   -              -                -                   -                  s2   # replaced
            """,
            "MHS201CareContact": """
                Der_Person_ID  UniqServReqID  UniqCareContID  UniqMonthID  RecordNumber  OrgIDProv  CareContDate  CareContTime         AttendStatus  AttendOrDNACode  NHSEUniqSubmissionID
                ann            r1             c1              1490         1             RX1        2024-05-04    1970-01-01 09:00:00  -             3                s1
                ann            r1             c2              1490         1             RX1        2024-05-05    1970-01-01 09:00:00  5             -                s2
            """,
            "MHSDS_SubmissionFlags": """
                NHSEUniqSubmissionID  Der_Use_Submission_Flag
                s1                    Y
                s2                    N
            """,
        },
        MHSDS_TYPES,
    )
    made = contact_log(spark, "udal", "mhsds", blanks={"month": "1492"})
    assert same(
        made,
        """
        ann  2024-05-02        10  referral      RX1  r1
        ann  2024-05-04T09:00  30  contact_att3  RX1  r1
        ann  2024-05-20        60  discharge_02  RX1  r1
        """,
    ), made


def test_mhsds_in_the_sde_reads_one_batch_of_the_archive(spark: Any) -> None:
    tables(
        spark,
        {
            "sde_referral": """
                person_id_deid  uniqservreqid_deid  uniqmonthid  recordnumber  orgidprov  referralrequestreceiveddate  servdischdate  referclosreason  referrejectiondate  referrejectreason  archived_on
                ann             r1                  1490         9             RX1        2024-05-02                   -              -                -                   -                  2024-06-27
                ann             r1                  1490         9             RX1        2024-05-02                   2024-06-30     05               -                   -                  2024-09-26
            """,
            "sde_visit": """
                person_id_deid  uniqservreqid_deid  uniqcarecontid_deid  uniqmonthid  recordnumber  orgidprov  carecontdate  careconttime  attendordnacode  archived_on
                ann             r1                  c1                   1490         9             RX1        2024-05-20    11:15:00      " 3"             2024-06-27
                ann             r1                  c1                   1490         9             RX1        2024-05-20    11:15:00      " 3"             2024-09-26
            """,
        },
        {"uniqmonthid": "INT", "referralrequestreceiveddate": "DATE", "servdischdate": "DATE"}
        | {"referrejectiondate": "DATE", "carecontdate": "DATE", "archived_on": "DATE"},
    )
    blanks = {"mhsds_referrals": "sde_referral", "mhsds_visits": "sde_visit", "month": "1500"}
    made = contact_log(spark, "sde", "mhsds", blanks=blanks | {"archived_on": "2024-09-26"})
    assert same(
        made,
        """
        ann  2024-05-02        10  referral      RX1  r1
        ann  2024-05-20T11:15  30  contact_att3  RX1  r1
        ann  2024-06-30        60  discharge_05  RX1  r1
        """,
    ), made


THERAPIES = {
    "IsLatest_SubmissionID": """
        UniqueSubmissionID  AuditId  IsLatest
        u1                  1        0
        u2                  2        1
    """,
    "IDS101referral": """
        PathwayID  Person_ID  RecordNumber  Unique_MonthID  UsePathway_Flag  ReferralRequestReceivedDate  ServDischDate  EndCode  OrgID_Provider  UniqueSubmissionID  AuditId
        w1         ann        1             1490            True             2024-05-02                   -              -        RT1             u1                  1   # replaced
        w1         ann        2             1490            True             2024-05-02                   -              -        RT1             u2                  2
        w1         ann        3             1491            True             2024-05-02                   2024-07-01     16       RT1             u2                  2
        w2         bob        4             1491            False            2024-05-02                   2024-07-01     16       RT1             u2                  2   # not to be used
    """,
    "IDS201carecontact": """
        PathwayID  Unique_CareContactID  CareContDate  AttendOrDNACode  AppType  UniqueSubmissionID  AuditId
        w1         c1                    2024-05-20    05               1        u2                  2
        w1         c2                    2024-06-03    " 3"             02       u2                  2
        w1         c3                    2024-06-10    2                2        u2                  2    # cancelled is not missed
        w1         c4                    2024-06-17    -                -        u2                  2
        w1         c5                    2024-06-24    5                02       u1                  1    # replaced
        w2         c6                    2024-06-24    5                02       u2                  2
    """,
}
THERAPY_TYPES = {
    "IsLatest": "INT",
    "RecordNumber": "BIGINT",
    "Unique_MonthID": "INT",
    "ReferralRequestReceivedDate": "DATE",
    "ServDischDate": "DATE",
    "CareContDate": "DATE",
}
THERAPY_LOG = """
    ann  2024-05-02  10  referral      RT1  w1
    ann  2024-05-20  40  app01_att5    RT1  w1
    ann  2024-06-03  30  app02_att3    RT1  w1
    ann  2024-06-10  30  app02_att2    RT1  w1
    ann  2024-06-17  30  appNA_attNA   RT1  w1
    ann  2024-07-01  60  discharge_16  RT1  w1
"""


def test_talking_therapies_in_udal_trims_codes_and_reads_the_newest(spark: Any) -> None:
    tables(spark, THERAPIES, THERAPY_TYPES)
    made = contact_log(spark, "udal", "talking-therapies")
    assert same(made, THERAPY_LOG), made


def test_talking_therapies_where_no_name_is_known_runs_once_they_are_filled_in(spark: Any) -> None:
    tables(spark, THERAPIES, THERAPY_TYPES)
    names = {
        "referrals": "IDS101referral",
        "visits": "IDS201carecontact",
        "newest_list": "IsLatest_SubmissionID",
        "person": "Person_ID",
        "pathway": "PathwayID",
        "visit": "Unique_CareContactID",
        "month": "Unique_MonthID",
        "record": "RecordNumber",
        "provider": "OrgID_Provider",
        "use_flag": "UsePathway_Flag",
        "received": "ReferralRequestReceivedDate",
        "discharged": "ServDischDate",
        "close_reason": "EndCode",
        "kind": "AppType",
        "attendance": "AttendOrDNACode",
        "visit_date": "CareContDate",
    }
    blanks = {f"talking_therapies_{name}": value for name, value in names.items()}
    made = contact_log(spark, "databricks", "talking-therapies", blanks=blanks)
    assert same(made, THERAPY_LOG), made


def test_talking_therapies_in_the_sde_folds_activities_into_contacts(spark: Any) -> None:
    tables(
        spark,
        {
            "iapt_referral": """
                PERSON_ID_DEID  PathwayID  ReferralRequestReceivedDate  ServDischDate  EndCode  OrgID_Provider  ExtractPeriod_EndDate
                ann             w1         2024-05-02                   -              -        RT1             2024-05-31
                ann             w1         2024-05-02                   2024-07-01     50       RT1             2024-07-31
                -               w9         2024-05-02                   2024-07-01     50       RT1             2024-07-31    # nobody's
            """,
            "iapt_care": """
                PERSON_ID_DEID  PathwayID  Pseudo_Unique_CareContactID  CareContDate  AppType  AttendOrDNACode  OrgID_Provider  ExtractPeriod_EndDate
                ann             w1         c1                           2024-05-20    01       3                RT1             2024-05-31
                ann             w1         c1                           2024-05-20    01       3                RT1             2024-05-31   # another activity of it
                ann             w1         c1                           2024-05-20    1        " 6"             RT1             2024-06-30   # put right later
            """,
        },
        {"ReferralRequestReceivedDate": "DATE", "ServDischDate": "DATE", "CareContDate": "DATE"}
        | {"ExtractPeriod_EndDate": "DATE"},
    )
    blanks = {
        "talking_therapies_referrals": "iapt_referral",
        "talking_therapies_visits": "iapt_care",
    }
    made = contact_log(spark, "sde", "talking-therapies", blanks=blanks)
    assert same(
        made,
        """
        ann  2024-05-02  10  referral      RT1  w1
        ann  2024-05-20  40  app01_att6    RT1  w1
        ann  2024-07-01  60  discharge_50  RT1  w1
        """,
    ), made


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
        {name: "INT" for name in ("person_id", "visit_concept_id", "care_site_id", "visit_occurrence_id")}
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
