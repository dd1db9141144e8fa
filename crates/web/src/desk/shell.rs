//! What stands around every page of the staff: where one is, and how much waits.

use crate::app::App;
use crate::comments::numbering;
use crate::error::PageError;
use crate::guard::{Editor, ManagingEditor, Member, Moderator};
use crate::layout::Frame;
use crate::orders::{OpenOrder, clocks};
use newsroom::people::{May, Staff};
use store::queue::{DeskCounts, Queue};

/// The head of a page of the staff; its template holds one as `shell` beside the `frame`.
#[derive(Debug)]
pub struct Shell {
    /// Who is reading.
    pub staff: Staff,
    /// How many stand in each queue.
    counts: DeskCounts,
    /// Comments that wait.
    pub waiting: i64,
    /// Public comments that readers have reported.
    pub reported: i64,
    /// Objections that are open, five hundred at most.
    pub appeals: i64,
    /// Orders of authorities that nobody has carried out, for whoever may.
    pub orders: Vec<OpenOrder>,
    /// The paper's digits as browsers call them.
    pub numbering: &'static str,
    /// Which of the desk's pages this is: `waiting`, `reported`, `search`, `log`, `disputes`, `stories`, `rules`, `sections`, `pages`.
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

    /// The same for an editor who answers for the whole paper.
    ///
    /// # Errors
    /// When the store cannot answer.
    pub async fn of_managing_editor(
        app: &App,
        editor: &ManagingEditor,
        here: &'static str,
    ) -> Result<(Frame, Self), PageError> {
        Self::of(app, &editor.staff, here).await
    }

    /// The same for whoever works here.
    ///
    /// # Errors
    /// When the store cannot answer.
    pub async fn of_member(app: &App, member: &Member, here: &'static str) -> Result<(Frame, Self), PageError> {
        Self::of(app, &member.staff, here).await
    }

    /// May say who works here.
    pub fn manages_staff(&self) -> bool {
        self.staff.role.may(May::ManageStaff)
    }

    /// How many stand in a queue, for whoever is reading; nothing where that is not kept.
    pub fn count(&self, queue: Queue) -> Option<i64> {
        self.counts.of(queue, self.staff.bound_to())
    }

    /// May rule on comments.
    pub fn moderates(&self) -> bool {
        self.staff.role.may(May::Moderate)
    }

    /// There are pages that are not for every hour.
    pub fn has_more(&self) -> bool {
        self.moderates() || self.lays_out() || self.furnishes() || self.manages_staff()
    }

    /// This is one of them.
    pub fn is_in_more(&self) -> bool {
        let daily = [
            "waiting", "reported", "appeals", "search", "log", "stories", "plan", "front", "breaking", "pictures", "me",
        ];
        !daily.contains(&self.here)
    }

    /// May write stories.
    pub fn writes_stories(&self) -> bool {
        self.staff.role.may(May::WriteStories)
    }

    /// May say what stands on the front page.
    pub fn lays_out(&self) -> bool {
        self.staff.role.may(May::Publish)
    }

    /// May put breaking news over every page.
    pub fn breaks_news(&self) -> bool {
        self.lays_out() && self.staff.bound_to().is_none()
    }

    /// May say by which style rules pages are shown, and who may sell their places.
    pub fn dresses(&self) -> bool {
        self.staff.role.may(May::DressHouse)
    }

    /// May change what holds for the whole paper: sections, pages, rules.
    pub fn furnishes(&self) -> bool {
        self.staff.role.may(May::Furnish) && self.staff.bound_to().is_none()
    }

    async fn of(app: &App, staff: &Staff, here: &'static str) -> Result<(Frame, Self), PageError> {
        let counts = app.store.desk_counts().await?;
        let of = |queue| counts.of(queue, staff.bound_to()).unwrap_or_default();
        let (waiting, reported) = (of(Queue::Waiting), of(Queue::Reported));
        let appeals = match staff.role.may(May::DecideAppeals) {
            true => app.store.count_open_appeals(staff.bound_to()).await?,
            false => 0,
        };
        let numbering = numbering(app.paper.writing.digits);
        let frame = Frame::new(app, app.now()).await?;
        let orders = clocks(app, &frame.t, staff).await?;
        Ok((frame, Self { staff: staff.clone(), counts, waiting, reported, appeals, orders, numbering, here }))
    }
}
