"""What stands in single cells: a mode as a channel, a type as a kind, an audience, a list, objectives in notes."""

import re
from collections.abc import Iterator

from ttx.scenario.formats.words import empty, normal
from ttx.scenario.model import Channel, InjectKind

_CHANNELS: tuple[tuple[str, Channel], ...] = (
    ((r"social|twitter|tweet|facebook|whats ?app|telegram|instagram|tiktok|reseaux|redes|media sosial|\bx post|youtube"
     r"|linkedin|\bpost\b"), Channel.SOCIAL),
    (r"e ?mail|courriel|correo|surel|outlook|\bmail\b|inbox|surat elektronik", Channel.EMAIL),
    (r"radio|\bfunk|\bvhf\b|\buhf\b|\bhf\b|walkie|channel 16|\bgmdss\b", Channel.RADIO),
    ((r"phone|\bcall\b|\btel\b|telef|telep|\bsms\b|text message|voice|verbal by tel|appel|llamada|panggilan|cell|mobile"
     r"|anruf|fernsprech|\bvoip\b|teams call|signal|hotline"), Channel.PHONE),
    ((r"press|news|\btv\b|television|broadcast|media|journal|newspaper|video|prensa|noticia|berita|\bwebsite\b|article"
     r"|bulletin|nachrichten|presse"), Channel.NEWS),
    (r"cable|telegram diplom|diplomatic|note verbale|telex|nota verbal|diplomatique|\bdepeche", Channel.CABLE),
    ((r"letter|lettre|carta|surat|\bfax\b|\bmemo|courier|hard ?copy|handout|paper|document|written|in writing"
     r"|schreiben|hand ?carr|runner|\bnote\b|\bcard\b|hand deliver|brief|dokumen|ecrit|tertulis"), Channel.LETTER),
    ((r"meeting|face to face|\bf2f\b|in person|person|verbal|oral|reunion|reunir|rapat|tatap muka|visit|interview"
     r"|besprechung|gesprach|sitzung"
     r"|role ?play|actor|discussion|conference|\bvtc\b|video conf|zoom|lisan|walk ?in"), Channel.MEETING),
    ((r"briefing|brief\b|presentation|slide|powerpoint|\bppt\b|plenary|facilitator|announce|projector|screen|paparan"
     r"|excon|controller|exposicion"), Channel.BRIEFING),
    ((r"report|sitrep|bericht|lagemeldung|meldung|rapport|informe|laporan|log\b|intel|satellite|imagery|sensor|system|alert|database|portal|dashboard"
     r"|\bais\b|\bcad\b|message|notification|software|console|web"), Channel.REPORT),
)  # fmt: skip
_CHANNEL_WORDS = tuple((re.compile(pattern), channel) for pattern, channel in _CHANNELS)

_ABROAD = tuple(
    (normal(word), channel)
    for words, channel in (
        (
            "อีเมล إلكتروني الإلكتروني ايميل thư&điện&tử 邮件 郵件 почт メール 이메일 전자우편 ایمیل ای&میل",
            Channel.EMAIL,
        ),
        ("ইমেইল इमेल ईमेल អ៊ីមែល ອີເມວ အီးမေးလ် ඊමේල් විද්‍යුත් மின்னஞ்சல் posta barua&pepe", Channel.EMAIL),
        ("วิทยุ راديو لاسلكي اللاسلكي bộ&đàm 电台 無線 无线电 радио 무전 무선 بیسیم", Channel.RADIO),
        ("বেতার रेडियो វិទ្យុ ວິທະຍຸ telsiz", Channel.RADIO),
        ("โทรศัพท์ هاتف الهاتف اتصال điện&thoại 电话 電話 телефон звонок 전화 تلفن فون", Channel.PHONE),
        ("ফোন फोन ទូរសព្ទ ໂທລະສັບ ဖုန်း දුරකථන தொலைபேசி simu", Channel.PHONE),
        ("โซเชียล التواصل&الاجتماعي mạng&xã&hội 社交 соцсети sns 소셜 sosyal&medya", Channel.SOCIAL),
        ("ข่าว أخبار الأخبار صحيفة الإعلام báo&chí 新闻 新聞 новости 報道 ニュース テレビ", Channel.NEWS),
        ("뉴스 언론 방송 رسانه خبر সংবাদ समाचार ព័ត៌មាន ຂ່າວ သတင်း පුවත් haber basin habari", Channel.NEWS),
        ("ประชุม اجتماع لقاء họp 会议 會議 встреча совещани 회의 جلسه اجلاس", Channel.MEETING),
        ("সভা बैठक ប្រជុំ ປະຊຸມ රැස්වීම கூட்டம் toplanti", Channel.MEETING),
        ("จดหมาย หนังสือ رسالة خطاب công&văn 信函 公文 письм 書面 文書 공문 서면 نامه خط", Channel.LETTER),
        ("চিঠি पत्र លិខិត ໜັງສື ලිපි கடிதம் mektup", Channel.LETTER),
        ("รายงาน تقرير báo&cáo 报告 報告 доклад рапорт 보고 گزارش رپورٹ", Channel.REPORT),
        ("প্রতিবেদন प्रतिवेदन របាយការណ៍ ລາຍງານ වාර්තා அறிக்கை rapor", Channel.REPORT),
        ("บรรยายสรุป إحاطة thuyết&trình 简报 簡報 брифинг ブリーフィング 브리핑 توجیه", Channel.BRIEFING),
    )
    for word in (one.replace("&", " ") for one in words.split())
)
"""The same in further languages, compared as headers are; the first that a mode holds counts."""

