"""What the engine says when it will not read something: one sentence that a person can act on."""


class VotesRefused(ValueError):
    """The votes can't be read as they are. The sentence names lines and columns, never what a cell says."""

    def __init__(self, sentence: str) -> None:
        super().__init__(sentence)
        self.sentence = sentence
