//! What exactly an order takes from the public is looked at, and then taken, all at once.

use super::clock::{OpenOrder, clocks};
use super::envelope::removal;
use super::page::{again, known};
use crate::aftermath;
use crate::app::App;
use crate::comments::when;
use crate::desk::{Shell, which};
use crate::error::PageError;
use crate::guard::ManagingEditor;
use crate::layout::Frame;
use crate::page::Page;
use crate::rulebook::{Sent, field};
use askama::Template;
use axum::Form;
use axum::extract::{Path, State};
use axum::http::StatusCode;
use axum::response::{IntoResponse, Redirect, Response};
use newsroom::comment::Revision;
use newsroom::{CommentId, StoryId};
use percent_encoding::percent_decode_str;
use std::collections::BTreeSet;
use store::StoreError;
use store::orders::{ENDED, Order};
use store::queue::{Asked, ORDERED, QueueEntry};
use store::stories::Found;

/// Comments of one go.
const MOST: usize = 200;
/// Of what is looked for by words so many are shown.
const FOUND: u32 = 30;

/// A comment by its ids.
type About = (StoryId, CommentId);

#[derive(Template)]
#[template(path = "orders/preview.html")]
struct PreviewPage {
    frame: Frame,
    shell: Shell,
    order: Order,
    clock: Option<OpenOrder>,
    chosen: Vec<Line>,
    /// Copies of what was chosen, and what was found by words.
    others: Vec<Line>,
    /// Lines that are no address of a comment.
    unknown: Vec<String>,
    words: String,
    why: String,
    has_keys: bool,
    problem: Option<&'static str>,
}

struct Line {
    entry: QueueEntry,
    when: String,
    /// What will be done about it.
    will: String,
}

/// `POST /desk/orders/{order}/preview`.
pub async fn preview(
    editor: ManagingEditor,
    Path(order): Path<String>,
    State(app): State<App>,
    Form(sent): Form<Vec<(String, String)>>,
) -> Result<Response, PageError> {
    let order = known(&app, &order).await?;
    page(&app, &editor, order, &sent, None).await
}

/// `POST /desk/orders/{order}/execution`: all of it in one transaction, or nothing.
pub async fn carry_out(
    editor: ManagingEditor,
    Path(order): Path<String>,
    State(app): State<App>,
    Form(sent): Form<Vec<(String, String)>>,
) -> Result<Response, PageError> {
    let order = known(&app, &order).await?;
    let why = arabic::clean::line(&field(&sent, "why").replace('\0', ""));
    let chosen = chosen(&sent);
    if field(&sent, "sure") != "yes" {
        return page(&app, &editor, order, &sent, Some("order.sure-missing")).await;
    }
    if chosen.is_empty() && why.is_empty() {
        return again(&app, &editor, &order, (field(&sent, "addresses").to_owned(), why), "order.nothing-why").await;
    }
    if chosen.len() > MOST || why.chars().count() > 1_000 {
        return Err(PageError::TooLarge);
    }
    let about: Vec<About> = chosen.iter().map(|(about, _)| *about).collect();
    let (entries, keys) = (app.store.queue_entries(&about).await?, app.store.order_keys().await?);
    let as_read = |entry: &QueueEntry| chosen.contains(&((entry.story, entry.comment), Some(entry.revision)));
    if entries.len() != chosen.len() || !entries.iter().all(as_read) {
        return page(&app, &editor, order, &sent, Some("order.rewritten")).await;
    }
    let mut removals = Vec::with_capacity(entries.len());
    for entry in &entries {
        removals.push(removal(&app, &order, entry, &keys).await?);
    }
    match app.store.carry_out_order(order.id, removals, (editor.staff.id, &why), app.now()).await {
        Ok(happened) => {
            aftermath::tell_each(&app, &happened).await;
            Ok(Redirect::to(&format!("/desk/orders/{}", order.id)).into_response())
        }
        Err(StoreError::Conflict(why)) => {
            let problem = match why.as_str() {
                ORDERED => "order.ordered",
                ENDED => "order.ended",
                _ => "order.rewritten",
            };
            page(&app, &editor, order, &sent, Some(problem)).await
        }
        Err(error) => Err(error.into()),
    }
}

