//! The card of a story: the picture that messengers and networks show of a link to it. Drawn by the clock after the story went
//! public or changed, in the darkroom, and never while a reader waits.

use crate::aftermath;
use crate::app::App;
use crate::error::PageError;
use crate::layout::{Frame, address};
use arabic::bidi::Direction;
use darkroom::{Answer, CardWords, Job, Refused, SIZE_OF_CARD};
use newsroom::StoryId;
use newsroom::site::{FontKind, LogoKind, Scheme};
use newsroom::story::{Published, Story};
use sha2::{Digest, Sha256};
use std::time::Duration;
use store::StoreError;
use store::pictures::{PictureFile, ToDraw};
use store::stories::Found;

/// The program's face of headlines in one file: a card has Arabic and Latin letters on it.
const FACE: &[u8] = include_bytes!("../../assets/fonts/card.woff2");
/// Whoever draws a card has so long: longer than any worker lives.
const IN_HAND: Duration = Duration::from_secs(3 * 60);
/// What failed is tried again after so long, and so often.
const AGAIN_AFTER: Duration = Duration::from_secs(5 * 60);
const MOST_TRIES: i64 = 3;
/// Stories that went public longer ago get no first card: nobody passes on an archive that was brought in at once.
const THESE_DAYS: Duration = Duration::from_secs(30 * 24 * 60 * 60);
/// Cards drawn at one turn; others have theirs at the next.
const AT_A_TURN: usize = 20;

/// Why a card is not there.
#[derive(Debug, thiserror::Error)]
enum NotDrawn {
    #[error(transparent)]
    Refused(#[from] Refused),
    #[error(transparent)]
    Store(#[from] StoreError),
    #[error("{0:?}")]
    Page(PageError),
}

/// What goes onto a card, and what it is called.
struct Laid {
    words: CardWords,
    files: Vec<u8>,
    name: String,
}

/// Draws the cards that are waited for.
///
/// # Errors
/// When the store cannot say which.
pub async fn draw_cards(app: &App) -> Result<(), StoreError> {
    for _ in 0..AT_A_TURN {
        let now = app.now();
        let (since, until) = (now.saturating_sub(THESE_DAYS), now.saturating_add(IN_HAND));
        let (since, until) = (since.unwrap_or(now), until.unwrap_or(now));
        let Some(one) = app.store.take_to_draw(since, (now, until)).await? else { return Ok(()) };
        match draw(app, &one).await {
            Ok(Some(card)) => match app.store.keep_card(one.story, &card, until).await {
                Ok(happening) => aftermath::tell(app, &happening).await,
                // It was withdrawn meanwhile.
                Err(StoreError::NotFound) => {}
                Err(problem) => return Err(problem),
            },
            Ok(None) => app.store.card_is_done(one.story, until, None).await?,
            Err(why) => {
                tracing::warn!(story = %one.story, tries = one.tries, %why, "the card of a story could not be drawn");
                let next = (one.tries < MOST_TRIES).then(|| now.saturating_add(AGAIN_AFTER).unwrap_or(now));
                app.store.card_is_done(one.story, until, next).await?;
            }
        }
    }
    Ok(())
}

/// A card; none where the one that there is shows the same, or the story is not public.
async fn draw(app: &App, one: &ToDraw) -> Result<Option<PictureFile>, NotDrawn> {
    let Some(story) = public(app, one.story).await? else { return Ok(None) };
    let frame = Frame::new(app, app.now()).await.map_err(NotDrawn::Page)?;
    let laid = lay_out(app, &frame, &story).await?;
    if laid.name == one.name {
        return Ok(None);
    }
    match app.darkroom.does(Job::Card(Box::new(laid.words)), &laid.files).await? {
        Answer::Pressed(bytes) => Ok(Some(PictureFile {
            name: laid.name,
            media_type: String::from("image/jpeg"),
            size: SIZE_OF_CARD,
            bytes,
            kept_at: app.now(),
        })),
        Answer::Developed(_) | Answer::Inspected(_) => Err(Refused::Broken.into()),
    }
}

/// A story as readers have it.
async fn public(app: &App, story: StoryId) -> Result<Option<Published>, StoreError> {
    // By its number it is told where it stands.
    let found = match app.store.find_story(&story.short()).await? {
        Some(Found::Moved { slug }) => app.store.find_story(&slug).await?,
        found => found,
    };
    Ok(match found {
        Some(Found::Here(story)) => match *story {
            Story::Published(published) => Some(published),
            Story::Draft(_) | Story::Withdrawn(_) => None,
        },
        _ => None,
    })
}

async fn lay_out(app: &App, frame: &Frame, story: &Published) -> Result<Laid, StoreError> {
    let house = &frame.site.house;
    let own_face = house.font(FontKind::Headline);
    let face = match &own_face {
        Some(name) => bytes_of(app, name).await?,
        None => FACE.to_vec(),
    };
    let logo_name = house.logos.get(&LogoKind::Light).map(|logo| logo.name.clone());
    let logo = match &logo_name {
        Some(name) => bytes_of(app, name).await?,
        None => Vec::new(),
    };
    let lead = story.text.lead.as_ref().filter(|lead| lead.is_supplied());
    let picture = match lead {
        Some(lead) => bytes_of(app, address::shared(lead).0.trim_start_matches("/pictures/")).await?,
        None => Vec::new(),
    };
    let section = frame.sections.iter().find(|section| Some(section.id) == story.text.section);
    let words = CardWords {
        headline: story.text.headline.clone(),
        section: section.map(|section| section.name.clone()).unwrap_or_default(),
        paper: frame.paper().name.clone(),
        is_rtl: story.text.language.direction() == Direction::RightToLeft,
        colour: house.accent(Scheme::Light).unwrap_or_else(|| Scheme::Light.standard().colour("accent")).0,
        focus: lead.and_then(|lead| lead.focus).unwrap_or((50, 50)),
        face: face.len(),
        logo: logo.len(),
    };
    let of = (&words, &own_face, &logo_name, lead.map(|lead| &lead.file));
    let hash = Sha256::digest(serde_json::to_vec(&of).unwrap_or_default());
    let print: String = hash.iter().take(8).map(|byte| format!("{byte:02x}")).collect();
    let name = format!("card-{}-{print}.jpg", story.id.short());
    Ok(Laid { words, files: [face, logo, picture].concat(), name })
}

/// The bytes of a picture or a face; none where it is not there.
async fn bytes_of(app: &App, name: &str) -> Result<Vec<u8>, StoreError> {
    Ok(app.store.picture(name).await?.map(|file| file.bytes).unwrap_or_default())
}
