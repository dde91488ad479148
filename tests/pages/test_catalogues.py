"""The pages' languages: whole for whoever sits at a table, and English where a translation is missing or unsafe."""

from datetime import UTC, datetime
from pathlib import Path

import pytest
from babel.messages.catalog import Catalog, Message

from ttx.pages import regions
from ttx.pages.catalogues import Catalogues, fits, forms, read, translated
from ttx.pages.environment import Pages
from ttx.pages.tongues import direction, menu_name
from ttx.pages.wording import REGIONS, update, wording
from ttx.scenario.worded import worded
from ttx.settings import Settings

SETTINGS = Settings()
FOLDER = SETTINGS.templates.parent / "translations"
CODE = Path(regions.__file__).parents[1]
LANGUAGES = sorted(file.stem for file in FOLDER.glob("*.po"))
SAME = frozenset({
    "INTERPOL", "Panel", "Cable", "Radio", "Video", "Control", "Questions", "Option", "Rapporteur", "Evaluator",
    "Inject", "Pause", "Phase", "Contact", "Question", "PDF", "Agenda", "Table", "Organisations", "Android",
    "Windows", "iPad, iPhone, Mac",
    "Contacts", "Dates", "Minutes", "Modules", "Organisation", "Page", "Version",
    "Abstain", "Action", "Administrator", "Guides", "Note", "Notes", "Observation",
    "Tablet %(n)s", "Version %(n)s", "version %(n)s", "%%n min", "%(n)s min", "%%n h",
})  # fmt: skip
"""What reads in some language as it does in English, and was not left so by neglect."""

HEAD = '# Swahili.\n# Reviewed by: {by}\n# Covers: {covers}\nmsgid ""\nmsgstr ""\n"Language: sw\\n"\n'
PLURAL = '"Content-Type: text/plain; charset=utf-8\\n"\n"Plural-Forms: nplurals=2; plural=(n != 1);\\n"\n\n'


def swahili(
    folder: Path, *messages: tuple[str, str], by: str = "nobody", covers: str = "what delegations read"
) -> Pages:
    """Pages with two templates of a hall's kind, and a catalogue of these messages."""
    for name in ("templates", "static", "translations"):
        (folder / name).mkdir()
    body = "".join(f'msgid "{source}"\nmsgstr "{text}"\n\n' for source, text in messages)
    (folder / "translations" / "sw.po").write_text(HEAD.format(by=by, covers=covers) + PLURAL + body, "utf-8")
    page = '{{ _("Send") }} {{ _("%(n)s of %(m)s", n=1, m=1234) }} {{ ngettext("%(num)s vote", "%(num)s votes", 2) }}'
    for name in ("plenary.html", "console.html"):
        (folder / "templates" / name).write_text(page)
    return Pages(folder / "templates", folder / "static", UTC)


@pytest.fixture(scope="module")
def said():
    return wording(SETTINGS.templates, CODE)


def test_there_are_twenty_languages_beside_english():
    wanted = "ar bn es fa fr id ja km ko lo ms my ne si ta th ur vi zh"

    assert set(wanted.split()) <= set(LANGUAGES)
    assert [one for one in LANGUAGES if direction(one) == "rtl"] == ["ar", "fa", "ur"]
    assert {menu_name(one) for one in ("th", "ar", "fr", "zh")} == {"ไทย", "العربية", "Français", "简体中文"}


@pytest.mark.parametrize("language", LANGUAGES)
def test_everything_a_delegation_reads_is_translated(language: str, said):
    catalog = read(FOLDER / f"{language}.po")

    there = {one.id if isinstance(one.id, str) else tuple(one.id): one for one in catalog if one.id}
    assert said.read - {words for words, one in there.items() if translated(one)} == set(), "make words, then translate"
    assert [one.id for one in there.values() if not fits(one)] == []
    assert [words for words, one in there.items() if words in forms(one) and words not in SAME] == []


def test_staff_have_their_own_sentences_and_a_delegation_its_own(said):
    """A page's branches for another page are none of its own, nor are macros that it does not call."""
    assert {"Send answer", "Answer in your own words", "Phone", "Your delegation votes"} <= said.read
    assert {"Get the certificate", "How the exercise works", "Handling", "Record of a delegation"} <= said.read
    assert {"Expected to be heard", "Summary of day %(n)s", "Lost: send away, new code"} <= said.read
    for words in ("Pause", "Resume", "Announce", "Release now", "Stand down", "Countdown", "Let codes be enough"):
        assert words in said.places
        assert words not in said.read


