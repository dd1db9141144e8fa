//! ANPA 1312: a heading behind SYN and SOH, the slug, lines for editors that end with `<`, and the text behind STX.

use super::{Format, Sheet, Standing, WireItem, decode, plain};

pub(super) fn read(bytes: &[u8]) -> Sheet {
    let text = decode::lines(bytes).replace('\r', "");
    let text = text.trim_start_matches('\u{16}').trim_start_matches('\u{1}');
    let (head, rest) = text.split_once('\u{2}').unwrap_or((text, ""));
    let (told, sent) = rest.split_once('\u{3}').unwrap_or((rest, ""));
    let number = arabic::clean::line(head.split(['\u{1f}', '\n']).next().unwrap_or_default());
    let second = head.lines().nth(1).unwrap_or_default();
    let mut item = WireItem {
        version: arabic::clean::line(sent.lines().next().unwrap_or_default()).trim_end_matches('<').to_owned(),
        urgency: second.chars().next().and_then(priority),
        agency: "AP".to_owned(),
        ..WireItem::default()
    };
    item.id = format!("anpa:{number}:{}", item.version);
    item.agency =
        sent.trim_start().split('-').next().map(arabic::clean::line).filter(|name| name.len() < 12).unwrap_or_default();
    heading(told, &mut item);
    plain::place(&mut item);
    Sheet { format: Format::Anpa1312, items: vec![item], replaced: false }
}

/// Priorities in letters: flash, bulletin, urgent, regular, deferred, and those for weekends and features.
fn priority(letter: char) -> Option<u8> {
    match letter {
        'f' | 'b' => Some(1),
        'u' => Some(3),
        'r' => Some(4),
        'd' => Some(5),
        'a' | 'h' | 's' | 'w' => Some(6),
        _ => None,
    }
}

/// The slug, lines for editors, the headline, the byline; then the text.
fn heading(told: &str, item: &mut WireItem) {
    let mut body = String::new();
    let mut is_heading = true;
    for line in told.lines() {
        let mark = line.trim().trim_start_matches('^').trim_end_matches(['<', '=']).trim();
        is_heading &= line.trim().is_empty() || line.trim_end().ends_with(['<', '=']);
        if !is_heading {
            body.push_str(&line.replace('\u{14}', " ").replace("``", "“").replace("''", "”").replace(") _ ", ") - "));
            body.push('\n');
            continue;
        }
        let mark = arabic::clean::line(mark);
        match mark.as_str() {
            "" => {}
            "KILL" | "BULLETIN KILL" | "MANDATORY KILL" => item.standing = Standing::Cancelled,
            slug if item.subjects.is_empty() => item.subjects = vec![slug.split(',').next().unwrap_or(slug).to_owned()],
            by if by.to_ascii_lowercase().starts_with("by ") => item.byline = by.to_owned(),
            note if note.starts_with("Eds:") || note.starts_with("AP Photo") || note.starts_with("With ") => {
                item.editor_note.push_str(note);
            }
            agency if agency.contains("Associated Press") || agency.contains("Writer") => {}
            headline if item.headline.is_empty() => item.headline = headline.to_owned(),
            more => item.editor_note.push_str(&format!(" {more}")),
        }
    }
    item.embargo_unread = plain::keeps_back(&item.editor_note);
    item.body = plain::paragraphs(&body);
    if item.headline.is_empty() {
        // An alert is one sentence, and says itself what it is about.
        item.headline = item.subjects.first().cloned().unwrap_or_default();
    }
}
