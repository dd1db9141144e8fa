//! In which language a member of the staff reads the desk and their letters.

use crate::engine::values;
use crate::{Store, StoreError};
use newsroom::StaffId;
use newsroom::profile::Language;

pub(crate) const LANGUAGE: &str = "select language from staff where staff_id = $1";

impl Store {
    /// The language that somebody chose; none where they read the paper's own, or are not of the staff.
    pub async fn staff_language(&self, who: StaffId) -> Result<Option<Language>, StoreError> {
        let read = self.engine.read(move |tx| Box::pin(async move { tx.row(LANGUAGE, values![who]).await }));
        let tag = read.await?.map_or(Ok(None), |mut row| row.maybe_text(0))?;
        Ok(tag.and_then(|tag| Language::from_tag(&tag)))
    }

    /// Keeps a choice; none: the paper's own language.
    ///
    /// # Errors
    /// [`StoreError::NotFound`] when there is no such member of the staff.
    pub async fn keep_staff_language(&self, who: StaffId, language: Option<Language>) -> Result<(), StoreError> {
        let tag = language.map(|language| language.tag().to_owned());
        let write = self.engine.write(move |tx| {
            let tag = tag.clone();
            Box::pin(
                async move { tx.run("update staff set language = $2 where staff_id = $1", values![who, tag]).await },
            )
        });
        if write.await? == 0 { Err(StoreError::NotFound) } else { Ok(()) }
    }
}
