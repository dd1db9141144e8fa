//! Digits of two sets in one text.

use alloc::vec::Vec;
use core::ops::Range;

use super::proof::{Proof, Side};
use super::{Kind, Suggestion};
use crate::digits::{Digits, write};

/// A number: digits, with signs between them that numbers have.
struct Number {
    signs: Range<usize>,
    western: usize,
    eastern: usize,
}

/// Numbers in the set that fewer digits of the text have; on a tie, in the one that came later. Numbers with a comma,
/// beside Latin letters, in addresses or in Latin passages do not count.
pub(super) fn mixed(proof: &Proof, found: &mut Vec<Suggestion>) {
    let numbers = numbers(proof);
    let western: usize = numbers.iter().map(|number| number.western).sum();
    let eastern: usize = numbers.iter().map(|number| number.eastern).sum();
    if western == 0 || eastern == 0 {
        return;
    }
    let first_is_western = numbers.first().is_some_and(|number| number.western > 0);
    let to = match western.cmp(&eastern) {
        core::cmp::Ordering::Equal if first_is_western => Digits::Western,
        core::cmp::Ordering::Greater => Digits::Western,
        _ => Digits::Eastern,
    };
    for number in numbers {
        let other = if to == Digits::Western { number.eastern } else { number.western };
        if other > 0 {
            let bytes = proof.signs[number.signs.start].range.start..proof.signs[number.signs.end - 1].range.end;
            proof.suggest(number.signs, Kind::MixedDigits, &write(&proof.text[bytes], to), found);
        }
    }
}

fn numbers(proof: &Proof) -> Vec<Number> {
    let mut numbers = Vec::new();
    let mut at = 0;
    while at < proof.signs.len() {
        if !is_digit(proof.signs[at].c) {
            at += 1;
            continue;
        }
        let mut end = at + 1;
        while let Some(sign) = proof.signs.get(end) {
            let joins = matches!(sign.c, '.' | ',' | '٫' | '٬' | ':' | '/' | '-')
                && proof.c(Some(end + 1)).is_some_and(is_digit);
            if !(is_digit(sign.c) || joins) {
                break;
            }
            end += 1;
        }
        let (first, last) = (&proof.signs[at], &proof.signs[end - 1]);
        let is_latin = |c: char| c.is_ascii_alphabetic();
        let beside_latin = proof.c(at.checked_sub(1)).is_some_and(is_latin) || proof.c(Some(end)).is_some_and(is_latin);
        let in_latin = first.before == Side::OtherLetter || last.after == Side::OtherLetter;
        let has_comma = proof.signs[at..end].iter().any(|sign| sign.c == ',');
        if !(first.fixed || beside_latin || in_latin || has_comma) {
            let count = |is: fn(&char) -> bool| proof.signs[at..end].iter().filter(|sign| is(&sign.c)).count();
            numbers.push(Number { signs: at..end, western: count(char::is_ascii_digit), eastern: count(is_eastern) });
        }
        at = end;
    }
    numbers
}

fn is_digit(c: char) -> bool {
    c.is_ascii_digit() || is_eastern(&c)
}

fn is_eastern(c: &char) -> bool {
    matches!(c, '٠'..='٩')
}
