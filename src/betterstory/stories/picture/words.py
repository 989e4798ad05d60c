"""What is said about a journey: the sentence under the picture, and the same as a list."""

from collections.abc import Iterator

from betterstory.stories.picture import lanes
from betterstory.stories.picture.journey import Journey, PictureGap, PictureStep
from betterstory.stories.picture.whole import Row, Words
from betterstory.ui.lettering import clean
from betterstory.ui.saying import Say, ended, in_words, opening


def feelings(say: Say) -> dict[int, str]:
    """From good to very hard."""
    return {
        2: say.gettext("good"),
        1: say.gettext("all right"),
        0: say.gettext("getting by"),
        -1: say.gettext("hard"),
        -2: say.gettext("very hard"),
    }


def headings(say: Say) -> tuple[str, str]:
    """Over the feelings, and over the lanes."""
    return say.gettext("how it felt"), say.gettext("who was there")


def about(journey: Journey, say: Say) -> Words:
    title = say.gettext("What happened, and how it felt")
    return Words(title, sentence(journey, say), *headings(say))


def sentence(journey: Journey, say: Say) -> str:
    """ "Eleven steps. Two long waits. One hand-over dropped. The story told five times. Four kindnesses." """
    parts = [(how_many, many) for many, how_many in _counted(journey, say) if many]
    return " ".join(opening(words % {"many": in_words(many, say)}) for words, many in parts)


def _counted(journey: Journey, say: Say) -> Iterator[tuple[int, str]]:
    steps = len(journey.steps)
    waits = sum(gap.kind != "dropped" for gap in journey.gaps)
    dropped = len(journey.gaps) - waits
    told = sum(step.told_again for step in journey.steps)
    kind = sum(step.kindness for step in journey.steps)
    yield steps, say.ngettext("%(many)s step.", "%(many)s steps.", steps)
    yield waits, say.ngettext("%(many)s long wait.", "%(many)s long waits.", waits)
    yield dropped, say.ngettext("%(many)s hand-over dropped.", "%(many)s hand-overs dropped.", dropped)
    yield told, say.ngettext("The story told once more.", "The story told %(many)s times.", told)
    yield kind, say.ngettext("%(many)s kindness.", "%(many)s kindnesses.", kind)


def rows(journey: Journey, say: Say) -> Iterator[Row]:
    """Each step, and after it its gaps."""
    for step in journey.steps:
        yield Row(
            step.key,
            "kindness" if step.kindness else "step",
            str(step.number),
            None if step.words is None else clean(step.words),
            " ".join(filter(None, _about_step(journey, step, say))),
            recorded=step.source == "record",
            guess=step.source == "guess",
        )
        for gap in journey.gaps_after(step):
            yield Row(gap.key, gap.kind, gap.letter, clean(gap.label), _about_gap(gap, step, say))


def _about_step(journey: Journey, step: PictureStep, say: Say) -> Iterator[str]:
    ring_names, feeling_names = lanes.names(say), feelings(say)
    yield opening(ended(clean(step.when)))
    if step.after is not None:
        length = say.gettext("%(length)s after the one before.") % {"length": step.after.said(say)}
        yield length if step.after.many else say.gettext("On the same day as the one before.")
    if step.rings:
        others = ", ".join(ring_names[ring] for ring in (*step.also, step.ring))
        who = say.gettext("just me") if step.ring == "me" else others
        yield say.gettext("Who was there: %(who)s.") % {"who": who}
    if step.feeling is None:
        yield say.gettext("How it felt: not said.")
    else:
        yield say.gettext("How it felt: %(feeling)s.") % {"feeling": feeling_names[step.feeling]}
    if step.told_again:
        told = say.ngettext("Told it again.", "Told it again %(many)s times.", step.told_again)
        yield told % {"many": in_words(step.told_again, say)}
    for back, gap in journey.going_back:
        if back is step:
            yield say.gettext("Sent back to the start of %(letter)s.") % {"letter": gap.letter}
    if step.source == "record":
        yield say.gettext("It is in the record too.")
    if step.source == "guess":
        yield say.gettext("This is a guess.")


def _about_gap(gap: PictureGap, step: PictureStep, say: Say) -> str:
    said = {
        "wait": say.gettext("A wait after step %(number)s: %(ring)s."),
        "dropped": say.gettext("A hand-over dropped after step %(number)s: %(ring)s."),
        "sent_back": say.gettext("Sent back after step %(number)s, and a wait: %(ring)s."),
    }
    about = said[gap.kind] % {"number": step.number, "ring": lanes.names(say)[gap.ring]}
    if gap.lasted is None:
        return about
    return about + " " + say.gettext("It lasted %(length)s.") % {"length": gap.lasted.said(say)}


def legend(journey: Journey, say: Say, *, timed: bool = False) -> Iterator[tuple[str, str]]:
    """Which marks this picture uses, and what each means."""
    steps, gaps = journey.steps, journey.gaps
    if any(not step.kindness for step in steps):
        yield "step", say.gettext("what happened")
    if any(step.source == "record" for step in steps):
        yield "record", say.gettext("also in the record")
    if any(step.source == "guess" for step in steps):
        yield "guess", say.gettext("a guess")
    if any(step.kindness for step in steps):
        yield "kindness", say.gettext("a kindness")
    if any(step.also for step in steps):
        yield "also", say.gettext("was there too")
    if any(gap.kind != "dropped" for gap in gaps):
        yield "gap", say.gettext("a gap")
    if any(step.told_again for step in steps):
        yield "told", say.gettext("told it again")
    if journey.going_back:
        yield "sent-back", say.gettext("sent back")
    if any(gap.kind == "dropped" for gap in gaps):
        yield "dropped", say.gettext("dropped")
    if timed:
        yield "length", say.gettext("how long, as told")
        yield "no-length", say.gettext("how long, not said")
