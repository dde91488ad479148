"""Conditions are told in words, with the labels of their variables."""

import pytest

from ttx.scenario.phrasing import phrase

NAMED = {"port": "Port of disembarkation", "delay_h": "Hours at sea", "alert": "", "open": "The port is open"}


@pytest.mark.parametrize(
    "text, says",
    [
        ("port == PortEllory", "“Port of disembarkation” is Port Ellory"),
        ("port != custody_first", "“Port of disembarkation” is not custody first"),
        ("alert in [none, low]", "alert is none or low"),
        ("alert not in [none, low]", "alert is none of none or low"),
        ("delay_h > 24", "“Hours at sea” is more than 24"),
        ("not delay_h > 24", "“Hours at sea” is at most 24"),
        ("open", "“The port is open” is true"),
        ("not open", "“The port is open” is false"),
        ("delay_h > 2 and port == a or open",
         "(“Hours at sea” is more than 2 and “Port of disembarkation” is a) or “The port is open” is true"),
        ("not (port == a or open)", "not (“Port of disembarkation” is a or “The port is open” is true)"),
    ],
)  # fmt: skip
def test_a_condition_is_told_in_words(text: str, says: str):
    assert phrase(text, NAMED) == says


def test_what_is_no_condition_stays_as_it_was_written():
    assert phrase("port is Custody first", NAMED) == "port is Custody first"


def test_a_condition_is_told_in_another_language():
    german = {"{variable} is {value}": "{variable} ist {value}", "{one} or {other}": "{one} oder {other}"}
    assert phrase("alert in [a, b]", NAMED, lambda words: german.get(words, words)) == "alert ist a oder b"
