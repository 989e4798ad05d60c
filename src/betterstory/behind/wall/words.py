"""What a wall says in words: how big a dot is, and every figure, shown or hidden."""

from collections.abc import Iterator
from dataclasses import dataclass

from betterstory.behind.wall.figures import KINDS, Away, Figures
from betterstory.ui.saying import Say, in_words, opening


@dataclass(frozen=True)
class Row:
    """A line of the list: which mark it is about (empty: none), and a sentence around its figure."""

    mark: str
    level: int
    before: str
    people: str
    after: str

    @property
    def near(self) -> bool:
        return self.level <= 1

    @property
    def sentence(self) -> str:
        return f"{self.before}{self.people}{self.after}"


def scale_words(scale: int, figures: Figures, say: Say) -> str:
    """How many people a dot is, and how the drawing is to be read."""
    if scale == 1:
        first = say.gettext("One dot is one person.")
    else:
        first = say.gettext("One dot is about %(many)s people.").replace("%(many)s", f"{scale:,}")
    known = say.gettext("These records hold %(people)s.") if figures.people else ""
    nearer = say.gettext("The nearer to the story, the more steps they share.")
    return " ".join(filter(None, (first, known, nearer))) % {"people": about(figures.people or 0, say)}


def rows(figures: Figures, say: Say, teller: str) -> Iterator[Row]:
    """The story itself, then each figure from the nearest to the farthest, then everybody else."""
    here = say.gettext("This is where the story stands.")
    yield Row("story", 0, f"{teller}. {here}" if teller else here, "", "")
    if not any(away.steps == 0 for away in figures.away):
        yield _row("behind", 0, say.gettext("%(people)s went the whole way."), figures.behind, figures, say)
    for away in figures.away:
        yield from _away(away, figures, say)
    if figures.people:
        rest = say.gettext("Everyone else of %(people)s in these records went other ways.")
        yield _row("others", 0, rest, figures.people, figures, say)
    else:
        yield Row("", 0, say.gettext("There is no list of everybody, so nobody else is drawn."), "", "")


def _away(away: Away, figures: Figures, say: Say) -> Iterator[Row]:
    level, how_far = max(1, away.steps), far(away, say)
    shown = dict(away.shown())
    if not shown:
        yield _row("people", level, _sentence("people", say) % how_far, None, figures, say)
    for kind in KINDS:
        if kind in shown:
            yield _row(kind, level, _sentence(kind, say) % how_far, shown[kind], figures, say)
        elif away.is_split and kind != "people" and getattr(away, kind) is None:
            yield _row(kind, level, _sentence(kind, say) % how_far, None, figures, say)


def _sentence(kind: str, say: Say) -> str:
    return {
        "on_the_way": say.gettext("%%(people)s are %(far)s, and on the way: the next step can still happen."),
        "way_closed": say.gettext("%%(people)s were %(far)s, and the way closed."),
        "cannot_tell": say.gettext("%%(people)s are %(far)s, and we can’t tell if the next step will come."),
        "people": say.gettext("%%(people)s are %(far)s."),
    }[kind]


def far(away: Away, say: Say) -> dict[str, str]:
    """ "one step away", "two to four steps away", "all the way there, or up to two steps away" """
    near, farthest = in_words(away.steps, say), in_words(away.farthest, say)
    if away.steps == 0:
        words = say.ngettext(
            "all the way there, or one step away",
            "all the way there, or up to %(many)s steps away",
            away.farthest,
        )
    elif away.farthest > away.steps:
        words = say.gettext("%(near)s to %(many)s steps away")
    else:
        words = say.ngettext("%(many)s step away", "%(many)s steps away", away.steps)
    return {"far": words % {"near": near, "many": farthest}}


def about(figure: int, say: Say) -> str:
    return say.gettext("about %(many)s people") % {"many": f"{figure:,}"}


def _row(mark: str, level: int, sentence: str, figure: int | None, figures: Figures, say: Say) -> Row:
    before, _, after = sentence.partition("%(people)s")
    if figure is None:
        people = say.gettext("fewer than %(many)s people in these records") % {"many": figures.hidden_below}
        after = f"{after} {say.gettext('These records cannot see everybody.')}"
        return Row("", level, before, people if before else opening(people), after)
    people = about(figure, say)
    return Row(mark, level, before, people if before else opening(people), after)
