"""What is refused at start: settings that would take protection away without anybody noticing."""

import pytest

from tests.cli.words import Ttx, sentence
from ttx.settings import Settings
from ttx.web.dangers import danger


@pytest.mark.parametrize(
    "given, names",
    [
        ({"proxies": "10.0.0.1, *"}, "TTX_PROXIES is 10.0.0.1, *"),
        ({"proxies": "0.0.0.0/0"}, "TTX_PROXIES"),
        ({"proxies": "::/0"}, "TTX_PROXIES"),
        ({"origins": ("*",)}, "* among TTX_ORIGINS"),
        ({"origins": ("https://*.example.org",)}, "TTX_ORIGINS"),
        ({"origins": ("null",)}, "null among TTX_ORIGINS"),
        ({"public_address": "ttx.example.org"}, "ttx.example.org among"),
        ({"session_days": 0}, "TTX_SESSION_DAYS"),
        ({"session_days": 4000}, "TTX_SESSION_DAYS"),
    ],
)
def test_a_dangerous_setting_is_refused_with_a_sentence(given: dict[str, object], names: str):
    said = danger(Settings.model_validate(given))

    assert said is not None
    assert names in said
    assert said.endswith(".")


def test_what_is_set_in_earnest_is_not_refused():
    given = {"proxies": "172.16.0.0/12,192.168.0.0/16", "origins": ("https://ttx.example.org",)}

    assert danger(Settings()) is None
    assert danger(Settings.model_validate(given)) is None


def test_nothing_is_served_with_one(ttx: Ttx, monkeypatch: pytest.MonkeyPatch):
    monkeypatch.setenv("TTX_PROXIES", "*")

    assert sentence(ttx("serve", "--data", "data")).startswith("TTX_PROXIES is *")
