"""The recipes of MHSDS and Talking Therapies, on made-up rows that hold their traps."""

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
