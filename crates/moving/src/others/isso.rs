//! isso: its generic list of threads. Numbers of comments are those of their thread alone.

use super::json::{at, list, text};
use super::{Made, Wrong, as_html, blank_comment, json};
use crate::old::{CommentState, Item};
use serde_json::Value;

pub(super) fn read(all: &str, made: &mut Made) -> Result<(), Wrong> {
    let value = json::read(all)?;
    let threads = value.as_array().filter(|threads| threads.iter().all(|thread| thread["comments"].is_array()));
    for thread in threads.ok_or_else(Wrong::format)? {
        let path = text(thread, "id");
        for one in list(thread, "comments") {
            let key = |id: &str| format!("isso:{}{path}|{id}", made.site);
            let mut comment = blank_comment(key(&text(one, "id")), format!("{}{path}", made.site));
            comment.parent = Some(text(one, "parent")).filter(|parent| !parent.is_empty()).map(|parent| key(&parent));
            comment.name = text(one, "author");
            comment.text = as_html(&text(one, "text"));
            comment.at = at(one, "created");
            // 1 released, 2 waiting, 4 taken away, but kept for its answers.
            comment.state = match &one["mode"] {
                Value::Null => CommentState::Released,
                Value::Number(mode) if mode.as_i64() == Some(1) => CommentState::Released,
                Value::Number(mode) if mode.as_i64() == Some(4) => CommentState::Trash,
                _ => CommentState::Waiting,
            };
            made.add(Item::Comment(comment));
        }
    }
    Ok(())
}
