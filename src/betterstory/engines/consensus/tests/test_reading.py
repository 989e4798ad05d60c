"""Votes as they come: the spellings that are read, and the sentence for what can't be."""

from __future__ import annotations

import csv
from pathlib import Path

import duckdb
import pytest

from betterstory.engines import consensus
from betterstory.engines.consensus.tests.published import DATA, open_data, real_data

type Said = dict[tuple[str, str], int]

EXPECTED: Said = {("ann", "1"): 1, ("ann", "2"): -1, ("bob", "1"): 0, ("cat", "2"): 1}


def said(votes: consensus.Votes) -> Said:
    triples = zip(votes.voice, votes.statement, votes.said, strict=True)
    return {(votes.voices[v], votes.statements[s]): int(answer) for v, s, answer in triples}


@pytest.fixture
def here(tmp_path: Path) -> Path:
    return tmp_path / "votes.csv"


WIDE = """\
participant,group-id,n-comments,n-votes,n-agree,n-disagree,1,2
ann,0,1,2,1,1,1,-1
bob,,0,1,0,0,0,
cat,1,0,1,1,0,,1
"""
WAYS = {
    "Polis, wide": WIDE,
    "our own, wide": "voice,1,2\nann,1,-1\nbob,0,\ncat,,1\n",
    "a frame's index": ",1,2\nann,1.0,-1.0\nbob,0.0,nan\ncat,,1.0\n",
    "words": "card;1;2\nann;Agree;disagree\nbob; pass ;\ncat;;AGREE\n",
    "a mark, lines of Windows": "\ufeffvoice\t1\t2\r\nann\t1\t-1\r\nbob\t0\t\r\ncat\t\t+1\r\n",
    "empty lines": "voice,1,2\n\nann,1,-1\nbob,0,\n\ncat,,1\n\n",
    "Polis, long": "timestamp,datetime,comment-id,voter-id,vote\n"
    "5,x,2,ann,1\n9,x,2,ann,-1\n1,x,1,ann,1\n2,x,1,bob,0\n3,x,2,cat,1\n",
    "long, the later row first": "vote,statement,participant,modified\n"
    "-1,2,ann,9\n1,2,ann,5\n1,1,ann,1\n0,1,bob,2\n1,2,cat,3\n1,2,cat,3\n",
    "long, unseen ones listed": "Voter_ID,Statement ID,Value\n"
    "ann,1,1\nann,2,-1\nbob,1,0\nbob,2,\ncat,2,agree\n",
}  # fmt: skip


@pytest.mark.parametrize("way", WAYS)
def test_the_same_votes_in_every_spelling(here: Path, way: str) -> None:
    here.write_text(WAYS[way], encoding="utf-8", newline="")
    assert said(consensus.read_votes(here)) == EXPECTED


def test_columns_can_be_named(here: Path) -> None:
    here.write_text("wer,was,wie\nann,1,1\nann,2,-1\nbob,1,0\ncat,2,1\n")
    columns = consensus.Columns(voice="wer", statement="was", vote="wie")
    assert said(consensus.read_votes(here, columns=columns)) == EXPECTED


def test_parquet(tmp_path: Path) -> None:
    file = tmp_path / "votes.parquet"
    rows = "('ann', 1, -1.0), ('bob', 0, NULL), ('cat', NULL, 'nan'::DOUBLE), ('dan', NULL, 1)"
    made = duckdb.sql(f'SELECT * FROM (VALUES {rows}) t(voice, "1", "2")')  # noqa: S608
    assert made is not None
    made.write_parquet(str(file))
    assert said(consensus.read_votes(file)) == {
        ("ann", "1"): 1,
        ("ann", "2"): -1,
        ("bob", "1"): 0,
        ("dan", "2"): 1,
    }


REFUSED = {
    "text in a cell": ("voice,1,2\nann,1,maybe\nbob,1,1\n", 'Line 2 of "votes.csv" .* the column "2"'),
    "two": ("voice,1\nann,1\nbob,2\n", "A vote is 1 (agree), 0 (pass), -1 (disagree)"),
    "a person twice": ("voice,1\nann,1\nbob,1\nann,-1\n", "Line 4 .* has a line already"),
    "a vote twice": ("voice,statement,vote\nann,1,1\nbob,1,1\nann,1,1\n", "Line 4 .* second vote"),
    "at the same moment": (
        "voice,statement,vote,timestamp\nann,1,1,5\nann,1,-1,5\nbob,1,1,1\n",
        "Line 3 .* nothing says which",
    ),
    "no moment": ("voice,statement,vote,timestamp\nann,1,1,noon\n", 'no number in the column "timestamp"'),
    "nobody's vote": ("voice,1\n,1\nbob,1\n", "Line 2 .* whose vote"),
    "which statement": ("voice,statement,vote\nann,,1\n", "Line 2 .* which statement"),
    "everything missing": ("voice,1,2\nann,,\nbob,,\n", "Nobody has answered anything"),
    "one person": ("voice,1,2\nann,1,\nbob,,\n", "Only one voice"),
    "no row": ("voice,1\n", "no row"),
    "empty": ("", "is empty"),
    "blank": (" \n\n", "is empty"),
    "no voices": ("who,1\nann,1\n", "--voice"),
    "no statement": ("voice,vote\nann,1\n", "no column for the statement"),
    "no vote": ("voice,statement\nann,1\n", "no column for the vote"),
    "no name": ("voice,1,\nann,1,1\n", "has no name"),
    "one name twice": ("voice,1,1\nann,1,1\n", 'Two columns of "votes.csv" are "1"'),
    "no names": (",,\nann,1,1\n", "does not name its columns"),
    "a short line": ("voice,1,2\nann,1\n", "Line 2 .* has 2 cells, and the first line has 3"),
    "an open quote": ('voice,1\nann,1\nbob,"1\n', "quotation marks"),
    "an open quote above": ('voice,"1\nann,1\n', "quotation marks"),
    "a zero byte": ("voice,1\0\nann,1\n", "neither a CSV"),
    "three million columns": ("voice" + ",9" * 3_000_000 + "\n", "more than 20,000 columns"),
    "one long word": ("x" * 2_000_000 + "\n", "too long"),
}  # fmt: skip


