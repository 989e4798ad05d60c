"""Drawing paper sheets: where one sheet does not hold all sentences, each gets its share of people."""

import logging
from datetime import datetime
from random import Random, SystemRandom

from django.db import transaction
from django.db.models import Count, Max
from django.utils.translation import gettext_lazy as _

from betterstory.conversations import rules
from betterstory.conversations.drawing_sheets import A_SHEET, draw
from betterstory.conversations.models import Gathering, Sheet
from betterstory.people.models import Person
from betterstory.people.verbs import NotYours
from betterstory.ui.refusal import Refusal

log = logging.getLogger(__name__)
MOST_SHEETS = 200


class OneSheetIsEnough(Refusal):
    """Everything fits on one sheet."""

    code = "one-sheet-is-enough"
    words = _("There are %(most)s sentences at most, so one sheet holds them all. Copy it.")


class TooManySheets(Refusal):
    """More sheets than a hall holds, or none."""

    code, status = "too-many-sheets", 422
    words = _("Draw between 1 and %(most)s sheets at a time.")


@transaction.atomic
def draw_sheets(
    gathering: Gathering, *, many: int, by: Person, at: datetime, chance: Random | None = None
) -> list[Sheet]:
    """Draw so many sheets; their numbers go on from those drawn before, and late sentences catch up.

    Raises NotYours, TooManySheets or OneSheetIsEnough.
    """
    if not rules.may_call(by):
        raise NotYours
    if not 1 <= many <= MOST_SHEETS:
        raise TooManySheets(most=MOST_SHEETS)
    Gathering.objects.select_for_update().get(pk=gathering.pk)  # one number each, whoever is quicker
    asked = gathering.statements.asked().annotate(stands_on=Count("sheets"))
    seen = dict(asked.values_list("pk", "stands_on"))
    if len(seen) <= A_SHEET:
        raise OneSheetIsEnough(most=A_SHEET)
    last = gathering.sheets.aggregate(last=Max("number"))["last"] or 0
    drawn = draw(seen, sheets=many, size=A_SHEET, chance=chance or SystemRandom())
    sheets = Sheet.objects.bulk_create(
        Sheet(gathering=gathering, number=last + place, drawn_at=at) for place, _each in enumerate(drawn, 1)
    )
    through = Sheet.statements.through
    through.objects.bulk_create(
        through(sheet_id=sheet.pk, statement_id=one)
        for sheet, chosen in zip(sheets, drawn, strict=True)
        for one in chosen
    )
    log.info("sheets drawn gathering=%s count=%s by=%s", gathering.pk, many, by.pk)
    return sheets
