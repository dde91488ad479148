"""Stems by which a text may name a country, its people or an agency, folded: for the scan of free text (`scan`).

A stem stands at a word's beginning where a script parts words by spaces, anywhere elsewhere; so "indonesi" finds
Indonesia, Indonesian, indonésien, indonesio and orang Indonesia. English, French, Spanish, Portuguese, German, Italian,
Indonesian, Malay, Filipino, Vietnamese, Turkish and Swahili share most of them; Cyrillic, Arabic script, Devanagari,
Bengali, Thai, Lao, Khmer, Burmese, Chinese, Japanese and Korean stand beside them for those who meet most often.
The members of the Bali Process, its observers, and who sits beside them.
"""

PEOPLES: tuple[str, ...] = tuple(
    """
afghan|afganistan|афган|افغان|阿富汗|아프간
austral|aussie|австрали|استرال|أسترالي|ออสเตรเลีย|澳大利亚|澳洲|オーストラリア|호주|ऑस्ट्रेलिया
bangladesh|bengali|bangla|бангладеш|بنغلاديش|بنگلہ|বাংলাদেশ|बांग्लादेश|บังกลาเทศ|孟加拉|バングラデシュ|방글라데시|ဘင်္ဂလား
bhutan|butan|бутан|भूटान
brunei|бруней|بروناي|文莱
cambod|camboy|kambodscha|kamboja|khmer|campuchia|камбодж|كمبودي|កម្ពុជា|ខ្មែរ|กัมพูชา|เขมร|柬埔寨|カンボジア|캄보디아
chines|china|chino|chinois|tiongkok|tionghoa|trung quoc|китай|китае|الصين|صيني|จีน|中国|中國|中国人|중국|चीन|চীন
fiji|fidji|фиджи|斐济
french|franc|frances|prancis|perancis|франц|فرنس|ฝรั่งเศส|法国|フランス|프랑스
india|indien|indio|индий|индия|الهند|هندي|भारत|ভারত|อินเดีย|印度|インド|인도
indonesi|индонези|اندونيسي|إندونيسيا|ইন্দোনেশিয়া|อินโดนีเซีย|อินโด|印度尼西亚|印尼|インドネシア|인도네시아|ឥណ្ឌូនេស៊ី
iran|persian|persa|иран|ايران|伊朗|イラン|이란
iraq|irak|ирак|عراق|伊拉克
japan|japon|jepang|jepun|nhat ban|япон|اليابان|ญี่ปุ่น|日本|일본
jordan|иордан|الاردن|اردني
kiribati|кирибати
korea|coree|corea|han quoc|коре|كوري|เกาหลี|韩国|朝鲜|韓国|한국|북한
lao|laoti|лаос|لاوس|ลาว|ລາວ|老挝|ラオス|라오스
macao|macau|澳门
malays|malais|малайзи|ماليزي|মালয়েশিয়া|มาเลเซีย|马来西亚|マレーシア|말레이시아
maldiv|мальдив|مالديف|ދިވެހި|马尔代夫|モルディブ
mongol|монгол|蒙古|モンゴル|몽골
myanmar|burm|birma|birman|rohingya|мьянм|бирм|ميانمار|روهينغ|မြန်မာ|ရိုဟင်ဂျာ|মিয়ানমার|রোহিঙ্গা|พม่า|เมียนมา|โรฮิงญา|缅甸|罗兴亚|ミャンマー|미얀마
nauru|науру
nepal|непал|नेपाल|নেপাল|尼泊尔|ネパール|네팔
new zealand|newzealand|nouvelle zelande|neo zeland|nueva zeland|neuseel|selandia baru|kiwi
новой зеланди|новозеланд|نيوزيلند|นิวซีแลนด์|新西兰|ニュージーランド|뉴질랜드
new caledoni|nouvelle caledoni
pakistan|paquistan|пакистан|باكستان|پاکستان|पाकिस्तान|পাকিস্তান|巴基斯坦|パキスタン|파키스탄
palau|палау
papua|papou|папуа|巴布亚
philippin|filipin|pilipin|pinoy|pinay|филиппин|الفلبين|فلبيني|ফিলিপাইন|ฟิลิปปินส์|菲律宾|フィリピン|필리핀
samoa|самоа
saudi|саудов|السعود|沙特
singap|сингапур|سنغافور|สิงคโปร์|新加坡|シンガポール|싱가포르
solomon|salomon|соломон
sri lank|srilank|ceylon|sinhal|tamil|шри ланк|سريلانك|ශ්‍රී ලංකා|இலங்கை|শ্রীলঙ্কা|ศรีลังกา|斯里兰卡|スリランカ|스리랑카
syria|syrie|siria|сирий|سوري|叙利亚
thai|thailand|tailand|тайланд|таиланд|тайск|تايلاند|থাইল্যান্ড|ไทย|ថៃ|ထိုင်း|泰国|タイ人|タイ国|태국
timor|тимор|تيمور|东帝汶
tonga|тонга
turk|turqu|turc|turki|турц|туреч|تركي|土耳其|トルコ
emirat|emirati|эмират|الامارات
america|etats unis|estados unidos|amerikan|америк|امريك|أمريكي|อเมริกา|สหรัฐ|美国|アメリカ|미국
vanuatu|ni vanuatu|вануату
viet nam|vietnam|viet cong|вьетнам|فيتنام|ভিয়েতনাম|เวียดนาม|វៀតណាម|越南|ベトナム|베트남
canad|канад|كندا|แคนาดา|加拿大|カナダ|캐나다
british|britan|britann|ingles|inggris|британ|بريطان|อังกฤษ|英国|イギリス|영국
hong kong|hongkong|香港|홍콩
kuwait|кувейт|الكويت
yemen|йемен|اليمن|يمني
somali|сомали|صومال|索马里
ethiopi|etiopi|эфиоп|اثيوب
uzbek|узбек
kazakh|казах
""".strip()
    .replace("\n", "|")
    .split("|")
)
"""One country and its people a line."""