@pytest.mark.parametrize("what", REFUSED)
def test_what_cannot_be_read_has_a_sentence(here: Path, what: str) -> None:
    text, words = REFUSED[what]
    here.write_text(text, newline="")
    with pytest.raises(
        consensus.VotesRefused, match=words.replace("(", r"\(").replace(")", r"\)")
    ) as refused:
        consensus.read_votes(here)
    assert refused.value.sentence.endswith((".", "?"))
    assert "maybe" not in refused.value.sentence
    assert "ann" not in refused.value.sentence


@pytest.mark.parametrize(
    ("content", "words"),
    [
        ("voice,é\nann,1\nbob,1\n".encode("latin-1"), "UTF-8"),
        ("voice,1\nanné,1\nbob,1\n".encode("latin-1"), "UTF-8"),
        ("voice,1\nann,1\n".encode("utf-16"), "UTF-8"),
        (b"PK\x03\x04" + bytes(99), "a spreadsheet or a zip"),
        (b"\x1f\x8b" + bytes(99), "gzip"),
        (b"PAR1" + bytes(99), "damaged"),
    ],
)
def test_what_is_no_table_has_a_sentence(here: Path, content: bytes, words: str) -> None:
    here.write_bytes(content)
    with pytest.raises(consensus.VotesRefused, match=words):
        consensus.read_votes(here)


def test_folders_and_files_that_are_not_there(tmp_path: Path) -> None:
    for name, words in ((tmp_path, "is a folder"), (tmp_path / "no.csv", "no file"), ("\0", "no file")):
        with pytest.raises(consensus.VotesRefused, match=words):
            consensus.read_votes(name)
        assert consensus.find_beside(name) is None


@pytest.mark.parametrize(
    ("limits", "words"),
    [
        (consensus.Limits(size=10), "0 MB"),
        (consensus.Limits(columns=2), "more than 2 columns"),
        (consensus.Limits(voices=2), "more than 2 voices"),
        (consensus.Limits(seconds=-1), "seconds"),
    ],
)
def test_limits(here: Path, limits: consensus.Limits, words: str) -> None:
    here.write_text(WAYS["our own, wide"])
    with pytest.raises(consensus.VotesRefused, match=words):
        consensus.read_votes(here, limits=limits)
    long = here.with_name("long.csv")
    long.write_text("voice,statement,vote\n" + "".join(f"v{at},{at},1\n" for at in range(3)))
    with pytest.raises(consensus.VotesRefused, match=words.replace("columns", "(columns|statements)")):
        consensus.read_votes(long, limits=limits)


COMMENTS = {
    "Polis": "comment-id,moderated,is-meta,comment-body\n1,-1,false,One\n2,0,true,Two  words\n3,1,false,\n",
    "our own": "statement,moderated_out,is_meta,words\n1,1,0,One\n2,0,1,Two words\n3,0,0,\n",
}


@pytest.mark.parametrize("way", COMMENTS)
def test_statements_beside(here: Path, way: str) -> None:
    here.write_text(WAYS["our own, wide"])
    file = here.with_name("comments.csv")
    file.write_text(COMMENTS[way])
    assert consensus.find_beside(here) == file
    found = consensus.read_statements(file)
    assert (set(found.aside), set(found.meta)) == ({"1"}, {"2"})
    assert found.words == {"1": "One", "2": "Two words", "3": ""}
    votes = consensus.read_votes(here, statements=found)
    assert votes.aside.tolist() == [True, False]


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("text\nhello\n", "ids of the statements"),
        ("statement\n1\n1\n", "Line 3 .* has a line already"),
        ("statement,words\n,x\n", "no statement's id"),
        ("statement,moderated\n1,perhaps\n", "neither yes nor no"),
    ],
)
def test_statements_that_cannot_be_read(here: Path, text: str, words: str) -> None:
    here.write_text(text)
    with pytest.raises(consensus.VotesRefused, match=words):
        consensus.read_statements(here)


@pytest.mark.real_data
@real_data[1]
@pytest.mark.parametrize(
    ("name", "shape", "many"),
    [
        ("london.youth.policing", (26, 36), 638),
        ("bg2050-volunteers", (126, 371), 14_283),
        ("ssis.land-bank-farmland", (404, 293), 33_463),
    ],
)
def test_real_exports_are_read_whole(name: str, shape: tuple[int, int], many: int) -> None:
    votes, _, comments = open_data(name)
    assert (votes.shape, len(votes.said)) == (shape, many)
    out = {each for each, row in comments.items() if row["moderated"] == "-1"}
    assert int(votes.aside.sum()) == len(out & set(votes.statements))
    with (DATA / name / "participants-votes.csv").open(newline="") as file:
        row = next(csv.DictReader(file))
    at = votes.voices.index(row["participant"])
    assert int((votes.said[votes.voice == at] == 1).sum()) == int(row["n-agree"])
