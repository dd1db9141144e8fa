//! Where the path of an address ends in running text.

use super::{is_invisible, is_right_to_left};

/// Length of a video's id on the sites of [`VIDEO_HOSTS`].
const VIDEO_ID: usize = 11;
/// Bytes from the host within which the id must end.
const VIDEO_ID_WITHIN: usize = 256;
const VIDEO_HOSTS: [&str; 5] =
    ["youtu.be", "youtube.com", "m.youtube.com", "music.youtube.com", "youtube-nocookie.com"];

/// The bytes of path, question and anchor at the very start of `rest`; 0 when there are none.
pub(super) fn length(rest: &str, host: &str) -> usize {
    if !rest.starts_with(['/', '?', '#']) {
        return 0;
    }
    let near = &rest[..rest.floor_char_boundary(VIDEO_ID_WITHIN)];
    if let Some(end) = video_end(&near[..run_length(near)], host) {
        // What follows the id may be a question or an anchor; anything else is a label. It is not even looked at: a
        // megabyte of such addresses without a space must not be read once for each of them.
        if !rest[end..].starts_with(['?', '&', '#', '/']) {
            return end;
        }
    }
    trimmed(&rest[..run_length(rest)])
}

/// A sign that may stand in a path as people paste it: escaped, or decoded in letters of any script.
pub(super) fn belongs(c: char) -> bool {
    match c {
        '"' | '<' | '>' | '\\' | '^' | '`' | '{' | '|' | '}' => false,
        _ => c.is_ascii_graphic() || (!c.is_ascii() && c.is_alphanumeric() && !is_invisible(c)),
    }
}

fn run_length(rest: &str) -> usize {
    let (mut before, mut arabic) = (' ', false);
    for (at, c) in rest.char_indices() {
        let glued = is_right_to_left(c) && !arabic && before.is_ascii_alphanumeric();
        if glued || !belongs(c) {
            return at;
        }
        arabic |= is_right_to_left(c);
        before = c;
    }
    rest.len()
}

/// Without the signs that belong to the sentence and not to the address.
fn trimmed(run: &str) -> usize {
    let has_round = run.contains('(');
    let has_square = run.contains('[');
    let kept = run.trim_end_matches(|c| match c {
        '.' | ',' | ';' | ':' | '!' | '?' | '\'' | '*' => true,
        ')' => !has_round,
        ']' => !has_square,
        _ => false,
    });
    kept.len()
}

/// Where the video's id ends in a path of one of those sites.
fn video_end(run: &str, host: &str) -> Option<usize> {
    if !VIDEO_HOSTS.contains(&host) {
        return None;
    }
    let starts: &[&str] =
        if host == "youtu.be" { &["/"] } else { &["?v=", "&v=", "/shorts/", "/embed/", "/live/", "/v/"] };
    let start = starts.iter().filter_map(|mark| Some(run.find(mark)? + mark.len())).min()?;
    let id = run.as_bytes().get(start..start + VIDEO_ID)?;
    id.iter().all(|byte| byte.is_ascii_alphanumeric() || matches!(byte, b'-' | b'_')).then_some(start + VIDEO_ID)
}
