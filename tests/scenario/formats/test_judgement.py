"""What a list is taken for where it does not say so: which column is the text, how long a session, whose language."""

import pytest

from tests.scenario.formats.words import imported, workbook
from ttx.scenario.formats.times import length

GERMAN = (
    ["Ministerium des Innern - Referat Fortbildung"],
    ['Planspiel "Ankerplatz" - Drehbuch Tag 3 (Federführung: LEA)'],
    ["Lfd. Nr.", "Zeit", "Von", "An", "Kanal", "Ereignis", "Beschreibung der Lage", "Erwartete Maßnahme",
     "Dauer (Min)"],
    ["Block I: Lageeinweisung (09:00 - 10:30)"],
    ["3-A", "09:00", "Lagezentrum", "Alle", "E-Mail", "Leichter entdeckt",
     "Ein Lastkahn treibt vor der Küste und meldet sich nicht; an Bord sind Menschen.", "Zuständigkeit klären",
     "ca. 30"],
    ["4-A", "09:40", "Presse", "LEA", "Bericht", "Video kursiert",
     "Ein Video zeigt angeblich Misshandlungen an Bord des Schiffes.", "Sprachregelung abstimmen", "kurz"],
    ["Block II: Ermittlungen (11:00 - 12:30)"],
    ["7-A", "11:00", "KTU", "LEA", "Bericht", "Geräte ausgelesen", "Die Kontakte führen nach Karsa, sagt die Technik.",
     "Rechtshilfeersuchen", ""],
    ["7-B", "11:00", "KTU", "LEA", "Brief", "Geräte über Bord", "Taucher müssen von der Marine angefordert werden.",
     "Taucher anfordern", ""],
    ["9", "14:30", "Presse", "Alle", "Interview", "Minister befragt", "Ein Sender bittet um ein Interview am Abend.",
     "Sprecher benennen", 20],
)  # fmt: skip


@pytest.fixture(scope="module")
def german():
    return imported("Drehbuch.xlsx", workbook({"Drehbuch Tag 3": GERMAN}))


def test_the_column_that_says_more_is_the_text(german):
    found, scenario = german

    assert (found.mapping["Ereignis"], found.mapping["Beschreibung der Lage"]) == ("title", "text")
    first = scenario.days[0].injects[0]
    assert first.title == "Leichter entdeckt"
    assert first.text.startswith("Ein Lastkahn")


def test_a_line_with_the_exercises_name_is_the_title_and_a_letterhead_is_not(german):
    assert german[1].title == 'Planspiel "Ankerplatz" - Drehbuch Tag 3 (Federführung: LEA)'


def test_a_session_has_the_start_and_the_length_its_title_says(german):
    sessions = [(one.title, one.start, one.minutes) for one in german[1].days[0].sessions]

    assert sessions[:2] == [("Block I: Lageeinweisung", "09:00", 90), ("Block II: Ermittlungen", "11:00", 90)]
    assert sessions[2][1] == "14:30"


def test_an_unplain_duration_is_read_or_told(german):
    found, scenario = german

    assert [one.minutes for one in scenario.days[0].injects][:2] == [30, 15]
    assert "Row 6: the duration 'kurz' cannot be read; up to 15 minutes were planned." in found.guessed
    assert (length("~ 20 min"), length("environ 45"), length("etwa 1h30"), length("ca")) == (20, 45, 90, None)


def test_two_at_one_time_both_have_time(german):
    assert [one.minutes for one in german[1].days[0].injects if one.at == "11:00"] == [15, 15]


def test_what_was_guessed_of_people_language_and_day_is_told(german):
    found, scenario = german

    told = "\n".join(found.guessed)
    assert "Receivers that are neither all nor a table became delegations of that name: 'LEA'." in told
    assert scenario.language == "de"
    assert "The texts read as German; a scenario made of them has the language 'de'." in told
    assert "The list is of day 3; alone in its file it is day 1" in told
    assert "none of our channels" not in told


@pytest.mark.parametrize("says", [
    "Si oui, aller à 3 ; si non, aller à 4", "Wenn ja, weiter mit 3; wenn nein, weiter mit 4",
    "Si aceptan, ir a 3; si no aceptan, ir al 4", "Falls zugestimmt wird, gehe zu 3; sonst weiter mit 4",
])  # fmt: skip
def test_a_way_said_in_another_language_becomes_a_branch(says: str):
    head = ["No", "Time", "From", "To", "Event", "Expected action"]
    rows = [head, ["1", "0900", "A", "All", "A barge drifts without lights.", "Name who leads"],
            ["2", "0930", "B", "All", "The phones were seized by the police.", says],
            ["3", "1000", "C", "All", "The phones were read by the laboratory.", "Ask for help"],
            ["4", "1000", "C", "All", "The phones were lost in deep water.", "Ask for divers"]]  # fmt: skip

    _, scenario = imported("ways.xlsx", workbook({"MSEL": rows}))

    branch = scenario.days[0].injects[1].branch
    assert branch is not None
    assert [one.next for one in branch.options.values()] == ["D1-03", "D1-04"]


def test_a_list_of_one_row_is_a_list():
    found, scenario = imported("one.csv", b"Zeit;Ereignis;Von;An\n09:00;Lastkahn treibt;Lagezentrum;Alle\n")

    assert found.mapping["An"] == "to"
    assert [one.at for one in scenario.days[0].injects] == ["09:00"]


