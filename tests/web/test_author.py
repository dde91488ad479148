"""The list editor's page: what is picked, what an author may do there, what is found wrong, the preview."""

import re

import pytest

from tests.web.words import Browser, Served, refused, told
from tests.words import inject, small_scenario, told_scenario
from ttx.scenario.roster import Role
from ttx.scenario.writing import written
from ttx.store.authors import Invited, authors_of
from ttx.store.drafts import new_draft, replace


@pytest.fixture
def sea(house: Served) -> Browser:
    """The author of day 1."""
    return house.as_author(Role.AUTHOR, "SEA")


def read(who: Browser, path: str = "", status: int = 200) -> str:
    """A page's text."""
    reply = who.get(who.desk + path)
    assert reply.status_code == status, reply.text
    return reply.text


def writing(house: Served, texts: dict[str, str]) -> Browser:
    """The director of a draft of these files."""
    draft = new_draft(house.store, texts, {}, [Invited(Role.DIRECTOR, name="Dana")])
    return house.device().write_as(authors_of(house.store, draft)[0])


def test_an_author_begins_on_the_day_his_group_leads(house: Served):
    land = house.as_author(Role.AUTHOR, "LAND")

    assert "On land" in read(land).partition('id="agenda"')[2]


def test_the_agenda_is_in_time_order_with_breaks_on_it(sea: Browser):
    page = read(sea, "?day=1").partition('class="blocks"')[2]

    places = [page.index(name) for name in ("One picture", "D1-01", "D1-02", "Coffee", "Search and rescue", "D1-03")]
    assert places == sorted(places)


def test_a_decision_says_in_words_where_its_arms_go_and_meet(sea: Browser):
    page = read(sea, "?day=1")

    assert "together again at D1-05" in page
    assert page.count("joins again at D1-05") == 2


def test_an_inject_opens_with_every_field(sea: Browser):
    page = read(sea, "?day=1&inject=D1-03")

    for field in ("title", "at", "minutes", "session", "sender", "channel", "text", "to", "questions", "branch", "map"):
        assert f'data-field="{field}"' in page


def test_a_decision_asks_who_decides_and_a_talk_who_speaks(house: Served):
    data = told_scenario()
    director = writing(house, written(data))

    decision = read(director, "?day=1&inject=D1-03")
    assert '<option value="tables" dir="auto" selected>' in decision
    for field, value in (
        ("hidden", 'value="true" dir="auto" selected'),
        ("binding", 'value="true" dir="auto" selected'),
    ):
        assert value in decision.partition(f'data-field="{field}"')[2].partition("</select>")[0]
    assert 'value="60"' in decision.partition('data-field="quorum"')[2].partition(">")[0]
    assert 'value="Tuesday, before dawn"' in read(director, "?day=1&inject=D1-01")
    talk = read(director, "?day=1&session=coffee")
    assert 'value="Ines Caldera"' in talk
    assert 'value="A quay by night"' in talk
    assert "block-speakers" in talk


def test_speakers_in_the_wrong_place_are_shown_with_the_finding(house: Served):
    data = told_scenario()
    data["days"][0]["sessions"][1]["kind"] = "break"

    talk = read(writing(house, written(data)), "?day=1&session=coffee")

    assert "has speakers, who belong to keynotes" in talk.partition('data-found="speakers"')[2].partition("</div>")[0]
    assert 'data-when="kind:keynote,panel"' not in talk


def test_a_finding_stands_beside_its_field(house: Served):
    data = small_scenario()
    inject(data, "D1-02")["at"] = "10:05"
    inject(data, "D1-02")["questions"][0]["ask"] = ""
    page = read(writing(house, written(data)), "?day=1&inject=D1-02")

    beside = page.partition('data-found="at"')[2].partition("</div>")[0]
    assert "outside its session" in beside
    assert "finding-error" in page.partition('data-found="questions.calls"')[2].partition("</div>")[0]


def test_findings_are_told_by_day_and_inject_with_their_line_in_small_print(house: Served):
    data = small_scenario()
    inject(data, "D1-02")["at"] = "10:05"
    data["groups"]["SEA"]["name"] = ""
    page = read(writing(house, written(data)), "?findings=all")

    days = re.findall(r'<a href="#found-\d"><span dir="auto">([^<]+)</span>', page)
    assert days == ["Day 1: At sea", "The whole"]
    about = page.partition('class="finding-about"')[2]
    assert "A boat leaves Merevale" in about.partition("</h4>")[0]
    assert re.search(r"<small>Time &middot; day-1\.yaml, line \d+</small>", about)


