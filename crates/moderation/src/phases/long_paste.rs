use super::Input;
use crate::places::{in_order, outside};
use crate::{Finding, Reason};
use alloc::vec::Vec;
use arabic::runs::clusters;
use core::ops::Range;

/// Worth a look. Some readers do write long.
const WEIGHT: u16 = 250;
/// So many remains of a page make a paste even in short paragraphs.
const REMAINS: usize = 4;

/// As long as an article, and not from this story, and shaped like something pasted: one unbroken paragraph of that
/// length, or at least four remains of a page (see `remains_of_a_page`). A long comment in paragraphs of one's own is
/// let pass; so is what stands between ﴿ and ﴾ on one line, for scripture weighs nothing. (The test sets the limit to 60;
/// the story begins: «أعلنت البلدية افتتاح خط الترام الجديد صباح الأحد بعد ثلاث سنوات من العمل المتواصل».)
///
/// Caught: «يقع المتحف على الضفة الشرقية للنهر [1]، وقد شُيّد في ثلاث سنوات [2]، وتبلغ مساحته ألفي متر [3]، ويزوره الناس كل يوم [4].»
/// Not caught: «أعلنت البلدية افتتاح خطّ الترام الجديد صباح الأحد، بعد ثلاث سنوات من العمل المتواصل. مبروك!»
pub(super) fn long_paste(input: &Input<'_>) -> Vec<Finding> {
    let (text, limit) = (input.submission.text, input.rulebook.long_paste);
    if text.len() <= limit {
        return Vec::new();
    }
    let quoted = input.of_the_story().ranges.iter().cloned();
    let free = in_order(quoted.chain(scripture(text)));
    let lines = own_lines(text, &free);
    let length: usize = lines.iter().map(|line| line.length).sum();
    if length <= limit {
        return Vec::new();
    }
    let mut places: Vec<Range<usize>> = lines.into_iter().filter(|l| l.length > limit).map(|l| l.range).collect();
    let remains = remains_of_a_page(text);
    if remains.len() >= REMAINS {
        places.extend(remains);
    }
    if places.is_empty() {
        return Vec::new();
    }
    alloc::vec![Finding::at(Reason::LongPaste { length: length as u64 }, WEIGHT, places)]
}

/// A line of the text, and how many clusters of it are the visitor's own or came from elsewhere than the story.
struct OwnLine {
    range: Range<usize>,
    length: usize,
}

fn own_lines(text: &str, free: &[Range<usize>]) -> Vec<OwnLine> {
    let mut lines = Vec::new();
    let mut start = 0;
    for line in text.split_inclusive('\n') {
        let range = start..start + line.trim_end().len();
        start += line.len();
        let length = outside(&range, free).into_iter().map(|own| clusters(&text[own])).sum();
        lines.push(OwnLine { range, length });
    }
    lines
}

/// What stands between ornate brackets that face each other on one line. Writers mix the two signs up, since they mirror;
/// one that finds no partner on its line frees nothing.
pub(super) fn scripture(text: &str) -> Vec<Range<usize>> {
    let mut found = Vec::new();
    let mut open: Option<(usize, char)> = None;
    for (at, c) in text.char_indices() {
        match (c, open) {
            ('\n', _) => open = None,
            ('\u{FD3E}' | '\u{FD3F}', Some((from, first))) if first != c => {
                found.push(from..at + c.len_utf8());
                open = None;
            }
            ('\u{FD3E}' | '\u{FD3F}', _) => open = Some((at, c)),
            _ => {}
        }
    }
    found
}

/// Signs that come along when a page is copied: footnote numbers in square brackets, tags and entities of HTML, braces of
/// a wiki, bullets, the copyright sign, «المصدر:» and «اقرأ أيضا».
pub(super) fn remains_of_a_page(text: &str) -> Vec<Range<usize>> {
    let remains = text.char_indices().filter_map(|(at, c)| {
        let rest = &text[at..];
        let length = match c {
            '[' => footnote(rest).or_else(|| known_remain(rest, &REMAIN)),
            // The commonest letter of all begins two of them.
            'ا' => known_remain(rest, &WORDS_OF_A_PAGE),
            '<' | '&' | '{' | '}' | ']' | '©' | '•' | '▪' => known_remain(rest, &REMAIN),
            _ => None,
        }?;
        Some(at..at + length)
    });
    in_order(remains)
}

const REMAIN: [&str; 16] =
    ["</", "<p", "<br", "<div", "<span", "<a ", "&nbsp;", "&quot;", "&amp;", "{{", "}}", "[[", "]]", "©", "•", "▪"];
const WORDS_OF_A_PAGE: [&str; 2] = ["المصدر:", "اقرأ أيض"];

fn known_remain(rest: &str, known: &[&str]) -> Option<usize> {
    known.iter().find(|remain| rest.starts_with(**remain)).map(|remain| remain.len())
}

/// The bytes of `[12]` or `[١٢]` at the very start: one to three digits.
fn footnote(rest: &str) -> Option<usize> {
    let inner = rest.strip_prefix('[')?;
    let end = inner.char_indices().take(4).find(|(_, c)| !c.is_numeric()).map(|(end, _)| end)?;
    (end > 0 && inner[end..].starts_with(']')).then_some(end + 2)
}
