"""Workbooks whose trap is the habit of those who made them: an alliance's, an agency's, a region's own columns."""

import datetime as dt
from typing import Any

from tests.scenario.formats.words import HSEEP, STORY, hseep, table, workbook


def alliance() -> bytes:
    rows: list[list[Any]] = [
        ["MEL/MIL - CALM CURRENT"],
        [
            "Event",
            "Incident",
            "Inject",
            "DTG (Z)",
            "Originator",
            "Addressee",
            "Means",
            "Inject Text",
            "TO",
            "Resp. OPR",
        ],
    ]
    for event in (1, 2, 3):
        rows.append([f"{event:02}00", "", "", None, "", "", "", f"EVENT {event}: CROSSING", "", ""])
        for one in (1, 2):
            text = STORY[2 * event + one - 3]
            number, time = f"{event:02}0{one}", f"{20 + event}0{7 + one}30ZMAY26"
            rows.append(["", number, f"{number}.01", time, "LCC", "MCC", "e-mail", text, "TO1", "OPR X"])
    return workbook({"MELMIL": rows})


def agency() -> bytes:
    header = [
        "MSEL ID #", "Planned Date/Time", "Delivered (Y/N)", "Inject Type\n(Key / Ground Truth / Contingency)",
        "Delivery Mode", "Sending Agency", "Receiving Agency", "Event Synopsis", "Inject (detailed)",
        "Anticipated Player Action(s)", "Core Capability(ies)", "Obj. #", "Controller Responsible",
    ]  # fmt: skip
    rows = [
        [f"F-{place:03}", dt.datetime.combine(dt.date(2026, 5, 4), dt.time(8 + place)), "N", "Key", "Phone Call",
         "SimCell", "EOC", f"Synopsis {place}", text, "1. Do this 2. Do that", "Mass Care", "1.1, 2.3", "J. Doe"]
        for place, text in enumerate(STORY)
    ]  # fmt: skip
    return workbook({"Cover": [["FOR TRAINING"]], "MSEL": [header, *rows]})


def arabic() -> bytes:
    header = ["ت", "الوقت", "المصدر", "الجهة المستهدفة", "وسيلة الإرسال", "الحدث", "رد الفعل المطلوب", "ملاحظات"]
    text = "يبلغ قارب صيد عن عطل في المحرك على بعد عشرين ميلا من الساحل"
    rows = [[n, f"{8 + n:02}:00", "خفر السواحل", "الجميع", "هاتف", f"{text} {n}", "الرد", ""] for n in range(1, 7)]
    return workbook({"قائمة الأحداث": [["تمرين الفانوس"], header, *rows]})


def thai() -> bytes:
    header = ["ลำดับ", "เวลา", "ผู้ส่งสาร", "ผู้รับสาร", "ช่องทางการสื่อสาร", "สถานการณ์สมมติ", "การปฏิบัติที่คาดหวัง"]
    text = "เรือประมงรายงานว่าเครื่องยนต์ขัดข้องห่างจากชายฝั่งยี่สิบไมล์ มีคนบนเรือร้อยคน"
    rows = [[n, f"{8 + n}.00 น.", "ศูนย์", "ทุกหน่วย", "โทรศัพท์", f"{text} {n}", "รายงาน"] for n in range(1, 6)]
    return workbook({"แผน": [["การฝึกซ้อมแผน"], header, *rows]})


def vietnamese() -> bytes:
    header = ["STT", "Thời gian", "Nội dung tình huống", "Đơn vị phát", "Đơn vị nhận", "Dự kiến xử lý"]
    text = "Một tàu cá báo hỏng máy cách bờ hai mươi hải lý, trên tàu khoảng một trăm người"
    rows = [[str(n), f"{8 + n}h30", f"{text} {n}", "Cảnh sát biển", "Biên phòng", "Báo cáo"] for n in range(1, 6)]
    return ("\ufeff" + table([header, *rows])).encode()


def german() -> bytes:
    times = ["9 Uhr", "10 Uhr 15", "11 Uhr 15", "12:15 Uhr"]
    rows = [[str(n), time, STORY[n], "Leitstelle", "Alle", "Melden"] for n, time in enumerate(times, 1)]
    return table([["Nr", "Uhrzeit", "Einlage", "Von", "An", "Erwartete Maßnahmen"], *rows], ";").encode("latin-1")


def side_by_side() -> bytes:
    columns: list[list[Any]] = [["Inject", "Time", "Source", "Delivery", "Description", "Expected response", "Notes"]]
    columns += [[f"Inject {n}", f"{8 + n:02}:30", "Navy", "Email", STORY[n], "Act", ""] for n in range(1, 6)]
    return workbook({"TTX": [["EXERCISE SEA LAMP"], [], *map(list, zip(*columns, strict=True))]})


def contacts_beside() -> bytes:
    rows: list[list[Any]] = [["No", "Time", "Inject", "From", "", "Name", "Phone", "Email"]]
    rows += [[n, f"{8 + n:02}00", STORY[n], "Navy", "", f"Ana {n}", f"+1 55{n}", f"a{n}@example.org"]
             for n in range(1, 6)]  # fmt: skip
    return workbook({"Plan": rows})


def headed_days() -> bytes:
    days = [[hseep(place + 1, f"{9 + place:02}00", text) for place, text in enumerate(texts)]
            for texts in (STORY[:4], STORY[4:])]  # fmt: skip
    return workbook({"MSEL": [["Day 1 - Monday"], HSEEP, *days[0], [], ["Day 2 - Tuesday"], HSEEP, *days[1]]})


def first_day() -> bytes:
    times = ["D-Day 0900", "D 1100", "D+1 0900", "D+1, 14:00", "D+2 09:00", "D+2/1500"]
    rows = [[n, time, STORY[n], "EOC", "Act"] for n, time in enumerate(times)]
    return workbook({"MSEL": [["Ser", "Time", "Event", "Player", "Expected Outcome"], *rows]})


def stages() -> bytes:
    header = ["Scenario stage", "What happens", "Questions for the group", "Points to draw out"]
    rows = [[f"Stage {n}", STORY[n], "Who leads?\nWho is told?", "Chain of command"] for n in range(1, 5)]
    return workbook({"Sheet1": [header, *rows]})
