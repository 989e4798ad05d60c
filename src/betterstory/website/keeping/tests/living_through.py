"""Run as a child: a story with a phrase in it goes through the whole house, on a real data folder.

python -m betterstory.website.keeping.tests.living_through PHRASE [in-the-clear]

The folder is BETTER_STORY_HOME. It prints the files that hold the phrase, while everything is still open.
"""

import base64
import json
import os
import sys
import uuid
from pathlib import Path
from typing import Any
from unittest.mock import patch
from urllib.parse import quote_plus


def in_the_folder(folder: Path, phrase: str) -> list[str]:
    """Files under a folder that hold the phrase, as it is or as something writes it."""
    looks: set[bytes] = set()
    for said in (phrase, phrase.lower()):  # finding words is done in small letters, so a copy may lie in them
        plain = said.encode()
        looks |= {plain, said.encode("utf-16-le"), plain.hex().encode(), quote_plus(said).encode()}
        # whichever of three places it begins at in base64, its middle reads the same
        looks |= {base64.b64encode(b"." * start + plain)[4:-4] for start in range(3)}
    found = [
        str(file.relative_to(folder))
        for file in sorted(folder.rglob("*"))
        if file.is_file() and any(look in file.read_bytes() for look in looks)
    ]
    return found


def post(client: Any, url: str, *, expect: int = 302, **data: Any) -> str:
    answer = client.post(url, {"once": str(uuid.uuid4()), **data})
    assert answer.status_code == expect, (url, answer.status_code)
    return str(answer.headers.get("Location", ""))


def get(client: Any, url: str, phrase: str = "") -> str:
    answer = client.get(url)
    assert answer.status_code == 200, (url, answer.status_code)
    said = str(answer.content.decode())
    assert phrase in said, f"{url} shows it"
    return said


def tell(client: Any, phrase: str, neighbourhood: int) -> str:
    """Told, read back, edited, with every kind of piece; forms that were wrong, and one that broke, too."""
    from django.core.files.uploadedfile import SimpleUploadedFile  # noqa: PLC0415 - needs Django set up

    begin: dict[str, Any] = {
        "limits_heard": "on",
        "chosen_name": phrase,
        "title": phrase,
        "neighbourhood": neighbourhood,
    }
    post(client, "/stories/begin/", expect=422, **begin | {"limits_heard": ""})
    here = post(client, "/stories/begin/", **begin).removesuffix("/thanks/")
    post(client, f"{here}/thanks/", words=phrase)
    post(client, f"{here}/name/", chosen_name=phrase)
    post(client, f"{here}/title/", title=phrase)
    post(client, f"{here}/language/", language="Polish", interpreter=phrase, role="interpreter")
    post(client, f"{here}/two-languages/", words=f"In the other language: {phrase}")
    post(client, f"{here}/words/", text=f"It began so: {phrase}. " * 50)
    sound = b"RIFF\x00\x00\x10\x00WAVEfmt " + phrase.encode() * 20_000
    post(client, f"{here}/aloud/", file=SimpleUploadedFile("said.wav", sound, "audio/wav"))
    step = post(client, f"{here}/moments/", words=phrase).rsplit("/", 2)[0]
    post(client, f"{step}/feeling/", feeling="-2", feeling_words=phrase)
    gap = post(client, f"{step}/kind/", moment="sent_back")
    lasted = post(client, gap, words=phrase, kind="sent_back", ring="local_services")
    post(client, lasted, lasted="3 weeks")
    post(client, f"{step}/when/", when=phrase[:70])
    post(client, f"{step}/helped/", helped=phrase)
    post(client, f"{step}/again/", expect=422, told_again=phrase)
    with patch("betterstory.stories.verbs.add_step", side_effect=RuntimeError("broken")):
        post(client, f"{here}/moments/", expect=500, words=phrase)
    post(client, f"{here}/wishes/keeps_me_well/", words=phrase)
    post(client, f"{here}/names/", names=phrase[:60], kind="friend", called="a friend")
    read = get(client, f"{here}/read-back/", phrase)
    as_read = read.split('name="as_read" value="')[1].split('"')[0]
    post(client, f"{here}/read-back/", as_read=as_read)
    post(client, f"{here}/change/")
    post(client, f"{here}/words/", text=f"And then: {phrase}")
    as_read = get(client, f"{here}/read-back/").split('name="as_read" value="')[1].split('"')[0]
    post(client, f"{here}/read-back/", as_read=as_read)
    return here


