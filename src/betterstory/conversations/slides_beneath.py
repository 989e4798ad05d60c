"""The iceberg on the big screen, one thing at a time: down its four levels, then turned over.

On each level stands its question, then the teller's first word, the cards one by one, and the teller's last
word. Then each opposite from the base up, and the better story, a piece at a time. What its teller took back,
or stopped here, is no slide.
"""

from collections.abc import Iterable, Iterator
from datetime import datetime

from django.utils import translation
from django.utils.translation import gettext as _

from betterstory.conversations.drawing.words import beneath as headings
from betterstory.conversations.iceberg import Beneath, Card, look_beneath
from betterstory.conversations.models import BetterStory, Gathering, Level, RunSheet, Turn
from betterstory.conversations.slide import Slide
from betterstory.conversations.tellers import Heard, HeardOn
from betterstory.conversations.told_apart import SENTENCES, paragraphs

# Steps keep their place while others come and go: a card stands at its number, whatever is before it.
A_LEVEL, A_CARD, LAST_WORDS, TURNED, TOLD = 1000, 10, 950, 5000, 6000
MOST_AT_ONCE = 170  # characters of the better story on one slide


def go_beneath(turn: Turn, gathering: Gathering, sheet: RunSheet, *, at: datetime) -> list[Slide]:
    """Everything of the iceberg that this room may see now, in the order it is walked."""
    beneath = look_beneath(gathering.round, viewer=gathering.circle, at=at, links=False)
    stopped = sheet.story_id if sheet.stopped_at else None
    cards = [card for card in beneath.cards if card.words and not _is_of(card, stopped)]
    slides: list[Slide] = []
    for place, level in enumerate(Level, start=1):
        slides += _level(turn, level, place * A_LEVEL, beneath, cards, stopped)
    return [*slides, *_turned(turn, cards), *_told(turn, gathering)]


def landings(slides: Iterable[Slide]) -> list[tuple[str, Slide]]:
    """Where to go straight to: each level, where it is turned over, and where the better story begins."""
    names = {place: str(level.label) for place, level in enumerate(Level, start=1)}
    names |= {TURNED // A_LEVEL: _("Turned over"), TOLD // A_LEVEL: _("Our better story")}
    firsts: dict[str, Slide] = {}
    for slide in slides:
        if slide.step >= A_LEVEL:
            firsts.setdefault(names[slide.step // A_LEVEL], slide)
    return list(firsts.items())


def _level(
    turn: Turn, level: Level, start: int, beneath: Beneath, cards: Iterable[Card], stopped: int | None
) -> Iterator[Slide]:
    on = _without(beneath.heard.get(level) or HeardOn(level), stopped)
    lines = {each.word.piece_id for each in (*on.first, *on.last) if each.words and each.is_line}
    here = [card for card in cards if card.insight.level == level and not _stands_for(card, lines)]
    quietly = tuple(each.sentence for each in on.first if not each.words)
    _title, question = headings(translation)[level]
    yield Slide(turn, start, str(level.label), (question, *quietly), level=level)
    yield from _words(turn, level, start + 1, on.first)
    for card in here:
        versions = tuple(each.piece.version for each in card.pieces)
        step = start + A_CARD + card.insight.number
        yield Slide(
            turn, step, str(card.words), (card.about,), versions=versions, level=level, said=card.said
        )
    yield from _words(turn, level, start + LAST_WORDS, on.last)


def _words(turn: Turn, level: Level, start: int, words: Iterable[Heard]) -> Iterator[Slide]:
    for step, each in enumerate((each for each in words if each.words), start=start):
        versions = (each.word.piece.version,)
        yield Slide(
            turn, step, f"“{each.words}”", (each.sentence,), versions=versions, level=level, said=True
        )


def _turned(turn: Turn, cards: Iterable[Card]) -> list[Slide]:
    """Each card that has an opposite, from what we take for granted up to what somebody will tell us."""
    order = list(reversed(Level))
    over = [card for card in cards if card.insight.turned_over]
    over.sort(key=lambda card: (order.index(Level(card.insight.level)), card.insight.number))
    return [
        Slide(
            turn,
            TURNED + place,
            card.insight.turned_over,
            (_("It was: %(words)s") % {"words": card.words},),
            versions=tuple(each.piece.version for each in card.pieces),
        )
        for place, card in enumerate(over)
    ]


def _told(turn: Turn, gathering: Gathering) -> list[Slide]:
    """The newest better story, as many sentences at once as can be read from the back of the hall."""
    text = BetterStory.objects.filter(round=gathering.round_id).order_by("-number").first()
    parts = in_parts(text.text) if text else []
    return [Slide(turn, TOLD + place, words, (_("Our better story"),)) for place, words in enumerate(parts)]


def in_parts(text: str) -> list[str]:
    """A text in pieces of whole sentences; a paragraph never runs on into the next."""
    parts: list[str] = []
    for paragraph in paragraphs(text):
        part = ""
        for sentence in SENTENCES.split(paragraph):
            if part and len(part) + len(sentence) >= MOST_AT_ONCE:
                parts.append(part)
                part = ""
            part = f"{part} {sentence}".strip()
        parts.append(part)
    return parts


def _stands_for(card: Card, lines: set[int]) -> bool:
    """A card that is a line its teller says here: it is shown once, as their word."""
    return card.said and {each.piece.pk for each in card.pieces} <= lines


def _is_of(card: Card, story: int | None) -> bool:
    return story is not None and any(each.piece.version.story_id == story for each in card.pieces)


def _without(on: HeardOn, story: int | None) -> HeardOn:
    if story is None:
        return on
    kept = {
        place: tuple(each for each in words if each.word.story_id != story)
        for place, words in (("first", on.first), ("last", on.last))
    }
    return HeardOn(on.level, kept["first"], kept["last"])
