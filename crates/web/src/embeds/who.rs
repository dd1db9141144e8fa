//! Who reads or writes under a page of another site: a browser with a key that it keeps for this site, or a member of the
//! site whom its token names. Browsers keep no cookie of ours there, and none is asked for.

use super::member::{Doubt, Member, verify};
use crate::app::App;
use crate::error::PageError;
use crate::guard::Seal;
use crate::passkeys::{read, written};
use axum::http::HeaderMap;
use newsroom::people::Visitor;
use newsroom::{OtherSiteId, Timestamp, VisitorId};

/// In which line a browser's key comes, and goes.
pub const KEY: &str = "midad-visitor";
/// In which line a site's token comes.
const TOKEN: &str = "midad-member";
/// As long as the paper's own cookie is kept.
const LIFE_SECONDS: i64 = 400 * 24 * 60 * 60;
const FRESH_SECONDS: i64 = LIFE_SECONDS / 2;
/// Visitor, time of issue and site, eight bytes each.
const BODY_BYTES: usize = 24;
const PURPOSE: &[u8] = b"embedded visitor";

/// Whoever sends something.
#[derive(Debug)]
pub struct Who {
    /// As which visitor.
    pub visitor: Visitor,
    /// Was never here before.
    pub is_new: bool,
    /// The key that the browser is to keep, where it has none or an old one.
    pub key: Option<String>,
    /// The member of the site as whom they write.
    pub member: Option<Member>,
}

impl Who {
    /// Whoever sends this; somebody new gets a key.
    ///
    /// # Errors
    /// When the store cannot answer; within, why a token is not believed.
    pub async fn sends(app: &App, site: OtherSiteId, headers: &HeaderMap) -> Result<Result<Self, Doubt>, PageError> {
        let now = app.now();
        if let Some(token) = line(headers, TOKEN) {
            let member = match verify(app, site, token, now).await? {
                Ok(member) => member,
                Err(doubt) => return Ok(Err(doubt)),
            };
            let known = app.store.known_outside_person(site, &member.mark).await?;
            let is_new = known.is_none();
            let visitor = match known {
                Some(known) => known,
                None => app.store.outside_person(site, &member.mark, now).await?,
            };
            return Ok(Ok(Self { visitor, is_new, key: None, member: Some(member) }));
        }
        let known = line(headers, KEY).and_then(|key| opened(app, site, key, now));
        let visitor = known.map_or_else(|| Visitor { id: VisitorId(app.store.id(now)) }, |(visitor, _)| visitor);
        let fresh = known.is_some_and(|(_, age)| age < FRESH_SECONDS);
        let key = (!fresh).then(|| sealed(app, site, visitor, now));
        Ok(Ok(Self { visitor, is_new: known.is_none(), key, member: None }))
    }

    /// Whoever looks, if they have sent something before.
    ///
    /// # Errors
    /// As [`Who::sends`].
    pub async fn looks(
        app: &App,
        site: OtherSiteId,
        headers: &HeaderMap,
    ) -> Result<Result<Option<Visitor>, Doubt>, PageError> {
        let now = app.now();
        if let Some(token) = line(headers, TOKEN) {
            return Ok(match verify(app, site, token, now).await? {
                Ok(member) => Ok(app.store.known_outside_person(site, &member.mark).await?),
                Err(doubt) => Err(doubt),
            });
        }
        Ok(Ok(line(headers, KEY).and_then(|key| opened(app, site, key, now)).map(|(visitor, _)| visitor)))
    }
}

/// The browser whose key this is, of whatever age, without a question to the store.
pub fn browser_of(app: &App, site: OtherSiteId, headers: &HeaderMap) -> Option<VisitorId> {
    line(headers, KEY).and_then(|key| opened(app, site, key, app.now())).map(|(visitor, _)| visitor.id)
}

fn line<'h>(headers: &'h HeaderMap, name: &str) -> Option<&'h str> {
    headers.get(name).and_then(|line| line.to_str().ok()).map(str::trim).filter(|line| !line.is_empty())
}

/// The visitor of a key that we sealed for this site, and the key's age in seconds.
fn opened(app: &App, site: OtherSiteId, key: &str, now: Timestamp) -> Option<(Visitor, i64)> {
    let (body, seal) = key.split_once('.')?;
    let body: [u8; BODY_BYTES] = read(body)?.try_into().ok()?;
    if !Seal::over(app, PURPOSE, &[&body]).matches_short(seal) {
        return None;
    }
    let number = |at: usize| body.get(at..at + 8)?.try_into().ok().map(i64::from_be_bytes);
    let (visitor, issued, of) = (number(0)?, number(8)?, number(16)?);
    let age = now.as_second() - issued;
    (of == site.0 && age <= LIFE_SECONDS).then_some((Visitor { id: VisitorId(visitor) }, age))
}

fn sealed(app: &App, site: OtherSiteId, visitor: Visitor, now: Timestamp) -> String {
    let body = [visitor.id.0.to_be_bytes(), now.as_second().to_be_bytes(), site.0.to_be_bytes()].concat();
    format!("{}.{}", written(&body), Seal::over(app, PURPOSE, &[&body]).short())
}
