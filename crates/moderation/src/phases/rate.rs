use super::{Input, growing};
use crate::{Finding, Reason};
use alloc::vec::Vec;

/// One more than the house allows in a minute, what each further one adds, and the most: five beyond is a broken limit.
const MINUTE: (u16, u16, u16) = (400, 50, 800);
/// The same for an hour: nine beyond is a broken limit.
const HOUR: (u16, u16, u16) = (300, 40, 700);

/// This visitor sends faster than people write. What the text says makes no difference. (The test sends the first as the
/// fifth in a minute, the second as the third.)
///
/// Caught: «وهذا تعليق خامس في دقيقة واحدة»
/// Not caught: «وهذا تعليق ثالث في دقيقة واحدة»
pub(super) fn rate(input: &Input<'_>) -> Vec<Finding> {
    let (facts, rules) = (input.facts, input.rulebook);
    let spans =
        [(1, facts.sent_last_minute, rules.per_minute, MINUTE), (60, facts.sent_last_hour, rules.per_hour, HOUR)];
    let rushes = spans.into_iter().filter_map(|(minutes, before, allowed, (first, more, most))| {
        let sent = before.saturating_add(1);
        let beyond = sent.checked_sub(allowed).filter(|beyond| *beyond > 0)?;
        let weight = growing(first, more, beyond, most);
        Some(Finding::whole(Reason::Rush { sent: u64::from(sent), minutes }, weight))
    });
    rushes.collect()
}
