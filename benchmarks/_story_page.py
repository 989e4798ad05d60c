"""The stories that are timed, and how. Needs Django to be ready."""

import time
from collections.abc import Callable, Sequence
from datetime import datetime, timedelta
from functools import partial
from statistics import median
from typing import Any

from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from benchmarks._place import name_lead
from betterstory.people import verbs as people
from betterstory.people.models import Circle, Person, Role
from betterstory.places import verbs as places
from betterstory.places.models import Neighbourhood
from betterstory.stories import consenting, rules, showing, verbs
from betterstory.stories.how_long import HowLong
from betterstory.stories.models import Gap, Moment, Piece, Story, Use, Version
from betterstory.stories.picture import lay_out
from betterstory.stories.picturing import journey_of

WORDS = "I rang to say that I could not come, and they took me off the list until the spring."
RINGS = (["me"], ["local_services"], ["friends_and_neighbours", "community"], ["hospital_and_crisis"])


def time_all(steps: int, yeses: int, pieces: int, repeats: int) -> dict[str, Any]:
    """Median seconds of each page, of the layout, and of the one question."""
    at = timezone.now()
    name_lead(at)
    teller, reader, where = _people(at)
    tell: dict[str, Any] = {"teller": teller, "where": where, "at": at}
    long = told(**tell, steps=steps, text="")
    same = told(**tell, steps=0, text="\n\n".join([WORDS] * steps))
    short = told(**tell, steps=6, text="")
    say_yes(long, reader, at, many=yeses)
    say_yes(same, reader, at, many=2)
    say_yes(short, reader, at, many=2)
    client: Any = Client(headers={"host": "localhost"})
    client.force_login(reader, backend="betterstory.people.coming_in.CardBackend")
    asked = {"long": long, "same_words": same, "six_steps": short}
    turns = seconds_of_pages(client, asked, repeats)
    seconds = {name: median(each) for name, each in turns.items()}
    answers = {name: client.get(f"/stories/{story.uuid}/") for name, story in asked.items()}
    question, queries = one_question(teller, where, reader, at, pieces, repeats)
    return {
        "steps": steps,
        "yeses": yeses,
        "seconds": {name: round(value, 5) for name, value in seconds.items()}
        | {"layout_alone": round(layout_seconds(long, teller, at, repeats), 5), "may": round(question, 5)},
        "ratios": {
            "over_the_same_words_without_a_picture": ratio(turns["long"], turns["same_words"]),
            "over_six_steps": ratio(turns["long"], turns["six_steps"]),
        },
        "bytes": {name: len(answer.content) for name, answer in answers.items()},
        "may": {"pieces": pieces, "queries": queries},
    }


def _people(at: datetime) -> tuple[Person, Person, Neighbourhood]:
    organiser = people.welcome(name="Organiser", role=Role.ORGANISER, on=at.date())
    teller = people.welcome(name="Teller", role=Role.RESIDENT, on=at.date())
    reader = people.welcome(name="Reader", role=Role.PARTNER, on=at.date())
    return teller, reader, places.name_neighbourhood(name="The Row", by=organiser)


def told(*, teller: Person, where: Neighbourhood, at: datetime, steps: int, text: str) -> Story:
    """A story read back and agreed, with a gap after each tenth step."""
    story = verbs.begin(
        by=teller,
        teller=teller,
        neighbourhood=where,
        title="The long way",
        chosen_name="Robin",
        limits_heard=True,
        at=at,
    )
    verbs.write(story, by=teller, text=text, at=at)
    for number in range(steps):
        step = verbs.add_step(
            story,
            by=teller,
            words=WORDS,
            when=f"month {number}",
            rings=RINGS[number % 4],
            feeling=(number * 7) % 5 - 2,
            moment=Moment.KINDNESS if number % 5 == 0 else Moment.HAPPENED,
            told_again=number % 3,
            after=HowLong(number % 9 + 1, "weeks"),
        )
        if number % 10 == 3:
            verbs.name_gap(story, by=teller, after=step, words="No one, 19 weeks", kind=Gap.GapKind.WAIT)
    verbs.agree(story, by=teller, at=at)
    return story


def say_yes(story: Story, reader: Person, at: datetime, *, many: int) -> None:
    """So many yeses, for circles that the reader is in: to read it and to see the picture, by turns."""
    version = Version.objects.select_related("story__teller").get(story=story)
    for number in range(many):
        circle = people.open_circle(name=f"circle {number}", kind=Circle.Kind.NAMED)
        people.join(circle=circle, person=reader, at=at)
        use = Use.READ if number % 2 == 0 else Use.PICTURE
        until = at + timedelta(days=30)
        consenting.say_yes(version, by=story.teller, use=use, circle=circle, at=at, until=until)


def seconds_of_pages(client: Any, asked: dict[str, Story], repeats: int) -> dict[str, list[float]]:
    """Seconds of each page. They take turns, so that a busy moment of the machine meets all alike."""
    seconds: dict[str, list[float]] = {name: [] for name in asked}
    for _turn in range(repeats):
        for name, story in asked.items():
            seconds[name].append(timed(partial(ask, client, story), repeats=1))
    return seconds


def ratio(these: Sequence[float], those: Sequence[float]) -> float:
    """The median over the turns: each turn is held against itself, as busy as the machine was then."""
    return round(median(one / other for one, other in zip(these, those, strict=True)), 2)


def ask(client: Any, story: Story) -> None:
    answer = client.get(f"/stories/{story.uuid}/")
    if answer.status_code != 200:
        raise SystemExit(f"The page answered {answer.status_code}.")


def layout_seconds(story: Story, teller: Person, at: datetime, repeats: int) -> float:
    version = Version.objects.select_related("story__teller").get(story=story)
    shown = showing.show_whole(version, viewer=teller, use=Use.READ, at=at)
    journey = journey_of(shown) if shown else None
    if journey is None:
        raise SystemExit("There is no journey to lay out.")
    return timed(lambda: lay_out(journey), repeats)


def one_question(
    teller: Person, where: Neighbourhood, reader: Person, at: datetime, many: int, repeats: int
) -> tuple[float, int]:
    """Seconds, and how many queries, for so many pieces at once: of as many stories as that takes."""
    room = people.open_circle(name="the room", kind=Circle.Kind.NAMED)
    people.join(circle=room, person=reader, at=at)
    pieces: list[Piece] = []
    while len(pieces) < many:
        story = told(teller=teller, where=where, at=at, steps=min(90, many - len(pieces)), text="")
        version = Version.objects.get(story=story)
        consenting.say_yes(
            version,
            by=teller,
            use=Use.QUOTE,
            circle=room,
            at=at,
            until=at + timedelta(days=30),
        )
        found = Piece.objects.filter(version=version, kind=Piece.Kind.STEP).select_related("version__story")
        pieces += list(found)
    rules.may_each(reader, Use.QUOTE, pieces[:1], at)  # which circles the reader is in is known from now on
    with CaptureQueriesContext(connection) as queries:
        allowed = rules.may_each(reader, Use.QUOTE, pieces, at)
    if len(allowed) != len(pieces):
        raise SystemExit("Not every piece may be shown that was said yes to.")
    return timed(lambda: rules.may_each(reader, Use.QUOTE, pieces, at), repeats), len(queries)


def timed(work: Callable[[], object], repeats: int) -> float:
    """Median seconds of the processor, after one time that is not counted."""
    work()
    seconds = []
    for _ in range(repeats):
        started = time.process_time()
        work()
        seconds.append(time.process_time() - started)
    return median(seconds)
