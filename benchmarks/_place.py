"""A place of its own for a bench: its database and keys on the disk as they would be, and a safety lead."""

import os
from datetime import datetime
from pathlib import Path


def prepare(home: Path, *, demo: bool = False) -> None:
    """Make the place in this folder, and Django ready for it. Call it before anything else of Django."""
    os.environ |= {
        "BETTER_STORY_HOME": str(home),
        "BETTER_STORY_URL": "http://localhost:8000",
        "BETTER_STORY_DEMO": "1" if demo else "",
        "DJANGO_SETTINGS_MODULE": "betterstory.website.settings",
    }
    from betterstory.website.first_day import prepare as begin  # noqa: PLC0415 - Django reads settings on import

    list(begin(home, demo=demo))


def name_lead(at: datetime) -> None:
    """Whoever keeps people safe: without one no story begins."""
    from betterstory.people import verbs as people  # noqa: PLC0415 - as above
    from betterstory.people.models import Role  # noqa: PLC0415 - as above
    from betterstory.stories.models import Lead  # noqa: PLC0415 - as above
    from betterstory.stories.safeguarding import leads  # noqa: PLC0415 - as above

    grace = people.welcome(name="Grace", role=Role.SAFETY, on=at.date())
    leads.name(grace, post=Lead.Post.LEAD, phone="01632 960 100", by=None, at=at)
