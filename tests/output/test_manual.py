"""Manuals: the one for participants gives nothing away, the one for controllers holds everything, and both are papers
that people can read, print and go on editing."""

import time
from collections.abc import Iterator
from typing import Any

import pytest
from docx.enum.text import WD_ALIGN_PARAGRAPH
from docx.oxml.ns import qn
from hypothesis import given, settings
from hypothesis import strategies as st

from tests.output.words import (
    before,
    controllers,
    docx_text,
    lantern_tide,
    lantern_tide_in_word,
    pdf_places,
    pdf_texts,
    sitman,
    squeezed,
    word,
)
from tests.words import inject, picture, small_scenario, told_scenario
from ttx.output.manual import situation_manual
from ttx.output.paper import Figure, Run, Text, rightward, within
from ttx.output.pdf import as_pdf
from ttx.output.prose import prose
from ttx.scenario.model import Inject, Scenario
from ttx.scenario.translations import texts_of

HOSTILE = (
    '#include "/etc/passwd"',
    '#read("/etc/hostname")',
    '#panic("x")',
    "$x^2$ @ref <label>",
    "\\ #set page(width: 1cm)",
    "= heading // gone /* gone */",
    "<script>alert(1)</script>",
    "]{ #",
)


def small(**changes: object) -> Scenario:
    return Scenario.model_validate({**small_scenario(), **changes})


def with_canaries() -> Scenario:
    """The small scenario with a word of its own, which stands nowhere else, in everything the exercise tells."""
    data = small_scenario()
    for number, one in enumerate(found for day in data["days"] for found in day["injects"]):
        mark = f"Canary{number}"
        one |= {
            "title": f"{mark}Title",
            "text": f"{mark}Text",
            "notes": f"{mark}Notes",
            "sender": f"{mark}Sender",
            "expected": [f"{mark}Expected"],
            "picture": {"file": "boat.png", "alt": f"{mark}Alt", "caption": f"{mark}Caption"},
            "map": [*one.get("map", []), {"do": "alert", "place": "Ellory", "label": f"{mark}Alert"}],
        }
        for asked in one.get("questions", []):
            asked["ask"] = f"{mark}Ask"
            asked["options"] = {key: f"{mark}Option{key}" for key in asked.get("options", {})}
            asked |= {"low": f"{mark}Low", "high": f"{mark}High"} if asked.get("kind") == "scale" else {}
        for key, option in one.get("branch", {}).get("options", {}).items():
            option["label"] = f"{mark}Branch{key}"
    data["storylines"] = {"boat": {"name": "CanaryStoryline", "about": "CanaryStorylineAbout"}}
    data["variables"]["port"]["label"] = "CanaryVariable"
    data["map"]["tokens"]["pallas"]["name"] = "CanaryToken"
    data["map"]["routes"]["crossing"]["name"] = "CanaryRoute"
    data["map"]["borders"]["regions"] |= {"name": "CanaryBorder", "label": [450, 100]}
    data["map"]["places"]["Pen"] = {"name": "CanaryCompound", "at": [300, 300], "kind": "compound"}
    data["translations"] = {"fr": {"D1-01.title": {"of": "00000000", "text": "CanaryTranslation"}}}
    return Scenario.model_validate(data)


def told(scenario: Scenario) -> Iterator[str]:
    """Every text that the exercise tells, longer than a word or two that may stand anywhere."""
    injects: list[Inject] = [one for day in scenario.days for one in day.injects]
    for one in injects:
        yield from (line.strip("- ").replace("*", "") for text in texts_of(one).values() for line in text.splitlines())
    chart = scenario.map
    for things in (chart.tokens, chart.routes, chart.borders, scenario.storylines):
        yield from (thing.about for thing in things.values())
    yield from (thing.name for thing in chart.tokens.values())


