//! A comment from a page of another site. It waits like every comment; the first one gives its page a thread.

use super::member::Doubt;
use super::origin::{FromSite, SentFromSite};
use super::own;
use super::thread::{EmbedFormView, look};
use super::who::{KEY, Who};
use crate::aftermath;
use crate::app::App;
use crate::comments::{CommentForm, Told, Voucher, fragment, take_in};
use crate::error::PageError;
use crate::guard::{From, Pace, kept_as};
use crate::rendered::Rendered;
use axum::Form;
use axum::extract::State;
use axum::http::{HeaderMap, HeaderValue, StatusCode};
use axum::response::Response;
use newsroom::StoryId;
use newsroom::outside::OutsidePage;
use newsroom::people::Measures;
use newsroom::story::{CommentPolicy, Published};
use serde::Deserialize;
use std::sync::Arc;
use store::outside::{NoThread, OtherSite};

/// The longest title of a page, in letters: for the desk alone.
const MOST_TITLE: usize = 200;
/// Seconds after which a page that got no thread may try again.
const LATER: u64 = 600;

/// A comment as the script sends it, with the page.
#[derive(Debug, Clone, Default, Deserialize)]
#[serde(default)]
pub struct EmbedForm {
    url: String,
    title: String,
    #[serde(flatten)]
    comment: CommentForm,
}

/// `POST /embed/{site}/comments`.
pub async fn post(
    _: Pace,
    SentFromSite(site): SentFromSite,
    State(app): State<App>,
    from: From,
    headers: HeaderMap,
    Form(form): Form<EmbedForm>,
) -> Result<Response, PageError> {
    let app = app.to_readers();
    let page = FromSite(site.clone()).page(&form.url)?;
    let who = match Who::sends(&app, site.id, &headers).await? {
        Ok(who) => who,
        Err(doubt) => return Ok(doubt.answer(&app)),
    };
    let known = app.store.outside_thread(site.id, &page).await?;
    may_be_written_under(known.as_ref().map_or(site.said.policy, |thread| thread.comments))?;
    let mut typed = form.comment.clone();
    if let Some(member) = &who.member {
        typed.name.clone_from(&member.name);
    }
    if let Some(kept_back) = kept_back(&app, &who, &typed).await? {
        return Ok(kept_back);
    }
    let story = known.as_ref().map_or(StoryId(0), |thread| thread.id);
    let mut submitted = match typed.check(&app, story, who.visitor, app.now()).await? {
        Ok(submitted) => submitted,
        Err(problems) => {
            let typed = CommentForm { website: String::new(), ..typed };
            let view = EmbedFormView { problems, ..EmbedFormView::new(&app, app.words(), typed) };
            return Ok(fragment(StatusCode::UNPROCESSABLE_ENTITY, Rendered::of(&view)?));
        }
    };
    let thread = match known {
        Some(thread) => thread,
        None => {
            app.new_pages.take(from.0).map_err(|wait| PageError::TooFast { wait })?;
            first(&app, &site, &page, &form.title).await?
        }
    };
    submitted.story = thread.id;
    let comment = submitted.id;
    let by = who.member.as_ref().map(|member| Voucher::Token(site.id, member.token.0.as_str(), member.token.1));
    match take_in(&app, submitted, Some(from), by).await {
        Err(PageError::Overtaken) if by.is_some() => return Ok(Doubt::UsedUp.answer(&app)),
        other => other?,
    }
    let own = app.store.own_comment(thread.id, comment, who.visitor).await?;
    let mut answer = fragment(StatusCode::CREATED, own::render(&app, &look(&app, &thread), &own)?);
    if let Some(key) = who.key.as_deref().and_then(|key| HeaderValue::from_str(key).ok()) {
        answer.headers_mut().insert(KEY, key);
    }
    Ok(answer)
}

fn may_be_written_under(policy: CommentPolicy) -> Result<(), PageError> {
    match policy {
        CommentPolicy::Hidden => Err(PageError::NotFound),
        CommentPolicy::Closed => Err(PageError::CommentsClosed),
        CommentPolicy::OpenAfterReview | CommentPolicy::HeldBack => Ok(()),
    }
}

/// A measure that keeps somebody from commenting, or a warning that was not read yet; with what was typed.
async fn kept_back(app: &App, who: &Who, typed: &CommentForm) -> Result<Option<Response>, PageError> {
    if who.is_new {
        return Ok(None);
    }
    let id = who.visitor.id;
    let measures: Measures = app.store.measures_on_either(id, kept_as(app, id), app.now()).await?;
    if let Some(bar) = measures.bar() {
        let told = Rendered::of(&Told::of(app, app.words(), bar))?;
        return Ok(Some(fragment(StatusCode::FORBIDDEN, told)));
    }
    let Some(warning) = measures.warning() else { return Ok(None) };
    if typed.has_read(warning) {
        if let Some(happening) = app.store.acknowledge_measure(warning.id, id, app.now()).await? {
            aftermath::tell(app, &happening).await;
        }
        return Ok(None);
    }
    let typed = CommentForm { website: String::new(), warned: String::new(), ..typed.clone() };
    let warning = Some(Rendered::of(&Told::of(app, app.words(), warning))?);
    let view = EmbedFormView { warning, ..EmbedFormView::new(app, app.words(), typed) };
    Ok(Some(fragment(StatusCode::UNPROCESSABLE_ENTITY, Rendered::of(&view)?)))
}

/// The thread that a page has from its first comment on.
async fn first(app: &App, site: &Arc<OtherSite>, page: &OutsidePage, title: &str) -> Result<Published, PageError> {
    let title: String = arabic::clean::line(&title.replace('\0', "")).chars().take(MOST_TITLE).collect();
    match app.store.open_outside_thread(site.id, page, &title, app.now()).await? {
        Ok((thread, happening)) => {
            if let Some(happening) = happening {
                aftermath::tell(app, &happening).await;
            }
            Ok(thread)
        }
        Err(NoThread::Closed) => Err(PageError::CommentsClosed),
        Err(NoThread::TooMany) => Err(PageError::TooFast { wait: LATER }),
    }
}