def test_a_finding_that_names_an_inject_which_is_gone_says_what_it_was(house: Served):
    data = small_scenario()
    dana = writing(house, written(data))
    inject(data, "D1-04A")["next"] = inject(data, "D1-04B")["next"] = []
    data["days"][0]["injects"] = [one for one in data["days"][0]["injects"] if one["id"] != "D1-05"]
    replace(house.store, dana.author.draft, dana.author, written(data), {}, "shorter.xlsx was brought in as day 1.")
    said = "D1-05 was “The landing”, which Dana took out or replaced: shorter.xlsx was brought in as day 1."

    assert said in read(dana, "?findings=all")
    assert said in read(dana, "?day=2&inject=D2-03").partition('data-found="needs"')[2].partition("</div>")[0]


def test_an_inject_that_an_import_replaced_says_at_its_address_what_happened(house: Served):
    data = small_scenario()
    dana = writing(house, written(data))
    inject(data, "D1-04A")["next"] = inject(data, "D1-04B")["next"] = []
    data["days"][0]["injects"] = [one for one in data["days"][0]["injects"] if one["id"] != "D1-05"]
    replace(house.store, dana.author.draft, dana.author, written(data), {}, "shorter.xlsx was brought in as day 1.")

    page = read(dana, "?day=1&inject=D1-05", 404).partition("data-lost")[2].partition("</p>")[0]

    assert "The landing" in page
    assert "Dana took it out or replaced it" in page
    assert "shorter.xlsx was brought in as day 1." in page
    assert "Somebody" not in page


def test_findings_say_when_the_overview_has_more_to_look_at(house: Served):
    dana = writing(house, written(small_scenario()))

    page = read(dana, "?findings=all")

    assert "The checks find nothing wrong" in page
    assert re.search(rf'<a href="{dana.desk}/survey">\d+ things? to look at in the overview</a>', page)


def test_a_translation_that_lacks_is_told_in_the_pages_words(house: Served):
    files = written(small_scenario()) | {"translations/fr.yaml": "title:\n  of: 0123abcd\n  text: Titre\n"}

    page = read(writing(house, files), "?findings=all")

    assert re.search(r"texts are not translated into French yet: \d+ in The whole", page)
    assert "scenario.yaml and" not in page


def test_what_stands_out_about_an_inject_and_its_translations_stands_beside_it(house: Served):
    files = written(small_scenario())
    files["translations/ar.yaml"] = "D1-03.titel:\n  of: 0123abcd\n  text: قارب\n"
    dana = writing(house, files)

    beside = read(dana, "?day=1&inject=D1-03").partition('data-found=""')[2].partition("</div>")[0]

    assert "There is no text &#39;D1-03.titel&#39; to translate" in beside
    assert "is set by D1-03 and read by no condition" in beside
    assert f'{dana.desk}/survey#variables"' in beside
    found = read(dana, "?findings=all")
    assert f'href="{dana.desk}?day=1&amp;inject=D1-03"' in found
    assert f'href="{dana.desk}/languages/ar"' in found


@pytest.mark.parametrize(
    "fields",
    [
        {"to": 5},
        {"questions": "none yet"},
        {"questions": [{"options": ["a", "b"]}, "c"]},
        {"branch": "A"},
        {"branch": {"options": {"A": "D1-05"}}},
        {"map": {"do": "show"}},
        {"map": [{"do": "move", "to": {"x": 1}}]},
        {"picture": "boat.png"},
        {"next": 3, "needs": "D1-01"},
        {"kind": "surprise", "channel": "pigeon", "phase": 7, "minutes": "ten"},
        {"title": None, "text": None, "at": None},
        {"title": ["a", "b"], "objectives": {"O1": 1}},
    ],
    ids=str,
)
def test_a_form_opens_on_whatever_stands_in_the_file(house: Served, fields: dict[str, object]):
    data = small_scenario()
    inject(data, "D1-02").update(fields)
    dana = writing(house, written(data))

    page = read(dana, "?day=1&inject=D1-02")

    assert 'id="f-title"' in page
    assert "D1-01" in page
    for path in ("?day=1", "?part=head", "?findings=all"):
        read(dana, path)


