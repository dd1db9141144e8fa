use super::Input;
use crate::phases::long_paste::remains_of_a_page;
use aho_corasick::AhoCorasick;
use alloc::{boxed::Box, vec::Vec};
use core::ops::Range;
use once_cell::race::OnceBox;

/// One such sign is a slip of the clipboard.
const TIMES: usize = 2;
/// A dateline ends within so many words.
const DATELINE_WORDS: usize = 4;

/// Words that stand around an article on its page and not in it.
const FURNITURE: [&str; 14] = [
    "اقرأ أيضا",
    "اقرأ أيضًا",
    "اقرأ المزيد",
    "شاهد أيضا",
    "شاهد أيضًا",
    "مواضيع ذات صلة",
    "أخبار ذات صلة",
    "جميع الحقوق محفوظة",
    "تابعونا على",
    "صورة:",
    "تصوير:",
    "الصورة:",
    "(صورة ",
    "(تصوير ",
];

/// Signs that no comment form makes and no phone's keyboard has: soft hyphens, the copyright sign, remains of a page's
/// HTML, footnote numbers, a dateline with a dash, a caption, «اقرأ أيضا». Quotation marks, ornate brackets and a list with
/// bullets of the reader's own show nothing.
///
/// Caught: «العاصمة – مراسلنا: افتتح المتحف أبوابه.\nتصوير: هدى سالم\nاقرأ أيضا: حديقة جديدة على الضفة\n© جريدة الضفة»
/// Not caught: «أقترح ثلاثة أشياء:\n• أن يُفتح المتحف مساء\n• أن تخفّض التذكرة\n• أن تأتي الحافلة – ولو مرة – إلى بابه ﴿ن والقلم﴾»
pub(super) fn typography(input: &Input<'_>) -> Vec<Range<usize>> {
    let text = input.reading.text;
    let remains = remains_of_a_page(text).into_iter().filter(|place| !is_elsewhere(&text[place.clone()]));
    let mut found: Vec<Range<usize>> = remains.collect();
    let signs = text.char_indices().filter(|(_, c)| matches!(c, '\u{AD}' | '®' | '\u{FFFC}' | '►' | '◄'));
    found.extend(signs.map(|(at, c)| at..at + c.len_utf8()));
    found.extend(furniture(text));
    found.extend(dateline(text));
    found.sort_unstable_by_key(|place| place.start);
    let found = crate::places::in_order(found);
    if found.len() < TIMES { Vec::new() } else { found }
}

/// Every place of [`FURNITURE`], in one pass.
fn furniture(text: &str) -> Vec<Range<usize>> {
    static ALL: OnceBox<Option<AhoCorasick>> = OnceBox::new();
    let all = ALL.get_or_init(|| Box::new(AhoCorasick::new(FURNITURE).ok()));
    let found = all.iter().filter_map(|all| all.try_find_overlapping_iter(text).ok()).flatten();
    found.map(|place| place.range()).collect()
}

/// Bullets are a reader's own, and a source's line is an attribution.
fn is_elsewhere(remain: &str) -> bool {
    matches!(remain, "•" | "▪" | "المصدر:")
}

/// «العاصمة – » at the very start.
fn dateline(text: &str) -> Option<Range<usize>> {
    let start = text.len() - text.trim_start().len();
    let line = text[start..].lines().next()?;
    let dash = line.find(" – ").or_else(|| line.find(" — "))?;
    let words = line[..dash].split_whitespace().count();
    (1..=DATELINE_WORDS).contains(&words).then_some(start..start + dash + " –".len())
}
