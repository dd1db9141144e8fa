//! remark42: its backup (a line about the site, then a line for each comment), or the tree of one thread.

use super::json::{at, first, is_set, list, text};
use super::{Made, Wrong, as_html, blank_comment, json};
use crate::old::{CommentState, Item};
use serde_json::Value;

pub(super) fn read(all: &str, made: &mut Made) -> Result<(), Wrong> {
    let before = made.items.len();
    for value in json::read_lines(all)? {
        if value["locator"].is_object() {
            comment(&value, made);
        } else if value["comments"].is_array() {
            tree(&value, made);
        } else if !value["version"].is_number() {
            return Err(Wrong::format());
        }
    }
    if made.items.len() == before { Err(Wrong::format()) } else { Ok(()) }
}

/// Comments with their answers below them, parents first.
fn tree(value: &Value, made: &mut Made) {
    let mut left: Vec<&Value> = list(value, "comments").iter().rev().collect();
    while let Some(one) = left.pop() {
        let own = if one["comment"].is_object() { &one["comment"] } else { one };
        comment(own, made);
        left.extend(list(one, "replies").iter().rev());
    }
}

fn comment(one: &Value, made: &mut Made) {
    let address = text(&one["locator"], "url");
    let key = |id: &str| format!("remark42:{}|{address}|{id}", text(&one["locator"], "site"));
    let mut comment = blank_comment(key(&text(one, "id")), address.clone());
    comment.parent = Some(text(one, "pid")).filter(|parent| !parent.is_empty()).map(|parent| key(&parent));
    comment.name = text(&one["user"], "name");
    let html = first(one, &["text"]);
    comment.text = if html.is_empty() { as_html(&text(one, "orig")) } else { html };
    comment.at = at(one, "time");
    comment.state = if is_set(one, "delete") { CommentState::Trash } else { CommentState::Released };
    made.add(Item::Comment(comment));
}
