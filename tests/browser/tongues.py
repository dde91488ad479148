"""A delegation's tablet in four languages, photographed for `docs/answer.md`.

`python -m tests.browser.tongues [FOLDER]` writes to FOLDER, by default `docs/pictures`; with `--more` also as a phone
shows it and on paper, to be looked at and not kept. No test runs it.
"""

import argparse
import tempfile
from pathlib import Path

from playwright.sync_api import Browser, sync_playwright

from tests.browser.camera import HOUSE, PATIENCE, Camera
from tests.browser.words import ARGUMENTS, Demo, Person, demo, free_port, installed_browser

LANGUAGES = ("en", "th", "ar", "my")
HEADS = dict(zip(LANGUAGES, ("aruna", "coralis", "qasira", "belmar"), strict=True))
SAID = {
    "en": "We would ask our three neighbours for their lists of recruiters and tell them what our consulate knows.",
    "th": "เราจะขอรายชื่อนายหน้าจากประเทศเพื่อนบ้านทั้งสาม และแจ้งสิ่งที่สถานกงสุลของเราทราบ",
    "ar": "سنطلب من جيراننا الثلاثة قوائم الوسطاء لديهم ونبلغهم بما تعرفه قنصليتنا.",
    "my": "အိမ်နီးချင်း သုံးနိုင်ငံထံမှ အလုပ်စုဆောင်းသူများစာရင်း တောင်းခံပြီး ကျွန်ုပ်တို့၏ ကောင်စစ်ဝန်ရုံး သိသည်များကို ပြောပြပါမည်။",
}


def joined(browser: Browser, exercise: Demo, language: str, width: int, height: int) -> Person:
    """The head of a delegation, who chose this language at the door."""
    person = Person(browser, exercise.url, width, height)
    person.page.set_default_timeout(PATIENCE)
    person.page.goto(f"{exercise.url}/join?language={language}")
    person.page.goto(f"{exercise.url}/j/{exercise.code('head', HEADS[language])}")
    person.is_live()
    yes = person.page.locator(".joining button[value=yes]")
    if yes.count():
        yes.click()
        yes.wait_for(state="detached")
    return person


def takes(camera: Camera, browser: Browser, exercise: Demo, language: str, more: bool) -> None:
    """The tablet of one delegation, and with `more` its phone and its papers."""
    person = joined(browser, exercise, language, 1180, 820)
    person.writes("D1-01", "q3", SAID[language])
    person.sends("D1-01", "q3")
    person.delivered("D1-01", "q3")
    person.page.mouse.click(700, 120)
    person.page.locator("#asked, #told").evaluate_all("all => all.forEach((one) => one.scrollTo(0, 0))")
    camera.takes(f"tablet-{language}", person.page)
    if more:
        person.page.pdf(path=camera.folder / f"paper-{language}.pdf", prefer_css_page_size=True)
        person.page.set_viewport_size({"width": 390, "height": 844})
        camera.takes(f"phone-{language}", person.page)
        person.page.locator('.tabs a[href="#asked"]').click()
        camera.takes(f"phone-questions-{language}", person.page)
        person.page.goto(f"{person.page.url.partition('#')[0]}/report")
        person.page.pdf(path=camera.folder / f"record-{language}.pdf", prefer_css_page_size=True)
    person.context.close()


def main() -> None:
    """Set up, answer, photograph."""
    asked = argparse.ArgumentParser(prog="python -m tests.browser.tongues")
    asked.add_argument("folder", nargs="?", type=Path, default=HOUSE / "docs/pictures")
    asked.add_argument("--more", action="store_true", help="as a phone shows it and on paper too, to be looked at")
    given = asked.parse_args()
    with (
        tempfile.TemporaryDirectory() as folder,
        demo(Path(folder) / "data", free_port()) as exercise,
        sync_playwright() as playwright,
    ):
        browser = playwright.chromium.launch(executable_path=installed_browser(), args=ARGUMENTS)
        exercise.command("open_day")
        for inject in ("D1-01", "D1-02"):
            exercise.command("release", inject=inject)
        for language in LANGUAGES:
            takes(Camera(given.folder, missing=False), browser, exercise, language, given.more)
        browser.close()


if __name__ == "__main__":
    main()
