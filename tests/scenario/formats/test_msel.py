"""Spreadsheets as people have them become scenarios without an error, and what is none is refused."""

import datetime as dt
from typing import Any

import pytest

from tests.scenario.formats.share import table as share_table
from tests.scenario.formats.traps import TRAPS, Trap
from tests.scenario.formats.words import HSEEP, STORY, hseep, imported, table, workbook
from ttx.scenario.formats.readers import understood

BY_NAME = {trap.name: trap for trap in TRAPS}


def injects(found) -> list[dict[str, Any]]:
    return [one for day in found.data["days"] for one in day["injects"]]


def said(sentences, *words: str) -> bool:
    """Whether one sentence holds all of these words."""
    return any(all(word in sentence for word in words) for sentence in sentences)


@pytest.mark.parametrize("trap", TRAPS, ids=lambda trap: trap.name)
def test_every_inject_of_a_workbook_is_found_and_the_scenario_has_no_error(trap: Trap):
    found, scenario = imported(trap.name, trap.make())

    assert found.injects == found.rows == trap.injects == sum(len(day.injects) for day in scenario.days)
    assert len(scenario.days) == trap.days
    assert all(found.mapping.values())


def test_the_share_of_rows_understood_is_all_of_them(capsys: pytest.CaptureFixture[str]):
    text, got, there = share_table()

    with capsys.disabled():
        print("\n" + text.splitlines()[-1])  # noqa: T201  # the figure is asked for
    assert got == there


def test_titles_above_the_header_name_the_exercise_and_are_told():
    found, scenario = imported("list.xlsx", BY_NAME["titles above.xlsx"].make())

    assert scenario.title == "EXERCISE STEADY HARBOUR"
    assert said(found.left_out, "rows 3-6", "Version 3")


def test_sheets_that_are_hidden_or_out_of_date_are_left_out_with_the_reason():
    found, _ = imported("list.xlsx", BY_NAME["hidden and stale.xlsx"].make())

    assert said(found.left_out, "'backstage'", "hidden")
    assert said(found.left_out, "'MSEL old'", "out of date")
    assert said(found.left_out, "'Copy of MSEL'", "out of date")
    assert said(found.left_out, "'Contacts'", "a list of contacts")


def test_of_two_versions_the_later_is_taken():
    found, scenario = imported("list.xlsx", BY_NAME["versions.xlsx"].make())

    assert scenario.days[0].injects[0].at == "09:30"
    assert said(found.left_out, "'MSEL v1'", "'MSEL v2' is a later version")


def test_a_sheet_that_puts_others_together_for_print_is_left_out():
    found, scenario = imported("list.xlsx", BY_NAME["composite.xlsx"].make())

    assert said(found.left_out, "'PRINT ALL'", "repeats what 'D1', 'D2' hold")
    assert [day.injects[0].sender for day in scenario.days] == ["Coast guard", "Coast guard"]


def test_headings_become_days_sessions_and_breaks_and_no_injects():
    found, scenario = imported("list.xlsx", BY_NAME["sections.xlsx"].make())

    one, two = scenario.days
    assert [(session.title, session.start, session.kind) for session in one.sessions] == [
        ("MODULE 1 - Alert", "09:00", "session"),
        ("COFFEE BREAK", "10:00", "break"),
        ("MODULE 2 - Landing", "10:30", "session"),
        ("LUNCH BREAK", "12:00", "break"),
    ]
    assert [session.title for session in two.sessions] == ["MODULE 3 - Reception"]
    assert said(found.guessed, "STARTEX", "LUNCH BREAK", "ENDEX")


def test_children_of_an_inject_are_held_in_reserve_where_they_are_contingencies():
    _, scenario = imported("list.xlsx", BY_NAME["children.xlsx"].make())

    kinds = {inject.id: inject.kind.value for inject in scenario.days[0].injects}

    assert kinds["D1-05A"] == kinds["D1-05B"] == kinds["D1-12A"] == "contingency"
    assert kinds["D1-06-1"] == "contingency"
    assert kinds["D1-05"] == "expected_action"


