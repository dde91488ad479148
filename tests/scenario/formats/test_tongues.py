"""Lists from offices all over: their languages, their habits of writing days, times and repetitions."""

import datetime as dt

import pytest

from tests.scenario.formats import traps_of_tongues as traps
from tests.scenario.formats.traps_of_form import dated_cells, thirty_columns
from tests.scenario.formats.words import HSEEP, STORY, Rows, hseep, imported, workbook
from ttx.scenario.formats.clockwords import spelt
from ttx.scenario.formats.daynames import named, within
from ttx.scenario.formats.ditto import ditto
from ttx.scenario.formats.entries import channel_of, kind_of
from ttx.scenario.formats.headings import footer, heading, total
from ttx.scenario.formats.language import language_of
from ttx.scenario.formats.readers import understood
from ttx.scenario.formats.times import Moment, moment, only_midnights
from ttx.scenario.formats.words import field_named, plain
from ttx.scenario.model import Inject, Scenario


def plan(scenario: Scenario) -> list[list[str]]:
    """The planned times by day."""
    return [[one.at for one in day.injects] for day in scenario.days]


def every(scenario: Scenario) -> list[Inject]:
    return [one for day in scenario.days for one in day.injects]


@pytest.mark.parametrize(
    "text, day",
    [
        ("Day 2", 2), ("Journée 1 : lundi 16 mars", 1), ("1er jour", 1), ("Deuxième journée", 2), ("Segundo día", 2),
        ("Giornata 1", 1), ("Hari ke-2", 2), ("Hari Kedua", 2), ("1. Tag", 1), ("День 2", 2), ("Второй день", 2),
        ("اليوم الأول - الأحد", 1), ("اليوم ٢", 2), ("روز اول", 1), ("第1天", 1), ("第二天", 2), ("1日目", 1),
        ("2일차", 2),
        ("Ngày 1", 1), ("วันที่ 2", 2), ("ວັນທີ 3", 3),
        ("Ngày 5 tháng 5", None), ("วันที่ 5 พฤษภาคม", None), ("Dia 12/05/2026", None), ("2 day exercise", None),
        ("Two day exercise", None), ("today", None), ("Daybreak 1", None),
    ],
)  # fmt: skip
def test_a_day_is_known_by_its_name(text: str, day: int | None):
    found = named(plain(text))
    assert (found and found.number) == day


def test_a_day_is_found_within_a_line():
    found = within(plain("Lista de injeções — Dia 2"))
    assert found is not None
    assert found.number == 2


@pytest.mark.parametrize(
    "text, minute",
    [
        ("08h30min", 510), ("9 heures 30", 570), ("9 heures", 540), ("ore 9.15", 555), ("alle 9", 540), ("9 Uhr", 540),
        ("上午9:30", 570), ("下午2:30", 870), ("9時15分", 555), ("오후 2시", 840), ("8 giờ 30", 510),
        ("9 ч 30 мин", 570),
        ("3 часа дня", 900), ("12:00 NN", 720), ("12:00 MN", 0), ("12 noon", 720), ("٩:٣٠ م", 1290), ("9:30 ص", 570),
        ("الساعة 10:30", 630), ("pukul 09.30", 570), ("8.00 น.", 480), ("1300H", 780),
    ],
)  # fmt: skip
def test_a_time_is_read_in_its_language(text: str, minute: int):
    found = moment(text)
    assert found is not None
    assert (found.minute, found.offset) == (minute, False)


@pytest.mark.parametrize(
    "text",
    ["08.00 s.d. 09.00", "с 8:00 до 9:00", "de 8:00 a 9:00", "8h00 à 9h00", "8:00至9:00", "dalle 8.00 alle 9.00"],
)
def test_a_span_is_read_in_its_language(text: str):
    found = moment(text)
    assert found is not None
    assert (found.minute, found.until) == (480, 540)


def test_what_is_no_clock_time_stays_as_it_is():
    assert [spelt(text) for text in ("3 DAYS", "90 MIN", "D+1", "H+2")] == ["3 DAYS", "90 MIN", "D+1", "H+2"]


