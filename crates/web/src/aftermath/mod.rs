//! After the commit: who must be told, as one match. Caches and open pages are touched nowhere else.
//!
//! The row of the happening is the truth. Whoever wrote it tells its own process at once; the other processes, and this
//! one about theirs, follow the rows ([`catch_up`]). A restart owes nothing: ready pages and open streams die with it.

mod alone;
mod already;
mod coverage;
mod purge;
mod quiet;
mod read_on;
mod strip;

pub use already::AlreadyTold;
pub use quiet::Quiet;
use quiet::overlap_before;

pub(crate) use read_on::{ReadOn, moved_in};

use crate::app::App;
use crate::comments::Look;
use crate::live::Told;
use crate::page_cache::Tag;
use alone::{for_the_log_alone, of_issues, of_picture};
use coverage::of_coverage;
use newsroom::happening::{Happening, What};
use newsroom::people::Actor;
use newsroom::story::{CommentPolicy, Story};
use newsroom::{CommentId, HappeningId, StoryId};
use purge::{purge_before_telling, purge_picture, purge_story, purge_text};
use std::future::Future;
use std::sync::Arc;
use std::time::{Duration, Instant};
use store::StoreError;
use store::thread::{Stands, ThreadEntry};

/// Rows of one read.
const AT_ONCE: u32 = 500;
/// The follower that tells this process.
const OPEN_PAGES: &str = "open-pages";

/// An answer of the store is waited for so long at first: a line that was cut tells nobody, and a new one is soon there.
const ANSWERED_WITHIN: Duration = Duration::from_secs(2);
/// Each time in vain it is waited for twice as long, so many times: the store may be slow instead.
const MOST_DOUBLED: u32 = 3;

/// Where [`catch_up`] stands.
#[derive(Debug, Default)]
pub struct Follower {
    newest: Option<HappeningId>,
    /// How often in a row no answer came in time.
    in_vain: u32,
}

impl Follower {
    /// What the store answers, if it does in time; else the line is given up with the question.
    async fn waited<T>(&mut self, question: impl Future<Output = Result<T, StoreError>>) -> Result<T, StoreError> {
        let patience = ANSWERED_WITHIN * 2_u32.pow(self.in_vain.min(MOST_DOUBLED));
        let answer = tokio::time::timeout(patience, question).await;
        self.in_vain = if answer.is_ok() { 0 } else { self.in_vain.saturating_add(1) };
        answer.unwrap_or_else(|_| Err(StoreError::Unreachable("no answer in time".to_owned())))
    }
}

/// Tells this process what happened. The same happening twice is told once.
pub async fn tell(app: &App, happening: &Happening) {
    // Readers are told in the paper's own language, whoever of the staff made it happen.
    let (app, happening) = (app.to_readers(), happening.clone());
    // A task of its own: whoever asked may hang up, and it is told all the same.
    let telling = tokio::spawn(async move {
        purge_before_telling(&app, std::slice::from_ref(&happening));
        // One after the other: what was read first is sent first, so that a tombstone is never overtaken by its comment.
        let _turn = app.telling.lock().await;
        if app.told.holds(happening.id) {
            return;
        }
        match tell_settled(&app, &happening).await.and(tell_all(&app, &happening.what).await) {
            Ok(()) => app.told.note(happening.id),
            // The commit stands, and whoever follows the rows tries again for as long as they are read again. Pages were
            // purged before anything could fail; an open page that missed the news shows them when it is loaded anew.
            Err(error) => tracing::warn!(%error, "open pages could not be told"),
        }
    });
    if let Err(error) = telling.await {
        tracing::error!(%error, "telling broke off");
    }
}

/// Tells this process what happened, in order.
pub async fn tell_each(app: &App, happened: &[Happening]) {
    for happening in happened {
        tell(app, happening).await;
    }
}

/// Tells what other processes wrote since the last time; what could not be told, again. The first time it finds out where to begin.
///
/// # Errors
/// When the store cannot answer.
pub async fn catch_up(app: &App, follower: &mut Follower) -> Result<(), StoreError> {
    let Some(newest) = follower.newest else {
        follower.newest = Some(follower.waited(app.store.newest_happening()).await?);
        return Ok(());
    };
    let begun = Instant::now();
    let (mut after, mut all_told) = (app.quiet.after(OPEN_PAGES, newest), true);
    loop {
        let happenings = follower.waited(app.store.happenings_after(after, AT_ONCE)).await?;
        purge_before_telling(app, &happenings);
        tell_each(app, &happenings).await;
        all_told &= happenings.iter().all(|happening| app.told.holds(happening.id));
        let Some(last) = happenings.last() else { break };
        after = last.id;
        follower.newest = follower.newest.max(Some(last.id));
        if happenings.len() < AT_ONCE as usize {
            break;
        }
    }
    app.told.forget_before(overlap_before(overlap_before(newest)));
    if all_told {
        app.quiet.read(OPEN_PAGES, follower.newest.unwrap_or(newest), (begun, Instant::now()));
    }
    Ok(())
}

/// Other stories are nearest to these than before, as the background found out: no happening, and nothing that an open page shows
/// by itself. Other processes' pages show it when they are made anew.
pub fn tell_of_kin(app: &App, stories: &[StoryId]) {
    app.page_cache.purge(&stories.iter().copied().map(Tag::Story).collect::<Vec<_>>());
}

