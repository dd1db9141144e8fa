use super::Input;
use alloc::vec::Vec;
use arabic::fold::{Level, folded};
use core::ops::Range;

/// An agency's name stands within so many words of a line's beginning where it signs the line.
const SIGNED_WORDS: usize = 5;
/// A writer's line has so many words at most.
const LONGEST_LINE: usize = 7;

/// Agencies as they sign, folded. A name alone says nothing: it has to stand where a signature stands.
const AGENCIES: [&str; 22] = [
    "وكالات",
    "متابعات",
    "رويترز",
    "ا ف ب",
    "اف ب",
    "افب",
    "فرانس برس",
    "د ب ا",
    "ا ش ا",
    "واس",
    "قنا",
    "وام",
    "بترا",
    "وات",
    "واج",
    "وال",
    "الاناضول",
    "سانا",
    "reuters",
    "afp",
    "ap",
    "agences",
];
/// How a writer's or a source's line begins, folded, with its colon.
const SIGNATURES: [&str; 8] = ["كتب:", "كتبت:", "المصدر:", "مصدر:", "نقلا عن:", "بقلم:", "source:", "par:"];

/// The line of an agency or a writer inside the text: «العاصمة (رويترز) -» at the head of a line, «(وكالات)» alone at an
/// end, «كتب:» and «المصدر:» on lines of their own. An agency that is talked about shows nothing.
///
/// Caught: «الضفة الشرقية (رويترز) - أعلنت إدارة المتحف أن أبوابه ستفتح في الصيف»
/// Not caught: «قرأت في رويترز وفي وكالات أخرى أن المتحف (وهو قريب من بيتي) سيفتح، فهل كتب: أحدكم عن ثمن التذكرة؟»
pub(super) fn attribution(input: &Input<'_>) -> Vec<Range<usize>> {
    let mut found = Vec::new();
    let mut from = 0;
    for line in input.reading.text.split_inclusive('\n') {
        let own = line.trim();
        let start = from + (line.len() - line.trim_start().len());
        from += line.len();
        if let Some(signed) = signature(own) {
            found.push(start + signed.start..start + signed.end);
        }
    }
    found
}

/// Where a line is signed.
fn signature(line: &str) -> Option<Range<usize>> {
    let head = words_at_start(line, LONGEST_LINE + 1);
    let is_short = head == line.len();
    if is_short {
        let folded_head = folded(line, Level::Search).replace(" :", ":");
        if SIGNATURES.iter().any(|signature| folded_head.starts_with(signature)) {
            return Some(0..line.len());
        }
    }
    in_brackets(line).or_else(|| before_dash(line)).or_else(|| (is_short && is_agency(line)).then_some(0..line.len()))
}

/// «… (رويترز)» near the start of the line, or at its very end.
fn in_brackets(line: &str) -> Option<Range<usize>> {
    let near = words_at_start(line, SIGNED_WORDS);
    let mut opened = None;
    // Where nothing but full stops and spaces follows to the end of the line.
    let tail = line.trim_end_matches(['.', ' ', '\u{A0}']).len();
    for (at, c) in line.char_indices() {
        match (c, opened) {
            ('(' | '[', _) => opened = Some(at),
            (')' | ']', Some(open)) => {
                let after = line[at + 1..].trim_start_matches([' ', '\u{A0}']);
                let heads = open < near && after.starts_with(['-', '–', '—', ':', '/', '،', '.']);
                let ends = at + 1 >= tail;
                if (heads || ends) && is_agency(&line[open + 1..at]) {
                    return Some(open..at + 1);
                }
                opened = None;
            }
            _ => {}
        }
    }
    None
}

/// «دبي - رويترز:» and «العاصمة – وكالات –» at the head of a line.
fn before_dash(line: &str) -> Option<Range<usize>> {
    let head = &line[..words_at_start(line, SIGNED_WORDS + 2)];
    let dash = head.find([':', '-', '–', '—'])?;
    let after = dash + head[dash..].chars().next()?.len_utf8();
    let rest = &head[after..];
    let end = rest.find([':', '-', '–', '—', '/'])?;
    is_agency(&rest[..end]).then_some(0..after + end)
}

/// One of the names, or several with strokes between: «رويترز، وكالات».
fn is_agency(signed: &str) -> bool {
    let signed = folded(signed, Level::Search);
    let mut parts = signed.split([',', '،', '/', '-', '+']).map(|part| part.replace('.', " ")).peekable();
    let listed = |part: &str| {
        let part = part.split_whitespace().collect::<Vec<_>>().join(" ");
        AGENCIES.contains(&part.as_str()) || part.strip_prefix('و').is_some_and(|part| AGENCIES.contains(&part))
    };
    parts.peek().is_some() && parts.all(|part| listed(&part))
}

/// The bytes of the first words of a line.
fn words_at_start(line: &str, words: usize) -> usize {
    let mut count = 0;
    let mut in_word = false;
    for (at, c) in line.char_indices() {
        if in_word && c.is_whitespace() && count == words {
            return at;
        }
        count += usize::from(!in_word && !c.is_whitespace());
        in_word = !c.is_whitespace();
    }
    line.len()
}