class TestWhatParticipantsGet:
    def test_nothing_that_is_told_later_stands_in_it(self) -> None:
        paper = sitman(with_canaries())

        assert "Canary" not in docx_text(word(paper))
        assert "Canary" not in "".join(pdf_texts(as_pdf(paper)))
        drawings = [one.content for one in paper.blocks if isinstance(one, Figure)] + [paper.cover.picture or b""]
        assert [b"Canary" in one for one in drawings] == [False, False]

    def test_the_canaries_would_be_seen(self) -> None:
        paper = controllers(with_canaries())

        for text in (docx_text(word(paper)), "".join(pdf_texts(as_pdf(paper)))):
            seen = {
                one
                for one in ("Title", "Text", "Notes", "Sender", "Expected", "Ask", "Alert")
                if f"Canary0{one}" in text
            }
            assert seen == {"Title", "Text", "Notes", "Sender", "Expected", "Ask", "Alert"}

    def test_of_lantern_tide_no_sentence_that_is_told_stands_in_it(self) -> None:
        scenario = lantern_tide()
        paper = sitman(scenario)
        written, set_ = squeezed(docx_text(lantern_tide_in_word(sitman))), squeezed("".join(pdf_texts(as_pdf(paper))))

        long = {squeezed(text) for text in told(scenario) if len(text) > 24}
        names = {squeezed(token.name) for token in scenario.map.tokens.values()}
        # Options name groups and organisations, which everybody knows beforehand.
        long -= {squeezed(one.name) for one in (*scenario.groups.values(), *scenario.organisations.values())}

        assert len(long) > 1000
        assert [text for text in long | names if text in written or text in set_] == []

    def test_it_has_what_a_situation_manual_has(self) -> None:
        scenario = lantern_tide()
        text = docx_text(lantern_tide_in_word(sitman))

        assert [title for title in (
            "Purpose and scope", "Objectives", "Capabilities", "Rules", "Assumptions and artificialities",
            "Participants and groups", "Agenda", "Background", "Modules", "Glossary", "Answering on the tablet",
            "If something real happens",
        ) if title not in text] == []  # fmt: skip
        wanted = [*scenario.rules, *scenario.assumptions, *(q for day in scenario.days for q in day.questions)]
        wanted += [session.title for day in scenario.days for session in day.sessions]
        assert [line for line in wanted if line not in text] == []

    def test_the_questions_of_a_day_are_printed_and_those_of_an_inject_are_not(self) -> None:
        data = small_scenario()
        data["days"][0]["questions"] = ["Who would you call first?"]
        text = docx_text(word(sitman(Scenario.model_validate(data))))

        assert "Who would you call first?" in text
        assert inject(data, "D1-01")["questions"][0]["ask"] not in text
        assert text.count("To think about beforehand") == 1

    def test_the_map_has_open_places_and_the_borders_that_no_inject_brings(self) -> None:
        data = small_scenario()
        data["map"]["borders"]["old"] = {"name": "Old frontier", "points": [[0, 0], [9, 9]], "label": [90, 90]}
        chart = before(Scenario.model_validate(data)).chart or b""

        assert [name in chart for name in (b"Old frontier", b"Ellory", b"Rescue regions")] == [True, True, False]

    def test_dates_and_place_are_printed_or_left_to_be_filled_in(self) -> None:
        given_ = situation_manual(before(small(), "23 to 27 November", "Hall 2"))

        assert "23 to 27 November" in docx_text(word(given_))
        assert "Dates\n____" in docx_text(word(sitman(small())))

    def test_speakers_stand_in_the_agenda_with_their_office_and_topic(self) -> None:
        text = docx_text(word(sitman(Scenario.model_validate(told_scenario()))))

        assert "CoffeeInes Caldera, Harbour master of Ellory: A quay by nightTomas Wren\nPanel" in text  # broken lines
        assert "before dawn" not in text


class TestWhatControllersGet:
    def test_who_decides_and_by_which_rules_stands_with_the_decision_and_in_the_overview(self) -> None:
        text = docx_text(word(controllers(Scenario.model_validate(told_scenario()))))

        rules = "A vote of tables: hidden until it is revealed, quorum of 60 per cent, its result is the decision"
        assert text.count(rules) == 2
        assert "In the story" in text
        assert "Tuesday, before dawn" in text
        assert "The facilitator, for all" in docx_text(word(controllers(small())))

    def test_every_text_of_every_inject_stands_in_it(self) -> None:
        scenario = lantern_tide()
        written = squeezed(docx_text(lantern_tide_in_word(controllers)))

        missing = [
            address
            for day in scenario.days
            for one in day.injects
            for address, text in texts_of(one).items()
            if not address.endswith((".text", ".notes", ".alt", ".caption")) and squeezed(text) not in written
        ]

        assert missing == []

    def test_a_decision_says_what_its_options_change_later(self) -> None:
        text = docx_text(word(controllers(small())))

        assert "D2-02 is told" in text
        assert "Taken when skipped." in text
        assert "Port of landing” is Ellory" in text

    def test_the_picture_of_an_inject_is_shown_or_described(self) -> None:
        data = small_scenario()
        inject(data, "D1-01")["picture"] = {"file": "boat.png", "alt": "A boat by night"}
        scenario = Scenario.model_validate(data)

        shown, described = (word(controllers(scenario, given_)) for given_ in ({"boat.png": picture()}, {}))

        alts = [one.get("descr") for one in shown.element.body.iter(qn("wp:docPr"))]
        assert "A boat by night" in alts
        assert "A boat by night" in docx_text(described)

    def test_boxes_to_tick_stand_beside_what_one_expects_to_hear(self) -> None:
        data = small_scenario()
        inject(data, "D1-01")["expected"] = ["Call the centre"]
        document = word(controllers(Scenario.model_validate(data)))

        rows = [[cell.text for cell in row.cells] for table in document.tables for row in table.rows]

        assert ["Call the centre", *["\u2610"] * 5] in rows
        assert ["Expected action", "P", "S", "M", "U", "N"] in rows


