//! How long things may be. The limits are ratchets, not truths.

use crate::complaint::Complaint;
use crate::rust_text;
use crate::tree::{File, Tree};

/// Lines of a source file; in `web`, where features are folders; and of a file of tests.
const FILE_LINES: usize = 400;
const WEB_FILE_LINES: usize = 250;
const TEST_FILE_LINES: usize = 800;

/// Lines of a function, from `fn` to its brace. A test may tell a longer story.
const FUNCTION_LINES: usize = 60;
const TEST_FUNCTION_LINES: usize = 120;

const FILE_BYTES: u64 = 200_000;

/// Large files that are data, with the reason each is here.
const LARGE: &[(&str, &str)] = &[
    ("Cargo.lock", "cargo writes it"),
    ("models/", "weights of the encoder"),
    ("crates/server/tests/vendor/", "axe-core, which judges pages"),
    ("crates/web/assets/js/editor.js", "the story editor, built from crates/web/editor-ui"),
    ("crates/web/locales/ar.json", "every word of one language, in one file (decision 4)"),
    ("crates/web/locales/fr.json", "the same in French"),
    ("crates/web/locales/en.json", "the same in English"),
];

/// A file is read from the top in one sitting: 400 lines, 250 in `web`, 800 for tests.
pub fn files(tree: &Tree) -> Vec<Complaint> {
    sources(tree)
        .filter_map(|file| {
            let limit = match file {
                file if file.is_test() => TEST_FILE_LINES,
                file if file.path.starts_with("crates/web/src/") => WEB_FILE_LINES,
                _ => FILE_LINES,
            };
            let lines = file.text.lines().count();
            let says = format!("{lines} lines, {limit} at most: it does two things");
            (lines > limit).then(|| Complaint::about(&file.path, says))
        })
        .collect()
}

/// A function is at most 60 lines, 120 in tests.
pub fn functions(tree: &Tree) -> Vec<Complaint> {
    let mut complaints = Vec::new();
    for file in sources(tree) {
        let limit = match file.is_test() {
            true => TEST_FUNCTION_LINES,
            false => FUNCTION_LINES,
        };
        for function in rust_text::functions(&rust_text::mask(&file.text).code) {
            if function.lines() > limit {
                let says = format!("{} has {} lines, {limit} at most", function.name, function.lines());
                complaints.push(Complaint::at(&file.path, function.line, says));
            }
        }
    }
    complaints
}

/// Nothing large enters the repository unlisted; fonts may.
pub fn bytes(tree: &Tree) -> Vec<Complaint> {
    tree.files
        .iter()
        .filter(|file| file.bytes > FILE_BYTES && !file.path.ends_with(".woff2"))
        .filter(|file| !LARGE.iter().any(|(start, _)| file.path.starts_with(start)))
        .map(|file| {
            let says = format!("{} bytes, {FILE_BYTES} at most", file.bytes);
            Complaint::about(&file.path, says)
        })
        .collect()
}

fn sources(tree: &Tree) -> impl Iterator<Item = &File> {
    tree.under("", ".rs").filter(|file| !file.is_vendored())
}