@pytest.mark.parametrize(
    "head",
    [
        {"objectives": ["O1"]},
        {"groups": None, "capabilities": {"C1": "Rescue"}},
        {"map": "none"},
        {"map": {"places": [1], "land": "all of it", "routes": {"r": {"points": [1, [2]]}}}},
        {"variables": {"port": 3}, "rules": "Be kind"},
        {"feedback": {"late": 3, "early": ["x"]}},
        {"title": 7, "tlp": "TLP:PINK"},
    ],
    ids=str,
)
def test_the_parts_of_the_whole_open_on_whatever_stands_in_the_file(house: Served, head: dict[str, object]):
    dana = writing(house, written({**small_scenario(), **head}))

    for part in ("head", "rules", "objectives", "capabilities", "groups", "variables", "feedback", "map"):
        read(dana, f"?part={part}")
    read(dana, "?day=1&inject=D1-02")


def test_a_file_that_cannot_be_read_is_said_and_the_others_are_shown(house: Served):
    dana = writing(house, {**written(small_scenario()), "day-2.yaml": "day: 2\ntitle: [unclosed"})

    assert "D1-01" in read(dana, "?day=1")
    assert "day-2.yaml" in read(dana, "?findings=all")


def test_markup_in_a_text_is_shown_and_never_run(house: Served):
    data = small_scenario()
    inject(data, "D1-02").update(title="<script>alert(1)</script>", text="<img src=x onerror=alert(1)> **bold**")
    page = read(writing(house, written(data)), "?day=1&inject=D1-02")

    assert "<script>alert" not in page
    assert "<img src=x" not in page


def test_a_day_of_others_says_who_writes_it(house: Served):
    page = read(house.as_author(Role.AUTHOR, "LAND"), "?day=1&inject=D1-02")

    assert "This day is led by SEA" in page
    assert '<fieldset class="piece-fields" disabled>' in page
    assert "data-save" not in page


def test_only_a_director_sees_that_a_day_may_be_approved(house: Served, sea: Browser):
    told(200, sea.asks("status", day=1, status="in_review"))
    try:
        assert 'data-status-to="approved"' in read(house.as_author(Role.DIRECTOR), "?day=1")
        assert 'data-status-to="approved"' not in read(sea, "?day=1")
        assert 'data-status-to="draft"' in read(sea, "?day=1")
    finally:
        told(200, sea.asks("status", day=1, status="draft"))


def test_what_is_said_to_a_days_step_stands_at_its_status_and_in_the_history(house: Served):
    dana = writing(house, written(small_scenario()))
    told(200, dana.asks("status", day=1, status="in_review"))
    told(200, dana.asks("status", day=1, status="draft", note=" Give D1-02 a <sender>. "))

    stood = read(dana, "?day=1").partition('class="agenda-stood"')[2].partition("</p>")[0]
    history = read(dana, "/history?day=1")

    assert "Dana" in stood
    assert "<time" in stood
    assert "Give D1-02 a &lt;sender&gt;.</q>" in stood
    assert "Day 1 is open again, as a draft: Give D1-02 a &lt;sender&gt;." in history
    assert "Day 1 is in review." in history
    assert "agenda-stood" not in read(dana, "?day=2")
    assert "Day 1 is" not in read(dana, "/history?day=2")
    assert dana.asks("status", day=1, status="in_review", note="x" * 501).status_code == 422


def test_a_step_that_closes_a_day_names_the_errors_and_comments_it_leaves(house: Served):
    data = small_scenario()
    inject(data, "D1-02")["sender"] = ""
    dana = writing(house, written(data))
    told(200, dana.asks("comment", inject="D1-03", text="Who?"))
    told(200, dana.asks("comment", inject="D1-03", text="When?"))
    told(200, dana.asks("status", day=1, status="in_review"))
    told(200, dana.asks("status", day=2, status="in_review"))

    asks = re.compile(r'data-status-to="approved"(?: data-asks="([^"]+)")?>')

    assert asks.findall(read(dana, "?day=1")) == [
        "Day 1 has 1 error and 2 open comments. Errors stop nothing but the start of an exercise."
    ]
    assert asks.findall(read(dana, "?day=2")) == [""]
    assert 'data-status-to="draft" data-asks=""' in read(dana, "?day=1")


def test_what_is_gone_is_said_to_be_gone(sea: Browser):
    for path in ("?day=1&inject=D9-99", "?day=1&session=none", "?day=9"):
        assert "not there any more" in read(sea, path, 404)


def test_the_preview_is_what_delegates_get(sea: Browser):
    page = read(sea, "/inject/D1-02/preview")

    assert 'class="card development' in page
    assert page.count('class="card question"') == 2
    assert 'data-token="pallas"' in page


