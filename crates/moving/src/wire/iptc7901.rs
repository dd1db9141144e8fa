//! IPTC 7901: a heading line, keywords, the headline and the text behind control signs.
//!
//! ```text
//! SOH service number priority category words CR LF
//! keywords CR LF
//! STX headline = CR LF … text … ETX time
//! ```

use super::{Format, Sheet, Standing, WireItem, decode, plain, xml};

pub(super) fn read(bytes: &[u8]) -> Sheet {
    let text = decode::lines(bytes).replace('\r', "");
    let (head, rest) = text.trim_start_matches('\u{1}').split_once('\u{2}').unwrap_or((text.as_str(), ""));
    let (told, sent) = rest.split_once('\u{3}').unwrap_or((rest, ""));
    let first = head.lines().next().unwrap_or_default();
    let mut parts = first.split_whitespace();
    let number = parts.next().unwrap_or_default();
    let mut item = WireItem {
        urgency: parts.next().and_then(xml::urgency),
        agency: first.split_whitespace().rev().nth(1).unwrap_or_default().to_owned(),
        version: arabic::clean::line(sent.lines().next().unwrap_or_default()),
        ..WireItem::default()
    };
    item.id = format!("{}:{number}:{}", item.agency, item.version);
    let keywords = head.lines().nth(1).or_else(|| head.lines().find(|line| line.contains('/'))).unwrap_or_default();
    item.subjects = keywords.split('/').map(arabic::clean::line).filter(|word| !word.is_empty()).collect();
    heading(told, &mut item);
    plain::place(&mut item);
    Sheet { format: Format::Iptc7901, items: vec![item], replaced: false }
}

/// The lines up to the one that ends with `=` are marks, headline and byline.
fn heading(told: &str, item: &mut WireItem) {
    let end = told.lines().take(12).position(|line| line.trim_end().ends_with('='));
    let lines: Vec<&str> = told.lines().collect();
    let (above, below) = lines.split_at(end.map_or(0, |end| end + 1));
    for line in above.iter().map(|line| line.trim().trim_end_matches('=').trim()).filter(|line| !line.is_empty()) {
        // Marks are in capitals, which Arabic has not.
        let is_mark = line.chars().count() < 30 && line.chars().all(|c| !c.is_alphabetic() || c.is_uppercase())
            || line.starts_with('(') && line.ends_with(')');
        match line {
            _ if line.ends_with("KILL") && is_mark => item.standing = Standing::Cancelled,
            _ if is_mark => item.editor_note.push_str(line),
            _ if line.starts_with("By ") => item.byline = arabic::clean::line(line),
            _ if item.headline.is_empty() => item.headline = arabic::clean::line(line),
            _ => item.headline = arabic::clean::line(&format!("{} {line}", item.headline)),
        }
    }
    item.embargo_unread = plain::keeps_back(&item.editor_note);
    item.body = plain::paragraphs(&below.join("\n"));
    // Lines of an imprint, again and again, are no news.
    let words = newsroom::body::Body(item.body.clone()).plain_text().to_lowercase();
    if words.matches("copyright by").count() > 2 {
        item.body.clear();
    }
}
