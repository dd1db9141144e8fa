//! What Arabic writes on to a word: و ب ال and the like in front, pronouns and endings behind.
//!
//! A word of a list is found inside a written word; these functions say whether what stands before and after it is
//! only grammar, or whether the listed letters are part of another word. They take text folded for matching
//! ([`crate::fold::Level::Match`]). Chosen by hand from the grammar of written Arabic and from the habits of dialect
//! comments; a candidate only, for letters alone cannot tell ياسمين from يا + سمين: a list keeps such words apart by
//! its own exceptions.

use alloc::format;
use alloc::string::String;

/// What may follow the question's أ and the و or ف in front, or stand alone.
const PROCLITICS: [&str; 40] = [
    // Prepositions and the article.
    "ب",
    "ك",
    "ل",
    "ال",
    "بال",
    "كال",
    "لل",
    // Frequent misspellings of لل.
    "لال",
    "لا",
    // The future: written, Egyptian and Sudanese, Moroccan.
    "س",
    "ح",
    "ه",
    "غ",
    // على and من of the dialects.
    "ع",
    "عال",
    "عل",
    "مال",
    "مل",
    // This and that: هالبنت, هلبنت.
    "هال",
    "هل",
    "بهال",
    "بهل",
    "لهال",
    "لهل",
    "كهال",
    "عهال",
    "عهل",
    "مهال",
    "شهال",
    "شهل",
    "ياهال",
    // What, as in the Gulf and Iraq.
    "ش",
    "شال",
    // Negation and calling, written on.
    "ما",
    "يا",
    "ياال",
    "يال",
    // The Levant's present tense.
    "عم",
    "عمب",
    "عب",
];

/// Pronouns behind a word, written and spoken.
const PRONOUNS: [&str; 20] = [
    "ه", "ها", "هم", "هن", "هما", "ك", "كم", "كن", "كما", "ي", "ني", "نا", "و", "كو", "كي", "هون", "كون", "هو", "هي",
    "يا",
];

/// Endings of number, gender, origin and person.
const ENDINGS: [&str; 30] = [
    "ه", "ات", "ين", "ون", "ان", "ا", "ت", "تين", "تان", "ي", "يه", "يون", "يين", "يات", "يا", "يان", "و", "وا", "ن",
    "نا", "تم", "تما", "تن", "تو", "توا", "تي", "وه", "اء", "ايات", "انه",
];

/// The shapes that an ending takes before a pronoun: مدرستهم, قتلوهم, مجرميكم.
const ENDINGS_BEFORE_PRONOUNS: [&str; 14] =
    ["ت", "ات", "و", "ي", "ا", "ان", "ون", "ين", "تا", "تي", "نا", "تمو", "يت", "يات"];

/// Whether all of this may stand written on to the front of a word: one particle or a chain of them as Arabic allows
/// («و», «وبال», «أفلل», «بهال»), in writing or in dialect. Not for the empty text.
///
/// ```
/// use arabic::words::is_proclitic;
/// assert!(["و", "وبال", "لل", "هال", "فس"].into_iter().all(is_proclitic));
/// assert!(!is_proclitic("الو") && !is_proclitic("مت") && !is_proclitic(""));
/// ```
pub fn is_proclitic(folded: &str) -> bool {
    let asked = folded.strip_prefix('ا');
    [Some(folded), asked].into_iter().flatten().any(is_chain) || asked == Some("")
}

/// و or ف, then a particle; either may be missing.
fn is_chain(text: &str) -> bool {
    let and = text.strip_prefix(['و', 'ف']);
    PROCLITICS.contains(&text) || and.is_some_and(|rest| rest.is_empty() || PROCLITICS.contains(&rest))
}

/// Whether all of this may stand written on to the end of a word as a pronoun: «ه», «هم», «ني», dialect «كو», and
/// with the dialects' ل before it («لك», «لهم») and the ش of their negation behind it. Not for the empty text.
///
/// «ي» is also the ending of origin (مصري), and «ه» is also ة: letters alone do not tell them apart.
///
/// ```
/// use arabic::words::is_enclitic;
/// assert!(["ه", "هما", "نا", "لكم", "هاش", "ش"].into_iter().all(is_enclitic));
/// assert!(!is_enclitic("ات") && !is_enclitic(""));
/// ```
pub fn is_enclitic(folded: &str) -> bool {
    let positive = folded.strip_suffix('ش').unwrap_or(folded);
    let pronoun = positive.strip_prefix('ل').unwrap_or(positive);
    folded == "ش" || PRONOUNS.contains(&positive) || PRONOUNS.contains(&pronoun)
}

/// Whether all of this may be an ending of number, gender, origin or person («ات», «ين», «ية», «وا»), the dialects'
/// ش of negation and a pronoun behind it included («اتهم», «ونه», «توش»). Not for the empty text, and not for
/// every pronoun: ask [`is_enclitic`] too.
///
/// ```
/// use arabic::words::is_ending;
/// assert!(["ه", "ات", "تهم", "وهم", "يين", "وش"].into_iter().all(is_ending));
/// assert!(!is_ending("بر") && !is_ending(""));
/// ```
pub fn is_ending(folded: &str) -> bool {
    let positive = folded.strip_suffix('ش').unwrap_or(folded);
    ENDINGS.contains(&positive)
        || ENDINGS_BEFORE_PRONOUNS.iter().any(|ending| folded.strip_prefix(ending).is_some_and(is_enclitic))
}

/// The shape of a word with an article after ل, where one alef is gone: القاعدة becomes للقاعدة, and اللجنة becomes
/// للجنة. None for a word that does not begin with ال and two more letters.
///
/// ```
/// assert_eq!(arabic::words::contracted("المدرسه").as_deref(), Some("للمدرسه"));
/// assert_eq!(arabic::words::contracted("اللجنه").as_deref(), Some("للجنه"));
/// ```
pub fn contracted(folded_word: &str) -> Option<String> {
    let bare = folded_word.strip_prefix("ال").filter(|bare| bare.chars().nth(1).is_some())?;
    Some(if bare.starts_with('ل') { format!("ل{bare}") } else { format!("لل{bare}") })
}
