//! The form of colours and typefaces: fields by name, read into what was typed.

use super::menus_form::Fields;
use crate::layout::address;
use newsroom::site::{Tint, TypedHouse};

/// What a button of the form wants.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Press {
    /// It is kept, and readers see it.
    Keep,
    /// It is only looked at.
    Try,
    /// The shade that is offered takes the place of a colour, and is looked at.
    Take(Tint),
}

impl Press {
    /// Reads the name of the button.
    pub fn of(fields: &Fields) -> Self {
        let press = fields.get("press").map_or("", String::as_str);
        let taken = press.strip_prefix("take-").and_then(|key| Tint::ALL.into_iter().find(|tint| tint.key() == key));
        match taken {
            Some(tint) => Self::Take(tint),
            None if press == "try" => Self::Try,
            None => Self::Keep,
        }
    }
}

/// What was typed.
pub fn read(fields: &Fields) -> TypedHouse {
    let field = |name: &str| fields.get(name).cloned().unwrap_or_default();
    // A colour has seven signs; what is sent beyond some more is not read.
    let tint = |tint: Tint| (tint, field(tint.key()).chars().take(20).collect::<String>());
    let tints = Tint::ALL.into_iter().map(tint).filter(|(_, typed)| !typed.trim().is_empty());
    TypedHouse { tints: tints.collect(), text: field("text"), headline: field("headline") }
}

/// The same as the query of an address.
pub fn query(typed: &TypedHouse) -> String {
    let tints = typed.tints.iter().map(|(tint, typed)| (tint.key(), typed.as_str()));
    let faces = [("text", typed.text.as_str()), ("headline", typed.headline.as_str())];
    let pairs = tints.chain(faces).map(|(name, value)| format!("{name}={}", address::encoded(value)));
    pairs.collect::<Vec<_>>().join("&")
}
