//! Pages that are no stories: about, contact, house rules, privacy.
use crate::{Store, StoreError};
use newsroom::Timestamp;
use newsroom::body::Body;

/// A page.
#[derive(Debug, Clone, PartialEq)]
pub struct Page {
    /// In its address: `about`, `contact`, `house-rules`, `privacy`, or another.
    pub slug: String,
    /// Its title.
    pub title: String,
    /// Its body.
    pub body: Body,
    /// When it was last changed.
    pub changed_at: Timestamp,
}

impl Store {
    /// A page by its slug.
    pub async fn page(&self, slug: &str) -> Result<Option<Page>, StoreError> {
        todo!()
    }
    /// Keeps a page.
    pub async fn keep_page(&self, page: &Page) -> Result<(), StoreError> {
        todo!()
    }
    /// Slugs and titles of all pages.
    pub async fn pages(&self) -> Result<Vec<(String, String)>, StoreError> {
        todo!()
    }
}
