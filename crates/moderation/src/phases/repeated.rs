use super::{Input, growing};
use crate::courtesy::is_courtesy;
use crate::{Finding, Reason};
use alloc::vec::Vec;

/// The first copy beyond those allowed, what each further one adds, and the most. The same visitor again weighs
/// more than a story under which many say the same, and that more than a sentence that is in everybody's mouth today.
const BY_VISITOR: (u16, u16, u16) = (300, 150, 900);
const ON_STORY: (u16, u16, u16) = (250, 100, 800);
const TODAY: (u16, u16, u16) = (150, 25, 600);

/// The same words again, after folding: from this visitor, under this story, anywhere today. Thanks, condolences and
/// prayers for the dead are meant to be said by many and are let pass. (The test has seen both texts three times.)
///
/// Caught: «اشتروا الساعة الجديدة قبل نهاية الأسبوع»
/// Not caught: «رحمه الله»
pub(super) fn repeated(input: &Input<'_>) -> Vec<Finding> {
    let (seen, allowed) = (input.facts.repeats, input.rulebook.repeats_allowed);
    let most = seen.by_visitor.max(seen.on_story).max(seen.today);
    if most <= allowed || is_courtesy(input.submission.text) {
        return Vec::new();
    }
    let copies = [
        (seen.by_visitor, Reason::RepeatedByVisitor { times: u64::from(seen.by_visitor) }, BY_VISITOR),
        (seen.on_story, Reason::RepeatedOnStory { times: u64::from(seen.on_story) }, ON_STORY),
        (seen.today, Reason::RepeatedToday { times: u64::from(seen.today) }, TODAY),
    ];
    let findings = copies.into_iter().filter_map(|(times, reason, (first, more, most))| {
        let beyond = times.checked_sub(allowed).filter(|beyond| *beyond > 0)?;
        Some(Finding::whole(reason, growing(first, more, beyond, most)))
    });
    findings.collect()
}
