//! A chat of Telegram holds once its owner has typed the code that the paper's bot sent there. Nothing but the code goes there
//! until then: a number that was mistyped is somebody else's chat.

use super::page::{Said, again};
use super::parcel::Parcel;
use super::ways::{ASKED_EVERY, AddressForm, wrong};
use super::{Job, as_colleague_reads, is_offered};
use crate::app::App;
use crate::error::PageError;
use crate::guard::{From, StaffMember, hash_of};
use crate::reader::end_of_link;
use arabic::digits::to_western;
use axum::Form;
use axum::extract::State;
use axum::response::{IntoResponse, Redirect, Response};
use jiff::SignedDuration;
use newsroom::StaffId;
use newsroom::notices::{ChatId, Way};
use serde::Deserialize;
use store::StoreError;
use store::people::TokenHash;

/// A code that could not be sent for so long after it was asked for is not sent any more.
const ASKED_FOR: SignedDuration = SignedDuration::from_mins(20);
/// Codes have six digits.
const CODES: u64 = 1_000_000;

/// A code as typed.
#[derive(Debug, Clone, Default, Deserialize)]
#[serde(default)]
pub struct CodeForm {
    code: String,
}

/// `POST /desk/me/notices/telegram`: a chat, once the code that goes there was typed.
pub async fn ask_chat(
    member: StaffMember,
    from: From,
    State(app): State<App>,
    Form(form): Form<AddressForm>,
) -> Result<Response, PageError> {
    if !is_offered(&app, Way::Telegram) {
        return Err(PageError::NotFound);
    }
    let chat = match ChatId::new(&form.address, &app.paper.shared_chats) {
        Ok(chat) => chat,
        Err(problem) => {
            let key = format!("notice.way.telegram.{}", problem.key());
            return wrong(&app, &member, (Way::Telegram, form), &key).await;
        }
    };
    app.links.take(from.0).map_err(|wait| PageError::TooFast { wait })?;
    let (now, staff) = (app.now(), member.staff.id);
    let payload = serde_json::to_string(&Job::Code(staff)).map_err(|_| PageError::Panicked)?;
    let not_since = now.saturating_sub(ASKED_EVERY).unwrap_or(now);
    if !app.store.ask_staff_chat(staff, (chat.as_str(), &payload), not_since, now).await? {
        return wrong(&app, &member, (Way::Telegram, form), "notice.way.telegram.too-soon").await;
    }
    Ok(Redirect::to("/desk/me/notices?done=code").into_response())
}

/// `POST /desk/me/notices/telegram/code`: the code that came to the chat; or the page again with what was typed.
pub async fn confirm_chat(
    member: StaffMember,
    State(app): State<App>,
    Form(form): Form<CodeForm>,
) -> Result<Response, PageError> {
    if !is_offered(&app, Way::Telegram) {
        return Err(PageError::NotFound);
    }
    let staff = member.staff.id;
    if app.store.try_chat_code(staff, &hash_of_code(staff, &form.code), app.now()).await? {
        return Ok(Redirect::to("/desk/me/notices?done=chat").into_response());
    }
    let wrong = Some(("code", "notice.way.telegram.code-wrong".to_owned()));
    again(&app, &member, Said { code: form.code, wrong, ..Said::default() }).await
}

/// The message with the code, which is made now, and of which only a hash is kept. It says the paper's name and that somebody
/// asked, and no more: whose chat it is, is not known yet.
pub(super) async fn message(app: &App, staff: StaffId) -> Result<Option<Parcel>, StoreError> {
    let here = app.store.staff_at_work().await?;
    if !here.iter().any(|one| one.id == staff) {
        return Ok(None);
    }
    let (code, now) = (code()?, app.now());
    let since = now.saturating_sub(ASKED_FOR).unwrap_or(now);
    let armed = app.store.arm_staff_chat(staff, &hash_of_code(staff, &code), (since, end_of_link(now))).await?;
    let Some(chat) = armed else { return Ok(None) };
    let app = as_colleague_reads(app, staff).await?;
    let words = app.words().with("notice.code", 1, &[("paper", &app.paper.name)]);
    Ok(Some(Parcel::Chat { chat, text: format!("{code}\n\n{words}") }))
}

fn code() -> Result<String, StoreError> {
    let mut bytes = [0_u8; 8];
    getrandom::fill(&mut bytes).map_err(|problem| StoreError::Unreachable(problem.to_string()))?;
    Ok(format!("{:06}", u64::from_le_bytes(bytes) % CODES))
}

/// A code as it is kept, in whatever digits it was typed. What guards so short a one is that it ends, and that few may be tried.
fn hash_of_code(staff: StaffId, typed: &str) -> TokenHash {
    let digits: String = to_western(typed).chars().filter(char::is_ascii_digit).collect();
    hash_of(&format!("chat {staff} {digits}"))
}
