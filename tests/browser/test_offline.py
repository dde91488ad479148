"""Bad wifi: a network that is silent, refuses, or loses the reply, and a server that is killed."""

import signal
from pathlib import Path

import pytest
from playwright.sync_api import Browser, expect

from tests.browser.proxy import Mood, network
from tests.browser.words import Demo, Person, demo

pytestmark = pytest.mark.browser


@pytest.mark.parametrize("mood", [Mood.SWALLOW, Mood.REFUSE])
def test_an_answer_written_without_a_network_is_delivered_once_when_it_is_back(
    browser: Browser, exercise: Demo, mood: Mood
) -> None:
    with network(exercise.port) as net:
        aruna = Person(browser, net.url).joins(exercise.code("head", "aruna"))
        exercise.command("open_day")
        exercise.command("release", inject="D1-01")
        aruna.sees("Fighting empties")

        net.mood = mood
        if mood is Mood.REFUSE:
            net.drop()
        expect(aruna.page.locator("#chip")).to_have_attribute("data-state", "offline", timeout=15_000)
        aruna.writes("D1-01", "q3", "Written in the dark.")
        aruna.sends("D1-01", "q3")
        exercise.command("release", inject="D1-02")
        assert exercise.log("ResponseSubmitted") == []

        net.mood = Mood.PASS
        net.drop()
        aruna.delivered("D1-01", "q3")
        aruna.sees("Adverts offer Dalmoran graduates")
        assert [body["answer"] for body in exercise.log("ResponseSubmitted")] == [{"text": "Written in the dark."}]


def test_an_answer_whose_acknowledgement_was_lost_is_on_record_once(browser: Browser, exercise: Demo) -> None:
    with network(exercise.port) as net:
        aruna = Person(browser, net.url).joins(exercise.code("head", "aruna"))
        exercise.command("open_day")
        exercise.command("release", inject="D1-01")
        aruna.sees("Fighting empties")

        net.mood = Mood.CUT
        aruna.writes("D1-01", "q3", "Said once.")
        aruna.sends("D1-01", "q3")
        aruna.page.wait_for_timeout(1500)
        net.mood = Mood.PASS

        aruna.delivered("D1-01", "q3")
        expect(aruna.page.locator("#chip")).to_have_attribute("data-state", "live", timeout=15_000)
        aruna.page.wait_for_timeout(1500)
        assert [body["answer"] for body in exercise.log("ResponseSubmitted")] == [{"text": "Said once."}]


def test_a_half_typed_answer_survives_a_reload_and_a_new_development(browser: Browser, exercise: Demo) -> None:
    aruna = Person(browser, exercise.url).joins(exercise.code("head", "aruna"))
    exercise.command("open_day")
    exercise.command("release", inject="D1-01")
    aruna.sees("Fighting empties")

    field = aruna.card("D1-01", "q3").locator("textarea[name=text]")
    field.press_sequentially("Half a th")
    exercise.command("release", inject="D1-02")
    aruna.sees("Adverts offer Dalmoran graduates")
    field.press_sequentially("ought")
    assert field.evaluate("one => document.activeElement === one") is True
    aruna.page.reload()
    aruna.is_live()

    expect(field).to_have_value("Half a thought")


def test_a_facilitator_cannot_press_anything_without_a_network(browser: Browser, exercise: Demo) -> None:
    with network(exercise.port) as net:
        lead = Person(browser, net.url, 1366, 768).joins(exercise.code("lead_facilitator"))
        lead.presses("Open day 1")
        release = lead.page.get_by_role("button", name="Release now")
        expect(release).to_be_enabled()

        net.mood = Mood.REFUSE
        net.drop()
        expect(release).to_be_disabled(timeout=15_000)

        net.mood = Mood.PASS
        expect(release).to_be_enabled(timeout=15_000)
        assert exercise.log("InjectReleased") == []


def test_a_server_that_is_killed_and_started_again_goes_on(browser: Browser, exercise: Demo, tmp_path: Path) -> None:
    aruna = Person(browser, exercise.url).joins(exercise.code("head", "aruna"))
    exercise.command("open_day")
    exercise.command("release", inject="D1-01")
    aruna.sees("Fighting empties")

    exercise.process.send_signal(signal.SIGKILL)
    exercise.process.wait()
    aruna.writes("D1-01", "q3", "Written while nobody listened.")
    aruna.sends("D1-01", "q3")
    with demo(tmp_path / "data", exercise.port) as again:
        aruna.delivered("D1-01", "q3")
        again.command("release", inject="D1-02")
        aruna.sees("Adverts offer Dalmoran graduates")
        assert [body["answer"] for body in again.log("ResponseSubmitted")] == [
            {"text": "Written while nobody listened."}
        ]