def test_children_that_say_what_happens_if_are_the_options_of_a_branch():
    _, scenario = imported("list.xlsx", BY_NAME["branch.xlsx"].make())

    by_id = {inject.id: inject for inject in scenario.days[0].injects}
    branch = by_id["D1-02"].branch

    assert branch is not None
    assert [option.next for option in branch.options.values()] == ["D1-02A", "D1-02B"]
    assert by_id["D1-02A"].next == by_id["D1-02B"].next == ("D1-03",)


def test_times_of_one_night_stay_on_one_day_and_lead_past_midnight():
    _, scenario = imported("list.xlsx", BY_NAME["midnight.xlsx"].make())

    (day,) = scenario.days

    assert [inject.at for inject in day.injects] == ["22:00", "22:45", "23:30", "00:15", "01:30", "02:00"]
    assert day.injects[2].next == (day.injects[3].id,)
    assert day.injects[-1].next == ()


def test_times_counted_from_the_start_begin_when_the_exercise_does():
    _, scenario = imported("list.xlsx", BY_NAME["from the start.xlsx"].make())

    assert [inject.at for inject in scenario.days[0].injects] == ["09:00", "09:15", "09:30", "10:00", "10:30", "11:00"]


def test_relative_days_hours_and_minutes_are_days_and_times():
    _, scenario = imported("list.xlsx", BY_NAME["relative times.xlsx"].make())

    times = [[inject.at for inject in day.injects] for day in scenario.days]

    assert times == [["09:00", "10:30", "10:55"], ["10:00", "10:55"]]


def test_rows_without_a_number_go_on_with_the_one_above():
    _, scenario = imported("list.xlsx", BY_NAME["continued rows.xlsx"].make())

    first = scenario.days[0].injects[0]

    assert first.text == f"{STORY[0]}\nFurther: the caller rings off."
    assert first.expected == ("Confirm", "Pass on", "Call back")


def test_cells_merged_downwards_hold_for_all_their_rows():
    _, scenario = imported("list.xlsx", BY_NAME["merged down.xlsx"].make())

    assert [inject.sender for inject in scenario.days[0].injects] == ["Navy"] * 4
    assert all(inject.objectives == ("O1",) for day in scenario.days for inject in day.injects)


def test_objectives_and_capabilities_packed_into_notes_are_found_and_the_notes_stay():
    rows = [HSEEP, *[hseep(place + 1, f"{9 + place:02}00", text) for place, text in enumerate(STORY[:3])]]
    for row, notes in zip(
        rows[1:], ("Obj 1, 3; Core Cap: Mass Care", "Objectives: 2 and 3", "Core Capabilities: Mass Care"), strict=True
    ):
        row[8], row[9] = "", notes

    _, scenario = imported("notes.xlsx", workbook({"MSEL": rows}))
    first, second, third = scenario.days[0].injects

    assert (first.objectives, second.objectives) == (("O1", "O3"), ("O2", "O3"))
    assert first.capabilities == third.capabilities == ("C1",)
    assert scenario.capabilities["C1"].name == "Mass Care"
    assert first.notes == "Obj 1, 3; Core Cap: Mass Care"


def test_names_of_objectives_are_taken_from_a_sheet_that_gives_them():
    rows = [HSEEP, *[hseep(place + 1, f"{9 + place:02}00", text) for place, text in enumerate(STORY[:3])]]
    names: list[list[Any]] = [
        ["No", "Objective"],
        [1, "Test the first call between the two centres"],
        [2, "Share a picture in time"],
    ]

    found, scenario = imported("list.xlsx", workbook({"MSEL": rows, "Objectives": names}))

    assert scenario.objectives["O1"].name == "Test the first call between the two centres"
    assert said(found.guessed, "names of objectives", "'Objectives'")


