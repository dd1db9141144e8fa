//! A letter of the newsletter: public stories and nothing else, as they are at this minute.

use super::key::{Purpose, whole_address_of};
use crate::app::App;
use crate::layout::{Frame, address};
use crate::mail::Letter;
use crate::words::Words;
use arabic::bidi::majority;
use askama::Template;
use newsroom::followers::{Digest, Rhythm, Wish};
use newsroom::people::EmailAddress;
use newsroom::section::Section;
use newsroom::story::StoryLanguage;
use newsroom::{SectionId, StoryId, SubscriberId, Timestamp};
use std::collections::HashMap;
use store::StoreError;
use store::listings::StoryCard;

/// Stories that are looked at for one letter.
const LOOKED_AT: u32 = 300;
/// Letters of a standfirst.
const MOST_STANDFIRST: usize = 280;

/// A span of time, of which a letter tells.
pub(super) type Span = (Timestamp, Timestamp);

/// A letter before it has a reader.
#[derive(Debug)]
pub(super) struct Told {
    pub subject: String,
    pub text: String,
    pub html: String,
}

/// To whom a letter goes: how it is ended and changed.
#[derive(Debug, Clone, Default)]
pub(super) struct Ways {
    pub leave: String,
    pub mine: String,
}

impl Ways {
    pub fn of(app: &App, id: SubscriberId) -> Self {
        let whole = |purpose| whole_address_of(app, id, purpose);
        Self { leave: whole(Purpose::Leave), mine: whole(Purpose::Mine) }
    }

    /// Of a letter that is only looked at: the page that everybody has.
    pub fn of_nobody(app: &App) -> Self {
        let page = address::whole(&app.paper, "/newsletter");
        Self { leave: page.clone(), mine: page }
    }
}

/// A story in a letter.
#[derive(Debug)]
struct StoryView {
    href: String,
    language: StoryLanguage,
    kicker: String,
    headline: String,
    standfirst: String,
    /// Whole address, words, width and height as shown.
    picture: Option<(String, String, u32, u32)>,
}

/// What a letter shows.
#[derive(Debug)]
struct View<'v> {
    t: Words,
    paper: &'v str,
    home: String,
    date: String,
    greeting: &'v str,
    lead: StoryView,
    /// Sections by name, each with its stories; empty: no section.
    rest: Vec<(String, Vec<StoryView>)>,
    /// How many more there are; empty: none.
    more: String,
    archive: String,
    why: String,
    ways: &'v Ways,
}

#[derive(Template)]
#[template(path = "newsletter/letter.html")]
struct AsHtml<'v> {
    v: &'v View<'v>,
}

#[derive(Template)]
#[template(path = "newsletter/letter.txt", escape = "none")]
struct AsText<'v> {
    v: &'v View<'v>,
}

/// The letter of a span for a wish; none when there is nothing to tell.
///
/// # Errors
/// When the store cannot answer.
pub(super) async fn told(app: &App, span: Span, wish: &Wish, ways: &Ways) -> Result<Option<Told>, StoreError> {
    let (now, settings) = (app.now(), app.followers.now());
    let app = &app.speaking(wish.language);
    let cards = app.store.published_between(span.0, span.1, None, LOOKED_AT).await?;
    let sections = app.store.sections().await?;
    let led = app.store.front_page(now).await?.cards().next().map(|card| card.id);
    let of = |card: &StoryCard| {
        let (slug, _) = card.face.section.as_ref()?;
        sections.iter().find(|section| section.slug == *slug).map(|section| section.id)
    };
    let stories: Vec<_> = cards.iter().map(|card| (card.id, card.published_at, of(card))).collect();
    let order: Vec<SectionId> = sections.iter().map(|section| section.id).collect();
    let Some(digest) = Digest::of(&stories, &order, (led, wish, settings.newsletter.stories)) else { return Ok(None) };
    let mut cards: HashMap<StoryId, StoryCard> = cards.into_iter().map(|card| (card.id, card)).collect();
    let Some(lead) = cards.remove(&digest.lead) else { return Ok(None) };
    let frame = Frame::bare(app, now);
    let view = View {
        t: frame.t,
        paper: &app.paper.name,
        home: address::whole(&app.paper, "/"),
        date: frame.today.clone(),
        greeting: &settings.newsletter.greeting,
        lead: StoryView::new(app, lead, true),
        rest: rest(app, digest.rest, &mut cards, &sections),
        more: if digest.more > 0 { frame.t.n("newsletter.more", digest.more) } else { String::new() },
        archive: address::whole(&app.paper, "/archive"),
        why: frame.t.s(&format!("newsletter.why.{}", wish.rhythm.key())),
        ways,
    };
    let broken = |problem: askama::Error| StoreError::Broken(problem.to_string());
    Ok(Some(Told {
        subject: view.subject(wish.rhythm),
        html: AsHtml { v: &view }.render().map_err(broken)?,
        text: AsText { v: &view }.render().map_err(broken)?,
    }))
}

