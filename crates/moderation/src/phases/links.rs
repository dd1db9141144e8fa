use super::Input;
use crate::addresses::Address;
use crate::{Finding, Reason};
use alloc::{collections::BTreeMap, vec::Vec};
use core::ops::Range;

/// Worth a look, never more: a link may be the best part of a comment.
const WEIGHT: u16 = 300;

/// Every address, once more of them stand in the text than the house allows; one finding for each host, in the order in
/// which the hosts first appear.
///
/// Caught: «شاهدوا التسجيل youtu.be/abc_DEF-123شاهد الآن»
/// Not caught: «السعر 3.50 والنتيجة 2-1، راسلوني على huda@example.com»
pub(super) fn links(input: &Input<'_>) -> Vec<Finding> {
    let found = input.shared.addresses;
    if found.len() <= input.rulebook.links_allowed {
        return Vec::new();
    }
    let mut places: BTreeMap<&str, Vec<Range<usize>>> = BTreeMap::new();
    for Address { host, range } in found {
        places.entry(host).or_default().push(range.clone());
    }
    let mut hosts: Vec<_> = places.into_iter().collect();
    hosts.sort_by_key(|(_, ranges)| ranges.first().map(|range| range.start));
    let finding = |(host, ranges): (&str, _)| Finding::at(Reason::Link { host: host.into() }, WEIGHT, ranges);
    hosts.into_iter().map(finding).collect()
}
