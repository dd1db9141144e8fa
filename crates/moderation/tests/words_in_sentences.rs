//! How listed words stand in a sentence, and what makes an advertisement: sentences of the house's own.

use moderation::{Category, Facts, Models, Rulebook, Submission, Verdict, examine};

fn judged(text: &str) -> Verdict {
    examine(&Submission { text, name: "" }, &Facts::default(), &Rulebook::default(), &Models::default())
}

fn check(category: Category, weighs: bool, texts: &[&str]) {
    let heavy = |text: &str| judged(text).findings.iter().any(|it| it.weight > 0 && it.category == category);
    let wrong: Vec<_> = texts.iter().filter(|text| heavy(text) != weighs).collect();
    assert!(wrong.is_empty(), "{wrong:#?}");
}

#[test]
fn an_insult_weighs_said_to_somebody_or_of_somebody() {
    check(
        Category::Abuse,
        true,
        &[
            "يا أحمق راجع ما كتبته قبل أن تنشره على الناس",
            "هذا المذيع غبي ولا أحد يشاهده",
            "انت تافه وما عندك غير الصراخ",
            "ce journaliste est vraiment un imbécile",
            "you are such a moron, learn to read",
            "the coach is a stupid old man",
            "هو أحمق من يوم عرفناه في الحي",
        ],
    );
}

#[test]
fn an_insult_told_denied_or_said_of_oneself_weighs_nothing() {
    check(
        Category::Abuse,
        false,
        &[
            "جاري قالي يا أحمق لأني سألته عن الموقف",
            "الوزير ليس أحمق، لكنه لم يقرأ الملف",
            "أنا غبي لأني صدقت نشرة الطقس",
            "لا تقولوا له يا حقير، فالرجل اعتذر",
            "il m'a traité d'abruti devant mes enfants",
            "I'm such a fool, I missed the last bus",
            "she called me a moron and then apologised",
        ],
    );
}

#[test]
fn an_insult_said_of_a_thing_or_of_nobody_weighs_nothing() {
    check(
        Category::Abuse,
        false,
        &[
            "هذه الخطة غبية ولن تنجح في فصل الشتاء",
            "النظام الجديد في المطار سخيف ومعقد",
            "une loi stupide et un formulaire encore plus stupide",
            "the new ticket machine is a stupid invention",
            "المباراة كانت تافهة من أولها",
        ],
    );
}

#[test]
fn an_animal_is_an_animal_until_somebody_is_called_one() {
    check(
        Category::Abuse,
        false,
        &[
            "اشترى جارنا حمارا ليحمل الزيتون من الحقل",
            "رأينا كلبا عند باب المدرسة هذا الصباح",
            "le chien de ma voisine a encore disparu",
            "Our neighbour lost his donkey last winter",
        ],
    );
    check(Category::Abuse, true, &["يا حمار اقرأ الخبر", "الوزير كلب", "you are a pig", "أنتم كلاب"]);
}

#[test]
fn an_advertisement_offers_and_says_how_to_be_reached() {
    check(
        Category::Spam,
        true,
        &[
            "تنظيف خزانات، شركة تنظيف منازل بخصم كبير، اتصل بنا 0112 345 678",
            "دروس خصوصية لجميع المراحل، راسلونا",
            "شقق للبيع على اقساط مريحة، للتواصل 22334455",
            "Cours particuliers pas cher, contactez-nous au 06 12 34 56 78",
            "Free shipping on all bags, order now with code SAVE15",
        ],
    );
    check(
        Category::Spam,
        false,
        &[
            "بعت شقتي بالتقسيط قبل سنة وندمت على السعر",
            "رقم البلدية للشكاوى 080 200 3000 وهم يردون بسرعة",
            "السعر 30 درهما في المحل القريب، والمصدر www.example.org",
            "The course cost me 300 dollars and taught me nothing",
            "احذروا من مكتب يعرض قروضا بدون كفيل",
        ],
    );
}
