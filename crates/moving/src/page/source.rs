//! Where a story and a comment came from: keys that stay the same when the page is saved again.

use super::{SavedComment, SavedPage};
use arabic::fold::{Level, folded};
use sha2::{Digest, Sha256};
use std::collections::HashMap;

/// `page:` and the hash of headline and paragraphs. Saved again in another encoding, wrapped otherwise, with other spaces
/// and marks, it is the same story.
pub(super) fn of_story(page: &SavedPage) -> String {
    let mut hash = Sha256::new();
    put(&mut hash, &letters(&page.headline.text));
    put(&mut hash, &letters(&page.paragraphs().collect::<Vec<_>>().join("\n")));
    format!("page:{}", hex(hash))
}

/// One key per comment: the story's, and the hash of name, text and how often the same pair stood above. The place in the
/// list is no part of it, so that a comment put in between moves nothing.
pub(super) fn of_comments(story: &str, comments: &[SavedComment]) -> Vec<String> {
    let mut seen: HashMap<(String, String), u64> = HashMap::new();
    let keys = comments.iter().map(|comment| {
        let pair = (letters(&comment.name), letters(&comment.text));
        let mut hash = Sha256::new();
        put(&mut hash, &pair.0);
        put(&mut hash, &pair.1);
        let times = seen.entry(pair).or_default();
        *times += 1;
        hash.update(times.to_be_bytes());
        format!("{story}/{}", hex(hash))
    });
    keys.collect()
}

/// The folded letters and digits alone; the text itself where there are none (a row of stars, a smile).
fn letters(text: &str) -> String {
    let letters: String = folded(text, Level::Search).chars().filter(|c| c.is_alphanumeric()).collect();
    if letters.is_empty() { text.trim().to_owned() } else { letters }
}

/// With its length before it, so that no two lists of texts make the same bytes.
fn put(hash: &mut Sha256, text: &str) {
    hash.update((text.len() as u64).to_be_bytes());
    hash.update(text);
}

fn hex(hash: Sha256) -> String {
    hash.finalize().iter().map(|byte| format!("{byte:02x}")).collect()
}
