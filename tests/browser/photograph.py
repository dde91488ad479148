"""Two days of Lantern Tide in a real browser, photographed screen by screen for `docs/a-day.md`.

`python -m tests.browser.photograph [FOLDER]` sets up an exercise of twelve delegations at five tables, plays it as its
people would, and writes small PNG files to FOLDER, by default `docs/pictures/day`. It takes a few minutes; no test
runs it. `--crowd` photographs sixteen delegations with long names instead, to be looked at and not kept.
"""

import argparse
import tempfile
from pathlib import Path

from playwright.sync_api import expect, sync_playwright

from tests.browser.camera import HOUSE, Camera, Day, exercise
from tests.browser.words import ARGUMENTS, installed_browser


def before(day: Day) -> None:
    """A code is typed, a rehearsal times the day, connections are checked; nothing is open yet."""
    lead, page = day.lead, day.lead.page
    console = page.url
    day.stranger(390, 844, "before-join", day.demo.url)
    page.goto(f"{console}/rehearsal")
    day.takes("before-rehearsal", page)
    page.get_by_label("How fast they are").select_option("60")
    page.get_by_role("button", name="Rehearse this exercise").click()
    expect(page.locator("#progress dd").first).to_have_text("14 of 14")
    with lead.context.expect_page() as opened:
        page.get_by_role("link", name="Open its console").click()
    rehearsed = opened.value
    for name in ("Open day 1", "Release now", "Release now"):
        page.wait_for_timeout(900)  # a press within 0.7 s of a change is not taken
        rehearsed.get_by_role("button", name=name).click()
    rehearsed.wait_for_timeout(20_000)  # 20 minutes of the story: most have answered by then
    rehearsed.close()
    page.reload()
    day.takes("before-rehearsing", page)
    page.get_by_role("button", name="Stop and show the figures").click()
    page.get_by_text("What tablets waited for").first.wait_for()
    day.takes("before-figures", page)
    page.goto(console)
    lead.is_live()
    day.takes("before-tablet", day.aruna.page)
    day.takes("before-hall", day.hall.page, 2)
    day.does("check_comms")
    page.wait_for_timeout(1500)
    day.takes("before-check", page)


def morning(day: Day) -> None:
    """The day is opened and the first developments go out: two acts to the first, one for each after that."""
    lead, page = day.lead, day.lead.page
    lead.presses("Open day 1")
    lead.sees("Release now")
    day.takes("console-open", page)
    day.releases()
    day.takes("console-released", page)
    day.takes("tablet-first", day.aruna.page)
    day.takes("tablet-portrait", day.coralis.page)
    day.takes("tablet-phone", day.sundara.page)
    day.takes("hall-story", day.hall.page, 2)
    day.takes("hall-story-from-afar", day.hall.page, 4)
    qasira = day.person("head", 1024, 768, "qasira")
    day.takes("tablet-arabic", qasira.page)
    qasira.context.close()
    dark = day.person("head", 1024, 768, "nuvara", color_scheme="dark")
    day.takes("tablet-dark", dark.page)
    dark.context.close()
    day.answers("D1-01")
    day.aruna.page.locator('[id="question:D1-01:q3"] textarea').first.fill(
        "We would ask our three neighbours for their"
    )
    day.takes("console-answers", page)
    day.shows("hall-question", "question", "D1-01:q1")
    day.shows("hall-agenda", "agenda", quarter=True)
    day.shows("hall-speaker", "speaker", "d1-opening")
    day.shows("hall-panel", "speaker", "d1-panel")
    day.shows("hall-development", "development", "D1-01")
    day.shows("hall-questions", "question", "D1-01")
    day.shows("hall-map", "map")
    day.does("show", view="story")
    day.hall.page.locator(".hall-story").wait_for()
    day.hall.context.set_offline(True)
    day.hall.page.get_by_text("No connection. You see the picture of").wait_for()
    day.takes("hall-offline", day.hall.page, 2)
    day.hall.context.set_offline(False)
    day.hall.is_live()
    page.get_by_role("button", name="Hall", exact=True).click()
    day.dialog("console-hall")
    page.get_by_label("More", exact=True).click()
    day.takes("console-more", page)
    with lead.context.expect_page() as opened:
        page.get_by_role("link", name="Coralis").click()
    opened.value.set_viewport_size({"width": 1024, "height": 768})
    opened.value.locator("#chip[data-state=live]").wait_for()
    day.takes("as-a-delegation", opened.value)
    opened.value.close()
    page.get_by_label("More", exact=True).click()
    page.keyboard.press("?")
    day.dialog("console-keys")


