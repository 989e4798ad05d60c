"""The whole question of a pack, run on made-up rows of three data sets: only protected rows come out."""

import csv
import io
from collections.abc import Iterator
from datetime import date, timedelta
from typing import Any

import pytest

from betterstory.engines import journeys
from betterstory.engines.journeys.pack import make_pack, read_answer
from betterstory.engines.journeys.pack.answer_rows import row_of, rows_from
from betterstory.engines.journeys.pack.asked import Asked, place_for
from betterstory.engines.journeys.pack.question import CONTACTS, contacts_sql
from betterstory.engines.journeys.pack.tests.spark import filled, spark_session, tables

sql = pytest.importorskip("pyspark.sql", reason="Without pyspark the question was not run.")

SENT_AWAY = journeys.read_pattern("""
format = 1
name = "Sent away after not coming"
[[step]]
name = "Was referred"
activity = ["referral"]
[[step]]
name = "Did not come"
activity = ["contact_att3", "app01_att3"]
within = "18 weeks"
[[step]]
name = "Was discharged"
activity = ["discharge_05", "discharge_16"]
within = "26 weeks"
[[step]]
name = "Went to the emergency department"
activity = ["ed_arrival"]
within = "26 weeks"
""")
UNTIL = date(2024, 12, 31)
BLANKS = {
    "mhsds_referrals": "q_referral",
    "mhsds_visits": "q_visit",
    "month": "1500",
    "archived_on": "2025-01-30",
    "talking_therapies_referrals": "q_iapt_referral",
    "talking_therapies_visits": "q_iapt_care",
    "emergency_arrivals": "q_ecds",
}


@pytest.fixture(scope="module")
def spark() -> Iterator[Any]:
    with spark_session(sql) as session:
        _records(session)
        yield session


def _records(session: Any) -> None:
    """By level: 12 only seen, 41 referred, 23 did not come, 31 discharged the same day, 9 went to hospital.

    Person 9 of each level came by Talking Therapies; everybody's referral flows in two months.
    """
    referrals, visits, other, care, ecds = [], [], [], [], []
    for level, many in enumerate((12, 41, 23, 31, 9)):
        for number in range(many):
            person, day = f"p{level}x{number}", date(2024, 4, 2) + timedelta(days=140 if number % 2 else 0)
            missed, closed = day + timedelta(days=30), day + timedelta(days=30) if level > 2 else None
            if number == 8:
                other.append([person, f"w{person}", day, closed, "16" if closed else None, "RT1", UNTIL])
                care.append([person, f"w{person}", f"c{person}", missed, "1", "3" if level > 1 else "5"])
                care[-1] += ["RT1", UNTIL]
            elif level:
                row = [person, f"r{person}", day, closed, "05" if closed else None, None, None]
                referrals += [[*row, month, "RX1", "2025-01-30"] for month in (1490, 1491)]
            if number != 8:
                code = "3" if level > 1 else "5"
                visits.append([person, f"r{person}", f"c{person}", missed, "14:30:00", code, 1490, "RX1"])
                visits[-1].append("2025-01-30")
            if level == 4:
                ecds += [[person, f"e{person}{twice}", missed + timedelta(days=20)] for twice in "ab"]
    _table(session, "q_referral", REFERRAL, referrals)
    _table(session, "q_visit", VISIT, visits)
    _table(session, "q_iapt_referral", IAPT, other)
    _table(session, "q_iapt_care", CARE, care)
    _table(session, "q_ecds", ECDS, [[*row, "03:00:00", "1", "01", "RH1"] for row in ecds])


REFERRAL = (
    "person_id_deid uniqservreqid_deid referralrequestreceiveddate servdischdate referclosreason "
    "referrejectiondate referrejectreason uniqmonthid orgidprov archived_on recordnumber"
)
VISIT = (
    "person_id_deid uniqservreqid_deid uniqcarecontid_deid carecontdate careconttime attendordnacode "
    "uniqmonthid orgidprov archived_on recordnumber"
)
IAPT = (
    "PERSON_ID_DEID PathwayID ReferralRequestReceivedDate ServDischDate EndCode OrgID_Provider "
    "ExtractPeriod_EndDate"
)
CARE = (
    "PERSON_ID_DEID PathwayID Pseudo_Unique_CareContactID CareContDate AppType AttendOrDNACode "
    "OrgID_Provider ExtractPeriod_EndDate"
)
ECDS = "PERSON_ID_DEID ECDSKEY ARRIVAL_DATE ARRIVAL_TIME ATTENDANCE_CATEGORY DEPARTMENT_TYPE PROVIDER_CODE"


def _table(
    session: Any, name: str, head: str, rows: list[list[Any]], types: dict[str, str] | None = None
) -> None:
    cells = [["-" if cell is None else str(cell) for cell in row] for row in rows]
    whole = [[*row, "1"][: len(head.split())] for row in cells]
    text = "\n".join("  ".join(line) for line in [head.split(), *whole])
    tables(session, {name: text}, types or {"uniqmonthid": "INT", "archived_on": "DATE"})


