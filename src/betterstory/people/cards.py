"""What is printed on a card: a code, a QR drawing of it, and the address it leads to."""

from dataclasses import dataclass
from ipaddress import ip_address
from urllib.parse import urlsplit

import segno
from django.conf import settings
from django.urls import reverse
from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import gettext_lazy as _

from betterstory.people import codes
from betterstory.ui.refusal import Refusal


class LoopbackAddress(Refusal):
    """A card would lead to the reader's own machine."""

    code, status = "loopback-address", 409
    words = _(
        "A card printed now would lead nowhere: this place is reached on this computer alone."
        " First start it again with --url and the address people will use."
    )


class PlainAddress(Refusal):
    """A card to come in with would lead over a network that anyone can listen to."""

    code, status = "plain-address", 409
    words = _(
        "People can come in only at an address that begins with https, so that nobody listens in."
        " First start this place again with --url and such an address."
    )


@dataclass(frozen=True)
class Card:
    """One card, as it is shown this once. `qr` and `at` are empty where there is no address to print."""

    greeting: str
    code: str
    qr: SafeString
    at: str


def printable_address() -> str:
    """The address people reach this place at, without a slash at its end. Raises LoopbackAddress."""
    host = urlsplit(settings.URL).hostname or ""
    if host == "localhost" or host.endswith(".localhost") or _is_own_machine(host):
        raise LoopbackAddress
    return str(settings.URL).rstrip("/")


def come_in_address() -> str:
    """The page a card leads to. Raises LoopbackAddress or PlainAddress."""
    address = printable_address()
    if not address.startswith("https://"):
        raise PlainAddress
    return address + reverse("people:come_in")


def printed(greeting: str, code: str) -> Card:
    """A card to be printed. Raises LoopbackAddress or PlainAddress.

    The code stands behind the #, which a browser keeps to itself: it reaches no server and no log.
    """
    address = come_in_address()
    host = address.removeprefix("https://").split("/")[0]
    return Card(greeting=greeting, code=codes.spaced(code), qr=draw_qr(f"{address}#{code}"), at=host)


def on_screen(greeting: str, code: str) -> Card:
    """A code to be copied by hand: for one's own return where no address can be printed."""
    return Card(greeting=greeting, code=codes.spaced(code), qr=SafeString(""), at="")


def draw_qr(text: str) -> SafeString:
    """A QR drawing as inline SVG, so that what it holds is never asked of a server. Always dark on white."""
    drawn = segno.make(text, error="m", micro=False)
    svg = drawn.svg_inline(border=2, light="#fff", svgclass=None, lineclass=None, omitsize=True)
    svg = svg.replace("<svg ", '<svg aria-hidden="true" focusable="false" ', 1)
    return mark_safe(svg)  # noqa: S308 - segno draws it; the text is only ever dots


def _is_own_machine(host: str) -> bool:
    try:
        address = ip_address(host)
    except ValueError:
        return False
    return address.is_loopback or address.is_unspecified