class TestPdf:
    def test_every_page_bears_marking_label_and_number(self) -> None:
        for paper in (sitman(lantern_tide()), controllers(small())):
            printed = pdf_texts(as_pdf(paper))

            assert len(printed) > 5
            assert [n for n, text in enumerate(printed) if "EXERCISE EXERCISE EXERCISE" not in text] == []
            assert [n for n, text in enumerate(printed) if text.count("TLP:AMBER") < 2] == []
            assert [n for n, text in enumerate(printed, 1) if n > 1 and f"Page {n} of {len(printed)}" not in text] == []

    def test_it_is_accessible_and_has_an_outline(self) -> None:
        content = as_pdf(sitman(lantern_tide()))

        assert b"pdfuaid" in content
        assert all(mark in content for mark in (b"/StructTreeRoot", b"/Outlines", b"/Lang(en)", b"/Alt"))

    @pytest.mark.parametrize("text", HOSTILE)
    def test_what_looks_like_markup_prints_as_it_is_written(self, text: str) -> None:
        data = small_scenario()
        data |= {"title": f"A {text}", "rules": [f"B {text}"], "assumptions": [f"C {text}"]}
        inject(data, "D1-01").update(title=f"D {text}", text=f"E `{text}`", sender=f"F {text}", expected=[f"G {text}"])
        data["map"]["places"]["Ellory"]["name"] = f"H {text}"[:60]

        printed = squeezed("".join(pdf_texts(as_pdf(controllers(Scenario.model_validate(data))))))

        assert [one for one in "ABCDEFG" if squeezed(f"{one} {text}") not in printed] == []

    @given(st.text(st.characters(codec="utf-8", exclude_categories=["Cc", "Cs", "Cn", "Co"]), min_size=1, max_size=150))
    @settings(max_examples=8, deadline=None)
    def test_whatever_is_written_can_be_printed(self, text: str) -> None:
        scenario = small().model_copy(update={"title": text, "summary": text, "rules": (text,)})

        assert as_pdf(sitman(scenario)).startswith(b"%PDF-")
        assert text in docx_text(word(sitman(scenario))) or "\n" in text

    def test_a_letter_without_a_font_is_told_on_the_cover(self) -> None:
        content = as_pdf(sitman(small(summary="\u2fff")))

        assert "has no font for some of its letters" in pdf_texts(content)[0]

    def test_a_manual_is_set_within_seconds(self) -> None:
        as_pdf(sitman(small()))  # looks for this machine's fonts
        for paper in (sitman(lantern_tide()), controllers(lantern_tide())):
            began = time.process_time()
            as_pdf(paper)

            assert time.process_time() - began < 10