def test_the_columns_of_a_template_become_the_fields_they_are():
    found, scenario = imported("plain.xlsx", BY_NAME["plain.xlsx"].make())

    first = scenario.days[0].injects[0]

    fields = ("id", "at", "kind", "channel", "sender", "to", "text", "expected", "objectives", "notes")
    assert found.mapping == dict(zip(HSEEP, fields, strict=True))
    assert (first.id, first.at, first.channel, first.sender) == ("D1-01", "09:00", "phone", "Coast guard")
    assert first.to.delegations == ("Police", "Navy")
    assert first.expected == ("Confirm", "Pass on")


def test_a_poll_is_a_question_with_answers_to_choose_from():
    _, scenario = imported("t3sf.xlsx", BY_NAME["t3sf.xlsx"].make())

    (question,) = scenario.days[0].injects[2].questions

    assert question.kind.value == "single"
    assert dict(question.options) == {"A": "Pay", "B": "Wait"}


@pytest.mark.parametrize(
    "name,says",
    [
        ("t3sf.xlsx", "T3SF MSEL"),
        ("blueprint.xlsx", "Blueprint MSEL workbook"),
        ("relative times.xlsx", "OpenAEV injects workbook"),
        ("plain.xlsx", "MSEL workbook"),
        ("semicolons.csv", "MSEL table (CSV)"),
    ],
)
def test_peers_workbooks_are_known_by_their_columns(name, says):
    assert understood(name, BY_NAME[name].make()).format == says


def test_questions_without_an_objective_get_one_to_be_named():
    found, scenario = imported("list.xlsx", BY_NAME["tabletop.xlsx"].make())

    first = scenario.days[0].injects[0]

    assert [question.ask for question in first.questions] == ["Who coordinates?", "Who is told?"]
    assert first.minutes == 20
    assert first.objectives == ("O1",)
    assert said(found.guessed, "serve no objective")


def test_what_is_too_long_is_cut_and_kept_elsewhere():
    row = hseep(1, "0900", "word " * 2_500)
    row[4], row[7] = "sender " * 60, "long " * 100
    found, scenario = imported("long.xlsx", workbook({"MSEL": [HSEEP, row, hseep(2, "1000", STORY[0])]}))

    first = scenario.days[0].injects[0]

    assert len(first.text) <= 8_000
    assert first.notes.count("word") + first.text.count("word") == 2_500
    assert first.notes.count("sender") >= 60
    assert "".join(first.expected).count("long") == 100
    assert said(found.guessed, "8,000", "D1-01")


def test_a_correction_counts_more_than_what_was_recognised():
    content = BY_NAME["plain.xlsx"].make()

    found, scenario = imported("plain.xlsx", content, **{"From": "to", "To": "sender", "Exercise Objective": "ignore"})

    first = scenario.days[0].injects[0]
    assert first.to.delegations == ("Coast guard",)
    assert first.sender == "Police; Navy"
    assert first.objectives == ()
    assert [column.why for column in found.columns[4:6]] == ["person", "person"]
    assert said(found.left_out, "As you said", "'Exercise Objective'")


def test_a_correction_to_a_field_that_is_none_is_refused():
    found = understood("plain.xlsx", BY_NAME["plain.xlsx"].make(), {"From": "nonsense"})

    assert found.refused is not None
    assert "No column can be nonsense" in found.refused


def test_one_layout_is_known_again_whatever_rows_it_holds():
    other = workbook(
        {
            "List": [
                ["x"],
                [],
                [header.upper() for header in HSEEP],
                hseep(1, "0900", STORY[0]),
                hseep(2, "1000", STORY[1]),
            ]
        }
    )

    assert understood("a.xlsx", BY_NAME["plain.xlsx"].make()).layout == understood("b.xlsx", other).layout


