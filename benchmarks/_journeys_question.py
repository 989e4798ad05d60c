"""What is asked of the log: one pattern of five steps, and nineteen more of the same form."""

import random
from typing import Any

PATHWAY = ["referral", "assessment", "did not attend", "discharge", "A&E"]
OTHERS = [f"contact {number:02}" for number in range(6, 31)]
KINDS = [*PATHWAY, *OTHERS]
WEEK = 7 * 86_400
WEEKS = [18, 52, 26, 26]
HOW_MANY = 20

type Asked = dict[str, Any]


def ask(activities: list[str], weeks: list[int]) -> Asked:
    """A pattern as our own file, and in plain numbers (seconds) for everybody else.

    The first activity; then, for so long, none of the second; then the third, fourth and fifth, each within
    its limit of the step before. A silence needs its whole length before the data's end, and the limit of the
    step after it runs from the moment the silence was complete.
    """
    first, absent, *later = activities
    silence, *limits = weeks
    steps = [
        step(first, first),
        step(f"no {absent}", absent, f'silence = "{silence} weeks"'),
        *(step(name, name, f'within = "{w} weeks"') for name, w in zip(later, limits, strict=True)),
    ]
    return {
        "toml": "\n\n".join([f'format = 1\nname = "{first} to {later[-1]}"', *steps]) + "\n",
        "activities": activities,
        "silence": silence * WEEK,
        "within": [limit * WEEK for limit in limits],
    }


def step(name: str, activity: str, *lines: str) -> str:
    return "\n".join(["[[step]]", f'name = "{name}"', f'activity = ["{activity}"]', *lines])


def all_asked() -> list[Asked]:
    """The one pattern first; the others have limits of their own, and their own five of ten activities."""
    chance = random.Random(18)
    asked = [ask(PATHWAY, WEEKS)]
    while len(asked) < HOW_MANY:
        activities = chance.sample([*PATHWAY, *OTHERS[:5]], 5)
        asked.append(ask(activities, [chance.randint(4, 26), *(chance.randint(13, 52) for _ in range(3))]))
    return asked
