//! Quotation marks, punctuation, spaces, tatweel and controls.

use alloc::vec::Vec;

use super::proof::{Proof, Side};
use super::{Kind, Suggestion};
use crate::signs::{TATWEEL, is_arabic_letter, is_arabic_mark, is_bidi_control};

/// Pairs of straight quotation marks on one line around Arabic. A line with an odd mark is left alone: it may be a
/// measure in inches. So is a pair inside « ».
pub(super) fn quotes(proof: &Proof, found: &mut Vec<Suggestion>) {
    let mut line: Vec<usize> = Vec::new();
    let mut quoted = 0usize;
    for (at, sign) in proof.signs.iter().enumerate() {
        match sign.c {
            '\n' => quote_line(proof, &core::mem::take(&mut line), found),
            '«' => quoted += 1,
            '»' => quoted = quoted.saturating_sub(1),
            '"' if !sign.fixed && quoted == 0 => line.push(at),
            _ => {}
        }
        if sign.c == '\n' {
            quoted = 0;
        }
    }
    quote_line(proof, &line, found);
}

fn quote_line(proof: &Proof, marks: &[usize], found: &mut Vec<Suggestion>) {
    let (pairs, []) = marks.as_chunks::<2>() else { return };
    for [open, close] in pairs {
        let (first, last) = (&proof.signs[*open], &proof.signs[*close]);
        let around = first.before == Side::Arabic || last.after == Side::Arabic;
        let is_arabic = match first.after {
            Side::Arabic => true,
            Side::OtherLetter => false,
            _ => last.before == Side::Arabic || (last.before != Side::OtherLetter && around),
        };
        if is_arabic && close - open > 1 {
            proof.suggest(*open..open + 1, Kind::Quotes, "«", found);
            proof.suggest(*close..close + 1, Kind::Quotes, "»", found);
        }
    }
}

/// Comma, semicolon and question mark behind Arabic, or behind a number with Arabic to follow.
pub(super) fn punctuation(proof: &Proof, found: &mut Vec<Suggestion>) {
    for (at, sign) in proof.signs.iter().enumerate() {
        let with = match sign.c {
            ',' => "،",
            ';' => "؛",
            '?' => "؟",
            _ => continue,
        };
        let next_is_digit = proof.c(at.checked_add(1)).is_some_and(|next| next.is_numeric());
        let behind_arabic = sign.before == Side::Arabic;
        let behind_number = sign.before == Side::Digit && !next_is_digit && sign.after == Side::Arabic;
        if !sign.fixed && (behind_arabic || behind_number) {
            proof.suggest(at..at + 1, Kind::Punctuation, with, found);
        }
    }
}

/// Spaces before closing signs, and double spaces between words. Those at the beginning of a line, and between Latin
/// words, stay.
pub(super) fn spaces(proof: &Proof, found: &mut Vec<Suggestion>) {
    let mut at = 0;
    while at < proof.signs.len() {
        let spaces = proof.signs[at..].iter().take_while(|sign| is_gap(sign.c)).count();
        if spaces == 0 {
            at += 1;
            continue;
        }
        let end = at + spaces;
        let first = &proof.signs[at];
        let next = proof.c(Some(end));
        let starts_line = matches!(proof.c(at.checked_sub(1)), None | Some('\n'));
        if !starts_line && next.is_some_and(|c| c != '\n') {
            let after_next = proof.c(end.checked_add(1));
            let fixed = proof.signs.get(end).is_some_and(|sign| sign.fixed);
            if next.is_some_and(|c| closes(c, after_next)) && first.before == Side::Arabic && !fixed {
                proof.suggest(at..end, Kind::SpaceBefore, "", found);
            } else if spaces > 1 && (first.before == Side::Arabic || first.after == Side::Arabic) {
                proof.suggest(at..end, Kind::DoubleSpace, " ", found);
            }
        }
        at = end;
    }
}

/// Whether a sign closes what stands before it. «.5» and «...» do not.
fn closes(c: char, next: Option<char>) -> bool {
    match c {
        '،' | '؛' | '؟' | ',' | ';' | '?' | '!' | ':' | '»' | ')' => {
            !(c == ':' && next.is_some_and(|next| next.is_ascii_punctuation()))
        }
        '.' => next.is_none_or(|next| next.is_whitespace() || next == '»'),
        _ => false,
    }
}

fn is_gap(c: char) -> bool {
    matches!(c, ' ' | '\u{A0}')
}

/// Tatweel between two letters of a word, and behind a word of three letters or more.
pub(super) fn tatweel(proof: &Proof, found: &mut Vec<Suggestion>) {
    let mut letters = 0;
    let mut at = 0;
    while at < proof.signs.len() {
        let sign = &proof.signs[at];
        if sign.c != TATWEEL {
            if is_arabic_letter(sign.c) {
                letters += 1;
            } else if !is_arabic_mark(sign.c) {
                letters = 0;
            }
            at += 1;
            continue;
        }
        let end = at + proof.signs[at..].iter().take_while(|sign| sign.c == TATWEEL).count();
        let next = proof.c(Some(end));
        // Alone it is a dash or a rule; before a mark it bears it; before a digit or a quotation it joins a prefix.
        let stretches = letters >= 1 && next.is_some_and(is_arabic_letter);
        let trails = letters >= 3 && next.is_none_or(|next| next.is_whitespace() || matches!(next, '.' | '،'));
        if (stretches || trails) && !sign.fixed {
            proof.suggest(at..end, Kind::Tatweel, "", found);
        }
        at = end;
    }
}

/// Controls of direction, spaces of no width, and the mark of byte order.
pub(super) fn controls(proof: &Proof, found: &mut Vec<Suggestion>) {
    let is_control = |c: char| is_bidi_control(c) || matches!(c, '\u{200B}' | '\u{2060}' | '\u{FEFF}' | '\u{AD}');
    let mut at = 0;
    while at < proof.signs.len() {
        let run = proof.signs[at..].iter().take_while(|sign| is_control(sign.c) && !sign.fixed).count();
        if run > 0 {
            proof.suggest(at..at + run, Kind::Control, "", found);
        }
        at += run.max(1);
    }
}
