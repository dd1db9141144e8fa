//! What happened, read on from a cursor: whoever wants to be told by mail gets a job, once.

use super::{Job, KIND};
use crate::aftermath::ReadOn;
use crate::app::App;
use jiff::SignedDuration;
use newsroom::happening::{Happening, What};
use newsroom::people::NoticeKind;
use newsroom::{HappeningId, RulingId, VisitorId};
use std::collections::BTreeSet;
use store::StoreError;

/// Under this name the cursor is kept.
const NAME: &str = "mail";
/// What is undone so soon is told to nobody.
const WAITS: SignedDuration = SignedDuration::from_mins(2);

/// What this process has read already of the last while.
#[derive(Debug, Default)]
pub struct MailFollower(BTreeSet<HappeningId>);

/// Reads on. The first time ever it begins with what is newest: what was before is told to nobody.
///
/// # Errors
/// When the store cannot answer; what was not read is read the next time.
pub async fn follow(app: &App, follower: &mut MailFollower) -> Result<(), StoreError> {
    if !app.paper.sends_mail {
        return Ok(());
    }
    let Some(mut reading) = ReadOn::begin(app, NAME).await? else { return Ok(()) };
    while let Some(happenings) = reading.next(app).await? {
        for happening in &happenings {
            if !follower.0.contains(&happening.id) {
                put_jobs(app, happening).await?;
                follower.0.insert(happening.id);
            }
        }
    }
    reading.forget(&mut follower.0);
    Ok(())
}

/// The match: whom a happening concerns.
async fn put_jobs(app: &App, happening: &Happening) -> Result<(), StoreError> {
    match happening.what {
        What::CommentReleased { story, comment, ruling, .. } => {
            let Some(concerned) = app.store.concerned(story, comment).await? else { return Ok(()) };
            let answered = concerned.answered.filter(|answered| *answered != concerned.author);
            tell(app, answered, NoticeKind::Reply, Job::Reply(story, comment)).await?;
            decided(app, (story, comment), ruling).await
        }
        What::CommentRefused { story, comment, ruling, .. } | What::CommentTakenDown { story, comment, ruling, .. } => {
            decided(app, (story, comment), ruling).await
        }
        What::AppealDecided { story, comment, appeal, .. } => {
            let by = app.store.objector(appeal).await?.map(|(by, _, _)| by);
            tell(app, by, NoticeKind::Decision, Job::Objection(story, comment, appeal)).await
        }
        _ => Ok(()),
    }
}

/// A ruling concerns the comment's author, and whoever reported it.
async fn decided(
    app: &App,
    about: (newsroom::StoryId, newsroom::CommentId),
    ruling: Option<RulingId>,
) -> Result<(), StoreError> {
    let Some(ruling) = ruling else { return Ok(()) };
    let author = app.store.concerned(about.0, about.1).await?.map(|concerned| concerned.author);
    tell(app, author, NoticeKind::Decision, Job::Decision(about.0, about.1, ruling)).await?;
    for (report, by) in app.store.reports_settled(about, ruling).await? {
        tell(app, Some(by), NoticeKind::Decision, Job::Report(report)).await?;
    }
    Ok(())
}

/// A job, where the visitor is an account that wants to be told; the same one twice changes nothing.
async fn tell(app: &App, whom: Option<VisitorId>, kind: NoticeKind, job: Job) -> Result<(), StoreError> {
    let Some(whom) = whom else { return Ok(()) };
    let reader = app.store.reader_of(whom).await?;
    if !reader.is_some_and(|reader| reader.email.is_some() && reader.notices.wants(kind)) {
        return Ok(());
    }
    let payload = serde_json::to_string(&job).map_err(|problem| StoreError::Broken(problem.to_string()))?;
    let now = app.now();
    let due = now.saturating_add(WAITS).unwrap_or(now);
    app.store.put_job(KIND, &payload, &payload, due).await.map(drop)
}
