"""Forty cards are typed in; a mistake is found by typing some twice, and settled; a pile is undone."""

import subprocess
import sys
from collections.abc import Callable

import pytest
from playwright.sync_api import Page, expect

from walks.conftest import find_faults, look_as, take_picture
from walks.the_room_votes_by_card import make_cards
from walks.town import Running, environment

pytestmark = pytest.mark.browser
PLANNING = "/conversations/3/"
ONE_BY_ONE = 6  # cards the walk types itself; the rest go the same way without a browser
# what somebody at the next table types meanwhile: a pile of the other cards, each agreeing with everything
REST = """
import django; django.setup()
import sys
from django.utils import timezone
from betterstory.conversations import verbs
from betterstory.conversations.models import Gathering, Typed, Vote
from betterstory.people.models import Person
gathering = Gathering.objects.get(pk=3)
by = Person.objects.get(email="organiser@demo.invalid")
answers = {each.pk: Vote.Choice.AGREE for each in gathering.statements.asked()}
cards = [verbs.TypedCard(code, answers) for code in sys.argv[1:]]
verbs.type_in(gathering, cards=cards, by=by, at=timezone.now())
Typed.objects.filter(pile__gathering=gathering).update(is_picked=False)
Typed.objects.filter(pile__gathering=gathering, pile__number=1, place__lte=3).update(is_picked=True)
"""


def test_forty_cards_are_typed_in(open_browser: Callable[..., Page], town: Running) -> None:
    desk = open_browser(town.url)
    look_as(desk, "organiser")
    for words in ("We should meet on a Thursday.", "Tea should be paid for."):
        desk.goto(f"{PLANNING}statements/")
        desk.get_by_label("The sentence", exact=True).fill(words)
        desk.get_by_role("button", name="Add it").click()
    codes = make_cards(desk, 40)

    type_pile(desk, codes[:ONE_BY_ONE], slip_on=2)  # its first line says: agree
    expect(desk.locator("main")).to_contain_text("6 cards are in.")
    run = [sys.executable, "-c", REST, *(code.replace(" ", "") for code in codes[ONE_BY_ONE:])]
    subprocess.run(run, env=environment(town.home), check=True)
    desk.reload()
    expect(desk.locator("main")).to_contain_text("34 cards, on paper, in the hall")
    take_picture(desk, "piles")
    assert find_faults(desk) == []

    for place in (1, 2, 3):
        desk.get_by_role("link", name=f"Pile 1, number {place} from the top").first.click()
        type_again(desk, codes[place - 1])
        if place != 2:
            expect(desk.locator("main")).to_contain_text("Both readings are the same.")
    expect(desk.get_by_role("link", name="Pile 1, number 2 from the top")).to_have_count(1)
    desk.get_by_role("link", name="Pile 1, number 2 from the top").click()
    expect(desk.locator("main")).to_contain_text("First typed: agree. Then typed: do not agree.")
    take_picture(desk, "read-in-two-ways")
    assert find_faults(desk) == []
    desk.get_by_label("do not agree").check()
    desk.get_by_role("button", name="That is what the paper says").click()
    expect(desk.locator("main")).to_contain_text("the other 3 cards of that pile are to be typed twice")

    type_pile(desk, codes[:1], slip_on=0)  # the same sheet once more
    expect(desk.locator("main")).to_contain_text("This sheet is in already: pile 1, number 1.")
    desk.goto(f"{PLANNING}piles/")
    desk.get_by_role("button", name="Take it out again 2").click()
    expect(desk.locator("main")).to_contain_text("Pile 2 is out again.")
    desk.goto(PLANNING)
    desk.get_by_role("button", name="Close them, and look").click()
    expect(desk.locator("main")).to_contain_text("0 of 6 agree; 6 do not agree.")


def type_pile(desk: Page, codes: list[str], *, slip_on: int) -> None:
    """Each says: I do not agree, and I agree; the one with the slip is typed as agreeing with both."""
    desk.goto(f"{PLANNING}type-in/")
    for row, code in enumerate(codes, 1):
        desk.get_by_label(f"Card code, row {row}").fill(code)
        desk.get_by_label(f"Sentence 1, row {row}").fill("a" if row == slip_on else "d")
        desk.get_by_label(f"Sentence 2, row {row}").fill("a")
    desk.get_by_role("button", name="Keep these").click()


def type_again(desk: Page, code: str) -> None:
    desk.get_by_label("The code on the sheet").fill(code)
    desk.get_by_label("Sentence 1, row 1").fill("d")
    desk.get_by_label("Sentence 2, row 1").fill("a")
    desk.get_by_role("button", name="Keep this").click()
    if desk.url.endswith("/settle/"):
        desk.get_by_role("link", name="Not now").click()
