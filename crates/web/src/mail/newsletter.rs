//! Letters around the newsletter that somebody asked for themselves: the link that confirms an address, and a trial for the desk.

use super::letter::{Told, whole, words, written};
use super::{Job, KIND, Letter};
use crate::app::App;
use crate::guard::hash_of;
use crate::newsletter::{Purpose, end_of_link, key, trial_letter};
use crate::sign_in::token;
use newsroom::notices::Way;
use newsroom::people::EmailAddress;
use newsroom::{StaffId, SubscriberId};
use store::StoreError;

/// The letter with the link; where the newsletter comes there already, it says so instead.
pub(super) async fn link_letter(app: &App, id: SubscriberId) -> Result<Option<Letter>, StoreError> {
    let (token, now) = (token()?, app.now());
    let Some(armed) = app.store.arm_subscriber(id, &hash_of(&token), end_of_link(now), now).await? else {
        return Ok(None);
    };
    let t = words(app, armed.wish.language);
    let (kind, path) = match armed.confirms {
        true => ("confirm", format!("/newsletter/confirm/{token}")),
        false => ("known", format!("/newsletter/mine/{}", key(app, id, Purpose::Mine))),
    };
    let told = Told {
        subject: t.with(&format!("mail.newsletter.{kind}.subject"), 1, &[("paper", &app.paper.name)]),
        lines: vec![t.s(&format!("mail.newsletter.{kind}.text")), t.s("mail.newsletter.not-you")],
        link: Some((t.s(&format!("mail.newsletter.{kind}.go")), whole(app, &path))),
    };
    written(app, t, (armed.email, None), told, t.s("mail.newsletter.why")).map(Some)
}

/// The newsletter as it would look now, to the address at which a member of the staff hears of the desk.
pub(super) async fn trial(app: &App, staff: StaffId) -> Result<Option<Letter>, StoreError> {
    let here = app.store.staff_at_work().await?;
    if !here.iter().any(|one| one.id == staff) {
        return Ok(None);
    }
    let ways = app.store.ways_of(staff).await?;
    let to = ways.iter().find(|way| way.way == Way::Mail).and_then(|way| EmailAddress::new(&way.address));
    match to {
        Some(to) => trial_letter(app, to).await,
        None => Ok(None),
    }
}

/// A trial is to be sent; pressed twice within a minute it is one.
///
/// # Errors
/// When the store cannot answer.
pub async fn put_newsletter_trial(app: &App, staff: StaffId) -> Result<(), StoreError> {
    let payload = serde_json::to_string(&Job::NewsletterTrial(staff));
    let payload = payload.map_err(|problem| StoreError::Broken(problem.to_string()))?;
    let now = app.now();
    let once = format!("newsletter-trial:{}:{}", staff.0, now.as_second() / 60);
    app.store.put_job(KIND, &payload, &once, now).await.map(drop)
}
