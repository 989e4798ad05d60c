"""Coming back, one question at a time. What was said at earlier steps travels along to the last."""

from collections.abc import Mapping
from datetime import date

from django.forms.boundfield import BoundField

from betterstory.poolside.forms import ComeBackForm

STEPS = ("held", "not_held", "changes", "next_on")


class Steps:
    """A check-in under way: one form, of which one field is shown and the rest is carried along.

    Sent without a step it is taken whole, as somebody does who types it all at once.
    """

    def __init__(self, posted: Mapping[str, str] | None, *, on: date) -> None:
        sent = {name: (posted or {}).get(name, "") for name in STEPS}
        self.form = ComeBackForm(sent if posted is not None else None, on=on)
        self._unasked = ComeBackForm(initial=sent, on=on)
        self.at, self.is_wrong, self.is_ready = STEPS[0], False, False
        if posted is None:
            return
        pressed = posted.get("step", "")
        if pressed in STEPS:
            self._move(STEPS.index(pressed), back="back" in posted)
        else:
            self._take(STEPS)

    def _move(self, place: int, *, back: bool) -> None:
        """One back where that was pressed; one on where this step is said; from the last, all of it."""
        if back:
            self.at = STEPS[max(0, place - 1)]
        elif place == len(STEPS) - 1:
            self._take(STEPS)
        elif not self._take(STEPS[: place + 1]):
            self.at, self.is_ready = STEPS[place + 1], False

    def _take(self, names: tuple[str, ...]) -> bool:
        """Stay at the first of these that will not do; whether there is one."""
        wrong = next((name for name in names if name in self.form.errors), None)
        self.at, self.is_wrong, self.is_ready = wrong or names[-1], wrong is not None, wrong is None
        return self.is_wrong

    @property
    def number(self) -> int:
        return STEPS.index(self.at) + 1

    @property
    def field(self) -> BoundField:
        """The one question that is shown, with what is wrong about it only where it was pressed."""
        return (self.form if self.is_wrong else self._unasked)[self.at]

    @property
    def carried(self) -> list[tuple[str, str]]:
        """What was said at the other steps."""
        return [(name, self._unasked.initial[name]) for name in STEPS if name != self.at]
