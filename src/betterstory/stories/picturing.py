"""From a story as it may be shown to the picture of its journey."""

from betterstory.stories.showing import ShownStory


def picture_of(shown: ShownStory) -> object | None:
    """The picture of a version's steps and gaps, laid out."""
    return None
