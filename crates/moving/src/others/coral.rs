//! Coral: stories, users and comments as its database exports them, one object a line or lists of them, in one file. Read by
//! its documented schema; no real export was at hand when this was written.

use super::json::{at, first, list, text};
use super::{Made, Wrong, blank_comment, json};
use crate::old::{CommentState, Item};
use serde_json::Value;
use std::collections::HashMap;

pub(super) fn read(all: &str, made: &mut Made) -> Result<(), Wrong> {
    let values = json::read_lines(all)?;
    let mut left: Vec<&Value> = values.iter().rev().collect();
    let (mut stories, mut users, mut comments) = (HashMap::new(), HashMap::new(), Vec::new());
    while let Some(one) = left.pop() {
        match one {
            Value::Array(all) => left.extend(all.iter().rev()),
            _ if one["storyID"].is_string() => comments.push(one),
            _ if one["url"].is_string() => drop(stories.insert(text(one, "id"), text(one, "url"))),
            _ if one["username"].is_string() => drop(users.insert(text(one, "id"), text(one, "username"))),
            // An export of all in one object.
            Value::Object(_) => {
                left.extend(["comments", "users", "stories"].iter().flat_map(|name| list(one, name).iter().rev()))
            }
            _ => {}
        }
    }
    if comments.is_empty() && stories.is_empty() {
        return Err(Wrong::format());
    }
    for one in comments {
        let story = text(one, "storyID");
        let mut comment =
            blank_comment(format!("coral:{}", text(one, "id")), stories.get(&story).cloned().unwrap_or(story));
        comment.parent =
            Some(text(one, "parentID")).filter(|parent| !parent.is_empty()).map(|parent| format!("coral:{parent}"));
        comment.name = users.get(&text(one, "authorID")).cloned().unwrap_or_default();
        let last = list(one, "revisions").last().map(|revision| text(revision, "body"));
        comment.text = last.unwrap_or_else(|| first(one, &["body"]));
        comment.at = at(one, "createdAt");
        comment.state = match text(one, "status").as_str() {
            _ if at(one, "deletedAt").is_some() => CommentState::Trash,
            "APPROVED" | "NONE" => CommentState::Released,
            "REJECTED" => CommentState::Trash,
            _ => CommentState::Waiting,
        };
        made.add(Item::Comment(comment));
    }
    Ok(())
}