def test_an_event_over_several_injects_is_their_storyline():
    found, scenario = imported("list.xlsx", BY_NAME["events and injects.xlsx"].make())

    assert scenario.title == "EXERCISE STONE BRIDGE"
    assert [found.mapping[header] for header in ("Event", "Inject", "Description")] == ["storyline", "id", "text"]
    assert [inject.id for inject in scenario.days[0].injects][:2] == ["I1", "I2"]


def test_a_column_nobody_knows_is_kept_in_the_notes_under_its_name():
    rows = [[*HSEEP, "Wetterlage"], *[[*hseep(n + 1, f"{9 + n}00", text), "Sturm"] for n, text in enumerate(STORY[:3])]]

    found, scenario = imported("list.xlsx", workbook({"MSEL": rows}))

    assert "**Wetterlage:** Sturm" in scenario.days[0].injects[0].notes
    assert said(found.guessed, "'Wetterlage'", "not known")


def test_no_row_is_dropped_without_a_word():
    rows = [
        HSEEP,
        hseep(1, "0900", STORY[0]),
        [2, "0930", "", "", "", "", "", "", "", ""],
        hseep(3, "1000", STORY[1]),
        ["Prepared by the planning team"],
        hseep(4, "1100", STORY[2]),
    ]

    found = understood("list.xlsx", workbook({"MSEL": rows}))

    assert (found.rows, found.injects) == (4, 3)
    assert said(found.left_out, "row 3", "no text")
    assert said(found.left_out, "row 5", "Prepared by the planning team")


REFUSED: dict[str, tuple[str, list[list[Any]]]] = {
    "a log of what happened": (
        "Mission log",
        [
            ["Serial", "DTG", "From", "To", "Event", "Action taken", "Initials"],
            [1, "120900MAY25", "A", "B", "On scene", "Noted", "JB"],
            [2, "120930MAY25", "B", "A", "Left scene", "Noted", "JB"],
        ],
    ),
    "a list of contacts": (
        "Contacts",
        [
            ["Name", "Organisation", "Phone", "Email"],
            ["A", "Navy", "1", "a@example.org"],
            ["B", "Police", "2", "b@example.org"],
        ],
    ),
    "a budget": ("Budget", [["Item", "Qty", "Unit cost", "Total"], ["Venue", 1, 100, 100], ["Bus", 2, 50, 100]]),
    "an attendance list": (
        "Sign-in",
        [["No", "Name", "Signature", "Arrival"], [1, "A", "", "0900"], [2, "B", "", "0905"]],
    ),
    "a risk register": ("Risks", [["Risk", "Likelihood", "Impact", "Mitigation"], ["Rain", 3, 2, "Tent"]]),
    "a timetable": ("Agenda", [["Time", "Activity", "Speaker", "Room"], ["0900", "Welcome", "Minister", "A"]]),
    "a list of tasks": (
        "Tasks",
        [["Task", "Assigned to", "Due date", "Status"], ["Book room", "AB", dt.date(2025, 1, 1), "open"]],
    ),
    "an improvement plan": (
        "AAR",
        [
            ["Capability", "Observation", "Recommendation", "Corrective action", "Completion date"],
            ["Mass care", "Few beds", "More beds", "Buy them", "May"],
        ],
    ),
}


@pytest.mark.parametrize("looks", REFUSED)
def test_a_sheet_that_is_no_list_of_injects_is_refused_with_what_it_looks_like(looks):
    name, rows = REFUSED[looks]

    for file, content in ((f"{name}.xlsx", workbook({name: rows})), (f"{name}.csv", table(rows).encode())):
        found = understood(file, content)

        assert found.refused is not None, file
        assert looks in found.refused
        assert "A list of injects needs" in found.refused
        assert found.data is None


def test_three_hundred_injects_are_read_at_once():
    rows = [HSEEP, *[hseep(n + 1, dt.time(8 + n // 40, n % 40), f"{STORY[n % 8]} Number {n}.") for n in range(300)]]

    found, scenario = imported("many.xlsx", workbook({"MSEL": rows}))

    assert found.injects == 300
    assert len(scenario.days) == 1
