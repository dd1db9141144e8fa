//! An old newspaper → this one: twice over what was kept, hundreds of stories at a time, each time in one transaction.
//!
//! The first reading finds what stories refer to and writes nothing; the second brings stories with their comments. While the
//! store writes one batch, the next one is read and made. Whoever is stopped in the middle begins again: what came is known
//! by its source.

use super::batch::Batches;
use super::left::Place;
use super::media::{Fetch, Files, Media};
use super::prepare::{Prepared, Preparing};
use super::report::{Report, SAMPLED, Sampled};
use super::sections::{list_addresses, sections};
use super::survey::Survey;
use super::{Broken, Kept};
use crate::MovingError;
use moderation::{Models, Rulebook};
use newsroom::happening::What;
use newsroom::people::Actor;
use newsroom::profile::Language;
use newsroom::{SectionId, Timestamp};
use std::future::Future;
use std::pin::{Pin, pin};
use std::sync::Arc;
use std::task::Poll;
use store::imported::Imported;
use store::traced::TRACED;
use store::{Store, StoreError};
use tracing::{Instrument, info_span};

/// Comments in one transaction: those of a batch, unless one story has very many.
const COMMENTS_AT_ONCE: usize = 2_000;
/// Addresses of lists in one transaction.
const ADDRESSES_AT_ONCE: usize = 500;

/// How an old newspaper is brought in.
#[derive(Clone)]
pub struct BringOptions {
    /// Look and report, keep nothing.
    pub dry_run: bool,
    /// Stories that readers had are public at once, with their old dates; else everything is a draft.
    pub publish: bool,
    /// Comments that readers had are public at once, by the decision of the old paper; else all of them wait.
    pub release_approved: bool,
    /// The section of stories that stood in no category.
    pub section: Option<SectionId>,
    /// The paper's language, where a story's words do not show another.
    pub language: Language,
    /// The house rules by which waiting comments are examined.
    pub rulebook: Rulebook,
    /// What the engine that examines them has learned.
    pub models: Models,
    /// Files of pictures, where they are at hand.
    pub files: Option<Arc<Files>>,
    /// How the old site is asked for files that are not at hand; none: it is not asked.
    pub fetch: Option<Arc<Fetch>>,
    /// What is written beside every release: why, in the administrator's words.
    pub why: String,
}

/// How far a move is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Progress {
    /// The first reading, or the second.
    pub round: u8,
    /// Bytes that were read in it.
    pub read: u64,
    /// Bytes that there are.
    pub all: u64,
}

type Told<'t> = &'t mut (dyn FnMut(Progress) + Send);

/// Brings an old newspaper in. Bringing it in again brings what is new in it and leaves the rest as it is.
///
/// # Errors
/// [`MovingError::Broken`] where it cannot be read to its end: nothing was written then. [`MovingError::Store`]; bringing it
/// in again does the rest.
pub async fn bring(
    store: &Store,
    kept: &dyn Kept,
    options: &BringOptions,
    now: Timestamp,
    told: Told<'_>,
) -> Result<Report, MovingError> {
    let survey = Survey::of(kept, &mut |read, all| told(Progress { round: 1, read, all }))?;
    let mut report = Report {
        format: kept.format().to_owned(),
        title: crate::markup::title_text(&survey.site.title),
        address: survey.site.blog.clone(),
        dry_run: options.dry_run,
        released: options.release_approved,
        ..Report::default()
    };
    let nowhere = Place { file: "".into(), line: 0, column: 0 };
    let made = sections(store, &survey, &mut report, &nowhere, now).await?;
    report.writers = survey.writers.len() as u64;
    report.tags = survey.terms.keys().filter(|(kind, _)| *kind == super::TermKind::Tag).count() as u64;
    report.pictures.files = survey.pictures.len() as u64;
    let media = Media::new(options.files.clone(), options.fetch.clone(), &survey);
    let mut preparing = Preparing::new(store, &survey, &made, options, media, now);
    let mut batches = Batches::new(kept, survey.has_loose, options.fetch.is_some());
    let mut in_flight: Option<InFlight<'_>> = None;
    loop {
        let next = batches.next(&mut report);
        // Comments that stand elsewhere look for their stories in the store; and what was begun is finished, whatever comes.
        let waits = !matches!(&next, Ok(Some(batch)) if !batch.is_loose);
        if let Some(writing) = in_flight.take_if(|_| waits) {
            preparing.written(&writing.await?, &mut report);
        }
        let Some(batch) = next? else { break };
        let stories = i64::try_from(batch.pieces.len()).unwrap_or(i64::MAX);
        let span = info_span!(target: TRACED, "import a batch", midad.stories = stories);
        let preparation = preparing.prepare(batch, &mut report).instrument(span.clone());
        let prepared = beside(&mut in_flight, preparation).await?;
        if let Some(writing) = in_flight.take() {
            preparing.written(&writing.await?, &mut report);
        }
        if !options.dry_run {
            in_flight = Some(begun(Box::pin(write(store, prepared, &options.why, now).instrument(span))).await);
        }
        let (read, all) = kept.progress();
        told(Progress { round: 2, read, all });
    }
    finish(store, &survey, &preparing, &mut report, now).await?;
    Ok(report)
}

