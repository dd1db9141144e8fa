use super::Input;
use crate::contacts::{codes, handles, phones, prices};
use crate::words::{Found, Sign};
use crate::{Finding, Reading, Reason};
use alloc::{collections::BTreeSet, string::String, vec::Vec};
use core::ops::Range;

/// What a way to reach the seller and a price in numbers add to the words that offer something.
const CONTACT: u16 = 250;
const PRICE: u16 = 100;
/// What each further phrase of the lists adds, and the most that they add together.
const FURTHER: u16 = 75;
const MOST_FURTHER: u16 = 225;
/// Phrases that weigh so much say more than readers do.
const FIRM: u16 = 200;
/// What is an advertisement weighs at least this.
const LEAST: u16 = 300;

/// Advertisements, by the kinds of signs that stand together: an offer, a call to write or come, a price or a discount, and
/// a way to reach the seller (telephone, address, handle, code). Two kinds are needed, one an offer or a price and one a
/// call or a contact: readers speak of loans and prices, name their source, and leave a number where blood is needed. Beside words of
/// a reader who bought or warns, the call is needed too. The heaviest phrase counts whole, every other sign adds to it.
///
/// Caught: «قروض فورية بدون كفيل، للتواصل واتساب 0555 123 456»
/// Not caught: «القرض الذي أخذته بلغ 3000 درهم، والفائدة أكلته»
pub(super) fn advertising(input: &Input<'_>) -> Vec<Finding> {
    let mut signs = Signs::default();
    signs.look(input, input.reading);
    if let Some(arabizi) = input.arabizi() {
        signs.look(input, arabizi);
    }
    let Some((heaviest, what)) = signs.heaviest else { return Vec::new() };
    let mut contacts = phones(input.reading);
    contacts.extend(codes(input.reading));
    // A link alone may be a source: beside a weak offer it is no way to reach anybody.
    if heaviest >= FIRM || signs.call || signs.price {
        contacts.extend(input.shared.addresses.iter().map(|address| address.range.clone()));
    }
    // Readers call one another by handles, and name prices beside a source.
    if signs.call {
        contacts.extend(handles(input.submission.text));
    }
    let prices = prices(input.reading);
    let contact = !contacts.is_empty();
    let price = signs.price || signs.call && !prices.is_empty();
    let kinds = [signs.offer, signs.call, price, contact].into_iter().filter(|there| *there).count();
    // Whoever asks to be written to sells nothing yet.
    let sells = signs.offer || price;
    if !sells || kinds < 2 || !(signs.call || contact) || signs.reader && !(signs.call && kinds > 2) {
        return Vec::new();
    }
    let further = u16::try_from(signs.phrases.len() - 1).unwrap_or(u16::MAX).saturating_mul(FURTHER).min(MOST_FURTHER);
    let weight = heaviest + further + if contact { CONTACT } else { 0 } + if prices.is_empty() { 0 } else { PRICE };
    let places = signs.places.into_iter().chain(contacts).chain(prices);
    let what = String::from(what);
    alloc::vec![Finding::at(Reason::Advertises { what }, weight.clamp(LEAST, 1_000), places)]
}

/// Whether a reader tells of what he bought, or warns: a head hears the words of the trade.
pub(super) fn is_told_by_reader(input: &Input<'_>) -> bool {
    let found = input.rulebook.laws.words().spam.find(input.reading, &input.facts.story);
    found.iter().any(|found| found.entry.sign == Sign::Reader)
        && input.shared.addresses.is_empty()
        && phones(input.reading).is_empty()
}

/// What the lists find.
#[derive(Default)]
struct Signs<'a> {
    offer: bool,
    call: bool,
    price: bool,
    reader: bool,
    /// The weight of the heaviest phrase, and what it offers.
    heaviest: Option<(u16, &'a str)>,
    phrases: BTreeSet<&'a str>,
    places: Vec<Range<usize>>,
}

impl<'a> Signs<'a> {
    fn look(&mut self, input: &Input<'a>, reading: &Reading<'_>) {
        for Found { entry, words, .. } in input.rulebook.laws.words().spam.find(reading, &input.facts.story) {
            match entry.sign {
                Sign::Offer => self.offer = true,
                Sign::Call => self.call = true,
                Sign::Price => self.price = true,
                Sign::Channel => (self.offer, self.call) = (true, true),
                Sign::Reader => {
                    self.reader = true;
                    continue;
                }
            }
            if self.heaviest.is_none_or(|(weight, _)| entry.weight > weight) {
                self.heaviest = Some((entry.weight, if entry.what.is_empty() { &entry.phrase } else { &entry.what }));
            }
            self.phrases.insert(&entry.phrase);
            self.places.push(reading.original(words));
        }
    }
}
