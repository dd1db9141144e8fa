use super::Input;
use crate::addresses::addresses;
use crate::contacts::{phones, prices};
use crate::{Finding, Reason};
use alloc::{collections::BTreeSet, string::String, vec::Vec};
use core::ops::Range;

/// What a telephone number, an address and a price add to the words that offer something.
const PHONE: u16 = 250;
const ADDRESS: u16 = 200;
const PRICE: u16 = 100;
/// What each further phrase of the list adds, and the most that they add together.
const FURTHER: u16 = 75;
const MOST_FURTHER: u16 = 225;
/// Together they must weigh as much as this; below it, it is a reader who speaks of prices.
const LEAST: u16 = 300;

/// Words that offer goods, money or contacts, together with telephone numbers, addresses and prices. None of them is
/// enough: readers speak of loans and prices, and leave a number where blood is needed. The heaviest phrase counts whole,
/// every other sign adds to it.
///
/// Caught: «قروض فورية بدون كفيل، للتواصل واتساب 0555 123 456»
/// Not caught: «القرض الذي أخذته بلغ 3000 درهم، والفائدة أكلته»
pub(super) fn advertising(input: &Input<'_>) -> Vec<Finding> {
    let (reading, words) = (input.reading, input.rulebook.laws.words());
    let found = words.spam.find(reading, &input.facts.story);
    let Some(heaviest) = found.iter().max_by_key(|found| (found.entry.weight, usize::MAX - found.words.start)) else {
        return Vec::new();
    };
    let phrases: BTreeSet<&str> = found.iter().map(|found| found.entry.phrase.as_str()).collect();
    let further = u16::try_from(phrases.len() - 1).unwrap_or(u16::MAX).saturating_mul(FURTHER).min(MOST_FURTHER);
    let signs: [(u16, Vec<Range<usize>>); 3] = [
        (PHONE, phones(reading)),
        (ADDRESS, addresses(input.submission.text).into_iter().map(|address| address.range).collect()),
        (PRICE, prices(reading)),
    ];
    let there: u16 = signs.iter().filter(|(_, places)| !places.is_empty()).map(|(weight, _)| weight).sum();
    let weight = heaviest.entry.weight + further + there;
    if weight < LEAST {
        return Vec::new();
    }
    let what = if heaviest.entry.what.is_empty() { &heaviest.entry.phrase } else { &heaviest.entry.what };
    let places = found.iter().map(|found| reading.original(found.words.clone()));
    let places = places.chain(signs.into_iter().flat_map(|(_, places)| places));
    alloc::vec![Finding::at(Reason::Advertises { what: String::from(what) }, weight.min(1_000), places)]
}
