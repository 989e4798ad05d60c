"""What the two finished rounds learned, and the way it travelled: tried, changed, or not for here."""

from betterstory.learning import verbs
from betterstory.learning.models import Lesson, Standing
from betterstory.learning.verbs import Choice, Words
from betterstory.places.models import Stage
from betterstory.promises.models import Promise
from betterstory.website.demo.elsewhere import Lived
from betterstory.website.demo.town import Town


def told(tried: str, saw: str, surprised: str, worse: str, now: str) -> Words:
    """What was learned, in the order that a page asks for it."""
    return Words(tried=tried, saw=saw, surprised=surprised, worse=worse, now=now)


# round of the two, part of a round, what it points to (the first words of a promise), and what was learned
LEARNED = (
    (
        0,
        Stage.KEEPING_OUR_WORD,
        "A note goes up",
        told(
            "We asked for a note by the lift, with the day it will run again.",
            "The lift is no quicker. People are less angry, and they plan.",
            "Whoever mends it started to like writing the note.",
            "Whoever cannot read it still has to ask.",
            "Now we will put a small drawing of the day beside the words.",
        ),
    ),
    (
        0,
        Stage.PLANNING,
        "At the four stops",
        told(
            "We took a no, and asked again after three months.",
            "The drivers themselves had asked for it meanwhile.",
            "Nobody at the depot had ever ridden the bus with a stick.",
            "Two of us had told everybody that it would never happen.",
            "Now we will invite whoever says no for one ride.",
        ),
    ),
    (
        0,
        Stage.DIVING_IN,
        "I will knock",
        told(
            "One neighbour knocked at four doors each Sunday.",
            "By spring it was three neighbours and eleven doors.",
            "Two of the doors knocked back.",
            "When she was ill, nobody knocked at hers.",
            "Now we will have two who knock, and each is on the other’s list.",
        ),
    ),
    (
        0,
        Stage.KEEPING_OUR_WORD,
        "Nobody goes home",
        told(
            "We made a promise for a whole ward, and nobody on it knew.",
            "It was not kept.",
            "The night nurse had never heard of it, and would have been glad to.",
            "Somebody came home to a cold flat, and we had told her that it would not happen again.",
            "Now we will ask who will do it, and have them in the room.",
        ),
    ),
    (
        0,
        Stage.POOLSIDE,
        "",
        told(
            "We laid our phones into the bread basket.",
            "We ended half an hour sooner.",
            "Nobody’s phone had rung for anything that mattered.",
            "One of us looks after her mother, and sat there afraid.",
            "Now we will keep one phone on the table for all of us.",
        ),
    ),
    (
        1,
        Stage.HEARING,
        "",
        told(
            "We held every evening from five to seven, and kept to it.",
            "Those who look after somebody came, because they knew when they could go.",
            "The best talk was on the stairs at seven.",
            "Shop workers came for the last ten minutes.",
            "Now we will have tea on the stairs, so that the talk is for everybody.",
        ),
    ),
    (
        1,
        Stage.KEEPING_OUR_WORD,
        "Each Tuesday morning",
        told(
            "Somebody sat in the library and filled in the forms with whoever came.",
            "Four forms took forty minutes. Alone it was three evenings.",
            "Half of those who came wanted the company more than the form.",
            "The first person left, and for five weeks people came to an empty chair.",
            "Now we will have two people, and a note on the chair.",
        ),
    ),
    (
        1,
        Stage.MAKING_SENSE,
        "Nobody is told off",
        told(
            "The school asked why before it wrote a letter.",
            "Six late children turned out to be looking after somebody.",
            "The children were glad to be asked, and the teachers were glad to know.",
            "One father was afraid of who else would be told.",
            "Now we will say first who will know, and who will not.",
        ),
    ),
    (
        1,
        Stage.PLANNING,
        "From the next round",
        told(
            "We asked the fund to put one other question first.",
            "It did, and read the answers aloud at its own meeting.",
            "They asked us what we would ask them next.",
            "It took those with little time the longest to answer.",
            "Now we will answer it together, in one evening, with whoever cannot write.",
        ),
    ),
    (
        1,
        Stage.KEEPING_OUR_WORD,
        "I will find out",
        told(
            "We took “I will find out by” as a promise, with a day.",
            "It came, a day early, and it was half an answer.",
            "Half an answer with a name under it is worth having.",
            "Those who needed the pass at nine still do not have it.",
            "Now we will ask for who decides, and also for why.",
        ),
    ),
    (
        1,
        Stage.LEARNING,
        "",
        told(
            "We ended the round on the day we had said.",
            "People thanked each other, and three went on by themselves.",
            "The council asked whether it might come to the next one.",
            "Two asks were still open, and nobody had them any more.",
            "Now we will say on the last evening who keeps each open ask.",
        ),
    ),
    (
        1,
        Stage.DIVING_IN,
        "",
        told(
            "We peeled potatoes on Wednesdays, before we asked anything.",
            "By the fourth week we were asked to stay and eat.",
            "Nobody tells you anything across a table, and everything beside a sink.",
            "One of us could not stand so long, and did not say so.",
            "Now we will bring a stool, and say that it is for anybody.",
        ),
    ),
)
# which lesson, which neighbourhood took it up, and how it went
TRAVELLED = (
    (0, "Upper Wharf", Standing.TRIED, "Our lift stops too.", "", "The caretaker does it by himself now."),
    (2, "Cold Hatch", Standing.ADAPTED, "There are no landings here.", "We wave from the gate.", ""),
    (2, "The Limes", Standing.TRYING, "It is small enough to begin with.", "", ""),
    (4, "Hollow Brook", Standing.NOT_FOR_HERE, "No phone works in the chapel anyway.", "", ""),
    (5, "Priory Fields", Standing.ADAPTED, "Children sleep at seven.", "We meet from nine to eleven.", ""),
    (6, "Priory Fields", Standing.TRYING, "The forms are the same, and so is the fear of them.", "", ""),
    (8, "Tanners Row", Standing.NOT_FOR_HERE, "Nobody here has money from that fund.", "", ""),
    (11, "Cold Hatch", Standing.TRIED, "We dug leeks instead.", "", "They asked us to stay and eat, too."),
)
DIFFERENTLY = "We have the night nurse in the room from the first evening. Last time she heard of it last."


