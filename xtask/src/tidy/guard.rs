//! Who may come in, and who may tell the page cache.

use crate::complaint::Complaint;
use crate::rust_text::{Function, functions, mask};
use crate::tree::Tree;

const GUARDED: &[&str] = &[
    "crates/web/src/country_desk",
    "crates/web/src/desk",
    "crates/web/src/desk_me",
    "crates/web/src/editor",
    "crates/web/src/newsroom_desk",
    "crates/web/src/staff_desk",
    "crates/web/src/state_desk",
];
const GUARDS: &[&str] =
    &["Moderator", "Writer", "Editor", "ManagingEditor", "Owner", "ProvenMember", "ProvenOwner", "StaffMember"];

/// Every `pub async fn` of the desk and the newsroom takes a member of staff.
///
/// `Option<Moderator>` is no guard: it lets everybody in.
pub fn guarded(tree: &Tree) -> Vec<Complaint> {
    let mut complaints = Vec::new();
    for file in tree.under("crates/web/src/", ".rs").filter(|file| !file.is_test()) {
        let place = GUARDED.iter().find_map(|start| file.path.strip_prefix(start));
        if !place.is_some_and(|rest| rest.starts_with('/') || rest == ".rs") {
            continue;
        }
        for function in functions(&mask(&file.text).code) {
            if is_handler(&function) && stands_free(&file.text, &function) && !takes_guard(&function) {
                let says = format!("{} takes no {}", function.name, GUARDS.join(", no "));
                complaints.push(Complaint::at(&file.path, function.line, says));
            }
        }
    }
    complaints
}

/// Only `aftermath` names the purge: caches are told once, after the commit.
pub fn purges(tree: &Tree) -> Vec<Complaint> {
    let mut complaints = Vec::new();
    for file in tree.under("crates/", ".rs").filter(|file| !file.is_test()) {
        // The cache itself has to define it.
        let home = ["crates/web/src/aftermath", "crates/web/src/page_cache"];
        if home.iter().any(|start| file.path.starts_with(start)) {
            continue;
        }
        for (index, line) in mask(&file.text).code.lines().enumerate() {
            let line: String = line.split_whitespace().collect();
            if line.contains("page_cache::purge") || line.contains(".purge(") {
                complaints.push(Complaint::at(
                    &file.path,
                    index + 1,
                    "only aftermath purges pages: give it the happening",
                ));
            }
        }
    }
    complaints
}

/// Routes reach free functions; what belongs to a type stands indented in its `impl`.
fn stands_free(text: &str, function: &Function) -> bool {
    let line = text.lines().nth(function.line.saturating_sub(1)).unwrap_or_default();
    !line.starts_with(char::is_whitespace)
}

/// Routes can only reach what the whole crate can see.
fn is_handler(function: &Function) -> bool {
    let before: String = function.before.split_whitespace().collect::<Vec<_>>().join(" ");
    ["pub async", "pub(crate) async"].iter().any(|seen| before.ends_with(seen))
}

fn takes_guard(function: &Function) -> bool {
    function.parameter_types().iter().any(|kind| {
        let plain = kind.trim_start_matches('&').trim();
        let path = plain.split('<').next().unwrap_or(plain).trim();
        let last = path.rsplit("::").next().unwrap_or(path);
        GUARDS.contains(&last)
    })
}
