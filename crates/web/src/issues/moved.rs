//! Where an address leads under which readers have no issue.

use crate::app::App;
use crate::error::PageError;
use newsroom::printed::IssueNumber;
use store::issues::Stands;

/// The number, as addresses have it, of the issue that is meant: its number is spelled in other digits, or was put right since.
/// A number that an issue has goes before one that an issue had.
///
/// # Errors
/// [`PageError::NotFound`]; [`PageError::IssueWithdrawn`] when the issue that had the number was taken back.
pub(super) async fn now_at(app: &App, slug: &str) -> Result<String, PageError> {
    let number = IssueNumber::new(slug).ok();
    let spelled = number.as_ref().map_or(slug, IssueNumber::slug);
    if spelled != slug
        && let Some(issue) = app.store.issue_of_number(spelled).await?
        && !matches!(issue.stands, Stands::Draft { .. })
    {
        return Ok(issue.slug);
    }
    let issue = app.store.issue_moved(spelled).await?.ok_or(PageError::NotFound)?;
    match issue.stands {
        Stands::Public { .. } => Ok(issue.slug),
        Stands::Withdrawn { why, .. } => Err(PageError::IssueWithdrawn { note: why }),
        Stands::Draft { .. } => Err(PageError::NotFound),
    }
}
