//! The rules of the examination in the hands of editors: seen, changed, tried on what came in before, switched on, and taken
//! back. Every handler takes an [`crate::guard::Editor`].

mod changes;
mod edit_form;
mod in_force;
mod past;
mod problems;
mod replayed;
mod shown;
mod trial;

#[cfg(test)]
mod tests;

pub use edit_form::{Sent, field};
pub use in_force::RulesInForce;
pub use past::{version, versions};
pub use problems::sentence;
pub use shown::{show, text};
pub use trial::{switch_on, try_out};

/// The key of the words for a kind of a group's names.
fn key_of_names(kind: &str) -> &'static str {
    match kind {
        "official" => "rules.names.official",
        "adopted" => "rules.names.adopted",
        "neutral" => "rules.names.neutral",
        "hostile" => "rules.names.hostile",
        _ => "rules.names.listed",
    }
}
