//! A ruling by a program is that of the member of the staff whose key it shows, and goes the road of all rulings.

use super::asked::{Place, Sent, whole};
use super::problem::ApiProblem;
use super::program::Program;
use super::queue::found;
use super::stories::named;
use crate::aftermath;
use crate::app::App;
use arabic::runs::clusters;
use axum::Json;
use axum::extract::State;
use axum::http::StatusCode;
use newsroom::RulingId;
use newsroom::comment::{Decision, RefusalReason, Revision, RuledBy, Ruling, State as CommentState};
use newsroom::people::Scope;
use serde::{Deserialize, Serialize};
use store::queue::QueueEntry;
use utoipa::ToSchema;

/// Grapheme clusters of what is written beside a ruling.
const MOST_WHY: usize = 1_000;

/// What is decided.
#[derive(Debug, Clone, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct NewRuling {
    /// `release` or `refuse`; to refuse what is public is to take it down.
    #[schema(pattern = "^(release|refuse)$")]
    decision: String,
    /// The words that were read: the comment's `revision`.
    #[serde(deserialize_with = "whole")]
    revision: i64,
    /// The comment's `state` as it was read; where it is another one by now, nothing is done.
    #[serde(default)]
    state: Option<String>,
    /// The house rule that it breaks: `insult`, `off-topic`, `advertising`, `repeated`, `private-data`, `unverified-claim`,
    /// `violence`, `other`, `unlawful`. With `refuse`.
    reason: Option<String>,
    /// For colleagues; with `other` and `unlawful` for the author too, and then it may not be empty.
    #[serde(default)]
    why: String,
}

/// Whose ruling is undone.
#[derive(Debug, Clone, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct Undo {
    /// The short id of the story.
    story: String,
}

/// What became of a comment.
#[derive(Debug, Serialize, ToSchema)]
pub struct Ruled {
    /// The short id of the ruling.
    ruling: String,
    /// The short id of the comment.
    comment: String,
    /// Its state now.
    state: String,
    /// Its number, if it was ever public.
    number: Option<i64>,
}

/// Rules on a comment.
#[utoipa::path(post, path = "/api/v1/queue/{story}/{comment}/ruling", tag = "moderation",
    params(("story" = String, Path, description = "The story's short id"), ("comment" = String, Path, description = "Its short id")),
    request_body = NewRuling, responses((status = 201, description = "It was carried out", body = Ruled)))]
pub async fn rule(
    program: Program,
    State(app): State<App>,
    Place((story, comment)): Place<(String, String)>,
    Sent(new): Sent<NewRuling>,
) -> Result<(StatusCode, Json<Ruled>), ApiProblem> {
    let entry = found(&app, &program, &story, &comment).await?;
    let decision = new.decision(&entry)?;
    if clusters(&new.why) > MOST_WHY {
        return Err(ApiProblem::Refused(vec!["why".into()]));
    }
    let at = app.now();
    let ruling = Ruling {
        id: RulingId(app.store.id(at)),
        story: entry.story,
        comment: entry.comment,
        decision,
        by: RuledBy::Staff(program.staff().id),
        at,
        why: new.why.replace('\0', "").trim().to_owned(),
    };
    let happening = app.store.rule(&ruling, Revision(new.revision)).await?;
    aftermath::tell(&app, &happening).await;
    let now = app.store.queue_entry(entry.story, entry.comment).await?;
    Ok((StatusCode::CREATED, Json(Ruled::of(ruling.id, &now))))
}

/// Undoes the last ruling on a comment: it is again what it was before.
#[utoipa::path(post, path = "/api/v1/rulings/{ruling}/undo", tag = "moderation",
    params(("ruling" = String, Path, description = "Its short id")), request_body = Undo,
    responses((status = 200, description = "It was undone", body = Ruled)))]
pub async fn undo(
    program: Program,
    State(app): State<App>,
    Place(ruling): Place<String>,
    Sent(undo): Sent<Undo>,
) -> Result<Json<Ruled>, ApiProblem> {
    program.needs(Scope::CommentsModerate, &[])?;
    let ruling = RulingId::from_short(&ruling).ok_or(ApiProblem::NotFound)?;
    let story = named(&undo.story)?;
    program.answers_for(&app, story).await?;
    let happening = app.store.undo(ruling, story, program.actor(), app.now()).await?;
    aftermath::tell(&app, &happening).await;
    let comment = happening.what.comment().ok_or(ApiProblem::Broken)?;
    Ok(Json(Ruled::of(ruling, &app.store.queue_entry(story, comment).await?)))
}

impl NewRuling {
    /// What is public stays shown as it is.
    fn decision(&self, entry: &QueueEntry) -> Result<Decision, ApiProblem> {
        let public = entry.state == CommentState::Released;
        let is_overtaken = self.state.as_deref().is_some_and(|state| state != entry.state.key());
        // What a colleague decided is not decided again by a program that read it before: it is undone, or left.
        if is_overtaken || !(public || entry.state == CommentState::Held) {
            return Err(ApiProblem::Overtaken(entry.state.key().into()));
        }
        match self.decision.as_str() {
            "release" if public => Err(ApiProblem::Overtaken(entry.state.key().into())),
            "release" => Ok(Decision::Release { collapsed: false, links: false }),
            "refuse" => {
                let reason = self.reason.as_deref().and_then(RefusalReason::from_key);
                let reason = reason.ok_or_else(|| ApiProblem::Refused(vec!["reason".into()]))?;
                if reason.is_explained_to_author() && self.why.trim().is_empty() {
                    return Err(ApiProblem::Refused(vec!["why".into()]));
                }
                Ok(if public { Decision::TakeDown { reason } } else { Decision::Refuse { reason } })
            }
            _ => Err(ApiProblem::Malformed("/decision".into(), "release or refuse".into())),
        }
    }
}

impl Ruled {
    fn of(ruling: RulingId, entry: &QueueEntry) -> Self {
        Self {
            ruling: ruling.short(),
            comment: entry.comment.short(),
            state: entry.state.key().to_owned(),
            number: entry.number,
        }
    }
}
