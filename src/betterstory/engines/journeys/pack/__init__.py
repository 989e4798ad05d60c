"""Question packs and answer files: a pattern travels to where records are, and a checked answer comes back.

    from betterstory.engines.journeys.pack import make_pack, read_answer, side_by_side, write_pack

    write_pack(make_pack(pattern, environments=["sde"], rule="nhs-england-sde"), "for-the-trust")
    answer = read_answer("answer.toml", pattern)
    print(answer)

How the tables of each place become a contact log is data, in `recipes/`.
"""

from betterstory.engines.journeys.pack.answer import (
    Answer,
    AnsweredLevel,
    AnswerRefused,
    Header,
)
from betterstory.engines.journeys.pack.answer_file import (
    as_file,
    check_answer,
    from_json,
    read_answer,
    write_answer,
)
from betterstory.engines.journeys.pack.asked import fingerprint
from betterstory.engines.journeys.pack.beside import SideBySide, side_by_side
from betterstory.engines.journeys.pack.folder import make_pack, write_pack
from betterstory.engines.journeys.pack.recipe import places

__all__ = [
    "Answer",
    "AnswerRefused",
    "AnsweredLevel",
    "Header",
    "SideBySide",
    "as_file",
    "check_answer",
    "fingerprint",
    "from_json",
    "make_pack",
    "places",
    "read_answer",
    "side_by_side",
    "write_answer",
    "write_pack",
]
