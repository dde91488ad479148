"""A file in the place of a day: which ids name another inject then, and what becomes of what was said of it."""

import html
import re
from collections.abc import Iterator

import pytest

from tests.web.test_author_import import PLAIN, bring, put
from tests.web.words import Browser, Served, serving, told
from ttx.output import msel
from ttx.scenario.checks import checked_texts
from ttx.scenario.material import parse
from ttx.scenario.roster import Role
from ttx.store import drafts
from ttx.web.author_files import zipped


@pytest.fixture
def house(tmp_path) -> Iterator[Served]:
    with serving(tmp_path) as one:
        yield one


class TestAnotherInjectUnderTheSameId:
    """A day's import may use an id again: the page says so first, and what was said of the old inject stays."""

    @pytest.fixture
    def sefa(self, house: Served) -> Browser:
        sefa = house.as_author(Role.AUTHOR, "SEA")
        told(200, sefa.asks("comment", inject="D1-01", text="Which ferry is it?"))
        told(200, sefa.asks("comment", inject="D1-04A", text="Too soon."))
        bring(sefa, PLAIN)
        return sefa

    def test_the_page_says_which_before_it_is_so(self, sefa: Browser):
        page = html.unescape(put(sefa, "day-1", sure="").text)

        assert "are other injects then" in page
        assert re.search(r"<li><b>D1-01</b>: in the place of “<bdi>[^<]+</bdi>” comes “<bdi>", page)
        assert "its comment stays, marked as made on an earlier text" in page
        assert "1 comment on an inject that goes is kept" in page

    def test_comments_say_what_they_were_made_on_and_those_after_it_do_not(self, house: Served, sefa: Browser):
        was = kept(house, "D1-01")["title"]
        assert put(sefa, "day-1").status_code == 303
        (last, *_) = drafts.history(house.store, house.draft)
        assert "Under the same id another inject stands now: D1-01" in last.sentence
        told(200, sefa.asks("comment", inject="D1-01", text="Now it is another."))

        shown = sefa.get(f"{sefa.desk}?day=1&inject=D1-01").text

        assert shown.count("on an earlier text") == 1
        assert re.search(
            rf'earlier text</span> &ldquo;<bdi>{was}</bdi>&rdquo;</p>\s*<p class="said" dir="auto">Which ferry', shown
        )

    def test_undo_makes_them_comments_on_what_stands_there(self, sefa: Browser):
        put(sefa, "day-1")
        told(200, sefa.asks("undo"))

        assert "on an earlier text" not in sefa.get(f"{sefa.desk}?day=1&inject=D1-01").text

    def test_what_was_said_of_one_that_is_gone_is_found(self, sefa: Browser):
        put(sefa, "day-1")

        assert f'<a href="{sefa.desk}?inject=D1-04A">D1-04A</a> (1)' in sefa.get(f"{sefa.desk}?findings=all").text
        gone = sefa.get(f"{sefa.desk}?inject=D1-04A")
        assert "Too soon." in gone.text
        assert "data-comment-on" not in gone.text

    def test_words_that_were_only_worked_on_say_nothing(self, house: Served, sefa: Browser):
        text = f"{kept(house, 'D1-01')['text']} It is the night ferry."
        told(200, sefa.asks("write_inject", day=1, inject="D1-01", fields={"text": text}))

        assert "on an earlier text" not in sefa.get(f"{sefa.desk}?day=1&inject=D1-01").text


def test_the_same_day_brought_in_again_names_no_other_inject(house: Served):
    sefa = house.as_author(Role.AUTHOR, "SEA")
    bring(sefa, zipped(drafts.export(house.store, house.draft), "small"), "small.zip")

    page = html.unescape(put(sefa, "day-1", sure="", which="1").text)

    assert "Replace day 1?" in page
    assert "then:" not in page


def kept(house: Served, ident: str) -> dict[str, str]:
    day = parse(drafts.open_draft(house.store, house.draft).texts["day-1.yaml"], "day-1.yaml").data
    assert isinstance(day, dict)
    return next(one for one in day["injects"] if one["id"] == ident)


def test_of_several_days_the_one_of_the_same_number_takes_a_days_place(house: Served):
    dana = house.as_author(Role.DIRECTOR)
    before = drafts.open_draft(house.store, house.draft)
    own = checked_texts(before.texts, frozenset()).scenario
    assert own is not None
    bring(dana, msel.workbook(own), "both.xlsx")

    asked = html.unescape(put(dana, "day-2", sure="").text)
    put(dana, "day-2")

    assert f'In its place comes: <b dir="auto">{own.days[1].title}</b>' in asked
    after = checked_texts(drafts.open_draft(house.store, house.draft).texts, frozenset()).scenario
    assert after is not None
    assert [one.id for one in after.days[1].injects] == [one.id for one in own.days[1].injects]


def test_what_was_written_here_and_is_not_in_the_file_is_said_before_it_goes(house: Served):
    dana = house.as_author(Role.DIRECTOR)
    own = checked_texts(drafts.open_draft(house.store, house.draft).texts, frozenset()).scenario
    assert own is not None
    book = msel.workbook(own)
    told(200, dana.asks("add_inject", day=1, after="D1-01", fields={"id": "D1-77", "title": "By hand"}))
    told(200, dana.asks("write_inject", day=1, inject="D1-02", fields={"phase": "sar", "capabilities": ["C1"]}))
    bring(dana, book, "corrected.xlsx")

    asked = html.unescape(put(dana, "day-1", sure="").text)

    assert '<li dir="auto">D1-77 By hand</li>' in asked
    assert "The file does not have an inject that stands there now:" in asked
    assert re.search(r"<li[^>]*>D1-02: .*its phase", asked)