impl From<Broken> for MovingError {
    fn from(broken: Broken) -> Self {
        Self::Broken(broken)
    }
}

/// What the store said of a batch.
pub(super) struct Written {
    pub(super) stories: Vec<Imported>,
    pub(super) comments: Vec<bool>,
    pub(super) prepared: Tallied,
}

/// What a batch was, to be counted once it is written.
pub(super) struct Tallied {
    /// Of each story: it is a page that became a draft; it is public.
    pub(super) stories: Vec<(bool, bool)>,
    /// Of each comment: it is public.
    pub(super) comments: Vec<bool>,
}

type InFlight<'f> = Pin<Box<dyn Future<Output = Result<Written, StoreError>> + Send + 'f>>;

/// Sets a write going and comes back: the store's own thread does it while the next batch is made here.
async fn begun(mut writing: InFlight<'_>) -> InFlight<'_> {
    let mut early = None;
    std::future::poll_fn(|context| {
        if let Poll::Ready(done) = pin!(&mut writing).poll(context) {
            early = Some(done);
        }
        Poll::Ready(())
    })
    .await;
    match early {
        Some(done) => Box::pin(std::future::ready(done)),
        None => writing,
    }
}

/// Does the work, and sees to it meanwhile that what was set going goes on where it waits for an answer.
async fn beside<T>(in_flight: &mut Option<InFlight<'_>>, work: impl Future<Output = T>) -> T {
    let mut work = pin!(work);
    std::future::poll_fn(|context| {
        if let Some(writing) = in_flight
            && let Poll::Ready(done) = writing.as_mut().poll(context)
        {
            *writing = Box::pin(std::future::ready(done));
        }
        work.as_mut().poll(context)
    })
    .await
}

async fn write(store: &Store, prepared: Prepared, why: &str, now: Timestamp) -> Result<Written, StoreError> {
    let tallied = prepared.tallied();
    let Prepared { stories, comments, .. } = prepared;
    // In one piece where it can be: what comes behind is only sent when somebody waits for it.
    let mut rest = comments.into_iter().peekable();
    let some = rest.by_ref().take(COMMENTS_AT_ONCE).collect();
    let (stories, mut new) = store.import_archive((stories, some), Actor::Program, why, now).await?;
    while rest.peek().is_some() {
        let some = rest.by_ref().take(COMMENTS_AT_ONCE).collect();
        new.extend(store.import_archive_comments(some, why, now).await?);
    }
    Ok(Written { stories, comments: new, prepared: tallied })
}

/// Addresses of lists, the happening, and the proof: what the store has, and where old addresses lead.
async fn finish(
    store: &Store,
    survey: &Survey,
    preparing: &Preparing<'_>,
    report: &mut Report,
    now: Timestamp,
) -> Result<(), MovingError> {
    if report.dry_run {
        return Ok(());
    }
    store.make_due_probes().await?;
    let led = list_addresses(survey, &preparing.used_sections().await?, &preparing.tags, &preparing.writers);
    for some in led.chunks(ADDRESSES_AT_ONCE) {
        report.addresses.to_lists += store.put_redirects_to(some.to_vec(), now).await?;
    }
    let beginning = format!("{}:{}|", report.format, survey.site.blog);
    let came = (report.stories.public + report.stories.inside, report.comments.public + report.comments.inside);
    if came.0 + came.1 > 0 {
        let what = What::Imported { source: beginning.clone(), stories: came.0, comments: came.1 };
        store.note(Actor::Program, what, "", now).await?;
    }
    report.stored = Some(store.imported_count(&beginning).await?);
    for path in preparing.sampled(SAMPLED) {
        let found = store.redirect_of(std::slice::from_ref(&path)).await?;
        let leads = found.and_then(|found| match found.leads {
            store::redirects::Leads::Story(_) => found.slug,
            store::redirects::Leads::To(target) => Some(target),
        });
        report.addresses.sampled.push(Sampled { address: path, leads });
    }
    Ok(())
}
