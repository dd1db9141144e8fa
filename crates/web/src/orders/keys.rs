//! The owner says to which keys removed words are sealed.

use super::enter::{OrderForm, page};
use super::sealing::recipient;
use super::waiting::seal_what_waits;
use crate::aftermath;
use crate::app::App;
use crate::error::PageError;
use crate::guard::{ManagingEditor, ProvenOwner};
use axum::Form;
use axum::extract::{Path, State};
use axum::http::StatusCode;
use axum::response::{IntoResponse, Redirect, Response};
use newsroom::OrderKeyId;
use serde::Deserialize;
use store::StoreError;

/// Signs of a name.
const MOST_NAME: usize = 100;

/// A key as typed.
#[derive(Debug, Clone, Default, Deserialize)]
#[serde(default)]
pub struct KeyForm {
    recipient: String,
    name: String,
}

/// `POST /desk/orders/keys`: what waited for a key is sealed at once.
pub async fn add_key(
    owner: ProvenOwner,
    editor: ManagingEditor,
    State(app): State<App>,
    Form(form): Form<KeyForm>,
) -> Result<Response, PageError> {
    let name = arabic::clean::line(&form.name.replace('\0', ""));
    let known = recipient(&form.recipient).filter(|_| name.chars().count() <= MOST_NAME);
    let added = match known {
        None => Err("order.key-wrong"),
        Some(recipient) => match app.store.add_order_key(&recipient, &name, owner.staff.id, app.now()).await {
            Ok(happening) => Ok(happening),
            Err(StoreError::Conflict(_)) => Err("order.key-known"),
            Err(error) => return Err(error.into()),
        },
    };
    match added {
        Ok(happening) => aftermath::tell(&app, &happening).await,
        Err(problem) => {
            let typed = ((form.recipient, form.name), Some(problem));
            let again = page(&app, &editor, None, (OrderForm::default(), None), typed).await?;
            return Ok(again.with_status(StatusCode::UNPROCESSABLE_ENTITY).into_response());
        }
    }
    seal_what_waits(&app, Some(owner.staff.id)).await?;
    Ok(Redirect::to("/desk/orders").into_response())
}

/// `POST /desk/orders/keys/{key}/removal`.
pub async fn remove_key(
    owner: ProvenOwner,
    Path(key): Path<String>,
    State(app): State<App>,
) -> Result<Redirect, PageError> {
    let key = OrderKeyId::from_short(&key).ok_or(PageError::NotFound)?;
    let happening = app.store.remove_order_key(key, owner.staff.id, app.now()).await?;
    aftermath::tell(&app, &happening).await;
    Ok(Redirect::to("/desk/orders"))
}
