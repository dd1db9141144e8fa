//! Commento: one object of comments and those who wrote them.

use super::json::{at, first, is_set, list, text};
use super::{Made, Wrong, as_html, blank_comment, json};
use crate::old::{CommentState, Item};
use std::collections::HashMap;

pub(super) fn read(all: &str, made: &mut Made) -> Result<(), Wrong> {
    let value = json::read(all)?;
    if !value["comments"].is_array() || !value["version"].is_number() {
        return Err(Wrong::format());
    }
    let names: HashMap<String, String> =
        list(&value, "commenters").iter().map(|one| (text(one, "commenterHex"), text(one, "name"))).collect();
    for one in list(&value, "comments") {
        let key = |hex: &str| format!("commento:{hex}");
        let mut comment = blank_comment(
            key(&text(one, "commentHex")),
            format!("https://{}{}", text(one, "domain"), text(one, "url")),
        );
        comment.parent =
            Some(text(one, "parentHex")).filter(|hex| !hex.is_empty() && hex != "root").map(|hex| key(&hex));
        comment.name = names.get(&text(one, "commenterHex")).cloned().unwrap_or_default();
        let html = first(one, &["html"]);
        comment.text = if html.is_empty() { as_html(&text(one, "markdown")) } else { html };
        comment.at = at(one, "creationDate");
        comment.state = match text(one, "state").as_str() {
            _ if is_set(one, "deleted") => CommentState::Trash,
            "approved" => CommentState::Released,
            "flagged" | "spam" => CommentState::Spam,
            _ => CommentState::Waiting,
        };
        made.add(Item::Comment(comment));
    }
    Ok(())
}
