//! Letters, words, digits, dates and direction of Arabic text.
//!
//! Arabic is written in many ways that readers take for the same: with and without vowels, with أ or ا,
//! with ة or ه, stretched with tatweel, pasted from a PDF as presentation forms, typed with ٠–٩ or 0–9.
//! This crate knows which spellings are one, and says so without ever changing what was stored:
//!
//! | To | use |
//! |---|---|
//! | find, compare, match and point back at the text as sent | [`fold`] |
//! | say a place in UTF-16 units or in letters as readers count them | [`places`] |
//! | keep a headline, a name, a tag on one clean line, and a text safe to show | [`clean`] |
//! | cut text into words, and words into search terms; know what is written on to a word | [`words`] |
//! | tell Arabic in Latin letters, and read it | [`arabizi`] |
//! | read digits and signs in place of Latin letters | [`leet`] |
//! | read any digits and write the paper's own | [`digits`] |
//! | know a text's direction and stop it from leaking | [`bidi`] |
//! | read a story's proofs: quotes, commas, spaces, tatweel, digits, hamza | [`typography`] |
//! | choose among the six plural forms | [`plural`] |
//! | write dates with a country's month names, or Hijri | [`dates`] |
//! | make an address out of a headline | [`slug`] |
//! | count what readers see, and find stretched letters | [`runs`] |
//!
//! # Promises
//!
//! * **It never fails.** Any text is valid input; nothing panics, whatever the text, the range or the number.
//! * **It is linear.** A megabyte of combining marks takes a time of the same order as a megabyte of prose.
//! * **It touches nothing.** `no_std`, no clock, no files, no settings: what it must know is an argument.
//! * **It knows no news.** Stories, comments and languages of the screen are unknown here.
//!
//! # A first look
//!
//! ```
//! use arabic::fold::{fold, folded, Level};
//!
//! // Four spellings of one word.
//! for spelling in ["مَدْرَسَةٌ", "مـــدرسة", "مدرسه", "\u{FEE3}\u{FEAA}\u{FEAD}\u{FEB3}\u{FE94}"] {
//!     assert_eq!(folded(spelling, Level::Search), "مدرسه");
//! }
//!
//! // A match in the folded text points back at the text as it was sent.
//! let sent = "قرب الـمَدْرَسَةِ الجديدة";
//! let found = fold(sent, Level::Search);
//! let at = found.as_str().find("المدرسه").unwrap();
//! assert_eq!(&sent[found.original(at..at + "المدرسه".len())], "الـمَدْرَسَةِ");
//! ```
//!
//! A listed word is found through every dress it wears, with what Arabic writes on to it, and not inside another:
//!
//! ```
//! use arabic::fold::{folded, Level};
//! use arabic::words::{is_enclitic, is_proclitic};
//!
//! for sent in ["وبالقلمِ", "ق.ل.م", "القـــلم", "قلمهم", "هالقلممم"] {
//!     let word = folded(sent, Level::Match);
//!     let (before, after) = word.split_once("قلم").unwrap();
//!     assert!((before.is_empty() || is_proclitic(before)) && (after.is_empty() || is_enclitic(after)));
//! }
//! let (before, _) = "مقلمه".split_once("قلم").unwrap();
//! assert!(!is_proclitic(before));
//! ```
//!
//! Arabic in Latin letters, and places for a program that counts in UTF-16:
//!
//! ```
//! use arabic::{arabizi, places};
//!
//! let sent = "🌹 wach rak ya 7abibi?";
//! assert!(arabizi::looks_arabizi(sent));
//! let read = arabizi::reading(sent);
//! let at = read.as_str().find("حبيبي").unwrap();
//! let bytes = read.original(at..at + "حبيبي".len());
//! assert_eq!(&sent[bytes.clone()], "7abibi");
//! assert_eq!(places::utf16(sent, &[bytes]), [15..21]);
//! ```
//!
//! ```
//! use arabic::{digits::{self, Digits}, plural::{form, Form}, slug::slug, words::search_terms};
//!
//! assert_eq!(search_terms("والمدرسة الكبيرة"), search_terms("مدرسة كبيرة"));
//! assert_eq!(form("ar", 103), Form::Few);
//! assert_eq!(digits::number(1234, Digits::Eastern), "١٬٢٣٤");
//! assert_eq!(slug("«افتتاح» المكتبةِ ٢٠٢٥", 60).as_deref(), Some("افتتاح-المكتبة-2025"));
//! ```

#![no_std]

extern crate alloc;
#[cfg(test)]
extern crate std;

pub mod fold;

pub mod places;

pub mod clean;

pub mod words;

pub mod arabizi;

pub mod leet;

pub mod digits;

pub mod bidi;

pub mod typography;

pub mod plural;

pub mod dates;

pub mod slug;

pub mod runs;

mod clitics;
mod confusables;
mod countries;
mod months;
mod signs;
mod small;
mod stems;

#[cfg(test)]
mod tests;