_KINDS: tuple[tuple[str, InjectKind], ...] = (
    ((r"contingen|reserve|if needed|if required|optional|as required|backup|prompt inject|cadangan|contingencia"
     r"|opcional|spare"), InjectKind.CONTINGENCY),
    (r"\bmedia\b|press|news|social|medios|presse", InjectKind.MEDIA),
    (r"decision|branch|vote\b|choice|keputusan", InjectKind.DECISION),
    (r"adaptive|consequence|follow ?up|dynamic|reactive|ad hoc|response inject", InjectKind.ADAPTIVE),
    (r"expected|player action|anticipated|attendu|esperada|action item|task\b|diharapkan|\baction\b",
     InjectKind.EXPECTED_ACTION),
    ((r"hot ?wash|debrief|facilitat|plenary|discussion|admin|control|excon|instruction|briefing|startex"
     r"|endex|diskusi"), InjectKind.FACILITATION),
    ((r"inject|event|info|context|key|routine|scripted|background|intel|evento|kejadian|evenement|situation|narrative"
     r"planned|main|major|minor|scenario|supporting|ground truth|critical|operational|technical|inyecto|message"
     r"|report"
     r"|update"), InjectKind.CONTEXTUAL),
)  # fmt: skip
_KINDS_ABROAD = tuple(
    (normal(word), kind)
    for words, kind in (
        ("طارئة طارئ احتياطي резерв 予備 예비 备用 備用 yedek riserva สำรอง dự&phòng احتیاطی", InjectKind.CONTINGENCY),
        ("إعلام 媒体 媒體 報道 언론 сми medya สื่อ truyền&thông", InjectKind.MEDIA),
        ("قرار решени 决策 決策 決定 결정 karar", InjectKind.DECISION),
        (
            "حقنة حدث رسالة معلومة вводн событи 注入 事件 情景 状況 付与 상황 메시지 olay sự&kiện เหตุการณ์",
            InjectKind.CONTEXTUAL,
        ),
    )
    for word in (one.replace("&", " ") for one in words.split())
)
_KIND_WORDS = tuple((re.compile(pattern), kind) for pattern, kind in _KINDS)


def channel_of(text: str) -> Channel | None:
    """The channel that a mode names; the first word of several counts."""
    words = normal(text)
    if words in Channel.__members__.values():
        return Channel(words)
    found = [
        (match.start(), order, channel)
        for order, (pattern, channel) in enumerate(_CHANNEL_WORDS)
        if (match := pattern.search(words))
    ]
    if found:
        return min(found)[2]
    return next((channel for word, channel in _ABROAD if word in words), None)


def kind_of(text: str) -> InjectKind | None:
    """The kind that an event type names, as HSEEP's Inject, Contingency Inject and Expected Action."""
    words = normal(text)
    if words.replace(" ", "_") in InjectKind.__members__.values():
        return InjectKind(words.replace(" ", "_"))
    found = next((kind for pattern, kind in _KIND_WORDS if pattern.search(words)), None)
    return found or next((kind for word, kind in _KINDS_ABROAD if word in words), None)


_BULLET = re.compile(
    r"^\s*(?:[-–—•●▪◦‣*·o➢➤✓✔□]\s+|[•●▪◦‣➢➤✓✔□]\s*|\(?\d{1,2}[.)]\s+|\(?[a-z][.)]\s+|\(?[ivx]{1,4}[.)]\s+)"
)


def lines_of(text: str) -> list[str]:
    """The items of a list in a cell: by lines, or within one line by semicolons or numbers; bullets go."""
    parts = [part for part in text.replace("\r", "\n").split("\n") if part.strip()]
    if len(parts) == 1:
        parts = counted(parts[0])
    items: list[str] = []
    bulleted = any(_BULLET.match(part) for part in parts)
    for part in parts:
        bare = _BULLET.sub("", part).strip()
        if bulleted and items and not _BULLET.match(part):
            items[-1] = f"{items[-1]} {bare}"
        elif bare:
            items.append(bare)
    if len(items) == 1:
        if items[0].count(";"):
            items = items[0].split(";")
        elif len(pieces := re.split(r"\s*[•●▪◦‣]\s*", items[0])) > 1:
            items = pieces
    return [item.strip(" ;\t") for item in items if item.strip(" ;\t") and not empty(item)]


_COUNTED = re.compile(r"(?:^|(?<=\s))(?:\(?(\d{1,2})[.)]|\(?([a-zA-Z])\))\s+(?=\S)")


