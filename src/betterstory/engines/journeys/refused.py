"""What the engine says when it will not answer: one sentence that a person can act on."""


class Refused(ValueError):
    """Something that cannot be answered exactly, or read safely. `sentence` is what to tell the person.

    A sentence may repeat what the person wrote in a pattern and the names of columns and activities.
    It never repeats a value from a row of a log.
    """

    def __init__(self, sentence: str) -> None:
        super().__init__(sentence)
        self.sentence = sentence


class PatternRefused(Refused):
    """The pattern says something that cannot be, or that this log cannot answer."""


class LogRefused(Refused):
    """The contact log or the person table cannot be read as it is."""
