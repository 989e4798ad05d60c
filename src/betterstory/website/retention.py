"""How long everything is kept: one table, made from the figures that the code itself uses."""

from dataclasses import dataclass

from django.conf import settings

from betterstory.behind.verbs.logs import KEPT_WAITING
from betterstory.conversations.models.afterwards import NEEDS_DAYS, PHOTOGRAPH_DAYS
from betterstory.conversations.verbs.me_too import KEPT
from betterstory.conversations.verbs.packs import NIGHT
from betterstory.people.verbs import CARD_LIFE, RETURN_CARD_LIFE
from betterstory.poolside.goodwill import OPEN_FOR
from betterstory.stories.consenting import COOLING_OFF, LONGEST_YES, UNDO_DAYS
from betterstory.stories.models import Hold, Worry
from betterstory.stories.safeguarding.keeping import REQUEST_YEARS, YEARS
from betterstory.website.daily import KEEP_FORMS

KEYS_KEPT_DAYS = 30  # of copies, which a place makes itself: the guide asks for no more


@dataclass(frozen=True)
class Kept:
    """One kind of thing, how long it is kept, and why so long."""

    what: str
    how_long: str
    why: str


def table() -> list[Kept]:
    """Every kind of thing about people, in the order people ask."""
    ours = "Ours: no law names a figure. Ask your own adviser."
    safety = {
        Worry.ADULT: "A concern about a grown-up",
        Worry.CHILD: "A concern about a child",
        Worry.SELF_HARM: "A concern that somebody may hurt themselves",
        Worry.ALLEGATION: "A concern about somebody who helps here",
    }
    return [
        Kept("A story", "until its teller takes it back", "It is theirs."),
        Kept(
            "A story taken back", f"{UNDO_DAYS} days, or gone at once if they say so", "To change their mind."
        ),
        Kept(
            "A story under a legal hold",
            f"until the hold ends, {Hold.LONGEST_DAYS} days at most, then asked anew",
            f"Only destroying waits. {ours}",
        ),
        Kept("A yes", f"{LONGEST_YES.days} days at most", "Silence means off."),
        Kept(
            "A yes for anyone",
            f"begins after {COOLING_OFF.total_seconds() / 3600:.0f} hours",
            "To think again.",
        ),
        Kept("Who saw a story", "as long as the story", "Its teller reads it."),
        *(
            Kept(words, f"{YEARS[kind]} years after it was closed; while open, always", ours)
            for kind, words in safety.items()
        ),
        Kept(
            "What was opened for safety, and why",
            "as long as its concern",
            "Its teller reads it, where safe.",
        ),
        Kept("A request about one’s own data", f"{REQUEST_YEARS} years after the answer", ours),
        Kept("A card to come in with", f"{CARD_LIFE.days} days, and once", "Paper gets lost."),
        Kept("A card in a drawer", f"{RETURN_CARD_LIFE.days} days, and once", "For the day a phone is lost."),
        Kept(
            "Being known by a browser", f"{settings.SESSION_COOKIE_AGE // 86_400} days", "So is the cookie."
        ),
        Kept(
            "Words beside a “me too”, and how to be reached",
            f"{KEPT.days} days, or until taken back; the count stays",
            f"Named on the page. {ours}",
        ),
        Kept(
            "A quiet answer at a check-in",
            f"{OPEN_FOR.days} days, with nobody’s name; then only the middle answer of all",
            "So that nobody can tell whose it was.",
        ),
        Kept("A repair talk that was asked for", "until either of the two wipes it", "It is theirs."),
        Kept("One’s own name beside a useful act", "until taken off", "It is theirs."),
        Kept("A form that was sent", f"{KEEP_FORMS.days} days", "For a second press."),
        Kept(
            "What a guest needs to come, and how much was paid",
            f"{NEEDS_DAYS} days after the gathering",
            "For that day alone. That a fare was paid stays.",
        ),
        Kept(
            "A photograph of a gathering’s wall",
            f"until its cards are read back, {PHOTOGRAPH_DAYS} days after the gathering at most",
            "To type from.",
        ),
        Kept(
            "An uploaded file nobody spoke for",
            f"{KEPT_WAITING.total_seconds() / 3600:.0f} hours",
            "Left behind.",
        ),
        Kept("Sentences on a second laptop", f"until {NIGHT:%H:%M} in the night", "Laptops get lost."),
        Kept("What came home from one, not taken in", f"{KEEP_FORMS.days} days", "Left behind."),
        Kept(
            "Copies of the keys",
            f"{KEYS_KEPT_DAYS} days at most",
            "After that nobody reads what was destroyed.",
        ),
        Kept("Numbers that were released", "for good; their link to a story goes", "They point at nobody."),
    ]


def as_markdown() -> str:
    """The table as it stands in the reference."""
    rows = "\n".join(f"| {row.what} | {row.how_long} | {row.why} |" for row in table())
    return (
        f"# How long things are kept\n\n{INTRODUCTION}\n\n| what | how long | why |\n|---|---|---|\n{rows}\n"
    )


INTRODUCTION = (
    "Made from the figures the code uses; a test holds the two together. What is “ours” is a choice of this "
    "software, not law: a place asks its own adviser before the first story, and changes the figure with its "
    "reason."
)
