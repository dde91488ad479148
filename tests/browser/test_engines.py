"""A delegation's day in each engine that tablets have: Chromium's, Firefox's, and WebKit's, which every iPad has."""

import json
import re
import signal
import time
from pathlib import Path

import pytest

from tests.browser.engines import ENGINES, Device, devices
from tests.browser.proxy import Mood, network
from tests.browser.words import Demo, demo
from tests.web.words import eventually

pytestmark = pytest.mark.browser

FIELD = "textarea[name=text]"


class Hand:
    """Somebody at a device."""

    def __init__(self, device: Device) -> None:
        self.device = device

    def joins(self, address: str) -> "Hand":
        """Scan the card, and say that the delegation is the right one."""
        self.device.goes(address)
        self.device.presses(".joining button[value=yes]")
        self.sees("!document.querySelector('.joining')")
        self.sees("document.querySelector('#chip[data-state=live]')")
        return self

    def sees(self, expression: str) -> None:
        """This is so on the page, by itself."""

        def so() -> bool:
            if self.device.tells(expression):
                return True
            time.sleep(0.1)  # each question takes the page some time too
            return False

        eventually(so)

    def reads(self, where: str, *texts: str) -> None:
        """These texts stand in what is found there first, and it can be seen."""
        found = f"document.querySelector({json.dumps(where)})"
        for text in texts:
            self.sees(f"{found}?.checkVisibility() && {found}.textContent.includes({json.dumps(text)})")

    def writes(self, card: str, text: str) -> None:
        """Into the answer of a question, after what stands there."""
        self.device.presses(f"{card} {FIELD}")
        self.device.tells("document.activeElement.setSelectionRange(1e6, 1e6)")
        self.device.types(text)

    def holds(self, card: str) -> str:
        """What the field of a question holds."""
        return str(self.device.tells(f"document.querySelector({json.dumps(f'{card} {FIELD}')})?.value"))

    def sends(self, card: str) -> None:
        self.device.presses(f"{card} [data-send]")


def card(inject: str, question: str) -> str:
    return f'[id="question:{inject}:{question}"]'


ONE, MANY, MUCH = (card("D1-X1", name) for name in ("one", "many", "much"))
RANKED, ASKED, OPEN = (card("D1-01", name) for name in ("q1", "q2", "q3"))
LATER = card("D1-02", "q1")
CHECK: list[dict[str, object]] = [
    {"id": "one", "kind": "single", "ask": "Which?", "options": {"a": "The first", "b": "The second"}},
    {"id": "many", "kind": "multiple", "ask": "Which of them?", "options": {"a": "Ships", "b": "Planes"}},
    {"id": "much", "kind": "scale", "ask": "How sure?", "low": "Not at all", "high": "Quite"},
]


