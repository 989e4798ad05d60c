"""Tries the verdicts on rooms whose truth is known.

    ./bench verdict [--quick] [--write]

Shuffled votes, 26 kinds of line, planes, planted groups, other sizes, what is hard to tell, and rooms of
real conversations where they stand beside the repository; with exact limits. Both cores are used.
`--quick` tries a tenth of the rooms; `--write` makes docs/reference/verdict.md. The last line is JSON.
"""

from __future__ import annotations

import argparse
import json
import os
import statistics
import sys
import time
from concurrent.futures import ProcessPoolExecutor
from dataclasses import replace
from multiprocessing import get_context
from typing import Any

# one process a core: threads within them would only stand in each other's way; read when numpy is imported
os.environ.setdefault("OPENBLAS_NUM_THREADS", "1")

from benchmarks._machine import describe
from benchmarks._verdict_cells import Cell, Tried, all_cells, try_cell
from benchmarks._verdict_goals import Found, goals
from benchmarks._verdict_page import missed, page_of, write_page
from betterstory.engines.consensus.pictures import quick

WORKERS = 2


def main(arguments: list[str]) -> int:
    parser = argparse.ArgumentParser(prog="./bench verdict")
    parser.add_argument("--quick", action="store_true", help="a tenth of the rooms")
    parser.add_argument("--write", action="store_true", help="write docs/reference/verdict.md")
    options = parser.parse_args(arguments)
    begun = time.perf_counter()
    cells = (
        [replace(each, rooms=max(2, each.rooms // 10)) for each in all_cells()]
        if options.quick
        else all_cells()
    )
    tried = try_all(cells)
    said = said_of(tried, minutes=(time.perf_counter() - begun) / 60)
    page = page_of(tried, said)
    print(page)
    print("\n".join(missed(tried)))
    if options.write:
        print(f"Written: {write_page(page)}")
    print(json.dumps(said))
    return 0


def try_all(cells: list[Cell]) -> Found:
    """Every cell, in pieces over two processes."""
    quick.be_quick()  # compiled once here, and found by both
    pieces = [(cell, piece) for cell in cells for piece in cell.split()]
    tried = {cell: Tried() for cell in cells}
    with ProcessPoolExecutor(WORKERS, mp_context=get_context("spawn"), initializer=warm_up) as pool:
        results = pool.map(try_cell, [piece for _cell, piece in pieces])
        for at, ((cell, _piece), result) in enumerate(zip(pieces, results, strict=True), 1):
            tried[cell].add(result)
            if at % 25 == 0:
                print(f"{at} of {len(pieces)} pieces", file=sys.stderr, flush=True)
    return tried


def warm_up() -> None:
    """What is loaded once is not timed."""
    try_cell(Cell("two", "20+20, d = 0.7", 1.0, rooms=1))


def said_of(tried: Found, minutes: float) -> dict[str, Any]:
    seconds = [each for cell in tried.values() for each in cell.seconds]
    return {
        "bench": "verdict",
        "rooms": len(seconds),
        "goals": [goal.told() for goal in goals(tried)],
        "cpu_s": {
            "median": round(statistics.median(seconds), 4),
            "worst": round(max(seconds), 4),
            "all": round(sum(seconds), 1),
        },
        "minutes": round(minutes, 1),
        "compiled": quick.is_quick(),
        "cells": [
            {
                "part": cell.part,
                "kind": cell.kind,
                "filled": cell.filled,
                "people": cell.people,
                "statements": cell.statements,
                "rooms": each.rooms,
                "verdicts": dict(each.verdicts),
            }
            for cell, each in tried.items()
        ],
        "machine": describe(),
    }
