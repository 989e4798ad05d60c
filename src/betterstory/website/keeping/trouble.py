"""Why something about copies cannot be done, in a sentence to act on."""


class CannotKeep(Exception):
    """One sentence for whoever runs the place."""
