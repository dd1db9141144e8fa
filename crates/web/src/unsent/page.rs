//! The page on which a form comes back: every field as it was sent, why, and a button that sends it again.

use crate::error::PageError;
use crate::layout::Frame;
use crate::page::Page;
use crate::words::Words;
use askama::Template;
use axum::http::{HeaderValue, StatusCode, header};
use axum::response::{IntoResponse, Response};

/// Fields of a form that come back at most; none of the paper's has more.
const MOST_FIELDS: usize = 200;
/// Words of more bytes, or of several lines, are shown; what is shorter and not in [`SHOWN`] goes along unseen.
const LONG: usize = 40;
/// Fields that are shown by their own labels, and whether they are long.
const SHOWN: [(&str, &str, bool); 4] = [
    ("name", "form.name", false),
    ("email", "reader.email", false),
    ("text", "form.text", true),
    ("words", "form.report-words", true),
];
/// The answer to a task does not come back: it was used, or does not count.
const USED_UP: &str = "toll";

/// A form that comes back.
#[derive(Template)]
#[template(path = "unsent/page.html")]
pub struct ComesBack {
    frame: Frame,
    title: String,
    why: String,
    action: String,
    fields: Vec<Field>,
}

struct Field {
    name: String,
    value: String,
    /// Empty where the field is not shown.
    label: String,
    is_long: bool,
}

impl ComesBack {
    /// A form with its fields in the order in which they were sent.
    pub fn new(frame: Frame, (title, why): (&str, String), action: String, sent: Vec<(String, String)>) -> Self {
        let sent = sent.into_iter().take(MOST_FIELDS).filter(|(name, _)| name != USED_UP);
        let fields = sent.map(|(name, value)| Field::of(frame.t, name, value)).collect();
        Self { title: frame.t.s(title), why, action, fields, frame }
    }

    /// The answer, for whoever sent it alone; it may be sent again after so many seconds.
    ///
    /// # Errors
    /// When it cannot be rendered.
    pub fn answer(&self, status: StatusCode, wait: u64) -> Result<Response, PageError> {
        let mut response = Page::private(self)?.with_status(status).into_response();
        response.headers_mut().insert(header::RETRY_AFTER, HeaderValue::from(wait));
        Ok(response)
    }

    /// Where the paper asks browsers to compute before they send: everywhere but at the desk.
    fn computes(&self) -> bool {
        !self.action.starts_with("/desk")
    }
}

impl Field {
    fn of(t: Words, name: String, value: String) -> Self {
        let shown = SHOWN.iter().find(|(shown, ..)| *shown == name);
        let (label, is_long) = match shown {
            Some((_, label, is_long)) => (t.s(label), *is_long || value.contains('\n')),
            None if value.len() > LONG || value.contains('\n') => (t.s("unsent.words"), true),
            None => (String::new(), false),
        };
        Self { name, value, label, is_long }
    }
}
