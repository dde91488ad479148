"""Several tablets of one delegation: two in the same answer at once, one without a network, a server that is killed."""

import re
import signal
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Locator, expect

from tests.browser.proxy import Mood, network
from tests.browser.words import Demo, Person, demo

pytestmark = pytest.mark.browser

FIELD = "textarea[name=text]"


def field(who: Person) -> Locator:
    found: Locator = who.card("D1-01", "q3").locator(FIELD)
    return found


def arrives(browser: Browser, url: str, code: str, name: str) -> Person:
    """Scan the card, say yes and who it is."""
    who = Person(browser, url)
    who.page.goto(f"{url}/j/{code}")
    joining = who.page.locator(".joining")
    joining.locator("summary").click()
    joining.locator("[name=name]").fill(name)
    joining.get_by_role("button", name="Yes, go on").click()
    expect(joining).to_have_count(0)
    who.is_live()
    return who


def all_read(people: list[Person], words: set[str]) -> str:
    """Every tablet shows the same text with all these words, each once."""
    first, *others = (field(who) for who in people)
    for word in words:
        for one in (first, *others):
            expect(one).to_have_value(re.compile(rf"\b{word}\b"), timeout=20_000)
    text = first.input_value()
    for one in others:
        expect(one).to_have_value(text)
    said = text.split()
    assert {word: said.count(word) for word in words} == dict.fromkeys(words, 1)
    return text


def test_no_word_is_lost_whoever_writes_whenever(browser: Browser, exercise: Demo, tmp_path: Path) -> None:
    head, colleague = exercise.code("head", "aruna"), exercise.code("delegate", "aruna")
    with network(exercise.port) as net:
        ana = arrives(browser, exercise.url, head, "Ana")
        budi = arrives(browser, exercise.url, colleague, "Budi")
        citra = arrives(browser, net.url, colleague, "Citra")
        exercise.command("open_day")
        exercise.command("release", inject="D1-01")
        for who in (ana, budi, citra):
            expect(field(who)).to_be_visible(timeout=15_000)

        # Two in the same field at once, at its end and at its beginning.
        field(ana).press_sequentially("middle ")
        expect(field(budi)).to_have_value("middle ", timeout=10_000)
        expect(citra.card("D1-01", "q3").locator("[data-at-work]")).to_contain_text("Ana: writing here now")
        for number in range(12):
            field(ana).press_sequentially(f"ana{number} ")
            if number == 0:
                field(budi).press("Home")
            field(budi).press_sequentially(f"budi{number} ")
        words = {"middle", *(f"{who}{number}" for who in ("ana", "budi") for number in range(12))}
        text = all_read([ana, budi, citra], words)
        assert text.startswith("budi0 budi1 budi2")
        assert "ana0 ana1 ana2" in text

        # One without a network writes on, and so do the others.
        net.mood = Mood.REFUSE
        net.drop()
        expect(citra.page.locator("#chip")).to_have_attribute("data-state", "offline", timeout=15_000)
        field(citra).press("End")
        field(citra).press_sequentially("alone ")
        field(budi).press_sequentially("meanwhile ")
        net.mood = Mood.PASS
        words |= {"alone", "meanwhile"}
        all_read([ana, budi, citra], words)

        # The server is killed; a tablet is reloaded, another one comes anew.
        exercise.process.send_signal(signal.SIGKILL)
        exercise.process.wait()
        field(ana).press_sequentially("unplugged ")
        words.add("unplugged")
        with demo(tmp_path / "data", exercise.port) as again:
            for who in (ana, budi, citra):
                who.is_live()
            all_read([ana, budi, citra], words)
            budi.page.reload()
            dewi = arrives(browser, again.url, colleague, "Dewi")
            text = all_read([ana, budi, citra, dewi], words)

            # One who may not send proposes, the head confirms, everybody sees who.
            budi.card("D1-01", "q3").locator("[data-propose]").click()
            expect(ana.card("D1-01", "q3").locator("[data-at-work]")).to_contain_text("Budi: ready for the head")
            ana.sends("D1-01", "q3")
            for who in (ana, budi, citra, dewi):
                who.delivered("D1-01", "q3")
                expect(who.card("D1-01", "q3").locator(".delivered")).to_contain_text("Ana")
                who.page.evaluate("document.activeElement.blur()")
                expect(field(who)).to_be_hidden()
            assert [body["answer"] for body in again.log("ResponseSubmitted")] == [{"text": text.strip()}]
            assert [who.complaints for who in (ana, budi, citra, dewi)] == [[], [], [], []]


