//! The desk's page of the newsletter: whether and when it goes out, how it would look now, who gets it, and how the last ones fared.

use super::letter::sample;
use crate::aftermath;
use crate::app::App;
use crate::comments::when;
use crate::desk::Shell;
use crate::error::PageError;
use crate::guard::ManagingEditor;
use crate::layout::Frame;
use crate::mail::put_newsletter_trial;
use crate::page::{Answer, Page};
use askama::Template;
use axum::Form;
use axum::extract::{Query, State};
use axum::http::{HeaderValue, StatusCode, header};
use axum::response::{Html, IntoResponse, Redirect, Response};
use newsroom::FollowersId;
use newsroom::followers::{
    FollowersPart, MOST_GREETING, MOST_PER_MINUTE, MOST_STORIES, NewsletterField, NewsletterSettings, TypedNewsletter,
    Wish,
};
use newsroom::notices::Way;
use newsroom::people::EmailAddress;
use serde::Deserialize;
use store::StoreError;
use store::newsletter::{Counted, Edition};

/// Editions that are listed.
const LATELY: u32 = 14;
/// A letter as it would look, in a frame of the desk: its rules stand on the spot, and nothing in it runs or leads anywhere.
const LETTER_POLICY: &str =
    "default-src 'none'; style-src 'unsafe-inline'; img-src 'self' data:; frame-ancestors 'self'; sandbox";
/// What was done.
const DONE: [&str; 2] = ["kept", "trial"];

/// What was done a moment ago.
#[derive(Debug, Clone, Default, Deserialize)]
#[serde(default)]
pub struct DeskQuery {
    done: String,
}

/// The settings as they are sent.
#[derive(Debug, Clone, Default, Deserialize)]
#[serde(default)]
pub struct SettingsForm {
    seen: String,
    on: String,
    hour: String,
    weekday: String,
    greeting: String,
    stories: String,
    per_minute: String,
}

#[derive(Debug, Default)]
struct Said {
    done: Option<&'static str>,
    overtaken: bool,
    /// No address of their own to which a trial could go.
    no_address: bool,
    typed: Option<TypedNewsletter>,
    wrong: Vec<NewsletterField>,
}

#[derive(Template)]
#[template(path = "newsletter/desk.html")]
struct DeskPage {
    frame: Frame,
    shell: Shell,
    said: Said,
    seen: String,
    typed: TypedNewsletter,
    since: Option<String>,
    counted: Counted,
    editions: Vec<Edition>,
    has_sample: bool,
}

/// `GET /desk/newsletter`.
pub async fn show(editor: ManagingEditor, Query(query): Query<DeskQuery>, State(app): State<App>) -> Answer {
    let done = DONE.into_iter().find(|done| *done == query.done);
    page(&app, &editor, Said { done, ..Said::default() }).await
}

/// `POST /desk/newsletter`; or the page again with what was typed.
pub async fn keep(
    editor: ManagingEditor,
    State(app): State<App>,
    Form(form): Form<SettingsForm>,
) -> Result<Response, PageError> {
    let SettingsForm { seen, on, hour, weekday, greeting, stories, per_minute } = form;
    let typed = TypedNewsletter { on: !on.is_empty(), hour, weekday, greeting, stories, per_minute };
    let settings = match typed.read() {
        Ok(settings) => settings,
        Err(wrong) => {
            let said = Said { typed: Some(typed), wrong, ..Said::default() };
            let page = page(&app, &editor, said).await?;
            return Ok(page.with_status(StatusCode::UNPROCESSABLE_ENTITY).into_response());
        }
    };
    let part = (FollowersPart::Newsletter, FollowersId::from_short(&seen));
    match app.store.keep_follower_settings(part, &settings, editor.staff.id, app.now()).await {
        Ok(happening) => {
            aftermath::tell(&app, &happening).await;
            Ok(Redirect::to("/desk/newsletter?done=kept").into_response())
        }
        Err(StoreError::Conflict(_)) => {
            let said = Said { typed: Some(typed), overtaken: true, ..Said::default() };
            Ok(page(&app, &editor, said).await?.with_status(StatusCode::CONFLICT).into_response())
        }
        Err(other) => Err(other.into()),
    }
}

