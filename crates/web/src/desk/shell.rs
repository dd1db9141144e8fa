//! What stands around every page of the staff: where one is, and how much waits.

use crate::app::App;
use crate::comments::numbering;
use crate::error::PageError;
use crate::guard::{Editor, Moderator};
use crate::layout::Frame;
use newsroom::people::Staff;

/// The head of a page of the staff; its template holds one as `shell` beside the `frame`.
#[derive(Debug)]
pub struct Shell {
    /// Who is reading.
    pub name: String,
    /// May publish stories.
    pub publishes: bool,
    /// Comments that wait.
    pub waiting: i64,
    /// Public comments that readers have reported.
    pub reported: i64,
    /// The paper's digits as browsers call them.
    pub numbering: &'static str,
    /// Which of the desk's pages this is: `waiting`, `reported`, `log`, `stories`, `sections`, `pages`.
    pub here: &'static str,
}

impl Shell {
    /// The head for a moderator, with counts as they are now, and the frame around it.
    ///
    /// # Errors
    /// When the store cannot answer.
    pub async fn of_moderator(
        app: &App,
        moderator: &Moderator,
        here: &'static str,
    ) -> Result<(Frame, Self), PageError> {
        Self::of(app, &moderator.staff, here).await
    }

    /// The same for an editor.
    ///
    /// # Errors
    /// When the store cannot answer.
    pub async fn of_editor(app: &App, editor: &Editor, here: &'static str) -> Result<(Frame, Self), PageError> {
        Self::of(app, &editor.staff, here).await
    }

    async fn of(app: &App, staff: &Staff, here: &'static str) -> Result<(Frame, Self), PageError> {
        let (waiting, reported) = app.store.queue_counts().await?;
        let (name, publishes) = (staff.name.clone(), staff.role.publishes());
        let numbering = numbering(app.paper.writing.digits);
        Ok((Frame::new(app, app.now()).await?, Self { name, publishes, waiting, reported, numbering, here }))
    }
}