@pytest.mark.parametrize(
    "cell", ['"', "''", "〃", "-//-", "//", "idem", "Id.", "-do-", "ditto", "同上", "то же", "أيضا"]
)
def test_a_ditto_mark_is_known(cell: str):
    assert ditto(cell)


@pytest.mark.parametrize("cell", ["-", "/", "---", "Do it", "Same team", "Idema", "n/a", 7, None])
def test_what_is_no_ditto_mark_stands_for_itself(cell: object):
    assert not ditto(cell)  # type: ignore[arg-type]


def test_a_ditto_mark_says_what_stands_above_and_the_rows_are_told():
    row = [*hseep(2, "0930", STORY[1])[:3], "same", '"', "ditto", STORY[1], *hseep(2, "", "")[7:]]
    rows = [HSEEP, [*hseep(1, "0900", STORY[0])], row]
    found, scenario = imported("d.xlsx", workbook({"MSEL": rows}))
    first, second = every(scenario)
    assert (second.sender, second.channel, second.to) == (first.sender, first.channel, first.to)
    assert any("row 3" in one and "ditto" in one for one in found.guessed)


def test_the_first_ditto_mark_of_a_column_has_nothing_to_repeat():
    rows = [HSEEP, [1, "0900", "Inject", "Phone", "idem", "Police", STORY[0], "Act", "1", ""]]
    assert every(imported("d.xlsx", workbook({"MSEL": rows}))[1])[0].sender == "idem"


@pytest.mark.parametrize(
    "text, what",
    [
        ("FINE ESERCITAZIONE", "end"), ("Início do exercício", "start"), ("НАЧАЛО УЧЕНИЙ", "start"),
        ("演习结束", "end"),
        ("بدء التمرين", "start"), ("PAUSA PRANZO", "break"), ("Almoço", "break"), ("Обед", "break"), ("休憩", "break"),
        ("استراحة الغداء", "break"), ("Второй день", "day"), ("Фаза 2", "session"), ("A boat calls", None),
    ],
)  # fmt: skip
def test_a_heading_is_known_in_its_language(text: str, what: str | None):
    assert heading(text) == what


@pytest.mark.parametrize(
    "text", ["TOTAL", "Sub-total", "Итого вводных: 6", "المجموع", "合计", "Jumlah inject", "Toplam"]
)
def test_a_sum_is_known(text: str):
    assert total(text)
    assert not total("Totally lost, the crew asks for help")


def test_a_numbered_inject_that_begins_like_a_sum_is_none():
    rows: Rows = [
        ["No", "Inject", "Expected action"],
        *[[n, STORY[n], "Act"] for n in range(1, 4)],
        [4, "Total blackout", "Act"],
    ]
    found, scenario = imported("d.xlsx", workbook({"MSEL": [*rows, ["Total", 4, ""]]}))
    assert [one.text for one in every(scenario)][3] == "Total blackout"
    assert any("sums up others" in one and "'Total'" in one for one in found.left_out)


def test_an_exercise_is_called_by_a_line_that_also_names_its_day():
    rows = [["EXERCISE SEA LAMP - Day 2"], HSEEP, *[hseep(n, f"{9 + n:02}00", STORY[n]) for n in range(3)]]
    _, scenario = imported("d.xlsx", workbook({"MSEL": rows}))
    assert scenario.title == "EXERCISE SEA LAMP - Day 2"


def test_who_wrote_a_list_is_no_inject():
    assert all(
        map(footer, ("Établi par : la cellule", "Elaborado por:", "Disusun oleh", "Составил: Иванов", "作成者 田中"))
    )
    assert not footer("A boat was prepared by night")


