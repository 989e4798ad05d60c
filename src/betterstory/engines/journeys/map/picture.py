"""A map as SVG: text is text, colours are attributes, and nothing in it needs a style or a script."""

from collections.abc import Callable
from html import escape

from betterstory.engines.journeys.map.layout import (
    EDGE,
    LEFT,
    LINE,
    MIDDLE,
    RIGHT,
    SMALL,
    WIDTH,
    Box,
    Layout,
    Line,
    Words,
    lay_out,
)
from betterstory.engines.journeys.map.letters import clean, wrap
from betterstory.engines.journeys.map.protected import ProtectedMap
from betterstory.engines.journeys.map.strokes import arrow_head, bracket, cross, curl, hand_box, number

PAPER, SLIP, INK, SOFT, CLAY, HONEY = "#FBF6EC", "#FFFCF4", "#2B2420", "#5E5147", "#8F3A1A", "#E9A63A"
FONT = "Atkinson Hyperlegible Next, Atkinson Hyperlegible, system-ui, Verdana, DejaVu Sans, sans-serif"
FILLED = 3.5
DARK = (
    "@media (prefers-color-scheme:dark){.map{fill:#F3E9DB}.map-paper{fill:#1F1A17}.map-box{fill:#322B26;"
    "stroke:#F3E9DB}.map-soft{fill:#CDBFAD}.map-clay{fill:#F2A57F}.map-ink{fill:#F3E9DB}.map-begins{fill:#F0BA5C}"
    ".map-line-ink{stroke:#F3E9DB}.map-line-clay{stroke:#F2A57F}.map-label{stroke:#1F1A17}}"
)


def draw(shown: ProtectedMap, *, alone: bool = False) -> str:
    """The picture. `alone` makes a file of its own: with a name for the format, and its paper."""
    title = wrap(f"Where {shown.people} went next", WIDTH - 20, 17 * 1.06, 2)
    top = 20 + 22.0 * len(title)
    layout = lay_out(shown, top + 14)
    legend, height = _legend(shown, layout)
    heading = "".join(
        _text(Words(10, 24 + 22.0 * row, line, size=17, bold=True)) for row, line in enumerate(title)
    )
    body = "".join(
        [
            heading,
            *(_line(line) for line in sorted(layout.lines, key=lambda line: line.people)),
            *(_box(box, seed) for seed, box in enumerate(layout.boxes)),
            *(_label(line) for line in layout.lines),
            legend,
        ]
    )
    namespace = ' xmlns="http://www.w3.org/2000/svg"'
    start = f'<?xml version="1.0" encoding="UTF-8"?>\n<svg{namespace}' if alone else f"<svg{namespace}"
    return (
        f'{start} class="map" viewBox="0 0 {number(WIDTH)} {number(height)}" width="{number(WIDTH)}" '
        f'height="{number(height)}" role="img" font-family="{FONT}" font-size="{number(SMALL)}" fill="{INK}" '
        f'direction="ltr"><title>{escape(clean(" ".join(title)))}</title>'
        f"<desc>{escape(clean(_in_words(shown)))}</desc>"
        f"{f'<style>{DARK}</style>' if alone else ''}"
        f'<rect class="map-paper" width="100%" height="100%" fill="{PAPER}"/>{body}</svg>\n'
    )


def _in_words(shown: ProtectedMap) -> str:
    ways = (f"{way.start} to {way.end}, {way.people}" for way in shown.ways[:12])
    return (
        f"The ways that most people went: {'; '.join(ways)}. The table beside it has every way that is shown."
    )


def _text(words: Words, fill: str | None = None) -> str:
    at = f'x="{number(words.x)}" y="{number(words.y)}"'
    anchor = "" if words.anchor == "start" else f' text-anchor="{words.anchor}"'
    size = "" if words.size == SMALL else f' font-size="{number(words.size)}"'
    bold = ' font-weight="600"' if words.bold else ""
    colour = f' class="map-{_name(fill)}" fill="{fill}"' if fill else ""
    return f"<text {at}{anchor}{size}{bold}{colour}>{escape(words.text)}</text>"


def _name(colour: str) -> str:
    return {SOFT: "soft", CLAY: "clay", INK: "ink"}[colour]


def _stroke(path: str, colour: str, thick: float, more: str = "") -> str:
    return (
        f'<path class="map-line-{_name(colour)}" d="{path}" fill="none" stroke="{colour}" '
        f'stroke-width="{number(thick)}" stroke-linecap="round" stroke-linejoin="round"{more}/>'
    )


