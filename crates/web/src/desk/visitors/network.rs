//! Who else sent from a network that a reader sent from. Whoever looks is written down; the address is nowhere.

use super::super::shell::Shell;
use super::page::is_there;
use crate::app::App;
use crate::comments::when;
use crate::error::PageError;
use crate::guard::Moderator;
use crate::layout::Frame;
use crate::page::{Answer, Page};
use askama::Template;
use axum::extract::{Path, State};
use newsroom::VisitorId;
use store::networks::Neighbour;

/// Neighbours on the page; where there are more, it says so.
const AT_ONCE: u32 = 50;
/// Looks that are shown.
const LOOKS: u32 = 20;

#[derive(Template)]
#[template(path = "desk/visitors/network.html")]
struct NetworkPage {
    frame: Frame,
    shell: Shell,
    visitor: VisitorId,
    days: u32,
    neighbours: Vec<(Neighbour, String)>,
    /// There are more than are shown.
    many: bool,
    looks: Vec<(String, String)>,
}

/// `POST /desk/visitors/{visitor}/network`: a form, since looking is written down.
pub async fn network(moderator: Moderator, Path(visitor): Path<String>, State(app): State<App>) -> Answer {
    let visitor = VisitorId::from_short(&visitor).filter(|_| app.paper.network_days > 0).ok_or(PageError::NotFound)?;
    app.store.visited(visitor).await?;
    if !is_there(&app, &moderator, visitor).await? {
        return Err(PageError::Forbidden);
    }
    let now = app.now();
    let mut neighbours = app.store.look_at_network(visitor, moderator.staff.id, AT_ONCE + 1, now).await?;
    let many = neighbours.len() > AT_ONCE as usize;
    neighbours.truncate(AT_ONCE as usize);
    let (frame, shell) = Shell::of_moderator(&app, &moderator, "visitor").await?;
    let day = |at| when(&frame.t, &app.paper, at);
    let neighbours = neighbours.into_iter().map(|one| (one.clone(), day(one.last_at))).collect();
    let staff = app.store.staff().await?;
    let name = |id| staff.iter().find(|one| one.id == id).map(|one| one.name.clone()).unwrap_or_default();
    let looks = app.store.network_looks(visitor, LOOKS).await?;
    let looks = looks.into_iter().map(|look| (name(look.by), day(look.at))).collect();
    let days = app.paper.network_days;
    Page::private(&NetworkPage { frame, shell, visitor, days, neighbours, many, looks })
}