/// The match.
async fn tell_all(app: &App, what: &What) -> Result<(), StoreError> {
    match what {
        What::StoryPublished { story } | What::StoryWithdrawn { story } => {
            if matches!(what, What::StoryWithdrawn { .. }) {
                app.meaning.stories().forget(*story);
            }
            purge_text(app, *story).await?;
            strip::tell_of(app, *story).await?;
        }
        What::StoryCorrected { story } | What::StoryUpdated { story } | What::StoryChanged { story } => {
            purge_text(app, *story).await?
        }
        What::PictureReplaced { story, .. } | What::CommentPolicyChanged { story } | What::CardDrawn { story } => {
            purge_story(app, *story).await?;
        }
        of_picture!(name) => purge_picture(app, name).await?,
        What::StripRaised { .. } | What::StripEnded { .. } => strip::tell(app).await?,
        of_issues!() => app.page_cache.purge(&[Tag::Issues]),
        of_coverage!() => coverage::tell(app, what).await?,
        // No story holds a picture that is removed; a slot of the front page may have named it.
        What::StoryLed { .. } | What::FrontLaunched { .. } | What::PictureRemoved { .. } => {
            app.page_cache.purge(&[Tag::Front]);
        }
        What::CommentReleased { story, comment, .. }
        | What::CommentWithdrawn { story, comment }
        | What::CommentErased { story, comment }
        | What::CommentTakenDown { story, comment, .. }
        | What::RulingUndone { story, comment, .. }
        | What::CommentCollapsed { story, comment, .. } => {
            tell_everybody(app, *story, *comment, matches!(what, What::CommentReleased { .. })).await?;
        }
        What::CommentHeld { .. }
        | What::CommentRewritten { .. }
        | What::CommentRefused { .. }
        | What::CommentReported { .. }
        | What::AppealMade { .. }
        | What::AppealDecided { .. }
        | What::CommentAssigned { .. }
        | What::CommentEscalated { .. }
        | What::Imported { .. } => tell_desk(app).await?,
        What::CommentFeatured { story, comment, .. } => tell_chosen(app, *story, *comment).await?,
        What::SectionAdded { .. }
        | What::SectionRenamed { .. }
        | What::SectionMoved { .. }
        | What::SectionRemoved { .. } => app.page_cache.purge(&[Tag::Frame]),
        What::PageChanged { slug } | What::PageRemoved { slug } | What::PageReturned { slug } => {
            app.page_cache.purge(&[Tag::Page(slug.clone()), Tag::Frame])
        }
        What::SiteChanged { .. } | What::PaperWaysChanged { .. } => strip::take_up(app).await?,
        What::FollowersChanged { .. } => app.followers.take_up(&app.store).await?,
        What::RulebookChanged { .. } => app.rules.take_up(app.store.rulebook().await?.as_ref()),
        What::ActingChanged { .. } => app.acting.take_up(app.store.acting().await?),
        What::LearningChanged { .. } => app.own.take_up(&app.store, &app.models).await?,
        What::ApiKeyAdded { .. } | What::ApiKeyRevoked { .. } => app.callers.forget(),
        for_the_log_alone!() => {}
    }
    Ok(())
}

/// The paper has chosen a comment, or no longer.
async fn tell_chosen(app: &App, story: StoryId, comment: CommentId) -> Result<(), StoreError> {
    app.page_cache.purge(&[Tag::Story(story)]);
    tell_readers(app, story, comment, false).await
}

/// Whoever reads, and the desk.
async fn tell_everybody(app: &App, story: StoryId, comment: CommentId, released: bool) -> Result<(), StoreError> {
    purge_story(app, story).await?;
    tell_readers(app, story, comment, released).await?;
    tell_desk(app).await
}

/// Open pages of the story get what a fresh visit would show: the entry is read again through the one door out, so that
/// what was never released cannot be told.
async fn tell_readers(app: &App, story: StoryId, comment: CommentId, released: bool) -> Result<(), StoreError> {
    if !app.hub.has_story_listeners(story) {
        return Ok(());
    }
    let Some(entry) = app.store.entry_of(story, comment).await? else { return Ok(()) };
    let Story::Published(published) = app.store.story(story).await? else { return Ok(()) };
    if published.comments == CommentPolicy::Hidden {
        return Ok(());
    }
    let Ok(html) = Look::new(app, &published).entry(&entry) else { return Ok(()) };
    app.hub.tell_story(story, news(&entry, html.into_html(), released));
    app.hub.tell_story(story, Told::Count(app.store.released_count(story).await?));
    Ok(())
}

fn news(entry: &ThreadEntry, html: String, released: bool) -> Told {
    match &entry.stands {
        Stands::Comment { .. } if released => Told::Comment { number: entry.number, root: entry.root, html },
        _ => Told::Changed { number: entry.number, html },
    }
}

/// Open desks are told who decided about a comment, so that nobody else goes on reading it.
async fn tell_settled(app: &App, happening: &Happening) -> Result<(), StoreError> {
    let settled = matches!(
        happening.what,
        What::CommentReleased { .. } | What::CommentRefused { .. } | What::CommentTakenDown { .. }
    );
    if let (true, Actor::Staff(by), Some(comment)) = (settled, happening.by, happening.what.comment())
        && app.hub.has_desk_listeners()
    {
        let staff = app.store.staff().await?;
        let name = staff.into_iter().find(|somebody| somebody.id == by).map(|somebody| somebody.name);
        app.hub.tell_desk(Told::Settled { comment, by, name: name.unwrap_or_default() });
    }
    Ok(())
}

async fn tell_desk(app: &App) -> Result<(), StoreError> {
    if app.hub.has_desk_listeners() {
        app.hub.tell_desk(Told::Desk(Arc::new(app.store.desk_counts().await?)));
    }
    Ok(())
}
