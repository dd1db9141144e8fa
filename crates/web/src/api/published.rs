//! Stories go public and are taken back, by the same steps and the same list as at the desk.

use super::asked::{Place, Sent, whole};
use super::problem::ApiProblem;
use super::program::Program;
use super::stories::{Whole, named};
use crate::aftermath;
use crate::app::App;
use crate::editor::may_decide;
use crate::newsroom_desk::keeps_back;
use axum::Json;
use axum::extract::State;
use newsroom::people::{May, Scope};
use newsroom::story::{Change, NotYet, Published, Story};
use serde::Deserialize;
use store::stories::OnDesk;
use utoipa::ToSchema;

/// A publication.
#[derive(Debug, Clone, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct Publication {
    /// The number of the text that is to go public.
    #[serde(deserialize_with = "whole")]
    version: i64,
    /// What another text of a public story is: `correction`, `update` or `minor`.
    #[schema(pattern = "^(correction|update|minor)$")]
    change: Option<String>,
    /// What was wrong and is now right; with a correction alone.
    correction: Option<String>,
}

/// A withdrawal.
#[derive(Debug, Clone, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct Withdrawal {
    /// What readers are told in its place; may be empty.
    #[serde(default)]
    note: String,
}

/// Gives readers a draft, a withdrawn story again, or another text of a public one; or says everything that stands in the way.
#[utoipa::path(post, path = "/api/v1/stories/{story}/publication", tag = "stories",
    params(("story" = String, Path, description = "Its short id")), request_body = Publication,
    responses((status = 200, description = "Readers have it", body = Whole)))]
pub async fn publish(
    program: Program,
    State(app): State<App>,
    Place(story): Place<String>,
    Sent(sent): Sent<Publication>,
) -> Result<Json<Whole>, ApiProblem> {
    let story = decided(&app, &program, &story).await?;
    if story.version != sent.version {
        return Err(ApiProblem::Overtaken("version".into()));
    }
    let (id, version) = (story.story.id(), story.version);
    match story.story.clone() {
        Story::Published(was) => changed(&app, &program, &story, was, &sent).await?,
        _ => {
            let published = ready(&app, story).await?;
            let kept = app.store.publish_as_read(&published, version, program.actor(), "", app.now()).await?;
            aftermath::tell(&app, &kept.1).await;
        }
    }
    Ok(Json(Whole::of(&app, &app.store.on_desk(id).await?)))
}

/// Takes a public story back; its address says so.
#[utoipa::path(post, path = "/api/v1/stories/{story}/withdrawal", tag = "stories",
    params(("story" = String, Path, description = "Its short id")), request_body = Withdrawal,
    responses((status = 200, description = "It was taken back", body = Whole)))]
pub async fn withdraw(
    program: Program,
    State(app): State<App>,
    Place(story): Place<String>,
    Sent(sent): Sent<Withdrawal>,
) -> Result<Json<Whole>, ApiProblem> {
    let story = decided(&app, &program, &story).await?;
    let id = story.story.id();
    let Story::Published(published) = story.story else { return Err(ApiProblem::Overtaken(state_of(&story.story))) };
    let withdrawn = published.withdraw(&sent.note.replace('\0', ""), app.now());
    let happening = app.store.withdraw(&withdrawn, program.actor(), "").await?;
    aftermath::tell(&app, &happening).await;
    Ok(Json(Whole::of(&app, &app.store.on_desk(id).await?)))
}

fn state_of(story: &Story) -> String {
    let word = match story {
        Story::Draft(_) => "draft",
        Story::Published(_) => "published",
        Story::Withdrawn(_) => "withdrawn",
    };
    word.to_owned()
}

/// The story, where the key and its member may decide about it.
async fn decided(app: &App, program: &Program, story: &str) -> Result<OnDesk, ApiProblem> {
    program.needs(Scope::StoriesWrite, &[May::Publish])?;
    let story = app.store.on_desk(named(story)?).await?;
    if may_decide(program.staff(), &story) { Ok(story) } else { Err(ApiProblem::Forbidden) }
}

/// A draft or a withdrawn story as readers are to have it.
async fn ready(app: &App, story: OnDesk) -> Result<Published, ApiProblem> {
    let (now, list) = (app.now(), app.store.checklist().await?);
    let refused = |why: &str| ApiProblem::Refused(vec![why.to_owned()]);
    match story.story.clone() {
        Story::Draft(draft) => {
            story.work.may_go(now).map_err(|why| refused(why.key()))?;
            let not_ready = draft.publish_by(&list, &story.work, now);
            not_ready.map_err(|not_ready| ApiProblem::Refused(not_ready.keys()))
        }
        Story::Withdrawn(_) if story.work.legal_hold.is_some() => Err(refused(NotYet::LegalHold.key())),
        Story::Withdrawn(_) if keeps_back(&list, &story) => Err(refused("checklist")),
        Story::Withdrawn(withdrawn) => Ok(Published { text: story.text, ..withdrawn.restore() }),
        Story::Published(_) => Err(ApiProblem::Overtaken("published".into())),
    }
}

/// Another text of a public story, or a correction alone.
async fn changed(
    app: &App,
    program: &Program,
    story: &OnDesk,
    was: Published,
    sent: &Publication,
) -> Result<(), ApiProblem> {
    let refused = |why: &str| ApiProblem::Refused(vec![why.to_owned()]);
    let wrong = || ApiProblem::Malformed("/change".into(), "correction, update or minor".into());
    let how = sent.change.as_deref().ok_or_else(|| refused("change"))?;
    let how = Change::from_key(how).ok_or_else(wrong)?;
    let words = arabic::clean::lines(&sent.correction.clone().unwrap_or_default().replace('\0', ""));
    // With a correction, and with nothing else, what was wrong is said.
    if (how == Change::Correction) == words.is_empty() {
        return Err(refused("correction"));
    }
    if how != Change::Correction && !story.pending {
        return Err(refused("nothing-new"));
    }
    let kept_back = match story.pending {
        true => keeps_back(&app.store.checklist().await?, story),
        false => !story.text.bare().is_empty(),
    };
    if kept_back {
        return Err(refused("checklist"));
    }
    let now = app.now();
    if story.work.may_go(now) == Err(NotYet::LegalHold) {
        return Err(refused(NotYet::LegalHold.key()));
    }
    let published = Published { text: story.text.clone(), ..was };
    let published = match how {
        Change::Correction => published.correct(&words, now),
        Change::Update => published.updated(now),
        Change::Minor => published,
    };
    let kept = app.store.change_as_read(&published, story.version, how, program.actor(), now).await?;
    aftermath::tell(app, &kept).await;
    Ok(())
}
