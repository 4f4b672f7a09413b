"""Codes and PINs, without a database."""

import pytest

from ipta.accounts import rules


def test_a_code_is_easy_to_read_aloud() -> None:
    for _ in range(50):
        code = rules.new_code()
        assert len(code) == 10
        assert not set(code) & set("0O1ILUV2Z5S")
        assert rules.tidy_code(f" {code.lower()[:4]} - {code.lower()[4:]}") == code


def test_codes_differ() -> None:
    assert len({rules.new_code() for _ in range(500)}) == 500


@pytest.mark.parametrize("pin", ["123", "123456789", "12a4", "", "    "])
def test_a_pin_has_four_to_eight_digits(pin: str) -> None:
    assert "4 tot 8 cijfers" in rules.pin_objection(pin)


@pytest.mark.parametrize("pin", ["0000", "1234", "2580", "77777777"])
def test_a_pin_is_not_easy_to_guess(pin: str) -> None:
    assert "te makkelijk" in rules.pin_objection(pin)


@pytest.mark.parametrize("pin", ["8316", "19740", "83161974"])
def test_a_good_pin(pin: str) -> None:
    assert rules.pin_objection(pin) == ""
