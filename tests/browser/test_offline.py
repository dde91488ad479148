"""Bad wifi: a network that is silent, refuses, or loses the reply, tablets that sleep, and servers that die.

At every step the chip is compared with what is true. No machine sleeps here: a clock jumps. No page is kept on the way
back: Playwright's Chromium does not, and Firefox keeps none that says `no-store`, as ours do; so pages are told it.
"""

import re
import signal
from contextlib import suppress
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Error, Page, expect

from tests.browser.proxy import Mood, network
from tests.browser.words import Demo, Person, answers, demo, free_port
from tests.cli.words import Ttx
from tests.web.words import eventually
from ttx.store.database import Store
from ttx.store.sessions import devices_of, send_away

pytestmark = pytest.mark.browser

BOTH = pytest.mark.parametrize("browser", ["chromium", "firefox"], indirect=True, scope="module")
FULL = pytest.mark.parametrize("browser", ["chromium", "firefox-full"], indirect=True, scope="module")

PATIENCE = 60_000
"""Milliseconds for what takes a few seconds on an idle machine."""


def chip(page: Page, text: str, timeout: int = PATIENCE) -> None:
    """The chip says this, and a page that has no link says since when it stands."""
    expect(page.locator("#chip .chip-text")).to_have_text(text, timeout=timeout)
    if page.locator("body[data-keeps]").count() == 0:
        return  # a console, where nothing can be pressed then
    told = page.locator("#offline, [data-hall-offline]")
    if text.startswith("Offline"):
        expect(told).to_be_visible()
        expect(told).to_contain_text(re.compile(r"\d\d:\d\d"))
    else:
        expect(told).to_be_hidden()


def told(person: Person) -> dict[str, str]:
    """What the page tells; which rows of drafts the server still keeps for it shows nowhere."""
    return {name: text for name, text in person.regions().items() if not name.startswith("draft:")}


def kept(person: Person) -> Person:
    """This device can show its page without a network."""
    expect(person.page.locator("html")).to_have_attribute("data-kept", "true", timeout=PATIENCE)
    if person.page.locator("[data-late]").count():
        expect(person.page.locator("html")).to_have_attribute("data-kept-late", "true", timeout=PATIENCE)
    return person


@BOTH
def test_a_day_on_a_network_that_comes_and_goes(browser: Browser, exercise: Demo) -> None:
    with network(exercise.port) as net:
        aruna = kept(Person(browser, net.url).joins(exercise.code("head", "aruna")))
        hall = kept(Person(browser, net.url, 1600, 900).joins(exercise.code("projector")))
        evaluator = kept(Person(browser, net.url, 390, 780).joins(exercise.code("evaluator")))
        lead = Person(browser, net.url, 1366, 768).joins(exercise.code("lead_facilitator"))
        everybody = (aruna, hall, evaluator, lead)
        exercise.command("open_day")
        exercise.command("release", inject="D1-01")
        for one in everybody:
            one.sees("Fighting empties")
            chip(one.page, "Live")
        field = aruna.card("D1-01", "q3").locator("textarea[name=text]")
        field.press_sequentially("Half a th")
        exercise.command("release", inject="D1-02")
        aruna.sees("Adverts offer Dalmoran graduates")
        field.press_sequentially("ought")
        assert field.evaluate("one => document.activeElement === one") is True
        lives = {one: one.regions() for one in (aruna, hall, evaluator)}

        # Silence: nothing says that the network is gone, and nobody is told that a page is live for long.
        net.mood = Mood.SWALLOW
        for one in everybody:
            chip(one.page, "Offline")
        expect(lead.page.get_by_role("button", name="Release now").first).to_be_disabled()
        aruna.sends("D1-01", "q3")
        chip(aruna.page, "Offline - 1 unsent")
        aruna.page.reload()
        chip(aruna.page, "Connecting")
        chip(aruna.page, "Offline - 1 unsent")
        expect(aruna.card("D1-01", "q3")).to_contain_text("Half a thought")
        expect(aruna.page.locator("[data-plain-http]")).to_be_hidden()

        # Refusal: the same, and every page is there again after a reload, as it was last seen.
        net.mood = Mood.REFUSE
        net.drop()
        for one in (hall, evaluator):
            one.page.reload()
            chip(one.page, "Offline")
            assert one.regions() == lives[one]
        exercise.command("release", inject="D1-03")
        assert answers(exercise) == []

        # Back: what waited is there once, what was missed is caught up with, and the page equals a fresh one.
        net.mood = Mood.PASS
        net.drop()
        for one in everybody:
            chip(one.page, "Live")
        aruna.delivered("D1-01", "q3")
        assert answers(exercise) == ["Half a thought"]
        caught = told(aruna)
        assert any("D1-03" in region for region in caught)
        aruna.page.reload()
        chip(aruna.page, "Live")
        assert told(aruna) == caught

        # The reply is lost after the commit: it is asked for again and recorded once.
        net.mood = Mood.CUT
        aruna.writes("D1-02", "q1", "Said once.")
        aruna.sends("D1-02", "q1")
        chip(aruna.page, "Offline - 1 unsent")
        net.mood = Mood.PASS
        aruna.delivered("D1-02", "q1")
        chip(aruna.page, "Live")
        assert answers(exercise) == ["Half a thought", "Said once."]

        exercise.command("pause")
        chip(aruna.page, "Paused")
        net.mood = Mood.REFUSE
        net.drop()
        chip(aruna.page, "Offline")
        aruna.page.reload()
        chip(aruna.page, "Offline")
        net.mood = Mood.PASS
        chip(aruna.page, "Paused")
        exercise.command("resume")
        chip(aruna.page, "Live")
        exercise.command("close_day")
        assert exercise.command("end").is_success
        for one in everybody:
            chip(one.page, "Ended")
        assert [one.complaints for one in everybody] == [[], [], [], []]


