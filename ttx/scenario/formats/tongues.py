"""The headers of `words` in further languages: those of the states that exercise together, beside the ones it has.

German, Italian, Portuguese, Malay, Vietnamese, Thai, Arabic, Russian and Chinese, as people write them. A header
that nobody knows is still told by what stands below it.
"""

TONGUES: dict[str, tuple[str, ...]] = {
    "id": (
        "lfd nr|laufende nummer|n|numero progressivo|bil|stt|số thứ tự|mã số|номер|п п|no п п",
        "ลำดับ|ลำดับที่|ที่|الرقم|رقم|م|序号|编号",
    ),
    "at": (
        "uhr|ora|orario|ora prevista|masa|waktu suntikan|thời gian|giờ|thời điểm|время|время ввода",
        "hour|hours|heures|horas|เวลา|الوقت|الساعة|التوقيت|时间",
    ),
    "day": ("data|giorno|tarikh|ngày|день|дата|วัน|วันที่|اليوم|التاريخ|日期|天",),
    "session": ("sessione|sessao|fasa|giai đoạn|phiên|этап|фаза|ช่วง|ระยะ|المرحلة|الجلسة|阶段|环节",),
    "minutes": ("dauer|durata|duracao|tempoh|thời lượng|длительность|продолжительность|ระยะเวลา|المدة|时长",),
    "kind": ("art|tipologia|jenis suntikan|loại|тип|ประเภท|النوع|类型|类别",),
    "channel": (
        "kanal|ubermittlung|mezzo|mezzo di trasmissione|meio|meio de transmissao|kaedah|saluran|способ|средство",
        "phương tiện|phương thức|hình thức|kênh|канал|ช่องทาง|วิธีการ|الوسيلة|القناة|وسيلة الاتصال|方式|渠道|手段",
    ),
    "sender": (
        "mittente|da|remetente|origem|daripada|người gửi|bên gửi|từ|nơi gửi|от|от кого|отправитель|источник",
        "ผู้ส่ง|จาก|من|المرسل|الجهة المرسلة|发送方|发件人|发送者|来源",
    ),
    "to": (
        "adressat|ricevente|người nhận|bên nhận|đến|nơi nhận|кому|получатель|адресат",
        "ผู้รับ|ถึง|إلى|المستلم|المستقبل|الجهة المستلمة|المتلقي|接收方|收件人|接收者|对象",
    ),
    "title": (
        "betreff|oggetto|titolo|assunto|tajuk|tiêu đề|chủ đề|тема|заголовок|название",
        "หัวข้อ|เรื่อง|العنوان|الموضوع|标题|主题",
    ),
    "text": (
        "meldung|lage|einlage|einspielung|lagemeldung|messaggio|testo|descrizione|mensagem|descricao|conteudo",
        "mesej|suntikan|kandungan|nội dung|tình huống|thông điệp|tin nhắn|mô tả",
        "вводная|сообщение|содержание|текст|событие|описание|обстановка",
        "ข้อความ|สถานการณ์|เหตุการณ์|เนื้อหา|รายละเอียด",
        "نص الرسالة|الرسالة|الحدث|المحتوى|الوصف|السيناريو",
        "情景内容|内容|情景|事件|消息|信息|注入|注入内容|情况",
    ),
    "expected": (
        "erwartete massnahme|erwartete massnahmen|erwartete reaktion|massnahmen|what should happen|players should",
        "azione attesa|azioni attese|risposta attesa|reazione attesa|risultato atteso|acao esperada|acoes esperadas",
        "tindakan dijangka|tindakan yang dijangka|respons dijangka|hành động dự kiến|hành động mong đợi",
        "phản ứng mong đợi|kết quả mong đợi|ожидаемые действия|ожидаемая реакция|ожидаемый результат",
        "การปฏิบัติที่คาดหวัง|สิ่งที่คาดหวัง|ผลที่คาดหวัง|การตอบสนองที่คาดหวัง|แนวทางปฏิบัติ",
        "الإجراء المتوقع|الإجراءات المتوقعة|الاستجابة المتوقعة|النتيجة المتوقعة|رد الفعل المتوقع",
        "预期行动|预期反应|预期响应|期望行动|应对措施",
    ),
    "questions": ("frage|fragen|domande|perguntas|soalan|câu hỏi|вопросы|คำถาม|الأسئلة|问题|讨论问题",),
    "objectives": (
        "ziel|ziele|ubungsziel|obiettivo|obiettivi|matlamat|mục tiêu|цель|цели",
        "วัตถุประสงค์|الهدف|الأهداف|目标|目的",
    ),
    "notes": (
        "anmerkung|anmerkungen|hinweis|hinweise|verantwortlich|osservazioni|observacoes|nota|ulasan",
        "ghi chú|phụ trách|примечание|примечания|ответственный",
        "หมายเหตุ|ผู้รับผิดชอบ|ملاحظات|ملاحظة|المسؤول|备注|负责人|说明",
    ),
}
"""Phrases by field, divided by `|`."""

WITHIN: tuple[tuple[str, str], ...] = (
    ("expected", "คาดหวัง|المتوقع|المتوقعة|المطلوب|المطلوبة|mong đợi|dự kiến xử lý|ожидаем|预期"),
    ("questions", "คำถาม|الأسئلة|أسئلة|câu hỏi|вопрос"),
    ("objectives", "วัตถุประสงค์|الأهداف|mục tiêu"),
    ("channel", "ช่องทาง|وسيلة|قناة|phương tiện|способ|渠道"),
    ("sender", "ผู้ส่ง|المرسل|المصدر|người gửi|đơn vị phát|отправител|发送"),
    ("to", "ผู้รับสาร|ผู้รับข้อ|المستلم|المستهدف|المتلقي|người nhận|đơn vị nhận|получател|接收"),
    ("at", "เวลา|الوقت|توقيت|thời gian|thời điểm|время|时间"),
    ("text", "สถานการณ์|เหตุการณ์|ข้อความ|الحدث|الرسالة|الموقف|tình huống|nội dung|вводн|情景|情况"),
    ("notes", "หมายเหตุ|ملاحظات|ghi chú|примечан|备注"),
)
"""What a longer header contains, by field, in the order it is asked."""
