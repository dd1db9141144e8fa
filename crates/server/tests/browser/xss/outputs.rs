//! Where what was typed comes out again: the paths of pages, and documents that are no pages.

use super::bare::HTML;
use super::inputs::{Waiting, Written, encoded};
use crate::running::Reader;
use serde_json::Value;

/// XML and JSON as a browser shows them by itself.
const XML: &str = "text/xml; charset=utf-8";
const JSON: &str = "application/json; charset=utf-8";

/// A page that browsers show in a box in which nothing runs, not even a look at it.
pub const WITHOUT_SCRIPTS: &str = "/desk/newsletter/preview";

/// What a round has made.
pub struct Round {
    /// The address of its section.
    pub section: String,
    /// Its stories; readers comment under the first.
    pub stories: Vec<Written>,
    /// A comment that was refused, with notes.
    pub refused: Waiting,
    /// Its author's page at the desk.
    pub author: String,
    /// Receipts of reports.
    pub receipts: Vec<String>,
    /// The paper's own page of a thread under another site's page.
    pub thread: String,
}

impl Round {
    /// The story under which readers comment.
    pub fn talked_about(&self) -> &Written {
        self.stories.first().expect("a story")
    }

    /// Pages for readers, as their author sees them.
    pub async fn public(&self, guest: &Reader) -> Vec<String> {
        let story = &self.talked_about().path;
        let shown = guest.get(story).await;
        let mut paths = vec!["/".to_owned(), format!("/sections/{}", self.section), story.clone()];
        paths.extend(shown.values("href", &format!("{story}?after=")).into_iter().take(1).map(without_place));
        paths.extend(["/tags/", "/writers/"].into_iter().flat_map(|start| shown.values("href", start)));
        paths.extend(
            ["?sort=newest", "/comments/1", "/comments/1/report", "/reply/1"].map(|end| format!("{story}{end}")),
        );
        paths.extend(
            ["/corrections", "/archive", "/moderation-log", "/me", "/newsletter", "/search"].map(str::to_owned),
        );
        paths.extend(["", "/appeal", "/erasure"].map(|end| format!("/me/{}{end}", self.refused.comment)));
        paths.push(self.thread.clone());
        paths
    }

    /// Pages of the desk.
    pub fn desk(&self) -> Vec<String> {
        let story = &self.talked_about().id;
        let mut paths: Vec<String> =
            ["", "/edit", "/revisions", "/live"].map(|end| format!("/desk/stories/{story}{end}")).to_vec();
        paths.push(format!("/desk/comments/{}/{}", self.refused.story, self.refused.comment));
        paths.push(self.author.clone());
        let fixed = [
            "/desk",
            "/desk/log",
            "/desk/reported",
            "/desk/appeals",
            "/desk/search?words=midadRan",
            "/desk/stories",
            "/desk/sections",
            "/desk/embeds",
            "/desk/breaking",
            "/desk/front",
            "/desk/front/look",
            "/desk/plan",
            "/desk/statistics?days=90",
            "/desk/transparency",
            "/desk/newsletter",
            WITHOUT_SCRIPTS,
        ];
        paths.extend(fixed.map(str::to_owned));
        paths
    }

    /// Documents that programs fetch, each with its kind: opened by themselves nothing in them runs either.
    pub async fn documents(&self, guest: &Reader) -> Vec<(String, &'static str, String)> {
        let story = &self.talked_about().path;
        let feeds = [
            "/feed".to_owned(),
            format!("/sections/{}/feed", self.section),
            "/comments/feed".to_owned(),
            "/corrections/feed".to_owned(),
            format!("{story}/comments/feed"),
        ];
        let mut paths = vec![("/me/data.json".to_owned(), JSON), ("/sitemap.xml".to_owned(), XML)];
        for feed in feeds {
            paths.extend(
                [("rss", XML), ("atom", XML), ("json", JSON)].map(|(end, kind)| (format!("{feed}/{end}"), kind)),
            );
        }
        let mut documents = Vec::new();
        for (path, kind) in paths {
            let got = guest.get(&path).await;
            assert_eq!(got.status, 200, "{path}: {}", got.body);
            if path.contains("/feed/") && kind == JSON {
                documents.push((format!("{path} as a reader of feeds shows it"), HTML, shown_of(&got.body)));
            }
            documents.push((path, kind, got.body));
        }
        documents
    }
}

/// A page is served in that box.
pub async fn no_script_runs_there(reader: &Reader, path: &str) {
    let got = reader.get(path).await;
    let policy = got.headers.get("content-security-policy").and_then(|policy| policy.to_str().ok()).unwrap_or_default();
    let boxed = policy.split(';').map(str::trim).find(|part| part.starts_with("sandbox"));
    assert!(boxed.is_some_and(|part| !part.contains("allow-scripts")), "{path}: {policy}");
}

/// The part of a page of another site that holds the thread, as it is sent.
pub async fn embedded(reader: &Reader, site: &str, page: &str) -> String {
    let thread = reader.get(&format!("/embed/{site}/thread?url={}", encoded(page))).await;
    assert_eq!(thread.status, 200, "{}", thread.body);
    thread.body
}

/// What a program shows of a feed: the HTML of its entries.
fn shown_of(feed: &str) -> String {
    let feed: Value = serde_json::from_str(feed).expect("JSON");
    let entries = feed["items"].as_array().into_iter().flatten();
    let shown: Vec<&str> = entries.filter_map(|entry| entry["content_html"].as_str()).collect();
    format!("<!doctype html><title>feed</title><div>{}</div>", shown.join("</div><div>"))
}

fn without_place(path: String) -> String {
    path.split('#').next().unwrap_or_default().to_owned()
}
