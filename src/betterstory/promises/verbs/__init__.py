"""What can be done with an ask or a promise. Every change to either is one of these verbs."""

from betterstory.promises.verbs.again import SameWords, ask_for_time, make_again, word_otherwise
from betterstory.promises.verbs.asking import (
    AlreadyAnswered,
    NotYoursToAnswer,
    NotYoursToAsk,
    SayWhose,
    SayWhy,
    WrongPost,
    answer_later,
    answer_no,
    answer_not_ours,
    answer_yes,
    ask,
)
from betterstory.promises.verbs.clock import SayWhen
from betterstory.promises.verbs.confirming import NothingToConfirm, TooLateToTakeBack, confirm, take_back
from betterstory.promises.verbs.holding import WhichPosts, WrongDays, end_hold, hold, let_in
from betterstory.promises.verbs.ledger import enter
from betterstory.promises.verbs.passing_of_days import move_with_gatherings, set_missing_clocks
from betterstory.promises.verbs.promising import (
    LeaveNamesOut,
    NotOpen,
    NotPromisedToYou,
    NotYoursToPromise,
    PromisedToOneself,
    judge,
    make,
)
from betterstory.promises.verbs.wording import (
    LONGEST,
    LONGEST_NAME,
    LONGEST_REASON,
    DayIsPast,
    NeedsYourYes,
    NothingSaid,
    NotYourName,
    TooLong,
    be_named,
)

__all__ = [
    "LONGEST",
    "LONGEST_NAME",
    "LONGEST_REASON",
    "AlreadyAnswered",
    "DayIsPast",
    "LeaveNamesOut",
    "NeedsYourYes",
    "NotOpen",
    "NotPromisedToYou",
    "NotYourName",
    "NotYoursToAnswer",
    "NotYoursToAsk",
    "NotYoursToPromise",
    "NothingSaid",
    "NothingToConfirm",
    "PromisedToOneself",
    "SameWords",
    "SayWhen",
    "SayWhose",
    "SayWhy",
    "TooLateToTakeBack",
    "TooLong",
    "WhichPosts",
    "WrongDays",
    "WrongPost",
    "answer_later",
    "answer_no",
    "answer_not_ours",
    "answer_yes",
    "ask",
    "ask_for_time",
    "be_named",
    "confirm",
    "end_hold",
    "enter",
    "hold",
    "judge",
    "let_in",
    "make",
    "make_again",
    "move_with_gatherings",
    "set_missing_clocks",
    "take_back",
    "word_otherwise",
]