@pytest.mark.parametrize(
    "header, field",
    [
        ("発信元", "sender"), ("宛先", "to"), ("状況付与", "text"), ("시각", "at"), ("수신", "to"), ("زمان", "at"),
        ("گیرنده", "to"), ("প্রেরক", "sender"), ("प्रापक", "to"), ("ពេលវេលា", "at"), ("ຜູ້ຮັບ", "to"), ("ဖြစ်ရပ်", "text"),
        ("Alıcı", "to"), ("Beklenen Tepki", "expected"), ("الجهة المستقبلة", "to"), ("طريقة الإيصال", "channel"),
        ("Fin", "until"), ("Waktu Selesai", "until"), ("結束時間", "until"), ("End time", "until"),
        ("Looking for", "expected"),
    ],
)  # fmt: skip
def test_a_header_is_known_in_its_language(header: str, field: str):
    found = field_named(header)
    assert found is not None
    assert found[0] == field


def test_modes_and_kinds_are_known_in_their_languages():
    modes = ("по электронной почте", "بريد إلكتروني", "メール", "이메일", "電話", "ফোন", "Telsiz", "記者会見の報道")
    said = ["email", "email", "email", "email", "phone", "phone", "radio", "news"]
    assert [channel_of(mode) for mode in modes] == said
    assert [kind_of(kind) for kind in ("حقنة طارئة", "Вводная", "予備")] == ["contingency", "contextual", "contingency"]


def test_bands_of_days_sums_and_ends_are_read_in_french():
    found, scenario = imported("senegal.xlsx", traps.senegal())
    assert plan(scenario) == [["09:00", "10:00", "11:00"], ["09:00", "10:00", "11:00"]]
    assert [one.minutes for one in every(scenario)] == [30, 30, 30, 45, 45, 45]
    assert [(one.sender, one.channel) for one in scenario.days[0].injects] == [("Marine", "phone")] * 3
    assert "Vérifier avec la Marine" in scenario.days[0].injects[0].notes
    assert [day.title for day in scenario.days] == ["Journée 1 : lundi 16 mars 2026", "Journée 2 : mardi 17 mars 2026"]
    assert any("row 15: sums up" in one for one in found.left_out)
    assert any("row 16: is a line of the page" in one for one in found.left_out)
    assert scenario.title == "EXERCICE « TERANGA »"


def test_dates_of_day_and_month_with_halves_of_the_day():
    _, scenario = imported("mexico.xlsx", traps.mexico())
    assert plan(scenario) == [["08:00", "09:30", "10:00", "13:30"], ["08:00", "14:30"]]
    assert {one.id: one.kind for one in every(scenario)}["D1-01-2A"] == "contingency"


def test_a_list_beneath_a_list_begins_the_day_that_stands_above_it():
    _, scenario = imported("brazil.xlsx", traps.brazil())
    assert plan(scenario) == [["08:30", "09:30", "10:30"], ["08:15", "09:15", "10:15"]]


def test_eastern_digits_and_ordinals():
    _, scenario = imported("gulf.xlsx", traps.gulf())
    assert plan(scenario) == [["09:30", "10:30", "11:30"], ["08:30", "09:30", "10:30"]]
    assert {one.channel for one in every(scenario)} == {"email"}
    assert [one.kind for one in every(scenario)][-1] == "contingency"


def test_a_stamp_of_approval_is_no_title_and_a_ditto_no_empty_cell():
    _, scenario = imported("kazakhstan.xlsx", traps.kazakhstan())
    assert scenario.title == "ПЛАН наращивания обстановки"
    assert {one.sender for one in every(scenario)} == {"Береговая охрана"}
    assert [one.minutes for one in every(scenario)] == [30] * 6


def test_a_name_above_a_repeated_header_heads_what_follows():
    found, scenario = imported("kenya.xlsx", traps.kenya())
    notes = {one.id: one.notes for one in every(scenario)}
    assert set(notes) == {"A-1", "A-2", "B-1", "B-2", "C-1", "C-2"}
    assert "**Session:** CELL B - IMMIGRATION" in notes["B-2"]
    assert "CELL" not in "".join(one.text for one in every(scenario))
    assert any("Sessions alternate" in one for one in found.guessed)


