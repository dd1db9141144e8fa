use super::Input;
use alloc::vec::Vec;
use core::ops::Range;

/// A subhead has so many words at most, and two at least.
const LONGEST: usize = 8;
/// A paragraph has so many at least.
const PARAGRAPH: usize = 20;
/// One such line is a title that the reader gave.
const TIMES: usize = 2;

/// Subheads that lost their form: short lines without a sign at their end, each followed by a whole paragraph. Short lines
/// among short lines are a reader's own, or a poem. Weak: where it is the only sign it weighs nothing.
///
/// Caught: «قصة المتحف\nيقع المتحف على الضفة الشرقية للنهر وقد شيد في ثلاث سنوات وتبلغ مساحته ألفي متر ويزوره الناس كل يوم من كل المدن.\nأبواب الصيف\nتفتح الأبواب في الصباح وتغلق قبل الغروب ويدفع الزائر ثمن تذكرة واحدة له ولأولاده الصغار ويشرب الشاي في حديقة المتحف.»
/// Not caught: «أولا\nالحافلة متأخرة\nثانيا\nالتذكرة غالية\nوثالثا فإن الطريق إلى المتحف طويل ولا ظل فيه ولا ماء ولا مكان يجلس فيه شيخ مثلي.»
pub(super) fn subheads(input: &Input<'_>) -> Vec<Range<usize>> {
    let text = input.reading.text;
    let mut lines = Vec::new();
    let mut from = 0;
    for line in text.split_inclusive('\n') {
        let own = line.trim();
        let start = from + (line.len() - line.trim_start().len());
        from += line.len();
        if !own.is_empty() {
            lines.push((start..start + own.len(), own.split_whitespace().take(PARAGRAPH).count()));
        }
    }
    let heads = lines.windows(2).filter_map(|pair| {
        let [(head, words), (_, below)] = pair else { return None };
        let open = !text[head.clone()].ends_with(['.', '!', '؟', '?', '،', '؛', ':', '…', '»', '"']);
        ((2..=LONGEST).contains(words) && *below >= PARAGRAPH && open).then(|| head.clone())
    });
    let heads: Vec<_> = heads.collect();
    if heads.len() < TIMES { Vec::new() } else { heads }
}
