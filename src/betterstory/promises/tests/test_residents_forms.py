"""What a resident types: an ask or a promise of their own, and only what is theirs to choose."""

from django.test import Client

from betterstory.people.models import Body, Circle, Person, Post
from betterstory.places.models import Round
from betterstory.promises.models import Ask, Promise
from betterstory.promises.tests._forms import SOON, her, lyn, nasreen, post, text
from betterstory.stories.models import Version

__all__ = ["her", "lyn", "nasreen"]  # fixtures that tests ask for by name


def test_a_resident_asks_for_themselves(lyn: Client, round_: Round, service: Body, lynda: Person) -> None:
    url = f"/promises/ask/{round_.pk}/"
    assert "people of 14 July" not in text(lyn.get(url)), "no circle to ask for"
    form = {"words": "Ring me back.", "of": service.pk, "asked_by_words": "Lyn"}
    shy = post(lyn, url, **form)
    assert shy.status_code == 422
    assert "Say yes to that first." in text(shy)
    assert not Ask.objects.exists()
    post(lyn, url, **form, own_yes="on")
    ask = Ask.objects.get()
    assert (ask.asker, ask.asked_by) == (lynda, None)
    post(lyn, f"/promises/asks/{ask.pk}/name/", words="")
    assert "Lyn" not in text(Client().get("/promises/")).split("<main")[1]


def test_a_resident_cannot_choose_a_room_by_hand(
    lyn: Client, round_: Round, service: Body, room: Circle
) -> None:
    data = {"words": "Ours.", "of": service.pk, "asked_by": room.pk, "asked_by_words": "us", "own_yes": "on"}
    post(lyn, f"/promises/ask/{round_.pk}/", **data)
    assert Ask.objects.get().asked_by is None


def test_only_moments_one_may_quote_are_offered(
    nasreen: Client, round_: Round, service: Body, room: Circle, version: Version
) -> None:
    url = f"/promises/ask/{round_.pk}/"
    assert "postman" not in text(nasreen.get(url))
    hidden = version.pieces.all()[0]
    data = {"words": "x", "of": service.pk, "asked_by": room.pk, "asked_by_words": "us", "piece": hidden.pk}
    post(nasreen, url, **data)
    assert not Ask.objects.filter(piece__isnull=False).exists()


def test_a_promise_for_oneself_needs_a_name_and_a_yes(lyn: Client, round_: Round, room: Circle) -> None:
    url = f"/promises/promise/{round_.pk}/"
    form = {"post": "me", "words": "A chair.", "due_on": SOON, "to": room.pk, "to_words": "all"}
    assert post(lyn, url, **form, own_yes="on").status_code == 422
    assert post(lyn, url, **form, by_words="Lyn").status_code == 422
    assert not Promise.objects.exists()
    assert post(lyn, url, **form, by_words="Lyn", own_yes="on").status_code == 302
    assert Promise.objects.get().who == "Lyn"


def test_circles_of_others_are_not_offered(
    her: Client, nasreen: Client, round_: Round, room: Circle, head: Post
) -> None:
    Circle.objects.create(name="those who lost a child", kind=Circle.Kind.NAMED)
    Circle.objects.create(name="Sam’s helpers", kind=Circle.Kind.HELPERS)
    hers, mine = (text(each.get(f"/promises/promise/{round_.pk}/")) for each in (her, nasreen))
    asks = text(nasreen.get(f"/promises/ask/{round_.pk}/"))
    assert "lost a child" in asks
    assert "people of 14 July" in hers
    assert "lost a child" not in hers
    assert "lost a child" in mine
    for page in (hers, mine, asks):
        assert "Sam’s helpers" not in page


def test_a_resident_promises_for_herself_and_cannot_choose_a_post_by_hand(
    lyn: Client, round_: Round, room: Circle, head: Post, lynda: Person
) -> None:
    url = f"/promises/promise/{round_.pk}/"
    assert "The Talking Service" not in text(lyn.get(url)), "no post is hers"
    form = {"post": head.pk, "words": "A chair.", "due_on": SOON, "to": room.pk, "to_words": "all"}
    assert post(lyn, url, **form).status_code == 422
    post(lyn, url, **form, by_words="Lyn", own_yes="on")
    promise = Promise.objects.get()
    assert (promise.person, promise.post) == (lynda, None)
