"""The folder that goes out: what is in it, what it does not know, and that it is whole or not there."""

import hashlib
import re
import tomllib
from datetime import date
from pathlib import Path

import pytest

from betterstory.engines import journeys
from betterstory.engines.journeys.pack import fingerprint, make_pack, places, write_pack
from betterstory.engines.journeys.pack.recipe import BLANK, MARKS, recipes_of
from betterstory.engines.journeys.pack.tests.written import PATTERN

ACROSS = journeys.read_pattern("""
format = 1
name = "Did not come, then the emergency department"
[[step]]
name = "Did not come"
activity = ["contact_att3", "app01_att3"]
[[step]]
name = "Arrived"
activity = ["ed_arrival"]
within = "26 weeks"
""")


def test_the_folder_says_what_is_asked_why_and_who_agreed() -> None:
    said = make_pack(
        PATTERN,
        environments=["sde"],
        why="It happened to one of us",
        agreed="The partnership, 3 May",
        asked_by="Hope Yard",
        until=date(2024, 9, 30),
    )["README.md"]
    assert "at most 18 weeks later: missed (Did not come)" in said
    for words in ("It happened to one of us", "The partnership, 3 May", "Hope Yard", "2024-09-30"):
        assert words in said
    assert "No list of people" in said


def test_what_was_not_agreed_is_said_and_not_left_out() -> None:
    assert make_pack(PATTERN, environments=["sde"])["README.md"].count("ask before you run it") == 3


def test_the_pattern_in_the_folder_is_the_one_its_print_names() -> None:
    files = make_pack(PATTERN, environments=["sde"])
    print_ = hashlib.sha256(files["pattern.toml"].encode()).hexdigest()
    assert print_ == fingerprint(PATTERN)
    assert journeys.read_pattern(files["pattern.toml"]) == PATTERN
    for name in ("README.md", "for-the-output-checker.md", "answer.toml", "sde/question.sql", "pack.toml"):
        assert print_ in files[name], name


def test_every_file_says_its_format() -> None:
    for name, text in make_pack(PATTERN).items():
        assert re.search(r"^(-- )?format = 1$", text, re.MULTILINE), name


def test_the_checker_is_told_the_rule_and_that_nested_steps_leak() -> None:
    said = make_pack(PATTERN, environments=["sde"], rule="nhs-england-sde")["for-the-output-checker.md"]
    assert "Fewer than 10 people are not shown" in said
    assert "five people can be read off" in said
    assert "SDE" in said or "sde" in said


@pytest.mark.parametrize("place", places())
def test_each_trap_stands_beside_its_recipe_on_the_page_and_in_the_sql(place: str) -> None:
    recipes = recipes_of(place)
    names = [recipe.data_set for recipe in recipes]
    files = make_pack(PATTERN, environments=[place], data_sets=names)
    page, question = files[f"{place}/about.md"], files[f"{place}/question.sql"]
    for recipe in recipes:
        assert recipe.traps
        for trap in recipe.traps:
            assert trap.mark in MARKS
            assert f"{trap.says} [{trap.mark}]" in page
            assert question.count(f"[{trap.mark}]") >= 1
        for name in (*recipe.tables, *recipe.columns):
            assert name.mark in MARKS
            assert (f"`{name.name}`" if name.name else "not known here: ask") in page


def test_what_is_not_known_is_asked_for_and_not_made_up() -> None:
    files = make_pack(PATTERN, environments=["databricks"], data_sets=["talking-therapies"])
    assert "FROM {talking_therapies_referrals} r" in files["databricks/question.sql"]
    page = files["databricks/about.md"]
    assert "not known here: ask" in page
    assert (
        "| `{talking_therapies_referrals}` | the table of referrals. In UDAL it is IDS101referral |" in page
    )


@pytest.mark.parametrize("place", places())
def test_every_blank_in_the_sql_is_explained(place: str) -> None:
    names = [recipe.data_set for recipe in recipes_of(place)]
    files = make_pack(PATTERN, environments=[place], data_sets=names)
    for name in ("question", "look"):
        blanks = set(BLANK.findall(files[f"{place}/{name}.sql"]))
        assert "data_until" in blanks or name == "look"
        for blank in blanks:
            assert f"`{{{blank}}}`" in files[f"{place}/about.md"], blank


def test_only_the_data_sets_that_the_pattern_needs_are_asked() -> None:
    files = make_pack(ACROSS, environments=["sde"])
    question = files["sde/question.sql"]
    assert "from_mhsds AS" in question
    assert "from_emergency AS" in question
    assert "from_outpatients AS" not in question
    assert "There are recipes here for these too" in files["sde/about.md"]


