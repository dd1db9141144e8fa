//! What a reader typed, read: words, «phrases», what must -not be there, and a last word that is still being typed.

use super::analysis::{Stemming, is_latin, terms};
use arabic::fold::{Level, fold};
use arabic::words::says_little;

/// Letters of a query beyond these are refused where it is typed.
pub const MOST_LETTERS: usize = 200;
/// Words of a query beyond these are not looked at.
const MOST_WORDS: usize = 16;
/// A word that is being typed begins with as many letters.
const LEAST_BEGUN: usize = 3;

/// Terms that stand one after another; mostly one.
pub type Form = Vec<String>;

/// One thing that is looked for.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Wanted {
    /// As typed.
    pub typed: String,
    /// Any of these is it: a word has one for each language that would cut it in its own way.
    pub forms: Vec<Form>,
    /// Also every word that begins so.
    pub begins: Option<String>,
}

/// A query.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Query {
    /// As typed, on one line.
    pub typed: String,
    /// All of these must be there.
    pub wanted: Vec<Wanted>,
    /// None of these.
    pub without: Vec<Wanted>,
}

impl Query {
    /// Reads what was typed. Words in « », “ ” or " " stand one after another; what begins with a minus must not be there.
    ///
    /// ```
    /// use newsroom::search::Query;
    /// let query = Query::read("«خط الترام» المرفأ -حادث");
    /// assert_eq!(query.wanted.len(), 2);
    /// assert_eq!(query.wanted[0].forms[0].len(), 2);
    /// assert_eq!(query.without.len(), 1);
    /// ```
    pub fn read(typed: &str) -> Self {
        let mut query = Self { typed: arabic::clean::line(typed), ..Self::default() };
        let parts = parts(typed);
        let says_something = |part: &&Part<'_>| part.is_phrase || !says_little(part.words);
        let has_others = parts.iter().filter(|part| !part.is_excluded).any(|part| says_something(&part));
        let is_begun = !typed.ends_with(char::is_whitespace);
        let last = parts.len().saturating_sub(1);
        for (at, part) in parts.iter().enumerate() {
            let list = if part.is_excluded { &mut query.without } else { &mut query.wanted };
            let is_last = at == last && is_begun && !part.is_excluded;
            if part.is_phrase {
                list.extend(phrase(part.words));
            } else if part.is_excluded || !has_others || !says_little(part.words) {
                list.extend(words(part.words, is_last));
            }
        }
        query.wanted.truncate(MOST_WORDS);
        query.without.truncate(MOST_WORDS);
        query
    }

    /// There is something to look for.
    pub fn is_empty(&self) -> bool {
        self.wanted.is_empty()
    }

    /// Words alone were typed: nothing between quotes, and nothing that must not be there. What is asked more exactly than that is
    /// no question for meaning.
    pub fn is_of_words_alone(&self) -> bool {
        self.without.is_empty() && !self.typed.contains(is_quote)
    }

    /// The same with one word typed otherwise.
    pub fn with(&self, typed: &str, instead: &str) -> String {
        let words = self.typed.split(' ').map(|word| if word.trim_matches(is_quote) == typed { instead } else { word });
        words.collect::<Vec<_>>().join(" ")
    }
}

impl Wanted {
    /// The term that a text's term is: as it stands, or begun. `Some(true)` where it is the whole word.
    pub(super) fn meets(&self, term: &str) -> Option<bool> {
        if self.forms.iter().any(|form| matches!(&form[..], [only] if only == term)) {
            return Some(true);
        }
        self.begins.as_ref().is_some_and(|begun| term.starts_with(begun.as_str())).then_some(false)
    }
}

/// What stands between spaces, or between quotes.
struct Part<'t> {
    words: &'t str,
    is_phrase: bool,
    is_excluded: bool,
}

fn parts(typed: &str) -> Vec<Part<'_>> {
    let mut found = Vec::new();
    let mut rest = typed.trim_start();
    while !rest.is_empty() {
        let bare = rest.strip_prefix(['-', '\u{2212}']).filter(|bare| !bare.starts_with(char::is_whitespace));
        let (is_excluded, words) = (bare.is_some(), bare.unwrap_or(rest));
        let inside = words.strip_prefix(['«', '"', '“', '”', '„']);
        let quoted = inside.and_then(|inside| Some((inside, inside.find(['»', '"', '“', '”'])?)));
        let (words, after, is_phrase) = match quoted {
            Some((inside, end)) => (&inside[..end], inside[end..].trim_start_matches(is_quote), true),
            None => {
                let end = words.find(char::is_whitespace).unwrap_or(words.len());
                (&words[..end], &words[end..], false)
            }
        };
        if !words.is_empty() {
            found.push(Part { words, is_phrase, is_excluded });
        }
        rest = after.trim_start();
    }
    found
}

fn is_quote(c: char) -> bool {
    matches!(c, '«' | '»' | '"' | '“' | '”' | '„')
}

/// Words that stand one after another.
fn phrase(typed: &str) -> Option<Wanted> {
    let mut forms: Vec<Form> = Vec::new();
    for stemming in [Stemming::Whole, Stemming::French, Stemming::English] {
        let form: Form = terms(typed, stemming).into_iter().take(MOST_WORDS).collect();
        if !form.is_empty() && !forms.contains(&form) {
            forms.push(form);
        }
    }
    (!forms.is_empty()).then(|| Wanted { typed: arabic::clean::line(typed), forms, begins: None })
}

/// The words of what stands between two spaces: mostly one.
fn words(typed: &str, is_begun: bool) -> Vec<Wanted> {
    let found = terms(typed, Stemming::Whole);
    let last = found.len().saturating_sub(1);
    let many = found.len() > 1;
    found
        .into_iter()
        .enumerate()
        .map(|(at, term)| {
            let mut forms = vec![vec![term.clone()]];
            for stemming in [Stemming::French, Stemming::English] {
                let form = vec![stemming.cut(&term)];
                if is_latin(&term) && !forms.contains(&form) {
                    forms.push(form);
                }
            }
            let is_long = term.chars().count() >= LEAST_BEGUN && term.chars().all(char::is_alphabetic);
            let may_begin = is_begun && at == last && is_long && is_uncut(typed, &term);
            let typed = if many { term.clone() } else { arabic::clean::line(typed) };
            let begins = may_begin.then_some(term);
            Wanted { typed, forms, begins }
        })
        .collect()
}

/// The term ends as the word was typed. One that lost its ending begins too many other words: a slip would find them all.
fn is_uncut(typed: &str, term: &str) -> bool {
    let folded = fold(typed, Level::Search);
    folded.as_str().trim_end_matches(|c: char| !c.is_alphanumeric()).ends_with(term)
}