def _box(box: Box, seed: int) -> str:
    outline = hand_box(LEFT, box.top, RIGHT - LEFT, box.height, seed)
    said = [
        f'<g><title>{escape(clean(box.name))}</title><path class="map-box" d="{outline}" fill="{SLIP}" '
        f'stroke="{INK}" stroke-width="2" stroke-linejoin="round"/>'
    ]
    said += [_text(words, None if words.bold else SOFT) for words in box.words]
    if box.begins:
        y = box.words[-1].y - 4.5
        said.append(_begins(LEFT + EDGE + 6, y))
    if box.again:
        said.append(_returns(LEFT + 18, box.bottom) + _text(box.again))
    if box.stopped:
        said.append(_broken_end(RIGHT - 46, box.bottom) + _text(box.stopped))
    return "".join([*said, "</g>"])


def _begins(x: float, y: float) -> str:
    return (
        f'<circle class="map-begins" cx="{number(x)}" cy="{number(y)}" r="5" fill="{HONEY}" stroke="{INK}" '
        'stroke-width="1.8"/>'
    )


def _returns(x: float, y: float) -> str:
    path, head = curl(x, y)
    return _stroke(path, INK, 2) + _stroke(head, INK, 2)


def _broken_end(x: float, y: float) -> str:
    down = f"M{number(x)} {number(y + 1)}V{number(y + 19)}"
    return _stroke(down, INK, 2, ' stroke-dasharray="5 4.5"') + _stroke(cross(x, y + 27, 5), INK, 2)


def _line(line: Line) -> str:
    """A way, and its head: filled where the line is thick, so that the tip stays sharp."""
    colour = CLAY if line.back else INK
    short = 3 + line.thick * 0.6
    if line.lane is None:
        tip, way = (MIDDLE, line.to_y - 2), (0, 1)
        path = f"M{number(MIDDLE)} {number(line.from_y + line.thick / 2)}V{number(line.to_y - 2 - short)}"
    else:
        side, across = (LEFT, 1) if line.back else (RIGHT, -1)
        tip, way = (side - 2 * across, line.to_y), (across, 0)
        path = bracket(side, line.from_y, line.lane, line.to_y, tip[0] - short * across)
    head = arrow_head(tip, *way, line.thick)
    if line.thick < FILLED:
        return _stroke(path, colour, line.thick) + _stroke(head, colour, 2)
    filled = f'<path class="map-{_name(colour)}" d="{head}Z" fill="{colour}"/>'
    return _stroke(path, colour, line.thick) + filled + _stroke(f"{head}Z", colour, 1.4)


def _label(line: Line) -> str:
    if line.label is None:
        return ""
    words = _text(line.label, CLAY if line.back else None)
    halo = f' stroke="{PAPER}" stroke-width="4" stroke-linejoin="round" paint-order="stroke"'
    return (
        words.replace("<text ", f'<text class="map-label"{halo} ', 1)
        if not line.back
        else words.replace('class="map-clay"', f'class="map-label map-clay"{halo}', 1)
    )


def _legend(shown: ProtectedMap, layout: Layout) -> tuple[str, float]:
    """What the marks mean, below the picture, and where it all ends."""
    y = layout.height + 16
    marks: tuple[tuple[Callable[[float], str], str], ...] = (
        (lambda at: _begins(24, at - 4.5), "the first contact that is seen of these people"),
        (lambda at: _returns(16, at - 20), "this many came back to the same later on"),
        (lambda at: _broken_end(24, at - 22), f"for this many nothing came next in {shown.within}"),
        (lambda at: _stroke(f"M36 {number(at - 4.5)}H14", CLAY, 2) + _arrow_left(12, at), "a way back"),
    )
    said: list[str] = []
    for mark, words in marks:
        lines = wrap(words, WIDTH - 64, SMALL, 2)
        said.append(mark(y))
        said += [_text(Words(54, y + LINE * row, line), SOFT) for row, line in enumerate(lines)]
        y += LINE * len(lines) + 16
    more = f" {layout.left_out} more ways are only in the table." if layout.left_out else ""
    text = (
        "The thicker a line, the more people went that way. All figures are rounded, and ways of a few "
        f"people are not shown.{more}"
    )
    for line in wrap(text, WIDTH - 20, SMALL, 4):
        said.append(_text(Words(10, y, line), SOFT))
        y += LINE
    return "".join(said), y


def _arrow_left(x: float, y: float) -> str:
    return _stroke(arrow_head((x - 2, y - 4.5), -1, 0, 3), CLAY, 2)
