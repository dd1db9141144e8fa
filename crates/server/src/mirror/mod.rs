//! `midad mirror FOLDER`: the whole public paper as plain files, which work from any host, and from a stick without one. It is
//! asked for as a reader without any cookie asks, address by address, so that nothing can be in it that a reader could not
//! have; forms and programs are left out, and what has no place in it leads to the paper itself.

mod folder;
mod places;
mod rewritten;
mod search;

#[cfg(test)]
mod tests;

use crate::commands::text;
use crate::serve::open;
use crate::settings::Settings;
use crate::upkeep::{complain, print};
use anyhow::{Context, Result, anyhow};
use axum::Router;
use axum::body::{Body, to_bytes};
use axum::extract::ConnectInfo;
use axum::http::{Request, StatusCode, header};
use clap::ArgMatches;
use folder::Folder;
use indicatif::{ProgressBar, ProgressStyle};
use newsroom::Timestamp;
use places::Place;
use rewritten::{Page, Pages};
use search::Index;
use std::collections::{BTreeMap, BTreeSet, VecDeque};
use std::net::{Ipv4Addr, SocketAddr};
use std::path::Path;
use tower::ServiceExt;
use web::{App, Words};

/// Where the walk begins; everything else is found by links.
const BEGINNINGS: [&str; 9] = [
    "/",
    "/archive",
    "/search",
    "/robots.txt",
    "/sitemap.xml",
    "/favicon.ico",
    "/feed/rss",
    "/feed/atom",
    "/feed/json",
];
/// Bytes of an answer at most: a printed issue and some more.
const MOST_BYTES: usize = 256 * 1024 * 1024;
/// Links that lead nowhere which are told one by one.
const TOLD: usize = 20;
/// Known to the paper's own counts as a program, whose looks are not counted.
const AGENT: &str = "midad-mirror (bot)";

/// The walk through the paper.
struct Walk {
    router: Router,
    pages: Pages,
    folder: Folder,
    index: Index,
    seen: BTreeSet<String>,
    next: VecDeque<String>,
    /// Address and from where it was linked first.
    linked: BTreeMap<String, String>,
    broken: Vec<(String, String)>,
}

/// Writes the mirror.
pub async fn run(settings: &Settings, asked: &ArgMatches, t: &Words) -> Result<()> {
    let store = open(settings, t).await?;
    let app = App::new(store, settings.paper(t)?, settings.rulebook_file(t)?, None).await?;
    let readers = app.to_readers();
    let words = Words::new(readers.paper.writing.language, readers.paper.writing.digits);
    let note = words.with("mirror.note", 1, &[("when", &web::said_day(&readers.paper, Timestamp::now()))]);
    let folder = Folder::open(Path::new(text(asked, "folder"))).with_context(|| text(asked, "folder").to_owned())?;
    let pages = Pages::new(&readers.paper.address, &note, &words.s("mirror.go-there"));
    let mut walk = Walk {
        router: web::router(app.clone()),
        pages,
        folder,
        index: Index::default(),
        seen: BTreeSet::new(),
        next: VecDeque::new(),
        linked: BTreeMap::new(),
        broken: Vec::new(),
    };
    BEGINNINGS.iter().for_each(|beginning| walk.want(beginning, ""));
    walk.through(t).await?;
    let search = walk.index.script(&words)?;
    walk.folder.keep(search::FILE, search.as_bytes())?;
    let done = walk.folder.finish()?;
    for (from, to) in walk.broken.iter().take(TOLD) {
        complain(&t.with("cli.mirror.broken", 1, &[("from", from), ("to", to)]));
    }
    if walk.broken.len() > TOLD {
        complain(&t.n("cli.mirror.more-broken", walk.broken.len() - TOLD));
    }
    let numbers = [("written", t.number(done.written)), ("same", t.number(done.same)), ("gone", t.number(done.gone))];
    let numbers: Vec<(&str, &str)> = numbers.iter().map(|(name, n)| (*name, n.as_str())).collect();
    print(&t.with("cli.mirror.done", 1, &numbers));
    store::Store::clone(&app.store).close().await;
    Ok(())
}

impl Walk {
    /// An address is to be asked for, unless it was.
    fn want(&mut self, address: &str, from: &str) {
        if Place::of(address).is_some() && self.seen.insert(address.to_owned()) {
            self.linked.insert(address.to_owned(), from.to_owned());
            self.next.push_back(address.to_owned());
        }
    }

    async fn through(&mut self, t: &Words) -> Result<()> {
        let progress = ProgressBar::new(0).with_style(
            ProgressStyle::with_template("{bar:40} {pos}/{len} {msg}").unwrap_or_else(|_| ProgressStyle::default_bar()),
        );
        progress.set_message(t.s("cli.mirror.writing"));
        while let Some(address) = self.next.pop_front() {
            self.take(&address).await.with_context(|| address.clone())?;
            progress.set_length(self.seen.len() as u64);
            progress.inc(1);
        }
        progress.finish_and_clear();
        Ok(())
    }

    async fn take(&mut self, address: &str) -> Result<()> {
        let Some(place) = Place::of(address) else { return Ok(()) };
        let (status, headers, bytes) = self.ask(address).await?;
        if status.is_redirection() {
            let to = headers.get(header::LOCATION).and_then(|to| to.to_str().ok()).unwrap_or("/").to_owned();
            self.want(&to, address);
            let moved = self.pages.moved(&place, &to);
            return self.folder.keep(&place.file, moved.as_bytes());
        }
        if !status.is_success() {
            let from = self.linked.get(address).cloned().unwrap_or_default();
            self.broken.push((from, address.to_owned()));
            return Ok(());
        }
        let media_type = headers.get(header::CONTENT_TYPE).and_then(|of| of.to_str().ok()).unwrap_or_default();
        if media_type.starts_with("text/html") {
            let Page { html, links, told } = self.pages.page(&place, std::str::from_utf8(&bytes)?)?;
            links.iter().for_each(|link| self.want(link, address));
            self.index.add(address, &place, told);
            return self.folder.keep(&place.file, html.as_bytes());
        }
        if media_type.starts_with("text/css") {
            let (css, links) = rewritten::style(&place, std::str::from_utf8(&bytes)?);
            links.iter().for_each(|link| self.want(link, address));
            return self.folder.keep(&place.file, css.as_bytes());
        }
        self.folder.keep(&place.file, &bytes)
    }

    async fn ask(&self, address: &str) -> Result<(StatusCode, axum::http::HeaderMap, Vec<u8>)> {
        let mut request = Request::get(address).header(header::USER_AGENT, AGENT).body(Body::empty())?;
        request.extensions_mut().insert(ConnectInfo(SocketAddr::from((Ipv4Addr::LOCALHOST, 0))));
        let answer = self.router.clone().oneshot(request).await.map_err(|never| anyhow!("{never:?}"))?;
        let (head, body) = answer.into_parts();
        Ok((head.status, head.headers, to_bytes(body, MOST_BYTES).await?.to_vec()))
    }
}
