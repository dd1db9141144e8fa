//! The comments of a story in the order in which they come in: by their times, and none before what it answers.

use super::left::{Place, WhyChanged, WhyLeft};
use super::model::{CommentKind, CommentState, OldComment};
use super::report::Report;
use crate::markup::{comment_text, title_text};
use newsroom::comment::check_text;
use std::collections::{HashMap, HashSet};

/// A comment that comes.
pub(super) struct Living {
    pub(super) comment: OldComment,
    /// Its words without form.
    pub(super) text: String,
    pub(super) name: String,
    /// Where it stood.
    pub(super) place: Place,
    /// The key of the nearest one above it that comes or came.
    pub(super) parent: Option<String>,
}

/// Those that come, in order. `came` says whether a key came in before.
pub(super) fn in_order(
    comments: Vec<(Place, OldComment)>,
    came: &dyn Fn(&str) -> bool,
    report: &mut Report,
) -> Vec<Living> {
    let above: HashMap<String, Option<String>> =
        comments.iter().map(|(_, comment)| (comment.key.clone(), comment.parent.clone())).collect();
    let mut seen = HashSet::new();
    let mut living: Vec<Living> = Vec::with_capacity(comments.len());
    for (place, comment) in comments {
        if !seen.insert(comment.key.clone()) {
            report.comments.left += 1;
            report.leave_out(&comment.name, WhyLeft::Again, &place);
            continue;
        }
        match words(&comment) {
            Ok(text) => {
                let name = title_text(&comment.name);
                living.push(Living { comment, text, name, place, parent: None });
            }
            Err(why) => {
                report.comments.left += 1;
                report.leave_out(&comment.name, why, &place);
            }
        }
    }
    let keys: HashSet<String> = living.iter().map(|one| one.comment.key.clone()).collect();
    let stands = |key: &str| keys.contains(key) || came(key);
    for one in &mut living {
        let Some(parent) = &one.comment.parent else { continue };
        one.parent = nearest(parent, &one.comment.key, &above, &stands);
        if one.parent.as_deref() != Some(parent) {
            report.change(&one.name, WhyChanged::ParentMissing, &one.place);
        }
    }
    living.sort_by(|one, other| (one.comment.at, &one.comment.key).cmp(&(other.comment.at, &other.comment.key)));
    parents_first(living)
}

/// What it says, if it comes.
fn words(comment: &OldComment) -> Result<String, WhyLeft> {
    match (&comment.kind, comment.state) {
        (CommentKind::Pingback, _) => return Err(WhyLeft::Pingback),
        (CommentKind::Other(_), _) => return Err(WhyLeft::CommentKind),
        (CommentKind::Comment, CommentState::Spam) => return Err(WhyLeft::SpamComment),
        (CommentKind::Comment, CommentState::Trash) => return Err(WhyLeft::TrashComment),
        (CommentKind::Comment, CommentState::Released | CommentState::Waiting) => {}
    }
    let text = comment_text(&comment.text);
    match check_text(&text) {
        Ok(()) => Ok(text),
        Err(_) if text.trim().is_empty() => Err(WhyLeft::EmptyComment),
        Err(_) => Err(WhyLeft::TooLong),
    }
}

/// The nearest comment above that stands; none where the way up leaves the story or goes round in a circle.
fn nearest(
    parent: &str,
    of: &str,
    above: &HashMap<String, Option<String>>,
    stands: &dyn Fn(&str) -> bool,
) -> Option<String> {
    let mut passed = HashSet::from([of.to_owned()]);
    let mut at = parent.to_owned();
    loop {
        if !passed.insert(at.clone()) {
            return None;
        }
        if stands(&at) {
            return Some(at);
        }
        at = above.get(&at).cloned().flatten()?;
    }
}

/// Moves what is answered before its answers; a circle is cut where it closes.
fn parents_first(living: Vec<Living>) -> Vec<Living> {
    let places: HashMap<String, usize> =
        living.iter().enumerate().map(|(at, one)| (one.comment.key.clone(), at)).collect();
    let mut waiting: Vec<Option<Living>> = living.into_iter().map(Some).collect();
    let mut ordered = Vec::with_capacity(waiting.len());
    let mut put = HashSet::new();
    for first in 0..waiting.len() {
        // The way up to what is put already, then down again.
        let mut way = vec![first];
        let mut on_way = HashSet::from([first]);
        while let Some(up) = way
            .last()
            .and_then(|at| waiting[*at].as_ref())
            .and_then(|one| one.parent.as_ref())
            .and_then(|parent| places.get(parent))
        {
            if put.contains(up) || !on_way.insert(*up) {
                break;
            }
            way.push(*up);
        }
        for at in way.into_iter().rev() {
            if let Some(mut one) = waiting[at].take() {
                let is_there = |parent: &String| places.get(parent).is_none_or(|at| put.contains(at));
                one.parent = one.parent.filter(is_there);
                put.insert(at);
                ordered.push(one);
            }
        }
    }
    ordered
}
