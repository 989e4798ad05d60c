"""What gives somebody away by its shape. A row: the words, then what is found in them, or nothing."""

import re

import pytest

from betterstory.stories.redacting import uk
from betterstory.stories.redacting.uk import is_nhs_number

POSTCODES = """
I live at CV1 2AB now              | postcode: CV1 2AB
cv12ab is where                    | postcode: cv12ab
sw1a 1aa, they said                | postcode: sw1a 1aa
CV1-2AB, CV 1 2AB                  | postcode: CV1-2AB; postcode: CV 1 2AB
cv1   2ab                          | postcode: cv1   2ab
QQ1 2AB is no place                |
so 1 2nd try                       |
on A4 paper at 2pm                 |
in 10 2pm shifts                   |
"""
NUMBERS = """
ring 07700 900123                  | phone: 07700 900123
(024) 7655 0123 at work            | phone: (024) 7655 0123
+44 7700 900123                    | phone: +44 7700 900123
number 943 476 5919                | nhs-number: 943 476 5919
number 9434765919.                 | nhs-number: 9434765919
number 943 476 5918                | long-number: 943 476 5918
sort code 12-34-56                 | long-number: 12-34-56
oh seven seven double zero one two | long-number: oh seven seven double zero one two
one or two or three                |
10,000 people, 1248 of them        |
ring 07700\u00a0900\u00a0123           | phone: 07700\u00a0900\u00a0123
ring 07700\u2011900\u2013123           | phone: 07700\u2011900\u2013123
number K123456 on my wrist         | long-number: K123456
RKB-1234567a they said             | long-number: RKB-1234567a
in room K12, on 2nd                |
2018-2020 and 2019 2020            |
2018–2020 was long                 |
19 weeks, then 17                  |
£1,000,000 in debt                 |
"""
INSURANCE = """
NI number AB 12 34 56 C            | insurance: AB 12 34 56 C
ab123456c                          | insurance: ab123456c
NT 12 34 56 C is none              | long-number: NT 12 34 56 C
QQ123456C is none                  | long-number: QQ123456C
AB 12 34 C                         |
"""
WEB = """
write to sam.reed@example.org      | e-mail: sam.reed@example.org
sam at example dot org             | e-mail: sam at example dot org
see www.example.org/sam            | web: www.example.org/sam
I am @samreed on there             | web: @samreed
meet me at home, full stop         |
"""
DOORS = """
flat 3b, top floor                 | door: flat 3b
we lived at number 12              | door: at number 12
14 Tanners Row                     | door: 14 Tanners Row
14 tanners row                     | door: 14 tanners row
24 Back Lane, and 2 The Row        | door: 24 Back Lane; door: 2 The Row
at number fourteen                 | door: at number fourteen
house number 14a                   | door: house number 14a
to number twenty-one               | door: to number twenty-one
at house 7                         | door: at house 7
on Cooper Street                   | street: Cooper Street
came to the house one day          |
a house 2 miles off                |
2 back to the row                  |
3 times in a row                   |
5 minutes down the road            |
at number 5 in the queue           |
a flat tyre in 2 weeks             |
The Close call                     |
"""
PLATES = """
a blue AB12 CDE                    | plate: AB12 CDE
ab12cde it was                     | plate: ab12cde
A123 BCD went by                   | plate: A123 BCD
off the M25 AND home               |
in 10 the bus came                 |
"""
TITLED = """
Dr Patel's letter                  | titled: Dr Patel
saw mrs jones there                | titled: mrs jones
Mr. Abel Reed said                 | titled: Mr. Abel Reed
the doctor said                    |
my dr was kind                     |
doctor patel rang                  |
"""
ASKED = """
and our Maz came                   | our: our Maz
a nurse called Jo                  | called: Jo
my name's ade, they                | called: ade
in our street                      |
they called me back                |
they called the police             |
"""
DATES = """
on 14 July 2019                    | date: 14 July 2019
on July 14th                       | date: July 14th
the 3rd of may                     | date: 3rd of may
14/07/2019 it was                  | date: 14/07/2019
2019-07-14                         | date: 2019-07-14
in January 2019                    | date: January 2019
born in 1974                       | birth: born in 1974
I was aged 47                      | birth: aged 47
open 24/7, 9/10 days               |
it may 4 people                    |
in July, and month 6               |
turned 30 miles back               |
"""


def rows(*tables: str) -> list[tuple[str, str]]:
    """`\\u00a0` stands for the sign itself, which nobody could see here."""
    seen = [re.sub(r"\\u(\w{4})", lambda sign: chr(int(sign[1], 16)), table) for table in tables]
    lines = [line for table in seen for line in table.strip().splitlines()]
    return [
        (words.strip(), wanted.strip()) for words, _bar, wanted in (line.partition("|") for line in lines)
    ]


@pytest.mark.parametrize(
    ("words", "wanted"),
    rows(POSTCODES, NUMBERS, INSURANCE, WEB, DOORS, PLATES, TITLED, ASKED, DATES),
)
def test_what_each_rule_finds_and_what_it_leaves(words: str, wanted: str) -> None:
    found = "; ".join(f"{each.kind}: {words[each.start : each.end]}" for each in uk.find(words))
    assert found == wanted


@pytest.mark.parametrize("kind", ["our", "called", "birth"])
def test_what_may_be_something_else_asks_and_puts_nothing_in_its_place(kind: str) -> None:
    for words, _wanted in [row for row in rows(ASKED, DATES) if row[1].startswith(kind)]:
        [found] = uk.find(words)
        assert (found.asks, found.instead) == (True, "")


def test_a_dictated_our_asks_and_a_job_before_a_common_word_does_not() -> None:
    assert [each.kind for each in uk.find("then our maz came with the soup")] == ["our"]
    assert uk.find("then the nurse phoned and the sister laughed") == []


@pytest.mark.parametrize(
    ("digits", "right"),
    [
        ("9434765919", True),
        ("9434765918", False),
        ("4010232137", True),
        ("0000000000", False),
        ("943476591", False),
        ("94347659190", False),
        ("٩434765919", False),
        ("943476591x", False),
    ],
)
def test_the_last_digit_of_an_nhs_number_checks_the_others(digits: str, right: bool) -> None:
    assert is_nhs_number(digits) is right


def test_a_season_stands_where_a_day_stood() -> None:
    says = {each.instead for words in ("14 July 2019", "25/12/2020", "3rd March") for each in uk.find(words)}
    assert says == {"a summer day", "a winter day", "a spring day"}
