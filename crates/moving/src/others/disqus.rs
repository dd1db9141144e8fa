//! Disqus: threads with the address of their page, then posts. Its files are known to hold broken posts among whole ones:
//! each is read by itself, and one that cannot be read is left out and said.

use super::{Made, Wrong, blank_comment};
use crate::old::{CommentState, Item, Left, Place, WhyBroken, WhyLeft};
use crate::wire::{moment, xml_root, xml_said as said};
use roxmltree::Node;
use std::collections::HashMap;

const INTERNALS: &str = "http://disqus.com/disqus-internals";

/// A thread: the address of its page, and whether it was taken away.
struct Thread {
    address: String,
    is_gone: bool,
}

pub(super) fn read(all: &str, made: &mut Made) -> Result<(), Wrong> {
    if !all.contains("<disqus") {
        return Err(Wrong::format());
    }
    if all.contains("<!ENTITY") {
        return Err(Wrong { why: WhyBroken::Entity, line: 0, column: 0, said: String::new() });
    }
    let mut threads = HashMap::new();
    let (mut at, mut lines) = (0, 0);
    let mut found = [None; 2];
    while let Some((name, start, end)) = next(all, at, &mut found)? {
        let piece = &all[start..end];
        let wrapped = format!("<d xmlns='http://disqus.com' xmlns:dsq='{INTERNALS}' xmlns:xsi='x'>{piece}</d>");
        lines += all[at..start].matches('\n').count() as u64;
        match xml_root(&wrapped) {
            Ok(document) => match document.root_element().first_element_child() {
                Some(node) if name == "thread" => thread(node, &mut threads),
                Some(node) => post(node, &threads, made),
                None => {}
            },
            Err(unread) => {
                let place = Place {
                    line: lines + u64::from(unread.line),
                    column: u64::from(unread.column),
                    ..made.place.clone()
                };
                made.add(Item::Left(Left { what: name.to_owned(), why: WhyLeft::Unreadable, place }));
            }
        }
        lines += all[start..end].matches('\n').count() as u64;
        at = end;
    }
    Ok(())
}

/// What is read one by one.
const NAMES: [&str; 2] = ["thread", "post"];

/// The next thread or post, from after `at`.
///
/// `found`: where each of the two stands next, looked for again only once it is passed; none is left at `usize::MAX`.
fn next(all: &str, at: usize, found: &mut [Option<usize>; 2]) -> Result<Option<(&'static str, usize, usize)>, Wrong> {
    for (place, name) in found.iter_mut().zip(NAMES) {
        if place.is_none_or(|start| start < at) {
            *place = Some(opening(all, at, name).unwrap_or(usize::MAX));
        }
    }
    let starts = found.iter().flatten().copied().zip(NAMES);
    let Some((start, name)) = starts.filter(|(start, _)| *start != usize::MAX).min() else { return Ok(None) };
    let close = format!("</{name}>");
    let end = all[start..].find(&close).map(|end| start + end + close.len());
    let cut = || Wrong {
        why: WhyBroken::Cut,
        line: all[..start].matches('\n').count() as u64 + 1,
        column: 0,
        said: String::new(),
    };
    end.map(|end| Some((name, start, end))).ok_or_else(cut)
}

/// An opening tag of this name.
fn opening(all: &str, mut at: usize, name: &str) -> Option<usize> {
    let open = format!("<{name}");
    loop {
        let start = at + all[at..].find(&open)?;
        if all[start + open.len()..].starts_with(['>', ' ', '\n', '\t', '\r']) {
            return Some(start);
        }
        at = start + open.len();
    }
}

fn id(node: Node<'_, '_>) -> Option<String> {
    node.attribute((INTERNALS, "id")).map(|id| id.trim().to_owned())
}

fn is_so(node: Node<'_, '_>, name: &str) -> bool {
    said(node, name) == "true"
}

fn thread(node: Node<'_, '_>, threads: &mut HashMap<String, Thread>) {
    let (link, written) = (said(node, "link"), said(node, "id"));
    let is_web = written.starts_with("http://") || written.starts_with("https://");
    let address = if link.is_empty() && is_web { written } else { link };
    if let Some(id) = id(node) {
        threads.insert(id, Thread { address, is_gone: is_so(node, "isDeleted") });
    }
}

fn post(node: Node<'_, '_>, threads: &HashMap<String, Thread>, made: &mut Made) {
    let child = |name: &str| node.children().find(|one| one.tag_name().name() == name);
    let under = child("thread").and_then(id).and_then(|id| threads.get(&id));
    // One without a number of its own is known by the number that its writer's program gave it.
    let own = id(node).unwrap_or_else(|| format!("id|{}", said(node, "id")));
    let mut comment =
        blank_comment(format!("disqus:{own}"), under.map(|thread| thread.address.clone()).unwrap_or_default());
    comment.parent = child("parent").and_then(id).map(|parent| format!("disqus:{parent}"));
    comment.name = child("author").map(|author| said(author, "name")).unwrap_or_default();
    comment.text = child("message").and_then(|message| message.text()).unwrap_or_default().trim().to_owned();
    comment.at = moment(&said(node, "createdAt"));
    comment.state =
        match (is_so(node, "isSpam"), is_so(node, "isDeleted") || under.is_some_and(|thread| thread.is_gone)) {
            (true, _) => CommentState::Spam,
            (_, true) => CommentState::Trash,
            _ if said(node, "isApproved") == "false" => CommentState::Waiting,
            _ => CommentState::Released,
        };
    made.add(Item::Comment(comment));
}