def test_the_regions_whose_sentences_are_a_delegations_are_those_of_its_pages():
    """A region that a tablet or the hall gets and that is not named would be missing in every language."""
    own = {file.stem for file in (SETTINGS.templates / "regions").glob("*.html")}
    staff = {"undo", "run-head", "run", "session", "desk", "wall-head", "wall", "poll", "tables-head", "table", "hall",
             "look-head", "comms", "calls", "door", "hall-line", "closing"}  # fmt: skip

    assert REGIONS | staff == own
    assert REGIONS & staff == set()


def test_a_sentence_without_a_translation_is_said_in_english(tmp_path: Path):
    pages = swahili(tmp_path, ("Send", "Tuma"))

    assert pages.render("plenary.html", "sw") == "Tuma 1 of 1,234 2 votes"


def test_a_translation_that_does_not_fit_its_source_is_not_used(tmp_path: Path):
    pages = swahili(tmp_path, ("Send", "Tuma %(n)s"), ("%(n)s of %(m)s", "%(n)s kati ya 100 %"))

    assert pages.render("plenary.html", "sw") == "Send 1 of 1,234 2 votes"


def test_a_translation_brings_no_code_into_a_page(tmp_path: Path):
    pages = swahili(tmp_path, ("Send", '\\" onclick=x & y'))

    assert pages.render("plenary.html", "sw").startswith("&#34; onclick=x &amp; y 1 of")


def test_half_a_console_is_not_said_in_another_language(tmp_path: Path):
    pages = swahili(tmp_path, ("Send", "Tuma"))

    assert pages.render("console.html", "sw").startswith("Send")


def test_a_catalogue_for_everything_is_for_staff_too(tmp_path: Path):
    pages = swahili(tmp_path, ("Send", "Tuma"), covers="everything", by="Asha, 2 May 2026")

    assert pages.render("console.html", "sw").startswith("Tuma")
    assert pages.catalogues.tongue("sw").reviewed == "Asha, 2 May 2026"


def test_numbers_and_times_are_in_the_digits_of_the_language():
    pages = Pages(SETTINGS.templates, SETTINGS.static, UTC)
    at = datetime(2026, 11, 22, 9, 5, tzinfo=UTC)

    def shown(language: str) -> tuple[str, str]:
        with pages.speaking(language) as spoken:
            return pages.clock(at), spoken.number(1234)

    assert shown("my") == ("၀၉:၀၅", "၁,၂၃၄")
    assert shown("fa")[0] == "۰۹:۰۵"
    assert shown("id") == ("09.05", "1.234")
    assert shown("th") == ("09:05", "1,234")
    assert pages.clock(at) == "09:05"


def test_what_the_server_says_is_translated_with_its_facts():
    french = Catalogues(FOLDER).tongue("fr")

    assert french.say(worded("{gap} reads like this already.", gap="G3")) == "G3 est déjà rédigée ainsi."
    assert french.say("Nobody wrote this one.") == "Nobody wrote this one."
    assert french.say(worded("The exercise is paused: resume it before you {what}.", what="vote")).startswith(
        "L’exercice"
    )


@pytest.mark.parametrize("asked, language", [
    ("th", "th"), ("fr-CH, fr;q=0.9, en;q=0.8", "fr"), ("sw, ar;q=0.5", "ar"), ("zh-TW,zh;q=0.9", "zh-hant"),
    ("en-US,en;q=0.9", "en"), ("", "en"), ("de, *;q=0.1", "en"), ("th;q=0, vi;q=0.2", "vi"),
])  # fmt: skip
def test_a_browsers_wish_is_met_where_it_can_be(asked: str, language: str):
    assert Catalogues(FOLDER).wanted(asked) == language


def test_bringing_a_catalogue_up_to_date_keeps_what_people_wrote(said):
    catalog = Catalog(locale="sw", header_comment="# Swahili.\n# Reviewed by: nobody\n# Covers: what delegations read")
    catalog.add("Send", "Tuma", user_comments=["asked Asha"])
    catalog.add("Not said any more", "Kale")
    catalog.add("Release now", "Toa sasa")

    renewed = update(catalog, said)

    def text(words: str) -> Message:
        found = renewed.get(words)
        assert found is not None
        return found

    assert (text("Send").string, text("Send").user_comments) == ("Tuma", ["asked Asha"])
    assert text("Release now").string == "Toa sasa"
    assert renewed.get("Not said any more") is None
    assert not text("Send answer").string
    assert renewed.get("Resume") is None
    assert "Reviewed by: nobody" in renewed.header_comment
