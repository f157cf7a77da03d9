"""Composed articles: every sentence here was made for these tests, none is taken from a page."""

from __future__ import annotations

import random
from dataclasses import dataclass, field

TOWNS = [
    "تل الزهر",
    "عين السدرة",
    "كفر ريحان",
    "بيت الحور",
    "وادي النخل",
    "قصر الرمان",
    "خربة اللوز",
    "جسر الطواحين",
    "مرج الياسمين",
    "دير الخروب",
]
SIDES = [
    "قوات الحكومة",
    "فصائل المعارضة",
    "الجيش",
    "مسلحون محليون",
    "قوة من الشرطة",
    "عناصر من الحرس",
    "مقاتلون من العشائر",
]
VOICES = [
    "مصدر طبي",
    "متحدث باسم الدفاع المدني",
    "مصدر أمني طلب عدم ذكر اسمه",
    "عضو في المجلس المحلي",
    "شاهد عيان",
    "ناشط إعلامي",
]
SENTENCES = (
    "قصفت {side} أطراف بلدة {town} بعشرات القذائف منذ ساعات الصباح الأولى",
    "وقال {voice} إن {n} مدنيين أصيبوا بجروح متفاوتة ونقلوا إلى المشفى الميداني في {town}",
    "وأضاف أن فرق الإسعاف لم تتمكن من الوصول إلى الحي الشرقي بسبب كثافة النيران",
    "من جهتها، نفت {side} استهداف المدنيين وقالت إنها ردت على مصادر إطلاق النار قرب {town}",
    "وشهدت {town} خلال الأسبوع الماضي حركة نزوح واسعة باتجاه المزارع القريبة",
    "ودعا وجهاء البلدة إلى هدنة تسمح بإخراج الجرحى وإدخال الطحين والدواء",
    "في المقابل، أعلنت {side} أنها أسقطت طائرة استطلاع فوق {town} وسيطرت على تلة مطلة عليها",
    "وبحسب {voice}، فإن الاشتباكات تجددت بعد منتصف الليل واستمرت نحو {n} ساعات",
    "ولم يتسن التحقق من هذه الأنباء من جهة مستقلة حتى لحظة إعداد الخبر",
    "كما اعتقلت {side} {n} أشخاص على حاجز عند مدخل {town} واقتادتهم إلى جهة مجهولة",
    "وكان اتفاق لوقف إطلاق النار قد وقع بين الطرفين قبل أشهر برعاية لجنة من الوجهاء",
    "وتضم البلدة نحو {n} آلاف نسمة معظمهم من المزارعين الذين يعتمدون على موسم الزيتون",
    "«لم ننم منذ ليلتين، والأطفال يرتجفون كلما مرت طائرة»، قالت امرأة من {town} لمراسلنا",
    "وانتشلت فرق الإنقاذ جثامين {n} أشخاص من تحت أنقاض بناء سكني مؤلف من أربعة طوابق",
    "وأشار {voice} إلى أن الطريق الواصل بين {town} والمدينة ما يزال مقطوعا بالسواتر الترابية",
    "وطالبت منظمات محلية بفتح ممر آمن وبتحييد المدارس والمشافي عن القتال",
    "وفي حادث منفصل، انفجرت عبوة ناسفة بسيارة على طريق {town} وأدت إلى مقتل سائقها",
    "وردت {side} بقصف مواقع قرب {town}، ما أدى إلى اندلاع حرائق في الأراضي الزراعية",
    "ويعد الهجوم الثاني من نوعه في أقل من {n} أيام بعد هدوء نسبي دام شهرا كاملا",
    "قَصَفَتِ الطائراتُ مستودعاً للحبوب في {town}، وقال مصدرٌ محلِّيٌّ إنَّ الحريقَ امتدَّ إلى منازلَ مجاورة",
    "وعقد ممثلون عن الطرفين اجتماعا في {town} لبحث تبادل الأسرى، وانتهى من دون نتيجة معلنة",
    "وأفرجت {side} عن {n} موقوفين بعد وساطة قادها شيوخ من المنطقة",
    "وتأتي هذه التطورات فيما تستعد {side} لإرسال تعزيزات جديدة إلى محيط {town}",
    "وتساءل الأهالي عن مصير أبنائهم الذين انقطعت أخبارهم منذ بداية الحملة: متى يعودون؟",
    "وختم {voice} بالقول: «الوضع هنا لا يحتمل، ونحتاج إلى كل يد تساعدنا»",
)
SHORT = (
    "وما تزال الاشتباكات مستمرة حتى اللحظة.",
    "ولم تعلن أي جهة مسؤوليتها عن التفجير.",
    "هل تصمد الهدنة هذه المرة؟",
    "وفي ما يأتي نص البيان:",
    "يتبع..",
    "وقال شاهد عيان لمراسلنا:",
    "هذا كل ما نعرفه الآن.",
)
HEADLINES = (
    "قتلى وجرحى بقصف على {town} والنزوح مستمر",
    "{side} تعلن السيطرة على تلة قرب {town}",
    "اشتباكات عنيفة عند مدخل {town} وأنباء عن أسرى",
    "هدنة هشة في {town}.. والأهالي يطالبون بممر آمن",
    "اعتقالات في {town} واحتجاجات أمام مبنى البلدية",
    "انفجار عبوة ناسفة على طريق {town} يودي بحياة سائق",
    "اجتماع في {town} لبحث تبادل الأسرى بين الطرفين",
)
SUBHEADS = ("نزوح واسع", "رواية الأهالي", "ماذا قالت الأطراف؟", "خلفية", "أرقام من الميدان")
CAPTIONS = (
    "آثار الدمار في {town} (أرشيف)",
    "عناصر من الدفاع المدني في {town} - صورة من المصدر",
    "خريطة الطرق حول {town}",
)