@BOTH
def test_servers_that_die_change_and_go_back_in_time(browser: Browser, tmp_path: Path, ttx: Ttx) -> None:
    data, port, backup = tmp_path / "data", free_port(), tmp_path / "backup"
    with demo(data, port) as first, network(port) as net:
        head = first.code("head", "aruna")
        aruna = kept(Person(browser, net.url).joins(head))
        first.command("open_day")
        first.command("release", inject="D1-01")
        aruna.sees("Fighting empties")
        assert ttx("backup", backup, "--data", data).code == 0
        first.command("release", inject="D1-02")
        aruna.sees("Adverts offer Dalmoran graduates")

        # Killed after the commit and before the reply. The next server is of another release.
        net.mood = Mood.CUT
        aruna.writes("D1-01", "q3", "Committed, and not told.")
        aruna.sends("D1-01", "q3")
        chip(aruna.page, "Offline - 1 unsent")
        # What was cut first may have been a draft; the answer is tried again until it is there.
        eventually(lambda: answers(first) == ["Committed, and not told."])
        first.process.send_signal(signal.SIGKILL)
        first.process.wait()
        net.mood = Mood.PASS
        aruna.writes("D1-02", "q1", "Typed while")
        typing = aruna.card("D1-02", "q1").locator("textarea[name=text]")
        typing.focus()

        with demo(data, port, release="0123456789ab") as second:
            chip(aruna.page, "Live")
            aruna.delivered("D1-01", "q3")
            assert answers(second) == ["Committed, and not told."]

            # The page of the old release goes on, says that there is a newer one, and goes when it is told to.
            offer = aruna.page.locator("#newer")
            expect(offer).to_be_visible(timeout=PATIENCE)
            typing.press_sequentially(" it changed")
            assert typing.evaluate("one => document.activeElement === one") is True
            offer.get_by_role("button").click()
            expect(offer).to_be_hidden(timeout=PATIENCE)
            while aruna.page.locator("script[src*='/0123456789ab/live.js']").count() == 0:
                with suppress(Error):  # the page was just reloading by itself
                    aruna.page.reload()  # a server that took more than three seconds was not waited for
            kept(aruna)
            chip(aruna.page, "Live")
            expect(typing).to_have_value("Typed while it changed")

            # Without a network it is the new page that comes back, from the new release's shell.
            net.mood = Mood.REFUSE
            net.drop()
            chip(aruna.page, "Offline")
            aruna.page.reload()
            chip(aruna.page, "Offline")
            expect(typing).to_have_value("Typed while it changed")
            aruna.sends("D1-02", "q1")
            chip(aruna.page, "Offline - 1 unsent")
            aruna.card("D1-01", "q3").get_by_role("button", name="Change answer").click()
            aruna.writes("D1-01", "q3", "A second version.")
            aruna.sends("D1-01", "q3")
            chip(aruna.page, "Offline - 2 unsent")

        # An older record is restored: the answer whose question is there is sent, the other comes back with its text.
        restored = tmp_path / "restored"
        assert ttx("restore", backup, "--data", restored).code == 0
        with demo(restored, port, release="0123456789ab") as third:
            net.mood = Mood.PASS
            chip(aruna.page, "Live")
            aruna.delivered("D1-01", "q3")
            assert answers(third) == ["A second version."]
            expect(aruna.page.locator("#toasts")).to_contain_text("Typed while it changed")
            third.command("release", inject="D1-02")
            expect(typing).to_have_value("Typed while it changed")
            caught = aruna.regions()
            aruna.page.reload()
            chip(aruna.page, "Live")
            assert aruna.regions().keys() == caught.keys()
            assert aruna.complaints == []