def test_same_as_above_and_noon():
    _, scenario = imported("philippines.xlsx", traps.philippines())
    assert plan(scenario) == [["08:00", "09:00", "12:00", "13:00"], ["13:30", "15:00"]]
    assert {(one.sender, one.channel, one.to.delegations) for one in every(scenario)} == {
        ("PCG", "radio", ("BI", "PNP"))
    }


def test_a_pause_and_the_end_of_the_day_are_no_part_of_the_inject_above():
    _, scenario = imported("italy.xlsx", traps.italy())
    assert plan(scenario) == [["09:15", "10:15", "11:15", "12:15"]]
    assert every(scenario)[-1].text == STORY[3]
    assert "PAUSA PRANZO" in [one.title for one in scenario.days[0].sessions]


def test_sender_and_receiver_in_one_column_and_labels_above_are_no_title():
    _, scenario = imported("ethiopia.xlsx", traps.ethiopia())
    assert {(one.sender, one.to.delegations) for one in every(scenario)} == {("Coast Guard", ("Police", "Navy"))}
    assert scenario.title == "ethiopia"
    assert every(scenario)[0].expected == ("Answer",)


def test_dates_at_midnight_have_no_time_unless_another_has_one():
    days = [dt.datetime(2026, 5, day) for day in (4, 5)]  # noqa: DTZ001
    assert only_midnights(days)
    assert not only_midnights([*days, dt.datetime(2026, 5, 5, 8, 30)])  # noqa: DTZ001
    assert moment(days[0], midnights=True) == Moment(on=dt.date(2026, 5, 4))
    assert plan(imported("dates.xlsx", dated_cells())[1]) == [["09:00", "09:15", "09:30"]] * 2


def test_a_column_that_a_program_gave_no_name_is_read():
    _, scenario = imported("thirty.xlsx", thirty_columns())
    notes = every(scenario)[0].notes
    assert all(f"**Field {number}:** Field {number} says 0" in notes for number in range(14, 31))


@pytest.mark.parametrize(
    "text, language",
    [
        ("Um barco de pesca com cerca de cem pessoas a bordo comunica uma avaria do motor ao centro", "pt"),
        ("Il centro chiede chi coordina, e gli ufficiali della guardia costiera sono in attesa", "it"),
        ("Ein Boot mit hundert Menschen meldet einen Schaden, und das Lagezentrum ist nicht besetzt", "de"),
        ("El centro pregunta por los pasajeros y pide una respuesta para las seis", "es"),
        ("The centre asks who coordinates, and a doctor is needed for the master", "en"),
    ],
)
def test_a_language_is_known_by_its_small_words(text: str, language: str):
    assert language_of([text]) == language


def test_a_matrix_of_times_and_players_is_refused_with_what_to_do():
    rows: Rows = [["Heure", "Cellule police", "Cellule santé"], *[[f"{9 + n}h00", *STORY[n : n + 2]] for n in range(4)]]
    refused = understood("m.xlsx", workbook({"Matrice": rows})).refused
    assert refused is not None
    assert "'Cellule police' and 'Cellule santé'" in refused
    assert "put each text into a row of its own" in refused


def test_a_column_of_dates_that_nobody_names_says_the_day():
    head = ["Nr", "Kuupäev", "Time", "Message", "From"]
    rows: Rows = [head, *[[n + 1, f"0{4 + n // 2}.05.2026", f"{9 + n % 2:02}:00", STORY[n], "Navy"] for n in range(4)]]
    assert plan(imported("d.xlsx", workbook({"MSEL": rows}))[1]) == [["09:00", "10:00"]] * 2


def test_a_type_that_names_means_is_how_it_arrives():
    head = ["id", "Horaire", "Type", "Emetteur", "Stimuli"]
    kinds = ("message", "tweet", "sms", "tweet")
    rows: Rows = [head, *[[n, f"09:{n * 10:02}", kind, "Mairie", STORY[n]] for n, kind in enumerate(kinds)]]
    channels = [one.channel for one in every(imported("d.xlsx", workbook({"Stimuli": rows}))[1])]
    assert channels == ["report", "social", "phone", "social"]
