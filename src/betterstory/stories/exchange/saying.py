"""In words: why a codebook cannot be read, and what of one was left out."""

from collections.abc import Mapping

from django.utils.translation import gettext as _


def say_why_not(code: str) -> str:
    """A sentence for each way in which a file is no codebook."""
    sentences = {
        "no-xml": _("This file is not a codebook: it should end in .qdc or .qdpx."),
        "no-zip": _("This file is damaged. Save it again in the other tool, and send that."),
        "no-codebook": _("There is no codebook in this file."),
        "no-codes": _("There is no code in this codebook."),
        "no-such-file": _("There is no project in this file."),
        "too-many-codes": _("This codebook is too large: 2,000 codes at most, 20 levels at most."),
        "entities": _("This file asks for more than itself, and was not opened."),
    }
    return sentences.get(code, _("This file holds more than a codebook may, and was not opened."))


def say_dropped(dropped: Mapping[str, int]) -> str:
    """What was left out, by kind."""
    known = {
        "sets": _("sets"),
        "notes": _("notes"),
        "sources": _("documents"),
        "variables": _("variables"),
        "cases": _("cases"),
        "links": _("links"),
        "graphs": _("graphs"),
        "codes without a name": _("codes without a name"),
        "codes of the same name": _("codes of the same name"),
        "long names, shortened": _("long names, which were shortened"),
        "long descriptions, shortened": _("long descriptions, which were shortened"),
    }
    kinds: dict[str, int] = {}
    for kind, many in dropped.items():
        words = known.get(kind, _("other parts"))
        kinds[words] = kinds.get(words, 0) + many
    parts = ", ".join(f"{many} {words}" for words, many in kinds.items())
    return _("Left out, since we have no place for it: %(parts)s.") % {"parts": parts}