SLEEP = """(() => {
  const now = Date.now;
  let slept = 0;
  Date.now = () => now() + slept;
  addEventListener("sleep", (event) => { slept += event.detail; });
  window.said = [];
  addEventListener("DOMContentLoaded", () => {
    const text = document.querySelector("#chip .chip-text");
    if (text) new MutationObserver(() => said.push(text.textContent)).observe(text, { childList: true });
  });
})()"""
"""A clock of the wall that jumps by an hour while the one that measures silence stood still; and what the chip said."""

FILLS = """for (let size = 2 ** 20; size >= 1; size = Math.floor(size / 2)) {
  for (;;) { try { localStorage.setItem(`full${size}${Math.random()}`, "x".repeat(size)); } catch { break; } }
}"""

REFUSES = 'Object.defineProperty(window, "indexedDB", { get() { throw new DOMException("No", "SecurityError"); } });'


@BOTH
def test_tabs_of_one_seat_and_a_device_that_sleeps(browser: Browser, exercise: Demo) -> None:
    code = exercise.code("head", "aruna")
    with network(exercise.port) as net:
        exercise.command("open_day")
        exercise.command("release", inject="D1-01")
        exercise.command("release", inject="D1-02")
        aruna = Person(browser, net.url)
        aruna.page.add_init_script(SLEEP)
        kept(aruna.joins(code))
        second, third = Person(browser, net.url, context=aruna.context), Person(browser, net.url, context=aruna.context)
        for one in (second, third):
            one.joins(code)

        # Three tabs of one seat have one outbox, and the newer answer is the one of record.
        net.mood = Mood.REFUSE
        net.drop()
        for one in (aruna, second, third):
            chip(one.page, "Offline")
        aruna.writes("D1-01", "q3", "The first tab's.")
        aruna.sends("D1-01", "q3")
        for one in (aruna, second, third):
            chip(one.page, "Offline - 1 unsent")
        second.writes("D1-01", "q3", "The second tab's.")
        second.sends("D1-01", "q3")
        third.writes("D1-02", "q1", "The third tab's.")
        third.sends("D1-02", "q1")
        for one in (aruna, second, third):
            chip(one.page, "Offline - 2 unsent")
        second.page.close()
        net.mood = Mood.PASS
        chip(aruna.page, "Live")
        aruna.delivered("D1-01", "q3")
        aruna.delivered("D1-02", "q1")
        assert sorted(answers(exercise)) == ["The second tab's.", "The third tab's."]
        third.page.close()

        # Asleep for an hour: the link has to answer before the page is live again.
        net.mood = Mood.SWALLOW
        aruna.page.evaluate("said = []; dispatchEvent(new CustomEvent('sleep', { detail: 3600000 }))")
        chip(aruna.page, "Offline")
        assert aruna.page.evaluate("said") == ["Catching up", "Offline"]
        exercise.command("release", inject="D1-03")
        net.mood = Mood.PASS
        net.drop()
        chip(aruna.page, "Live")
        expect(aruna.page.locator('[id="development:D1-03"]')).to_be_visible()

        # Away and back, and kept by the browser meanwhile.
        # What merges drafts could not be loaded with the first letter on this page, and comes now that it can.
        aruna.writes("D1-02", "q3", "Half a reason")
        expect(aruna.card("D1-02", "q3")).to_contain_text("shared with your delegation", timeout=PATIENCE)
        aruna.page.goto(f"{aruna.page.url}/recap")
        expect(aruna.page.get_by_text("Recap of the days held")).to_be_visible()
        net.mood = Mood.REFUSE
        net.drop()
        aruna.page.go_back()
        chip(aruna.page, "Offline")
        expect(aruna.card("D1-02", "q3").locator("textarea[name=text]")).to_have_value("Half a reason")
        net.mood = Mood.PASS
        chip(aruna.page, "Live")
        aruna.page.evaluate("dispatchEvent(new PageTransitionEvent('pagehide', { persisted: true }))")
        exercise.command("release", inject="D1-04")
        aruna.page.evaluate("dispatchEvent(new PageTransitionEvent('pageshow', { persisted: true }))")
        chip(aruna.page, "Live")
        expect(aruna.page.locator('[id="development:D1-04"]')).to_be_visible()

        assert aruna.complaints == []