def counted(line: str) -> list[str]:
    """A line cut before its numbers or letters, where they count up from the first: `1. Confirm 2. Pass on`."""
    cuts: list[int] = []
    for match in _COUNTED.finditer(line):
        number = int(match[1]) if match[1] else ord(match[2].casefold()) - ord("a") + 1
        if number == len(cuts) + 1:
            cuts.append(match.start())
    if len(cuts) < 2:
        return [line]
    parts = [line[start:end] for start, end in zip([0, *cuts], [*cuts, len(line)], strict=True)]
    return [part for part in parts if part.strip()]


def options_of(text: str) -> list[str]:
    """The answers to choose from, as `Yes | No` or one a line."""
    parts = re.split(r"\s*[|\n]\s*", text.strip())
    parts = parts if len(parts) > 1 else re.split(r"\s*;\s*", text.strip())
    return [part for part in dict.fromkeys(map(str.strip, parts)) if part]


_EVERYBODY = re.compile(
    r"^(all|everyone|everybody|all (players?|participants?|tables?|delegations?|teams?|agencies|groups?|units?"
    r"|states?"
    r"|participants|cells?|sites?|hands|attendees|organi[sz]ations?|of the above|stations?)|players?|participants?"
    r"|plenary|the players|training audience|todos|todos los (jugadores|participantes)|tous|tous les (joueurs"
    r"|participants)|toutes? .*|semua( peserta| pemain)?|seluruh( peserta)?|whole room|general|alle)$"
)
_ALL = frozenset(map(normal, (
    "الجميع", "الكل", "جميع الوفود", "كل الوفود", "جميع المشاركين", "همه", "سب", "سبھی", "ทั้งหมด", "ทุกคน",
    "ทุกฝ่าย", "tất cả", "tất cả các đoàn", "mọi người", "ទាំងអស់", "အားလုံး", "ທັງໝົດ", "全体", "全體", "全员", "全員",
    "所有人", "所有代表团", "전체", "모두", "सभी", "সবাই", "সকলে", "அனைவரும்", "සියලු දෙනා", "все", "всем", "herkes",
    "tutti", "todas", "lahat", "iedereen", "tumu", "tum katilimcilar", "wote", "wszyscy", "全参加者", "모든 참가자",
)))  # fmt: skip
_ALL_OF = re.compile(
    f"^({'|'.join(map(normal, ('جميع', 'كافة', 'все', 'всем', '所有', '全体', 'همه', 'सबै', 'সকল')))})( |$)"
)
"""The same in languages of which one word is all that is asked."""

_TABLE = re.compile(r"^(?:tables?|mesa|meja|tisch)\s*([\w-]{1,10})$", re.IGNORECASE)
_SPLIT = re.compile(r"\s*(?:[;\n|]|/(?!\w\b)|,|\s&\s|\s\+\s|\sand\s|\set\s|\sy\s|\sdan\s)\s*")


def audience_of(text: str) -> tuple[bool, list[str], list[str]]:
    """Whether all are addressed, else the tables and the delegations that are."""
    names = [name.strip(" .") for name in _SPLIT.split(text) if name.strip(" .") and not empty(name)]
    if not names or any(_EVERYBODY.match(word) or word in _ALL or _ALL_OF.match(word) for word in map(normal, names)):
        return True, [], []
    tables = [name for name in names if _TABLE.match(name)]
    return False, tables, list(dict.fromkeys(name for name in names if name not in tables))


_OBJECTIVES = re.compile(
    r"\b(?:obj(?:ective|s|ectives)?|objectifs?|objetivos?)\s*\.?\s*(?:nos?\.?\s*)?[#:]?\s*"
    r"((?:[A-Z]{0,3}-?\d{1,2}(?:\.\d{1,2})?[a-z]?)"
    r"(?:\s*(?:,|;(?=\s*\d)|&|and|/|et|y)\s*[A-Z]{0,3}-?\d{1,2}(?:\.\d{1,2})?[a-z]?)*)",
    re.IGNORECASE,
)
_CAPABILITIES = re.compile(
    r"\b(?:core\s+)?cap(?:s|abilit(?:y|ies))?\.?(?:\s+tested)?\s*[:=]\s*"
    r"([^\n;.|]+(?:[;,]\s*(?![A-Za-z ]+:)[^\n;.|]+)*)",
    re.IGNORECASE,
)


def packed(notes: str) -> tuple[list[str], list[str]]:
    """Objectives and capabilities that somebody packed into notes: `Obj 1, 3; Core Cap: Mass Care`."""
    objectives = [
        part for found in _OBJECTIVES.findall(notes) for part in re.findall(r"[A-Za-z]{0,3}-?\d[\w.]*", found)
    ]
    capabilities = [part for found in _CAPABILITIES.findall(notes) for part in _names(found)]
    return list(dict.fromkeys(objectives)), list(dict.fromkeys(capabilities))


def _names(text: str) -> Iterator[str]:
    for part in re.split(r"\s*[,;/]\s*|\s+and\s+|\s+&\s+", text):
        name = part.strip(" .")
        if name and not re.match(r"obj", name, re.IGNORECASE):
            yield name