def asked(session: Any, rule: str) -> str:
    """The rows that come back, as an analyst pastes them."""
    files = make_pack(SENT_AWAY, environments=["sde"], rule=rule, until=UNTIL)
    result = session.sql(filled(files["sde/question.sql"], BLANKS))
    written = io.StringIO()
    table = csv.writer(written, lineterminator="\n")
    table.writerow(result.columns)
    table.writerows(["" if cell is None else cell for cell in row] for row in result.collect())
    head, _, _ = files["answer.toml"].partition('rows = """\n')
    filled_in = {"body": "Leaf Trust", "source": "SDE", "checked_by": "R. Okafor"}
    for name, value in filled_in.items():
        head = head.replace(f'{name} = ""', f'{name} = "{value}"')
    days = {"period_from": "2024-04-01", "period_to": str(UNTIL), "checked_on": "2025-02-03"}
    for name, value in days.items():
        head = head.replace(f'{name} = ""', f"{name} = {value}")
    return f'{head}rows = """\n{written.getvalue()}"""\n'


@pytest.fixture(scope="module")
def standing(spark: Any) -> journeys.Standing:
    """What Better Story itself counts in the contacts that the recipes make."""
    contacts = contacts_sql(Asked(SENT_AWAY, until=UNTIL), place_for(SENT_AWAY, "sde"))
    select = f"SELECT person, activity, time, seq FROM {CONTACTS}"  # noqa: S608 - our own name
    rows = spark.sql(f"WITH {filled(contacts, BLANKS)} {select}")
    with journeys.read_log([row.asDict() for row in rows.collect()], until=UNTIL) as log:
        return journeys.count(SENT_AWAY, log, backend="python")


def test_the_question_gives_what_better_story_would_count_and_no_true_count(
    spark: Any, standing: journeys.Standing
) -> None:
    """Under the rule of the place, nine people are put together with the level below."""
    text = asked(spark, "nhs-england-sde")
    answer = read_answer(text, SENT_AWAY)
    assert [(level.first, level.last, level.people.shown) for level in answer.levels] == [
        (0, 0, 10),
        (1, 1, 40),
        (2, 2, 20),  # 23 people, and their split is shown: about 10 and about 10
        (3, 4, 40),
    ]
    assert list(answer.rows) == rows_from(standing.protect("nhs-england-sde"), with_a_list=False)
    for true_count in ("41", "23", "31", "116"):
        assert f",{true_count}," not in text


def test_the_look_before_hides_kinds_of_contact_that_few_had(spark: Any) -> None:
    look = make_pack(SENT_AWAY, environments=["sde"], until=UNTIL)["sde/look.sql"]
    seen = {row.activity: row.people_about for row in spark.sql(filled(look, BLANKS)).collect()}
    assert seen["contact_att3"] == 60
    assert seen["app01_att3"] is None  # three people, and one true count less to see
    assert all(figure is None or figure % 5 == 0 for figure in seen.values())


BACK_AGAIN = journeys.read_pattern("""
format = 1
name = "Outpatient, then the emergency department"
[[step]]
name = "Was seen"
activity = ["visit_9202"]
[[step]]
name = "Went to the emergency department"
activity = ["visit_9203"]
within = "26 weeks"
""")


def test_in_omop_everybody_who_was_watched_is_counted_until_their_own_end(spark: Any) -> None:
    """30 who were never seen, 24 seen (half of them left soon after), 15 who went to the department."""
    day, visits, watched = date(2024, 3, 1), [], []
    for number in range(69):
        left = 30 <= number < 42
        watched.append([number, "2024-01-01", "2024-04-15" if left else UNTIL])
        for at, kind in enumerate(("9202", "9203")[: 0 if number < 30 else 1 if number < 54 else 2]):
            visits.append([number, kind, day + timedelta(days=50 * at), None, 7, f"{number}{kind}"])
    types = {"visit_start_date": "DATE", "visit_start_datetime": "TIMESTAMP", "person_id": "INT"}
    types |= {"observation_period_start_date": "DATE", "observation_period_end_date": "DATE"}
    _table(spark, "visit_occurrence", VISITED, visits, types)
    _table(spark, "observation_period", WATCHED, watched, types)
    files = make_pack(BACK_AGAIN, environments=["omop"], until=UNTIL)
    rows = [row_of(row.asDict()) for row in spark.sql(files["omop/question.sql"]).collect()]
    contacts = [
        {"person": str(one[0]), "activity": f"visit_{one[1]}", "time": str(one[2]), "seq": 40}
        for one in visits
    ]
    people = [{"person": str(one[0]), "start": str(one[1]), "end": str(one[2])} for one in watched]
    with journeys.read_log(contacts, people=people, until=UNTIL) as log:
        shown = journeys.count(BACK_AGAIN, log, backend="python").protect()
    assert [(row.first, row.last, row.people, row.on_the_way, row.too_early) for row in rows] == [
        (0, 0, 30, None, None),
        (1, 1, 25, None, None),
        (2, 2, 15, None, None),
    ]
    assert rows == rows_from(shown, with_a_list=True)


VISITED = "person_id visit_concept_id visit_start_date visit_start_datetime care_site_id visit_occurrence_id"
WATCHED = "person_id observation_period_start_date observation_period_end_date"