def words_and_tables(day: Day) -> None:
    """Other words before a release, some tables first, a plan, a case from the library, a pause."""
    lead, page = day.lead, day.lead.page
    lead.presses("Change words")
    page.locator("#reword [name=title]").fill("Job adverts for Kalessa reach three more universities")
    day.dialog("console-words", kept=True)
    page.get_by_role("button", name="Keep these words").click()
    page.locator("#desk .menu summary").click()
    page.wait_for_timeout(800)
    page.locator("#desk").get_by_role("button", name="To some tables first").click()
    page.locator("#to-tables").get_by_label("Table 1").check()
    day.dialog("console-tables", kept=True)
    page.get_by_role("button", name="Release to these tables").click()
    day.hands("D1-02")
    day.takes("console-in-part", page)
    page.wait_for_timeout(800)
    day.releases()
    page.wait_for_url(lambda url: "inject=" not in url)
    lead.is_live()
    lead.presses("Ad-hoc inject")
    page.locator("[data-case]").select_option(label="A second boat")
    day.dialog("console-case", kept=True)
    text = page.locator("#adhoc [name=text]")
    text.fill(text.input_value().replace("[position]", "grid 585, 410").replace("[number]", "40"))
    page.locator("#adhoc").get_by_label("Release it at once").check()
    page.get_by_role("button", name="Add and release it now").click()
    page.locator("#adhoc").wait_for(state="hidden")
    day.does("timer", seconds=900)
    day.does("schedule", inject="D1-03", with_timer=True)
    day.hands("D1-03")
    day.takes("console-planned", page)
    day.does("pause")
    day.takes("console-paused", page)
    day.takes("tablet-paused", day.aruna.page)
    day.takes("hall-paused", day.hall.page, 2)
    day.does("resume")
    day.does("unschedule", inject="D1-03")
    day.does("timer", seconds=0)
    page.get_by_role("link", name="Back to what comes next").click()
    lead.is_live()
    for inject in ("D1-03", "D1-04", "D1-05"):
        day.releases()
        day.answers(inject)
    day.does("release", inject="D1-09")
    day.hands("D1-09")
    day.takes("console-reserve", page)
    page.get_by_role("link", name="Back to what comes next").click()
    lead.is_live()


def by_vote(day: Day) -> None:
    """A decision of delegations: hidden, a tie, a second round, revealed, taken."""
    lead, page = day.lead, day.lead.page
    day.releases()
    day.hands("D1-06")
    lead.presses("Open a vote")
    day.dialog("console-open-vote", kept=True)
    page.locator("#open-vote").get_by_role("button", name="Open the vote").click()
    for name, option in zip(("belmar", "tamarinda", "valmoray", "IOM"), "ABAB", strict=True):
        day.says(name, "vote", inject="D1-06", option=option)
    day.takes("console-vote", page)
    day.aruna.page.locator("#ballot-call [data-go]").click()
    day.aruna.page.locator("#ballot-call").wait_for(state="hidden")
    day.takes("tablet-ballot", day.aruna.page)
    day.takes("tablet-ballot-called", day.coralis.page)
    day.takes("hall-ballot", day.hall.page, 2)
    day.says("aruna", "vote", inject="D1-06", option="A")
    day.says("coralis", "vote", inject="D1-06", option="B")
    lead.presses("Close the vote")
    lead.sees("Second round: A, B")
    day.takes("console-tie", page)
    lead.presses("Second round: A, B")
    lead.sees("Round 2")
    for name, option in zip(("belmar", "tamarinda", "valmoray", "IOM", "aruna"), "ABAAA", strict=True):
        day.says(name, "vote", inject="D1-06", option=option)
    day.shows("hall-vote-hidden", "vote", "D1-06")
    day.takes("tablet-voted", day.aruna.page)
    lead.presses("Reveal")
    day.takes("hall-vote", day.hall.page, 2)
    day.takes("hall-vote-from-afar", day.hall.page, 4)
    lead.presses("Close the vote")
    lead.presses("Take it: A")
    page.wait_for_url(lambda url: "inject=" not in url)
    lead.is_live()
    day.takes("console-decided", page)
    day.does("show", view="story")
    day.releases()
    day.answers("D1-07A", but=())
    day.shows("hall-timeline", "timeline")


