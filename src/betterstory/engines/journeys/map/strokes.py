"""Lines as a hand draws them, as path data. Where a thing stands is never moved; only outlines are."""

type Point = tuple[float, float]

PUSH = 1.1


def number(value: float) -> str:
    """A coordinate, short."""
    text = f"{value:.1f}".removesuffix(".0")
    return "0" if text == "-0" else text


def hand_box(x: float, y: float, width: float, height: float, seed: int) -> str:
    """A box with soft corners and sides that bend a little, always alike for one seed."""
    corner = 7.0
    right, bottom = x + width, y + height
    push = [PUSH * grain(seed, side) for side in range(4)]

    def curve(end: Point, bend: Point) -> str:
        return f"Q{_at(bend)} {_at(end)}"

    middle_x, middle_y = x + width / 2, y + height / 2
    return "".join(
        [
            f"M{_at((x + corner, y))}",
            curve((right - corner, y), (middle_x, y + 2 * push[0])),
            curve((right, y + corner), (right, y)),
            curve((right, bottom - corner), (right + 2 * push[1], middle_y)),
            curve((right - corner, bottom), (right, bottom)),
            curve((x + corner, bottom), (middle_x, bottom + 2 * push[2])),
            curve((x, bottom - corner), (x, bottom)),
            curve((x, y + corner), (x + 2 * push[3], middle_y)),
            curve((x + corner, y), (x, y)),
            "Z",
        ]
    )


def bracket(side: float, from_y: float, lane: float, to_y: float, tip: float) -> str:
    """Out from a box to a lane, along it, and back to another box."""
    down = 1 if to_y > from_y else -1
    bend = min(abs(lane - side) * 0.9, abs(to_y - from_y) / 2, 26.0)
    return (
        f"M{_at((side, from_y))}C{_at((lane - (lane - side) * 0.25, from_y))} {_at((lane, from_y))} "
        f"{_at((lane, from_y + down * bend))}V{number(to_y - down * bend)}"
        f"C{_at((lane, to_y))} {_at((lane - (lane - tip) * 0.25, to_y))} {_at((tip, to_y))}"
    )


def arrow_head(tip: Point, dx: float, dy: float, thick: float) -> str:
    """Two strokes that meet at the tip of a line going this way, which is across or down."""
    long, wide = 6 + thick * 0.75, 4 + thick * 0.75
    back = (tip[0] - dx * long, tip[1] - dy * long)
    one, other = (back[0] - dy * wide, back[1] + dx * wide), (back[0] + dy * wide, back[1] - dx * wide)
    return f"M{_at(one)}L{_at(tip)}L{_at(other)}"


def curl(x: float, y: float) -> tuple[str, str]:
    """A loop that hangs from a box at this point and comes back to it; its line, and its arrow head."""
    end = (x + 12, y + 3)
    line = f"M{_at((x, y + 1))}C{_at((x - 9, y + 34))} {_at((x + 21, y + 34))} {_at(end)}"
    return line, f"M{_at((end[0] - 4.5, end[1] + 7))}L{_at(end)}L{_at((end[0] + 6.5, end[1] + 5.5))}"


def cross(x: float, y: float, half: float) -> str:
    """Where a way broke off."""
    return (
        f"M{_at((x - half, y - half))}L{_at((x + half, y + half))}"
        f"M{_at((x + half, y - half))}L{_at((x - half, y + half))}"
    )


def grain(seed: int, place: int) -> float:
    """A number from -1 to 1, the same for the same seed and place."""
    mixed = (place * 374761393 + seed * 668265263 + 1013904223) & 0xFFFFFFFF
    mixed = ((mixed ^ (mixed >> 13)) * 1274126177) & 0xFFFFFFFF
    return ((mixed ^ (mixed >> 16)) & 0xFFFF) / 32767.5 - 1


def _at(point: Point) -> str:
    return f"{number(point[0])} {number(point[1])}"