@dataclass
class Piece:
    """One block of an article: kind p | h | list | quote | figure | tweet | ad, and its lines."""

    kind: str
    lines: list[str]


@dataclass
class Story:
    """An article: what must be kept is `paragraphs`, what may be kept is `may`."""

    title: str
    pieces: list[Piece]
    may: list[str] = field(default_factory=list)

    @property
    def paragraphs(self) -> list[str]:
        """Return the paragraphs, quotes and list items that every reader must keep."""
        return [line for piece in self.pieces if piece.kind in {"p", "list", "quote"} for line in piece.lines]


def fill(rng: random.Random, template: str) -> str:
    """Return a template with its slots filled."""
    return template.format(
        town=rng.choice(TOWNS), side=rng.choice(SIDES), voice=rng.choice(VOICES), n=rng.randint(3, 9)
    )


def headline(rng: random.Random) -> str:
    """Return one composed headline."""
    return fill(rng, rng.choice(HEADLINES))


def paragraph(rng: random.Random, pool: list[str]) -> str:
    """Return a paragraph of one to three sentences, mostly with a full stop at its end."""
    count = rng.choice((1, 1, 2, 2, 3))
    text = "، ".join([fill(rng, pool.pop()) for _ in range(count)]) if rng.random() < 0.2 else None
    text = text or ". ".join(fill(rng, pool.pop()) for _ in range(count) if pool)
    return text if rng.random() < 0.12 else f"{text}."


def story(rng: random.Random) -> Story:
    """Return a composed article of 3 to 11 paragraphs, with subheads, quotes, lists and figures among them."""
    pool = list(SENTENCES)
    rng.shuffle(pool)
    pieces = [Piece("p", [paragraph(rng, pool)])]
    for _ in range(rng.randint(2, 7)):
        if len(pool) < 5:
            break
        pieces.append(Piece("p", [paragraph(rng, pool)]))
    extras = [
        (0.25, Piece("p", [rng.choice(SHORT)])),
        (0.3, Piece("h", [rng.choice(SUBHEADS)])),
        (
            0.2,
            Piece(
                "quote",
                [fill(rng, "«إن ما حدث في {town} جريمة لن تمر، وسنلاحق المسؤولين عنها أينما كانوا»، قال {voice}.")],
            ),
        ),
        (0.2, Piece("list", [fill(rng, "مقتل {n} مدنيين في قصف على سوق {town} الأسبوع الماضي") for _ in range(3)])),
        (0.35, Piece("figure", [fill(rng, rng.choice(CAPTIONS))])),
        (0.25, Piece("tweet", [fill(rng, "عاجل: دوي انفجارات في {town} الآن")])),
        (0.5, Piece("ad", ["إعلان"])),
    ]
    for chance, piece in extras:
        if rng.random() < chance:
            pieces.insert(rng.randint(1, max(1, len(pieces) - 1)), piece)
    may = [line for piece in pieces if piece.kind in {"h", "tweet"} for line in piece.lines]
    return Story(headline(rng), pieces, may)