def test_words_that_came_too_late_for_the_record_stand_in_the_next_draft(browser: Browser, exercise: Demo) -> None:
    with network(exercise.port) as net:
        ana = arrives(browser, exercise.url, exercise.code("head", "aruna"), "Ana")
        budi = arrives(browser, net.url, exercise.code("delegate", "aruna"), "Budi")
        exercise.command("open_day")
        exercise.command("release", inject="D1-01")
        field(ana).press_sequentially("sent ")
        expect(field(budi)).to_have_value("sent ", timeout=10_000)

        sockets: list[str] = []
        budi.page.on("websocket", lambda one: sockets.append(one.url))
        net.mood = Mood.REFUSE
        net.drop()
        expect(budi.page.locator("#chip")).to_have_attribute("data-state", "offline", timeout=15_000)
        field(budi).press("End")
        field(budi).press_sequentially("late")
        field(budi).press("Home")
        field(budi).press_sequentially("First. ")  # what both say stands there once all the same
        for who, whom in ((ana, "Port"), (budi, "Capital")):
            card = who.card("D1-01", "q2")
            card.locator("[data-find]").fill(whom)
            card.locator("[data-pick-written]").click()
            card.locator("[name=hours]").first.fill("2")
        ana.sends("D1-01", "q3")
        ana.delivered("D1-01", "q3")
        net.mood = Mood.PASS

        for who in (ana, budi):
            expect(field(who)).to_be_visible(timeout=15_000)
            expect(field(who)).to_have_value("First. sent late")
            contacts = who.card("D1-01", "q2").locator("[name=to]")
            expect(contacts).to_have_count(2, timeout=10_000)
            assert {contacts.nth(0).input_value(), contacts.nth(1).input_value()} == {"Port", "Capital"}
        assert [body["answer"] for body in exercise.log("ResponseSubmitted")] == [{"text": "sent"}]
        assert len(sockets) == len(set(sockets)) > 1  # Firefox lets an address that failed wait, up to a minute
        budi.card("D1-01", "q1").locator("[data-down]").first.click()
        expect(ana.card("D1-01", "q1").locator("[data-at-work]")).to_contain_text("Budi changed this to:")
        assert (ana.complaints, budi.complaints) == ([], [])


def test_a_tablet_marks_whoever_holds_it_and_tells_parts_in_its_own_language(browser: Browser, exercise: Demo) -> None:
    ana = arrives(browser, exercise.url, exercise.code("head", "aruna"), "Ana")
    claire = arrives(browser, exercise.url, exercise.code("delegate", "aruna"), "Claire")
    own = claire.page.locator("#hands [data-js-self] .hand-name")
    expect(own).to_have_text(["Claire"])
    ana.page.goto("about:blank")
    expect(claire.page.locator("#hands li")).to_have_count(1, timeout=15_000)
    ana.page.go_back()
    expect(claire.page.locator("#hands li")).to_have_count(2, timeout=15_000)
    expect(own).to_have_text(["Claire"])

    claire.page.locator("details.me summary").click()
    claire.page.locator("details.me [value=law]").check()
    claire.page.locator("details.me").get_by_role("button", name="Save").click()
    expect(own).to_have_text(["Claire (law)"])
    claire.page.locator("details.menu:has(.tongues) summary").click()
    claire.page.locator("[data-tongue]").select_option("fr")
    claire.page.get_by_role("button", name="Read in it").click()
    expect(claire.page.locator("html")).to_have_attribute("lang", "fr")
    expect(own).to_have_text(["Claire (droit)"], timeout=15_000)
    exercise.command("open_day")
    exercise.command("release", inject="D1-01")
    expect(claire.page.locator(".bar-day")).to_contain_text("Jour 1\u00a0: ")
    field(claire).press_sequentially("ready")
    claire.card("D1-01", "q3").locator("[data-propose]").click()
    said = ana.card("D1-01", "q3").locator("[data-look=proposed]")
    expect(said).to_contain_text("Claire (law): ready for the head of delegation", timeout=15_000)


def test_a_stance_over_typed_words_closes_the_form_when_it_is_delivered(browser: Browser, exercise: Demo) -> None:
    ana = arrives(browser, exercise.url, exercise.code("head", "aruna"), "Ana")
    exercise.command("open_day")
    exercise.command("release", inject="D1-01")
    field(ana).press_sequentially("typed before")
    card = ana.card("D1-01", "q3")
    card.locator("[value=would_ask]").check()
    card.locator("[name=ask]").fill("Ministry")
    ana.sends("D1-01", "q3")

    ana.delivered("D1-01", "q3")
    card.locator("[data-change]").focus()
    ana.page.evaluate(
        "document.activeElement.blur(); new Promise((then) => setTimeout(then, 0))"
    )  # the card is fitted anew
    expect(card.locator("[data-change]")).to_be_visible()
    expect(field(ana)).to_be_hidden()
    assert [body["answer"] for body in exercise.log("ResponseSubmitted")] == [
        {"stance": "would_ask", "ask": "Ministry"}
    ]


