//! A story for machines that describe it elsewhere: search engines and those who show a card of a link.

use crate::layout::{Frame, address};
use newsroom::section::Section;
use newsroom::story::{Published, StoryKind};
use serde_json::{Value, json};
use store::stories::{LinkedStory, Links};

/// Letters of a description: what search engines and cards show of one.
const SUMMARY_LETTERS: usize = 200;

/// The standfirst, or how the story begins.
pub fn summary(story: &Published) -> String {
    let text = &story.text;
    let whole = if text.standfirst.trim().is_empty() { text.body.plain_text() } else { text.standfirst.clone() };
    let line = whole.split_whitespace().collect::<Vec<_>>().join(" ");
    if line.chars().count() <= SUMMARY_LETTERS {
        return line;
    }
    let cut: String = line.chars().take(SUMMARY_LETTERS).collect();
    let end = cut.rfind(' ').unwrap_or(cut.len());
    format!("{}…", &cut[..end])
}

/// The whole address of the picture at its head as it is kept, for search machines; empty where there is none to be shown.
fn picture(frame: &Frame, story: &Published) -> String {
    let lead = story.text.lead.as_ref().filter(|picture| picture.is_supplied());
    lead.map_or_else(String::new, |picture| address::whole(frame.paper(), &address::picture(&picture.file)))
}

/// What schema.org calls a story of a kind. A right of reply, an obituary and an announcement have no name of their own
/// there, and an interview none that says so.
fn type_of(kind: StoryKind) -> &'static str {
    match kind {
        StoryKind::Opinion => "OpinionNewsArticle",
        StoryKind::Explainer => "BackgroundNewsArticle",
        _ => "NewsArticle",
    }
}

/// What a right of reply is about, and of the answered story what is about it; what else belongs together is mentioned.
fn link(described: &mut Value, frame: &Frame, kind: StoryKind, links: &Links) {
    let named = |one: &LinkedStory| {
        let url = address::whole(frame.paper(), &address::story(&one.slug));
        json!({ "@type": type_of(one.kind), "headline": one.headline, "url": url })
    };
    if let Some(answered) = &links.answered {
        described[if kind.answers() { "about" } else { "mentions" }] = named(answered);
    }
    let replies: Vec<Value> = links.answering.iter().filter(|one| one.kind.answers()).map(named).collect();
    if !replies.is_empty() {
        described["subjectOf"] = Value::Array(replies);
    }
}

/// Schema.org's `NewsArticle`, or one of its kinds, as JSON that may stand inside a `<script>` element: `<` is written as its escape, so that
/// no headline can end the element.
pub fn as_json(
    frame: &Frame,
    story: &Published,
    section: Option<&Section>,
    links: &Links,
    live: Option<Value>,
) -> String {
    let (paper, text) = (frame.paper(), &story.text);
    let whole = |path: &str| address::whole(paper, path);
    let authors: Vec<Value> = text
        .bylines
        .iter()
        .map(|by| json!({ "@type": "Person", "name": by.name, "url": whole(&address::writer(&by.slug)) }))
        .collect();
    let images: Vec<String> = Some(picture(frame, story)).into_iter().filter(|address| !address.is_empty()).collect();
    let corrections: Vec<Value> = text
        .corrections
        .iter()
        .map(|one| json!({ "@type": "CorrectionComment", "text": one.words, "datePublished": one.at.to_string() }))
        .collect();
    let mut described = json!({
        "@context": "https://schema.org",
        "@type": type_of(text.kind),
        "headline": text.headline,
        "description": summary(story),
        "inLanguage": text.language.tag(),
        "datePublished": story.published_at.to_string(),
        "dateModified": story.updated_at.unwrap_or(story.published_at).to_string(),
        "articleSection": section.map(|section| section.name.as_str()),
        "keywords": text.tags.iter().map(|tag| tag.name.as_str()).collect::<Vec<_>>(),
        "author": authors,
        "image": images,
        "mainEntityOfPage": whole(&address::story(&story.slug)),
        "publisher": { "@type": "NewsMediaOrganization", "name": paper.name, "url": whole("/") },
    });
    if let Some(logo) = frame.logo() {
        let (width, height) = logo.size;
        described["publisher"]["logo"] =
            json!({ "@type": "ImageObject", "url": whole(&logo.href), "width": width, "height": height });
    }
    link(&mut described, frame, text.kind, links);
    if !corrections.is_empty() {
        described["correction"] = Value::Array(corrections);
    }
    // A story that is covered live is a `LiveBlogPosting` with its updates.
    if let (Some(described), Some(Value::Object(live))) = (described.as_object_mut(), live) {
        described.extend(live);
    }
    described.to_string().replace('<', "\\u003c")
}
