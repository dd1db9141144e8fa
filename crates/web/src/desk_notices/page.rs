//! The page on which a colleague says what they want to hear of, by which way, and when not.

use super::form::Typed;
use super::is_offered;
use crate::app::App;
use crate::comments::when;
use crate::desk::Shell;
use crate::error::PageError;
use crate::guard::{Member, StaffMember};
use crate::layout::Frame;
use crate::page::{Answer, Page};
use crate::words::Words;
use askama::Template;
use axum::Form;
use axum::extract::{Query, State};
use axum::http::StatusCode;
use axum::response::{IntoResponse, Redirect, Response};
use newsroom::notices::{DeskNotice, MOST_WAITING_HOURS, Way};
use newsroom::people::Staff;
use serde::Deserialize;
use store::desk_notices::StaffWay;

/// What was done before this page was led to.
const DONE: [&str; 8] = ["kept", "asked", "confirmed", "code", "chat", "trial", "removed", "hook"];

/// What was done before this page was led to.
#[derive(Debug, Clone, Default, Deserialize)]
#[serde(default)]
pub struct Shown {
    done: String,
}

/// What a form brought to the page, beside what is kept.
#[derive(Debug, Default)]
pub(super) struct Said {
    /// The choices as they were sent; none: as they are kept.
    pub typed: Option<Typed>,
    /// The address as it was typed for a way.
    pub address: Option<(Way, String)>,
    /// The code as it was typed.
    pub code: String,
    /// The key of what was done.
    pub done: Option<&'static str>,
    /// The secret of the address of the web, shown once.
    pub secret: Option<String>,
    /// In which field something is wrong, and what: a key.
    pub wrong: Option<(&'static str, String)>,
}

#[derive(Template)]
#[template(path = "desk_notices/page.html")]
struct NoticesPage {
    frame: Frame,
    shell: Shell,
    kinds: Vec<DeskNotice>,
    ways: Vec<WayView>,
    typed: Typed,
    code: String,
    done: Option<&'static str>,
    secret: Option<String>,
    wrong: Option<(&'static str, String)>,
}

/// A way that the paper offers, as it is for this colleague.
struct WayView {
    way: Way,
    /// Where it leads; of an address of the web the host alone, for the rest may be a secret.
    leads_to: Option<String>,
    /// An address whose link was not opened yet, or a chat whose code was not typed.
    asked: Option<String>,
    /// Until when no code is taken.
    shut: Option<String>,
    /// Since when nothing could be delivered, and why.
    failed: Option<(String, String)>,
    /// Since when it is turned off.
    stopped: Option<String>,
    /// What stands in the box.
    typed: String,
}

/// `GET /desk/me/notices`.
pub async fn show(member: StaffMember, Query(shown): Query<Shown>, State(app): State<App>) -> Answer {
    let done = DONE.into_iter().find(|done| *done == shown.done);
    page(&app, &member, Said { done, ..Said::default() }).await
}

/// `POST /desk/me/notices`; or the page again with what was typed, and what is wrong with it.
pub async fn keep(
    member: StaffMember,
    State(app): State<App>,
    Form(pairs): Form<Vec<(String, String)>>,
) -> Result<Response, PageError> {
    let role = member.staff.role;
    let typed = Typed::sent(&pairs, role);
    match typed.read(role) {
        Ok(choices) => {
            app.store.keep_desk_choices(member.staff.id, &choices).await?;
            Ok(Redirect::to("/desk/me/notices?done=kept").into_response())
        }
        Err(problem) => {
            let wrong = Some((problem.field(), problem.key()));
            again(&app, &member, Said { typed: Some(typed), wrong, ..Said::default() }).await
        }
    }
}

/// The page after something that could not be done.
pub(super) async fn again(app: &App, member: &Member, said: Said) -> Result<Response, PageError> {
    let page = page(app, member, said).await?;
    Ok(page.with_status(StatusCode::UNPROCESSABLE_ENTITY).into_response())
}

pub(super) async fn page(app: &App, member: &Member, said: Said) -> Answer {
    let (frame, shell) = Shell::of_member(app, member, "me").await?;
    let staff: &Staff = &member.staff;
    let typed = match said.typed {
        Some(typed) => typed,
        None => Typed::kept(app.store.desk_choices(staff.id).await?),
    };
    let kept = app.store.ways_of(staff.id).await?;
    let offered = Way::ALL.into_iter().filter(|way| is_offered(app, *way));
    let view = |way| {
        let boxed = said.address.as_ref().filter(|(of, _)| *of == way).map(|(_, typed)| typed.clone());
        WayView::new(app, &frame.t, way, kept.iter().find(|one| one.way == way), boxed)
    };
    let page = NoticesPage {
        kinds: DeskNotice::ALL.into_iter().filter(|what| what.is_for(staff.role)).collect(),
        ways: offered.map(view).collect(),
        typed,
        code: said.code,
        done: said.done,
        secret: said.secret,
        wrong: said.wrong,
        frame,
        shell,
    };
    Page::private(&page)
}

impl WayView {
    fn new(app: &App, t: &Words, way: Way, kept: Option<&StaffWay>, boxed: Option<String>) -> Self {
        let said = |at| when(t, &app.paper, at);
        let address = kept.map(|kept| kept.address.clone()).filter(|address| !address.is_empty());
        let failed = kept.and_then(|kept| kept.failed_since.map(|at| (said(at), in_words(t, &kept.why))));
        let typed = boxed.or_else(|| address.clone().filter(|_| way != Way::Hook)).unwrap_or_default();
        Self {
            way,
            leads_to: address.map(|address| if way == Way::Hook { host(&address) } else { address }),
            asked: kept.and_then(|kept| kept.asked.clone()),
            shut: kept.and_then(|kept| kept.shut_until).filter(|until| *until > app.now()).map(said),
            failed,
            stopped: kept.and_then(|kept| kept.stopped_at).map(said),
            typed,
        }
    }