def test_the_longer_of_a_known_and_an_unknown_column_is_the_text():
    rows = [["Nr", "Zeit", "Von", "An", "Ereignis", "Was genau vorfällt"],
            ["1", "0900", "A", "Alle", "Kahn entdeckt", "Ein Kahn treibt ohne Licht vor der Küste bei Nacht."],
            ["2", "0930", "B", "Alle", "Video kursiert", "Ein Video zeigt, wie an Bord gestritten wird."],
            ["3", "1000", "C", "Alle", "Kapitän spricht", "Der Kapitän weigert sich, Geräte zu zeigen."]]  # fmt: skip

    found, _ = imported("lang.xlsx", workbook({"Liste": rows}))

    assert (found.mapping["Ereignis"], found.mapping["Was genau vorfällt"]) == ("title", "text")
    assert any("'Was genau vorfällt' was taken for" in one for one in found.guessed)


BERTH = ["Nr.", "Zeit", "Titel", "Absender", "Empfänger", "Beschreibung", "Einspielung (Text)", "Dauer",
         "Erwartetes Verhalten"]  # fmt: skip


def _berth(*between: list[object], minutes: object = 20) -> bytes:
    """Five injects in the morning, with these rows between the third and the fourth."""
    times = ("09:00", "09:30", "10:00", "10:45", "11:15")
    rows = [
        [number, time, f"Lage {number}", "Leitstelle", "Polizei",
         f"Hintergrund {number} für die Leitung: Das Boot treibt ohne Antrieb vor der Küste und ist in Seenot.",
         f"Ein Fischerboot meldet zum {number}. Mal Maschinenschaden.", minutes if number == 3 else 15, "Bestätigen"]
        for number, time in enumerate(times, 1)
    ]  # fmt: skip
    return workbook({"Drehbuch": [BERTH, *rows[:3], *between, *rows[3:]]})


def test_what_players_get_is_the_text_beside_a_longer_description_of_it():
    found, scenario = imported("liegeplatz.xlsx", _berth())

    assert (found.mapping["Einspielung (Text)"], found.mapping["Beschreibung"]) == ("text", "notes")
    assert found.mapping["Erwartetes Verhalten"] == "expected"
    first = scenario.days[0].injects[0]
    assert first.text == "Ein Fischerboot meldet zum 1. Mal Maschinenschaden."
    assert first.notes.startswith("**Beschreibung:** Hintergrund 1")
    said = "participants read: 'Einspielung (Text)' was taken, and 'Beschreibung' stands in the notes."
    assert any(one.endswith(said) for one in found.guessed)


@pytest.mark.parametrize("row", [
    [None, "10:30", "Pause"],
    [None, "10:30", "Kaffeepause", None, None, None, None, 15],
    [None, "10:30 - 10:45", "Pause"],
    ["Pause 10:30 - 10:45"],
    ["10:30 Kaffeepause"],
    [4, "10:30", "Pause", "Leitung", "Alle", None, "Kaffee im Foyer", 15],
])  # fmt: skip
def test_a_break_stands_on_the_agenda_however_its_row_is_written(row: list[object]):
    found, scenario = imported("liegeplatz.xlsx", _berth(row))

    (rest,) = [one for one in scenario.days[0].sessions if one.kind == "break"]
    assert (rest.start, rest.minutes, rest.title in ("Pause", "Kaffeepause")) == ("10:30", 15, True)
    assert found.injects == 5
    assert any("became days and sessions: row 5" in one for one in found.guessed)


def test_an_inject_that_happens_in_a_break_is_no_break():
    row = [4, "10:30", "Kaffeepause", "Presse", "Alle", None, "In der Pause fragt eine Reporterin nach dem Schiff.", 15]

    found, scenario = imported("liegeplatz.xlsx", _berth(row))

    assert found.injects == 6
    assert [one.kind for one in scenario.days[0].sessions] == ["session"]


def test_a_break_without_room_is_left_out_and_not_promised():
    found, scenario = imported("liegeplatz.xlsx", _berth([None, "10:44", "Pause"]))

    assert [one.kind for one in scenario.days[0].sessions] == ["session", "session"]
    assert "'Pause' has no room on the agenda of day 1, and was not taken." in found.left_out
    assert not any("became days and sessions" in one for one in found.guessed)


def test_minutes_that_nothing_says_are_told_also_where_a_formula_would():
    found, scenario = imported("liegeplatz.xlsx", _berth(minutes="=10+10"))

    assert [one.minutes for one in scenario.days[0].injects] == [15] * 5
    assert "Row 4: nothing says how many minutes an inject takes; up to 15 were planned." in found.guessed
    assert any("cell H4: a formula without a stored result" in one for one in found.left_out)


def test_whose_days_they_become_is_said_for_both_ways_of_taking_them():
    found, _ = imported("liegeplatz.xlsx", _berth())

    said = "in a scenario of its own 'LEAD' stands for it, in another one a group of that one leads."
    assert any(said in one for one in found.guessed)


def test_minutes_that_are_kept_as_text_are_no_times_of_the_day():
    told = "The coast guard reports a boat without lights near the strait, number"
    rows = [["No", "Time", "Duration", "Event", "From", "To"]]
    for n, minutes in enumerate(["30"] * 4, 1):
        rows.append([str(n), f"{8 + n:02}00L", minutes, f"{told} {n}.", "Watch", "All"])

    found, scenario = imported("msel.xlsx", workbook({"MSEL": rows}))

    assert "minutes" in found.mapping.values()
    assert [one.minutes for one in scenario.days[0].injects] == [30] * 4
