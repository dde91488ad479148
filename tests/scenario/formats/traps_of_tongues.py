"""Workbooks as offices in Africa, Asia, the Gulf, Latin America and Europe make them, in their own languages."""

import datetime as dt
from typing import Any

from openpyxl import Workbook
from openpyxl.comments import Comment
from openpyxl.worksheet.worksheet import Worksheet

from tests.scenario.formats.words import STORY, saved, table, workbook

EASTERN = str.maketrans("0123456789", "٠١٢٣٤٥٦٧٨٩")


def _sheet(title: str, rows: list[list[Any]], merged: tuple[str, ...] = ()) -> tuple[Workbook, Worksheet]:
    book = Workbook()
    sheet = book.active
    assert isinstance(sheet, Worksheet)
    sheet.title = title
    for row in rows:
        sheet.append(row)
    for cells in merged:
        sheet.merge_cells(cells)
    return book, sheet


def senegal() -> bytes:
    """Two header rows, a band for each day, ditto marks, beginnings and ends, a total, who wrote it."""
    rows: list[list[Any]] = [
        ["MINISTÈRE DE L'INTÉRIEUR"],
        ["[logo]", "", "", "EXERCICE « TERANGA »"],
        [],
        ["N° d'ordre", "Horaire", "", "Injection", "", "", "Réponse attendue", "Moyens", "État"],
        ["", "Début", "Fin", "Émetteur", "Destinataire(s)", "Contenu"],
        ["Journée 1 : lundi 16 mars 2026"],
    ]
    for n in range(3):
        sender, means = ("Marine", "Téléphone") if n == 0 else ("idem", '"')
        rows.append(
            [f"1.{n + 1}", f"{9 + n}h00", f"{9 + n}h30", sender, "Police", STORY[n], "Répondre", means, "Validé"]
        )
    rows += [["Pause déjeuner"], ["Journée 2 : mardi 17 mars 2026"]]
    for n in range(3, 6):
        rows.append(
            [f"2.{n - 2}", f"{6 + n}h00", f"{6 + n}h45", "Préfecture", "Douanes", STORY[n], "Répondre", "Courriel"]
        )
    rows += [["TOTAL", "", "", "", "", "6 injections"], ["Établi par : cellule exercice"]]
    merged = ("B4:C4", "D4:F4", "A4:A5", "G4:G5", "H4:H5", "A6:I6", "A10:I10", "A11:I11")
    book, sheet = _sheet("Chronogramme", rows, merged)
    sheet["F7"].comment = Comment("Vérifier avec la Marine", "Awa")
    return saved(book)


def mexico() -> bytes:
    """Dates of day and month, halves of the day, columns of crosses, a hidden row, 1.2a."""
    head = ["No.", "Fecha", "Hora", "Tipo de inyecto", "De", "Para", "Medio de entrega", "Título",
            "Descripción del inyecto", "Acción esperada", "SAR", "Fiscalía", "Entregado"]  # fmt: skip
    rows: list[list[Any]] = [["EJERCICIO DE GABINETE FRONTERA SUR"], head]
    times = ("8:00 a.m.", "9:30 a.m.", "10:00 a.m.", "1:30 p.m.", "8:00 a.m.", "2:30 p.m.")
    for n, number in enumerate(("1", "1.1", "1.2", "1.2a", "2", "2.1")):
        kind = "Contingencia" if number == "1.2a" else "Inyecto"
        rows.append([number, "03/04/2026" if n < 4 else "13/04/2026", times[n], kind, "Costera", "Todos", "Radio",
                     f"Suceso {number}", STORY[n], "Avisar", "x" if n % 2 else "", "✓", False])  # fmt: skip
    book, sheet = _sheet("MSEL", rows)
    sheet.row_dimensions[5].hidden = True
    sheet.column_dimensions["M"].hidden = True
    return saved(book)


def brazil() -> bytes:
    """Two lists with other columns one beneath the other, each under its day's name; 08h30min."""
    rows: list[list[Any]] = [
        ["Lista de injeções — Dia 1"],
        ["Nº", "Horário", "Remetente", "Destinatário", "Meio", "Mensagem", "Resposta esperada"],
    ]
    rows += [[n + 1, f"{8 + n:02}h30min", "Marinha", "Todos", "Telefone", STORY[n], "Comunicar"] for n in range(3)]
    rows += [[], ["Lista de injeções — Dia 2"], ["Código", "Hora", "De", "Para", "Evento", "Ação esperada"]]
    rows += [[f"B{n - 2}", f"{5 + n:02}:15", "Polícia", "Ministério", STORY[n], "Responder"] for n in range(3, 6)]
    return workbook({"Plano": rows})


