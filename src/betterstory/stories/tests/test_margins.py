"""Notes in the margin: a step stands beside the paragraph its own words stand in, and beside no other."""

from collections.abc import Callable
from typing import Any

import pytest
from django.test import Client

from betterstory.people.models import Circle, Person
from betterstory.stories import verbs
from betterstory.stories.margins import sentences_of, tie
from betterstory.stories.models import Moment, Story, Use, Version
from betterstory.stories.tests.conftest import again
from betterstory.stories.tests.test_pages import open_for, text
from conftest import AT

SignIn = Callable[[Person], Client]
TOLD = [
    "It was winter. I stopped opening the post, and nobody came.",
    "The postman kept knocking at the door. I rang. It went on as it had gone on before.",
    "It went on as it had gone on before.",
]


@pytest.mark.parametrize(
    ("step", "beside"),
    [
        ("I stopped opening the post.", 0),
        ("i STOPPED, opening the post", 0),
        ("Nobody slept. The postman kept knocking at the door! It helped.", 1),
        ("It went on as it had gone on before.", None),  # it stands in two: which was meant is not known
        ("I rang.", None),  # too few words to know them again
        ("I stopped opening the door.", None),
        ("I stopped opening the post that year.", None),  # part of a sentence is not what was told
        ("", None),
        ("等了十九個星期", None),
    ],
)
def test_a_step_is_tied_by_a_whole_sentence_that_stands_in_one_paragraph(
    step: str, beside: int | None
) -> None:
    tied = tie(TOLD, ["Another thing happened on that day.", step])
    assert [place for place, notes in enumerate(tied) if notes == [1]] == ([] if beside is None else [beside])
    assert sum(map(len, tied)) == (beside is not None)


def test_a_sentence_of_two_steps_is_tied_to_neither() -> None:
    assert tie(TOLD, ["I stopped opening the post."] * 2) == [[], [], []]
    again_and_more = [
        "I stopped opening the post.",
        "I stopped opening the post. The postman kept knocking at the door.",
    ]
    assert tie(TOLD, again_and_more) == [[], [1], []], "its own sentence ties the second"


def test_a_step_stands_beside_one_paragraph_that_of_its_first_sentence() -> None:
    both = "The postman kept knocking at the door. I stopped opening the post."
    assert tie(TOLD, [both]) == [[], [0], []]


def test_words_across_the_end_of_a_sentence_or_a_word_are_no_tie() -> None:
    assert tie(["Every one of us sat down there."], ["one of us sat down"]) == [[0]]
    assert tie(["Everyone of us sat down there."], ["one of us sat down"]) == [[]]
    assert sentences_of("One two three four. five six") == []
    assert tie([], ["I stopped opening the post."]) == []


@pytest.fixture
def told(story: Story, teller: Person) -> Version:
    """A second version, whose steps are in the teller's own words."""
    verbs.begin_version(story, by=teller, at=AT)
    paragraphs = [
        "I stopped opening the post that winter. A friend gave me his sofa. His mother gave me a key.",
        "I rang, and they took me off. I told it all again there. The clerk made me a tea.",
        "Then I was left to wait alone. They passed me on to nobody.",
        "Nothing more to say about it all.",
    ]
    verbs.write(story, by=teller, text="\n\n".join(paragraphs), at=AT)
    steps: list[tuple[str, dict[str, Any]]] = [
        ("I stopped opening the post that winter.", {}),
        ("A friend gave me his sofa.", {"moment": Moment.KINDNESS}),
        ("His mother gave me a key.", {"moment": Moment.KINDNESS}),
        ("I rang, and they took me off.", {"moment": Moment.SENT_BACK}),
        ("I told it all again there.", {"told_again": 1}),
        ("The clerk made me a tea.", {"moment": Moment.KINDNESS, "told_again": 1}),
        ("Then I was left to wait alone.", {"moment": Moment.WAITING}),
        ("They passed me on to nobody.", {"moment": Moment.DROPPED}),
        ("A thing that is told in no paragraph.", {"moment": Moment.TOLD_AGAIN}),
    ]
    for words, more in steps:
        verbs.add_step(story, by=teller, words=words, rings=["me"], **more)
    for step in list(Version.objects.get(story=story, number=2).pieces.filter(kind="step")[:3]):
        verbs.remove(step, by=teller)  # those of the version before
    verbs.agree(story, by=teller, at=AT)
    return Version.objects.select_related("story__teller").get(story=story, number=2)


def notes(page: str) -> list[str]:
    parts = page.split('class="told"')[1].split('class="journey"')[0].split('<div class="told-part">')[1:]
    plain = (
        part.split('class="margin-note"')[1].split(">", 1)[1] if "margin-note" in part else ""
        for part in parts
    )
    return [" ".join(_without_tags(part).split()) for part in plain]


def _without_tags(html: str) -> str:
    return "".join(piece.split(">", 1)[-1] for piece in html.replace("</div>", " ").split("<"))


def test_the_page_says_beside_each_paragraph_which_steps_stand_in_it(
    told: Version, circle: Circle, organiser: Person, signed_in_client: SignIn
) -> None:
    open_for(told, circle, Use.READ)
    page = text(signed_in_client(organiser).get(f"/stories/{told.story.uuid}/"))
    assert notes(page) == [
        "1 2 3 kindnesses",
        "4 sent back 5 told again 6 a kindness",
        "7 left waiting 8 passed on, and dropped",
        "",
    ]
    targets = [
        each.split('"')[0]
        for each in page.split('class="step-mark')[1:]
        for each in each.split('href="#')[1:2]
    ]
    assert len(targets) == 8
    assert 'aria-label="Step 8"' in page
    assert all(f'id="{target}"' in page for target in targets), "each leads to its step in the list"


def test_a_picture_alone_has_no_words_and_no_notes(
    told: Version, circle: Circle, organiser: Person, signed_in_client: SignIn
) -> None:
    open_for(told, circle, Use.PICTURE)
    page = text(signed_in_client(organiser).get(f"/stories/{told.story.uuid}/"))
    assert "margin-note" not in page
    assert "Nothing more to say" not in page
    assert "I told it all again there." in page


def test_a_teller_is_told_how_a_step_comes_to_stand_beside_their_words(
    story: Story, teller: Person, signed_in_client: SignIn
) -> None:
    verbs.begin_version(story, by=teller, at=AT)
    sam, asked = signed_in_client(teller), "stands beside that sentence"
    assert asked in text(sam.get(f"/stories/{story.uuid}/moments/"))
    verbs.write(story, by=teller, text="", at=AT)
    assert asked not in text(sam.get(f"/stories/{story.uuid}/moments/")), "where no words were typed"


def test_a_teller_sees_the_notes_where_it_is_read_back(
    told: Version, teller: Person, signed_in_client: SignIn
) -> None:
    page = text(signed_in_client(teller).get(f"/stories/{told.story.uuid}/read-back/"))
    assert notes(page)[0] == "1 2 3 kindnesses"
    assert again(told).agreed_at
