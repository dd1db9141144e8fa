//! How long what an order removed is kept and its authors are not told; and the order's end before its time.

use super::enter::silent_until;
use super::envelope::Envelope;
use super::files::Upload;
use super::page::{again, known};
use crate::aftermath;
use crate::app::App;
use crate::error::PageError;
use crate::guard::{ManagingEditor, Owner};
use crate::print::sha256;
use axum::Form;
use axum::extract::{Multipart, Path, State};
use axum::response::{IntoResponse, Redirect, Response};
use jiff::SignedDuration;
use newsroom::{CommentId, StoryId};
use serde::Deserialize;
use store::StoreError;
use store::orders::OTHER_FILE;

/// The longest single extension of keeping, in days.
const LONGEST: i64 = 366;

/// A change of the terms as typed.
#[derive(Debug, Clone, Default, Deserialize)]
#[serde(default)]
pub struct TermsForm {
    /// Kept for so many days more; empty: as it is.
    keep: String,
    /// Not told for so many days from now; `end`: told now; empty: as it is.
    silent: String,
    why: String,
}

/// `POST /desk/orders/{order}/terms`.
pub async fn change_terms(
    editor: ManagingEditor,
    Path(order): Path<String>,
    State(app): State<App>,
    Form(form): Form<TermsForm>,
) -> Result<Response, PageError> {
    let order = known(&app, &order).await?;
    let (now, why) = (app.now(), arabic::clean::line(&form.why.replace('\0', "")));
    if why.is_empty() || why.chars().count() > 1_000 {
        return again(&app, &editor, &order, (String::new(), why), "order.why-missing").await;
    }
    let silent = match form.silent.as_str() {
        "" => Some(order.entered.silent_until),
        "end" => Some(order.entered.silent_until.map(|until| until.min(now))),
        days => silent_until(days, now),
    };
    let days = arabic::digits::to_western(&form.keep);
    let keep = match (days.trim(), order.keep_until) {
        ("", until) => Some(until),
        (days, Some(until)) => days
            .parse()
            .ok()
            .filter(|days| (1..=LONGEST).contains(days))
            .map(|days: i64| Some(until.saturating_add(SignedDuration::from_hours(days * 24)).unwrap_or(until))),
        (_, None) => None,
    };
    let (Some(keep), Some(silent)) = (keep, silent) else {
        return again(&app, &editor, &order, (String::new(), why), "order.terms-wrong").await;
    };
    let happening = app.store.extend_order(order.id, (keep, silent), (editor.staff.id, &why), now).await?;
    aftermath::tell(&app, &happening).await;
    Ok(Redirect::to(&format!("/desk/orders/{}", order.id)).into_response())
}

/// `POST /desk/orders/{order}/reinstatement`: the order was annulled. The owner brings the opened file, whose number has to
/// be that of what was sealed, so that the words return exactly.
pub async fn reinstate(
    owner: Owner,
    Path(order): Path<String>,
    State(app): State<App>,
    form: Multipart,
) -> Result<Response, PageError> {
    let order = known(&app, &order).await?;
    let upload = Upload::read(form).await?;
    let field = |name: &str| upload.fields.get(name).map(String::as_str).unwrap_or_default();
    let about = field("which").split_once('.');
    let about = about.and_then(|(story, comment)| StoryId::from_short(story).zip(CommentId::from_short(comment)));
    let (about, why) = (about.ok_or(PageError::BadRequest("no such comment"))?, field("why").to_owned());
    let typed = (String::new(), why.clone());
    if why.is_empty() {
        return again(&app, &owner, &order, typed, "order.why-missing").await;
    }
    let words = match &upload.file {
        None => None,
        Some((_, content)) => match Envelope::read(content).filter(|envelope| envelope.about() == Some(about)) {
            Some(envelope) => Some((sha256(content), envelope.words())),
            None => return again(&app, &owner, &order, typed, "order.other-file").await,
        },
    };
    match app.store.reinstate_ordered(order.id, about, words, (owner.staff.id, &why), app.now()).await {
        Ok(happened) => {
            aftermath::tell_each(&app, &happened).await;
            Ok(Redirect::to(&format!("/desk/orders/{}", order.id)).into_response())
        }
        Err(StoreError::Conflict(why)) if why == OTHER_FILE => {
            again(&app, &owner, &order, typed, "order.other-file").await
        }
        Err(error) => Err(error.into()),
    }
}
