use super::Input;
use super::long_paste::scripture;
use crate::courtesy::{is_courtesy, is_formula};
use crate::facts::Alike;
use crate::paste::{Likeness, Run, Source, likeness, shingles};
use crate::places::in_order;
use crate::{Evidence, Finding, Origin, Reason};
use alloc::{string::String, vec::Vec};
use core::cell::OnceCell;
use core::ops::Range;

/// Shared of the shingles that count, in hundredths: from here on a text is taken from the other. Measured: all pastes
/// found and no published comment (`midad evaluate --articles`).
const ENOUGH_PERCENT: usize = 30;
/// And so many words of it at least.
const FEWEST_WORDS: usize = 12;
/// A refused text comes back reworded, and every changed word breaks four shingles: its words are counted instead. So many
/// of them in passages of four and more, and such a part of the comment in hundredths.
const FEWEST_OF_REFUSED: usize = 8;
const ENOUGH_OF_REFUSED: usize = 40;
/// So many words are taken from somewhere, however long the rest.
const MANY_WORDS: usize = 60;
/// A quotation of fewer words, or of a smaller part of the comment (in hundredths), is a quotation.
const SHORT_QUOTE_WORDS: usize = 30;
const SHORT_QUOTE_PERCENT: usize = 30;
/// A shingle in so many of the known texts belongs to none of them.
const UBIQUITOUS: usize = 4;
/// Passages of fewer words say nothing about order.
const ORDERED_WORDS: usize = 6;
/// Between two passages that follow one another on both sides, up to so many words were changed or left out.
const LONGEST_GAP: usize = 12;
/// Words looked at to tell a prayer from a text.
const FORMULA_WORDS: usize = 200;

/// Taken from a text that the paper knows: another story, an article, another comment, a comment that was refused. Compared
/// by runs of four words, spelling, vowel marks and tatweel aside; what stands in the story itself or in the comment that
/// is answered is free, and so are scripture in its brackets and what many known texts share. A short quotation in
/// quotation marks is named and weighs nothing. Changed words and changed order are reported beside it. Condolences and
/// prayers that stand in other comments too are let pass. (The test knows one refused text:
/// «حافلات المدينة القديمة كلها معطلة ومن يركبها يدفع ضعف الثمن لشركة واحدة تعرفونها جميعا فقاطعوها اليوم».)
///
/// Caught: «فقاطعوها الــيوم! حافلات المدينة القديمة كُلّها مُعطَّلة، ومن يركبها يدفع ضعف الثمن لشركة واحدة»
/// Not caught: «ركبت حافلات المدينة القديمة أمس ولم أدفع ضعف الثمن، وكانت الرحلة مريحة والسائق لطيفا مع الجميع»
pub(super) fn pasted(input: &Input<'_>) -> Vec<Finding> {
    let known = input.facts.alike;
    let reading = input.reading;
    if known.is_empty() || reading.words.len() < FEWEST_OF_REFUSED || is_courtesy(reading.text) {
        return Vec::new();
    }
    let own = shingles((0..reading.words.len()).map(|number| reading.word(number)));
    let sources: Vec<Source> = known.iter().map(|alike| Source::of(alike.text)).collect();
    let free = free(input, &own, &sources);
    let quotes = OnceCell::new();
    let taken = known.iter().zip(&sources).filter_map(|(alike, source)| {
        let found = likeness(&own, &free, source);
        let words = found.words();
        let enough = match alike.origin {
            Origin::Refused => words >= FEWEST_OF_REFUSED && part(words, input) >= ENOUGH_OF_REFUSED,
            Origin::Comment => words >= FEWEST_WORDS && found.percent() >= ENOUGH_PERCENT,
            _ => words >= MANY_WORDS || (words >= FEWEST_WORDS && found.percent() >= ENOUGH_PERCENT),
        };
        let quotes = quotes.get_or_init(|| quotations(reading.text));
        (enough && !is_prayer(input, alike, &found)).then(|| Taken::of(input, alike, found, quotes))
    });
    // Of texts that are as near, the first: the store hands in the likeliest first, and some articles stand there twice.
    let strongest =
        taken.reduce(|strongest, taken| if taken.strength() > strongest.strength() { taken } else { strongest });
    strongest.map_or_else(Vec::new, |taken| taken.findings(input))
}

/// A known text that enough of the comment stands in.
struct Taken<'a> {
    alike: &'a Alike<'a>,
    found: Likeness,
    /// What it weighs: a text that a person refused is a broken limit, whatever was done to it.
    weight: u16,
}

/// Words as a part of the comment's, in hundredths.
fn part(words: usize, input: &Input<'_>) -> usize {
    words * 100 / input.reading.words.len().max(1)
}

/// Which shingles belong to nobody or may be quoted by everybody.
fn free(input: &Input<'_>, own: &[u64], sources: &[Source]) -> Vec<bool> {
    let (story, parent) = (Source::of(input.facts.story.text), Source::of(input.facts.parent));
    let scripture = scripture(input.reading.text);
    let in_scripture = |at: usize| {
        let place = input.reading.original(at..at + 1);
        let before = scripture.partition_point(|verse| verse.end <= place.start);
        scripture.get(before).is_some_and(|verse| verse.start <= place.start)
    };
    let is_free = |(at, shingle): (usize, &u64)| {
        let ubiquitous =
            sources.len() >= UBIQUITOUS && sources.iter().filter(|source| source.has(*shingle)).count() >= UBIQUITOUS;
        ubiquitous || story.has(*shingle) || parent.has(*shingle) || (!scripture.is_empty() && in_scripture(at))
    };
    own.iter().enumerate().map(is_free).collect()
}

