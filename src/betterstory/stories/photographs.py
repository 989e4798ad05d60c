"""A photographed page, made again dot by dot: of the file that came, only what is seen is kept."""

from io import BytesIO

from django.utils.translation import gettext_lazy as _
from PIL import Image, ImageOps

from betterstory.ui.refusal import Refusal

FORMATS = ("JPEG", "PNG", "WEBP")
MOST_DOTS = 20_000_000
LONGEST_SIDE = 2400  # enough to read handwriting on A4
MEDIA = "image/jpeg"


class NoPicture(Refusal):
    """Not a picture that can be opened: another kind of file, cut short, or made to do harm."""

    code, status = "no-picture", 422
    words = _("We cannot open this as a photograph. Nothing was kept. Take it again, as JPEG or PNG.")


class TooManyDots(Refusal):
    """A picture that would fill this machine's memory when opened."""

    code, status = "too-many-dots", 422
    words = _("This picture is too large to open here. Nothing was kept. Take it again, a size smaller.")


def made_again(came: bytes) -> bytes:
    """The picture as a new JPEG, upright; place, time, phone and hidden parts are gone.

    Raises NoPicture or TooManyDots.
    """
    try:
        with Image.open(BytesIO(came), formats=FORMATS) as picture:
            if picture.width * picture.height > MOST_DOTS:  # before a dot of it is read
                raise TooManyDots
            picture.load()
            upright = ImageOps.exif_transpose(picture)
            upright.thumbnail((LONGEST_SIDE, LONGEST_SIDE))
            return _drawn(upright.convert("RGBA"))
    except Image.DecompressionBombError as error:
        raise TooManyDots from error
    except (OSError, ValueError, SyntaxError, EOFError, MemoryError, ArithmeticError, LookupError) as error:
        raise NoPicture from error


def _drawn(picture: Image.Image) -> bytes:
    paper = Image.new("RGB", picture.size, "white")
    paper.paste(picture, mask=picture.getchannel("A"))
    out = BytesIO()
    paper.save(out, "JPEG", quality=82, optimize=True)
    return out.getvalue()
