"""The command about votes: better-story groups VOTES. It needs no Django.

What several sides agree on, and whether there are sides at all.
"""

import argparse
import json
from pathlib import Path
from typing import Any

from betterstory.engines import consensus
from betterstory.website.groups_words import in_words
from betterstory.website.log_options import CannotRun, Subparsers, said, tell

MOST_IN_A_ROOM = 500_000
"""Voices times statements: more than this is no room, and takes minutes."""
MOST_FOR_A_VERDICT = 500

HELP = """
VOTES is a table, CSV or Parquet, of one of two kinds:
  wide   a row for each voice, a column for each statement
         (Polis's participants-votes.csv: its columns group-id, n-comments, n-votes, n-agree, n-disagree
         and xid are no statements)
  long   a row for each vote: columns for the voice, the statement and the vote
         (Polis's votes.csv: voter-id, comment-id, vote; with a timestamp the later of two votes counts)
The usual names of the columns:
  voice       voice, participant, voter-id, voter, person, card, code
  statement   statement, statement-id, comment-id, tid
  vote        vote, value, answer, said
A vote is 1 or agree, 0 or pass, -1 or disagree; empty means not seen, which is not the same as pass.
STATEMENTS has statement (or comment-id), and if there are: moderated_out (or Polis's moderated, -1 is out),
is_meta, and words (or comment-body).
"""


def add_to(commands: Subparsers) -> None:
    """Add `groups` to the command line."""
    command = commands.add_parser(
        "groups",
        help="what people agree on, from a table of votes, and whether there are groups",
        epilog=HELP,
        formatter_class=argparse.RawDescriptionHelpFormatter,
    )
    command.add_argument("votes", metavar="VOTES", help="the votes: CSV or Parquet, wide or long")
    way = command.add_mutually_exclusive_group()
    way.add_argument(
        "--room", action="store_true", help="how a room is read: groups only if they hold (this)"
    )
    way.add_argument("--polis", action="store_true", help="how Polis reads it: the published maths")
    command.add_argument(
        "--k", type=int, metavar="N", help="with --polis: so many groups, not as many as fit best"
    )
    command.add_argument(
        "--statements",
        metavar="STATEMENTS",
        help="what was moderated out, and the words (comments.csv or statements.csv beside the votes)",
    )
    command.add_argument(
        "--no-statements", action="store_true", help="take no file that lies beside the votes"
    )
    for column in ("voice", "statement", "vote"):
        command.add_argument(f"--{column}", metavar="COLUMN", help=f"the column of the {column}")
    command.add_argument("--seed", type=int, default=0, metavar="N", help="where chance starts (0)")
    command.add_argument(
        "--size", type=float, default=0.5, metavar="GB", help="the most that is read, in GB (0.5)"
    )
    command.add_argument(
        "--time", type=float, default=300, metavar="SECONDS", help="the longest reading takes (300)"
    )
    command.add_argument(
        "--json",
        action="store_true",
        help="print one object for programs, with each voice's group: for analysts",
    )
    command.set_defaults(run=lambda options: said(_groups, options))


def _groups(options: argparse.Namespace) -> None:
    if options.k is not None and not options.polis:
        raise CannotRun("A number of groups is only set in Polis's way: say --polis with --k.")
    try:
        told = _told(options)
    except consensus.VotesRefused as refused:
        raise CannotRun(refused.sentence) from None
    print(json.dumps(told, ensure_ascii=False) if options.json else in_words(told))


def _told(options: argparse.Namespace) -> dict[str, Any]:
    tell("Reading")
    limits = consensus.Limits(size=int(options.size * 1_000_000_000), seconds=options.time)
    statements = _statements(options, limits)
    columns = consensus.Columns(options.voice, options.statement, options.vote)
    votes = consensus.read_votes(options.votes, statements=statements, columns=columns, limits=limits)
    if options.polis:
        return consensus.tell_polis(votes, _polis(votes, options.k, statements), statements.words)
    if votes.shape[0] * votes.shape[1] > MOST_IN_A_ROOM:
        raise CannotRun(
            f"This is larger than a room: {votes.shape[0]:,} voices and {votes.shape[1]:,} statements. "
            "Read it in Polis's way: add --polis."
        )
    tell("Looking for what holds")
    room = consensus.room(votes, seed=options.seed, verdict=votes.shape[0] <= MOST_FOR_A_VERDICT)
    return consensus.tell_room(votes, room, statements.words)


def _polis(votes: consensus.Votes, k: int | None, statements: consensus.Statements) -> consensus.Polis:
    try:
        return consensus.polis(votes, k=k, meta=statements.meta)
    except ValueError as wrong:
        raise CannotRun(f"{str(wrong)[:1].upper()}{str(wrong)[1:]}.") from None


def _statements(options: argparse.Namespace, limits: consensus.Limits) -> consensus.Statements:
    if options.statements and options.no_statements:
        raise CannotRun("Say --statements or --no-statements, not both.")
    if options.statements:
        return consensus.read_statements(options.statements, limits)
    beside = None if options.no_statements else consensus.find_beside(options.votes)
    if beside is None:
        return consensus.NOTHING_SAID
    tell(f"Taking statements from {Path(beside).name}")
    return consensus.read_statements(beside, limits)
