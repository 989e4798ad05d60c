"""Forty voice cards of one round: what they said to fifteen sentences, on paper and by phone, and “me too”."""

from collections.abc import Mapping
from datetime import timedelta
from random import Random

from betterstory.conversations import verbs
from betterstory.conversations.models import Gathering, Pile, Side, Statement, Typed, Voice, Vote
from betterstory.conversations.verbs import TypedCard
from betterstory.website.demo.contacts import SEED
from betterstory.website.demo.town import Town

# words, which step it rests on, chance that a resident agrees, that somebody from a service agrees, is not sure, saw it
STATEMENTS = (
    ("If I miss a visit, I should keep my place in the queue.", 4, 0.93, 0.85, 0.04, 0.97),
    ("Somebody should ring within a week of a night in hospital.", 6, 0.90, 0.88, 0.05, 0.95),
    ("A cup of tea in the same chair can be part of getting well.", 7, 0.88, 0.76, 0.08, 0.95),
    ("I would wait longer to keep the same person.", None, 0.74, 0.30, 0.10, 0.95),
    ("Being seen sooner matters more than by whom.", None, 0.28, 0.72, 0.12, 0.95),
    ("I want to give something back, not only be helped.", None, 0.85, 0.80, 0.06, 0.92),
    ("Our street looks out for people.", None, 0.55, 0.50, 0.18, 0.90),
    ("I know who to ring when it gets bad.", None, 0.22, 0.60, 0.10, 0.90),
    ("Letters should say who to ring, with a name.", None, 0.62, 0.55, 0.30, 0.85),
    ("The bus should not decide whether I get help.", None, 0.86, 0.70, 0.07, 0.90),
    ("We should always meet in the evening.", None, 0.82, 0.84, 0.06, 0.93),
    ("We should always meet in the daytime.", None, 0.80, 0.82, 0.08, 0.93),
    ("I tell my story again each time somebody new comes.", None, 0.80, 0.45, 0.08, 0.93),
    ("A service should ask who looks after the dog.", None, 0.70, 0.52, 0.12, 0.92),
)
LATE = ("The drop-in should open on Sunday evenings.", None, 0.70, 0.50, 0.15, 0.22)
NAMES_SOMEBODY = "Pat at the surgery should get a medal."
TOO = "I missed one visit, and had to start again at the back of the queue."
BESIDE = (
    ("It was my mother. She stopped asking after that.", ""),
    ("Twice. The second time I did not ring again.", "Ask for me at the shed on Thursdays."),
)
Sheets = list[TypedCard]


def answer(town: Town, called: Mapping[str, Gathering]) -> list[Statement]:
    """The same forty cards at the first gathering, for “me too”, and at the second, for fifteen sentences."""
    voices = verbs.make_voices(
        town.round, residents=20, services=20, by=town.person["organiser"], at=called["hearing"].at
    )
    hear_gap(town, called["hearing"], [voice for voice, _code in voices if voice.side == Side.RESIDENT])
    return make_sense(town, called["sense"], voices)


def hear_gap(town: Town, gathering: Gathering, residents: list[Voice]) -> None:
    """After the story: twelve of twenty say that it happened to them too, two with a few words."""
    organiser, then = town.person["organiser"], town.ago(38)  # the day its teller said yes to that room
    asked = verbs.ask_about_gap(gathering, piece=town.gap[1], words=TOO, by=organiser, at=then)
    for number, voice in enumerate(Random(SEED).sample(residents, 12)):
        words, reach = BESIDE[number] if number < len(BESIDE) else ("", "")
        verbs.say_me_too(asked, voice=voice, at=then, words=words, reach=reach)
    verbs.close_voting(gathering, by=organiser)


def make_sense(town: Town, gathering: Gathering, voices: list[tuple[Voice, str]]) -> list[Statement]:
    """Twenty sheets typed in, eight phones in the hall and twelve from elsewhere; four sheets typed twice."""
    organiser, night = town.person["organiser"], gathering.at
    statements = [
        verbs.add_statement(
            gathering,
            words=words,
            by=organiser,
            at=night,
            from_piece=town.step[step] if step is not None else None,
        )
        for words, step, *_chances in STATEMENTS
    ]
    verbs.mark_opposites(statements[10], statements[11], by=organiser)
    statements += write(town, gathering, [voice for voice, _code in voices])
    chance = Random(SEED)
    sheets: Sheets = []
    for number, (voice, code) in enumerate(voices):
        ticked = tick(chance, statements, voice.side == Side.RESIDENT)
        if number % 2:
            sheets.append(TypedCard(code, ticked))
            continue
        for statement in statements:
            if statement.pk in ticked:
                verbs.vote(
                    statement,
                    voice=voice,
                    choice=ticked[statement.pk],
                    in_room=number % 5 < 2,
                    at=night,
                )
    type_sheets(town, gathering, sheets, chance)
    verbs.close_voting(gathering, by=organiser)
    verbs.work_out.call(gathering.pk)
    return statements


def write(town: Town, gathering: Gathering, voices: list[Voice]) -> list[Statement]:
    """Two cards write a sentence: one is asked, late; one is put aside, because it names somebody."""
    organiser, night = town.person["organiser"], gathering.at
    late = verbs.write_statement(gathering, words=LATE[0], voice=voices[3], at=night)
    verbs.take_up(late, by=organiser)
    named = verbs.write_statement(gathering, words=NAMES_SOMEBODY, voice=voices[5], at=night)
    verbs.put_aside(
        named, because="It names somebody. Tell Pat yourself: it would make Pat’s day.", by=organiser
    )
    return [late]


def type_sheets(town: Town, gathering: Gathering, sheets: Sheets, chance: Random) -> None:
    """In piles of eight, the morning after; those that were picked are typed a second time."""
    organiser, morning = town.person["organiser"], gathering.at + timedelta(hours=15)
    for first in range(0, len(sheets), 8):
        verbs.type_in(gathering, cards=sheets[first : first + 8], by=organiser, at=morning, chance=chance)
    by_place = {(at // 8 + 1, at % 8 + 1): sheet for at, sheet in enumerate(sheets)}
    waiting = Typed.objects.filter(pile__in=Pile.objects.filter(gathering=gathering)).waiting()
    for typed in waiting.select_related("pile__gathering"):
        sheet = by_place[typed.pile.number, typed.place]
        verbs.type_again(
            typed, code=sheet.code, answers=sheet.answers, by=organiser, at=morning + timedelta(hours=1)
        )


def tick(chance: Random, statements: list[Statement], resident: bool) -> dict[int, Vote.Choice]:
    """What one card says; what it has not seen is left out."""
    ticked = {}
    for statement, (_words, _step, lives_here, serves, unsure, seen) in zip(
        statements, (*STATEMENTS, LATE), strict=True
    ):
        if chance.random() > seen:
            continue
        if chance.random() < unsure:
            ticked[statement.pk] = Vote.Choice.PASS
        else:
            agrees = chance.random() < (lives_here if resident else serves)
            ticked[statement.pk] = Vote.Choice.AGREE if agrees else Vote.Choice.DISAGREE
    return ticked
