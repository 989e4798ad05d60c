"""Nothing lies ready past a teller's yes: no page says that it is unchanged but one that holds no story."""

import re
from pathlib import Path

from django.conf import settings

import betterstory

HOUSE = Path(betterstory.__file__).parent
SAYS_UNCHANGED = re.compile(
    r"\bcondition\(|\betag\(|last_modified|ConditionalGet|cache_page|cache_control|patch_response|max-age"
)


def test_one_list_alone_answers_that_it_is_unchanged() -> None:
    """A browser that is told so goes on showing what it has. The ledger's list holds no word of a story, and
    taking words out of it changes its mark."""
    found = {
        str(file.relative_to(HOUSE))
        for file in HOUSE.rglob("*.py")
        if "tests" not in file.parts and SAYS_UNCHANGED.search(file.read_text())
    }
    assert found == {"promises/pages/ledger.py"}


def test_no_answer_is_kept_on_its_way() -> None:
    kept = [name for name in settings.MIDDLEWARE if "Cache" in name or "ConditionalGet" in name]
    assert kept == []
    assert "betterstory.ui.middleware.QuietHeadersMiddleware" in settings.MIDDLEWARE


def test_every_place_that_writes_letters_is_known() -> None:
    """Each of these is tested to hold no word of a story; a new one is a decision."""
    found = {
        str(file.relative_to(HOUSE))
        for file in HOUSE.rglob("*.py")
        if "tests" not in file.parts
        and re.search(r"send_mail\(|EmailMessage|mail_managers", file.read_text())
    }
    assert found == {
        "people/pages/me.py",
        "promises/verbs/keepers.py",
        "promises/verbs/reminding.py",
        "stories/reminding.py",
    }