fn rest(
    app: &App,
    told: Vec<(Option<SectionId>, Vec<StoryId>)>,
    cards: &mut HashMap<StoryId, StoryCard>,
    sections: &[Section],
) -> Vec<(String, Vec<StoryView>)> {
    let name = |id: Option<SectionId>| {
        let found = sections.iter().find(|section| Some(section.id) == id);
        found.map(|section| section.name.clone()).unwrap_or_default()
    };
    let mut views = |stories: Vec<StoryId>| -> Vec<StoryView> {
        stories.iter().filter_map(|id| cards.remove(id)).map(|card| StoryView::new(app, card, false)).collect()
    };
    told.into_iter().map(|(section, stories)| (name(section), views(stories))).collect()
}

/// A letter by which a member of the staff sees how it looks: what went public in the last day, or week.
///
/// # Errors
/// When the store cannot answer.
pub async fn trial_letter(app: &App, to: EmailAddress) -> Result<Option<Letter>, StoreError> {
    let told = sample(app, &Wish { language: app.paper.writing.language, ..Wish::default() }).await?;
    Ok(told.map(|Told { subject, text, html }| Letter { to, subject, text, html, unsubscribe: None }))
}

/// How it would look now: the stories of the last day, or of the last week where that had none.
pub(super) async fn sample(app: &App, wish: &Wish) -> Result<Option<Told>, StoreError> {
    let (now, ways) = (app.now(), Ways::of_nobody(app));
    for rhythm in Rhythm::ALL {
        let since = now.saturating_sub(rhythm.span()).unwrap_or(now);
        let wish = Wish { rhythm, ..wish.clone() };
        if let Some(told) = told(app, (since, now), &wish, &ways).await? {
            return Ok(Some(told));
        }
    }
    Ok(None)
}

impl StoryView {
    fn new(app: &App, card: StoryCard, pictured: bool) -> Self {
        let StoryCard { slug, face, .. } = card;
        let picture = face.lead.filter(|picture| pictured && picture.is_supplied()).map(|picture| {
            let height = darkroom::height_in(picture.size, WIDTH);
            (address::whole(&app.paper, &address::in_letter(&picture)), picture.alt, WIDTH, height)
        });
        Self {
            href: address::whole(&app.paper, &address::story(&slug)),
            language: face.language,
            kicker: face.kicker,
            headline: face.headline,
            standfirst: cut(&face.standfirst),
            picture,
        }
    }

    /// The direction of these words: that of most of their letters, or else of the story's language.
    fn dir(&self, words: &str) -> &'static str {
        majority(words).dir().unwrap_or(self.language.dir())
    }
}

/// A picture is shown so wide at most, in pixels.
const WIDTH: u32 = 568;

/// Whole words of a standfirst, and a sign where there were more.
fn cut(standfirst: &str) -> String {
    let standfirst = arabic::clean::line(standfirst);
    if standfirst.chars().count() <= MOST_STANDFIRST {
        return standfirst;
    }
    let kept: String = standfirst.chars().take(MOST_STANDFIRST).collect();
    let whole = kept.rsplit_once(' ').map_or(kept.as_str(), |(whole, _)| whole);
    format!("{whole}…")
}

impl View<'_> {
    fn subject(&self, rhythm: Rhythm) -> String {
        let words = [("paper", self.paper), ("headline", self.lead.headline.as_str())];
        self.t.with(&format!("newsletter.subject.{}", rhythm.key()), 1, &words)
    }

    fn lang(&self) -> &'static str {
        self.t.language().tag()
    }

    fn dir(&self) -> &'static str {
        self.t.language().dir()
    }

    /// The direction of words that are in no language in particular.
    fn dir_of(&self, words: &str) -> &'static str {
        majority(words).dir().unwrap_or(self.dir())
    }

    fn side(&self, dir: &str) -> &'static str {
        // Mail programs know no logical sides (css-text-align of caniemail: `start` fails in several).
        if dir == "rtl" { "right" } else { "left" }
    }
}
