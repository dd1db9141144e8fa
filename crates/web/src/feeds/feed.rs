//! A feed and its entries, before they are written in one of the formats.

use super::body;
use crate::error::PageError;
use crate::layout::{Frame, address};
use crate::paper::Paper;
use crate::rendered::Rendered;
use crate::story::blocks::turned;
use crate::unless_known::allowed_in_xml as allowed;
use arabic::bidi::majority;
use askama::Template;
use newsroom::Timestamp;
use newsroom::body::Picture;
use newsroom::profile::Language;
use newsroom::story::StoryLanguage;
use store::listings::{CorrectionLine, Enclosure, FeedStory, StoryCard};

/// A feed.
#[derive(Debug)]
pub struct Feed {
    /// What it is called.
    pub title: String,
    /// The paper's line below its name; may be empty.
    pub about: String,
    /// The paper's language.
    pub language: Language,
    /// The whole address of the page that shows the same.
    pub home: String,
    /// The whole address of the feed, up to the name of its format.
    pub own: String,
    /// The hub that passes it on, where there is one (WebSub).
    pub hub: Option<String>,
    /// When anything in it changed last; of an empty feed nothing is known.
    pub updated: Timestamp,
    /// The newest first.
    pub entries: Vec<Entry>,
}

/// An entry.
#[derive(Debug)]
pub struct Entry {
    /// Never changes: the short address of the story, and of a correction its moment too.
    pub id: String,
    /// The whole address.
    pub href: String,
    /// The headline.
    pub title: String,
    /// The story's language.
    pub language: StoryLanguage,
    /// In HTML: the standfirst, then what was corrected.
    pub html: String,
    /// The same as plain words.
    pub plain: String,
    /// When it went public.
    pub published: Timestamp,
    /// When it was last corrected; else when it went public.
    pub updated: Timestamp,
    /// Who signs.
    pub writers: Vec<String>,
    /// Its section, if any.
    pub section: Option<String>,
    /// The whole address of its picture, if readers see one.
    pub picture: Option<String>,
    /// What its file is.
    pub enclosure: Option<Enclosure>,
}

#[derive(Template)]
#[template(path = "feeds/entry.html")]
struct Told<'a> {
    frame: &'a Frame,
    language: StoryLanguage,
    standfirst: &'a str,
    /// Day and words of each.
    corrections: &'a [(String, String)],
    /// Rendered by `body`; empty: the standfirst alone is told.
    body: Rendered,
}

impl Told<'_> {
    fn turned(&self, words: &str) -> &'static str {
        turned(majority(words), self.language.direction())
    }
}

impl Feed {
    /// A feed of the paper; `paths` are those of the page that shows the same and of the feed itself.
    pub fn new(paper: &Paper, title: String, (home, own): (&str, &str), entries: Vec<Entry>) -> Self {
        let newest = entries.iter().map(|entry| entry.updated).max();
        Self {
            title: allowed(&title),
            about: allowed(&paper.tagline),
            language: paper.writing.language,
            home: address::whole(paper, home),
            own: address::whole(paper, own),
            hub: None,
            updated: newest.unwrap_or(Timestamp::UNIX_EPOCH),
            entries,
        }
    }

    /// The same, passed on by a hub.
    pub fn with_hub(self, hub: Option<&str>) -> Self {
        Self { hub: hub.map(str::to_owned), ..self }
    }
}

impl Entry {
    /// A story's.
    ///
    /// # Errors
    /// When the template cannot be rendered.
    pub fn of_story(frame: &Frame, story: FeedStory) -> Result<Self, PageError> {
        let StoryCard { id, slug, face, published_at, updated_at, .. } = story.card;
        let corrections: Vec<(String, String)> =
            story.corrections.iter().map(|one| (frame.date(one.at), one.words.clone())).collect();
        let (language, standfirst) = (face.language, face.standfirst.trim());
        let body = match &story.body {
            Some(body) => body::written(frame, body, language)?,
            None => Rendered::default(),
        };
        let told = Told { frame, language, standfirst, corrections: &corrections, body };
        let label = frame.t.s("story.correction");
        let lines = corrections.iter().map(|(day, words)| format!("{label} {words} ({day})"));
        let plain: Vec<String> =
            Some(standfirst.to_owned()).into_iter().filter(|line| !line.is_empty()).chain(lines).collect();
        let picture = face.lead.filter(Picture::is_supplied);
        Ok(Self {
            id: address::short(frame.paper(), id),
            href: address::whole(frame.paper(), &address::story(&slug)),
            title: allowed(&face.headline),
            language,
            html: allowed(&Rendered::of(&told)?.into_html()),
            plain: allowed(&plain.join("\n")),
            published: published_at,
            updated: updated_at.unwrap_or(published_at),
            writers: face.bylines.iter().map(|byline| allowed(&byline.name)).collect(),
            section: face.section.map(|(_, name)| allowed(&name)),
            picture: picture.map(|one| address::whole(frame.paper(), &address::picture(&one.file))),
            enclosure: story.enclosure,
        })
    }

    /// A correction's.
    ///
    /// # Errors
    /// When the template cannot be rendered.
    pub fn of_correction(frame: &Frame, line: CorrectionLine) -> Result<Self, PageError> {
        let corrections = [(frame.date(line.at), line.words.clone())];
        let told = Told {
            frame,
            language: line.language,
            standfirst: "",
            corrections: &corrections,
            body: Rendered::default(),
        };
        let short = address::short(frame.paper(), line.story);
        Ok(Self {
            id: format!("{short}#{}", line.at.as_millisecond()),
            href: address::whole(frame.paper(), &address::story(&line.slug)),
            title: allowed(&line.headline),
            language: line.language,
            html: allowed(&Rendered::of(&told)?.into_html()),
            plain: allowed(&line.words),
            published: line.at,
            updated: line.at,
            writers: Vec::new(),
            section: None,
            picture: None,
            enclosure: None,
        })
    }
}
