//! The paper's sections.

use crate::engine::{Row, values};
use crate::{Store, StoreError};
use newsroom::SectionId;
use newsroom::section::Section;

impl Store {
    /// The sections in the order of the masthead.
    pub async fn sections(&self) -> Result<Vec<Section>, StoreError> {
        let read = self.engine.read(|tx| {
            Box::pin(async move {
                let text = "select section_id, slug, name, position from sections order by position, section_id";
                tx.rows(text, values![]).await
            })
        });
        read.await?.into_iter().map(section).collect()
    }

    /// Keeps a section (new or renamed).
    ///
    /// # Errors
    /// [`StoreError::Conflict`] when another section has its slug.
    pub async fn keep_section(&self, section: &Section) -> Result<(), StoreError> {
        let section = section.clone();
        let write = self.engine.write(move |tx| {
            let section = section.clone();
            Box::pin(async move {
                tx.run(
                    "insert into sections (section_id, slug, name, position) values ($1, $2, $3, $4)
                     on conflict (section_id) do update
                     set slug = excluded.slug, name = excluded.name, position = excluded.position",
                    values![section.id, section.slug, section.name, section.position],
                )
                .await
            })
        });
        write.await.map(drop)
    }
}

fn section(mut row: Row) -> Result<Section, StoreError> {
    Ok(Section { id: SectionId(row.int(0)?), slug: row.text(1)?, name: row.text(2)?, position: row.int(3)? })
}