@pytest.mark.parametrize("engine", ENGINES)
def test_a_delegation_answers_whatever_its_tablet_is_made_of(engine: str, exercise: Demo, tmp_path: Path) -> None:
    with devices(engine, tmp_path) as another, network(exercise.port) as net:
        ana = Hand(another()).joins(f"{net.url}/j/{exercise.code('head', 'aruna')}")
        budi = Hand(another()).joins(f"{exercise.url}/j/{exercise.code('delegate', 'aruna')}")
        exercise.command("open_day")
        exercise.command("release", inject="D1-01")
        ana.reads("#developments", "Fighting empties the Kestrian highlands")

        # What arrives while somebody writes leaves the field its focus and its letters.
        ana.writes(OPEN, "Half a th")
        exercise.command("release", inject="D1-02")
        exercise.command("add_inject", title="A check", text="One of each.", release=True, questions=CHECK)
        ana.reads("#developments", "Adverts offer Dalmoran graduates", "A check")
        ana.device.types("ought ")
        assert ana.holds(OPEN) == "Half a thought "

        _two_write_in_one_field(ana, budi)
        text = ana.holds(OPEN).strip()
        _every_kind_is_answered(ana)
        for one in (ONE, MANY, MUCH, RANKED, ASKED, OPEN):
            budi.reads(f"{one} .delivered", "Delivered")
        said = {(body["inject"], body["question"]): body["answer"] for body in exercise.log("ResponseSubmitted")}
        assert said == {
            ("D1-X1", "one"): {"choice": "b"},
            ("D1-X1", "many"): {"choices": ["a", "b"]},
            ("D1-X1", "much"): {"scale": 4},
            ("D1-01", "q1"): {"ranking": ["bulletin", "consular", "partners", "liaison", "open"]},
            ("D1-01", "q2"): {"contacts": [{"to": "UNHCR", "channel": "phone", "hours": 6.0}]},
            ("D1-01", "q3"): {"text": text},
        }

        # The reply is lost and the server killed: the page comes back without it, and what was said goes out once.
        net.mood = Mood.CUT
        ana.writes(LATER, "Said once.")
        ana.sends(LATER)
        ana.reads("#chip .chip-text", "Offline - 1 unsent")
        exercise.process.send_signal(signal.SIGKILL)
        exercise.process.wait()
        ana.device.reloads()
        ana.reads("#chip .chip-text", "Offline - 1 unsent")
        ana.reads(LATER, "Said once.")
        ana.reads("#developments", "Fighting empties the Kestrian highlands", "A check")
        net.mood = Mood.PASS
        with demo(tmp_path / "data", exercise.port) as again:
            ana.reads(f"{LATER} .delivered", "Delivered")
            ana.reads("#chip .chip-text", "Live")
            budi.reads(f"{LATER} .delivered", "Delivered")
            assert [body["answer"] for body in again.log("ResponseSubmitted")].count({"text": "Said once."}) == 1

            # The same page from right to left, in its own letters.
            qasira = Hand(another()).joins(f"{again.url}/j/{again.code('head', 'qasira')}")
            assert _is_mirrored(qasira)

            # In the hall a text that is too long for its place is turned over, and nothing of it lies below.
            again.command("release", inject="D1-03")
            qasira.device.goes(f"{again.url}/j/{again.code('projector')}")
            qasira.sees("document.querySelector('.turned[data-js-pages]')")
            text = "document.querySelector('.turned-text')"
            assert qasira.device.tells(f"{text}.scrollHeight <= {text}.clientHeight + 2")
            assert [who.device.complaints for who in (ana, budi, qasira)] == [[], [], []]


def _two_write_in_one_field(ana: Hand, budi: Hand) -> None:
    """At its end and at its beginning, turn by turn, and no word is lost."""
    eventually(lambda: budi.holds(OPEN) == "Half a thought ")
    budi.device.presses(f"{OPEN} {FIELD}")
    budi.device.tells("document.activeElement.setSelectionRange(0, 0)")
    words = {"Half", "a", "thought"}
    for number in range(4):
        ana.device.types(f"ana{number} ")
        budi.device.types(f"budi{number} ")
        words |= {f"ana{number}", f"budi{number}"}
    for who in (ana, budi):
        eventually(lambda who=who: sorted(who.holds(OPEN).split()) == sorted(words))  # type: ignore[misc]
    assert ana.holds(OPEN) == budi.holds(OPEN)
    assert re.match(r"budi0 budi1 budi2 budi3 Half a thought ana0 ana1 ana2 ana3", ana.holds(OPEN))


def _every_kind_is_answered(ana: Hand) -> None:
    device = ana.device
    for one in (f"{ONE} .option:nth-of-type(2)", f"{MANY} .option:nth-of-type(1)", f"{MANY} .option:nth-of-type(2)"):
        device.presses(one)
    device.presses(f"{MUCH} .step:nth-of-type(4)")
    device.presses(f"{RANKED} li:nth-of-type(2) [data-up]")
    device.presses(f'{ASKED} [data-pick="UNHCR"]')
    device.chooses(f"{ASKED} [name=channel]", "phone")
    device.presses(f"{ASKED} [data-hours='6']")
    for one in (ONE, MANY, MUCH, RANKED, ASKED, OPEN):
        ana.sends(one)
        ana.reads(f"{one} .delivered", "Delivered")


def _is_mirrored(who: Hand) -> bool:
    """The questions stand to the left of the developments, nothing runs off the screen, Arabic letters are loaded."""
    who.sees("[...document.fonts].some((one) => one.family.includes('Arabic') && one.status === 'loaded')")
    return bool(
        who.device.tells(
            "document.documentElement.dir === 'rtl'"
            " && document.getElementById('questions').getBoundingClientRect().right"
            " <= document.getElementById('developments').getBoundingClientRect().left"
            " && document.documentElement.scrollWidth <= innerWidth"
        )
    )
