"""The middle part of the text: step by step, the places at which each was reached.

Each row is a contact, or the moment at which a silence was complete. `start_2` holds, on the rows that
reach step 2, the moment of the first contact of that path, and nothing elsewhere. Of the rows before that a
step may follow, the latest is enough: a later place never has an earlier start. So a maximum over an earlier
stretch of rows gives its place, its moment and its start at once. `can_2` is 1 where step 3 could still come.
"""

from collections.abc import Iterator, Sequence

from betterstory.engines.journeys.pattern import Pattern, Step, Where
from betterstory.engines.journeys.portable.seen import Asked, Part, select
from betterstory.engines.journeys.portable.writing import texts
from betterstory.engines.journeys.spoken import say_step

BY_PLACE = "PARTITION BY person ORDER BY place RANGE BETWEEN"
EARLIER = f"({BY_PLACE} UNBOUNDED PRECEDING AND 1 PRECEDING)"
LATER = f"({BY_PLACE} 1 FOLLOWING AND UNBOUNDED FOLLOWING)"
OF_PERSON = "(PARTITION BY person)"


class Steps:
    """Writes the parts of one pattern. `moments`: also carry when each step of the path was reached."""

    def __init__(self, asked: Asked, *, moments: bool) -> None:
        self.pattern: Pattern = asked.pattern
        self.columns = asked.columns
        self.moments = moments
        whole = asked.pattern.whole_within
        self.whole = None if whole is None else whole.microseconds
        self.row = ["person", "last_look", "ended", "moment", "silent", "turn", "activity"]
        self.row += self.columns.values()

    def parts(self) -> Iterator[Part]:
        yield from self._first(self.pattern.steps[0])
        for number, step in enumerate(self.pattern.steps[1:], start=2):
            if step.silence is not None:
                yield from self._silence(number, step)
            else:
                yield from self._follows(number, step)

    def reached(self, number: int) -> list[str]:
        """The columns that hold the moments before this step's own, on the rows that reach it."""
        return [f"reached_{number}_{before}" for before in range(1, number)] if self.moments else []

    def kept(self, number: int) -> list[str]:
        """What is known of a row once so many steps are written."""
        known = [f"start_{k}" for k in range(1, number + 1)] + [f"can_{k}" for k in range(1, number)]
        return known + [name for k in range(1, number + 1) for name in self.reached(k)]

    def _first(self, step: Step) -> Iterator[Part]:
        spoken = say_step(step, first=True)
        if step.inside is None:
            start = [f"CASE WHEN {self._fits(step)} THEN moment END AS start_1"]
            yield Part("step_1", select([*self.row, "place", *start], "FROM step_0"), (f"Step 1. {spoken}",))
            return
        row = [*self.row, "place"]
        yield Part(
            "near_1",
            select([*row, f"CASE WHEN {self._fits(step)} THEN 1 ELSE 0 END AS fits"], "FROM step_0"),
            (f"Step 1. {spoken}",),
        )
        yield Part(
            "runs_1", select([*row, "fits", f"{self._lag(step, 'moment')} AS first_at"], "FROM near_1")
        )
        limits = ["fits = 1", f"moment - first_at <= {step.inside.microseconds}", *self._whole("first_at")]
        yield Part("step_1", select([*row, f"{_case(limits, 'first_at')} AS start_1"], "FROM runs_1"))

    def _follows(self, number: int, step: Step) -> Iterator[Part]:
        """A contact or a repeat: what is the latest it may follow, and does that keep its limits?"""
        last = number - 1
        kept = [*self.row, "place", *self.kept(last)]
        after = step.after.microseconds if step.after else 0
        long_enough = (
            f"(PARTITION BY person ORDER BY moment RANGE BETWEEN UNBOUNDED PRECEDING AND {after} PRECEDING)"
        )
        from_ = self._latest(last, EARLIER if step.inside or not after else long_enough, "from")
        if step.inside and after:
            from_ += self._latest(last, long_enough, "long")
        bars = []
        if step.without:
            bar = f"max(CASE WHEN activity IN {texts(step.without)} THEN place END) OVER"
            bars = [f"{bar} {EARLIER} AS bar_before", f"{bar} {OF_PERSON} AS bar_last"]
        fits = f"CASE WHEN {self._fits(step)} THEN 1 ELSE 0 END AS fits"
        yield Part(
            f"near_{number}",
            select([*kept, fits, *from_, *bars], f"FROM step_{last}"),
            (f"Step {number}. {say_step(step, first=False)}",),
        )
        passed = ["fits", *(["bar_before", "bar_last"] if step.without else [])]
        if step.inside:
            yield from self._runs(number, step, [*kept, *passed], both=bool(after))
        yield self._reach(number, step, kept)

    def _runs(self, number: int, step: Step, kept: list[str], *, both: bool) -> Iterator[Part]:
        """A repeat follows what is earlier than its first contact."""
        names = self._names(number - 1)
        lags = [f"{self._lag(step, 'moment')} AS first_at"]
        lags += [f"{self._lag(step, f'from_{name}')} AS {'run' if both else 'from'}_{name}" for name in names]
        long = [f"long_{name}" for name in names] if both else []
        yield Part(f"runs_{number}", select([*kept, *long, *lags], f"FROM near_{number}"))
        if both:
            earlier = [
                f"CASE WHEN run_place < long_place THEN run_{name} "
                f"WHEN run_place >= long_place THEN long_{name} END AS from_{name}"
                for name in names
            ]
            yield Part(f"both_{number}", select([*kept, "first_at", *earlier], f"FROM runs_{number}"))

    def _reach(self, number: int, step: Step, kept: Sequence[str]) -> Part:
        last = number - 1
        limits = ["fits = 1", "from_place IS NOT NULL"]
        if step.inside:
            limits.append(f"moment - first_at <= {step.inside.microseconds}")
        if step.within:
            limits.append(f"moment - from_moment <= {step.within.microseconds}")
        if step.without:
            limits.append("(bar_before IS NULL OR bar_before <= from_place)")
        limits += self._whole("from_start")
        reached = [
            f"from_{before if before < last else 'moment'} AS {name}"
            for before, name in enumerate(self.reached(number), start=1)
        ]
        start = f"{_case(limits, 'from_start')} AS start_{number}"
        can = f"{_case(self._still(last, step), '1', '0')} AS can_{last}"
        both = step.inside is not None and step.after is not None and step.after.microseconds > 0
        source = f"{'both' if both else 'runs' if step.inside else 'near'}_{number}"
        return Part(f"step_{number}", select([*kept, start, can, *reached], f"FROM {source}"))

    def _still(self, last: int, step: Step) -> list[str]:
        """Some moment after the last look could still bring the step."""
        limits = [f"start_{last} IS NOT NULL"]
        if step.without:
            limits.append("(bar_last IS NULL OR bar_last <= place)")
        if step.within:
            limits.append(f"last_look < moment + {step.within.microseconds}")
        if self.whole is not None:
            after = step.after.microseconds if step.after else 0
            limits.append(f"last_look < start_{last} + {self.whole}")
            limits.append(f"moment + {after} <= start_{last} + {self.whole}")
        return limits

    def _silence(self, number: int, step: Step) -> Iterator[Part]:
        """A silence is complete at a moment of its own: the row before it stands there once more."""
        last, length = number - 1, step.silence.microseconds if step.silence else 0
        kept = [*self.row, *self.kept(last)]
        broken = f"min(CASE WHEN {self._fits(step)} THEN moment END) OVER {LATER} AS broken_at"
        yield Part(
            f"near_{number}",
            select([*kept, broken], f"FROM step_{last}"),
            (f"Step {number}. {say_step(step, first=False)}",),
        )
        quiet = [f"start_{last} IS NOT NULL", f"(broken_at IS NULL OR broken_at > moment + {length})"]
        if self.whole is not None:
            quiet.append(f"moment + {length} - start_{last} <= {self.whole}")
        flag = f"{_case(quiet, '1', '0')} AS quiet"
        yield Part(f"quiet_{number}", select([*kept, flag], f"FROM near_{number}"))
        yield Part(
            f"twice_{number}",
            select(
                self._twice(number, length),
                f"FROM quiet_{number} CROSS JOIN (SELECT 0 AS copy UNION ALL SELECT 1 AS copy) AS copies",
                f"WHERE copy = 0 OR (quiet = 1 AND moment + {length} <= last_look)",
            ),
            ("Each row, and once more as the moment at which the silence after it was complete.",),
        )
        place = "dense_rank() OVER (PARTITION BY person ORDER BY moment, silent, turn) AS place"
        names = [*self.row, *self.kept(number)]
        yield Part(
            f"step_{number}",
            select([*names, place], f"FROM twice_{number}"),
            ("That moment comes after every contact of its instant.",),
        )

    def _twice(self, number: int, length: int) -> list[str]:
        last = number - 1
        new = {
            "moment": f"CASE WHEN copy = 1 THEN moment + {length} ELSE moment END",
            "silent": "CASE WHEN copy = 1 THEN 1 ELSE silent END",
            "turn": "CASE WHEN copy = 1 THEN 0 ELSE turn END",
            "activity": "CASE WHEN copy = 0 THEN activity END",
            f"start_{number}": f"CASE WHEN copy = 1 THEN start_{last} END",
            f"can_{last}": _case(["copy = 0", "quiet = 1", f"moment + {length} > last_look"], "1", "0"),
        }
        for k in range(1, number):
            new[f"start_{k}"] = f"CASE WHEN copy = 0 THEN start_{k} END"
        for k in range(1, last):
            new[f"can_{k}"] = f"CASE WHEN copy = 0 THEN can_{k} ELSE 0 END"
        for before, name in enumerate(self.reached(number), start=1):
            new[name] = f"reached_{last}_{before}" if before < last else "moment"
        names = [*self.row, *self.kept(number)]
        return [f"{new[name]} AS {name}" if name in new else name for name in names]

    def _names(self, last: int) -> list[str]:
        before = [str(k) for k in range(1, last)] if self.moments else []
        return ["place", "moment", "start", *before]

    def _latest(self, last: int, over: str, called: str) -> list[str]:
        """Place, moment, start and path of the latest row of a stretch that reached the step before."""
        parts = [
            f"max(CASE WHEN start_{last} IS NOT NULL THEN {name} END) OVER {over} AS {called}_{name}"
            for name in ("place", "moment")
        ]
        parts.append(f"max(start_{last}) OVER {over} AS {called}_start")
        return parts + [
            f"max(CASE WHEN start_{last} IS NOT NULL THEN {name} END) OVER {over} AS {called}_{k}"
            for k, name in enumerate(self.reached(last), start=1)
        ]

    def _lag(self, step: Step, name: str) -> str:
        """What stands at the first of the latest so many contacts that fit."""
        return f"lag({name}, {step.times - 1}) OVER (PARTITION BY person, fits ORDER BY place)"

    def _whole(self, start: str) -> list[str]:
        return [] if self.whole is None else [f"moment - {start} <= {self.whole}"]

    def _fits(self, step: Step) -> str:
        return " AND ".join([f"activity IN {texts(step.activity)}", *self._where(step.where)])

    def _where(self, where: Where) -> list[str]:
        return [f"{self.columns[name]} IN {texts(accepted)}" for name, accepted in where]


def _case(limits: Sequence[str], then: str, otherwise: str | None = None) -> str:
    end = "END" if otherwise is None else f"ELSE {otherwise} END"
    return f"CASE WHEN {' AND '.join(limits)} THEN {then} {end}"