def gulf() -> bytes:
    """Eastern Arabic digits, days named by ordinals, a sum at the end."""
    head = [
        "م",
        "التوقيت",
        "نوع الحقنة",
        "الجهة المرسلة",
        "الجهة المستقبلة",
        "طريقة الإيصال",
        "نص الرسالة",
        "الإجراء المتوقع",
    ]
    text = "يبلغ قارب صيد على متنه نحو مئة شخص عن عطل في المحرك على بعد عشرين ميلا من الساحل"
    rows: list[list[Any]] = [["تمرين الخليج الآمن"], head, ["اليوم الأول - الأحد"]]
    for n in range(1, 7):
        if n == 4:
            rows.append(["اليوم الثاني - الاثنين"])
        kind, time = "حقنة طارئة" if n == 6 else "حقنة", f"{8 + n % 4:02}:30".translate(EASTERN)
        number = str(n).translate(EASTERN)
        rows.append([number, time, kind, "خفر السواحل", "الجميع", "بريد إلكتروني", f"{text} {n}", "إبلاغ القيادة"])
    rows.append(["المجموع", "", "", "", "", "", "٦ حقن"])
    return saved(_sheet("قائمة الحقن", rows, ("A1:H1", "A3:H3", "A7:H7"))[0])


def kazakhstan() -> bytes:
    """A stamp of approval above, dates with points, -//- for what stands above, spans, a sum."""
    head = ["№ п/п", "Дата", "Время проведения", "Вводная", "От кого", "Кому", "Способ доведения", "Ожидаемые действия"]
    rows: list[list[Any]] = [["УТВЕРЖДАЮ"], ["Начальник ____________"], ["ПЛАН наращивания обстановки"], head]
    for n in range(6):
        sender, means = "Береговая охрана" if n == 0 else "-//-", "по телефону" if n % 2 else "по электронной почте"
        date, span = f"0{5 + n // 3}.04.2026", f"{9 + n % 3:02}.00-{9 + n % 3:02}.30"
        rows.append([f"{n + 1}.", date, span, f"Судно сообщает об отказе двигателя, людей на борту: {100 + n}", sender,
                     "Всем", means, "Доложить"])  # fmt: skip
    return workbook({"Лист1": [*rows, ["Итого вводных: 6"]]})


def indonesia() -> bytes:
    """`s.d.` between times, days merged down, a header on every page."""
    head = ["No", "Hari/Tanggal", "Waktu (WIB)", "Kejadian / Inject", "Pengirim", "Penerima", "Media",
            "Respons yang Diharapkan", "PIC"]  # fmt: skip
    rows: list[list[Any]] = [["TTX PENANGANAN PENGUNGSI"], head]
    for n in range(6):
        rows += [head] if n == 3 else []
        day = {0: "Senin, 4 Mei 2026", 3: "Selasa, 5 Mei 2026"}.get(n)
        span = f"{8 + n % 3:02}.30 s.d. {9 + n % 3:02}.15"
        rows.append([n + 1, day, span, STORY[n], "Basarnas", "Imigrasi, Polri", "Surat", "Melapor", "Tim A"])
    return workbook({"MSEL": rows}, {"MSEL": ["B3:B5", "B7:B9"]})


def kenya() -> bytes:
    """A list for each cell, one beneath the other, each under the cell's name."""
    rows: list[list[Any]] = [["NATIONAL TTX - BORDER HEALTH"], []]
    head = ["Inject", "Time", "Inject text", "Injected by", "Expected action"]
    for cell, name in enumerate(("CELL A - PORT HEALTH", "CELL B - IMMIGRATION", "CELL C - POLICE")):
        rows += [[name], head]
        rows += [[f"Inj {'ABC'[cell]}.{n + 1}", dt.time(9 + n, 15 * cell), STORY[2 * cell + n], "EXCON", "Respond"]
                 for n in (0, 1)]  # fmt: skip
        rows.append([])
    return workbook({"Injects": rows})