def test_the_preview_is_read_in_each_of_the_scenarios_languages(house: Served):
    dana = house.as_author(Role.DIRECTOR)
    told(200, dana.asks("write_translation", language="ar", address="D1-02.title", text="قارب"))

    page, arabic = read(dana, "?day=1&inject=D1-02"), read(dana, "/inject/D1-02/preview?language=ar")

    choice = page.partition("data-reads")[2].partition("</select>")[0]
    assert re.findall(r'value="(\w*)"', choice) == ["", "ar"]
    assert "قارب" in arabic
    assert 'lang="ar" dir="rtl"' in arabic
    assert "قارب" not in read(dana, "/inject/D1-02/preview?language=xx")
    told(200, dana.asks("undo"))


def test_a_decision_is_previewed_without_its_options(sea: Browser):
    page = read(sea, "/inject/D1-03/preview")

    assert "Which port?" in page
    assert "Two days adrift" not in page


def test_the_map_before_a_move_does_not_show_it(sea: Browser):
    assert 'data-token="pallas"' not in read(sea, "/inject/D1-01/preview")


def test_the_preview_shows_what_is_typed_and_keeps_nothing(house: Served, sea: Browser):
    typed = {"fields": {"text": "The engine has **stopped**.", "questions": [{"id": "q1", "ask": "What no"}]}}
    reply = sea.post(f"{sea.desk}/inject/D1-02/preview", json=typed)

    assert "<strong>stopped</strong>" in reply.text
    assert "What no" in reply.text
    assert "stopped" not in read(sea, "/inject/D1-02/preview")


@pytest.mark.parametrize(
    "fields",
    [
        {"title": None, "text": "", "sender": 3},
        {"questions": [{"id": "q1", "kind": "single", "ask": "Which?", "options": {"A": "One"}}]},
        {"questions": [{"id": "not an id", "ask": "Which?"}, {"ask": None}]},
        {"map": [{"do": "move", "token": "pallas"}, {"do": "alert", "place": [1], "label": "x" * 80}]},
        {"to": {"groups": []}, "picture": {"file": "../../etc/passwd"}},
    ],
    ids=str,
)
def test_the_preview_of_half_written_material_is_drawn(sea: Browser, fields: dict[str, object]):
    reply = sea.post(f"{sea.desk}/inject/D1-02/preview", json={"fields": fields})

    assert reply.status_code == 200
    assert "development" in reply.text
    assert "passwd" not in reply.text


def test_the_map_of_half_written_coordinates_is_drawn(house: Served):
    dana = house.as_author(Role.DIRECTOR)
    chart = {"places": {"A": {"name": "A", "at": ["x", 1]}, "B": {"name": "Bay", "at": [10, 20]}}, "width": "wide"}
    reply = dana.post(f"{dana.desk}/map/preview", json={"fields": {"map": chart}})

    assert reply.status_code == 200
    assert ">Bay<" in reply.text


def test_a_page_learns_who_wrote_last(house: Served, sea: Browser):
    done = told(200, sea.asks("write_inject", day=1, inject="D1-01", fields={"minutes": 25}))

    said = told(200, house.as_author(Role.DIRECTOR).get(house.as_author(Role.DIRECTOR).desk + "/now"))

    assert (said["head"], said["by"], said["mine"]) == (done["seq"], "Sefa", False)


def test_a_page_learns_that_somebody_commented(house: Served, sea: Browser):
    before = told(200, sea.get(f"{sea.desk}/now"))
    assert f'data-said="{before["said"]}"' in read(sea)
    told(200, house.as_author(Role.AUTHOR, "LAND").asks("comment", inject="D1-01", text="How so?"))

    assert told(200, sea.get(f"{sea.desk}/now"))["said"] != before["said"]


def test_a_director_is_not_sent_to_the_director(house: Served, sea: Browser):
    dana = house.as_author(Role.DIRECTOR)
    told(200, dana.asks("status", day=2, status="approved"))
    try:
        assert "Reopen it" in read(dana, "?day=2")
        assert "Ask the director" in read(house.as_author(Role.AUTHOR, "LAND"), "?day=2")
    finally:
        told(200, dana.asks("status", day=2, status="draft"))


def test_an_authors_page_is_no_other_authors(house: Served, sea: Browser):
    refused(401, house.device(accept="application/json").get(sea.desk))
    land = house.as_author(Role.AUTHOR, "LAND")
    assert land.get(f"{sea.desk}/now").headers["location"] == f"{land.desk}/now"