def help_and_halt(day: Day) -> None:
    """A call for help, the people beside the tables, and a real emergency."""
    lead, page = day.lead, day.lead.page
    day.says("coralis", "call", sense="help", text="We cannot read the map from here.")
    day.does("tell", table="T3", sense="nudge")
    day.takes("console-help", page)
    day.takes("tablet-nudged", day.coralis.page)
    page.get_by_role("button", name="Messages with Table 3").click()
    day.dialog("console-messages")
    day.coralis.page.get_by_role("button", name="Write to control").click()
    day.takes("tablet-messages", day.coralis.page)
    day.coralis.page.keyboard.press("Escape")
    day.does("settle_help", message=max(one["seq"] for one in day.entries() if one["kind"] == "MessageSent") - 1)
    facilitator = day.person("table_facilitator", 1280, 800)
    day.takes("table-facilitator", facilitator.page)
    facilitator.context.close()
    evaluator = day.person("evaluator", 1024, 768)
    day.takes("evaluator", evaluator.page)
    evaluator.context.close()
    page.get_by_role("button", name="Emergency").click()
    page.locator("#stop-all textarea").fill("Leave by the north stairs and meet at the gate.")
    day.dialog("console-emergency", kept=True)
    page.get_by_role("button", name="Stop everything now").click()
    page.get_by_role("alertdialog", name="This is a real-world emergency").wait_for()
    day.takes("emergency-console", page)
    day.takes("emergency-hall", day.hall.page, 2)
    day.takes("emergency-tablet", day.sundara.page)
    lead.presses("Stand down")
    lead.presses("Stand down")
    lead.presses("Resume")
    lead.sees("Ad-hoc inject")
    day.does("release", inject="D1-08")
    day.answers("D1-08", but=())


SAID = {
    "aruna": ("strength", "The coordination centres called one another within minutes."),
    "tamarinda": ("gap", "Nobody had a list of who decides on a port at night."),
    "coralis": ("gap", "Two tables counted the same boat as two."),
    "valmoray": ("surprise", "The tanker's master asked for a guarantee before he turned."),
    "UNHCR": ("gap", "Interpreters were asked for after the landing, not before."),
}
SUMMARY = (
    "The tables agree that one centre leads from the first call. Whether the nearest port must open at night is "
    "disputed. Who pays the tanker for its delay stays open."
)


def evening(day: Day) -> None:
    """Hot wash, the wall of gaps, summaries; the day is closed."""
    page = day.lead.page
    page.locator("#tab-look").click()
    day.does("open_hot_wash")
    for name, (sense, text) in SAID.items():
        day.says(name, "note_hot_wash", sense=sense, text=text)
    for name, gaps in (("aruna", ["G1", "G3"]), ("belmar", ["G2", "G1"]), ("valmoray", ["G1"]), ("IOM", ["G3"])):
        day.says(name, "rank_gaps", gaps=gaps)
        day.says(name, "test_gap", gap=gaps[0], verdict="holds")
    day.takes("console-hot-wash", page)
    day.takes("tablet-hot-wash", day.aruna.page)
    page.locator("#gaps").scroll_into_view_if_needed()
    day.takes("console-gaps", page)
    day.shows("hall-gaps", "gaps", quarter=True)
    day.does("close_hot_wash")
    for table in ("T1", "T2"):
        day.does("summarise", table=table, text=SUMMARY)
        version = max(one["seq"] for one in day.entries() if one["kind"] == "SummaryWritten")
        if table == "T1":
            day.does("approve_summary", table=table, day=1, version=version)
    rapporteur = day.person("rapporteur", 1024, 768)
    day.takes("rapporteur", rapporteur.page)
    rapporteur.context.close()
    day.shows("hall-summary", "summary")
    day.shows("hall-blank", "blank")
    day.does("show", view="summary")
    page.locator("#tab-answers").click()
    day.does("close_day")
    day.takes("console-closed", page)
    day.shows("hall-recap", "recap")
    day.does("show", view="summary")
    day.aruna.page.get_by_role("link", name="Recap of the days held").click()
    day.takes("recap", day.aruna.page)
    day.aruna.page.go_back()
    day.aruna.is_live()
    page.goto(f"{page.url.split('?')[0]}/recap")
    day.takes("console-recap", page)


