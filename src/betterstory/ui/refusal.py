"""The one kind of error that is meant for a person to read."""

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy


class Refusal(Exception):
    """Something a person asked for that cannot be done, with a sentence they can act on.

    Subclasses live beside the verb that raises them and set `code`, `status` and `words`.
    `words` may hold %(name)s parts, filled from the keywords given. Keep story words out of both:
    `str(refusal)` is the code alone, so that a log line or a traceback never repeats what was typed.
    """

    code: str = "refused"
    status: int = 409
    words: Promise | str = gettext_lazy("That cannot be done.")

    def __init__(self, **params: object) -> None:
        super().__init__(self.code)
        self.params = params

    @property
    def sentence(self) -> str:
        """What to tell the person, in the language of the moment."""
        words = str(self.words)
        return words % self.params if "%(" in words else words
