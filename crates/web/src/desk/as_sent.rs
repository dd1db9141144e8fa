//! A comment exactly as sent, for whoever must rule on it: what was found is marked, what cannot be seen is named.
//!
//! Nothing is hidden from the desk and nothing tricks it: signs that would turn the direction of a text are shown by
//! their number instead of being obeyed.

use arabic::runs::runs;
use moderation::Finding;

/// One sign so often in a row is shown short.
const LONG_RUN: usize = 12;
const SHOWN_OF_RUN: usize = 3;

/// A stretch of the text about which the same findings speak.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Stretch {
    /// Which findings, by their place in the verdict; none: nothing was found here.
    pub findings: Vec<usize>,
    /// What it consists of.
    pub bits: Vec<Bit>,
}

/// A part of a stretch.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Bit {
    /// Words and line ends as sent.
    Words(String),
    /// A sign that nobody would see: `U+202E`.
    Unseen(String),
    /// One sign over and over: the first few, and how often.
    Run(String, usize),
}

/// The text in stretches. Ranges that do not fit the text are left out, never a reason to fail.
pub fn stretches(text: &str, findings: &[Finding]) -> Vec<Stretch> {
    let fits = |at: &usize| text.is_char_boundary(*at);
    let ranges = findings
        .iter()
        .enumerate()
        .flat_map(|(which, finding)| finding.ranges.iter().map(move |range| (which, range.start, range.end)));
    let ranges: Vec<_> = ranges.filter(|(_, start, end)| start < end && fits(start) && fits(end)).collect();
    let mut cuts: Vec<usize> = ranges.iter().flat_map(|(_, start, end)| [*start, *end]).collect();
    cuts.extend([0, text.len()]);
    cuts.sort_unstable();
    cuts.dedup();
    let stretch = |(start, end): (usize, usize)| {
        let about = ranges.iter().filter(|(_, from, to)| *from <= start && end <= *to);
        let mut findings: Vec<usize> = about.map(|(which, ..)| *which).collect();
        findings.dedup();
        Stretch { findings, bits: bits(&text[start..end]) }
    };
    cuts.iter().copied().zip(cuts.iter().copied().skip(1)).map(stretch).collect()
}

fn bits(text: &str) -> Vec<Bit> {
    let (mut out, mut at) = (Vec::new(), 0);
    for run in runs(text, LONG_RUN) {
        named(&text[at..run.range.start], &mut out);
        out.push(Bit::Run(std::iter::repeat_n(run.letter, SHOWN_OF_RUN).collect(), run.times));
        at = run.range.end;
    }
    named(&text[at..], &mut out);
    out
}

/// Words, with what cannot be seen named between them.
fn named(text: &str, out: &mut Vec<Bit>) {
    for part in text.split_inclusive(is_unseen) {
        let sign = part.chars().next_back().filter(|sign| is_unseen(*sign));
        let words = sign.map_or(part, |sign| &part[..part.len() - sign.len_utf8()]);
        if !words.is_empty() {
            out.push(Bit::Words(arabic::clean::without_heaps(words).into_owned()));
        }
        out.extend(sign.map(|sign| Bit::Unseen(format!("U+{:04X}", u32::from(sign)))));
    }
}

/// Signs that steer direction or take no room; the joiners that spelling needs are not among them.
fn is_unseen(sign: char) -> bool {
    matches!(sign, '\u{AD}' | '\u{61C}' | '\u{200B}' | '\u{200E}' | '\u{200F}' | '\u{FEFF}' | '\u{3164}')
        || matches!(sign, '\u{202A}'..='\u{202E}' | '\u{2060}'..='\u{206F}' | '\u{E0000}'..='\u{E0FFF}')
}
