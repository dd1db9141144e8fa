//! Colours and typefaces as somebody typed them, and what is wrong with them.

use super::house::FOR_TEXT;
use super::{Colour, Face, House, Tint};
use std::collections::BTreeMap;

/// A house as a form has it. Its logo and its files of letters are no part of the form.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct TypedHouse {
    /// What was typed for each colour; nothing: as the program has it.
    pub tints: BTreeMap<Tint, String>,
    /// The word of the face of text.
    pub text: String,
    /// The word of the face of headlines.
    pub headline: String,
}

/// What is wrong with a colour.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum TintProblem {
    /// It cannot be read as one.
    NoColour,
    /// It is not read well enough on one of its grounds.
    Faint {
        /// On which: the end of a key in the locales (`house.ground.…`). The one on which it is read worst.
        ground: &'static str,
        /// Its contrast there, in hundredths, rounded down.
        found: u64,
        /// What is needed, in hundredths.
        needed: u64,
        /// The shade of the same hue that is nearest and is read.
        nearest: Colour,
    },
}

impl TypedHouse {
    /// What was kept, to be typed over.
    pub fn of(house: &House) -> Self {
        let tints = house.tints.iter().map(|(tint, colour)| (*tint, colour.to_string())).collect();
        Self { tints, text: house.text.key().to_owned(), headline: house.headline.key().to_owned() }
    }

    /// What was typed for a colour.
    pub fn tint(&self, tint: Tint) -> &str {
        self.tints.get(&tint).map_or("", |typed| typed.trim())
    }

    /// Takes the shade that is offered in place of one that is not read.
    pub fn take_nearest(&mut self, tint: Tint) {
        if let Some(Err(TintProblem::Faint { nearest, .. })) = check(tint, self.tint(tint)) {
            self.tints.insert(tint, nearest.to_string());
        }
    }

    /// Checks what was typed, and says everything that is wrong; logos and letters are those of `was`.
    ///
    /// # Errors
    /// Which colours are wrong, and how.
    pub fn read(&self, was: &House) -> Result<House, Vec<(Tint, TintProblem)>> {
        let wrong = |tint| check(tint, self.tint(tint)).and_then(Result::err).map(|problem| (tint, problem));
        let problems: Vec<_> = Tint::ALL.into_iter().filter_map(wrong).collect();
        if problems.is_empty() { Ok(self.as_far_as_right(was)) } else { Err(problems) }
    }

    /// The house without the colours that are wrong.
    pub fn as_far_as_right(&self, was: &House) -> House {
        let right = |tint| check(tint, self.tint(tint)).and_then(Result::ok).map(|colour| (tint, colour));
        House {
            tints: Tint::ALL.into_iter().filter_map(right).collect(),
            text: Face::from_key(&self.text).unwrap_or_default(),
            headline: Face::from_key(&self.headline).unwrap_or_default(),
            logos: was.logos.clone(),
            fonts: was.fonts.clone(),
        }
    }
}

/// The colour, or what is wrong with it; nothing where nothing was typed.
fn check(tint: Tint, typed: &str) -> Option<Result<Colour, TintProblem>> {
    if typed.is_empty() {
        return None;
    }
    let Some(colour) = Colour::read(typed) else { return Some(Err(TintProblem::NoColour)) };
    let grounds = tint.stands_on();
    let worst = grounds.into_iter().min_by_key(|(_, ground)| colour.contrast_hundredths(*ground));
    Some(match worst {
        Some((ground, on)) if !tint.is_read(colour) => Err(TintProblem::Faint {
            ground,
            found: colour.contrast_hundredths(on),
            needed: (FOR_TEXT * 100.0) as u64,
            nearest: colour.nearest(|shade| tint.is_read(shade)).unwrap_or_else(|| on.ink()),
        }),
        _ => Ok(colour),
    })
}
