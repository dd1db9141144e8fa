//! A channel is added. What keeps it a secret, the token of a bot or the key of a program, is shown by no page again.

use super::list::{Said, Typed, page};
use crate::aftermath;
use crate::app::App;
use crate::desk_notices::hook_secret;
use crate::error::PageError;
use crate::guard::ManagingEditor;
use axum::Form;
use axum::extract::State;
use axum::http::StatusCode;
use axum::response::{IntoResponse, Response};
use newsroom::SectionId;
use newsroom::followers::{BotToken, ChannelKind, ChannelName, ChannelProblem, ChannelWish, Event};
use store::channels::NewChannel;

/// `POST /desk/channels`; or the page again with what was typed.
pub async fn add(
    editor: ManagingEditor,
    State(app): State<App>,
    Form(pairs): Form<Vec<(String, String)>>,
) -> Result<Response, PageError> {
    let kind = ChannelKind::from_key(value(&pairs, "kind")).ok_or(PageError::BadRequest("no kind of channel"))?;
    let typed = Typed {
        kind,
        name: value(&pairs, "name").to_owned(),
        address: value(&pairs, "address").to_owned(),
        wish: wish(&app, kind, &pairs).await?,
    };
    let new = match read(&app, &typed, value(&pairs, "token")) {
        Ok(new) => new,
        Err(problem) => return refused(&app, &editor, typed, problem).await,
    };
    // Only what the program made itself is shown, and only now: whoever reads it there has to keep it.
    let secret = (kind == ChannelKind::Hook).then(|| new.secret.clone());
    match app.store.add_channel(new, editor.staff.id, app.now()).await? {
        Some((_, happening)) => {
            aftermath::tell(&app, &happening).await;
            let said = Said { done: Some("added"), secret, ..Said::default() };
            Ok(page(&app, &editor, said).await?.into_response())
        }
        None => refused(&app, &editor, typed, ChannelProblem::Many).await,
    }
}

async fn refused(
    app: &App,
    editor: &ManagingEditor,
    typed: Typed,
    problem: ChannelProblem,
) -> Result<Response, PageError> {
    let said = Said { typed: Some(typed), wrong: Some(problem), ..Said::default() };
    Ok(page(app, editor, said).await?.with_status(StatusCode::UNPROCESSABLE_ENTITY).into_response())
}

fn read(app: &App, typed: &Typed, token: &str) -> Result<NewChannel, ChannelProblem> {
    let ChannelName { name, address } =
        ChannelName::read(typed.kind, &typed.name, &typed.address, &app.paper.inner_hosts)?;
    let secret = match typed.kind {
        ChannelKind::Telegram => BotToken::read(token).ok_or(ChannelProblem::Token)?.as_str().to_owned(),
        ChannelKind::Hook => hook_secret().map_err(|_| ChannelProblem::Token)?,
    };
    if typed.wish.events.is_empty() {
        return Err(ChannelProblem::Nothing);
    }
    Ok(NewChannel { kind: typed.kind, name, address, secret, wish: typed.wish.clone() })
}

/// What is ticked: events that such a channel can be told, and sections that there are.
pub(super) async fn wish(app: &App, kind: ChannelKind, pairs: &[(String, String)]) -> Result<ChannelWish, PageError> {
    let all = |name: &'static str| pairs.iter().filter(move |(key, _)| key == name).map(|(_, value)| value.as_str());
    let events = all("event").filter_map(Event::from_key).filter(|event| kind.events().contains(event)).collect();
    let known = app.store.sections().await?;
    let sections = all("section").filter_map(SectionId::from_short);
    let sections = sections.filter(|id| known.iter().any(|section| section.id == *id)).collect();
    Ok(ChannelWish { events, sections })
}

fn value<'f>(pairs: &'f [(String, String)], name: &str) -> &'f str {
    pairs.iter().find(|(key, _)| key == name).map_or("", |(_, value)| value.as_str())
}