/// Mostly words of thanks, condolence and prayer, which one reader takes from another and may.
fn is_prayer(input: &Input<'_>, alike: &Alike<'_>, found: &Likeness) -> bool {
    if alike.origin != Origin::Comment {
        return false;
    }
    let words = found.runs.iter().flat_map(|run| run.here.clone()).take(FORMULA_WORDS);
    let (mut count, mut formula) = (0_usize, 0);
    for word in words {
        count += 1;
        formula += usize::from(is_formula(input.reading.word(word)));
    }
    formula * 5 >= count * 3
}

impl<'a> Taken<'a> {
    fn of(input: &Input<'_>, alike: &'a Alike<'a>, found: Likeness, quotes: &[Range<usize>]) -> Self {
        let weight = match alike.origin {
            _ if is_short_quote(input, alike, &found, quotes) => 0,
            Origin::Story => 0,
            Origin::Comment => 250,
            Origin::Archive => 300,
            Origin::Article => 400,
            Origin::Refused => 700,
        };
        Self { alike, found, weight }
    }

    fn strength(&self) -> (u16, usize) {
        (self.weight, self.found.shared)
    }

    fn findings(&self, input: &Input<'_>) -> Vec<Finding> {
        let (from, weight) = (self.alike.origin, self.weight);
        let title = String::from(self.alike.title);
        let reason = Reason::Pasted { from, title, percent: part(self.found.words(), input) as u64 };
        let places = self.found.runs.iter().map(|run| input.reading.original(run.here.clone()));
        let mut findings = alloc::vec![Finding::at(reason, weight, places)];
        if weight > 0 {
            let reordered = altered(input, from, Evidence::Reordered, moved(&self.found.runs), weight);
            let reworded = altered(input, from, Evidence::Reworded, changed(&self.found.runs), weight);
            findings.extend(reordered.into_iter().chain(reworded));
        }
        findings
    }
}

/// All of it but a few words stands in quotation marks, and that is not much. A refused text does not come back by way of
/// quotation marks alone: it has to be a small part.
fn is_short_quote(input: &Input<'_>, alike: &Alike<'_>, found: &Likeness, quotes: &[Range<usize>]) -> bool {
    if quotes.is_empty() {
        return false;
    }
    let is_quoted = |run: &&Run| {
        let place = input.reading.original(run.here.clone());
        // Quotations are in order and do not overlap: only the first that does not end before it can hold it.
        let holding = quotes.partition_point(|quote| quote.end < place.end);
        quotes.get(holding).is_some_and(|quote| quote.start <= place.start)
    };
    let words = |runs: Vec<Run>| Likeness { runs, ..Likeness::default() }.words();
    let quoted = words(found.runs.iter().filter(is_quoted).cloned().collect());
    let unquoted = found.words().saturating_sub(quoted);
    let small_part = part(quoted, input) < SHORT_QUOTE_PERCENT;
    let is_refused = alike.origin == Origin::Refused;
    unquoted < FEWEST_OF_REFUSED && (small_part || (!is_refused && quoted < SHORT_QUOTE_WORDS))
}

fn altered(
    input: &Input<'_>,
    from: Origin,
    evidence: Evidence,
    words: Vec<Range<usize>>,
    weight: u16,
) -> Option<Finding> {
    let times = words.len() as u64;
    let places = words.into_iter().map(|words| input.reading.original(words));
    (times > 0).then(|| Finding::at(Reason::Altered { from, evidence, times }, weight, places))
}

/// Passages that begin further up in the source than the passage before them.
fn moved(runs: &[Run]) -> Vec<Range<usize>> {
    let mut last = 0;
    let mut moved = Vec::new();
    for run in runs.iter().filter(|run| run.here.len() >= ORDERED_WORDS) {
        if run.there.start < last {
            moved.push(run.here.clone());
        }
        last = run.there.start;
    }
    moved
}

/// Words between passages that follow one another on both sides and are not the same; where words were left out, the two
/// around the place.
fn changed(runs: &[Run]) -> Vec<Range<usize>> {
    let gaps = runs.windows(2).filter_map(|pair| {
        let [before, after] = pair else { return None };
        let here = after.here.start.checked_sub(before.here.end)?;
        let there = after.there.start.checked_sub(before.there.end)?;
        let is_gap = here.max(there) <= LONGEST_GAP && here + there > 0;
        let words =
            if here == 0 { before.here.end - 1..after.here.start + 1 } else { before.here.end..after.here.start };
        is_gap.then_some(words)
    });
    gaps.collect()
}

/// What stands between quotation marks, in order: pairs that face each other, and straight ones two by two.
pub(super) fn quotations(text: &str) -> Vec<Range<usize>> {
    let mut found = Vec::new();
    let mut open: Option<(usize, char)> = None;
    for (at, c) in text.char_indices() {
        let after = at + c.len_utf8();
        match (c, open) {
            ('»' | '”' | '"' | '“', Some((from, closed_by))) if c == closed_by || (c == '“' && closed_by == '”') =>
            {
                found.push(from..at);
                open = None;
            }
            ('«', _) => open = Some((after, '»')),
            ('“' | '”' | '„', None) => open = Some((after, '”')),
            ('"', None) => open = Some((after, '"')),
            _ => {}
        }
    }
    in_order(found)
}
