//! Telephone numbers, prices, handles and codes in a text.

use crate::Reading;
use alloc::vec::Vec;
use core::ops::Range;

/// Digits of a telephone number. A row of eight is a number within a small country, of fifteen the longest there is (E.164).
const DIGITS: Range<usize> = 8..16;
/// Letters of a handle or a code.
const NAME: Range<usize> = 3..31;

/// What stands beside the number of a price, folded.
const CURRENCIES: &str = "
    دولار دولارا درهم دراهم درهما ريال ريالا دينار دنانير دينارا جنيه جنيها ليره ليرات يورو دولارات ريالات سنت شيكل شلن
    usd eur dollar dollars euro euros dh dhs mad dzd tnd egp sar aed qar kwd
";

/// Telephone numbers: rows of digits with at most one sign between two of them, which begin with + or 0 or have no sign
/// in them. Years, sums of money and results of matches are shorter or end in zeros.
pub(crate) fn phones(reading: &Reading<'_>) -> Vec<Range<usize>> {
    let text = reading.folded.as_str();
    let mut found = Vec::new();
    let mut row: Option<Row> = None;
    for (at, c) in text.char_indices().chain([(text.len(), '\n')]) {
        match (&mut row, c) {
            (Some(row), '0'..='9') => {
                row.digits += 1;
                row.zeros = if c == '0' { row.zeros + 1 } else { 0 };
                row.end = at + 1;
                row.split |= row.gap;
                row.gap = false;
            }
            (Some(row), ' ' | '-' | '.' | '/' | '(' | ')') if !row.gap => row.gap = true,
            (None, '0'..='9' | '+') => row = Some(Row::beginning(text, at, c)),
            (Some(done), _) => {
                if done.is_phone() {
                    found.push(reading.folded.original(done.start..done.end));
                }
                row = (c == '+').then(|| Row::beginning(text, at, c));
            }
            (None, _) => {}
        }
    }
    found
}

/// A row of digits.
struct Row {
    start: usize,
    end: usize,
    digits: usize,
    /// How many zeros it ends with.
    zeros: usize,
    /// It begins with + or 0.
    dialled: bool,
    /// A letter stands before it.
    glued: bool,
    /// There are signs in it.
    split: bool,
    /// The last sign was none of its digits.
    gap: bool,
}

impl Row {
    fn beginning(text: &str, at: usize, c: char) -> Self {
        let digits = usize::from(c != '+');
        let glued =
            text[..at].chars().next_back().is_some_and(|before| before.is_ascii_alphanumeric() || before == '/');
        Self {
            start: at,
            end: at + 1,
            digits,
            zeros: usize::from(c == '0'),
            dialled: matches!(c, '+' | '0'),
            glued,
            split: false,
            gap: false,
        }
    }

    fn is_phone(&self) -> bool {
        DIGITS.contains(&self.digits) && (self.dialled || !self.split) && !self.glued && self.zeros < 5
    }
}

/// Numbers beside a currency.
pub(crate) fn prices(reading: &Reading<'_>) -> Vec<Range<usize>> {
    let is_number = |word: &str| word.starts_with(|c: char| c.is_ascii_digit());
    // Only beside a number is the list looked through.
    let is_currency = |word: &str| {
        let begins = |c: char| c.is_alphabetic();
        word.starts_with(begins) && CURRENCIES.split_whitespace().any(|currency| currency == word)
    };
    let mut found = Vec::new();
    for word in (0..reading.words.len()).filter(|word| is_number(reading.word(*word))) {
        let beside = is_currency(reading.word(word + 1)) || (word > 0 && is_currency(reading.word(word - 1)));
        let sign = reading.between(word, word + 1).trim_start().starts_with(['$', '€', '£']);
        if beside || sign {
            found.push(reading.original(word..word + 1));
        }
    }
    found
}

/// Handles such as `@name`, and addresses of mail.
pub(crate) fn handles(text: &str) -> Vec<Range<usize>> {
    let belongs = |c: char| c.is_ascii_alphanumeric() || matches!(c, '_' | '.' | '-');
    let mut found = Vec::new();
    for (at, _) in text.match_indices('@') {
        let rest = &text[at + 1..];
        let length = rest.find(|c| !belongs(c)).unwrap_or(rest.len());
        if NAME.contains(&length) {
            found.push(at..at + 1 + length);
        }
    }
    found
}

/// Codes for a discount, in capitals and digits, behind a word that names one: «كود DAY70», "use code BOOST20".
pub(crate) fn codes(reading: &Reading<'_>) -> Vec<Range<usize>> {
    const NAMES: [&str; 8] = ["كود", "الكود", "بكود", "كوبون", "رمز", "code", "coupon", "promo"];
    let mut found = Vec::new();
    for word in (1..reading.words.len()).filter(|word| NAMES.contains(&reading.word(word - 1))) {
        let place = reading.original(word..word + 1);
        let code = reading.text.get(place.clone()).unwrap_or("");
        let capital = code.bytes().any(|byte| byte.is_ascii_uppercase() || byte.is_ascii_digit());
        let plain = code.bytes().all(|byte| byte.is_ascii_uppercase() || byte.is_ascii_digit());
        if capital && plain && NAME.contains(&code.len()) {
            found.push(place);
        }
    }
    found
}
