//! What one press does: the Hijri line a day earlier or later, an earlier choice again, the settings file again.

use super::page::{is_kept, seen};
use crate::app::App;
use crate::error::PageError;
use crate::guard::ManagingEditor;
use crate::paper::read_ways;
use axum::Form;
use axum::extract::{Path, State};
use axum::response::Redirect;
use newsroom::PaperWaysId;
use newsroom::country::words::{HIJRI, read};
use newsroom::country::{ChosenWays, SaidWays};
use serde::Deserialize;

/// The version that whoever presses saw in force, and the Hijri line that is wanted.
#[derive(Debug, Clone, Default, Deserialize)]
#[serde(default)]
pub struct PressForm {
    seen: String,
    shift: String,
}

/// `POST /desk/country/hijri`: everything stays as it is but the Hijri line.
pub async fn move_hijri(
    editor: ManagingEditor,
    State(app): State<App>,
    Form(form): Form<PressForm>,
) -> Result<Redirect, PageError> {
    read(&HIJRI, &form.shift).ok_or(PageError::BadRequest("no Hijri line"))?;
    // Another process may have heard of the last change first.
    app.printed.take_up(&app.store).await?;
    let held = app.printed.now();
    // What stays is what the editor saw, and nothing else.
    let saw = seen(&held) == form.seen;
    let chosen = ChosenWays::Desk(SaidWays { hijri: form.shift, ..SaidWays::of(&held.paper.ways) });
    let kept = saw && is_kept(&app, &editor, &form.seen, &chosen).await?;
    Ok(back(kept))
}

/// `POST /desk/country/file`: what the settings file says holds again.
pub async fn back_to_file(
    editor: ManagingEditor,
    State(app): State<App>,
    Form(form): Form<PressForm>,
) -> Result<Redirect, PageError> {
    Ok(back(is_kept(&app, &editor, &form.seen, &ChosenWays::File).await?))
}

/// `POST /desk/country/versions/{ways}`: puts an earlier choice there again, as the newest.
pub async fn put_back(
    editor: ManagingEditor,
    Path(version): Path<String>,
    State(app): State<App>,
    Form(form): Form<PressForm>,
) -> Result<Redirect, PageError> {
    let id = PaperWaysId::from_short(&version).ok_or(PageError::NotFound)?;
    let chosen = app.store.paper_ways_version(id).await?.chosen;
    if let ChosenWays::Desk(said) = &chosen
        && read_ways(said).is_err()
    {
        return Ok(Redirect::to("/desk/country?done=not-put-back"));
    }
    Ok(back(is_kept(&app, &editor, &form.seen, &chosen).await?))
}

fn back(kept: bool) -> Redirect {
    Redirect::to(if kept { "/desk/country?done=yes" } else { "/desk/country?done=no" })
}