def learn(town: Town, rounds: list[Lived]) -> None:
    """Written in the last days of each round, offered, and taken up by others since."""
    ended = [each for each in rounds if each.told.ended is not None]
    lessons = [_write(town, ended[which], stage, first, words) for which, stage, first, words in LEARNED]
    wendy, newest = town.person["wendy"], {each.round.neighbourhood.name: each for each in rounds}
    for which, where, standing, reason, changed, came_of in TRAVELLED:
        other = newest.get(where)
        verbs.say_how(
            lessons[which],
            round=other.round if other else town.round,
            standing=standing,
            reason=reason,
            changed=changed,
            came_of=came_of,
            by=other.organiser if other else town.person["organiser"],
            on=town.ago(3).date(),
        )
    verbs.say_how_it_began(
        newest["Lock Side"].round,
        chosen=[Choice(lessons[3], "It is the one promise of ours that hurt somebody.")],
        differently=DIFFERENTLY,
        by=wendy,
        on=town.ago(58).date(),
    )


def _write(town: Town, lived: Lived, about: Stage, points_to: str, words: Words) -> Lesson:
    on = town.ago((lived.told.ended or 0) + 2).date()
    points = Promise.objects.filter(round=lived.round, words__startswith=points_to)[:1] if points_to else []
    lesson = verbs.write(words, round=lived.round, by=lived.organiser, on=on, about=about, points=points)
    return verbs.offer(lesson, by=lived.organiser, on=on)
