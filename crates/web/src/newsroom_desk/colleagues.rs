//! Colleagues to choose from: whose stories are looked for, to whom an idea or a story is given.

use crate::app::App;
use crate::error::PageError;
use newsroom::people::{May, Staff};

/// Those who are offered, and who is chosen; their choice is the macro `colleagues` of `fields.html`.
#[derive(Default)]
pub(super) struct Colleagues {
    pub(super) people: Vec<Staff>,
    /// As a form sends it.
    chosen: String,
}

impl Colleagues {
    /// Everybody who works here and writes.
    ///
    /// # Errors
    /// When the store cannot answer.
    pub(super) async fn who_write(app: &App) -> Result<Vec<Staff>, PageError> {
        let mut people = app.store.staff_at_work().await?;
        people.retain(|one| one.role.may(May::WriteStories));
        Ok(people)
    }

    /// These, of whom one is chosen.
    pub(super) fn new(people: Vec<Staff>, chosen: &str) -> Self {
        Self { people, chosen: chosen.to_owned() }
    }

    /// Nobody can be chosen.
    pub(super) fn is_empty(&self) -> bool {
        self.people.is_empty()
    }

    /// The one of them who is chosen.
    pub(super) fn chosen(&self) -> Option<&Staff> {
        self.people.iter().find(|one| self.is_chosen(one))
    }

    /// Whether it is this one.
    pub(super) fn is_chosen(&self, one: &Staff) -> bool {
        one.id.short() == self.chosen
    }
}
