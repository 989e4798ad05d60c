"""What was asked and promised in the town, put in the diary, to be lived through in the order of days."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import date

from betterstory.people.models import Person
from betterstory.promises import verbs
from betterstory.promises.models import Ask, Promise
from betterstory.website.demo.diary import Diary
from betterstory.website.demo.elsewhere import Lived
from betterstory.website.demo.telling import Again, Asked, Judged, Later, No, NotOurs, Promised, Yes
from betterstory.website.demo.town import Town


def live(town: Town, rounds: Sequence[Lived]) -> None:
    """Everything asked, answered, promised and judged, in every round of the town."""
    diary = Diary()
    for lived in rounds:
        writer = Writer(town, lived, diary)
        for asked in lived.told.asks:
            writer.ask(asked)
        for promised in lived.told.promises:
            writer.promise(promised)
    diary.live()


@dataclass(frozen=True)
class Writer:
    """Turns rows of the tables into days of the diary. What a verb gives back is kept for the days after it."""

    town: Town
    lived: Lived
    diary: Diary

    def day(self, ago: int) -> date:
        return self.town.ago(ago).date()

    def on(self, ago: int, happened: Callable[[], object]) -> None:
        self.diary.on(self.day(ago), happened)

    def ask(self, row: Asked) -> None:
        made: dict[str, Ask] = {}
        self.on(row.ago, lambda: made.update(ask=self._ask(row)))
        for answer in row.answers:
            self.answer(answer, made)

    def _ask(self, row: Asked) -> Ask:
        mine = self.town.person.get(row.by)
        return verbs.ask(
            round=self.lived.round,
            words=row.words,
            of=self.town.body[row.of],
            by=mine or self.lived.organiser,
            on=self.day(row.ago),
            asked_by=None if mine else self.lived.everybody,
            asked_by_words=row.by_words or self.lived.told.room,
            own_yes=mine is not None,
            insight=self.lived.cards.get(row.card),
            gathering=self.lived.planning,
            size=row.size,
        )

    def answer(self, row: Yes | No | NotOurs | Later, made: dict[str, Ask]) -> None:
        day, by, body = self.day(row.ago), self.lived.organiser, self.town.body
        match row:
            case Yes():
                given: dict[str, Promise] = {}
                self.on(row.ago, lambda: given.update(promise=self._yes(row, made["ask"])))
                self.later(row.then, given, self.speaker(row.post))
            case No():
                self.on(row.ago, lambda: verbs.answer_no(made["ask"], by=by, on=day, reason=row.because))
            case NotOurs():
                self.on(
                    row.ago,
                    lambda: verbs.answer_not_ours(
                        made["ask"], by=by, on=day, whose=body[row.whose], note=row.note
                    ),
                )
            case Later():
                due = self.day(row.due)
                self.on(row.ago, lambda: verbs.answer_later(made["ask"], by=by, on=day, due_on=due))

    def _yes(self, row: Yes, ask: Ask) -> Promise:
        return verbs.answer_yes(
            ask,
            by=self.speaker(row.post),
            on=self.day(row.ago),
            post=self.town.post[row.post],
            words=row.words,
            due_on=self.day(row.due),
            witness=row.witness,
        )

    def promise(self, row: Promised) -> None:
        given: dict[str, Promise] = {}
        self.on(row.ago, lambda: given.update(promise=self._promise(row)))
        self.later(row.then, given, self.town.person[row.by])

    def _promise(self, row: Promised) -> Promise:
        promise = verbs.make(
            round=self.lived.round,
            words=row.words,
            by=self.town.person[row.by],
            on=self.day(row.ago),
            due_on=self.day(row.due),
            to=self.town.person[row.to] if row.to else self.lived.everybody,
            to_words=self.lived.told.room,
            post=self.town.post[row.post] if row.post else None,
            by_words=row.by_words,
            own_yes=not row.post,
            size=row.size,
        )
        if row.to_called:
            verbs.be_named(promise, by=self.town.person[row.to], words=row.to_called)
        return promise

    def later(self, rows: tuple[Judged | Again, ...], given: dict[str, Promise], by: Person) -> None:
        """What was said of a promise afterwards."""
        for row in rows:
            match row:
                case Judged():
                    self.on(row.ago, lambda row=row: self._judge(row, given["promise"]))  # type: ignore[misc]
                case Again():
                    self.on(row.ago, lambda row=row: self._ask_for_time(row, given["promise"], by))  # type: ignore[misc]
                    self.on(row.agreed, lambda row=row: self._agree(row, given["promise"]))  # type: ignore[misc]

    def _judge(self, row: Judged, promise: Promise) -> None:
        verbs.judge(
            promise,
            by=self.town.person[row.by],
            on=self.day(row.ago),
            verdict=row.verdict,
            note=row.note,
        )

    def _ask_for_time(self, row: Again, promise: Promise, by: Person) -> None:
        verbs.ask_for_time(
            promise, by=by, on=self.day(row.ago), due_on=self.day(row.due), because=row.because
        )

    def _agree(self, row: Again, promise: Promise) -> None:
        again = promise.agains.get(agreed_on=None)
        verbs.make_again(again, by=self.town.person[row.by], on=self.day(row.agreed))

    def speaker(self, post: str) -> Person:
        """Whoever holds the post; where nobody does, whoever organises writes down what was said."""
        return self.town.post[post].holder or self.lived.organiser