    fn key(&self) -> &'static str {
        self.way.key()
    }

    /// A code that went to a chat is awaited.
    fn takes_code(&self) -> bool {
        self.way == Way::Telegram && self.asked.is_some() && self.shut.is_none()
    }
}

/// The host of an address of the web.
fn host(address: &str) -> String {
    let rest = address.strip_prefix("https://").unwrap_or(address);
    rest.split(['/', '?']).next().unwrap_or_default().to_owned()
}

/// Why something could not be delivered.
pub fn in_words(t: &Words, why: &str) -> String {
    match why.split_once(' ') {
        Some((word, number)) => t.with(&format!("notice.undelivered.{word}"), 1, &[("number", number)]),
        None => t.s(&format!("notice.undelivered.{why}")),
    }
}

impl NoticesPage {
    fn kind_words(&self, kind: &DeskNotice) -> String {
        self.frame.t.s(&format!("notice.kind.{}", kind.key()))
    }

    fn way_words(&self, view: &WayView) -> String {
        self.frame.t.s(&format!("notice.way.{}", view.key()))
    }

    fn words_of(&self, view: &WayView, end: &str) -> String {
        self.frame.t.s(&format!("notice.way.{}.{end}", view.key()))
    }

    fn is_ticked(&self, kind: &DeskNotice, view: &WayView) -> bool {
        self.typed.choices.wants(*kind, view.way)
    }

    fn asks_hours(&self) -> bool {
        self.kinds.contains(&DeskNotice::Waiting)
    }

    fn most_hours(&self) -> u8 {
        MOST_WAITING_HOURS
    }

    fn wrong_at(&self, field: &str) -> Option<String> {
        let (_, key) = self.wrong.as_ref().filter(|(at, _)| *at == field)?;
        Some(self.frame.t.s(key))
    }

    fn done_words(&self, done: &str) -> String {
        self.frame.t.s(&format!("notice.done.{done}"))
    }

    fn failed_words(&self, since: &str, why: &str) -> String {
        self.frame.t.with("notice.failed-since", 1, &[("time", since), ("why", why)])
    }

    fn with_time(&self, key: &str, time: &str) -> String {
        self.frame.t.with(key, 1, &[("time", time)])
    }

    fn asked_words(&self, view: &WayView, address: &str) -> String {
        self.frame.t.with(&format!("notice.way.{}.asked", view.key()), 1, &[("address", address)])
    }
}
