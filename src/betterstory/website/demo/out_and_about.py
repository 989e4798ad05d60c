"""What we look out for in the Row, a few acts that say who met in them, and a name by its own yes."""

from betterstory.immersion import unmet
from betterstory.immersion import verbs as immersion
from betterstory.immersion.models import Hours, Length
from betterstory.immersion.verbs import Row
from betterstory.people.models import Ring
from betterstory.website.demo.town import Town

STREETS = (
    "Lime Walk", "Lock Court", "Lower Weir Road", "Tallow Street", "the boats", "the green",
    "the Social Club", "Tenter Street", "Upper Weir Road",
)  # fmt: skip
GROUPS = (
    ("the bowls club", Ring.COMMUNITY),
    ("the Tuesday volunteers", Ring.COMMUNITY),
    ("older people on the ground floor", Ring.FRIENDS_AND_NEIGHBOURS),
    ("people on the night shift", Ring.BUSINESSES),
    ("the chip shop", Ring.BUSINESSES),
    ("young families", Ring.FAMILY),
)
SERVICE, HOSPITAL = Ring.LOCAL_SERVICES, Ring.HOSPITAL_AND_CRISIS
ACTS = (  # days ago, what, where, with whom, how long, when, and who met
    (
        40,
        "Read the new letter together, aloud",
        "the Social Club",
        "the bowls club",
        Length.AN_HOUR,
        Hours.EVENING,
        (SERVICE, Ring.COMMUNITY),
    ),
    (
        33,
        "Carried chairs back",
        "the green",
        "the bowls club",
        Length.HALF_AN_HOUR,
        Hours.AFTERNOON,
        (SERVICE, Ring.COMMUNITY),
    ),
    (
        26,
        "Peeled potatoes for the raffle",
        "Tallow Street",
        "the chip shop",
        Length.AN_HOUR,
        Hours.EVENING,
        (Ring.COMMUNITY, Ring.BUSINESSES),
    ),
    (
        19,
        "Walked two dogs",
        "Lime Walk",
        "older people on the ground floor",
        Length.AN_HOUR,
        Hours.MORNING,
        (SERVICE, Ring.FRIENDS_AND_NEIGHBOURS),
    ),
    (
        9,
        "Sat in the crisis room’s garden and planted it",
        "Lock Court",
        "the Tuesday volunteers",
        Length.TWO_HOURS,
        Hours.AFTERNOON,
        (HOSPITAL, Ring.COMMUNITY),
    ),
)


def look_out(town: Town) -> None:
    """The lists, the acts, and Lynda's own name beside one of them."""
    organiser = town.person["organiser"]
    unmet.look_out_for(town.row, streets=STREETS, groups=GROUPS, by=organiser)
    rows = [
        Row(
            what=what,
            where=where,
            groups=groups,
            on=town.ago(days).date(),
            minutes=minutes,
            hours=hours,
            rings=rings,
        )
        for days, what, where, groups, minutes, hours, rings in ACTS
    ]
    acts = immersion.note_sheet(neighbourhood=town.row, rows=rows, by=organiser, today=town.at.date())
    immersion.put_my_name(acts[0], by=town.person["neighbour"], on=town.ago(39).date())
    immersion.notice(
        neighbourhood=town.row,
        words="The chip shop is shut on Mondays now, and the seats by the window with it.",
        where="Tallow Street",
        on=town.ago(24).date(),
        by=organiser,
        today=town.at.date(),
    )