def philippines() -> bytes:
    """Hours with an H, 12:00 NN, -do- and `same as above`."""
    head = ["Serial Nr", "Day", "Time", "Inject/Situation", "Originator", "Action Addressee", "Mode",
            "Expected Action of Players", "Remarks"]  # fmt: skip
    times = ("0800H", "0900H - 0930H", "12:00 NN", "1300H-1330H", "1:30 PM", "15:00")
    rows: list[list[Any]] = [["EXERCISE PLAN ANNEX C"], head]
    for n, time in enumerate(times):
        again = ["PCG", "BI, PNP", "Radio"] if n == 0 else ["-do-", "ditto", "Same as above"]
        rows.append([n + 1, {0: "Day 1", 4: "Day 2"}.get(n), time, STORY[n], *again, "Coordinate", ""])
    return workbook({"Annex C": [*rows, ["*** NOTHING FOLLOWS ***"]]}, {"Annex C": ["B3:B6", "B7:B8"]})


def turkey() -> bytes:
    head = ["Sıra No", "Tarih", "Saat", "Olay", "Gönderen", "Alıcı", "İletim Yöntemi", "Beklenen Tepki"]
    rows = [[str(n + 1), f"0{4 + n // 3}.05.2026", f"{9 + n % 3:02}:00-{9 + n % 3:02}:30", STORY[n], "Sahil Güvenlik",
             "Tümü", "Telefon", "Bildirir"] for n in range(6)]  # fmt: skip
    return table([head, *rows], ";").encode()


def italy() -> bytes:
    """`ore 9.00`, `id.`, the beginning, the end and a pause of the day among the rows."""
    rows: list[list[Any]] = [
        ["ESERCITAZIONE MARE SICURO"],
        ["Giornata 1"],
        ["N.", "Ora", "Evento iniettato", "Mittente", "Destinatario", "Mezzo", "Azione attesa", "Obiettivo"],
        ["", "ore 8.30", "INIZIO ESERCITAZIONE"],
    ]
    rows += [[n + 1, f"ore {9 + n}.15", STORY[n], "Guardia Costiera" if n == 0 else "id.", "Tutti", "telefono",
              "Informare la Prefettura", "OB 1"] for n in range(4)]  # fmt: skip
    rows += [["", "ore 13.00", "PAUSA PRANZO"], ["", "ore 17.00", "FINE ESERCITAZIONE"]]
    return workbook({"Foglio1": rows})


def ethiopia() -> bytes:
    """Labels with values above the list, sender and receiver in one column, day and time in another."""
    rows: list[list[Any]] = [
        ["Prepared for:", "IGAD"],
        ["Legend:", "Red = key", "Amber = optional"],
        [],
        ["Ref", "Day/Time", "Inject", "From → To", "How", "Looking for"],
    ]
    rows += [[f"{1 + n // 3}.{1 + n % 3}", f"D{1 + n // 3} {9 + n % 3:02}00", STORY[n], "Coast Guard → Police, Navy",
              "Email", "Answer"] for n in range(6)]  # fmt: skip
    return workbook({"Inject matrix": rows})


def china() -> bytes:
    """Halves of the day before the hour, days by number."""
    head = ["序号", "日期", "时间", "情景注入内容", "发送方", "接收方", "方式", "预期反应"]
    rows = [[n + 1, f"第{1 + n // 3}天", f"{'上午' if n % 3 < 2 else '下午'}{(9, 10, 2)[n % 3]}:30",
             f"一艘载有约一百人的渔船报告发动机故障，距海岸二十海里，第{n}次。", "海警", "全体", "电话", "上报"]
            for n in range(6)]  # fmt: skip
    return workbook({"事件清单": [["桌面推演主情景事件清单"], head, *rows]})


def japan() -> bytes:
    head = ["番号", "時刻", "状況付与", "発信元", "宛先", "手段", "期待される対応", "備考"]
    rows: list[list[Any]] = [["図上訓練 状況付与一覧"], head, ["1日目"]]
    text = "約百人を乗せた漁船が海岸から二十海里の地点で機関故障を報告した。"
    rows += [
        [n + 1, f"{9 + n}時{15 * n:02}分", f"{text}{n}", "海上保安庁", "全員", "電話", "報告する", ""] for n in range(4)
    ]
    return workbook({"状況付与": rows})