TITLES = (
    "mr", "mrs", "ms", "mme", "madame", "dr", "prof", "col", "colonel", "gen", "general", "capt", "captain", "lt",
    "sgt", "inspector", "superintendent", "commissioner", "minister", "ambassador", "admiral", "pak", "bapak",
    "ibu", "khun", "datuk", "dato", "tan sri", "puan", "encik", "senor", "senora", "sr", "sra", "herr", "frau",
    "daw", "ustadz", "haji",
)  # fmt: skip
"""What stands before a person's name."""

AGENCIES: tuple[str, ...] = (
    "IOM", "UNHCR", "UNODC", "ILO", "UNICEF", "UNFPA", "UN Women", "OHCHR", "WFP", "ICRC", "IFRC", "Red Cross",
    "Red Crescent", "MSF", "Save the Children", "Interpol", "Europol", "Frontex", "EUAA", "Aseanapol", "ASEAN",
    "SAARC", "BIMSTEC", "Eurojust", "WHO", "IMO", "OIM", "HCR", "ACNUR", "ONUDC", "MOM", "ABF",
    "Australian Border Force", "AFP", "Home Affairs", "DFAT", "MFAT", "Immigration New Zealand", "CBP", "USCG",
    "FBI", "DHS", "ICE", "NCA", "RCMP", "CBSA", "Imigrasi", "Polri", "Basarnas", "Bakamla", "Kemlu", "BNPB", "TNI",
    "PDRM", "MMEA", "APMM", "NSO", "ATIPSOM", "MAPO", "DSI", "Royal Thai Police", "Royal Thai Navy", "RTP", "RTN",
    "RTARF", "MSDHS", "PNP", "NBI", "PCG", "IACAT", "BI", "NAPTIP", "FIA", "NADRA", "MSA", "CID", "RAB", "BGB",
    "BSF", "SSB", "JCG", "Japan Coast Guard", "KCG", "KNPA", "MPS", "NIA", "Vietnam Border Guard", "Border Guard",
    "Navy of", "RSO", "Regional Support Office", "TFPP", "TEG-RR", "WG-TIP", "DWG",
)  # fmt: skip
"""Agencies by what they are called; those of up to four capitals only where they are written so."""

VESSELS = (
    "MV", "M/V", "MT", "M/T", "FV", "F/V", "SS", "KM", "KRI", "KN", "HMAS", "HMNZS", "ADV", "ABFC", "USCGC", "USS",
    "BRP", "KD", "RSS", "HTMS", "INS", "ICGS", "PNS", "PMSS", "BNS", "SLNS", "SLCGS", "MRS", "JS",
)  # fmt: skip
"""What stands before a ship's name."""
