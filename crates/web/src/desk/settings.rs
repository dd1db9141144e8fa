//! How a moderator likes the desk.

use crate::app::App;
use crate::error::PageError;
use crate::guard::StaffMember;
use axum::Form;
use axum::extract::State;
use axum::response::Redirect;
use newsroom::people::DeskSettings;
use serde::Deserialize;

/// The settings as the form sends them: a box that is not ticked is not sent.
#[derive(Debug, Clone, Default, Deserialize)]
#[serde(default)]
pub struct SettingsForm {
    blur: String,
    one_card: String,
}

/// `POST /desk/settings`.
pub async fn keep_settings(
    member: StaffMember,
    State(app): State<App>,
    Form(form): Form<SettingsForm>,
) -> Result<Redirect, PageError> {
    let settings = DeskSettings { blur: !form.blur.is_empty(), one_card: !form.one_card.is_empty() };
    app.store.keep_desk_settings(member.staff.id, &settings).await?;
    Ok(Redirect::to("/desk"))
}