class TestWord:
    def test_it_is_made_of_styles(self) -> None:
        document = lantern_tide_in_word(controllers)
        used = {paragraph.style.name for paragraph in document.paragraphs}

        assert {"Title", "Heading 1", "Heading 2", "Heading 3", "List Number", "List Bullet", "Body Text"} <= used
        assert "Normal" not in used

    def test_no_empty_paragraph_stands_for_a_space(self) -> None:
        for make in (sitman, controllers):
            document = lantern_tide_in_word(make)
            empty = [p.style.name for p in document.paragraphs if not p.text and not p._p.xpath(".//w:drawing")]

            assert set(empty) <= {"After Table"}, "Word takes two tables for one unless something stands between"

    def test_the_head_of_a_table_is_repeated_and_no_row_is_cut(self) -> None:
        tables = [one for one in lantern_tide_in_word(sitman).tables if one.style.name == "Paper Table"]

        assert len(tables) > 5
        for table in tables:
            first, *rest = table.rows
            assert first._tr.xpath("./w:trPr/w:tblHeader")
            assert all(row._tr.xpath("./w:trPr/w:cantSplit") for row in rest)

    def test_what_leads_to_a_table_or_a_list_stays_on_its_page(self) -> None:
        document = lantern_tide_in_word(controllers)
        kept = {one.style_id for one in document.styles if getattr(one, "paragraph_format", None)
                and one.paragraph_format.keep_with_next}  # fmt: skip
        heading: list[Any] = []
        for table in document.element.body.iter(qn("w:tbl")):
            above = table.getprevious()
            if table.tblPr.style == "PaperFacts":
                heading += [line for line in table.tr_lst[-1].iter(qn("w:p")) if "".join(line.itertext()).strip()]
            elif above is not None and above.tag == qn("w:p"):
                heading.append(above)
        heading += [line for line in document.element.body.iter(qn("w:p"))
                    if "".join(line.itertext()) == "Expected to be heard"]  # fmt: skip

        assert len(heading) > 200
        assert [
            "".join(line.itertext())
            for line in heading
            if line.style not in kept and not line.xpath("./w:pPr/w:keepNext")
        ] == []

    def test_every_numbered_list_begins_anew(self) -> None:
        document = lantern_tide_in_word(sitman)
        lists: dict[str, int] = {}
        for paragraph in document.paragraphs:
            for number in paragraph._p.xpath("./w:pPr/w:numPr/w:numId/@w:val"):
                lists[number] = lists.get(number, 0) + 1

        assert len(lists) > 8
        assert max(lists.values()) <= 10

    def test_pictures_say_what_they_show_and_the_document_what_it_is(self) -> None:
        document = lantern_tide_in_word(sitman)
        core = document.core_properties

        alts = [one.get("descr") for one in document.element.body.iter(qn("wp:docPr"))]
        assert [bool(alt) for alt in alts] == [False, True]
        assert "decorative" in document.element.xml
        assert (core.title, core.language) == ("Exercise Lantern Tide: Situation manual", "en")
        assert "EXERCISE EXERCISE EXERCISE" in core.keywords

    def test_what_runs_from_right_to_left_says_so(self) -> None:
        document = word(sitman(small(language="ar", rules=["اكتب باسم وفدك.", "Plain."])))

        (line,) = [one for one in document.paragraphs if one.text.startswith("اكتب")]
        (other,) = [one for one in document.paragraphs if one.text == "Plain."]
        assert line._p.xpath("./w:pPr/w:bidi")
        assert line._p.xpath("./w:r/w:rPr/w:rtl")
        assert line._p.xpath("./w:r/w:rPr/w:lang/@w:bidi") == ["ar"]
        assert not other._p.xpath("./w:pPr/w:bidi")


class TestRightToLeft:
    """A paper in Arabic runs from right to left as a whole, not letter by letter."""

    def test_in_word_the_sheet_its_tables_and_its_lists_do(self) -> None:
        document = word(sitman(small(language="ar", rules=["اكتب باسم وفدك.", "Plain."])))

        sheet = document.element.body.sectPr
        assert [len(sheet.xpath(f"./w:{name}")) for name in ("bidi", "rtlGutter")] == [1, 1]
        tables = [one._tbl for one in document.tables]
        assert len(tables) > 3
        assert [one for one in tables if not one.xpath("./w:tblPr/w:bidiVisual")] == []
        assert document.styles["Normal"].element.xpath("./w:pPr/w:bidi")
        (_, english) = [one for one in document.paragraphs if one.text == "How the exercise works"]
        assert english._p.xpath("./w:pPr/w:bidi/@w:val") == ["0"]
        assert english.alignment == WD_ALIGN_PARAGRAPH.RIGHT
        (item,) = [one for one in document.paragraphs if one.text == "Plain."]
        assert not item._p.xpath("./w:pPr/w:bidi")

    def test_in_word_an_english_paper_says_nothing_of_it(self) -> None:
        document = word(sitman(small()))

        assert document.element.xpath("//w:bidi | //w:bidiVisual | //w:rtlGutter") == []

    def test_in_print_the_first_column_stands_at_the_right(self) -> None:
        """By where typst writes a table's head: the first one of an English paper is left of the second."""

        english, arabic = (pdf_places(as_pdf(sitman(small(language=language)))) for language in ("en", "ar"))
        assert english["Role"] < 100 < english["What it does"]
        assert arabic["Role"] > 400 > arabic["What it does"] > 250
        assert english["Agenda"] < 100 < 400 < arabic["Agenda"]


@pytest.mark.parametrize(
    "text,way", [("D1-01 نتصل", True), ("نتصل", True), ("09:30", True), ("", True), ("In their own words", False)]
)
def test_on_a_sheet_from_right_to_left_a_single_letter_decides(text: str, way: bool) -> None:
    assert within(text, True) is way


def test_markdown_becomes_what_it_means() -> None:
    found = [type(one).__name__ for one in prose("a **b**\n\n- c\n\n2. d\n\n> e\n\n|f|\n|-|\n|g|")]

    assert found == ["Text", "Items", "Items", "Quoted", "Table"]
    assert prose("a **b**") == (Text((Run("a ", own=True), Run("b", bold=True, own=True))),)


@pytest.mark.parametrize(
    "text,way", [("نتصل", True), ("12 نتصل", True), ("We نتصل", False), ("12", False), ("", False)]
)
def test_a_text_runs_the_way_its_first_letter_does(text: str, way: bool) -> None:
    assert rightward(text) is way
