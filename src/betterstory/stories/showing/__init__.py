"""Showing a story or its pieces: the only place that opens sealed words, and it asks `rules.may` first."""

from betterstory.stories.showing.pieces import (
    LOCKED,
    Shown,
    name_under,
    open_shapes,
    open_shapes_of,
    show_each,
    show_each_use,
)
from betterstory.stories.showing.texts import (
    ShownText,
    show_texts,
    title_and_more,
    title_of,
    titles_for,
    try_to_open,
)
from betterstory.stories.showing.whole import PICTURE_ALONE, ShownStep, ShownStory, show_whole

__all__ = [
    "LOCKED",
    "PICTURE_ALONE",
    "Shown",
    "ShownStep",
    "ShownStory",
    "ShownText",
    "name_under",
    "open_shapes",
    "open_shapes_of",
    "show_each",
    "show_each_use",
    "show_texts",
    "show_whole",
    "title_and_more",
    "title_of",
    "titles_for",
    "try_to_open",
]