def test_speakers_run_as_their_words_do_the_open_day_comes_first_and_nobody_contacts_himself(
    browser: Browser, exercise: Demo
) -> None:
    exercise.command("open_day", day=1)
    exercise.command("release", inject="D1-01")
    exercise.command("close_day")
    exercise.command("open_day", day=2)
    ana = arrives(browser, exercise.url, exercise.code("head", "aruna"), "Ana")
    ana.page.request.post(f"{ana.page.url}/language", form={"language": "ar"}, headers={"origin": exercise.url})
    ana.page.reload()
    ana.is_live()
    ana.page.locator(".look-up-button.of-top").click()
    ana.page.locator("#look-up-agenda-tab").click()

    expect(ana.page.locator(".agenda[data-stands=on] h3")).to_be_in_viewport()
    who = ana.page.locator(".agenda-who", has_text=":").first
    assert who.evaluate("one => getComputedStyle(one).direction") == "ltr"
    expect(ana.page.locator(".agenda[data-stands=over] h3")).not_to_be_in_viewport()
    names = (
        ana.card("D1-01", "q2")
        .locator("[data-names=delegations] [data-pick]")
        .evaluate_all("all => all.map((one) => one.dataset.pick)")
    )
    assert "Nuvara" in names
    assert "Aruna" not in names


def test_a_head_sees_what_the_others_may_do_and_no_tablet_says_offline_who_is_there(
    browser: Browser, exercise: Demo
) -> None:
    exercise.command("open_day")
    exercise.command("release", inject="D1-01")
    ana = arrives(browser, exercise.url, exercise.code("head", "aruna"), "Ana")
    bo = arrives(browser, exercise.url, exercise.code("delegate", "aruna"), "Bo")
    pressed = ana.page.locator("input[name=allowed] ~ button[aria-pressed=true]")
    ana.page.get_by_label("More", exact=True).click()
    expect(pressed).to_have_text(["Only prepare drafts"])
    ana.presses("Send answers too")
    expect(pressed).to_have_text(["Send answers too"], timeout=15_000)
    expect(bo.card("D1-01", "q3").locator("[data-send]")).to_be_enabled(timeout=15_000)
    ana.page.reload()
    ana.is_live()
    ana.page.get_by_label("More", exact=True).click()
    expect(pressed).to_have_text(["Send answers too"])
    ana.page.keyboard.press("Escape")
    expect(pressed).to_be_hidden()
    own = ana.card("D1-01", "q2").locator("datalist option[data-key=aruna]")
    expect(own.and_(ana.page.locator("[disabled]"))).to_have_count(1)

    mark = ana.page.locator("#hands li:not([data-js-self]) .hand-mark")
    assert mark.evaluate("one => getComputedStyle(one).borderStyle") == "none"
    field(ana).focus()
    place = "one => one.getBoundingClientRect().top"
    before = field(ana).evaluate(place)
    ana.context.set_offline(True)
    expect(ana.page.locator("#chip")).to_have_attribute("data-state", "offline", timeout=15_000)
    expect(ana.page.locator("#offline")).to_be_visible()
    assert abs(field(ana).evaluate(place) - before) < 2
    assert mark.evaluate("one => getComputedStyle(one).borderStyle") == "dashed"
    ana.context.set_offline(False)
    ana.is_live()

    # What was written and not sent is still to be read when the exercise ends under it, on every tablet.
    field(bo).press_sequentially("We were about to say")
    expect(field(ana)).to_have_value("We were about to say", timeout=15_000)
    bo.card("D1-01", "q1").locator("[data-down]").first.click()
    exercise.command("close_day")
    exercise.command("end")
    for reloaded in (False, True):
        for who in (ana, bo):
            if reloaded:
                who.page.reload()
            left = who.card("D1-01", "q3")
            expect(left.locator(".pending")).to_have_text("We were about to say", timeout=15_000)
            expect(left.locator("[data-draft]")).to_have_text("Written, and not sent before the exercise ended")
            expect(left.locator("button:visible")).to_have_count(0)
        ranked = bo.card("D1-01", "q1").locator(".pending p").first
        expect(ranked).to_contain_text("1. Bulletins of neighbouring border services")
        expect(ana.card("D1-01", "q2").locator(".pending")).to_be_hidden()
    assert [*ana.complaints, *bo.complaints] == []
