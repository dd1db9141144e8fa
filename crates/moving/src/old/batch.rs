//! Stories with their comments, some hundreds at a time.

use super::left::{Broken, Place, WhyLeft};
use super::model::{OldComment, OldStory};
use super::report::Report;
use super::{Item, Items, Kept, Placed};
use std::iter::Peekable;

/// Stories in one batch: few enough that a paper that goes on working does not wait long for the disk.
const MOST_STORIES: usize = 300;
/// Where their pictures are fetched: what was fetched is soon written, and how far it is shows.
const MOST_WITH_PICTURES: usize = 20;
/// Comments in one batch; those of one story stay together.
const MOST_COMMENTS: usize = 1_500;
/// Bytes of bodies in one batch.
const MOST_BYTES: usize = 8 * 1024 * 1024;

/// A story with the comments that stand behind it.
pub(super) struct Piece {
    pub(super) place: Place,
    /// None: the comments of a story that was read before.
    pub(super) story: Option<OldStory>,
    /// The key of the story, or its address.
    pub(super) key: String,
    pub(super) comments: Vec<(Place, OldComment)>,
}

/// Some of them.
#[derive(Default)]
pub(super) struct Batch {
    pub(super) pieces: Vec<Piece>,
    /// Comments of stories that were read before.
    pub(super) is_loose: bool,
}

/// The second reading: stories with what stands behind them; then, where comments stand elsewhere, a third one for those.
pub(super) struct Batches<'k> {
    kept: &'k dyn Kept,
    items: Peekable<Items<'k>>,
    has_loose: bool,
    for_loose: bool,
    last: Option<String>,
    most_stories: usize,
}

impl<'k> Batches<'k> {
    pub(super) fn new(kept: &'k dyn Kept, has_loose: bool, fetches: bool) -> Self {
        let most_stories = if fetches { MOST_WITH_PICTURES } else { MOST_STORIES };
        Self { kept, items: kept.items().peekable(), has_loose, for_loose: false, last: None, most_stories }
    }

    /// The next batch; none at the end.
    pub(super) fn next(&mut self, report: &mut Report) -> Result<Option<Batch>, Broken> {
        loop {
            let batch = self.gather(report)?;
            if !batch.pieces.is_empty() {
                return Ok(Some(batch));
            }
            if self.for_loose || !self.has_loose {
                return Ok(None);
            }
            self.for_loose = true;
            self.last = None;
            self.items = self.kept.items().peekable();
        }
    }

    fn gather(&mut self, report: &mut Report) -> Result<Batch, Broken> {
        let mut batch = Batch { is_loose: self.for_loose, ..Batch::default() };
        let (mut comments, mut bytes) = (0, 0);
        while let Some(next) = self.items.peek() {
            let begins = next.as_ref().is_ok_and(|next| matches!(next.item, Item::Story(_)));
            let is_full = batch.pieces.len() >= self.most_stories || comments >= MOST_COMMENTS || bytes >= MOST_BYTES;
            if is_full && (begins || self.for_loose) {
                break;
            }
            let Some(next) = self.items.next() else { break };
            let Placed { place, item } = next?;
            match item {
                Item::Story(story) => {
                    self.last = Some(story.key.clone());
                    if !self.for_loose {
                        bytes += story.body.text.len();
                        let key = story.key.clone();
                        batch.pieces.push(Piece { place, story: Some(*story), key, comments: Vec::new() });
                    }
                }
                Item::Comment(comment) => {
                    let is_loose = self.last.as_deref() != Some(&comment.story);
                    if is_loose == self.for_loose {
                        comments += 1;
                        put(&mut batch, place, comment);
                    }
                }
                Item::Left(left) if !self.for_loose => leave(report, &left),
                Item::Left(_) | Item::Site(_) | Item::Writer(_) | Item::Term(_) | Item::Picture(_) => {}
            }
        }
        Ok(batch)
    }
}

/// Behind its story.
fn put(batch: &mut Batch, place: Place, comment: OldComment) {
    match batch.pieces.last_mut().filter(|piece| piece.key == comment.story) {
        Some(piece) => piece.comments.push((place, comment)),
        None => {
            let key = comment.story.clone();
            batch.pieces.push(Piece { place: place.clone(), story: None, key, comments: vec![(place, comment)] });
        }
    }
}

/// What a reader left out is counted with what it would have been.
fn leave(report: &mut Report, left: &super::Left) {
    report.leave(left);
    match left.why {
        WhyLeft::Again | WhyLeft::SpamComment | WhyLeft::TrashComment | WhyLeft::Pingback | WhyLeft::EmptyComment => {
            report.comments.read += 1;
            report.comments.left += 1;
        }
        WhyLeft::TermKind => {}
        _ => report.others += 1,
    }
}
