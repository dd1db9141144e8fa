//! Words that say nothing of what a text is about, and what stands before a word that does.

/// As they are typed, not folded: «علي» is a name.
const SMALL: &str = "في من على إلى الى عن مع هل متى أين اين كيف لماذا ما ماذا هذا هذه أن إن ان أو او ثم بين عند لا هو هي \
    كل بعد قبل the a an of in on at to for and or is are le la les un une des du de et au aux en sur dans est";

/// The article with what stands before it.
const ARTICLES: [&str; 7] = ["وبال", "وال", "فال", "بال", "كال", "ال", "لل"];

/// A word of every text, in Arabic, French or English: «في», «des», «the».
///
/// ```
/// assert!(arabic::words::says_little("في") && !arabic::words::says_little("علي"));
/// ```
pub fn says_little(word: &str) -> bool {
    let word = word.to_lowercase();
    SMALL.split_whitespace().any(|small| small == word)
}

/// A folded word's article, with what stands before that, and the rest, which has three letters at least.
///
/// ```
/// assert_eq!(arabic::words::article("والمدرسه"), ("وال", "مدرسه"));
/// assert_eq!(arabic::words::article("الف"), ("", "الف"));
/// ```
pub fn article(folded: &str) -> (&str, &str) {
    let with = ARTICLES.iter().find_map(|article| {
        let rest = folded.strip_prefix(article)?;
        rest.chars().nth(2).map(|_| folded.split_at(article.len()))
    });
    with.unwrap_or(("", folded))
}
