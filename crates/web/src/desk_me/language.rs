//! In which language one reads the desk.

use crate::app::App;
use crate::error::PageError;
use crate::guard::StaffMember;
use crate::words::Words;
use arabic::digits::Digits;
use axum::Form;
use axum::extract::State;
use axum::response::Redirect;
use newsroom::profile::Language;
use serde::Deserialize;

/// What was chosen.
#[derive(Debug, Clone, Default, Deserialize)]
#[serde(default)]
pub struct LanguageForm {
    /// A tag; empty: the paper's own.
    language: String,
}

/// `POST /desk/me/language`: from the next page on.
pub async fn set_language(
    member: StaffMember,
    State(app): State<App>,
    Form(form): Form<LanguageForm>,
) -> Result<Redirect, PageError> {
    let language = match form.language.as_str() {
        "" => None,
        tag => Some(Language::from_tag(tag).ok_or(PageError::BadRequest("no such language"))?),
    };
    app.store.keep_staff_language(member.staff.id, language).await?;
    Ok(Redirect::to("/desk/me?done=language"))
}

/// Every language that can be chosen, by its own name.
pub(super) fn by_their_names() -> Vec<(Language, String)> {
    let named = |language: Language| {
        let own = Words::new(language, Digits::Western);
        (language, own.s(&format!("language.{}", language.tag())))
    };
    Language::ALL.into_iter().map(named).collect()
}