def test_people_of_two_data_sets_are_joined_by_a_shared_id_or_not_at_all() -> None:
    files = make_pack(ACROSS, environments=["udal"], data_sets=["mhsds", "emergency"])
    assert "CAST(Der_Pseudo_NHS_Number AS STRING) AS person" in files["udal/question.sql"]
    files = make_pack(ACROSS, environments=["udal"])
    assert "{talking_therapies_across}" in files["udal/question.sql"]
    assert "Without one, do not run the question" in files["udal/about.md"]


def test_a_name_of_the_pattern_that_is_not_made_here_gets_a_line_to_fill_in() -> None:
    files = make_pack(PATTERN, environments=["sde"])
    assert "-- WHEN 'name here' THEN 'missed'" in files["sde/question.sql"]
    assert "| missed | not made here: ask |" in files["sde/about.md"]


def test_a_place_that_makes_nothing_of_the_pattern_is_left_out_unless_it_is_named() -> None:
    assert "omop/question.sql" not in make_pack(ACROSS)
    assert "omop/question.sql" in make_pack(ACROSS, environments=["omop"])


def test_omop_counts_everybody_who_was_watched() -> None:
    files = make_pack(PATTERN, environments=["omop"])
    assert "story_people AS (" in files["omop/question.sql"]
    assert "with a contact or without" in files["omop/about.md"]


def test_a_pattern_with_an_evil_name_stays_words() -> None:
    evil = "x\n; DROP TABLE people --\\\n{month} $person `|` <b>"
    text = journeys.write_pattern(PATTERN).replace('"Sent away"', journeys.toml_file._quoted(evil))
    files = make_pack(journeys.read_pattern(text), environments=["sde"], why="| a | <script> |")
    question = files["sde/question.sql"]
    lines = [line for line in question.splitlines() if "DROP TABLE" in line]
    assert lines
    assert all(line.startswith("-- ") and ";" not in line and "\\" not in line for line in lines)
    assert "<b>" not in re.sub(r"\\<b\\>|^    .*$", "", files["README.md"], flags=re.MULTILINE)
    assert "\\<script\\>" in files["README.md"]


@pytest.mark.parametrize(
    ("how", "said"),
    [
        ({"environments": ["sdee"]}, 'Did you mean "sde"?'),
        ({"environments": ["sde"], "data_sets": ["iapt"]}, 'no recipe for "iapt"'),
        ({"rule": "loose"}, "no rule called"),
    ],
)
def test_what_there_is_not_is_refused_with_a_sentence(how: dict[str, list[str]], said: str) -> None:
    with pytest.raises(journeys.Refused, match=re.escape(said)):
        make_pack(PATTERN, **how)  # type: ignore[arg-type]


def test_a_column_that_no_contact_has_is_refused() -> None:
    text = journeys.write_pattern(PATTERN).replace('["missed"]', '["missed"]\nwhere = { ward = "North" }')
    with pytest.raises(journeys.Refused, match='the column "ward"'):
        make_pack(journeys.read_pattern(text), environments=["sde"])


def test_the_folder_is_put_down_whole_and_nothing_is_left_beside_it(tmp_path: Path) -> None:
    files = make_pack(PATTERN, environments=["sde"])
    folder = write_pack(files, tmp_path / "out" / "pack")
    there = {str(file.relative_to(folder)): file.read_text() for file in folder.rglob("*") if file.is_file()}
    assert there == files
    assert [one.name for one in folder.parent.iterdir()] == ["pack"]
    assert tomllib.loads(there["pack.toml"])["environments"] == ["sde"]


def test_a_folder_with_something_in_it_is_left_alone(tmp_path: Path) -> None:
    (tmp_path / "mine.txt").write_text("mine")
    with pytest.raises(journeys.Refused, match="not empty"):
        write_pack({"README.md": "x"}, tmp_path)
    assert [one.name for one in tmp_path.iterdir()] == ["mine.txt"]


def test_an_empty_folder_is_filled(tmp_path: Path) -> None:
    (tmp_path / "new").mkdir()
    assert (write_pack({"README.md": "x"}, tmp_path / "new") / "README.md").read_text() == "x"


def test_a_pack_that_cannot_be_finished_is_not_there_at_all(tmp_path: Path) -> None:
    with pytest.raises(journeys.Refused, match="cannot be written"):
        write_pack({"README.md": "x", "a" * 400: "y"}, tmp_path / "pack")
    assert list(tmp_path.iterdir()) == []


def test_a_folder_that_leads_elsewhere_is_refused(tmp_path: Path) -> None:
    (tmp_path / "real").mkdir()
    (tmp_path / "link").symlink_to(tmp_path / "real")
    with pytest.raises(journeys.Refused, match="there already"):
        write_pack({"README.md": "x"}, tmp_path / "link")
