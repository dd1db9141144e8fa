//! Where things stand: an actor for the paper and one for each section, and an address of its own for each story. The addresses hold
//! ids, so that they stay when a name changes: other servers never forget them.

use crate::app::App;
use crate::layout::address;
use crate::paper::Paper;
use newsroom::followers::{Followed, PAPER_HANDLE, is_handle};
use newsroom::section::Section;
use newsroom::{SectionId, StoryId};
use percent_encoding::percent_decode_str;

/// Everybody (ActivityPub, 5.6), and the two other ways in which servers write it.
pub(super) const PUBLIC: &str = "https://www.w3.org/ns/activitystreams#Public";
const PUBLIC_TOO: [&str; 2] = ["as:Public", "Public"];
/// The vocabulary.
pub(super) const CONTEXT: &str = "https://www.w3.org/ns/activitystreams";

/// It stands for everybody.
pub(super) fn is_public(to: &str) -> bool {
    to == PUBLIC || PUBLIC_TOO.contains(&to)
}

/// The address of an actor.
pub(super) fn actor(paper: &Paper, followed: Followed) -> String {
    match followed {
        Followed::Paper => address::whole(paper, "/fediverse/paper"),
        Followed::Section(section) => address::whole(paper, &format!("/fediverse/sections/{section}")),
    }
}

/// Where all of the paper's actors are told something.
pub(super) fn shared_inbox(paper: &Paper) -> String {
    address::whole(paper, "/fediverse/inbox")
}

/// The list of those who follow an actor.
pub(super) fn followers(paper: &Paper, followed: Followed) -> String {
    format!("{}/followers", actor(paper, followed))
}

/// The name of an actor's key. All of them sign by the same one.
pub(super) fn key_name(paper: &Paper, followed: Followed) -> String {
    format!("{}#main-key", actor(paper, followed))
}

/// The address of a story for other servers.
pub(super) fn story(paper: &Paper, id: StoryId) -> String {
    address::whole(paper, &format!("/fediverse/stories/{id}"))
}

/// The host of an address, with its port where one is named, in small letters.
pub(super) fn host(url: &str) -> Option<String> {
    let (scheme, rest) = url.split_once("://")?;
    let host = rest.split(['/', '?', '#']).next().filter(|host| !host.is_empty() && !host.contains('@'))?;
    matches!(scheme, "https" | "http").then(|| host.to_ascii_lowercase())
}

/// The paper's own host.
pub(super) fn own_host(paper: &Paper) -> String {
    host(&paper.address).unwrap_or_default()
}

/// The handle of a section: its name in addresses, where every server can read that.
pub fn handle_of(section: &Section) -> String {
    match is_handle(&section.slug) {
        true => section.slug.clone(),
        false => format!("section_{:x}", section.id.0),
    }
}

/// Every actor's handle, whole (`@paper@example.org`), with its name; the paper's own first.
pub fn handles(paper: &Paper, sections: &[Section]) -> Vec<(Followed, String, String)> {
    let whole = |handle: &str| format!("@{handle}@{}", own_host(paper));
    let sections = sections
        .iter()
        .map(|section| (Followed::Section(section.id), whole(&handle_of(section)), section.name.clone()));
    [(Followed::Paper, whole(PAPER_HANDLE), paper.name.clone())].into_iter().chain(sections).collect()
}

/// Whom an address of ours names.
pub(super) fn followed_at(paper: &Paper, url: &str) -> Option<Followed> {
    let path = own_path(paper, url)?;
    match path.strip_prefix("/fediverse/")? {
        "paper" => Some(Followed::Paper),
        other => other.strip_prefix("sections/").and_then(SectionId::from_short).map(Followed::Section),
    }
}

/// The slug or the id of the story that an address of ours names: the one for other servers, readers' own, and the short one.
pub(super) fn story_at(paper: &Paper, url: &str) -> Option<String> {
    let path = own_path(paper, url)?;
    let named = ["/fediverse/stories/", "/stories/", "/s/"].into_iter().find_map(|before| path.strip_prefix(before))?;
    part(named.split(['#', '?']).next()?)
}

/// What the last part of a path names.
pub(super) fn part(named: &str) -> Option<String> {
    let named = Some(named).filter(|named| !named.is_empty() && !named.contains('/'))?;
    let decoded = percent_decode_str(named).decode_utf8().ok()?;
    (!decoded.contains('\0')).then(|| decoded.into_owned())
}

fn own_path<'u>(paper: &Paper, url: &'u str) -> Option<&'u str> {
    let path = url.strip_prefix(paper.address.trim_end_matches('/'))?;
    path.starts_with('/').then_some(path)
}

/// The section of an id.
pub(super) async fn section(app: &App, id: SectionId) -> Result<Option<Section>, store::StoreError> {
    Ok(app.store.sections().await?.into_iter().find(|section| section.id == id))
}