@FULL
def test_a_private_window_without_room(browser: Browser, exercise: Demo) -> None:
    """What cannot be kept is said, and sent all the same. Every window of Playwright's Chromium is a private one, and a
    script refuses its database."""
    with network(exercise.port) as net:
        exercise.command("open_day")
        exercise.command("release", inject="D1-01")
        full = Person(browser, net.url)
        if browser.browser_type.name == "chromium":
            full.page.add_init_script(REFUSES)
        full.joins(exercise.code("head", "aruna"))
        full.page.evaluate(FILLS)
        net.mood = Mood.REFUSE
        net.drop()
        chip(full.page, "Offline")
        full.writes("D1-01", "q3", "Held by this page alone.")
        expect(full.card("D1-01", "q3")).to_contain_text("Kept only while this page is open")
        full.sends("D1-01", "q3")
        chip(full.page, "Offline - 1 unsent")
        net.mood = Mood.PASS
        full.delivered("D1-01", "q3")
        assert answers(exercise) == ["Held by this page alone."]
        assert full.complaints == []


SIGNS_OUT = """(() => {
  const form = Object.assign(document.createElement("form"), { method: "post", action: "/logout" });
  document.body.append(form);
  form.submit();
})()"""


def test_a_device_that_was_sent_away_shows_nothing_any_more(browser: Browser, exercise: Demo, tmp_path: Path) -> None:
    code = exercise.code("head", "aruna")
    with network(exercise.port) as net:
        exercise.command("open_day")
        exercise.command("release", inject="D1-01")
        lost, borrowed = (Person(browser, net.url).joins(code) for _ in range(2))
        kept(lost).sees("Fighting empties")
        kept(borrowed).sees("Fighting empties")
        lost.writes("D1-01", "q3", "Typed on a tablet that was lost")

        # Offline when it is sent away: it shows what it has, until it learns.
        net.mood = Mood.REFUSE
        net.drop()
        chip(lost.page, "Offline")
        with Store(tmp_path / "data", create=False) as store:
            for device in devices_of(store, exercise.exercise):
                send_away(store, device.session, device.seat.id)
        lost.page.reload()
        chip(lost.page, "Offline")
        lost.sees("Fighting empties")
        address = lost.page.url
        net.mood = Mood.PASS
        for one in (lost, borrowed):
            expect(one.page.get_by_text("This device has no seat here")).to_be_visible(timeout=PATIENCE)
            assert [name for name in one.page.evaluate("caches.keys()") if "seat" in name] == []
        net.mood = Mood.REFUSE
        net.drop()
        with pytest.raises(Exception, match="ERR_"):
            lost.page.goto(address)
        net.mood = Mood.PASS

        # Who is let in again finds the words there; signing out takes every page off the device.
        lost = kept(Person(browser, net.url, context=lost.context).joins(code))
        expect(lost.card("D1-01", "q3").locator("textarea[name=text]")).to_have_value("Typed on a tablet that was lost")
        lost.page.evaluate(SIGNS_OUT)
        expect(lost.page.get_by_text("Join the exercise")).to_be_visible()
        lost.page.wait_for_timeout(1500)
        assert [name for name in lost.page.evaluate("caches.keys()") if "seat" in name] == []


def test_a_lost_tablet_goes_by_one_press_and_another_takes_over_its_draft(browser: Browser, exercise: Demo) -> None:
    exercise.command("open_day")
    exercise.command("release", inject="D1-01")
    before = exercise.code("delegate", "aruna")
    lost, head = (Person(browser, exercise.url) for _ in range(2))
    lost.joins(before).writes("D1-01", "q3", "Half an answer")
    expect(lost.card("D1-01", "q3")).to_contain_text("shared with your delegation", timeout=PATIENCE)

    head.joins(exercise.code("head", "aruna")).page.goto(f"{head.page.url}/seats")
    seat = head.page.locator(".seat", has=head.page.get_by_text("Delegate", exact=True))
    seat.get_by_text("1 device").click()
    seat.get_by_role("button", name="Lost: send away, new code").click()
    expect(lost.page.get_by_text("This device has no seat here")).to_be_visible(timeout=PATIENCE)
    expect(seat.locator(".seat-code")).not_to_have_text(before)

    other = Person(browser, exercise.url).joins(seat.locator(".seat-code").inner_text())
    expect(other.card("D1-01", "q3").locator("textarea[name=text]")).to_have_value("Half an answer", timeout=PATIENCE)
    lost.page.goto(f"{exercise.url}/j/{before}")
    lost.sees("No seat has the code")
