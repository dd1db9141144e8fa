//! What machines are told of a page in the words of schema.org: JSON inside a `<script>` element, which is data and never runs.

use crate::layout::{Frame, address};
use askama::{FastWritable, filters::HtmlSafe};
use serde::Serialize;
use serde_json::{Value, json};
use std::fmt;

/// A description that may stand inside a `<script>` element as it is: `<` is written as its escape, so that no headline and no
/// reader's word can end the element or open another one.
#[derive(Debug, Clone)]
pub struct Described(String);

/// A thing, and whose words say what it is.
#[derive(Serialize)]
struct InContext<T> {
    #[serde(rename = "@context")]
    context: &'static str,
    #[serde(flatten)]
    thing: T,
}

impl Described {
    /// A thing of schema.org: its words and numbers, which always can be written.
    pub fn of(thing: impl Serialize) -> Self {
        let whole = serde_json::to_string(&InContext { context: "https://schema.org", thing });
        Self(whole.unwrap_or_else(|_| "{}".to_owned()).replace('<', "\\u003c"))
    }

    /// The way from the front page to a page: names and paths.
    pub fn way_to(frame: &Frame, steps: &[(&str, String)]) -> Self {
        let home = [(frame.paper().name.as_str(), "/".to_owned())];
        let step = |(place, (name, path)): (usize, &(&str, String))| {
            let item = address::whole(frame.paper(), path);
            json!({ "@type": "ListItem", "position": place + 1, "name": name, "item": item })
        };
        let steps: Vec<Value> = home.iter().chain(steps).enumerate().map(step).collect();
        Self::of(json!({ "@type": "BreadcrumbList", "itemListElement": steps }))
    }

    /// A writer, on the page of what they wrote.
    pub fn writer(frame: &Frame, name: &str, path: &str) -> Self {
        let url = address::whole(frame.paper(), path);
        let person = json!({ "@type": "Person", "name": name, "url": url, "worksFor": publisher(frame) });
        Self::of(json!({ "@type": "ProfilePage", "url": url, "mainEntity": person }))
    }

    /// The paper, on its front page.
    pub fn paper(frame: &Frame) -> Self {
        let (mut paper, whole) = (publisher(frame), |path: &str| address::whole(frame.paper(), path));
        if !frame.paper().tagline.is_empty() {
            paper["description"] = json!(frame.paper().tagline);
        }
        paper["correctionsPolicy"] = json!(whole("/corrections"));
        if frame.pages.iter().any(|(slug, _)| slug == "about") {
            paper["publishingPrinciples"] = json!(whole(&address::page("about")));
        }
        Self::of(paper)
    }

    /// The paper's site and how it is searched.
    pub fn site(frame: &Frame) -> Self {
        let whole = |path: &str| address::whole(frame.paper(), path);
        let target = json!({ "@type": "EntryPoint", "urlTemplate": whole("/search?q={search_term_string}") });
        let search = json!({
            "@type": "SearchAction",
            "target": target,
            "query-input": "required name=search_term_string",
        });
        Self::of(json!({
            "@type": "WebSite",
            "url": whole("/"),
            "name": frame.paper().name,
            "inLanguage": frame.paper().writing.language.tag(),
            "publisher": { "@id": id_of_paper(frame) },
            "potentialAction": search,
        }))
    }
}

/// The paper as whoever publishes a story.
pub fn publisher(frame: &Frame) -> Value {
    let whole = |path: &str| address::whole(frame.paper(), path);
    let mut paper = json!({
        "@type": "NewsMediaOrganization",
        "@id": id_of_paper(frame),
        "name": frame.paper().name,
        "url": whole("/"),
    });
    if let Some(logo) = frame.logo() {
        let (width, height) = logo.size;
        paper["logo"] = json!({ "@type": "ImageObject", "url": whole(&logo.href), "width": width, "height": height });
    }
    paper
}

fn id_of_paper(frame: &Frame) -> String {
    address::whole(frame.paper(), "/#paper")
}

impl fmt::Display for Described {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}

impl HtmlSafe for Described {}

impl FastWritable for Described {
    fn write_into(&self, dest: &mut dyn fmt::Write, _: &dyn askama::Values) -> askama::Result<()> {
        Ok(dest.write_str(&self.0)?)
    }
}
