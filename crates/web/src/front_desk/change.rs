//! Steps on the draft: slots exchange, rows move, come, grow and go.

use super::prepared::{Again, Taken, answer, asks, take};
use super::show::{self, Notice};
use super::view::anchor;
use crate::app::App;
use crate::error::PageError;
use crate::guard::{Editor, Member};
use axum::Form;
use axum::extract::State;
use axum::http::StatusCode;
use axum::response::{IntoResponse, Redirect, Response};
use newsroom::front::{At, Change, Impossible, Layout, RowKind};
use serde::Deserialize;
use store::front::{SavedDraft, Turn};

/// A step as the form sends it.
#[derive(Debug, Clone, Default, Deserialize)]
#[serde(default)]
pub struct ChangeForm {
    /// The version that the page showed.
    read: i64,
    /// What is done.
    act: String,
    /// On which row, by its key.
    row: String,
    /// On which of its slots, from 0.
    slot: usize,
    /// To where: a slot as `row/slot`, or the place of a row.
    to: String,
}

/// The version of the draft as a form sends it.
#[derive(Debug, Clone, Default, Deserialize)]
#[serde(default)]
pub struct ReadForm {
    /// The version that the page showed.
    pub(super) read: i64,
    /// `yes`: changes that others saved may go.
    pub(super) sure: String,
}

/// `POST /desk/front`.
pub async fn change(
    editor: Editor,
    State(app): State<App>,
    Form(form): Form<ChangeForm>,
) -> Result<Response, PageError> {
    let row = RowKind::from_key(&form.row).ok_or(PageError::BadRequest("no such row"))?;
    let at = At { row, slot: form.slot };
    let taken = take(&app, editor.staff.id, form.read, |layout| form.step(layout, at)).await?;
    let to = format!("/desk/front#{}", form.leads_to(at));
    let fields = vec![("act", form.act), ("row", form.row), ("slot", form.slot.to_string()), ("to", form.to)];
    let again = Again { action: "/desk/front".to_owned(), fields };
    answer(&app, &editor, taken, again, &to).await
}

/// `POST /desk/front/draft/undo`: the last step on the draft is taken back, whoever took it.
pub async fn undo(editor: Editor, State(app): State<App>, Form(form): Form<ReadForm>) -> Result<Response, PageError> {
    turn(&app, &editor, Turn::Back, form.read).await
}

/// `POST /desk/front/draft/redo`: the step that was taken back last is taken again.
pub async fn redo(editor: Editor, State(app): State<App>, Form(form): Form<ReadForm>) -> Result<Response, PageError> {
    turn(&app, &editor, Turn::Again, form.read).await
}

/// Goes along the steps; or shows what the draft became meanwhile. It is not offered again over that: the last step is
/// another one then.
async fn turn(app: &App, editor: &Member, turn: Turn, read: i64) -> Result<Response, PageError> {
    let done = if turn == Turn::Back { "undone" } else { "redone" };
    match app.store.turn_front_draft(turn, read, editor.staff.id, app.now()).await? {
        SavedDraft::Kept(_) => Ok(Redirect::to(&format!("/desk/front?done={done}")).into_response()),
        SavedDraft::Overtaken => {
            let page = show::page(app, editor, Notice::Problem("front-desk.overtaken")).await?;
            Ok(page.with_status(StatusCode::CONFLICT).into_response())
        }
    }
}

/// `POST /desk/front/draft/removal`: the next draft begins with the page that readers have.
pub async fn drop_draft(
    editor: Editor,
    State(app): State<App>,
    Form(form): Form<ReadForm>,
) -> Result<Response, PageError> {
    let again = || Again { action: "/desk/front/draft/removal".to_owned(), fields: Vec::new() };
    let question = ("front-desk.drop-sure", "front-desk.drop-yes");
    if let Some(asked) = asks(&app, &editor, &form, question, again()).await? {
        return Ok(asked);
    }
    let dropped = app.store.drop_front_draft(form.read).await?;
    let taken = if dropped { Taken::Kept } else { Taken::Overtaken };
    answer(&app, &editor, taken, again(), "/desk/front?done=dropped").await
}

impl ChangeForm {
    fn step(&self, layout: &Layout, at: At) -> Result<Change, Impossible> {
        let nowhere = Impossible::NoSuchPlace;
        let place = layout.rows.iter().position(|row| row.kind == at.row);
        let slots = layout.row(at.row).map_or(0, |row| row.slots.len());
        Ok(match self.act.as_str() {
            "free" => Change::Free(at),
            "up" => Change::Exchange(at, neighbour(layout, at, -1).ok_or(nowhere)?),
            "down" => Change::Exchange(at, neighbour(layout, at, 1).ok_or(nowhere)?),
            "exchange" => Change::Exchange(at, self.other().ok_or(nowhere)?),
            "row-up" => Change::MoveRow(at.row, place.ok_or(nowhere)?.saturating_sub(1)),
            "row-down" => Change::MoveRow(at.row, place.ok_or(nowhere)? + 1),
            "row-to" => Change::MoveRow(at.row, self.to.parse().map_err(|_| nowhere)?),
            "add" => Change::AddRow(at.row),
            "remove" => Change::RemoveRow(at.row),
            "more" => Change::Resize(at.row, slots + 1),
            "fewer" => Change::Resize(at.row, slots.saturating_sub(1)),
            _ => return Err(nowhere),
        })
    }

    fn other(&self) -> Option<At> {
        let (row, slot) = self.to.split_once('/')?;
        Some(At { row: RowKind::from_key(row)?, slot: slot.parse().ok()? })
    }

    /// Where the eye goes after the step.
    fn leads_to(&self, at: At) -> String {
        match self.act.as_str() {
            "remove" => "rows".to_owned(),
            "exchange" => self.other().map(anchor).unwrap_or_default(),
            act if act.starts_with("row-") || ["add", "more", "fewer"].contains(&act) => at.row.key(),
            _ => anchor(at),
        }
    }
}

/// The slot before or after one, across the rows.
fn neighbour(layout: &Layout, at: At, step: isize) -> Option<At> {
    let places: Vec<At> = layout.places().collect();
    let here = places.iter().position(|place| *place == at)?;
    places.get(here.checked_add_signed(step)?).copied()
}
