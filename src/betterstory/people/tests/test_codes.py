"""Codes that people read off a card."""

import pytest

from betterstory.people import codes


@pytest.mark.parametrize(
    "typed",
    [
        "NH7 K7TP4 M2XW9",
        "nh7k7tp4m2xw9",
        " NH7-K7TP4-M2XW9 ",
        "nh7.k7tp4.m2xw9",
        "NH7\u00a0K7TP4\tM2XW9\n",
        "#NH7K7TP4M2XW9",
    ],
)
def test_however_it_is_typed_it_is_the_same_code(typed: str) -> None:
    assert codes.read_code(typed) == ("NH7", "K7TP4M2XW9")


@pytest.mark.parametrize(
    ("typed", "hint"),
    [
        ("NH7 K7TP4 M2XWO", "no “O”"),
        ("NH7 K7TP4 M2XW0", "no “0”"),
        ("NH7 K7TP4 M2XWI", "no “I”"),
        ("NH7 K7TP4 M2XWl", "no “L”"),
        ("NH7 K7TP4 M2XW!", "no “!”"),
        ("NH7 K7TP4", "You typed 8"),
        ("NH7 K7TP4 M2XW9 9", "You typed 14"),
        ("", "You typed 0"),
    ],
)
def test_what_cannot_be_a_code_gets_a_hint(typed: str, hint: str) -> None:
    with pytest.raises(codes.NotACode) as problem:
        codes.read_code(typed)
    assert hint in problem.value.hint


def test_no_two_letters_look_alike() -> None:
    assert len(codes.LETTERS) == len(set(codes.LETTERS)) == 30
    assert not set("01ILOU") & set(codes.LETTERS)


def test_a_new_code_can_be_read_back_and_is_printed_in_three_groups() -> None:
    code = codes.make_code()
    assert codes.read_code(codes.spaced(code)) == (code[:3], code[3:])
    assert [len(group) for group in codes.spaced(code).split()] == [3, 5, 5]


def test_codes_do_not_repeat_and_use_every_letter() -> None:
    made = [codes.make_code() for _n in range(2000)]
    assert len(set(made)) == len(made)
    assert set("".join(made)) == set(codes.LETTERS)
