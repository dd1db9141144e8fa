//! comments.
use crate::app::App;
use crate::error::PageError;
use crate::layout::Frame;
use newsroom::people::Visitor;
use newsroom::story::Published;

/// x
#[derive(Debug, Default, serde::Deserialize)]
pub struct ThreadQuery {
    /// x
    pub at: Option<i64>,
}

/// x
pub async fn section(
    _: &App,
    _: &Frame,
    _: &Published,
    _: Option<Visitor>,
    _: &ThreadQuery,
) -> Result<(String, bool), PageError> {
    Ok((String::new(), false))
}
