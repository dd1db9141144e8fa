//! Words that are meant to be said by many: thanks, greetings, condolences, prayers for the dead.

use crate::addresses::addresses;
use alloc::{boxed::Box, vec::Vec};
use arabic::fold::{Level, folded};
use arabic::words::words;
use once_cell::race::OnceBox;

/// A text of fewer words is a courtesy, whatever it says.
const SHORT: usize = 4;
/// More words than this are no formula.
const LONGEST_FORMULA: usize = 30;
/// So many words of a formula can be others: a quarter.
const MOST_OTHER_WORDS: usize = LONGEST_FORMULA / 4;
/// Letters that fewer than [`SHORT`] words may have together; more is a disguise of spaces left out.
const MOST_BYTES_OF_SHORT: usize = 160;

/// Whether a text may be said by many without being a copy: fewer than four words, or at most thirty of which three in
/// four belong to the formulas (the rest is room for the name of the dead). A text with an address is never one.
pub(crate) fn is_courtesy(text: &str) -> bool {
    let (mut count, mut formula) = (0, 0);
    for word in words(text).take(LONGEST_FORMULA + 1) {
        count += 1;
        formula += usize::from(is_formula(&folded(word.text, Level::Search)));
        // Looking a word up is dear, and an ordinary text is known by its first dozen.
        if count - formula > MOST_OTHER_WORDS {
            return false;
        }
    }
    let short = count < SHORT && text.len() <= MOST_BYTES_OF_SHORT;
    let formal = count <= LONGEST_FORMULA && formula * 4 >= count * 3 && count > 0;
    (short || formal) && addresses(text).is_empty()
}

/// A word of the list, with «و» or «ف» in front or without. The word is folded.
pub(crate) fn is_formula(word: &str) -> bool {
    static SORTED: OnceBox<Vec<&str>> = OnceBox::new();
    let formulas = SORTED.get_or_init(|| {
        let mut formulas: Vec<&str> = FORMULAS.split_whitespace().collect();
        formulas.sort_unstable();
        Box::new(formulas)
    });
    let listed = |word: &str| formulas.binary_search(&word).is_ok();
    listed(word) || word.strip_prefix(['و', 'ف']).is_some_and(listed)
}

/// The words of the formulas, as [`Level::Search`] folds them. Chosen by hand: what readers write under news of a death
/// and below a story they liked; no word by which anything could be sold or anybody insulted.
const FORMULAS: &str = "
    انا لله اليه راجعون رحمه رحمها رحمهم رحمهما رحمك يرحمه يرحمها يرحمهم يرحمك الله اللهم ربي ربنا رب يا امين العالمين
    اغفر غفر له لها لهم ارحمه ارحمها ارحمهم اسكنه اسكنها اسكنهم يسكنه يسكنها فسيح جناته جنانه الجنه الفردوس الاعلي
    تغمده تغمدها تغمدهم يتغمده بواسع برحمته رحمته مغفرته لا حول قوه الا بالله الراحه الابديه السلام سلام لروحه لروحها
    عظم اعظم اجركم اجرك احسن عزاءكم عزاءك عزاكم عزاك العزاء عزاء البقاء الصبر السلوان الهم يلهم ذويه اهله اهلها اهلكم
    عايلته عايلتها لعايله عايله لعايلته محبيه تعازينا تعازي التعازي الحاره خالص صادق احر المواساه مواساتنا فقيد الفقيد الفقيده المرحوم المرحومه
    شكرا شكر الشكر جزيلا جزيل مشكور مشكوره مشكورين بارك فيكم فيك جزاكم جزاك خيرا خير احسنتم احسنت تحيه تحياتي تحياتنا
    طيبه موفقين بالتوفيق مبروك مبارك الف هنييا تهانينا الحمد ان شاء ما سبحان عليكم بركاته صباح مساء النور كل عام
    انتم بخير عيد سعيد كريم رمضان
    rip rest in peace to the family may he she they soul condolences sincere deepest our my heartfelt amen thank thanks you so much very
    congratulations well done
    merci beaucoup bravo felicitations sinceres condoleances toutes mes nos paix a son ame leur famille repose repos eternel
    allah yerhamo yerhamou yerhamha yerhamhom rahimaho rahimahou rahimaha inna ina lillahi lilah wa ilayhi ilaihi rajioun
    rajiun
";

#[cfg(test)]
pub(crate) fn out_of_place() -> Option<&'static str> {
    FORMULAS.split_whitespace().find(|word| folded(word, Level::Search) != **word)
}