async fn page(
    app: &App,
    editor: &ManagingEditor,
    order: Order,
    sent: &Sent,
    problem: Option<&'static str>,
) -> Result<Response, PageError> {
    let (mut about, mut unknown): (Vec<About>, Vec<String>) =
        (chosen(sent).into_iter().map(|(about, _)| about).collect(), Vec::new());
    for line in field(sent, "addresses").lines().map(str::trim).filter(|line| !line.is_empty()).take(MOST) {
        match at_address(app, line).await? {
            Some(one) => about.push(one),
            None => unknown.push(line.to_owned()),
        }
    }
    let mut seen = BTreeSet::new();
    about.retain(|one| seen.insert(*one));
    about.truncate(MOST);
    let chosen = app.store.queue_entries(&about).await?;
    let words = field(sent, "words").to_owned();
    let others = others(app, &about, &words).await?;
    let (frame, shell) = Shell::of_managing_editor(app, editor, "orders").await?;
    let clock = clocks(app, &frame.t, &editor.staff).await?.into_iter().find(|clock| clock.id == order.id);
    let lines = |entries: Vec<QueueEntry>| entries.into_iter().map(|one| Line::new(app, &frame, one)).collect();
    let (chosen, others) = (lines(chosen), lines(others));
    let (why, has_keys) = (field(sent, "why").to_owned(), !app.store.order_keys().await?.is_empty());
    let page = PreviewPage { frame, shell, order, clock, chosen, others, unknown, words, why, has_keys, problem };
    let status = if problem.is_some() { StatusCode::CONFLICT } else { StatusCode::OK };
    Ok(Page::private(&page)?.with_status(status).into_response())
}

/// Copies of what was chosen, and what has the words that are looked for.
async fn others(app: &App, chosen: &[About], words: &str) -> Result<Vec<QueueEntry>, PageError> {
    let mut others: BTreeSet<About> = BTreeSet::new();
    for about in chosen.iter().take(20) {
        others.extend(app.store.copies_of(*about).await?);
    }
    let mut entries = Vec::new();
    if !words.trim().is_empty() {
        let asked = Asked { words: words.to_owned(), ..Asked::default() };
        entries = app.store.find_for_desk(&asked, FOUND).await?.entries;
    }
    others.retain(|about| !chosen.contains(about));
    entries.retain(|entry| {
        let about = (entry.story, entry.comment);
        !chosen.contains(&about) && !others.contains(&about)
    });
    let others: Vec<About> = others.into_iter().take(MOST).collect();
    let mut copies = app.store.queue_entries(&others).await?;
    copies.append(&mut entries);
    Ok(copies)
}

/// What was ticked, once each.
fn chosen(sent: &Sent) -> Vec<(About, Option<Revision>)> {
    let ticked = sent.iter().filter(|(name, _)| name == "which").filter_map(|(_, value)| which(value));
    let mut seen = BTreeSet::new();
    let ticked = ticked.map(|(story, comment, read)| ((story, comment), read));
    ticked.filter(|(about, _)| seen.insert(*about)).collect()
}

/// The comment at an address: of the desk, or of the page where readers see it, by its number.
async fn at_address(app: &App, line: &str) -> Result<Option<About>, PageError> {
    let path = percent_decode_str(line).decode_utf8_lossy().into_owned();
    if let Some((_, ids)) = path.split_once("/desk/comments/") {
        let mut ids = ids.split(['/', '?', '#']);
        return Ok(StoryId::from_short(ids.next().unwrap_or_default())
            .zip(CommentId::from_short(ids.next().unwrap_or_default())));
    }
    let Some((_, rest)) = path.split_once("/stories/") else { return Ok(None) };
    let slug = rest.split(['/', '?', '#']).next().unwrap_or_default();
    let number = rest.split_once("#c-").or_else(|| rest.split_once("/comments/")).or_else(|| rest.split_once("at="));
    let number = number.map(|(_, number)| number.chars().take_while(char::is_ascii_digit).collect::<String>());
    let Some(number) = number.and_then(|number| number.parse().ok()) else { return Ok(None) };
    let story = match app.store.find_story(slug).await? {
        Some(Found::Here(story)) => story.id(),
        Some(Found::Moved { slug }) => match app.store.find_story(&slug).await? {
            Some(Found::Here(story)) => story.id(),
            _ => return Ok(None),
        },
        None => return Ok(None),
    };
    Ok(app.store.entry(story, number).await?.map(|(entry, _)| (story, entry.id)))
}

impl Line {
    fn new(app: &App, frame: &Frame, entry: QueueEntry) -> Self {
        let will = frame.t.s(&format!("order.will.{}", entry.state.key()));
        Self { when: when(&frame.t, &app.paper, entry.received_at), will, entry }
    }
}
