//! The paper's sections.
use crate::{Store, StoreError};
use newsroom::section::Section;

impl Store {
    /// The sections in the order of the masthead.
    pub async fn sections(&self) -> Result<Vec<Section>, StoreError> {
        todo!()
    }
    /// Keeps a section (new or renamed).
    pub async fn keep_section(&self, section: &Section) -> Result<(), StoreError> {
        todo!()
    }
}
