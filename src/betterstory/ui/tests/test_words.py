"""Pages speak plainly: the words this house does not use are on no page."""

import re
from pathlib import Path

import pytest

HOUSE = Path(__file__).parents[2]
PAGES = sorted(path for folder in HOUSE.glob("*/templates") for path in folder.rglob("*.html"))
AVOIDED = re.compile(
    r"\b(users?|clients?|dashboards?|stakeholders?|deliverables?|submit(?:ted)?|service users?|journey maps?"
    r"|data subjects?|engagement|failed|scores?)\b|[!%]|[\U0001F300-\U0001FAFF]",
    re.IGNORECASE,
)


def said_by(template: str) -> str:
    """The words a template puts on a page: its text and what it sends through gettext."""
    text = re.sub(r"\{#.*?#\}|<!--.*?-->|\{% comment.*?endcomment %\}", " ", template, flags=re.DOTALL)
    spoken = " ".join(re.findall(r"\{% (?:translate|trans) \"([^\"]*)\"", text))
    text = re.sub(r"\{%.*?%\}|\{\{.*?\}\}", " ", text, flags=re.DOTALL)
    text = re.sub(r"<[^>]*>", " ", text)
    return f"{text} {re.sub(r'%\(\w+\)s', '', spoken)}"


@pytest.mark.parametrize("path", PAGES, ids=lambda path: str(path.relative_to(HOUSE)))
def test_no_page_says_what_we_do_not_say(path: Path) -> None:
    assert [found[0] for found in AVOIDED.finditer(said_by(path.read_text(encoding="utf-8")))] == []


@pytest.mark.parametrize(
    "template",
    [
        "<p>Our service users</p>",
        '{% translate "Well done!" %}',
        '<p title="x">{% blocktranslate %}50% of people{% endblocktranslate %}</p>',
        "Submit",
    ],
)
def test_the_net_has_no_hole(template: str) -> None:
    assert AVOIDED.search(said_by(template))


def test_the_net_lets_plain_words_through() -> None:
    template = '{% if a != b %}<button type="submit" class="user">{% translate "Send" %}</button>{% endif %}'
    assert not AVOIDED.search(said_by(template))