def live_through(phrase: str) -> None:
    """What people do with a story, page by page."""
    from django.test import Client  # noqa: PLC0415 - needs Django set up
    from django.utils import timezone  # noqa: PLC0415 - likewise

    from betterstory.people import verbs as people  # noqa: PLC0415 - likewise
    from betterstory.people.coming_in import second_factor_was_given  # noqa: PLC0415 - likewise
    from betterstory.people.models import Circle, Role  # noqa: PLC0415 - likewise
    from betterstory.places import verbs as places  # noqa: PLC0415 - likewise
    from betterstory.stories import consenting  # noqa: PLC0415 - likewise
    from betterstory.stories.models import Lead, Story, Use  # noqa: PLC0415 - likewise
    from betterstory.stories.safeguarding import leads  # noqa: PLC0415 - likewise

    at = timezone.now()
    on = timezone.localdate(at)
    teller = people.welcome(name="Sam", role=Role.RESIDENT, on=on)
    organiser = people.welcome(name="Nasreen", role=Role.ORGANISER, on=on)
    places.found(name="Aldermouth", help_now="Ring 999.")
    grace = people.welcome(name="Grace", role=Role.SAFETY, on=on)
    leads.name(grace, post=Lead.Post.LEAD, phone="01632 960 100", by=None, at=at)
    there = places.name_neighbourhood(name="Tanners Row", by=organiser)
    round_ = places.begin_round(neighbourhood=there, by=organiser, on=on)
    clients = []
    for person in (teller, organiser):
        client = Client(raise_request_exception=False, SERVER_NAME="localhost")
        client.force_login(person, backend="betterstory.people.coming_in.CardBackend")
        session = client.session
        second_factor_was_given(session, person)
        session.save()
        clients.append(client)
    sam, nasreen = clients
    here = tell(sam, phrase, there.pk)
    circle = people.open_circle(name="people of 14 July", kind=Circle.Kind.GATHERING)
    people.join(circle=circle, person=organiser, at=at)
    version = Story.objects.get().newest()
    version.story = Story.objects.get()
    read_every_line(version)
    for use in (Use.READ, Use.PICTURE, Use.QUOTE, Use.REPORT):
        consenting.say_yes(
            version, by=teller, use=use, circle=circle, at=timezone.now(), until=at + consenting.COOLING_OFF
        )
    for page in ("", "print/"):
        get(nasreen, f"{here}/{page}", phrase)  # read, pictured, printed
    get(sam, f"{here}/mine/", phrase)
    get(nasreen, "/stories/", phrase)
    pieces = get(nasreen, f"/conversations/rounds/{round_.pk}/iceberg/add/?level=event", phrase)
    assert 'name="pieces"' in pieces
    piece = pieces.split('name="pieces" value="')[1].split('"')[0]
    post(
        nasreen,
        f"/conversations/rounds/{round_.pk}/iceberg/add/?level=event",
        words="A card",
        pieces=piece,
        basis="room",
    )
    get(nasreen, f"/conversations/rounds/{round_.pk}/iceberg/", phrase)  # quoted
    get(nasreen, f"/conversations/rounds/{round_.pk}/iceberg/print/")
    get(nasreen, f"/behind/patterns/from/{version.pk}/")
    post(sam, "/people/me/address/", email="sam@example.org")  # a letter goes into the outbox
    nasreen.get("/stories/?q=" + quote_plus(phrase))
    post(nasreen, "/stories/find/", expect=200, words=phrase)  # looked for
    for kind in ("qdpx", "taguette", "csv", "text"):
        post(nasreen, "/stories/copies/", expect=200, audience=f"circle:{circle.pk}", format=kind)
    assert sam.get(f"{here}/my-copy/").status_code == 200
    get(sam, f"{here}/before-it-leaves/", phrase)
    post(nasreen, "/stories/safety/raise/", kind="adult", words=phrase)  # and what a volunteer was told


def read_every_line(version: Any) -> None:
    """A person reads every line, before any of it leaves as a file."""
    from django.utils import timezone  # noqa: PLC0415 - needs Django set up

    from betterstory.stories.redacting import showing, verbs  # noqa: PLC0415 - likewise

    teller, at = version.story.teller, timezone.now()
    for named in version.story.named.all():
        verbs.forget_name(named, by=teller)  # else the phrase itself would have to go
    whole = showing.opened(version, by=teller, at=at)
    assert whole is not None
    lines = {number: whole.was(number).strip() for number in range(len(whole.lines))}
    verbs.read_lines(version, by=teller, at=at, mark=whole.mark, lines=lines)
    verbs.finish(version, by=teller, at=at, mark=whole.mark)


def copy_and_try() -> None:
    """The daily round, which copies; and a drill of what it made."""
    from django.utils import timezone  # noqa: PLC0415 - needs Django set up
    from pyrage import x25519  # noqa: PLC0415 - likewise

    from betterstory.website.daily import make_round  # noqa: PLC0415 - likewise
    from betterstory.website.keeping import copying, recipients, restoring  # noqa: PLC0415 - likewise

    identity = x25519.Identity.from_str(recipients.make_identity())
    make_round()
    tried = restoring.drill(at=timezone.now(), identity=identity)
    assert tried.told["open"] == tried.told["tried"] == 1
    # and what is in the copies, lying open
    look = Path(os.environ["BETTER_STORY_HOME"]) / "looked into"
    look.mkdir()
    restoring.take_out(restoring.newest(copying.STORY), identity=identity, to=look)


def main() -> int:
    phrase = sys.argv[1]
    home = Path(os.environ["BETTER_STORY_HOME"])
    from betterstory.website.first_day import prepare  # noqa: PLC0415 - settings are in the environment

    list(prepare(home, demo=False))
    live_through(phrase)
    if sys.argv[2:] == ["in-the-clear"]:
        from betterstory.people import verbs as people  # noqa: PLC0415 - needs Django set up
        from betterstory.people.models import Circle  # noqa: PLC0415 - likewise

        people.open_circle(name=phrase, kind=Circle.Kind.NAMED)
    copy_and_try()
    files = [file.name for file in home.rglob("*") if file.is_file()]
    print(json.dumps({"found": in_the_folder(home, phrase), "files": sorted(set(files))}))
    return 0


if __name__ == "__main__":
    sys.exit(main())
