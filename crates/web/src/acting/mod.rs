//! Rules that decide by themselves: which of them an editor switched on, what they would have decided, and how they do.

mod form;
mod in_force;
mod page;
mod trial;
mod turn;

#[cfg(test)]
mod tests;

pub use in_force::ActingInForce;
pub use page::{show, switch_on, try_out};
pub use turn::let_rules_act;

use newsroom::acting::ActingRule;
use newsroom::comment::RefusalReason;

/// Every rule, for the page.
const ALL: &[ActingRule] = &ActingRule::ALL;
/// The house rules among which a rule has its reason. «Another one» asks for words, and a rule has none of its own but its
/// name, which the statement carries.
const REASONS: &[RefusalReason] = &RefusalReason::ALL;
