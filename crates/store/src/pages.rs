//! Pages that are no stories: about, contact, house rules, privacy.

use crate::engine::{Row, Value, json, values};
use crate::happenings::write_down;
use crate::{Store, StoreError};
use newsroom::Timestamp;
use newsroom::body::Body;
use newsroom::happening::{Happening, What};
use newsroom::page::PageText;
use newsroom::people::Actor;
use newsroom::slug::Slug;
use std::sync::Arc;

const SET: &str = "insert into pages (slug, title, body, changed_at) values ($1, $2, $3, $4)
     on conflict (slug) do update
     set title = excluded.title, body = excluded.body, changed_at = excluded.changed_at, removed_at = null
     where pages.title <> excluded.title or pages.body <> excluded.body or pages.removed_at is not null";

const PUT: &str = "insert into pages (slug, title, body, changed_at) values ($1, $2, $3, $4)
     on conflict (slug) do nothing";

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
    /// A page by its slug; none where it was removed.
    pub async fn page(&self, slug: &str) -> Result<Option<Page>, StoreError> {
        let slug = slug.to_owned();
        let read = self.engine.read(move |tx| {
            let slug = slug.clone();
            Box::pin(async move {
                let text = "select slug, title, body, changed_at from pages where slug = $1 and removed_at is null";
                tx.row(text, values![slug]).await
            })
        });
        read.await?.map(page).transpose()
    }

    /// Gives a page its text: a new page, or a new text at the same slug, also where one was removed, with its happening.
    /// `None`: it says that already, and nothing was written.
    pub async fn set_page(
        &self,
        slug: &Slug,
        text: &PageText,
        by: Actor,
        now: Timestamp,
    ) -> Result<Option<Happening>, StoreError> {
        self.write_page(SET, slug, text, by, now).await
    }

    /// Takes a page from readers; its text stays.
    ///
    /// # Errors
    /// [`StoreError::NotFound`] when there is none.
    pub async fn remove_page(&self, slug: &str, by: Actor, now: Timestamp) -> Result<Happening, StoreError> {
        let text = "update pages set removed_at = $2 where slug = $1 and removed_at is null";
        let what = What::PageRemoved { slug: slug.to_owned() };
        self.move_page(text, values![slug, now].to_vec(), self.happening(by, what, "", now)).await
    }

    /// Puts a page back that was removed, as it was.
    ///
    /// # Errors
    /// [`StoreError::NotFound`] when none was removed from there, or another one stands there by now.
    pub async fn return_page(&self, slug: &str, by: Actor, now: Timestamp) -> Result<Happening, StoreError> {
        let text = "update pages set removed_at = null where slug = $1 and removed_at is not null";
        let what = What::PageReturned { slug: slug.to_owned() };
        self.move_page(text, values![slug].to_vec(), self.happening(by, what, "", now)).await
    }

    async fn move_page(&self, sql: &'static str, given: Vec<Value>, moved: Happening) -> Result<Happening, StoreError> {
        let moved = Arc::new((given, moved));
        let write = self.engine.write(move |tx| {
            let moved = Arc::clone(&moved);
            Box::pin(async move {
                let (given, happening) = &*moved;
                if tx.run(sql, given).await? == 0 {
                    return Err(StoreError::NotFound);
                }
                write_down(tx, happening).await?;
                Ok(happening.clone())
            })
        });
        write.await
    }

    /// Puts a page in where none stands at its slug. `None`: one does, or was removed from there, and it was not touched.
    pub async fn put_page(
        &self,
        slug: &Slug,
        text: &PageText,
        by: Actor,
        now: Timestamp,
    ) -> Result<Option<Happening>, StoreError> {
        self.write_page(PUT, slug, text, by, now).await
    }

    /// Runs one of the two texts; the happening is written when a row was touched.
    async fn write_page(
        &self,
        sql: &'static str,
        slug: &Slug,
        text: &PageText,
        by: Actor,
        now: Timestamp,
    ) -> Result<Option<Happening>, StoreError> {
        let (slug, title, body) = (slug.as_str().to_owned(), text.title.clone(), json(&text.body)?);
        let happening = self.happening(by, What::PageChanged { slug: slug.clone() }, "", now);
        let page = Arc::new((slug, title, body, happening));
        let write = self.engine.write(move |tx| {
            let page = Arc::clone(&page);
            Box::pin(async move {
                let (slug, title, body, happening) = &*page;
                if tx.run(sql, values![slug, title, body, now]).await? == 0 {
                    return Ok(None);
                }
                write_down(tx, happening).await?;
                Ok(Some(happening.clone()))
            })
        });
        write.await
    }

    /// Keeps a page as it is and writes no happening: for whoever fills an empty paper.
    pub async fn keep_page(&self, page: &Page) -> Result<(), StoreError> {
        let body = json(&page.body)?;
        let page = page.clone();
        let write = self.engine.write(move |tx| {
            let (page, body) = (page.clone(), body.clone());
            Box::pin(async move {
                tx.run(
                    "insert into pages (slug, title, body, changed_at) values ($1, $2, $3, $4)
                     on conflict (slug) do update
                     set title = excluded.title, body = excluded.body, changed_at = excluded.changed_at,
                         removed_at = null",
                    values![page.slug, page.title, body, page.changed_at],
                )
                .await
            })
        });
        write.await.map(drop)
    }

    /// Slugs and titles of all pages that readers have, by slug.
    pub async fn pages(&self) -> Result<Vec<(String, String)>, StoreError> {
        self.named_pages("select slug, title from pages where removed_at is null order by slug").await
    }

    /// The same of those that were removed, the last first.
    pub async fn removed_pages(&self) -> Result<Vec<(String, String)>, StoreError> {
        self.named_pages("select slug, title from pages where removed_at is not null order by removed_at desc, slug")
            .await
    }

    /// Whether a page stood here and was removed.
    pub async fn is_page_removed(&self, slug: &str) -> Result<bool, StoreError> {
        let slug = slug.to_owned();
        let read = self.engine.read(move |tx| {
            let slug = slug.clone();
            Box::pin(async move {
                tx.row("select 1 from pages where slug = $1 and removed_at is not null", values![slug]).await
            })
        });
        Ok(read.await?.is_some())
    }

    async fn named_pages(&self, sql: &'static str) -> Result<Vec<(String, String)>, StoreError> {
        let read = self.engine.glance(move |tx| Box::pin(async move { tx.rows(sql, values![]).await }));
        read.await?.into_iter().map(|mut row| Ok((row.text(0)?, row.text(1)?))).collect()
    }
}

fn page(mut row: Row) -> Result<Page, StoreError> {
    Ok(Page { slug: row.text(0)?, title: row.text(1)?, body: row.json(2)?, changed_at: row.time(3)? })
}
