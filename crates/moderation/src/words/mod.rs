//! The words of a rulebook, made ready to be looked for.

mod lists;
mod quoted;
mod speech;
mod standing;

use crate::matcher::Clitics;
use crate::rulebook::fingerprint::Fingerprint;
use crate::{List, Reading};
use alloc::{collections::BTreeSet, string::String, vec::Vec};
use arabic::words::search_terms;

pub(crate) use lists::{Found, Lists};
pub(crate) use standing::{Frames, Standing};

/// A word or phrase of a list, and what is known about it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Entry {
    /// As the list writes it.
    pub phrase: String,
    pub list: List,
    /// What it weighs where it is addressed to nobody, 0 to 1,000.
    pub weight: u16,
    /// What it weighs where it is said to somebody's face.
    pub addressed: u16,
    pub clitics: Clitics,
    /// Information for editors: a word is looked for in every text.
    pub languages: Vec<String>,
    /// What an entry of [`List::Spam`] offers.
    pub what: String,
    /// Words a few words away that give it its plain meaning: the animal, the surname, the place.
    pub unless_near: Vec<String>,
    /// Words of the story that do.
    pub unless_story: Vec<String>,
    /// It may also be said of things (a stupid idea), and then weighs nothing.
    pub of_things: bool,
    /// What an entry of [`List::Spam`] is a sign of.
    pub sign: Sign,
}

/// What kind of sign of advertising an entry is.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub(crate) enum Sign {
    /// Goods, a service, money, work.
    #[default]
    Offer,
    /// A call to write, ring, visit, order.
    Call,
    /// Both at once: «subscribe to my channel».
    Channel,
    /// A discount, instalments, free delivery.
    Price,
    /// A reader speaks of what he bought, or warns.
    Reader,
}

/// Words that change what a word before or after them means.
#[derive(Debug, Clone, Default)]
pub(crate) struct Guards {
    /// «لست», «not»: what follows is denied.
    pub denial: Vec<String>,
    /// «وصفه», «called him»: what follows is somebody else's.
    pub attribution: Vec<String>,
    /// «يا», «you»: what follows is said to somebody's face.
    pub address: Vec<String>,
    /// «فكرة», «idea»: a thing that may be called stupid.
    pub things: Vec<String>,
    /// «الوزير», «the writer»: a person who must not be.
    pub people: Vec<String>,
    /// «هذا», «they»: somebody, where no thing is named.
    pub pointers: Vec<String>,
    /// «يفهم», «lied»: what no animal does.
    pub minds: Vec<String>,
    /// «أنا», «je suis»: what follows the writer says of himself.
    pub myself: Vec<String>,
}

/// How scripture and prayer are known.
#[derive(Debug, Clone, Default)]
pub(crate) struct Speech {
    /// Whole formulas.
    pub formulas: Vec<String>,
    /// What stands before a verse or a saying.
    pub introductions: Vec<String>,
    /// What stands after a verse.
    pub endings: Vec<String>,
}

/// All words of a rulebook.
#[derive(Debug, Default)]
pub(crate) struct Words {
    /// Everything but advertising.
    pub abuse: Lists,
    pub spam: Lists,
    pub standing: standing::Finder,
    pub speech: speech::Finder,
    /// Terms that say nothing about what a text is about, as search knows them.
    pub frequent: BTreeSet<String>,
    fingerprint: u64,
}

impl Words {
    pub fn of(entries: Vec<Entry>, guards: &Guards, speech: &Speech, frequent: &[String]) -> Self {
        let mut print = Fingerprint::new();
        entries.iter().for_each(|entry| entry.take_print(&mut print));
        print.texts(&guards.denial).texts(&guards.attribution).texts(&guards.address).texts(&guards.things);
        print.texts(&guards.people).texts(&guards.pointers).texts(&guards.minds).texts(&guards.myself);
        print.texts(&speech.formulas).texts(&speech.introductions).texts(&speech.endings).texts(frequent);
        let (spam, abuse) = entries.into_iter().partition(|entry| entry.list == List::Spam);
        Self {
            abuse: Lists::of(abuse),
            spam: Lists::of(spam),
            standing: standing::Finder::of(guards),
            speech: speech::Finder::of(speech),
            frequent: frequent.iter().flat_map(|word| search_terms(word)).collect(),
            fingerprint: print.value(),
        }
    }

    pub fn fingerprint(&self) -> u64 {
        self.fingerprint
    }
}

impl Entry {
    /// Whether it has a plain meaning too: the animal.
    pub fn is_literal(&self) -> bool {
        !self.unless_near.is_empty()
    }

    /// Whether it only describes: of whom, the sentence must say. Orders, curses and phrases speak for themselves.
    pub fn describes(&self) -> bool {
        self.list == List::Insult && self.clitics != Clitics::Before && !self.phrase.contains(' ')
    }

    fn take_print(&self, print: &mut Fingerprint) {
        // What it is called in which language changes no verdict, and is left out.
        print.text(&self.phrase).text(self.list.name()).number(self.clitics as u64);
        print.number(u64::from(self.weight)).number(u64::from(self.addressed)).number(u64::from(self.of_things));
        print.text(&self.what).texts(&self.unless_near).texts(&self.unless_story);
        print.number(self.sign as u64);
    }
}

/// Whether a sentence ends, or one of its parts does, between two neighbouring words.
pub(crate) fn pause(reading: &Reading<'_>, before: usize) -> bool {
    reading.between(before, before + 1).contains(['.', '!', '?', '؟', '،', ',', '؛', ';', '…'])
}
