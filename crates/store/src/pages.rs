//! Pages that are no stories: about, contact, house rules, privacy.

use crate::engine::{Row, json, values};
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
        let slug = slug.to_owned();
        let read = self.engine.read(move |tx| {
            let slug = slug.clone();
            Box::pin(async move {
                tx.row("select slug, title, body, changed_at from pages where slug = $1", values![slug]).await
            })
        });
        read.await?.map(page).transpose()
    }

    /// Keeps a page: a new one, or a new text at the same slug.
    pub async fn keep_page(&self, page: &Page) -> Result<(), StoreError> {
        let body = json(&page.body)?;
        let page = page.clone();
        let write = self.engine.write(move |tx| {
            let (page, body) = (page.clone(), body.clone());
            Box::pin(async move {
                tx.run(
                    "insert into pages (slug, title, body, changed_at) values ($1, $2, $3, $4)
                     on conflict (slug) do update
                     set title = excluded.title, body = excluded.body, changed_at = excluded.changed_at",
                    values![page.slug, page.title, body, page.changed_at],
                )
                .await
            })
        });
        write.await.map(drop)
    }

    /// Slugs and titles of all pages, by slug.
    pub async fn pages(&self) -> Result<Vec<(String, String)>, StoreError> {
        let read = self.engine.read(|tx| {
            Box::pin(async move { tx.rows("select slug, title from pages order by slug", values![]).await })
        });
        read.await?.into_iter().map(|mut row| Ok((row.text(0)?, row.text(1)?))).collect()
    }
}

fn page(mut row: Row) -> Result<Page, StoreError> {
    Ok(Page { slug: row.text(0)?, title: row.text(1)?, body: row.json(2)?, changed_at: row.time(3)? })
}
