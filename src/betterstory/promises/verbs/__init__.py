"""What can be done with an ask or a promise. Every change to either is one of these verbs."""

from betterstory.promises.verbs.again import (SameWords, ask_for_time, make_again, word_otherwise)
from betterstory.promises.verbs.asking import (AlreadyAnswered, AskedOfOneself, NotYoursToAnswer, NotYoursToAsk, NotYoursToAskFor, OneOfMany, SayWhose, SayWhy, WrongPost, answer_later, answer_no, answer_not_ours, answer_yes, ask)
from betterstory.promises.verbs.beside import (NotAboutThem, NotYourReply, NotYourView, bodies_of, reply, say_own_view)
from betterstory.promises.verbs.clock import (SayWhen)
from betterstory.promises.verbs.confirming import (NothingToConfirm, TooLateToTakeBack, confirm, take_back)
from betterstory.promises.verbs.erasing import (NotYoursToTakeOut, TakenOutAlready, erase_words)
from betterstory.promises.verbs.holding import (WhichPosts, WrongDays, end_hold, hold, let_in)
from betterstory.promises.verbs.judging import (AskedAlready, CardPromisedNothing, DoorTypedAlready, FourWeeksFirst, LetGo, NotAskedAnyMore, NotToMany, NotYoursToCount, NotYoursToOpen, ServicesDoNotJudge, StillAsking, TooFarOff, TooManyAtADoor, ask_residents, check_card, close, give_opinion, is_four_weeks_on, type_door, type_opinions)
from betterstory.promises.verbs.keepers import (KeepsItAlready, NotYoursToName, SameAddress, let_keeper_go, name_keeper, send_heads)
from betterstory.promises.verbs.ledger import (enter)
from betterstory.promises.verbs.names import (LeaveNamesOut)
from betterstory.promises.verbs.passing_of_days import (move_with_gatherings, pass_days, set_missing_clocks)
from betterstory.promises.verbs.pointing import (EnoughPhotographs, NeedsTheirYes, NotNewer, NotTheSamePattern, NotYoursToPoint, NotYoursToQuote, SayWhatElse, opened, point_to_count, point_to_photograph, point_to_teller, point_to_witness, take_away)
from betterstory.promises.verbs.promising import (NotOpen, NotPromisedToYou, NotYoursToPromise, PromisedToOneself, judge, make)
from betterstory.promises.verbs.reminding import (AddressNeeded, NumberNeeded, choose_reminders, give, remind, renew_calendar)
from betterstory.promises.verbs.wording import (ClockSetBack, DayIsPast, LONGEST, LONGEST_NAME, LONGEST_REASON, NeedsYourYes, NotYourName, NothingSaid, TooLong, be_named)

__all__ = ["AddressNeeded", "AlreadyAnswered", "AskedAlready", "AskedOfOneself", "CardPromisedNothing", "ClockSetBack", "DayIsPast", "DoorTypedAlready", "EnoughPhotographs", "FourWeeksFirst", "KeepsItAlready", "LONGEST", "LONGEST_NAME", "LONGEST_REASON", "LeaveNamesOut", "LetGo", "NeedsTheirYes", "NeedsYourYes", "NotAboutThem", "NotAskedAnyMore", "NotNewer", "NotOpen", "NotPromisedToYou", "NotTheSamePattern", "NotToMany", "NotYourName", "NotYourReply", "NotYourView", "NotYoursToAnswer", "NotYoursToAsk", "NotYoursToAskFor", "NotYoursToCount", "NotYoursToName", "NotYoursToOpen", "NotYoursToPoint", "NotYoursToPromise", "NotYoursToQuote", "NotYoursToTakeOut", "NothingSaid", "NothingToConfirm", "NumberNeeded", "OneOfMany", "PromisedToOneself", "SameAddress", "SameWords", "SayWhatElse", "SayWhen", "SayWhose", "SayWhy", "ServicesDoNotJudge", "StillAsking", "TakenOutAlready", "TooFarOff", "TooLateToTakeBack", "TooLong", "TooManyAtADoor", "WhichPosts", "WrongDays", "WrongPost", "answer_later", "answer_no", "answer_not_ours", "answer_yes", "ask", "ask_for_time", "ask_residents", "be_named", "bodies_of", "check_card", "choose_reminders", "close", "confirm", "end_hold", "enter", "erase_words", "give", "give_opinion", "hold", "is_four_weeks_on", "judge", "let_in", "let_keeper_go", "make", "make_again", "move_with_gatherings", "name_keeper", "opened", "pass_days", "point_to_count", "point_to_photograph", "point_to_teller", "point_to_witness", "remind", "renew_calendar", "reply", "say_own_view", "send_heads", "set_missing_clocks", "take_away", "take_back", "type_door", "type_opinions", "word_otherwise"]
