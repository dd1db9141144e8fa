//! Two texts of a story side by side: blocks that belong together in a row, and in them the words that changed.

use newsroom::body::{Body, write_text_form};
use newsroom::story::{StoryText, TypedStory};
use similar::{Algorithm, ChangeTag, DiffOp, TextDiff, capture_diff_slices};

/// Rows above which unchanged ones are left out but for those beside a change.
const AROUND: usize = 1;
/// A block whose words are more different than this is shown as taken out and put in, not word by word.
const LIKE: f32 = 0.25;

/// A row: what stood there and what stands there now, in runs that changed or did not.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Part {
    /// The earlier words.
    pub before: Vec<(bool, String)>,
    /// The later ones.
    pub after: Vec<(bool, String)>,
    /// Nothing changed here.
    pub same: bool,
}

/// The `dir` of one side of a row: the one of most of its letters.
pub fn dir_of(words: &[(bool, String)]) -> &'static str {
    let all: String = words.iter().map(|(_, words)| words.as_str()).collect();
    arabic::bidi::majority(&all).dir().unwrap_or("auto")
}

/// The rows of two texts: lines first, then the blocks of the body. Long runs without a change are left out.
pub fn of_texts(before: &StoryText, after: &StoryText) -> Vec<Part> {
    let (was, is) = (TypedStory::of(before), TypedStory::of(after));
    let lines = [
        (&was.kicker, &is.kicker),
        (&was.headline, &is.headline),
        (&was.front_headline, &is.front_headline),
        (&was.push_headline, &is.push_headline),
        (&was.standfirst, &is.standfirst),
        (&was.dateline, &is.dateline),
        (&was.bylines, &is.bylines),
        (&was.tags, &is.tags),
        (&was.lead, &is.lead),
        (&was.lead_alt, &is.lead_alt),
        (&was.lead_caption, &is.lead_caption),
        (&was.lead_credit, &is.lead_credit),
    ];
    let changed = lines.into_iter().filter(|(was, is)| was != is).map(|(was, is)| by_words(was, is));
    changed.chain(of_blocks(&blocks(&before.body), &blocks(&after.body))).collect()
}

/// The rows of a body and of another one, which came as JSON.
pub fn of_bodies(before: &Body, after: Option<&str>) -> Vec<Part> {
    let after: Body = after.and_then(|json| serde_json::from_str(json).ok()).unwrap_or_default();
    of_blocks(&blocks(before), &blocks(&after))
}

fn blocks(body: &Body) -> Vec<String> {
    body.0.iter().map(|block| write_text_form(&Body(vec![block.clone()]))).collect()
}

fn of_blocks(before: &[String], after: &[String]) -> Vec<Part> {
    let mut rows = Vec::new();
    for op in capture_diff_slices(Algorithm::Patience, before, after) {
        match op {
            DiffOp::Equal { old_index, len, .. } => {
                rows.extend(before[old_index..old_index + len].iter().map(|text| Part::unchanged(text)));
            }
            DiffOp::Delete { old_index, old_len, .. } => {
                rows.extend(before[old_index..old_index + old_len].iter().map(|text| Part::gone(text)));
            }
            DiffOp::Insert { new_index, new_len, .. } => {
                rows.extend(after[new_index..new_index + new_len].iter().map(|text| Part::came(text)));
            }
            DiffOp::Replace { old_index, old_len, new_index, new_len } => {
                let (old, new) = (&before[old_index..old_index + old_len], &after[new_index..new_index + new_len]);
                let both = old_len.min(new_len);
                rows.extend(old.iter().zip(new).map(|(was, is)| by_words(was, is)));
                rows.extend(old[both..].iter().map(|text| Part::gone(text)));
                rows.extend(new[both..].iter().map(|text| Part::came(text)));
            }
        }
    }
    near_changes(rows)
}

/// Two texts of one block, word by word where they are alike.
fn by_words(before: &str, after: &str) -> Part {
    let diff = TextDiff::from_words(before, after);
    if diff.ratio() < LIKE {
        return Part { before: run(true, before), after: run(true, after), same: false };
    }
    let mut part = Part::default();
    for change in diff.iter_all_changes() {
        let words = change.value();
        match change.tag() {
            ChangeTag::Equal => {
                push(&mut part.before, false, words);
                push(&mut part.after, false, words);
            }
            ChangeTag::Delete => push(&mut part.before, true, words),
            ChangeTag::Insert => push(&mut part.after, true, words),
        }
    }
    part
}

fn push(runs: &mut Vec<(bool, String)>, changed: bool, words: &str) {
    match runs.last_mut() {
        Some((last, text)) if *last == changed => text.push_str(words),
        _ => runs.push((changed, words.to_owned())),
    }
}

fn run(changed: bool, text: &str) -> Vec<(bool, String)> {
    if text.is_empty() { Vec::new() } else { vec![(changed, text.to_owned())] }
}

/// Rows that changed, and those beside them.
fn near_changes(rows: Vec<Part>) -> Vec<Part> {
    let changed: Vec<usize> = rows.iter().enumerate().filter(|(_, row)| !row.same).map(|(at, _)| at).collect();
    let near = |at: usize| {
        let next = changed.partition_point(|changed| *changed < at);
        let after = changed.get(next).is_some_and(|changed| changed - at <= AROUND);
        after || next.checked_sub(1).is_some_and(|before| at - changed[before] <= AROUND)
    };
    rows.into_iter().enumerate().filter(|(at, _)| near(*at)).map(|(_, row)| row).collect()
}

impl Part {
    /// What was chosen before, and what is chosen now.
    pub(super) fn chosen(before: &str, after: &str) -> Self {
        by_words(before, after)
    }

    fn unchanged(text: &str) -> Self {
        Self { before: run(false, text), after: run(false, text), same: true }
    }

    fn gone(text: &str) -> Self {
        Self { before: run(true, text), ..Self::default() }
    }

    fn came(text: &str) -> Self {
        Self { after: run(true, text), ..Self::default() }
    }
}