def second_day(day: Day) -> None:
    """The hard way of a decision, by a binding vote of tables; then each table its own way, and together again."""
    lead, page = day.lead, day.lead.page
    page.goto(f"{day.demo.url}/j/{day.demo.code('lead_facilitator')}")
    lead.is_live()
    lead.presses("Open day 2")
    lead.sees("Release now")
    day.takes("day-2-hall", day.hall.page, 2)
    for inject in ("D2-01", "D2-02", "D2-03", "D2-04"):
        day.does("release", inject=inject)
        day.answers(inject)
    day.does("open_vote", inject="D2-04")
    for table, option in zip(("T1", "T2", "T3", "T4", "T5"), "BBAB ", strict=True):
        if option != " ":
            day.does("vote", inject="D2-04", voter=table, option=option)
    day.does("close_vote", inject="D2-04")
    day.hands("D2-04")
    page.locator("#tab-vote").click()
    day.takes("console-tables-voted", page)
    for inject in ("D2-05B", "D2-06", "D2-06T"):
        day.does("release", inject=inject)
    day.takes("tablet-choice", day.aruna.page)
    for table, option in zip(("T1", "T2", "T4"), "LSL", strict=True):
        day.does("choose_for_table", inject="D2-06T", table=table, option=option)
    day.hands("D2-06T")
    day.takes("console-each-table", page)
    day.hands("D2-06L")
    day.takes("console-only-to", page)
    day.releases()
    day.hands("D2-07")
    day.takes("console-meet", page)
    day.does("close_day")
    day.lead.sees("No day is open")
    for name, address in (("replay", "replay"), ("report", "report"), ("seats", "seats")):
        page.goto(f"{day.demo.url}/s/{page.url.split('/s/')[1].split('/')[0].split('?')[0]}/{address}")
        if name == "replay":
            page.get_by_text("Inject released: D1-05").click()
        page.wait_for_timeout(2500)
        day.takes(name, page)


def at_noon(day: Day) -> None:
    """The way to the decision without a picture."""
    day.does("open_day")
    for inject in ("D1-01", "D1-02", "D1-03", "D1-04", "D1-05"):
        day.does("release", inject=inject)
    day.answers("D1-05", but=())
    day.lead.sees("D1-06")


ACTS = (before, morning, words_and_tables, by_vote, help_and_halt, evening, second_day)


def crowded(day: Day) -> None:
    """Sixteen delegations with long names, and the dark, for the eye."""
    page = day.lead.page
    day.does("open_day")
    day.does("release", inject="D1-01")
    day.answers("D1-01", but=())
    day.takes("crowd-console", page)
    for inject in ("D1-02", "D1-03", "D1-04", "D1-05", "D1-06"):
        day.does("release", inject=inject)
    day.does("open_vote", inject="D1-06", hidden=False)
    for name in day.heads():
        day.says(name, "vote", inject="D1-06", option="A" if len(name) > 6 else "B")
    page.locator("#tab-vote").click()
    day.takes("crowd-vote", page)
    day.says("long1", "call", sense="help", text="Our table needs an interpreter, and a second one by noon.")
    day.does("open_hot_wash")
    for name in day.heads():
        day.says(name, "note_hot_wash", sense="gap", text=f"Nobody at the table could say who calls {name} at night.")
    page.locator("#tab-look").click()
    day.takes("crowd-hot-wash", page)
    day.shows("crowd-gaps", "gaps")
    day.shows("crowd-hall", "vote", "D1-06")
    for name, role, wide, high, delegation in (
        ("crowd-phone", "head", 390, 844, "long1"),
        ("crowd-tablet", "head", 1024, 768, "long2"),
        ("crowd-dark", "lead_facilitator", 1366, 768, None),
        ("crowd-table", "table_facilitator", 1280, 800, None),
        ("crowd-evaluator", "evaluator", 1024, 768, None),
    ):
        person = day.person(role, wide, high, delegation, color_scheme="dark")
        day.takes(name, person.page)
        person.context.close()
    page.goto(f"{page.url.split('?')[0]}/recap")
    day.does("close_day")
    page.reload()
    day.takes("crowd-recap", page)


def main() -> None:
    """Set up, play, photograph."""
    asked = argparse.ArgumentParser(description=__doc__.splitlines()[0] if __doc__ else "")
    asked.add_argument("folder", nargs="?", type=Path, default=HOUSE / "docs/pictures/day")
    asked.add_argument("--crowd", action="store_true", help="sixteen delegations with long names, to be looked at")
    asked.add_argument("--missing", action="store_true", help="only the pictures that the folder has not got")
    asked.add_argument("--from-noon", action="store_true", help="begin at the decision of the first day")
    asked.add_argument("--port", type=int, default=8140)
    given = asked.parse_args()
    with (
        tempfile.TemporaryDirectory() as folder,
        exercise(Path(folder), given.port, given.crowd) as demo,
        sync_playwright() as playwright,
    ):
        browser = playwright.chromium.launch(executable_path=installed_browser(), args=ARGUMENTS)
        day = Day(browser, demo, Camera(given.folder, given.missing))
        late = (at_noon, *ACTS[ACTS.index(by_vote) :])
        for act in (crowded,) if given.crowd else late if given.from_noon else ACTS:
            act(day)
        browser.close()


if __name__ == "__main__":
    main()
