//! A story for machines that describe it elsewhere: search engines and those who show a card of a link.

use crate::described::{Described, publisher};
use crate::layout::{Frame, address};
use arabic::runs::{clusters, end_of_clusters};
use newsroom::byline::Byline;
use newsroom::section::Section;
use newsroom::story::{Published, StoryKind};
use serde_json::{Value, json};
use store::stories::{LinkedStory, Links};

/// Letters of a description: what search engines and cards show of one.
const SUMMARY_LETTERS: usize = 200;
/// Signs of a headline, as a reader counts them: search machines cut what is longer.
const HEADLINE_LETTERS: usize = 110;

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

/// The picture at its head as it is kept; none where there is none to be shown.
fn picture(frame: &Frame, story: &Published) -> Option<Value> {
    let lead = story.text.lead.as_ref().filter(|picture| picture.is_supplied())?;
    let (width, height) = lead.size;
    let url = address::whole(frame.paper(), &address::picture(&lead.file));
    let mut picture = json!({ "@type": "ImageObject", "url": url, "width": width, "height": height });
    for (name, words) in [("caption", &lead.caption), ("creditText", &lead.credit)] {
        if let Some(words) = words {
            picture[name] = json!(words);
        }
    }
    Some(picture)
}

/// Who signs; the paper, where nobody does.
pub fn authors(frame: &Frame, story: &Published) -> Vec<Value> {
    let url = |slug: &str| address::whole(frame.paper(), &address::writer(slug));
    let person = |by: &Byline| json!({ "@type": "Person", "name": by.name, "url": url(&by.slug) });
    let authors: Vec<Value> = story.text.bylines.iter().map(person).collect();
    if authors.is_empty() { vec![publisher(frame)] } else { authors }
}

/// The headline as machines show it: what is longer is cut at a word.
fn headline(whole: &str) -> String {
    if clusters(whole) <= HEADLINE_LETTERS {
        return whole.to_owned();
    }
    let cut = &whole[..end_of_clusters(whole, HEADLINE_LETTERS - 1)];
    format!("{}…", &cut[..cut.rfind(' ').unwrap_or(cut.len())])
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
    let in_language = |one: &LinkedStory| {
        let mut told = named(one);
        told["inLanguage"] = json!(one.language.tag());
        told
    };
    if let Some(answered) = &links.answered {
        described[if kind.answers() { "about" } else { "mentions" }] = named(answered);
    }
    let translations: Vec<Value> = links.translations.iter().map(in_language).collect();
    if !translations.is_empty() {
        described["workTranslation"] = Value::Array(translations);
    }
    let replies: Vec<Value> = links.answering.iter().filter(|one| one.kind.answers()).map(named).collect();
    if !replies.is_empty() {
        described["subjectOf"] = Value::Array(replies);
    }
}

/// What is not the story's own text and stands in its description all the same.
pub struct Around<'a> {
    pub section: Option<&'a Section>,
    pub links: &'a Links,
    /// Released comments; none where comments are hidden.
    pub comments: Option<i64>,
    /// What makes a `LiveBlogPosting` of it.
    pub live: Option<Value>,
}

/// Schema.org's `NewsArticle`, or one of its kinds.
pub fn story(frame: &Frame, story: &Published, around: Around<'_>) -> Described {
    let (paper, text) = (frame.paper(), &story.text);
    let address = address::whole(paper, &address::story(&story.slug));
    let mut described = json!({
        "@type": type_of(text.kind),
        "@id": address,
        "url": address,
        "headline": headline(&text.headline),
        "description": summary(story),
        "inLanguage": text.language.tag(),
        "datePublished": story.published_at.to_string(),
        "dateModified": story.updated_at.unwrap_or(story.published_at).to_string(),
        "author": authors(frame, story),
        "image": picture(frame, story).into_iter().collect::<Vec<_>>(),
        "mainEntityOfPage": address,
        "isAccessibleForFree": true,
        "publisher": publisher(frame),
    });
    let keywords: Vec<&str> = text.tags.iter().map(|tag| tag.name.as_str()).collect();
    let corrections = text
        .corrections
        .iter()
        .map(|one| json!({ "@type": "CorrectionComment", "text": one.words, "datePublished": one.at.to_string() }));
    let corrections: Vec<Value> = corrections.collect();
    let dateline = Some(text.dateline.trim()).filter(|place| !place.is_empty());
    let further = [
        ("articleSection", around.section.map(|section| json!(section.name))),
        ("keywords", (!keywords.is_empty()).then(|| json!(keywords))),
        ("dateline", dateline.map(|place| json!(place))),
        ("commentCount", around.comments.map(|count| json!(count))),
        ("correction", (!corrections.is_empty()).then_some(Value::Array(corrections))),
    ];
    for (name, value) in further {
        if let Some(value) = value {
            described[name] = value;
        }
    }
    link(&mut described, frame, text.kind, around.links);
    // A story that is covered live is a `LiveBlogPosting` with its updates.
    if let (Some(described), Some(Value::Object(live))) = (described.as_object_mut(), around.live) {
        described.extend(live);
    }
    Described::of(described)
}