/// `GET /desk/newsletter/preview`: how it would look now, to be shown in a frame.
pub async fn preview(_: ManagingEditor, State(app): State<App>) -> Result<Response, PageError> {
    let told = looked_at(&app).await?.ok_or(PageError::NotFound)?;
    let mut response = Html(told.html).into_response();
    let head = response.headers_mut();
    head.insert(header::CONTENT_SECURITY_POLICY, HeaderValue::from_static(LETTER_POLICY));
    head.insert(header::CACHE_CONTROL, HeaderValue::from_static("private, no-store"));
    Ok(response)
}

/// `GET /desk/newsletter/preview.txt`: the same as plain text.
pub async fn preview_text(_: ManagingEditor, State(app): State<App>) -> Result<Response, PageError> {
    let told = looked_at(&app).await?.ok_or(PageError::NotFound)?;
    let head = [(header::CONTENT_TYPE, "text/plain; charset=utf-8"), (header::CACHE_CONTROL, "private, no-store")];
    Ok((head, told.text).into_response())
}

/// `POST /desk/newsletter/trial`: to the address at which they hear of the desk.
pub async fn send_trial(editor: ManagingEditor, State(app): State<App>) -> Result<Response, PageError> {
    let ways = app.store.ways_of(editor.staff.id).await?;
    let address = ways.iter().find(|way| way.way == Way::Mail).and_then(|way| EmailAddress::new(&way.address));
    if address.is_none() || !app.paper.sends_mail {
        let page = page(&app, &editor, Said { no_address: true, ..Said::default() }).await?;
        return Ok(page.with_status(StatusCode::UNPROCESSABLE_ENTITY).into_response());
    }
    put_newsletter_trial(&app, editor.staff.id).await?;
    Ok(Redirect::to("/desk/newsletter?done=trial").into_response())
}

/// As readers would have it, in the paper's language.
async fn looked_at(app: &App) -> Result<Option<super::letter::Told>, PageError> {
    let app = app.to_readers();
    let wish = Wish { language: app.paper.writing.language, ..Wish::default() };
    Ok(sample(&app, &wish).await?)
}

async fn page(app: &App, editor: &ManagingEditor, mut said: Said) -> Answer {
    let (frame, shell) = Shell::of_managing_editor(app, editor, "newsletter").await?;
    let kept = app.store.follower_settings::<NewsletterSettings>(FollowersPart::Newsletter).await?;
    let typed = said.typed.take().unwrap_or_else(|| TypedNewsletter::kept(&kept.settings));
    let since = kept.since.map(|(at, by)| {
        let words = [("name", by.as_str()), ("time", &when(&frame.t, &app.paper, at))];
        frame.t.with("followers.since", 1, &words)
    });
    let page = DeskPage {
        seen: kept.id.map(FollowersId::short).unwrap_or_default(),
        typed,
        since,
        counted: app.store.count_subscribers().await?,
        editions: app.store.editions(LATELY).await?,
        has_sample: looked_at(app).await?.is_some(),
        said,
        frame,
        shell,
    };
    Ok(Page::private(&page)?.with_frames(true))
}

impl DeskPage {
    fn done_words(&self, done: &str) -> String {
        self.frame.t.s(&format!("newsletter.desk.done.{done}"))
    }

    fn wrong(&self, field: &str) -> Option<String> {
        let field = self.said.wrong.iter().find(|wrong| wrong.key() == field)?;
        let most = match field {
            NewsletterField::Hour => 23_u64,
            NewsletterField::Weekday => 7,
            NewsletterField::Greeting => MOST_GREETING as u64,
            NewsletterField::Stories => u64::from(MOST_STORIES),
            NewsletterField::PerMinute => u64::from(MOST_PER_MINUTE),
        };
        let (t, key) = (&self.frame.t, format!("newsletter.desk.wrong.{}", field.key()));
        Some(t.with(&key, 1, &[("most", &t.number(most))]))
    }

    /// The days of a week: number, name, and whether it is chosen.
    fn weekdays(&self) -> Vec<(String, String, bool)> {
        let name = |day: u8| {
            let number = day.to_string();
            let chosen = arabic::digits::to_western(self.typed.weekday.trim()) == number;
            let words = self.frame.t.s(&format!("newsletter.weekday.{number}"));
            (number, words, chosen)
        };
        (1..=7).map(name).collect()
    }

    fn sends_mail(&self) -> bool {
        self.frame.paper().sends_mail
    }

    fn made(&self, edition: &Edition) -> String {
        let rhythm = self.frame.t.s(&format!("newsletter.rhythm.{}", edition.rhythm.key()));
        format!("{} · {rhythm}", when(&self.frame.t, self.frame.paper(), edition.until))
    }
}
